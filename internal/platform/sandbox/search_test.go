package sandbox

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// A search gives what looking at every order gives, however orders change in between.
func TestSearchFindsWhatIsThere(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	s := made(t, Options{Orders: 100, Seed: 5})
	for range 20 {
		r := s.sorted(false)[random.IntN(100)]
		o := s.read(t, r.ID)
		o["update_time"] = o.number("update_time") + random.Int64N(7200) - 3600
		if err := s.keep(plainShopID, o); err != nil {
			t.Fatal(err)
		}
		field, sign := []string{"create_time", "update_time"}[random.IntN(2)], []string{"ASC", "DESC"}[random.IntN(2)]
		from := now.Unix() - random.Int64N(100*3600)
		body := []string{`{}`, fmt.Sprintf(`{"update_time_ge":%d}`, from), fmt.Sprintf(`{"update_time_lt":%d}`, from),
			fmt.Sprintf(`{"create_time_ge":%d,"order_status":"AWAITING_SHIPMENT"}`, from)}[random.IntN(4)]
		var want []string
		for _, r := range s.sorted(field == "update_time") {
			in := true
			switch {
			case strings.Contains(body, "update_time_ge"):
				in = r.updated >= from
			case strings.Contains(body, "update_time_lt"):
				in = r.updated < from
			case strings.Contains(body, "create_time_ge"):
				in = r.created >= from && r.Status == "AWAITING_SHIPMENT"
			}
			if in {
				want = append(want, r.ID)
			}
		}
		if sign == "DESC" {
			slices.Reverse(want)
		}
		got := s.searchAll(t, fmt.Sprintf("sort_field=%s&sort_order=%s&page_size=%d", field, sign, 20+random.IntN(81)), body, len(want))
		if !slices.Equal(got, want) {
			t.Fatalf("%s %s %s: %d orders, want %d", field, sign, body, len(got), len(want))
		}
	}
}

// searchAll reads all pages of a search, which are to name a total.
func (s *Sandbox) searchAll(t *testing.T, query, body string, total int) []string {
	t.Helper()
	var ids []string
	for token := ""; ; {
		code, data := s.post(t, plainShopID, "/order/202309/orders/search", query+"&page_token="+url.QueryEscape(token), body)
		if code != 0 || data.number("total_count") != int64(total) {
			t.Fatalf("%d, %d orders in all, want %d", code, data.number("total_count"), total)
		}
		for _, o := range data.list("orders") {
			ids = append(ids, o.id())
		}
		if token = data.text("next_page_token"); token == "" {
			return ids
		}
	}
}

// 15,000 orders read in pages of 100, the oldest change first, without a network.
func BenchmarkSearch15000Orders(b *testing.B) {
	s, err := New(Options{Orders: 15000, Seed: 1, Now: fixed, Clock: fixed})
	if err != nil {
		b.Fatal(err)
	}
	since := now.Add(-365 * 24 * time.Hour).Unix()
	wanted := filter{UpdatedFrom: since}
	b.ResetTimer()
	for b.Loop() {
		var after *place
		for seen := 0; ; {
			found := s.listed(plainShopID, true)
			page, more := found.page(wanted, after, 100, false)
			if seen += len(page); found.count(wanted) != 15000 {
				b.Fatal("orders are missing")
			}
			if !more {
				break
			}
			at := page[len(page)-1].place(true)
			after = &at
		}
	}
}
