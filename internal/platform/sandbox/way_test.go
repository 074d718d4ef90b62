package sandbox

import (
	"slices"
	"testing"
	"time"
)

// saidOf are the kinds of what a carrier said of a parcel, each once.
func saidOf(p ParcelBook) (kinds []string) {
	for _, scan := range p.Scans {
		kinds = appendNew(kinds, scan.What)
	}
	return kinds
}

// shippedBook is a sandbox whose orders a bench arranged, and the books of one of them once days have passed.
func shippedBook(t *testing.T, o Options, nth, days int) (ParcelBook, OrderBook) {
	t.Helper()
	o.Orders, o.Seed, o.Speed = 20, 3, 1
	s, pass := living(t, o)
	id := s.inOrder()[nth-1].ID
	s.mu.Lock()
	r := s.orders[id]
	if err := s.shipElsewhere(s.parcels[r.shares[0].packageID]); err != nil {
		t.Fatal(err)
	}
	s.mu.Unlock()
	for range days {
		pass(24 * time.Hour)
	}
	b := s.Books()
	if len(b.Refused) > 0 {
		t.Error(b.Refused)
	}
	orderAt := slices.IndexFunc(b.Orders, func(o OrderBook) bool { return o.ID == id })
	parcelAt := slices.IndexFunc(b.Parcels, func(p ParcelBook) bool { return slices.Contains(p.Orders, id) })
	return b.Parcels[parcelAt], b.Orders[orderAt]
}

// waitingOrder is which order of the shop that shippedBook makes may be shipped, 1 for its first.
func waitingOrder(t *testing.T, mix string, crossBorder bool) int {
	t.Helper()
	s, _ := living(t, Options{Orders: 20, Seed: 3, Speed: 1, Mix: mix})
	for i, r := range s.inOrder() {
		if r.Status == "AWAITING_SHIPMENT" && !r.CancelRequested && len(r.shares) == 1 && (s.shopByID(r.shop).SellerType == "CROSS_BORDER") == crossBorder {
			if parts, err := s.open(s.parcels[r.shares[0].packageID]); err == nil && s.refuseShipping(r.shop, parts) == nil && len(parts.orders) == 1 && !parts.byPlatformWarehouse() && !parts.bySeller() {
				return i + 1
			}
		}
	}
	t.Fatal("no order can be shipped")
	return 0
}

func TestAParcelsWay(t *testing.T) {
	local, abroad := waitingOrder(t, MixPlain, false), waitingOrder(t, MixFull, true)
	acts := func(nth int, entries ...Entry) *Scenario {
		for i := range entries {
			entries[i].Order = "#" + itoa(int64(nth))
		}
		return &Scenario{Entries: entries}
	}
	undisturbed := []string{saidCollected, saidSorted, saidOutToDeliver, saidDelivered}
	for name, test := range map[string]struct {
		options                      Options
		nth                          int
		days                         int
		said                         []string
		collected, delivered, failed bool
		status                       string
	}{
		"at home":     {Options{}, local, 6, undisturbed, true, true, false, "DELIVERED"},
		"from abroad": {Options{Mix: MixFull}, abroad, 6, []string{saidCollected, saidSorted, saidExported, saidEntered, saidOutToDeliver, saidDelivered}, true, true, false, "DELIVERED"},
		"never collected": {Options{Scenario: acts(local, Entry{What: "silent", After: Duration(time.Minute)})}, local, 3,
			nil, false, false, false, "AWAITING_COLLECTION"},
		"lost on the way": {Options{Scenario: acts(local, Entry{What: "silent", After: Duration(30 * time.Hour)})}, local, 9,
			[]string{saidCollected, saidSorted}, true, false, false, "IN_TRANSIT"},
		"silent for three days": {Options{Scenario: acts(local, Entry{What: "silent", After: Duration(30 * time.Hour), By: Duration(72 * time.Hour)})}, local, 9,
			undisturbed, true, true, false, "DELIVERED"},
		"not to be delivered": {Options{Scenario: acts(local, Entry{What: "undeliverable", After: Duration(time.Hour)})}, local, 9,
			[]string{saidCollected, saidSorted, saidOutToDeliver, saidUndeliverable}, true, false, true, "IN_TRANSIT"},
		"delivered at the second try": {Options{Scenario: acts(local, Entry{What: "undeliverable", After: Duration(time.Hour)}, Entry{What: "deliver", After: Duration(8 * 24 * time.Hour)})}, local, 9,
			[]string{saidCollected, saidSorted, saidOutToDeliver, saidUndeliverable, saidDelivered}, true, true, true, "DELIVERED"},
	} {
		p, o := shippedBook(t, test.options, test.nth, test.days)
		got := saidOf(p)
		slices.Sort(got)
		slices.Sort(test.said)
		if !slices.Equal(got, test.said) || o.Status != test.status {
			t.Errorf("%s: %s, said %v, want %v", name, o.Status, got, test.said)
		}
		if p.Collected.IsZero() == test.collected || p.Delivered.IsZero() == test.delivered || p.Failed.IsZero() == test.failed {
			t.Errorf("%s: %+v", name, p)
		}
		if test.collected && !o.Times["collection_time"].Equal(p.Collected) || test.delivered && !o.Times["delivery_time"].Equal(p.Delivered) {
			t.Errorf("%s: the order says %v, the parcel %v and %v", name, o.Times, p.Collected, p.Delivered)
		}
		for i, scan := range p.Scans {
			if i > 0 && (scan.At.Before(p.Scans[i-1].At) || name != "silent for three days" && scan.At.Sub(p.Scans[i-1].At) > 48*time.Hour && scan.What != saidDelivered) {
				t.Errorf("%s: %v after %v", name, scan, p.Scans[i-1])
			}
		}
	}
}

// Get Tracking tells what the books have, the newest first, and nothing of an order changes by what a carrier says.
func TestTrackingTellsTheBooks(t *testing.T) {
	at := now
	clock := func() time.Time { return at }
	v := visit(t, Options{Orders: 30, Seed: 3, Speed: 1, Now: clock, Clock: clock})
	at = at.Add(40 * time.Hour)
	scans, updated := 0, map[string]int64{}
	for _, o := range v.s.Books().Orders {
		updated[o.ID] = o.Updated
	}
	books := v.s.Books()
	for _, p := range books.Parcels {
		for _, id := range p.Orders {
			got := v.call("GET", "/fulfillment/202309/orders/"+id+"/tracking", nil, "")
			if got.code != 0 {
				t.Fatalf("order %s: %d", id, got.code)
			}
			told := got.data.list("tracking")
			slices.Reverse(told)
			for _, scan := range p.Scans {
				scans++
				if !slices.ContainsFunc(told, func(e object) bool {
					return e.text("description") == scan.Text && e.number("update_time_millis") == scan.At.UnixMilli()
				}) {
					t.Errorf("order %s: %v is not in %v", id, scan, told)
				}
			}
			for i := range told {
				if i > 0 && told[i].number("update_time_millis") < told[i-1].number("update_time_millis") {
					t.Errorf("order %s: %v", id, told)
				}
			}
		}
	}
	if scans == 0 {
		t.Error("no carrier said anything")
	}
	for _, o := range v.s.Books().Orders {
		if o.Updated != updated[o.ID] {
			t.Errorf("order %s changed", o.ID)
		}
	}
}
