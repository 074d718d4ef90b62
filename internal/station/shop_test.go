package station

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/boombuler/barcode/code128"

	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
	"packbench/printer/state"
	"packbench/store"
)

// shop is a platform, a label drawer and a printer in good health. A test takes the place of a part by its function.
type shop struct {
	t     testing.TB
	store *store.Store

	refresh  func(ctx context.Context, key order.ParcelKey) (order.Parcel, bool, error)
	ship     func(ctx context.Context, p order.Parcel) error
	document func(ctx context.Context, p order.Parcel) ([]byte, string, string, error)
	draw     func(document []byte) (*page.Page, error)
	reach    func(ctx context.Context) error
	send     func(ctx context.Context, label []byte) (int, error)
	sync     func(ctx context.Context) error

	owed   order.Owed // to the buyer of any parcel
	hazmat []byte     // the document of any parcel's dangerous goods
	// handovers are how parcels are handed over.
	handovers map[order.ParcelKey]string
	// hazmatTrouble is why there is none.
	hazmatTrouble error

	mu      sync.Mutex
	shipped []order.ParcelKey
	printed [][]byte
	updates int
}

func (s *shop) Sync(ctx context.Context, _ func(mirror.Progress)) error { return s.sync(ctx) }

func (s *shop) Refresh(ctx context.Context, key order.ParcelKey) (order.Parcel, bool, error) {
	return s.refresh(ctx, key)
}

func (s *shop) Ship(ctx context.Context, p order.Parcel) (order.ParcelKey, error) {
	return p.Key, s.ship(ctx, p)
}

func (s *shop) Track(context.Context) error { return nil }

func (s *shop) ClockOff() time.Duration { return 0 }

func (s *shop) Document(ctx context.Context, p order.Parcel) ([]byte, string, string, error) {
	return s.document(ctx, p)
}

func (s *shop) Owed(context.Context, order.Parcel, string) (order.Owed, error) { return s.owed, nil }

func (s *shop) Hazmat(context.Context, order.Parcel) ([]byte, error) {
	return s.hazmat, s.hazmatTrouble
}

func (s *shop) Handover(_ context.Context, p order.Parcel) (string, error) {
	return s.handovers[p.Key], nil
}

func (s *shop) Make(_ context.Context, document []byte, _ page.Size, _ int) (*page.Page, error) {
	return s.draw(document)
}

func (s *shop) Reach(ctx context.Context) error { return s.reach(ctx) }

func (s *shop) Send(ctx context.Context, label []byte) (int, error) { return s.send(ctx, label) }

func (s *shop) Encode(p *page.Page) []byte { return append([]byte("^XA"), p.Bits...) }

func (s *shop) Medium() page.Size { return page.Label }

func (s *shop) DPI() int { return 203 }

func (s *shop) Answers() bool { return false }

func (s *shop) State(context.Context) (state.State, error) { return state.State{}, nil }

func (s *shop) Pace() time.Duration { return 0 }

func (s *shop) Doubt(context.Context) {}

func (s *shop) Opened() int { return 1 }

// order makes an order of one parcel, with a piece of each article.
func (s *shop) order(n int, status order.Status, skus ...string) order.Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updates++
	o := order.Order{
		ID: fmt.Sprint("O", n), ShopID: "S", Market: "MY", Status: status, ShippingType: order.ByPlatform, WentThroughHold: true,
		UpdatedAt: time.Unix(1_800_000_000+int64(s.updates), 0), PackageIDs: []string{fmt.Sprint("P", n)},
	}
	for i, sku := range skus {
		line := order.Line{ID: fmt.Sprintf("%s-%d", o.ID, i), SellerSKU: sku, PackageID: o.PackageIDs[0]}
		if status == order.AwaitingCollection {
			line.Tracking = trackingOf(n)
		}
		o.Lines = append(o.Lines, line)
	}
	return o
}

// trackingOf is the number the label of parcel n carries.
func trackingOf(n int) string { return fmt.Sprintf("JMX%09d", n) }

func numberOf(key order.ParcelKey) (n int) {
	_, _ = fmt.Sscanf(string(key), "P%d", &n) // tests name their parcels so
	return n
}

func (s *shop) save(orders ...order.Order) {
	if err := s.store.SaveOrders(orders, time.Now()); err != nil {
		s.t.Error(err)
	}
}

// arrange makes the parcel's order one that awaits collection, as the platform does.
func (s *shop) arrange(p order.Parcel) {
	var skus []string
	for _, unit := range p.Units {
		skus = append(skus, unit.SKU())
	}
	o := s.order(numberOf(p.Key), order.AwaitingCollection, skus...)
	for i, unit := range p.Units {
		o.Lines[i].DangerousGood = unit.DangerousGood
	}
	s.save(o)
}

// newShop has parcels P1 (tee, tee), P2 (cap) and P3 (mug).
func newShop(t *testing.T) *shop {
	t.Helper()
	s := shopIn(t, t.TempDir())
	s.save(s.order(1, order.AwaitingShipment, "tee", "tee"), s.order(2, order.AwaitingShipment, "cap"), s.order(3, order.AwaitingShipment, "mug"))
	return s
}

// shopIn has what is in a bench's folder.
func shopIn(t testing.TB, dir string) *shop {
	t.Helper()
	files, err := store.Open(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := files.Close(); err != nil {
			t.Error(err)
		}
	})
	s := &shop{t: t, store: files}
	s.refresh = func(_ context.Context, key order.ParcelKey) (order.Parcel, bool, error) {
		known, found, err := files.Parcel(key)
		known.ReadAt = time.Now()
		return known.Parcel, found, err
	}
	s.ship = func(_ context.Context, p order.Parcel) error {
		s.mu.Lock()
		s.shipped = append(s.shipped, p.Key)
		s.mu.Unlock()
		s.arrange(p)
		return nil
	}
	s.document = func(_ context.Context, p order.Parcel) ([]byte, string, string, error) {
		document := []byte("label of " + string(p.Key))
		name, err := files.KeepDocument(document)
		return document, name, trackingOf(numberOf(p.Key)), err
	}
	s.draw = drawLabel
	s.reach = func(context.Context) error { return nil }
	s.send = func(_ context.Context, label []byte) (int, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.printed = append(s.printed, slices.Clone(label))
		return len(label), nil
	}
	s.sync = func(context.Context) error { return nil }
	return s
}

func (s *shop) times() (shipped, printed int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.shipped), len(s.printed)
}

// history are the kinds of a parcel's events.
func (s *shop) history(key order.ParcelKey) []order.EventKind {
	s.t.Helper()
	events, err := s.store.History(key)
	if err != nil {
		s.t.Fatal(err)
	}
	var kinds []order.EventKind
	for _, e := range events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func (s *shop) last(key order.ParcelKey) order.EventKind {
	kinds := s.history(key)
	if len(kinds) == 0 {
		return ""
	}
	return kinds[len(kinds)-1]
}

// running is a bench at work, and the scanner in a packer's hand.
type running struct {
	*Station
	t     testing.TB
	at    time.Time // of the last scan
	ended chan error
	stop  context.CancelFunc

	mu   sync.Mutex
	seen *sync.Cond // a snapshot came
}

// start sets a bench to work on the shop. files may stand between it and the store; nil is the store itself.
func (s *shop) start(files Store, more ...func(*Config)) *running {
	s.t.Helper()
	if files == nil {
		files = s.store
	}
	ctx, stop := context.WithCancel(s.t.Context())
	r := &running{t: s.t, at: time.Now(), ended: make(chan error, 1), stop: stop}
	r.seen = sync.NewCond(&r.mu)
	c := Config{
		Store: files, Mirror: s, Labels: s, Printer: s, Now: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Bench: "7", Packer: "An", Changed: func(Snapshot) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.seen.Broadcast()
		},
	}
	for _, change := range more {
		change(&c)
	}
	r.Station = New(c)
	r.rest = 50 * time.Millisecond
	go func() { r.ended <- r.Run(ctx) }()
	s.t.Cleanup(stop)
	return r
}

// until waits for a snapshot that is as it should be.
func (r *running) until(want func(Snapshot) bool) Snapshot {
	r.t.Helper()
	giveUp := time.AfterFunc(20*time.Second, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.seen.Broadcast()
	})
	defer giveUp.Stop()
	deadline := time.Now().Add(20 * time.Second)
	r.mu.Lock()
	defer r.mu.Unlock()
	for !want(r.Snapshot()) {
		if time.Now().After(deadline) {
			r.t.Fatalf("the bench stays %+v", r.Snapshot().State)
		}
		r.seen.Wait()
	}
	return r.Snapshot()
}

func (r *running) phase(want packing.Phase) Snapshot {
	r.t.Helper()
	return r.until(func(s Snapshot) bool { return s.State.Phase == want })
}

// said waits for a sentence on the strip.
func (r *running) said(key string) Snapshot {
	r.t.Helper()
	return r.until(func(s Snapshot) bool { return s.Strip.Said.Key == key })
}

// end stops the bench and waits for it.
func (r *running) end() {
	r.t.Helper()
	r.stop()
	if err := <-r.ended; err != nil {
		r.t.Fatal(err)
	}
}

// next is a scan 2 s after the last one.
func (r *running) next(code string) order.Scan {
	r.at = r.at.Add(2 * time.Second)
	return order.Scan{Code: code, Device: "one", At: r.at}
}

func (r *running) scan(code string, want packing.Outcome) Answer {
	r.t.Helper()
	answer, err := r.Scan(r.t.Context(), r.next(code))
	if err != nil || answer.Outcome != want {
		r.t.Fatalf("%s came to %q (%s), want %q, %v", code, answer.Outcome, answer.Said.Key, want, err)
	}
	return answer
}

func (r *running) ok(want packing.Outcome) Answer {
	r.t.Helper()
	answer, err := r.OK(r.t.Context())
	if err != nil || answer.Outcome != want {
		r.t.Fatalf("ok came to %q (%s), want %q, %v", answer.Outcome, answer.Said.Key, want, err)
	}
	return answer
}

func (r *running) settle() {
	r.t.Helper()
	if err := r.Settle(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

// drawLabel draws the bars of the label's tracking number as a label printer would.
func drawLabel(document []byte) (*page.Page, error) {
	_, key, ok := strings.Cut(string(document), "label of ")
	if !ok {
		return nil, order.Trouble(nil, "label.damaged")
	}
	return labelPage(trackingOf(numberOf(order.ParcelKey(key))))
}

// labelPage is a label with a Code 128 of one number, its modules three dots wide.
func labelPage(text string) (*page.Page, error) {
	code, err := code128.Encode(text)
	if err != nil {
		return nil, err
	}
	const module, top, height = 3, 100, 120
	width, all := page.Label.Dots(203)
	p := page.New(width, all, 203)
	for x := range code.Bounds().Dx() * module {
		if r, _, _, _ := code.At(x/module, 0).RGBA(); r == 0 {
			for y := range height {
				p.Set(60+x, top+y)
			}
		}
	}
	return p, nil
}
