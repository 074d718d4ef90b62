package cli

import (
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform/sandbox"
	"packbench/internal/station"
)

// asksAtShipment is a place whose buyer of one order of two pieces asks to cancel while shipment of it is asked for.
func asksAtShipment(t *testing.T) (*place, orderLine) {
	t.Helper()
	o := sandbox.Options{Orders: 60, Seed: 3, LabelDelay: time.Millisecond, Scenario: &sandbox.Scenario{Entries: []sandbox.Entry{
		{What: "cancel_request", Call: "POST /fulfillment/*/packages/*/ship"},
	}}}
	p := newPlace(t, o)
	return p, p.waiting(2)[0]
}

// A parcel that is packed when its buyer asks to cancel: the bench offers the platform's answers, says that it is packed with the scans as its ground, and goes on once
// the platform has taken that.
func TestBuyerIsAnsweredAtTheBench(t *testing.T) {
	p, o := asksAtShipment(t)
	var rejected string
	p.asked = func(path, body string) {
		if strings.HasSuffix(path, "/reject") {
			rejected = body
		}
	}
	h := p.atBench()
	h.scan(string(o.Packages[0].PackageID), packing.OpenedOut)
	for _, code := range p.scansOf(o) {
		h.scan(code, packing.TakenOut)
	}
	shot := h.until("stopped", func(s station.Snapshot) bool { return s.State.MayAnswer() })
	buyer := shot.State.Buyer
	if shot.State.Phase != packing.Halted || buyer.Owed.OrderID != o.OrderID || time.Until(buyer.Owed.AnswerBy) < time.Hour || len(buyer.Owed.Reasons) == 0 {
		t.Fatalf("phase %s, %+v", shot.State.Phase, buyer)
	}
	h.do(packing.Help{}, packing.NeedsPerson)
	packed := 0
	for i, answer := range h.running.Snapshot().State.BuyerAnswers() {
		if answer.Reason == order.PackedReason {
			packed = i + 1
		}
	}
	h.do(packing.Choose{Number: packed}, packing.Accepted)
	h.until("the platform took it", func(s station.Snapshot) bool { return s.State.Question == packing.PackOn })
	if !strings.Contains(rejected, order.PackedReason) || !strings.Contains(rejected, "2 of 2 pieces scanned") {
		t.Errorf("the platform was told %s", rejected)
	}
	h.do(packing.OK{}, packing.Accepted)
	shot = h.until("the label is out", func(s station.Snapshot) bool { return s.State.Phase == packing.LabelScan })
	h.scan(shot.State.Work.Label.Matched, packing.ConfirmedOut)
	for _, book := range p.sandbox.Books().Parcels {
		if book.PackageID == string(o.Packages[0].PackageID) && len(book.Arranged) != 1 {
			t.Errorf("arranged %d times", len(book.Arranged))
		}
	}
}

// Yes to the buyer cancels the order; the goods go back.
func TestBuyerIsAcceptedAtTheBench(t *testing.T) {
	p, o := asksAtShipment(t)
	h := p.atBench()
	h.scan(string(o.Packages[0].PackageID), packing.OpenedOut)
	for _, code := range p.scansOf(o) {
		h.scan(code, packing.TakenOut)
	}
	h.until("stopped", func(s station.Snapshot) bool { return s.State.MayAnswer() })
	h.do(packing.Help{}, packing.NeedsPerson)
	h.do(packing.Choose{Number: 1}, packing.NeedsPerson)
	h.do(packing.OK{}, packing.Accepted)
	h.until("cancelled", func(s station.Snapshot) bool { return s.State.Work.Stopped == order.Gone })
	h.do(packing.OK{}, packing.PutBackOut)
	if list := h.running.Snapshot().PutBack; len(list) == 0 {
		t.Error("its goods are nowhere")
	}
	for _, book := range p.sandbox.Books().Orders {
		if book.ID == o.OrderID && book.Status != string(order.Cancelled) {
			t.Errorf("order %s is %s", book.ID, book.Status)
		}
	}
}
