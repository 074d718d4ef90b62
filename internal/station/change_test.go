package station

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
)

// other is a second printer of the shop, with a finer head.
type other struct {
	*shop
	took atomic.Int32
}

func (o *other) DPI() int { return 300 }

func (o *other) Send(_ context.Context, label []byte) (int, error) {
	o.took.Add(1)
	return len(label), nil
}

func (r *running) use(want string, p Printer) {
	r.t.Helper()
	if got := keyOfProblem(r.UsePrinter(p, "tcp:other:9100", 2)); got != want {
		r.t.Fatalf("changing the printer came to %q, want %q", got, want)
	}
}

func TestThePrinterIsChangedAtOnce(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(2)
	o := &other{shop: s}
	r := s.start(nil, func(c *Config) { c.PrinterName = "tcp:one:9100" })
	r.scan("P2", packing.OpenedOut) // a parcel may be open
	r.use("", o)
	r.scan("cap", packing.TakenOut)
	r.phase(packing.LabelScan)
	if n := len(s.onPaper()); n != 0 || o.took.Load() != 1 {
		t.Fatalf("%d labels at the printer before, %d at the other", n, o.took.Load())
	}
	r.use("", o) // its label is out
	r.scan(trackingOf(2), packing.ConfirmedOut)
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	shot := r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if shot.Run.Printer != "tcp:other:9100" || shot.Run.Unproven != 2 || o.took.Load() != 3 {
		t.Errorf("the run is on %s with %d unproven, %d labels came out", shot.Run.Printer, shot.Run.Unproven, o.took.Load())
	}
	r.use("printer.in_use", s) // the run is open
	for _, n := range []int{10, 11} {
		r.print("", PrintWish{Act: PrintScan, Code: trackingOf(n)})
	}
	r.until(func(s Snapshot) bool { return s.Run.State == order.RunOver })
	r.use("", s)
}

// A label that was drawn ahead for one printer is not sent to another.
func TestALabelDrawnAheadIsDrawnAnewForTheOtherPrinter(t *testing.T) {
	s := newShop(t)
	s.labelFirst()
	r := s.start(nil)
	r.scan("P20", packing.OpenedOut)
	r.pageReady()
	r.settle()
	o := &other{shop: s}
	drawn := s.countDraws()
	r.use("", o)
	r.scan("tee", packing.TakenOut)
	r.scan("tee", packing.TakenOut)
	r.phase(packing.LabelScan)
	if o.took.Load() != 1 {
		t.Fatal("no label came out")
	}
	drawn.want(t, map[string]int{oldDocument: 1})
}

func TestThePrinterIsNotChangedWhileALabelIsUnderWay(t *testing.T) {
	s := newShop(t)
	o := &other{shop: s}
	going, on := make(chan struct{}), make(chan struct{})
	good := s.send
	s.send = func(ctx context.Context, label []byte) (int, error) {
		close(going)
		<-on
		s.send = good
		return 0, order.Trouble(nil, "printer.absent")
	}
	r := s.start(nil)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	<-going
	r.use("printer.in_use", o)
	close(on)
	r.phase(packing.Asked)
	r.use("printer.in_use", o) // it waits for the printer
	r.ok(packing.Accepted)
	r.phase(packing.LabelScan)
	r.use("", o)
	if got := s.onPaper(); !slices.Equal(got, []int{2}) || o.took.Load() != 0 {
		t.Errorf("printed %v, and %d at the other", got, o.took.Load())
	}
}

// What uses the printer beside the loop is waited for.
func TestThePrinterIsChangedOnceItIsNotUsed(t *testing.T) {
	s := newShop(t)
	s.labelFirst()
	drawing, on := make(chan struct{}), make(chan struct{})
	good := s.draw
	s.draw = func(document []byte) (*page.Page, error) {
		close(drawing)
		<-on
		s.draw = good
		return good(document)
	}
	r := s.start(nil)
	r.scan("P20", packing.OpenedOut)
	<-drawing
	changed := make(chan error, 1)
	go func() { changed <- r.UsePrinter(&other{shop: s}, "tcp:other:9100", 0) }()
	r.scan("what is this", packing.UnknownCode)
	select {
	case err := <-changed:
		t.Fatalf("it was changed while a label was drawn: %v", err)
	default:
	}
	close(on)
	if err := <-changed; err != nil {
		t.Error(err)
	}
}
