package mirror

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
	"packbench/store"
)

// Whatever the platform, the line and other people do, and however often the bench is closed in the middle: once it is calm, the store and the
// platform agree on every parcel, no shipment was arranged twice, none that was asked for is forgotten, and no call came outside its rate.
func TestComesToTheTruth(t *testing.T) {
	scenarios := 100
	switch {
	case os.Getenv("PACKBENCH_SOAK") != "":
		scenarios = 3000
	case testing.Short():
		scenarios = 20
	}
	var splits atomic.Int64
	t.Cleanup(func() {
		if t.Logf("%d orders were split", splits.Load()); splits.Load() == 0 {
			t.Error("no order was split: the test does not look there")
		}
	})
	for seed := range int64(scenarios) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newTrial(t, seed)
				s.run()
				splits.Add(s.splits)
			})
		})
	}
}

// The rates of a live shop (platform API 4.4).
const (
	readsPerSecond  = 5
	writesPerSecond = 2
)

// trial is one bench without a packer, on one simulated platform, in time that passes only when everybody waits.
type trial struct {
	*testing.T
	random  *rand.Rand
	dir     string
	sandbox *sandbox.Sandbox
	client  *platform.Client
	store   *store.Store
	mirror  *Mirror
	asked   map[order.ParcelKey][]string // of which orders' parcels shipment was asked for
	made    int
	split   map[string][]string        // of an order: the units that were asked to be a parcel of their own
	done    map[string]int             // how often the journal says that an order was split
	into    map[string]order.ParcelKey // the parcel that what was there of an order became
	splits  int64
	// toNumber are parcels about to be given a number.
	toNumber []order.Parcel
}

func newTrial(t *testing.T, seed int64) *trial {
	s := &trial{T: t, random: rand.New(rand.NewPCG(uint64(seed), 7)), dir: memory(t), asked: map[order.ParcelKey][]string{}, split: map[string][]string{}, done: map[string]int{}, into: map[string]order.ParcelKey{}}
	scenario := sandbox.RandomScenario(seed)
	var err error
	options := sandbox.Options{Orders: 40, Seed: seed, LabelDelay: 300 * time.Millisecond, Scenario: &scenario}
	if seed%2 == 1 {
		options.Mix = sandbox.MixFull
	}
	s.sandbox, err = sandbox.New(options)
	if err != nil {
		t.Fatal(err)
	}
	line := newPipes(t, s.sandbox)
	c := s.sandbox.Credentials()
	s.client, err = platform.New(platform.Config{
		BaseURL: "http://127.0.0.1:1", AuthURL: "http://127.0.0.1:1", AppKey: c.AppKey, AppSecret: c.AppSecret,
		AccessToken: c.AccessToken, RefreshToken: c.RefreshToken, AccessExpires: c.AccessExpires, RefreshExpires: c.RefreshExpires,
		ReadsPerSecond: readsPerSecond, WritesPerSecond: writesPerSecond, HTTP: &http.Client{Transport: line, Timeout: 30 * time.Second},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.open()
	t.Cleanup(func() {
		line.CloseIdleConnections()
		if err := s.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// memory is a folder that is as fast as it gets: what a crash of the computer would leave is not at stake here.
func memory(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "packbench-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// open opens the bench's folder, as after a start.
func (s *trial) open() {
	var err error
	if s.store, err = store.Open(s.dir, time.Now); err != nil {
		s.Fatal(err)
	}
	s.mirror = New(s.client, s.store, time.Now)
}

func (s *trial) run() {
	for range 4 + s.random.IntN(4) {
		s.try(func(ctx context.Context) error { return s.mirror.Sync(ctx, nil) })
		s.answerBuyers()
		s.askForShipment()
		s.uploadNumbers()
		s.splitSome()
		s.try(s.push)
		s.try(s.mirror.Track)
		time.Sleep(time.Duration(s.random.IntN(int(10 * time.Minute))))
		if s.random.IntN(4) == 0 {
			if err := s.store.Close(); err != nil {
				s.Fatal(err)
			}
			s.open()
		}
	}
	s.sandbox.Calm()
	s.comeToRest()
	s.compare()
}

// try does something that may fail, and sometimes ends it in the middle.
func (s *trial) try(do func(context.Context) error) {
	ctx := s.Context()
	if s.random.IntN(3) == 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Duration(s.random.IntN(int(3*time.Second))))
		defer cancel()
	}
	if err := do(ctx); err != nil {
		s.Logf("%v", err)
	}
}

func (s *trial) push(ctx context.Context) error {
	_, err := s.mirror.Outbox(s.journal, func() order.ParcelKey { return "" }, "").Push(ctx)
	return err
}

func (s *trial) journal(events ...order.Event) error {
	for _, e := range events {
		if e.Kind == order.Renamed {
			s.asked[e.Parcel] = s.asked[e.Was]
			if e.Was.HasPackage() && len(s.asked[e.Was]) == 1 {
				s.done[s.asked[e.Was][0]]++
				s.into[s.asked[e.Was][0]] = e.Parcel
			}
		}
	}
	return s.store.Append(events)
}

func (s *trial) request(key order.ParcelKey, r order.Request) {
	s.made++
	r.ID = fmt.Sprintf("request-%d", s.made)
	if err := s.journal(order.Event{At: time.Now(), Kind: order.RequestMade, Parcel: key, Request: r}); err != nil {
		s.Fatal(err)
	}
}

// askForShipment asks for shipment of some of what waits, for each parcel once.
func (s *trial) askForShipment() {
	waiting, _, err := s.store.Waiting(8, "")
	if err != nil {
		s.Fatal(err)
	}
	for _, parcel := range waiting {
		if s.asked[parcel.Key] != nil || s.random.IntN(2) == 0 {
			continue
		}
		s.asked[parcel.Key] = parcel.OrderIDs
		s.request(parcel.Key, order.Request{Kind: order.Arrange})
		s.request(parcel.Key, order.Request{Kind: order.FetchLabel})
	}
}

// uploadNumbers gives some parcels of the seller's own carriers their numbers, now and then one that is another's already.
func (s *trial) uploadNumbers() {
	if err := s.store.Orders(func(row store.OrderParcels) error {
		for _, parcel := range row.Parcels {
			if parcel.Standing == order.SellerShips && s.asked[parcel.Key] == nil && s.random.IntN(2) == 0 {
				s.toNumber = append(s.toNumber, parcel.Parcel)
			}
		}
		return nil
	}); err != nil {
		s.Fatal(err)
	}
	for _, parcel := range s.toNumber {
		s.asked[parcel.Key] = parcel.OrderIDs
		s.request(parcel.Key, order.Request{Kind: order.UploadTracking, Tracking: fmt.Sprintf("OWN%07d", s.random.IntN(30)), Provider: "6841743441349706241"})
	}
	s.toNumber = nil
}

// splitSome asks for some orders to be split, of which nothing else was asked.
func (s *trial) splitSome() {
	waiting, _, err := s.store.Waiting(40, "")
	if err != nil {
		s.Fatal(err)
	}
	for _, parcel := range waiting {
		if s.asked[parcel.Key] != nil || len(parcel.OrderIDs) > 1 || parcel.Of > 1 || !parcel.Key.HasPackage() || len(parcel.Units) < 2 || s.split[parcel.OrderIDs[0]] != nil || s.random.IntN(2) == 0 {
			continue
		}
		here, _ := parcel.SplitOff([]order.Piece{{Unit: parcel.Units[0].ID, SKU: parcel.Units[0].SKU()}})
		var units []string
		for _, u := range here {
			units = append(units, u.ID)
		}
		if len(units) == 0 {
			continue
		}
		s.split[parcel.OrderIDs[0]] = units
		s.asked[parcel.Key] = parcel.OrderIDs
		s.request(parcel.Key, order.Request{Kind: order.SplitOrder, OrderID: parcel.OrderIDs[0], Here: units, SKU: "short"})
		if s.random.IntN(2) == 0 {
			s.request(parcel.Key, order.Request{Kind: order.Arrange})
		}
	}
}

// compareSplits holds what was asked to be split against what was done here: each order once, and only where the journal says so.
func (s *trial) compareSplits() {
	for id, units := range s.split {
		asked, found, err := s.store.Order(id)
		if err != nil || !found {
			s.Fatalf("order %s: %t, %v", id, found, err)
		}
		done := s.done[id]
		if done > 1 {
			s.Errorf("order %s: split %d times", id, done)
		}
		if here, rest, split := asked.SplitInto(units); split && done == 1 && here == s.into[id] { // else others formed its packages anew since
			s.splits++
			if known, _, err := s.store.Parcel(here); err != nil || known.Work.Parcel != here {
				s.Errorf("order %s: what was there went on as %s, the journal has %q, %v", id, here, known.Work.Parcel, err)
			}
			if known, _, err := s.store.Parcel(rest); err != nil || known.Work.Parked.Shortage != order.SplitRest {
				s.Errorf("order %s: the rest %s does not wait: %+v, %v", id, rest, known.Work, err)
			}
		}
	}
}

func (s *trial) answerBuyers() {
	owed, err := s.store.AnswersOwed()
	if err != nil {
		s.Fatal(err)
	}
	for _, c := range owed {
		keys, err := s.store.ParcelsOf(c.OrderID)
		if err != nil {
			s.Fatal(err)
		}
		if len(keys) == 0 || s.random.IntN(2) == 0 {
			continue
		}
		answer := order.Request{Kind: order.AnswerCancel, OrderID: c.OrderID, CancelID: c.ID, Accept: s.random.IntN(2) == 0}
		if !answer.Accept {
			answer.Reason = "seller_reject_apply_product_has_been_packed"
		}
		s.request(keys[0], answer)
	}
}

// comeToRest lets the bench do all that is left, and once more what was parked while the platform was out of its mind.
func (s *trial) comeToRest() {
	for _, again := range []bool{false, true} {
		for round := 0; ; round++ {
			err := s.mirror.Sync(s.Context(), nil)
			var next time.Time
			if err == nil {
				next, err = s.mirror.Outbox(s.journal, func() order.ParcelKey { return "" }, "").Push(s.Context())
			}
			if err == nil && next.IsZero() {
				break
			}
			if round == 40 {
				s.Fatalf("no rest: %v, next %v", err, next)
			}
			time.Sleep(max(time.Second, time.Until(next)))
		}
		if !again {
			s.resumeParked()
		}
	}
	if err := s.mirror.Sync(s.Context(), nil); err != nil {
		s.Fatal(err)
	}
}

func (s *trial) resumeParked() {
	parcels, err := s.store.Requests()
	if err != nil {
		s.Fatal(err)
	}
	for _, parcel := range parcels {
		for _, r := range parcel.Work.Requests {
			if r.Parked.Key != "" {
				if err := s.journal(order.Event{At: time.Now(), Kind: order.RequestResumed, Parcel: parcel.Work.Parcel, Request: order.Request{ID: r.ID}}); err != nil {
					s.Fatal(err)
				}
			}
		}
	}
}

// compare holds the store against the platform's books.
func (s *trial) compare() {
	books := s.sandbox.Books()
	s.compareOrders(books)
	s.compareParcels(books)
	s.compareSplits()
	s.compareRates(books)
	parcels, err := s.store.Requests()
	if err != nil {
		s.Fatal(err)
	}
	for _, parcel := range parcels {
		if first := parcel.Work.Requests[0]; first.Parked.Key == "" {
			s.Errorf("%s: request %+v is neither done nor parked", parcel.Key, first)
		}
	}
}

func (s *trial) compareOrders(books sandbox.Books) {
	kept := map[string]store.OrderParcels{}
	if err := s.store.Orders(func(row store.OrderParcels) error { kept[row.Order.ID] = row; return nil }); err != nil {
		s.Fatal(err)
	}
	if len(kept) != len(books.Orders) {
		s.Errorf("%d orders kept, the platform has %d", len(kept), len(books.Orders))
	}
	for _, theirs := range books.Orders {
		ours, found := kept[theirs.ID]
		if !found || string(ours.Order.Status) != theirs.Status || ours.Order.CancelRequested != theirs.CancelRequested {
			s.Errorf("order %s: kept as %s (asked to cancel: %t), the platform has %s (%t)", theirs.ID, ours.Order.Status, ours.Order.CancelRequested, theirs.Status, theirs.CancelRequested)
		}
		var keys []string
		for _, parcel := range ours.Parcels {
			keys = append(keys, string(parcel.Key))
		}
		for _, id := range theirs.Packages {
			if theirs.Status != string(order.Cancelled) && !slices.Contains(keys, id) {
				s.Errorf("order %s: package %s is not among %v", theirs.ID, id, keys)
			}
		}
	}
}

func (s *trial) compareParcels(books sandbox.Books) {
	for _, theirs := range books.Parcels {
		if len(theirs.Arranged) > 1 {
			s.Errorf("package %s was arranged %d times: %v", theirs.PackageID, len(theirs.Arranged), theirs.Arranged)
		}
		ours, found, err := s.store.Parcel(order.ParcelKey(theirs.PackageID))
		if err != nil {
			s.Fatal(err)
		}
		if !found {
			if theirs.Status != "CANCELLED" {
				s.Errorf("package %s (%s) is not kept", theirs.PackageID, theirs.Status)
			}
			continue
		}
		if by := theirs.ShipCalls() > 0; by != ours.Work.Arranged && !s.explained(theirs, ours) {
			s.Errorf("package %s: the journal says arranged here: %t, the platform: %t (%v), work %+v", theirs.PackageID, ours.Work.Arranged, by, theirs.Arranged, ours.Work)
		}
		if ours.Work.Arranged && ours.Tracking != theirs.Tracking {
			s.Errorf("package %s: tracking number %s, the platform has %s", theirs.PackageID, ours.Tracking, theirs.Tracking)
		}
	}
}

// explained tells whether journal and platform may differ about who arranged a parcel. They may where the platform gave the parcel another package id
// after this bench had asked for its shipment: the journal has that under the id it had. And where somebody else arranged it after a try of this
// bench that got no answer: nobody can tell the two apart. And where the buyer cancelled, or asked to, before such a try could be looked into: the
// journal says that it tried and does not know, and nothing goes out.
func (s *trial) explained(theirs sandbox.ParcelBook, ours order.Known) bool {
	if ours.Work.Arranged {
		return len(theirs.Arranged) > 0 && ours.Work.Tries > 0
	}
	if ours.Work.Tries > 0 && (ours.Standing == order.Gone || ours.Standing == order.CancelRequest) {
		return true
	}
	for key, orders := range s.asked {
		events, err := s.store.History(key)
		if err != nil {
			s.Fatal(err)
		}
		tried := slices.ContainsFunc(events, func(e order.Event) bool { return e.Kind == order.RequestTried })
		if string(key) != theirs.PackageID && tried && slices.ContainsFunc(orders, func(id string) bool { return slices.Contains(theirs.Orders, id) }) {
			return true
		}
	}
	return false
}

// compareRates checks every stretch of seconds against the token buckets: what a full bucket holds, and what flows in meanwhile.
func (s *trial) compareRates(books sandbox.Books) {
	byShop := map[string][]sandbox.Second{}
	for _, second := range books.Seconds {
		byShop[second.Shop] = append(byShop[second.Shop], second)
	}
	for shop, seconds := range byShop {
		for from := range seconds {
			reads, writes := 0, 0
			for _, second := range seconds[from:min(len(seconds), from+30)] {
				reads, writes = reads+second.Reads, writes+second.Writes
				stretch := int(second.At-seconds[from].At) + 1
				if reads > readsPerSecond*(stretch+1) || writes > writesPerSecond*(stretch+1) {
					s.Fatalf("shop %q: %d reads and %d writes within %d s", shop, reads, writes, stretch)
				}
			}
		}
	}
}

// newPipes is a transport to a server that lives in the same bubble of time.
func newPipes(t *testing.T, handler http.Handler) *http.Transport {
	listener := &pipes{calls: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{Handler: handler}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		<-served
	})
	return &http.Transport{DialContext: listener.dial, MaxIdleConnsPerHost: 4}
}

// pipes is a listener without a network.
type pipes struct {
	calls  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case p.calls <- there:
		return here, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.calls:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }
