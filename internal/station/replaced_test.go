package station

import (
	"context"
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
)

// A label that another replaced is refused at the bench and on the page of a run, with when and on which printer the other one went out.
func TestAReplacedLabelTellsWhereTheOtherWentOut(t *testing.T) {
	s := newShop(t)
	r := s.start(nil, func(c *Config) { c.PrinterName = "file:here" })
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.settle()
	r.phase(packing.LabelScan)
	const another = "JMX000000777"
	s.document = func(context.Context, order.Parcel) ([]byte, string, string, error) {
		document := []byte("another label of P2")
		name, err := s.store.KeepDocument(document)
		o := s.order(2, order.AwaitingCollection, "cap")
		o.Lines[0].Tracking = another
		s.save(o)
		return document, name, another, err
	}
	s.draw = func([]byte) (*page.Page, error) { return labelPage(another) }
	if answer, err := r.NewLabel(t.Context()); err != nil || answer.Outcome != packing.Accepted {
		t.Fatalf("%+v, %v", answer, err)
	}
	r.settle()
	r.phase(packing.LabelScan)
	answer := r.scan(trackingOf(2), packing.StaleLabel)
	where, _ := answer.Said.With["where"].(order.Said)
	if where.Key != "replaced.on_printer" || where.With["printer"] != "file:here" || where.With["time"] == "" {
		t.Errorf("%+v", answer.Said)
	}
	r.scan(another, packing.ConfirmedOut)
	s.document = func(_ context.Context, p order.Parcel) ([]byte, string, string, error) {
		document := []byte("label of " + string(p.Key))
		name, err := s.store.KeepDocument(document)
		return document, name, trackingOf(numberOf(p.Key)), err
	}
	s.draw = drawLabel
	if err := s.ship(t.Context(), mustParcel(t, s, "P3")); err != nil {
		t.Fatal(err)
	}
	record := order.Event{Kind: order.ShipArranged, Parcel: "P3"}
	if err := r.Record(t.Context(), record); err != nil {
		t.Fatal(err)
	}
	if err := r.Print(t.Context(), PrintWish{Act: PrintThese, Parcels: []order.ParcelKey{"P3"}}); err != nil {
		t.Fatal(err)
	}
	err := r.Print(t.Context(), PrintWish{Act: PrintScan, Code: trackingOf(2)})
	if problem := order.AsProblem(err); problem == nil || problem.Key != "refused.replaced_where" {
		t.Errorf("on the page of the run: %v", err)
	}
}

func mustParcel(t *testing.T, s *shop, key order.ParcelKey) order.Parcel {
	t.Helper()
	known, found, err := s.store.Parcel(key)
	if err != nil || !found {
		t.Fatalf("%s: %t, %v", key, found, err)
	}
	return known.Parcel
}
