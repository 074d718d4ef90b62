package station

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
	"packbench/internal/spool"
	"packbench/printer/state"
)

// arranged makes parcels P10 on that wait for their labels.
func (s *shop) arranged(n int) (keys []order.ParcelKey) {
	s.t.Helper()
	for i := range n {
		key := order.ParcelKey(fmt.Sprint("P", 10+i))
		s.save(s.order(10+i, order.AwaitingCollection, "tee"))
		if err := s.store.Append([]order.Event{{Kind: order.ShipTried, Parcel: key}, {Kind: order.ShipArranged, Parcel: key}}); err != nil {
			s.t.Fatal(err)
		}
		keys = append(keys, key)
	}
	return keys
}

func (r *running) print(want string, w PrintWish) {
	r.t.Helper()
	if got := keyOfProblem(r.Print(r.t.Context(), w)); got != want {
		r.t.Fatalf("%+v came to %q, want %q", w, got, want)
	}
}

func keyOfProblem(err error) string {
	if err == nil {
		return ""
	}
	return order.AsProblem(err).Key
}

// onPaper are the parcels of the labels that were printed, in their order.
func (s *shop) onPaper() (numbers []int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, label := range s.printed {
		numbers = append(numbers, s.numberOn(label))
	}
	return numbers
}

// numberOn is the parcel whose label this is.
func (s *shop) numberOn(label []byte) int {
	for n := range 100 {
		p, err := labelPage(trackingOf(n))
		if err == nil && slices.Equal(s.Encode(p), label) {
			return n
		}
	}
	return -1
}

func TestARunPrintsEachLabelOnceInItsOrder(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(7)
	slices.Reverse(keys)
	r := s.start(nil, func(c *Config) { c.Supervisors = []string{"badge"} })
	if n := len(r.until(func(s Snapshot) bool { return len(s.Printable) > 0 }).Printable); n != 7 {
		t.Fatalf("%d can be printed", n)
	}
	r.print("run.no_run", PrintWish{Act: PrintGoOn})
	r.print("run.empty", PrintWish{Act: PrintThese})
	r.print("run.not_printable", PrintWish{Act: PrintThese, Parcels: []order.ParcelKey{"P1"}})
	r.print("run.not_printable", PrintWish{Act: PrintThese, Parcels: []order.ParcelKey{"P10", "P10"}})
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got, want := s.onPaper(), []int{16, 15, 14, 13, 12, 11, 10}; !slices.Equal(got, want) {
		t.Fatalf("printed %v, want %v", got, want)
	}
	r.print("", PrintWish{Act: PrintScan, Code: trackingOf(12)})
	r.print("run.not_in_run", PrintWish{Act: PrintScan, Code: "P1"})
	if c := r.Snapshot().Run.Counts(); c != (Counts{Sent: 6, Seen: 1}) {
		t.Errorf("%+v", c)
	}
	// The label is scanned to open the parcel, which proves it, and again when it is on.
	r.scan(trackingOf(11), packing.OpenedOut)
	r.scan("tee", packing.TakenOut)
	r.phase(packing.LabelScan)
	r.scan(trackingOf(11), packing.ConfirmedOut)
	if c := r.Snapshot().Run.Counts(); c != (Counts{Sent: 5, Seen: 2}) {
		t.Errorf("%+v", c)
	}
	// The others did not come out.
	r.print("", PrintWish{Act: PrintMissing})
	r.until(func(s Snapshot) bool { return s.Run.AllSent && s.Run.Counts().Sent == 5 })
	if got, want := s.onPaper()[7:], []int{16, 15, 14, 13, 10}; !slices.Equal(got, want) {
		t.Fatalf("printed %v, want %v", got, want)
	}
	r.print("run.supervisor", PrintWish{Act: PrintMissing})
	for _, n := range []int{16, 15, 14, 13, 10} {
		r.print("", PrintWish{Act: PrintScan, Code: trackingOf(n)})
	}
	r.until(func(s Snapshot) bool { return s.Run.State == order.RunOver })
	balance, err := s.store.Balance(r.at.AddDate(-1, 0, 0))
	if want := (order.Balance{Sent: 12, On: 1, Spoiled: 5, Bench: 6}); err != nil || balance != want {
		t.Errorf("%+v, want %+v, %v", balance, want, err)
	}
}

// A badge that nobody registered cannot be scanned.
func TestMissingLabelsWhereNoSupervisorIsKnown(t *testing.T) {
	s := newShop(t)
	s.begun(s.arranged(2), order.LabelSent)
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintMissing})
	r.until(func(s Snapshot) bool { return s.Run.AllSent && s.Run.NeedsBadge })
	r.print("run.no_supervisor", PrintWish{Act: PrintMissing, Supervisor: "badge"})
	r.print("run.no_supervisor", PrintWish{Act: PrintMissing})
}

// The printer takes half of a label, and nobody knows how far the paper came.
func TestARunStandsAndGoesOnAfterTheLastGoodLabel(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(6)
	broke := order.Trouble(nil, "printer.cut")
	good := s.send
	cut := true
	s.send = func(ctx context.Context, label []byte) (int, error) {
		if s.numberOn(label) == 13 && cut {
			cut = false
			return 7, broke
		}
		return good(ctx, label)
	}
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	seen := r.until(func(s Snapshot) bool { return s.Run.State == order.RunStanding })
	if seen.Run.Why.Key != "printer.cut" || !seen.Run.Doubts || seen.Run.AllSent {
		t.Fatalf("%+v", seen.Run)
	}
	r.print("run.scan_last", PrintWish{Act: PrintGoOn})
	r.print("run.cut_label", PrintWish{Act: PrintScan, Code: trackingOf(13)})
	r.print("run.open", PrintWish{Act: PrintThese, Parcels: keys})
	r.end()

	r = s.start(nil) // the program is started anew: it still stands
	seen = r.until(func(s Snapshot) bool { return s.Run.ID != "" })
	if seen.Run.State != order.RunStanding || len(s.onPaper()) != 3 {
		t.Fatalf("%+v", seen.Run)
	}
	r.print("", PrintWish{Act: PrintScan, Code: trackingOf(11)}) // 12 was in the printer's memory
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got, want := s.onPaper(), []int{10, 11, 12, 12, 13, 14, 15}; !slices.Equal(got, want) {
		t.Fatalf("printed %v, want %v", got, want)
	}
}

func TestWhatKeepsALabelOfARunBack(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(5)
	s.save(s.order(11, order.Cancelled, "tee"))
	document := s.document
	s.document = func(ctx context.Context, p order.Parcel) ([]byte, string, string, error) {
		if p.Key == "P13" {
			return nil, "", "", order.Trouble(nil, "platform.label_too_late")
		}
		return document(ctx, p)
	}
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	seen := r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got, want := s.onPaper(), []int{10, 12, 14}; !slices.Equal(got, want) {
		t.Fatalf("printed %v, want %v", got, want)
	}
	if seen.Run.Held["P11"].Key != "refused.cancelled" || seen.Run.Held["P13"].Key != "platform.label_too_late" {
		t.Errorf("held %+v", seen.Run.Held)
	}
}

// A label that takes too long to draw is drawn again: the computer may just have had too much to do. One that always does is kept back.
func TestALabelThatTakesTooLongToDraw(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(3)
	var tried [3]atomic.Int32
	draw := s.draw
	s.draw = func(document []byte) (*page.Page, error) {
		n := -10
		_, _ = fmt.Sscanf(string(document), "label of P1%d", &n)
		if times := tried[n].Add(1); n == 1 && times == 1 || n == 2 {
			return nil, order.Trouble(nil, "label.timeout")
		}
		return draw(document)
	}
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	seen := r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got, want := s.onPaper(), []int{10, 11}; !slices.Equal(got, want) || seen.Run.Held["P12"].Key != "label.timeout" || tried[2].Load() != mostDraws {
		t.Fatalf("printed %v, held %+v, drawn %d times", got, seen.Run.Held, tried[2].Load())
	}
}

func TestAPrinterThatNeverAnsweredGetsFewLabelsAhead(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(9)
	r := s.start(nil, func(c *Config) { c.Unproven = 4 })
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.Wait == spool.ScanLabel })
	if n := len(s.onPaper()); n != 4 {
		t.Fatalf("%d labels went out unseen", n)
	}
	r.print("", PrintWish{Act: PrintScan, Code: trackingOf(12)})
	r.until(func(s Snapshot) bool { return s.Run.Wait == spool.ScanLabel && s.Run.Counts().Sent == 6 })
	r.print("", PrintWish{Act: PrintPause})
	r.print("", PrintWish{Act: PrintScan, Code: trackingOf(16)})
	r.print("", PrintWish{Act: PrintGoOn})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if n := len(s.onPaper()); n != 9 {
		t.Fatalf("%d labels", n)
	}
}

// All labels are in the printer, and its roll is empty: the run is not done before the printer says that it printed them.
func TestARunIsNotDoneWhileThePrinterHoldsLabels(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(2)
	var said atomic.Pointer[state.State]
	said.Store(&state.State{Told: true, Now: state.PaperOut, Held: 2})
	r := s.start(nil, func(c *Config) {
		c.Printer = answering{shop: s, said: func() state.State { return *said.Load() }, opened: func() int { return 1 }}
	})
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.Wait == spool.NeedPaper })
	said.Store(&state.State{Told: true})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got, want := s.onPaper(), []int{10, 11}; !slices.Equal(got, want) {
		t.Fatalf("printed %v, want %v", got, want)
	}
}

// While the disk is full nothing goes out that could not be written down.
func TestARunWithoutRoomOnTheDisk(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(3)
	files := &journal{Store: s.store}
	r := s.start(files)
	good := s.send
	s.send = func(ctx context.Context, label []byte) (int, error) {
		if s.numberOn(label) == 11 {
			files.full(order.LabelSent)
		}
		return good(ctx, label)
	}
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.Trouble.Key == "store.full" })
	if n := len(s.onPaper()); n != 2 {
		t.Fatalf("%d labels", n)
	}
	files.full()
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got, want := s.onPaper(), []int{10, 11, 12}; !slices.Equal(got, want) {
		t.Fatalf("printed %v, want %v", got, want)
	}
}
