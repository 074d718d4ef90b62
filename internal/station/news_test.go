package station

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
)

// reads makes the shops' next readings wait for an order and then tell of it, as the platform does.
func (s *shop) reads(told chan order.Order) {
	s.sync = func(ctx context.Context) error {
		select {
		case o := <-told:
			s.save(o)
		case <-ctx.Done():
		}
		return ctx.Err()
	}
}

// polling reads the shops all the time.
func polling(c *Config) { c.Poll = time.Millisecond }

// What a reading of the shops tells of the open parcel stops the packer at once, whatever the bench itself asked the platform a moment ago.
func TestNewsOfTheMirrorStopsThePacker(t *testing.T) {
	tees := []string{"tee", "tee"}
	for name, c := range map[string]struct {
		news    func(s *shop) order.Order
		stopped order.Standing
		outcome packing.Outcome
	}{
		"cancelled": {func(s *shop) order.Order { return s.order(1, order.Cancelled, tees...) }, order.Gone, packing.CancelledOut},
		"on hold":   {func(s *shop) order.Order { return s.order(1, order.OnHold, tees...) }, order.Held, packing.HoldOut},
		"the buyer asked to cancel": {func(s *shop) order.Order {
			o := s.order(1, order.AwaitingShipment, tees...)
			o.CancelRequested = true
			return o
		}, order.CancelRequest, packing.CancelledOut},
		"made into another parcel": {func(s *shop) order.Order {
			o := s.order(1, order.AwaitingShipment, tees...)
			o.PackageIDs = []string{"P9"}
			for i := range o.Lines {
				o.Lines[i].PackageID = "P9"
			}
			return o
		}, order.Reformed, packing.NotPackable},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			told := make(chan order.Order)
			s.reads(told)
			s.refresh = func(context.Context, order.ParcelKey) (order.Parcel, bool, error) {
				return order.Parcel{}, false, order.Trouble(nil, "platform.unreachable") // the bench learns nothing by itself
			}
			r := s.start(nil, polling)
			r.scan("P1", packing.OpenedOut)
			r.scan("tee", packing.TakenOut)
			told <- c.news(s)
			shot := r.phase(packing.Halted)
			if w := shot.State.Work; w.Stopped != c.stopped || len(w.Taken) != 1 || w.Taken[0].SKU != "tee" || shot.Goods["tee"].SKU != "tee" {
				t.Errorf("%+v, goods %+v", w, shot.Goods)
			}
			r.scan("tee", c.outcome)
			r.ok(packing.PutBackOut)
			if last := s.last("P1"); last != order.PutBack {
				t.Errorf("the journal ends with %s", last)
			}
		})
	}
}

// What is cancelled while its label is out is not confirmed, though the bench's own reading is fresh.
func TestNewsOfTheMirrorBeforeTheLabelIsScanned(t *testing.T) {
	s := newShop(t)
	told := make(chan order.Order)
	s.reads(told)
	r := s.start(nil, polling)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.phase(packing.LabelScan)
	told <- s.order(2, order.Cancelled, "cap")
	r.phase(packing.Halted)
	r.scan(trackingOf(2), packing.CancelledOut)
}

// News that comes while the label is on its way to the printer is heard once it is there.
func TestNewsOfTheMirrorWhilePrinting(t *testing.T) {
	s := newShop(t)
	told := make(chan order.Order)
	s.reads(told)
	printing, release := make(chan struct{}), make(chan struct{})
	send := s.send
	s.send = func(ctx context.Context, label []byte) (int, error) {
		close(printing)
		<-release
		return send(ctx, label)
	}
	r := s.start(nil, polling)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	<-printing
	told <- s.order(2, order.Cancelled, "cap")
	r.until(func(shot Snapshot) bool { return shot.State.Phase == packing.Printing })
	close(release)
	r.phase(packing.Halted)
	r.scan(trackingOf(2), packing.CancelledOut)
}

// A verb that reads orders for somebody else tells the bench nothing; it looks by itself.
func TestNewsThatNobodyTold(t *testing.T) {
	s := newShop(t)
	r := s.start(nil)
	r.scan("P1", packing.OpenedOut)
	s.save(s.order(1, order.Cancelled, "tee", "tee"))
	r.phase(packing.Halted)
}

// From the moment the mirror's page is in the cache to the packer's stop, on the disk and in a snapshot, with 100,000 orders cached: with a reading of the shops
// that tells of it.
func BenchmarkMirrorToStop(b *testing.B) {
	s := shopIn(b, filledFolder(b, 100_000))
	told, saved := make(chan order.Order), make(chan time.Time, 1)
	r := s.start(nil, polling, func(c *Config) {
		c.Mirror = pages{s, told, saved}
	})
	var took []time.Duration
	n := 1 // two pieces, waiting
	for b.Loop() {
		r.scan(fmt.Sprint("P", n), packing.OpenedOut)
		first := r.Snapshot().State.WantedSKU()
		r.scan(first, packing.TakenOut)
		r.settle()
		told <- s.order(n, order.Cancelled, first)
		from := <-saved
		shot := r.phase(packing.Halted)
		took = append(took, time.Since(from))
		if len(shot.State.Work.Taken) != 1 {
			b.Fatalf("%+v", shot.State.Work)
		}
		r.ok(packing.PutBackOut)
		n += 4
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1e3, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1e3, "p99-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1e3, "max-ms")
}

// pages is a mirror that reads one order a page.
type pages struct {
	*shop
	told  chan order.Order
	saved chan time.Time
}

func (p pages) Sync(ctx context.Context, told func(mirror.Progress)) error {
	select {
	case o := <-p.told:
		p.save(o)
		p.saved <- time.Now()
		told(mirror.Progress{Read: 1, Of: 1})
	case <-ctx.Done():
	}
	return ctx.Err()
}
