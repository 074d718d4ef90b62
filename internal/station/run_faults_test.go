package station

import (
	"context"
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
	"packbench/printer/state"
)

// answering is a printer that says how it is.
type answering struct {
	*shop
	said   func() state.State
	opened func() int
}

func (a answering) Answers() bool { return true }

func (a answering) State(context.Context) (state.State, error) { return a.said(), nil }

func (a answering) Opened() int { return a.opened() }

// Whatever event of a run the disk does not take: nothing goes out that is not written down, nothing is lost, nothing goes out twice, and nobody has to
// say more than they had to anyway.
func TestARunWhoseJournalRefuses(t *testing.T) {
	for _, kind := range []order.EventKind{
		order.RunMade, order.DocumentKept, order.LabelQueued, order.LabelSending, order.LabelSent, order.LabelUnsent, order.LabelHeld, order.LabelSeen,
		order.LabelSpoiled, order.LabelDropped, order.RunGoes, order.RunPauses, order.RunStands, order.RunEnds,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			keys := s.arranged(9)
			s.save(s.order(12, order.Cancelled, "tee"))
			files := &journal{Store: s.store}
			good, cut := s.send, true
			s.send = func(ctx context.Context, label []byte) (int, error) {
				if cut && s.numberOn(label) == 11 {
					cut = false
					return 7, order.Trouble(nil, "printer.cut")
				}
				return good(ctx, label)
			}
			r := s.start(files, func(c *Config) { c.Unproven = 3 })
			files.full(kind)
			refused := false
			again := func() {
				refused = true
				files.full()
			}
			wish := func(w PrintWish) {
				t.Helper()
				if err := r.Print(t.Context(), w); keyOfProblem(err) == "store.full" {
					again()
				} else if err != nil {
					t.Fatalf("%+v: %v", w, err)
				} else {
					return
				}
				r.print("", w)
			}
			until := func(want func(Snapshot) bool) Snapshot {
				t.Helper()
				full := func(s Snapshot) bool { return s.Run.Trouble.Key == "store.full" }
				shot := r.until(func(s Snapshot) bool { return !refused && full(s) || want(s) })
				if !refused && full(shot) {
					again()
					shot = r.until(want)
				}
				return shot
			}
			wish(PrintWish{Act: PrintThese, Parcels: keys[:4]})
			if why := until(func(s Snapshot) bool { return s.Run.State == order.RunStanding }).Run.Why.Key; why != "printer.cut" {
				t.Fatalf("it stands: %s", why)
			}
			wish(PrintWish{Act: PrintNone})
			until(func(s Snapshot) bool { return s.Run.AllSent && s.Run.State == order.RunGoing })
			wish(PrintWish{Act: PrintPause})
			wish(PrintWish{Act: PrintGoOn})
			for _, n := range []int{10, 11, 13} {
				wish(PrintWish{Act: PrintScan, Code: trackingOf(n)})
			}
			wish(PrintWish{Act: PrintGiveUp})
			wish(PrintWish{Act: PrintThese, Parcels: keys[4:]})
			until(func(s Snapshot) bool { return s.Run.Wait == spool.ScanLabel && s.Run.Labels[4].State == order.Queued })
			wish(PrintWish{Act: PrintGiveUp})
			if got, want := s.onPaper(), []int{10, 10, 11, 13, 14, 15, 16}; !slices.Equal(got, want) {
				t.Errorf("printed %v, want %v", got, want)
			}
			if !refused {
				t.Error("the journal refused nothing")
			}
			if b, err := s.store.Balance(time.Time{}); err != nil || b != (order.Balance{Sent: 7, Spoiled: 1, Bench: 6}) {
				t.Errorf("%+v, %v", b, err)
			}
		})
	}
}

// begun writes down a run whose first label is out and seen, and whose second was on its way.
func (s *shop) begun(keys []order.ParcelKey, ends ...order.EventKind) {
	s.t.Helper()
	s.begunOn("", keys, ends...)
}

// begunOn is begun on a printer. The ends that are a label's are the second one's.
func (s *shop) begunOn(printer string, keys []order.ParcelKey, ends ...order.EventKind) {
	s.t.Helper()
	events := []order.Event{{Kind: order.RunMade, Run: "R", Parcels: keys, Printer: printer}}
	for i, way := range [][]order.EventKind{{order.LabelQueued, order.LabelSending, order.LabelSent, order.LabelSeen}, {order.LabelQueued, order.LabelSending}} {
		for _, kind := range way {
			events = append(events, order.Event{Kind: kind, Run: "R", Parcel: keys[i], Matched: trackingOf(numberOf(keys[i]))})
		}
	}
	for _, kind := range ends {
		end := order.Event{Kind: kind, Run: "R"}
		if kind == order.LabelSent {
			end.Parcel = keys[1]
		}
		events = append(events, end)
	}
	if err := s.store.Append(events); err != nil {
		s.t.Fatal(err)
	}
}

// The program died while a label was on its way, be the run paused by then or not: nobody knows how far it came, and nothing waits for it for ever.
func TestARunThatDiedWithinALabelStands(t *testing.T) {
	for name, ends := range map[string][]order.EventKind{"going": nil, "paused": {order.RunPauses}} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			keys := s.arranged(3)
			s.begun(keys, ends...)
			r := s.start(nil)
			if shot := r.until(func(s Snapshot) bool { return s.Run.ID != "" }); shot.Run.State != order.RunStanding || !shot.Run.Doubts {
				t.Fatalf("%+v", shot.Run)
			}
			r.print("run.scan_last", PrintWish{Act: PrintGoOn})
			r.print("", PrintWish{Act: PrintScan, Code: trackingOf(10)})
			r.until(func(s Snapshot) bool { return s.Run.AllSent })
			if got := s.onPaper(); !slices.Equal(got, []int{11, 12}) {
				t.Errorf("printed %v", got)
			}
		})
	}
}

// A disk that is full when the bench opens does not keep it from opening, and the run stands all the same.
func TestARunThatDiedStandsOnAFullDisk(t *testing.T) {
	s := newShop(t)
	s.begun(s.arranged(3))
	files := &journal{Store: s.store}
	files.full(order.RunStands)
	r := s.start(files)
	r.until(func(s Snapshot) bool { return s.Run.Trouble.Key == "store.full" })
	files.full()
	r.until(func(s Snapshot) bool { return s.Run.State == order.RunStanding })
	if got := s.onPaper(); len(got) != 0 {
		t.Errorf("printed %v", got)
	}
}

// The file of the platform's orders was lost, as after damage: what the journal says of a run's labels counts all the same, and none goes out twice once
// the orders are back.
func TestARunWhoseOrdersAreNotThere(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(1)
	keys = append(keys, "P50", "P51")
	for _, key := range keys[1:] {
		if err := s.store.Append([]order.Event{{Kind: order.ShipTried, Parcel: key}, {Kind: order.ShipArranged, Parcel: key}}); err != nil {
			t.Fatal(err)
		}
	}
	slices.Reverse(keys)
	s.begun(keys)
	r := s.start(nil)
	shot := r.until(func(s Snapshot) bool { return s.Run.ID != "" })
	if l := shot.Run.Labels; shot.Run.State != order.RunStanding || l[0].State != order.Seen || l[1].State != order.Sending {
		t.Fatalf("%+v", shot.Run)
	}
	s.save(s.order(50, order.AwaitingCollection, "tee"), s.order(51, order.AwaitingCollection, "tee"))
	r.print("", PrintWish{Act: PrintScan, Code: trackingOf(50)})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got := s.onPaper(); !slices.Equal(got, []int{10}) {
		t.Errorf("printed %v", got)
	}
}

// While nobody knows a parcel and the platform cannot be asked, its label waits; it is not kept back for good.
func TestALabelWaitsForAPlatformThatCannotBeAsked(t *testing.T) {
	s := newShop(t)
	if err := s.store.Append([]order.Event{
		{Kind: order.ShipTried, Parcel: "P50"}, {Kind: order.ShipArranged, Parcel: "P50"}, {Kind: order.RunMade, Run: "R", Parcels: []order.ParcelKey{"P50"}},
	}); err != nil {
		t.Fatal(err)
	}
	s.refresh = func(context.Context, order.ParcelKey) (order.Parcel, bool, error) {
		return order.Parcel{}, false, order.Trouble(nil, "platform.unreachable")
	}
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintGoOn})
	r.until(func(s Snapshot) bool { return s.Run.Trouble.Key == "platform.unreachable" })
	s.save(s.order(50, order.AwaitingCollection, "tee"))
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got := s.onPaper(); !slices.Equal(got, []int{50}) {
		t.Errorf("printed %v", got)
	}
}

// A parcel that stops after its label's turn came does not get it.
func TestALabelDoesNotGoOutOnceItsParcelStopped(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(2)
	reached, goOn := make(chan struct{}), make(chan struct{})
	first := true
	s.reach = func(context.Context) error {
		if first {
			first = false
			close(reached)
			<-goOn
		}
		return nil
	}
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	<-reached
	if err := r.Record(t.Context(), order.Event{Kind: order.Stopped, Parcel: "P10", Standing: order.Gone}); err != nil {
		t.Fatal(err)
	}
	close(goOn)
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got := s.onPaper(); !slices.Equal(got, []int{11}) {
		t.Errorf("printed %v", got)
	}
}

// A list of parcels that cannot be printed does not end the run that waits for its last scans.
func TestAListThatCannotBePrintedEndsNoRun(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(1)
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	r.print("run.not_printable", PrintWish{Act: PrintThese, Parcels: keys})
	r.print("", PrintWish{Act: PrintMissing})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got := s.onPaper(); !slices.Equal(got, []int{10, 10}) {
		t.Errorf("printed %v", got)
	}
}

// A run of which a label was kept back does not end by itself: a person hears why first.
func TestARunWithALabelKeptBackWaitsForAPerson(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(1)
	s.save(s.order(10, order.Cancelled, "tee"))
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	shot := r.until(func(s Snapshot) bool { return len(s.Run.Held) > 0 && s.Run.AllSent })
	r.settle()
	if shot = r.Snapshot(); shot.Run.State != order.RunGoing || shot.Run.Held["P10"].Key != "refused.cancelled" {
		t.Errorf("%+v", shot.Run)
	}
	r.print("", PrintWish{Act: PrintGiveUp})
}

// The printer lost its power while a run was paused, with labels in its memory: it does not go on as if they had come out.
func TestAPrinterThatWasLostInAPause(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(4)
	opened := 1
	held := 0
	a := answering{shop: s, opened: func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return opened
	}, said: func() state.State {
		s.mu.Lock()
		defer s.mu.Unlock()
		return state.State{Told: true, Held: held}
	}}
	held = 2 // it prints nothing
	r := s.start(nil, func(c *Config) { c.Printer = a })
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.Counts().Sent == 2 && s.Run.Wait == spool.Printing })
	r.print("", PrintWish{Act: PrintPause})
	s.mu.Lock()
	opened, held = 2, 0
	s.mu.Unlock()
	r.print("", PrintWish{Act: PrintGoOn})
	if why := r.until(func(s Snapshot) bool { return s.Run.State == order.RunStanding }).Run.Why.Key; why != "run.reopened" {
		t.Errorf("it stands: %s", why)
	}
	if got := s.onPaper(); !slices.Equal(got, []int{10, 11}) {
		t.Errorf("printed %v", got)
	}
}

// A label that the platform made anew while the old one waited for its turn is the one that is written down, so that it is not refused on its parcel.
func TestALabelThatChangedBeforeItsTurn(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(2)
	late := time.Duration(0)
	now := func() time.Time {
		s.mu.Lock()
		defer s.mu.Unlock()
		return time.Now().Add(late)
	}
	s.refresh = func(_ context.Context, key order.ParcelKey) (order.Parcel, bool, error) {
		known, found, err := s.store.Parcel(key)
		known.ReadAt = now()
		return known.Parcel, found, err
	}
	r := s.start(nil, func(c *Config) { c.Unproven, c.Now = 1, now })
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.Wait == spool.ScanLabel && s.Run.Labels[1].State == order.Queued })
	changed := s.order(11, order.AwaitingCollection, "tee")
	changed.AddressUpdated = true
	s.save(changed)
	s.mu.Lock()
	late = drawnFor + time.Second
	s.mu.Unlock()
	r.print("", PrintWish{Act: PrintScan, Code: trackingOf(10)})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	r.at = now()
	r.scan(trackingOf(11), packing.OpenedOut)
	r.scan("tee", packing.TakenOut)
	r.scan(trackingOf(11), packing.ConfirmedOut)
}

// slowDoubt is a printer that is still at something when it is doubted.
type slowDoubt struct {
	*shop
	doubted, free chan struct{}
}

func (p slowDoubt) Doubt(context.Context) {
	close(p.doubted)
	<-p.free
}

// While the printer is still at something else, the bench takes scans: only the run's next label waits for it, and goes out after the doubt was told.
func TestTheBenchDoesNotWaitForADoubtedPrinter(t *testing.T) {
	s := newShop(t)
	s.begun(s.arranged(2))
	p := slowDoubt{s, make(chan struct{}), make(chan struct{})}
	r := s.start(nil, func(c *Config) { c.Printer = p })
	r.print("", PrintWish{Act: PrintScan, Code: trackingOf(10)})
	<-p.doubted
	r.scan("P1", packing.OpenedOut)
	if got := s.onPaper(); len(got) != 0 {
		t.Errorf("printed %v", got)
	}
	close(p.free)
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got := s.onPaper(); !slices.Equal(got, []int{11}) {
		t.Errorf("printed %v", got)
	}
}

// A document that carries another parcel's number, or cannot be drawn, is not kept: the next run fetches it anew, whoever kept it.
func TestADocumentThatIsNoGoodIsFetchedAnew(t *testing.T) {
	for name, bad := range map[string]string{"foreign": "label of P11", "damaged": "nothing"} {
		for _, kept := range []bool{false, true} {
			s := newShop(t)
			keys := s.arranged(2)
			good := s.document
			wrong := func() ([]byte, string, string, error) {
				document, err := s.store.KeepDocument([]byte(bad))
				return []byte(bad), document, trackingOf(10), err
			}
			s.document = func(ctx context.Context, p order.Parcel) ([]byte, string, string, error) {
				if p.Key == "P10" {
					return wrong()
				}
				return good(ctx, p)
			}
			if kept {
				_, document, tracking, err := wrong()
				known, _, unread := s.store.Parcel("P10")
				if err != nil || unread != nil {
					t.Fatal(err, unread)
				}
				if err := s.store.Append([]order.Event{
					{Kind: order.DocumentKept, Parcel: "P10", Document: document, Tracking: tracking, Version: known.LabelVersion},
				}); err != nil {
					t.Fatal(err)
				}
			}
			r := s.start(nil)
			r.print("", PrintWish{Act: PrintThese, Parcels: keys[:1]})
			r.until(func(s Snapshot) bool { return s.Run.Held["P10"].Key != "" })
			r.print("", PrintWish{Act: PrintGiveUp})
			r.end()
			s.document = good
			r = s.start(nil)
			r.print("", PrintWish{Act: PrintThese, Parcels: keys[:1]})
			r.until(func(s Snapshot) bool { return s.Run.AllSent })
			if got := s.onPaper(); !slices.Equal(got, []int{10}) {
				t.Errorf("%s, kept %v: printed %v", name, kept, got)
			}
			r.end()
		}
	}
}

// The day's labels balance at every moment, also while a label lies on the bench.
func TestTheLabelsOfTheDayBalance(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(2)
	r := s.start(nil)
	balances := func() {
		t.Helper()
		b := r.Snapshot().Labels
		if b.On+b.Spoiled+b.Bench != b.Sent+b.Carried {
			t.Errorf("%+v", b)
		}
	}
	r.scan("P2", packing.OpenedOut)
	r.scan("cap", packing.TakenOut)
	r.phase(packing.LabelScan)
	balances()
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	balances()
	r.print("", PrintWish{Act: PrintMissing})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	balances()
	r.scan(trackingOf(2), packing.ConfirmedOut)
	balances()
	if b := r.Snapshot().Labels; b != (order.Balance{Sent: 5, On: 1, Spoiled: 2, Bench: 2}) {
		t.Errorf("%+v", b)
	}
}

// A run that stood and was given up leaves the printer in doubt for the next one.
func TestThePrinterStaysInDoubtForTheNextRun(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(2)
	good := s.send
	s.send = func(context.Context, []byte) (int, error) { return 7, order.Trouble(nil, "printer.cut") }
	p := slowDoubt{s, make(chan struct{}), make(chan struct{})}
	close(p.free)
	r := s.start(nil, func(c *Config) { c.Printer = p })
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.State == order.RunStanding })
	s.send = good
	r.print("", PrintWish{Act: PrintGiveUp})
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	select {
	case <-p.doubted:
	default:
		t.Error("nobody told the printer that it is doubted")
	}
}
