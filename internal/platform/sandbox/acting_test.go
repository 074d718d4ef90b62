package sandbox

import (
	"bytes"
	"slices"
	"testing"
	"time"
)

// living is a shop whose time a test moves.
func living(t *testing.T, o Options) (*Sandbox, func(time.Duration)) {
	t.Helper()
	at := now
	o.Now, o.Clock = func() time.Time { return at }, func() time.Time { return at }
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s, func(d time.Duration) {
		at = at.Add(d)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.catchUp()
	}
}

// checkWhole checks that every order, its lines and its packages say the same.
func checkWhole(t *testing.T, s *Sandbox) {
	t.Helper()
	for _, r := range s.sorted(true) {
		o := s.read(t, r.ID)
		checkTimes(t, s, o)
		if waits := s.pendingOf(r.ID) != nil; waits != o.truth("is_buyer_request_cancel") {
			t.Errorf("order %s: a request waits %v, it says %v", r.ID, waits, !waits)
		}
		units := unitsOf(o)
		switch r.Status {
		case "UNPAID", "ON_HOLD":
			if o.child("recipient_address").text("full_address") != "" {
				t.Errorf("order %s is %s and has an address", r.ID, r.Status)
			}
			continue
		case "CANCELLED":
			for _, line := range o.list("line_items") {
				if line.text("display_status") != "CANCELLED" || line.text("cancel_user") == "" {
					t.Errorf("order %s is cancelled, a line is %v", r.ID, line)
				}
			}
			if o.text("cancellation_initiator") == "" || o.number("cancel_time") == 0 {
				t.Errorf("order %s: who cancelled it, and when?", r.ID)
			}
			continue
		}
		if got := statusOf(o); got != r.Status || len(units) == 0 {
			t.Errorf("order %s is %s, its %d pieces make it %s", r.ID, r.Status, len(units), got)
		}
		for _, u := range units {
			p := s.parcels[u.packageID()]
			if p == nil {
				if u.packageID() != "" || u.stage() >= arranged {
					t.Errorf("order %s: no package %q", r.ID, u.packageID())
				}
				continue
			}
			if !slices.Contains(p.orders, r.ID) || u.stage() >= arranged && (p.tracking == "" || u.text("tracking_number") != p.tracking) {
				t.Errorf("order %s and package %s do not agree: %v, %v", r.ID, p.id, u.object, p)
			}
		}
	}
	for _, p := range s.parcels {
		if len(p.orders) == 0 || len(p.arranged) > 1 {
			t.Errorf("package %s: orders %v, arranged %v", p.id, p.orders, p.arranged)
		}
	}
}

// checkTimes checks that an order's times follow one another, and none lies ahead.
func checkTimes(t *testing.T, s *Sandbox, o object) {
	t.Helper()
	last := int64(0)
	for _, key := range []string{"create_time", "paid_time", "rts_time", "collection_time", "delivery_time"} {
		at := o.number(key)
		if at != 0 && at < last {
			t.Errorf("order %s: %s %d is before %d", o.id(), key, at, last)
		}
		last = max(last, at)
	}
	// A change within the second of the last one is stamped a second later.
	if updated := o.number("update_time"); updated < last || updated > s.now().Unix()+10 {
		t.Errorf("order %s: updated %d, last %d, now %d", o.id(), updated, last, s.now().Unix())
	}
}

func TestOrdersLive(t *testing.T) {
	for _, mix := range []string{MixPlain, MixFull} {
		const orders, days = 90, 3
		s, pass := living(t, Options{Orders: orders, Seed: 3, Speed: 1, Mix: mix})
		checkWhole(t, s)
		before, seen := len(s.orders), map[string]bool{}
		for range 6 * days {
			pass(4 * time.Hour)
			work(t, s)
			checkWhole(t, s)
			for _, r := range s.orders {
				seen[r.Status] = true
			}
			if t.Failed() {
				t.Fatal(mix)
			}
		}
		if len(s.refused) > 0 {
			t.Errorf("%s: %v", mix, s.refused)
		}
		if n := len(s.orders) - before; n < orders*days/4/2 || n > orders*days/4*2 {
			t.Errorf("%s: %d new orders in three days", mix, n)
		}
		initiators := map[string]int{}
		for _, r := range s.orders {
			if r.Status == "CANCELLED" {
				initiators[s.read(t, r.ID).text("cancellation_initiator")]++
			}
		}
		if len(seen) < 8 || initiators[byBuyer] == 0 || initiators[byPlatform] == 0 {
			t.Errorf("%s: seen %v, cancelled by %v", mix, seen, initiators)
		}
	}
}

// work arranges a few parcels, as a bench does.
func work(t *testing.T, s *Sandbox) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	done := 0
	for _, r := range s.inOrder() {
		if r.Status != "AWAITING_SHIPMENT" || r.CancelRequested || len(r.shares) != 1 || done == 6 {
			continue
		}
		p := s.parcels[r.shares[0].packageID]
		if parts, err := s.open(p); err != nil || s.refuseShipping(p.shop, parts) != nil {
			continue
		}
		if err := s.shipElsewhere(p); err != nil {
			t.Fatal(err)
		}
		done++
	}
}

// What happens depends on the seed and on the time, not on when somebody asked.
func TestLifeDoesNotDependOnWhoLooks(t *testing.T) {
	run := func(seed int64, steps int) []byte {
		s, pass := living(t, Options{Orders: 60, Seed: seed, Speed: 1, Mix: MixFull})
		for range steps {
			pass(48 * time.Hour / time.Duration(steps))
		}
		return everything(s)
	}
	once := run(4, 1)
	if !bytes.Equal(once, run(4, 97)) {
		t.Error("looking more often changed what happened")
	}
	if bytes.Equal(once, run(5, 1)) {
		t.Error("another seed gives the same life")
	}
}

func TestSpeed(t *testing.T) {
	s, pass := living(t, Options{Orders: 10, Speed: 60})
	pass(time.Minute)
	if got := s.now(); !got.Equal(now.Add(time.Hour)) {
		t.Errorf("a minute is %v", got.Sub(now))
	}
}

// Without speed and scenario nothing moves, whatever the time.
func TestOrdersStayAsGiven(t *testing.T) {
	s, pass := living(t, Options{Orders: 60, Seed: 4})
	before := everything(s)
	pass(30 * 24 * time.Hour)
	if !bytes.Equal(before, everything(s)) {
		t.Error("orders changed by themselves")
	}
}

func TestHoldsEndAfterAnHour(t *testing.T) {
	s, pass := living(t, Options{Orders: 40, Seed: 5, Scenario: &Scenario{Entries: []Entry{{What: "hold", Order: "any", After: Duration(time.Minute)}}}})
	var waiting []string
	for _, r := range s.sorted(false) {
		if r.Status == "AWAITING_SHIPMENT" {
			waiting = append(waiting, r.ID)
		}
	}
	pass(time.Minute)
	id := ""
	for _, waited := range waiting {
		if s.orders[waited].Status == "ON_HOLD" {
			id = waited
		}
	}
	if id == "" || len(s.refused) > 0 {
		t.Fatalf("nothing is held; %v", s.refused)
	}
	pass(remorse - time.Second)
	if s.orders[id].Status != "ON_HOLD" {
		t.Error("released too early")
	}
	pass(time.Second)
	if s.orders[id].Status != "AWAITING_SHIPMENT" || s.read(t, id).child("recipient_address").text("full_address") == "" {
		t.Errorf("not released: %s", s.orders[id].json)
	}
}

func TestCarriersKeepTheirHours(t *testing.T) {
	at := time.Date(2026, 11, 20, 2, 59, 0, 0, time.UTC) // 10:59 in Kuala Lumpur
	for ready, want := range map[time.Time]time.Time{
		at:                     at.Add(time.Minute),
		at.Add(time.Minute):    at.Add(6*time.Hour + time.Minute),
		at.Add(12 * time.Hour): at.Add(24*time.Hour + time.Minute),
	} {
		if got := nextRound("MY", ready); !got.Equal(want) {
			t.Errorf("ready %v: %v, want %v", ready, got, want)
		}
	}
}
