package station

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
)

func TestOneParcelFromScanToConfirmation(t *testing.T) {
	s := newShop(t)
	r := s.start(nil)
	r.scan("P1", packing.OpenedOut)
	r.scan("tee", packing.TakenOut)
	r.scan("cap", packing.WrongItem)
	if a := r.scan("tee", packing.TakenOut); a.Parcel != "P1" || a.State != "packed" {
		t.Errorf("%+v", a)
	}
	r.settle()
	shot := r.phase(packing.LabelScan)
	if a := r.scan(trackingOf(1), packing.ConfirmedOut); a.State != "confirmed" {
		t.Errorf("%+v", a)
	}
	want := []order.EventKind{order.Opened, order.Taken, order.MistakeCaught, order.Taken, order.ShipTried, order.ShipArranged, order.DocumentKept, order.LabelQueued,
		order.LabelSending, order.LabelSent, order.Confirmed}
	if got := s.history("P1"); !slices.Equal(got, want) {
		t.Errorf("the journal holds %v", got)
	}
	if shipped, printed := s.times(); shipped != 1 || printed != 1 {
		t.Fatalf("shipped %d times, printed %d times", shipped, printed)
	}
	if drawn, err := labelPage(trackingOf(1)); err != nil || !slices.Equal(s.printed[0], s.Encode(drawn)) || !slices.Equal(shot.Label.Bits, drawn.Bits) {
		t.Errorf("what was sent and shown is not the page that was drawn, %v", err)
	}
	free := r.phase(packing.Idle)
	if !free.LabelSeen || free.Places.Total() != 2 || free.Label != nil || free.Waiting[0].Key != "P2" {
		t.Errorf("%+v", free)
	}
	events, err := s.store.History("P1")
	if err != nil || events[1].Bench != "7" || events[1].Packer != "An" || events[1].Code != "tee" || events[1].Device != "one" {
		t.Errorf("%+v, %v", events, err)
	}
}

// What is about to be done is in the journal at the moment it is begun, and nothing that comes after it.
func TestJournalledBeforeItIsDone(t *testing.T) {
	s := newShop(t)
	var mu sync.Mutex
	found := map[string]order.EventKind{}
	note := func(effect string) {
		last := s.last("P2")
		mu.Lock()
		defer mu.Unlock()
		found[effect] = last
	}
	ship, document, draw, send := s.ship, s.document, s.draw, s.send
	s.ship = func(ctx context.Context, p order.Parcel) error { note("ship"); return ship(ctx, p) }
	s.document = func(ctx context.Context, p order.Parcel) ([]byte, string, string, error) {
		note("document")
		return document(ctx, p)
	}
	s.draw = func(d []byte) (*page.Page, error) { note("draw"); return draw(d) }
	s.reach = func(context.Context) error { note("reach"); return nil }
	s.send = func(ctx context.Context, b []byte) (int, error) { note("send"); return send(ctx, b) }
	r := s.start(nil)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.settle()
	want := map[string]order.EventKind{
		"ship": order.ShipTried, "document": order.ShipArranged, "draw": order.ShipArranged, "reach": order.LabelQueued, "send": order.LabelSending,
	}
	for effect, kind := range want {
		if found[effect] != kind {
			t.Errorf("when %s began the journal's last event was %q, want %q", effect, found[effect], kind)
		}
	}
}

// Scans that come while the bench is busy wait their turn: all are answered, in the order in which they came.
func TestScansWhileBusyAreAnsweredInOrder(t *testing.T) {
	s := newShop(t)
	asked, release := make(chan struct{}), make(chan struct{})
	ship := s.ship
	s.ship = func(ctx context.Context, p order.Parcel) error {
		close(asked)
		<-release
		return ship(ctx, p)
	}
	files := &journal{Store: s.store}
	r := s.start(files)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	<-asked
	var want []string
	for n := range 50 {
		code := fmt.Sprint("nobody's ", n)
		want = append(want, code)
		r.Submit(r.next(code))
	}
	if got := files.lookedUp(); len(got) != 2 {
		t.Errorf("looked up while busy: %v", got[2:])
	}
	close(release)
	r.settle()
	if got := files.lookedUp()[2:]; !slices.Equal(got, want) {
		t.Errorf("decided in the order %v", got)
	}
	r.scan(trackingOf(2), packing.ConfirmedOut)
}

func TestTwoHundredScansAtOnceAndNoneIsLost(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	r := s.start(files)
	r.scan("P1", packing.OpenedOut)
	var hands sync.WaitGroup
	at := r.at
	for n := range 200 {
		hands.Go(func() {
			r.Submit(order.Scan{Code: fmt.Sprint("code ", n), Device: fmt.Sprint("scanner ", n%3), At: at.Add(time.Duration(n) * time.Second)})
		})
	}
	hands.Wait()
	r.settle()
	seen := map[string]int{}
	for _, code := range files.lookedUp() {
		seen[code]++
	}
	for n := range 200 {
		if code := fmt.Sprint("code ", n); seen[code] != 1 {
			t.Errorf("%s was decided %d times", code, seen[code])
		}
	}
}

func TestSettleWaitsForEffectsAndScans(t *testing.T) {
	s := newShop(t)
	release := make(chan struct{})
	ship := s.ship
	s.ship = func(ctx context.Context, p order.Parcel) error { <-release; return ship(ctx, p) }
	r := s.start(nil)
	r.settle() // at once: nothing is under way
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	short, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Settle(short); order.AsProblem(err) == nil || order.AsProblem(err).Key != "bench.closing" {
		t.Errorf("settled while shipping: %v", err)
	}
	r.Submit(r.next(trackingOf(2)))
	close(release)
	r.settle()
	if got := r.Snapshot().State.Phase; got != packing.Idle {
		t.Errorf("settled in phase %s", got)
	}
}

// A snapshot shows one moment for ever.
func TestSnapshotsDoNotChange(t *testing.T) {
	s := newShop(t)
	if err := s.store.ImportGoods([]order.Good{{SKU: "tee", Name: "Tee", Barcodes: []string{"6900000000001"}}}); err != nil {
		t.Fatal(err)
	}
	r := s.start(nil)
	r.scan("P1", packing.OpenedOut)
	r.scan("cap", packing.WrongItem)
	shot := r.Snapshot()
	before := fmt.Sprintf("%+v", shot)
	r.scan("6900000000001", packing.TakenOut)
	if taken := r.Snapshot(); len(taken.State.Work.Taken) != 1 || taken.Strip.Item != "tee" || taken.Goods["tee"].Name != "Tee" {
		t.Errorf("%+v", taken)
	}
	r.scan("6900000000001", packing.TakenOut)
	r.settle()
	r.scan(trackingOf(1), packing.ConfirmedOut)
	r.scan("P3", packing.OpenedOut)
	if after := fmt.Sprintf("%+v", shot); after != before {
		t.Errorf("was  %s\nis   %s", before, after)
	}
}

// Shipment is not asked for while no label can be printed, and a platform that is away is asked again when a person says so.
func TestTroubleWaitsForAPerson(t *testing.T) {
	s := newShop(t)
	away := order.Trouble(nil, "printer.absent")
	reach := s.reach
	s.reach = func(context.Context) error { return away }
	r := s.start(nil)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.settle()
	if shot := r.phase(packing.Asked); shot.State.Trouble.Key != "printer.absent" || len(s.shipped) != 0 {
		t.Fatalf("%+v, shipped %v", shot.State, s.shipped)
	}
	r.end()
	s.reach = reach
	again := s.start(nil)
	again.settle()
	again.scan(trackingOf(2), packing.ConfirmedOut)
	if shipped, printed := s.times(); shipped != 1 || printed != 1 {
		t.Errorf("shipped %d times, printed %d times", shipped, printed)
	}
}

// The shops are read over and over; trouble with it is shown until it is over.
func TestPolls(t *testing.T) {
	s := newShop(t)
	synctest.Test(t, func(t *testing.T) {
		var reads atomic.Int64
		s.sync = func(context.Context) error {
			if reads.Add(1) == 2 {
				return order.Trouble(nil, "platform.unreachable")
			}
			return nil
		}
		r := New(Config{
			Store: s.store, Mirror: s, Labels: s, Printer: s, Now: time.Now, Log: slog.New(slog.DiscardHandler), Poll: 30 * time.Second,
		})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- r.Run(ctx) }()
		for read, want := range []string{"", "platform.unreachable", ""} {
			synctest.Wait()
			if got := r.Snapshot().PlatformTrouble.Key; got != want || reads.Load() != int64(read+1) {
				t.Errorf("after %d readings, expecting %d: trouble %q, want %q", reads.Load(), read+1, got, want)
			}
			time.Sleep(30 * time.Second) // of the bubble's clock
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
