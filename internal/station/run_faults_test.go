package station

import (
	"context"
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
)

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
