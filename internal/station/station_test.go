package station

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/boombuler/barcode/code128"

	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
	"packbench/store"
)

// shop is a platform, a label drawer and a printer in good health. A test takes the place of a part by its function.
type shop struct {
	t     *testing.T
	store *store.Store

	refresh  func(ctx context.Context, key order.ParcelKey) (order.Parcel, bool, error)
	ship     func(ctx context.Context, p order.Parcel) error
	document func(ctx context.Context, p order.Parcel) ([]byte, string, string, error)
	draw     func(document []byte) (*page.Page, error)
	reach    func(ctx context.Context) error
	send     func(ctx context.Context, label []byte) (int, error)
	sync     func(ctx context.Context) error

	mu      sync.Mutex
	shipped []order.ParcelKey
	printed [][]byte
	updates int
}

func (s *shop) Sync(ctx context.Context, _ func(mirror.Progress)) error { return s.sync(ctx) }

func (s *shop) Refresh(ctx context.Context, key order.ParcelKey) (order.Parcel, bool, error) {
	return s.refresh(ctx, key)
}

func (s *shop) Ship(ctx context.Context, p order.Parcel) error { return s.ship(ctx, p) }

func (s *shop) Document(ctx context.Context, p order.Parcel) ([]byte, string, string, error) {
	return s.document(ctx, p)
}

func (s *shop) Make(_ context.Context, document []byte, _ page.Size, _ int) (*page.Page, error) {
	return s.draw(document)
}

func (s *shop) Reach(ctx context.Context) error { return s.reach(ctx) }

func (s *shop) Send(ctx context.Context, label []byte) (int, error) { return s.send(ctx, label) }

func (s *shop) Encode(p *page.Page) []byte { return append([]byte("^XA"), p.Bits...) }

func (s *shop) Medium() page.Size { return page.Label }

func (s *shop) DPI() int { return 203 }

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
	s.save(s.order(numberOf(p.Key), order.AwaitingCollection, skus...))
}

// newShop has parcels P1 (tee, tee), P2 (cap) and P3 (mug).
func newShop(t *testing.T) *shop {
	t.Helper()
	files, err := store.Open(t.TempDir())
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
	s.save(s.order(1, order.AwaitingShipment, "tee", "tee"), s.order(2, order.AwaitingShipment, "cap"), s.order(3, order.AwaitingShipment, "mug"))
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
	t     *testing.T
	at    time.Time // of the last scan
	ended chan error
	stop  context.CancelFunc

	mu   sync.Mutex
	seen *sync.Cond // a snapshot came
}

// start sets a bench to work on the shop. files may stand between it and the store; nil is the store itself.
func (s *shop) start(files Store) *running {
	s.t.Helper()
	if files == nil {
		files = s.store
	}
	ctx, stop := context.WithCancel(s.t.Context())
	r := &running{t: s.t, at: time.Now(), ended: make(chan error, 1), stop: stop}
	r.seen = sync.NewCond(&r.mu)
	r.Station = New(Config{
		Store: files, Mirror: s, Labels: s, Printer: s, Now: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Bench: "7", Packer: "An", Changed: func(Snapshot) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.seen.Broadcast()
		},
	})
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
	want := []order.EventKind{order.Opened, order.Taken, order.Taken, order.ShipTried, order.ShipArranged, order.DocumentKept, order.LabelQueued,
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
	if !free.LabelSeen || free.WaitingTotal != 2 || free.Label != nil || free.Waiting[0].Key != "P2" {
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

// journal stands between a bench and its store: it may refuse events as a full disk does, and remembers what was looked up.
type journal struct {
	Store
	mu     sync.Mutex
	refuse func(order.EventKind) bool
	codes  []string
}

func (j *journal) Append(events []order.Event) error {
	j.mu.Lock()
	refuse := j.refuse
	j.mu.Unlock()
	if refuse != nil && slices.ContainsFunc(events, func(e order.Event) bool { return refuse(e.Kind) }) {
		return order.Trouble(errors.New("no space left on device"), "store.full")
	}
	return j.Store.Append(events)
}

func (j *journal) Candidates(code string) (order.Candidates, error) {
	j.mu.Lock()
	j.codes = append(j.codes, code)
	j.mu.Unlock()
	return j.Store.Candidates(code)
}

func (j *journal) lookedUp() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.codes)
}

// full makes the journal refuse events of the kinds given; without any it writes again.
func (j *journal) full(kinds ...order.EventKind) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.refuse = func(kind order.EventKind) bool { return slices.Contains(kinds, kind) }
}

// A scan the disk does not take counts for nothing. F10 tries it again.
func TestScanTheDiskDoesNotTake(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	r := s.start(files)
	r.scan("P1", packing.OpenedOut)
	files.full(order.Taken)
	before := r.Snapshot().State
	if a := r.scan("tee", packing.NeedsPerson); a.Said.Key != "store.full" {
		t.Errorf("%+v", a)
	}
	after := r.Snapshot()
	if in, _ := after.State.Pieces(); in != 0 || len(after.State.Work.Taken) != 0 || after.State.Phase != before.Phase ||
		after.Strip.Said.Key != "store.full" || after.Strip.Code != "tee" {
		t.Errorf("%+v", after)
	}
	if a := r.ok(packing.NeedsPerson); a.Said.Key != "store.full" {
		t.Errorf("%+v", a)
	}
	files.full()
	r.ok(packing.TakenOut)
	if got := s.history("P1"); !slices.Equal(got, []order.EventKind{order.Opened, order.Taken}) {
		t.Errorf("the journal holds %v", got)
	}
	r.ok(packing.NothingAsked)
}

// The packer scans the piece again instead of pressing F10: it is one piece, and F10 has nothing left to try.
func TestScanTheDiskDoesNotTakeIsScannedAgain(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	r := s.start(files)
	r.scan("P1", packing.OpenedOut)
	files.full(order.Taken)
	r.scan("tee", packing.NeedsPerson)
	files.full()
	r.scan("tee", packing.TakenOut)
	r.ok(packing.NothingAsked)
	if in, of := r.Snapshot().State.Pieces(); in != 1 || of != 2 {
		t.Errorf("%d of %d in", in, of)
	}
}

// What an effect came to and the disk does not take stays in mind: the bench goes on with it once the disk takes it, and does nothing twice.
func TestAnswerTheDiskDoesNotTake(t *testing.T) {
	for name, c := range map[string]struct {
		kind  order.EventKind
		phase packing.Phase // in which the bench stays
	}{
		"shipment arranged": {order.ShipArranged, packing.Shipping},
		"label made":        {order.DocumentKept, packing.Labelling},
		"label queued":      {order.LabelQueued, packing.Labelling},
		"label sent":        {order.LabelSent, packing.Printing},
	} {
		for how, goOn := range map[string]func(*running){
			"ok":            func(r *running) { r.ok(packing.Accepted) },
			"the next scan": func(r *running) { r.scan("nobody's", packing.WrongLabel) },
		} {
			t.Run(name+", "+how, func(t *testing.T) {
				s := newShop(t)
				files := &journal{Store: s.store}
				files.full(c.kind)
				r := s.start(files)
				r.scan("P2", packing.OpenedOut)
				r.scan("cap", packing.TakenOut)
				if got := r.said("store.full").State.Phase; got != c.phase {
					t.Errorf("phase %s", got)
				}
				r.ok(packing.NeedsPerson)
				r.scan(trackingOf(2), packing.NeedsPerson)
				if slices.Contains(s.history("P2"), c.kind) {
					t.Fatalf("%s is in the journal", c.kind)
				}
				files.full()
				goOn(r)
				r.settle()
				r.scan(trackingOf(2), packing.ConfirmedOut)
				if shipped, printed := s.times(); shipped != 1 || printed != 1 {
					t.Errorf("shipped %d times, printed %d times", shipped, printed)
				}
			})
		}
	}
}

// Scans that waited when the disk filled up are refused one by one, aloud: they count for nothing, and the bench is not stuck behind them.
func TestScansThatWaitedWhenTheDiskFilledUp(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	files.full(order.ShipArranged)
	asked, release := make(chan struct{}), make(chan struct{})
	ship := s.ship
	s.ship = func(ctx context.Context, p order.Parcel) error {
		close(asked)
		<-release
		return ship(ctx, p)
	}
	r := s.start(files)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	<-asked
	replies := make(chan Answer)
	for _, code := range []string{"mug", "tee"} {
		scan := r.next(code)
		go func() {
			answer, err := r.Scan(t.Context(), scan)
			if err != nil {
				t.Error(err)
			}
			replies <- answer
		}()
	}
	close(release)
	for range 2 {
		if a := <-replies; a.Outcome != packing.NeedsPerson || a.Said.Key != "store.full" {
			t.Errorf("%+v", a)
		}
	}
	files.full()
	r.ok(packing.Accepted)
	r.settle()
	r.scan(trackingOf(2), packing.ConfirmedOut)
}

// A scan that waits for the platform's word is answered too when the disk does not take what the word comes to.
func TestScanThatWaitsForThePlatformWhenTheDiskIsFull(t *testing.T) {
	s := newShop(t)
	held := s.order(2, order.OnHold, "cap")
	if err := s.store.SaveOrders([]order.Order{held}, time.Now().Add(-time.Hour)); err != nil { // so that the platform is asked
		t.Fatal(err)
	}
	refresh := s.refresh
	s.refresh = func(ctx context.Context, key order.ParcelKey) (order.Parcel, bool, error) {
		s.save(s.order(2, order.AwaitingShipment, "cap"))
		return refresh(ctx, key)
	}
	files := &journal{Store: s.store}
	files.full(order.Opened)
	r := s.start(files)
	if a := r.scan("P2", packing.NeedsPerson); a.Said.Key != "store.full" {
		t.Errorf("%+v", a)
	}
	if open, err := s.store.OpenParcel(); err != nil || open != "" {
		t.Errorf("%q is open, %v", open, err)
	}
	files.full()
	r.ok(packing.Accepted)
	if shot := r.phase(packing.Packing); shot.State.Parcel.Key != "P2" {
		t.Errorf("%+v", shot.State)
	}
}

// What the platform says behind an answer that is not journalled yet is taken in after it, in the order in which it came.
func TestAnswersBehindOneTheDiskDoesNotTake(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	files.full(order.ShipArranged)
	r := s.start(files)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.said("store.full")
	known, _, err := s.store.Parcel("P2")
	if err != nil {
		t.Fatal(err)
	}
	known.Standing, known.ReadAt = order.Gone, time.Now()
	r.inbox.post(finished{inputs: []packing.Input{packing.Read{Key: "P2", Parcel: known.Parcel, Found: true}}})
	files.full()
	r.ok(packing.Accepted)
	r.settle()
	if got := s.history("P2"); !slices.Contains(got, order.ShipArranged) || slices.Contains(got, order.Stopped) && slices.Index(got, order.Stopped) < slices.Index(got, order.ShipArranged) {
		t.Errorf("the journal holds %v", got)
	}
}

// Without the journal's word that a label is about to be sent, no byte of it leaves.
func TestNoByteLeavesUnjournalled(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	files.full(order.LabelSending)
	r := s.start(files)
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.settle()
	shot := r.phase(packing.Asked)
	if _, printed := s.times(); printed != 0 || shot.State.Question != packing.TryAgain || shot.State.Trouble.Key != "store.full" {
		t.Fatalf("%d labels sent, %+v", printed, shot.State)
	}
	files.full()
	r.ok(packing.Accepted)
	r.settle()
	r.scan(trackingOf(2), packing.ConfirmedOut)
	if shipped, printed := s.times(); shipped != 1 || printed != 1 {
		t.Errorf("shipped %d times, printed %d times", shipped, printed)
	}
}

// A bench that is stopped while something is under way leaves nothing running, and answers those who wait.
func TestRunEndsWithAnEffectUnderWay(t *testing.T) {
	for name, hang := range map[string]func(s *shop, began chan struct{}){
		"shipping": func(s *shop, began chan struct{}) {
			s.ship = func(ctx context.Context, _ order.Parcel) error {
				close(began)
				<-ctx.Done()
				return ctx.Err()
			}
		},
		"fetching the label": func(s *shop, began chan struct{}) {
			s.document = func(ctx context.Context, _ order.Parcel) ([]byte, string, string, error) {
				close(began)
				<-ctx.Done()
				return nil, "", "", ctx.Err()
			}
		},
		"sending": func(s *shop, began chan struct{}) {
			s.send = func(ctx context.Context, _ []byte) (int, error) {
				close(began)
				<-ctx.Done()
				return 0, ctx.Err()
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			began := make(chan struct{})
			hang(s, began)
			synctest.Test(t, func(t *testing.T) { // fails where a goroutine is left behind
				r := New(Config{
					Store: s.store, Mirror: s, Labels: s, Printer: s, Now: time.Now, Log: slog.New(slog.DiscardHandler), Poll: time.Minute,
				})
				ctx, stop := context.WithCancel(t.Context())
				ended := make(chan error)
				go func() { ended <- r.Run(ctx) }()
				for _, code := range []string{"P2", "cap"} {
					at := time.Now().Add(2 * time.Second)
					if _, err := r.Scan(ctx, order.Scan{Code: code, At: at}); err != nil {
						t.Fatal(err)
					}
				}
				<-began
				waits := make(chan error)
				go func() {
					_, err := r.Scan(t.Context(), order.Scan{Code: "waits", At: time.Now()})
					waits <- err
				}()
				synctest.Wait()
				stop()
				if err := <-ended; err != nil {
					t.Error(err)
				}
				if err := <-waits; order.AsProblem(err) == nil || order.AsProblem(err).Key != "bench.closing" {
					t.Errorf("a waiting scan got %v", err)
				}
				if err := r.Settle(t.Context()); order.AsProblem(err) == nil || order.AsProblem(err).Key != "bench.closing" {
					t.Errorf("settling got %v", err)
				}
			})
		})
	}
}

// Wherever a bench stops, another one on the same folder goes on there: it asks for shipment once and prints once.
func TestGoesOnWhereItStopped(t *testing.T) {
	dies := errors.New("the power failed")
	for name, c := range map[string]struct {
		die  func(s *shop, dead context.CancelFunc) // makes the first bench stop somewhere
		mend func(t *testing.T, r *running)         // what the packer does at the second one before the label can be scanned
	}{
		"after the first piece": {die: nil, mend: func(_ *testing.T, r *running) { r.scan("tee", packing.TakenOut) }},
		"before shipment was asked for": {die: func(s *shop, dead context.CancelFunc) {
			s.reach = func(context.Context) error { dead(); return dies }
		}},
		"after shipment was arranged, before the answer": {die: func(s *shop, dead context.CancelFunc) {
			ship := s.ship
			s.ship = func(ctx context.Context, p order.Parcel) error { defer dead(); return ship(ctx, p) }
		}},
		"before the label was fetched": {die: func(s *shop, dead context.CancelFunc) {
			s.document = func(context.Context, order.Parcel) ([]byte, string, string, error) { dead(); return nil, "", "", dies }
		}},
		"while the label was drawn": {die: func(s *shop, dead context.CancelFunc) {
			s.draw = func([]byte) (*page.Page, error) { dead(); return nil, dies }
		}},
		"before the printer was reached": {die: func(s *shop, dead context.CancelFunc) {
			reached := 0
			s.reach = func(context.Context) error {
				if reached++; reached == 2 { // the first time is before shipment
					dead()
					return dies
				}
				return nil
			}
		}},
		"while the label was sent, and it came out": {
			die: func(s *shop, dead context.CancelFunc) {
				send := s.send
				s.send = func(ctx context.Context, b []byte) (int, error) { defer dead(); return send(ctx, b) }
			},
			mend: func(t *testing.T, r *running) {
				if shot := r.phase(packing.Asked); shot.State.Question != packing.PrintAgain {
					t.Errorf("%+v", shot.State)
				}
			},
		},
		"while the label was sent, and it did not come out": {
			die: func(s *shop, dead context.CancelFunc) {
				s.send = func(context.Context, []byte) (int, error) { dead(); return 0, dies }
			},
			mend: func(_ *testing.T, r *running) { r.phase(packing.Asked); r.ok(packing.Accepted) },
		},
		"before the label was scanned": {die: func(*shop, context.CancelFunc) {}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			ship, document, draw, reach, send := s.ship, s.document, s.draw, s.reach, s.send
			r := s.start(nil)
			if c.die != nil {
				c.die(s, r.stop)
			}
			r.scan("P1", packing.OpenedOut)
			r.scan("tee", packing.TakenOut)
			if c.die != nil {
				if _, err := r.Scan(t.Context(), r.next("tee")); err != nil && order.AsProblem(err).Key != "bench.closing" {
					t.Fatal(err)
				}
				_ = r.Settle(t.Context()) // the bench may stop before all is quiet: that is the point
			}
			r.end()
			s.ship, s.document, s.draw, s.reach, s.send = ship, document, draw, reach, send
			again := s.start(nil)
			if c.mend != nil {
				c.mend(t, again)
			}
			again.settle()
			again.scan(trackingOf(1), packing.ConfirmedOut)
			if shipped, printed := s.times(); shipped != 1 || printed != 1 {
				t.Errorf("shipped %d times, printed %d times", shipped, printed)
			}
			if n := len(slices.DeleteFunc(s.history("P1"), func(k order.EventKind) bool { return k != order.Taken })); n != 2 {
				t.Errorf("%d pieces in the journal", n)
			}
		})
	}
}

// The platform re-formed the open parcel's package while the bench was off: the packer puts the goods back.
func TestOpenParcelIsGoneAtTheStart(t *testing.T) {
	s := newShop(t)
	r := s.start(nil)
	r.scan("P1", packing.OpenedOut)
	r.scan("tee", packing.TakenOut)
	r.end()
	moved := s.order(1, order.AwaitingShipment, "tee", "tee")
	moved.PackageIDs = []string{"P9"}
	for i := range moved.Lines {
		moved.Lines[i].PackageID = "P9"
	}
	s.save(moved)
	again := s.start(nil)
	shot := again.phase(packing.Halted)
	if shot.State.Question != packing.GoodsAreBack || shot.State.Parcel.Key != "P1" || shot.State.Trouble.Key != "refused.unknown" {
		t.Errorf("%+v", shot.State)
	}
	again.scan("tee", packing.NotPackable)
	again.ok(packing.PutBackOut)
	again.scan("P9", packing.OpenedOut)
	if open, err := s.store.OpenParcel(); err != nil || open != "P9" {
		t.Errorf("%q is open, %v", open, err)
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
