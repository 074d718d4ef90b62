package station

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
)

// pusher is an outbox of which a test decides what a push does.
type pusher func(ctx context.Context) (time.Time, error)

func (p pusher) Push(ctx context.Context) (time.Time, error) { return p(ctx) }

// What the outbox did for the open parcel is journalled by the bench, and the bench goes on from it: it does not ask for shipment again.
func TestBenchGoesOnFromWhatTheOutboxDid(t *testing.T) {
	s := newShop(t)
	r := s.start(nil)
	r.scan("P2", packing.OpenedOut)
	at := time.Now()
	if err := r.Record(t.Context(), order.Event{At: at, Kind: order.ShipTried, Parcel: "P2"}, order.Event{At: at, Kind: order.ShipArranged, Parcel: "P2"}); err != nil {
		t.Fatal(err)
	}
	s.save(s.order(2, order.AwaitingCollection, "cap"))
	r.until(func(shot Snapshot) bool { return shot.State.Work.Arranged })
	r.scan("cap", packing.TakenOut)
	r.settle()
	r.phase(packing.LabelScan)
	r.scan(trackingOf(2), packing.ConfirmedOut)
	if shipped, printed := s.times(); shipped != 0 || printed != 1 {
		t.Errorf("shipped %d times, printed %d", shipped, printed)
	}
	events, err := s.store.History("P2")
	if err != nil || events[1].Kind != order.ShipTried || events[1].Bench != "7" || events[1].Packer != "An" {
		t.Errorf("%+v, %v", events, err)
	}
}

// A request wakes the outbox at once; it is told which parcel lies on the bench, and what is parked is counted on the screen.
func TestRequestWakesTheOutbox(t *testing.T) {
	s := newShop(t)
	var mu sync.Mutex
	var open []order.ParcelKey
	pushed := make(chan struct{}, 10)
	r := s.start(nil)
	r.end() // this one goes without an outbox
	var snapshots = sync.NewCond(new(sync.Mutex))
	bench := New(Config{
		Store: s.store, Mirror: s, Labels: s, Printer: s, Now: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Bench: "7",
		Changed: func(Snapshot) { snapshots.L.Lock(); snapshots.Broadcast(); snapshots.L.Unlock() },
		Outbox: func(journal mirror.Journal, onBench func() order.ParcelKey) Pusher {
			return pusher(func(ctx context.Context) (time.Time, error) {
				mu.Lock()
				open = append(open, onBench())
				mu.Unlock()
				waiting, err := s.store.Requests()
				if err == nil && len(waiting) > 0 && waiting[0].Work.Requests[0].Parked.Key == "" {
					err = journal(order.Event{At: time.Now(), Kind: order.RequestParked, Parcel: waiting[0].Key,
						Request: order.Request{ID: "r", Parked: order.Say("platform.frozen")}})
				}
				pushed <- struct{}{}
				return time.Time{}, err
			})
		},
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- bench.Run(ctx) }()
	<-pushed // at the start
	if _, err := bench.Scan(ctx, order.Scan{Code: "P2", Device: "one", At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if err := bench.Record(ctx, order.Event{At: time.Now(), Kind: order.RequestMade, Parcel: "P3", Request: order.Request{ID: "r", Kind: order.Arrange}}); err != nil {
		t.Fatal(err)
	}
	<-pushed
	snapshots.L.Lock()
	for bench.Snapshot().Parked != 1 {
		snapshots.Wait()
	}
	snapshots.L.Unlock()
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if want := []order.ParcelKey{"", "P2"}; !slices.Equal(open, want) {
		t.Errorf("on the bench lay %v, want %v", open, want)
	}
}

// What the journal does not take has not happened, and whoever asked is told.
func TestRecordThatIsNotTaken(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	r := s.start(files)
	r.scan("P2", packing.OpenedOut)
	files.full(order.ShipArranged)
	err := r.Record(t.Context(), order.Event{At: time.Now(), Kind: order.ShipArranged, Parcel: "P2"})
	if order.AsProblem(err).Key != "store.full" || r.Snapshot().State.Work.Arranged {
		t.Errorf("%v, %+v", err, r.Snapshot().State.Work)
	}
	r.end()
	if err := r.Record(t.Context(), order.Event{Kind: order.ShipArranged, Parcel: "P2"}); order.AsProblem(err).Key != "bench.closing" {
		t.Errorf("after the end: %v", err)
	}
}

// While a label is waited for, the parcel can be put on the shelf at once, before scans that wait, and the label that comes late is nobody's on the screen.
func TestShelfWhileTheLabelIsWaitedFor(t *testing.T) {
	s := newShop(t)
	began, made := make(chan struct{}), make(chan struct{})
	document := s.document
	s.document = func(ctx context.Context, p order.Parcel) ([]byte, string, string, error) {
		if p.Key == "P2" {
			close(began)
			<-made
		}
		return document(ctx, p)
	}
	r := s.start(nil)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	<-began
	r.phase(packing.Labelling)
	r.Submit(r.next("P3"))
	if answer, err := r.Aside(t.Context()); err != nil || answer.Outcome != packing.ShelvedOut || answer.State != "arranged" {
		t.Fatalf("%+v, %v", answer, err)
	}
	r.until(func(shot Snapshot) bool { return shot.State.Parcel.Key == "P3" })
	close(made)
	r.settle()
	if shot := r.Snapshot(); shot.State.Parcel.Key != "P3" || shot.Label != nil {
		t.Errorf("%+v, a label is shown: %t", shot.State, shot.Label != nil)
	}
	waiting, err := s.store.Requests()
	if err != nil || len(waiting) != 1 || waiting[0].Work.Requests[0].Kind != order.FetchLabel {
		t.Errorf("%+v, %v", waiting, err)
	}
}
