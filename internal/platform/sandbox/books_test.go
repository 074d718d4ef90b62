package sandbox

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestBooks(t *testing.T) {
	clock, pass := moving()
	orders, _ := visit(t, Options{Orders: 40, Seed: 5}).waiting()
	v := visit(t, Options{Orders: 40, Seed: 5, Clock: clock, Scenario: &Scenario{Entries: []Entry{
		{What: "ship_elsewhere", Call: "GET /authorization/*", Order: orders[0]},
		{What: "ship_elsewhere", Call: "GET /authorization/*", Order: orders[0]},
	}}})
	_, packages := v.waiting()
	v.shops()
	v.ship(packages[1])
	pass(2 * time.Second)
	v.ship(packages[1])
	v.search(nil)
	books := v.s.Books()
	for _, p := range books.Parcels {
		want := []Arrangement(nil)
		switch p.PackageID {
		case packages[0]:
			want = []Arrangement{{now, Elsewhere}}
		case packages[1]:
			want = []Arrangement{{now, "POST /fulfillment/202309/packages/{package_id}/ship"}}
		}
		if diff := cmp.Diff(want, p.Arranged); diff != "" {
			t.Errorf("%s: %s", p.PackageID, diff)
		}
		if slices.Contains(packages[:2], p.PackageID) && (p.Status != "PROCESSING" || p.Tracking == "" || p.Shop != plainShopID || len(p.Orders) != 1) {
			t.Errorf("%+v", p)
		}
	}
	seconds := []Second{
		{"", now.Unix(), 1, 0}, {plainShopID, now.Unix(), 0, 1}, {plainShopID, now.Unix() + 2, 1, 1},
	}
	if diff := cmp.Diff(seconds, books.Seconds); diff != "" || len(books.Orders) != 40 {
		t.Errorf("%d orders, %s", len(books.Orders), diff)
	}
	if len(books.Refused) != 1 { // the second time somebody ships the same
		t.Errorf("refused: %v", books.Refused)
	}
}
