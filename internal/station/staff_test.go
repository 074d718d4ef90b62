package station

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/people"
)

// crew compares PINs without a disk: S-1's is 2468, and two wrong ones lock.
type crew struct {
	mu    sync.Mutex
	wrong int
}

var mei, li = order.Person{Badge: "S-1", Name: "Mei", Supervisor: true, PIN: true}, order.Person{Badge: "P-1", Name: "Li"}

func (c *crew) Try(badge, pin string) (people.Verdict, []order.Person, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	known := []order.Person{mei, li}
	switch {
	case badge != "S-1":
		return people.Wrong, known, nil
	case c.wrong > 1:
		known[0].Locked = true
		return people.Locked, known, nil
	case pin == "2468":
		c.wrong = 0
		return people.Right, known, nil
	}
	c.wrong++
	return people.Wrong, known, nil
}

func staffedBy(c *crew) func(*Config) {
	return func(config *Config) { config.People, config.Staff.People = c, []order.Person{mei, li} }
}

func TestThePackerOfEveryEventIsWhoIsSignedIn(t *testing.T) {
	s := newShop(t)
	r := s.start(nil, staffedBy(&crew{}))
	r.scan("P2", packing.SignedOutOut)
	r.scan("P-1", packing.SignedInOut)
	r.scan("P2", packing.OpenedOut)
	r.scan("S-1", packing.SignedInOut)
	r.scan("cap", packing.TakenOut)
	r.phase(packing.LabelScan)
	events, err := s.store.History("P2")
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range events {
		want := "Mei"
		if i == 0 {
			want = "Li"
		}
		if e.Packer != want {
			t.Errorf("event %d, %s, is %s's", i, e.Kind, e.Packer)
		}
	}
	r.TellPeople([]order.Person{mei})
	r.scan("P-1", packing.WrongLabel) // nobody's badge any more
	r.TellPeople([]order.Person{li})
	r.scan(trackingOf(2), packing.SignedOutOut)
	r.scan("P-1", packing.SignedInOut)
	r.scan(trackingOf(2), packing.ConfirmedOut)
}

func TestWhatIsScannedForAPINIsLookedUpNowhere(t *testing.T) {
	s := newShop(t)
	files := &journal{Store: s.store}
	r := s.start(files, staffedBy(&crew{}), func(c *Config) { c.Staff.AskPIN = true })
	r.scan("S-1", packing.NeedsPerson)
	for _, c := range []struct {
		code string
		want packing.Outcome
	}{{"wrong", packing.NeedsPerson}, {"1357", packing.WrongPINOut}, {"2468", packing.SignedInOut}} {
		a, err := r.Scan(t.Context(), r.next(c.code))
		if err != nil || a.Outcome != c.want || a.Code != "pin" {
			t.Errorf("%s: %+v, %v", c.code, a, err)
		}
		if strip := r.Snapshot().Strip; strip.Code != "pin" {
			t.Errorf("%+v", strip)
		}
	}
	if got := files.lookedUp(); !slices.Equal(got, []string{"S-1"}) {
		t.Errorf("looked up %v", got)
	}
}

func TestMissingLabelsTakeASupervisorsPIN(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(2)
	r := s.start(nil, staffedBy(&crew{}), func(c *Config) { c.Supervisors = []string{"OLD"} })
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	r.print("", PrintWish{Act: PrintMissing}) // the first time takes nobody
	r.until(func(s Snapshot) bool { return s.Run.AllSent && s.Run.Counts().Sent == 2 })
	r.print("run.supervisor", PrintWish{Act: PrintMissing})
	r.print("refused.no_supervisor", PrintWish{Act: PrintMissing, Supervisor: "OLD"})
	r.print("refused.no_supervisor", PrintWish{Act: PrintMissing, Supervisor: "P-1"})
	r.print("people.wrong_pin", PrintWish{Act: PrintMissing, Supervisor: "S-1"})
	r.print("", PrintWish{Act: PrintMissing, Supervisor: "S-1", PIN: "2468", Why: order.Jammed})
	r.until(func(s Snapshot) bool { return s.Run.AllSent && len(s.Run.Labels) == 2 })
	all, err := s.store.Overrides(time.Now().Add(-time.Hour), time.Now().Add(time.Hour))
	if err != nil || len(all) != 1 || all[0].Name != "Mei" || all[0].Times != 1 || all[0].Labels != 2 || all[0].Reasons[order.Jammed] != 2 {
		t.Errorf("%+v, %v", all, err)
	}
	r.until(func(s Snapshot) bool { return s.Run.AllSent && s.Run.Counts().Sent == 2 })
	for _, want := range []string{"people.wrong_pin", "people.wrong_pin", "people.locked"} {
		r.print(want, PrintWish{Act: PrintMissing, Supervisor: "S-1", PIN: "1111"})
	}
}

func TestNobodyThereIsSignedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShop(t)
		r := s.start(nil, staffedBy(&crew{}), func(c *Config) { c.Staff.LockAfter = 2 * time.Minute })
		r.scan("P-1", packing.SignedInOut)
		time.Sleep(2*time.Minute - time.Second)
		synctest.Wait()
		if r.Snapshot().State.SignedOut() {
			t.Error("too early")
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if shot := r.Snapshot(); !shot.State.SignedOut() || shot.Strip.Said.Key != "say.locked" {
			t.Errorf("%+v", shot.State.Staff)
		}
		r.end()
	})
}
