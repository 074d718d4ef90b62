package sandbox

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// codes are the answers to n calls.
func codes(n int, call func() reply) []int64 {
	var all []int64
	for range n {
		all = append(all, call().code)
	}
	return all
}

func TestFaultsAreCounted(t *testing.T) {
	hit, free := int64(36009003), int64(0)
	for name, c := range map[string]struct {
		entry Entry
		want  []int64
	}{
		"every call": {Entry{}, []int64{hit, hit, hit, hit, hit, hit}},
		"nth":        {Entry{Nth: 3}, []int64{free, free, hit, free, free, free}},
		"from":       {Entry{From: 5}, []int64{free, free, free, free, hit, hit}},
		"from to":    {Entry{From: 2, To: 3}, []int64{free, hit, hit, free, free, free}},
		"every":      {Entry{Every: 2}, []int64{free, hit, free, hit, free, hit}},
		"times":      {Entry{Every: 2, Times: 1}, []int64{free, hit, free, free, free, free}},
		"other call": {Entry{Call: "POST /order/*"}, []int64{free, free, free, free, free, free}},
		"this call":  {Entry{Call: "GET /auth*/shops", Nth: 1}, []int64{hit, free, free, free, free, free}},
		"later":      {Entry{After: Duration(time.Hour)}, []int64{free, free, free, free, free, free}},
	} {
		c.entry.What, c.entry.Code = "error", int(hit)
		if got := codes(6, scripted(t, c.entry).shops); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestFaultsByTime(t *testing.T) {
	clock, pass := moving()
	v := visit(t, Options{Orders: 4, Now: clock, Scenario: &Scenario{Entries: []Entry{
		{What: "error", Code: 7, After: Duration(time.Minute), For: Duration(time.Minute)},
	}}})
	var got []int64
	for range 4 {
		got = append(got, v.shops().code)
		pass(45 * time.Second)
	}
	if want := []int64{0, 0, 7, 0}; !slices.Equal(got, want) {
		t.Errorf("codes %v, want %v", got, want)
	}
}

func TestProbabilityIsSeeded(t *testing.T) {
	run := func(seed int64) []int64 {
		v := visit(t, Options{Orders: 4, Scenario: &Scenario{Seed: seed, Entries: []Entry{{What: "error", Code: 7, Probability: 0.5}}}})
		return codes(20, v.shops)
	}
	first := run(1)
	if !slices.Equal(first, run(1)) || slices.Equal(first, run(2)) || !slices.Contains(first, 0) || !slices.Contains(first, 7) {
		t.Errorf("codes %v", first)
	}
}

func TestGatewayFaults(t *testing.T) {
	for name, c := range map[string]struct {
		entry Entry
		holds func(reply) bool
	}{
		"429": {Entry{What: "rate_429"}, func(r reply) bool {
			return r.status == 429 && r.code == 36009002 && r.header.Get("Retry-After") == ""
		}},
		"429 with a time": {Entry{What: "rate_429", RetryAfter: Duration(1500 * time.Millisecond)}, func(r reply) bool {
			return r.status == 429 && r.header.Get("Retry-After") == "2"
		}},
		"503":         {Entry{What: "html_503"}, func(r reply) bool { return r.status == 503 && strings.HasPrefix(r.raw, "<html>") && r.code == -1 }},
		"cut":         {Entry{What: "cut"}, func(r reply) bool { return r.status == 200 && r.err == io.ErrUnexpectedEOF && len(r.raw) > 100 }},
		"lost before": {Entry{What: "lost_before"}, func(r reply) bool { return r.status == 0 && r.err != nil }},
		"lost after":  {Entry{What: "lost_after"}, func(r reply) bool { return r.status == 0 && r.err != nil }},
		"garbage":     {Entry{What: "garbage"}, func(r reply) bool { return r.status == 200 && r.err == nil && r.code == -1 && r.raw != "" }},
		"error": {Entry{What: "error", Code: 21042001, Message: "Later."}, func(r reply) bool {
			return r.status == 200 && r.code == 21042001 && strings.Contains(r.raw, "Later.")
		}},
		"scope": {Entry{What: "scope_missing", Scope: "seller.logistics"}, func(r reply) bool {
			return r.code == 105005 && strings.Contains(r.raw, "seller.logistics")
		}},
		"token":    {Entry{What: "token_expired"}, func(r reply) bool { return r.status == 401 && r.code == 105002 }},
		"slow":     {Entry{What: "slow", By: Duration(time.Millisecond)}, func(r reply) bool { return r.code == 0 }},
		"clock":    {Entry{What: "clock_skew", By: Duration(time.Hour)}, func(r reply) bool { return r.status == 400 && r.code == 36009004 }},
		"no fault": {Entry{What: "error", Code: 1, Nth: 9}, func(r reply) bool { return r.code == 0 && len(r.data.list("shops")) == 1 }},
	} {
		if got := scripted(t, c.entry).shops(); !c.holds(got) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestSkewedClockIsShownAndKept(t *testing.T) {
	v := scripted(t, Entry{What: "clock_skew", By: Duration(-10 * time.Minute)})
	shown, err := http.ParseTime(v.shops().header.Get("Date"))
	if err != nil || !shown.Equal(now.Add(-10*time.Minute)) {
		t.Fatalf("Date %v, %v", shown, err)
	}
	v.clock = func() time.Time { return shown } // a client that corrects its clock is let in
	if got := v.shops(); got.code != 0 {
		t.Errorf("with the clock shown: %+v", got)
	}
}

func TestSlowAnswersAreSlow(t *testing.T) {
	v := scripted(t, Entry{What: "slow", By: Duration(60 * time.Millisecond), Nth: 1})
	began := time.Now()
	if got := v.shops(); got.code != 0 || time.Since(began) < 60*time.Millisecond {
		t.Errorf("after %v: %+v", time.Since(began), got)
	}
}

// A token ends once, unless more is asked for; a new one lasts.
func TestTokensEndOnce(t *testing.T) {
	v := scripted(t, Entry{What: "token_expired", From: 2})
	got := codes(2, v.shops)
	c := v.s.Credentials()
	renewed := ask(t, v.s, "GET", tokenRefreshPath, url.Values{"app_key": {c.AppKey}, "app_secret": {c.AppSecret},
		"refresh_token": {c.RefreshToken}, "grant_type": {"refresh_token"}})
	got = append(append(got, int64(renewed.Code)), codes(2, v.shops)...)
	if want := []int64{0, 105002, 0, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("codes %v, want %v", got, want)
	}
}

// What is lost after it was carried out is done; what is lost before is not.
func TestLostCalls(t *testing.T) {
	for what, arranged := range map[string]int{"lost_after": 1, "lost_before": 0, "cut": 1, "garbage": 1, "html_503": 0} {
		v := scripted(t, Entry{What: what, Call: "POST *ship", Nth: 1})
		_, packages := v.waiting()
		if got := v.ship(packages[0]); got.err == nil && got.code == 0 {
			t.Errorf("%s: the first call answered %+v", what, got)
		}
		books := v.s.Books()
		i := slices.IndexFunc(books.Parcels, func(p ParcelBook) bool { return p.PackageID == packages[0] })
		if n := books.Parcels[i].ShipCalls(); n != arranged {
			t.Errorf("%s: arranged %d times, want %d", what, n, arranged)
		}
		want := int64(0)
		if arranged > 0 {
			want = 21011040
		}
		if got := v.ship(packages[0]); got.code != want {
			t.Errorf("%s: the second call answered %+v", what, got)
		}
	}
}

func TestBatchFailures(t *testing.T) {
	v := scripted(t, Entry{What: "batch_fail", Count: 2, Code: 21042001, Nth: 1})
	_, packages := v.waiting()
	var wanted []string
	for _, id := range packages[:5] {
		wanted = append(wanted, fmt.Sprintf(`{"id":%q}`, id))
	}
	body := `{"packages":[` + strings.Join(wanted, ",") + `]}`
	first := v.call("POST", "/fulfillment/202309/packages/ship", nil, body)
	failed := first.data.list("errors")
	if first.code != 0 || len(failed) != 2 || failed[0].number("code") != 21042001 || failed[1].child("detail").text("package_id") != packages[1] {
		t.Fatalf("%+v", first)
	}
	arranged := 0
	for _, p := range v.s.Books().Parcels {
		arranged += p.ShipCalls()
	}
	if arranged != 3 {
		t.Errorf("%d were arranged", arranged)
	}
	again := v.call("POST", "/fulfillment/202309/packages/ship", nil, `{"packages":[`+strings.Join(wanted[:2], ",")+`]}`)
	if again.code != 0 || len(again.data.list("errors")) != 0 {
		t.Errorf("without the fault: %+v", again)
	}
	v = scripted(t, Entry{What: "batch_fail", Packages: packages[1:2]})
	named := v.call("POST", "/fulfillment/202309/packages/ship", nil, body).data.list("errors")
	if len(named) != 1 || named[0].child("detail").text("package_id") != packages[1] || named[0].number("code") != 21001003 {
		t.Errorf("by name: %v", named)
	}
	alone := v.call("POST", "/fulfillment/202309/packages/ship", nil, `{"packages":[`+wanted[1]+`]}`)
	if alone.code != 0 || len(alone.data.list("errors")) != 1 {
		t.Errorf("alone: %+v", alone)
	}
}

func TestLabelFaults(t *testing.T) {
	clock, pass := moving()
	_, packages := visit(t, Options{Orders: 40, Seed: 5}).waiting()
	v := visit(t, Options{Orders: 40, Seed: 5, Clock: clock, Scenario: &Scenario{Entries: []Entry{
		{What: "label_never", Package: packages[0]},
		{What: "label_delay", By: Duration(time.Minute), Package: packages[1]},
	}}})
	labels := func() (all []int64) {
		for _, id := range packages[:3] {
			all = append(all, v.label(id).code)
		}
		return all
	}
	for _, id := range packages[:3] {
		if got := v.ship(id); got.code != 0 {
			t.Fatalf("%+v", got)
		}
	}
	if got, want := labels(), []int64{11034037, 11034037, 0}; !slices.Equal(got, want) {
		t.Errorf("at once: %v", got)
	}
	pass(time.Minute)
	if got, want := labels(), []int64{11034037, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("a minute later: %v", got)
	}
	v.s.Calm()
	if got, want := labels(), []int64{0, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("calm: %v", got)
	}
}

func TestExpiredLinks(t *testing.T) {
	v := scripted(t, Entry{What: "link_expired", Nth: 1})
	_, packages := v.waiting()
	v.ship(packages[0])
	link, err := url.Parse(v.label(packages[0]).data.text("doc_url"))
	if err != nil {
		t.Fatal(err)
	}
	if got := v.send("GET", link.RequestURI(), ""); got.status != 403 {
		t.Errorf("first: %d", got.status)
	}
	if got := v.send("GET", link.RequestURI(), ""); got.status != 200 || !strings.HasPrefix(got.raw, "%PDF") {
		t.Errorf("second: %d", got.status)
	}
}

func TestHiddenAddresses(t *testing.T) {
	orders, _ := visit(t, Options{Orders: 40, Seed: 5}).waiting()
	for what, want := range map[string]func(shown, hidden object) bool{
		"masked": func(shown, hidden object) bool {
			return hidden.text("full_address") == "M****" && len(hidden.list("district_info")) == len(shown.list("district_info"))
		},
		"empty_address": func(_, hidden object) bool {
			return hidden.text("full_address") == "" && hidden["district_info"] == nil
		},
	} {
		v := scripted(t, Entry{What: what, Order: orders[1]})
		detail := v.call("GET", "/order/202507/orders", url.Values{"ids": {orders[0] + "," + orders[1]}}, "").data.list("orders")
		shown, hidden := detail[0].child("recipient_address"), detail[1].child("recipient_address")
		if !strings.HasPrefix(shown.text("full_address"), "Malaysia,") || !want(shown, hidden) {
			t.Errorf("%s: %v, %v", what, shown, hidden)
		}
		before := v.s.Books()
		v.s.Calm()
		for i, o := range v.s.Books().Orders {
			if told := o.Updated != before.Orders[i].Updated; told != (o.ID == orders[1]) {
				t.Errorf("%s: order %s is marked as changed: %v", what, o.ID, told)
			}
		}
	}
}

func TestUnknownValues(t *testing.T) {
	v := scripted(t, Entry{What: "unknown_enum", Field: "status", Nth: 1})
	page := v.search(nil).data.list("orders")
	if len(page) != 10 || page[0].text("status") != "VALUE_OF_TOMORROW" || len(page[0].child("field_of_tomorrow").text("n")) != 0 || page[0]["field_of_tomorrow"] == nil {
		t.Errorf("%v", page[0])
	}
	if again := v.search(nil).data.list("orders"); again[0].text("status") == "VALUE_OF_TOMORROW" {
		t.Error("it goes on")
	}
}

func TestDuplicateItems(t *testing.T) {
	v := scripted(t, Entry{What: "duplicate_items"})
	first := v.search(nil)
	second := v.search(url.Values{"page_token": {first.data.text("next_page_token")}})
	a, b := first.data.list("orders"), second.data.list("orders")
	if len(a) != 10 || len(b) != 12 || b[0].id() != a[8].id() || b[1].id() != a[9].id() || b[2].id() == a[9].id() {
		t.Errorf("%d and %d items", len(a), len(b))
	}
}

func TestYesterdaysOrders(t *testing.T) {
	v := scripted(t, Entry{What: "yesterday"})
	orders, packages := v.waiting()
	v.ship(packages[0])
	page := v.search(with(url.Values{"sort_field": {"update_time"}}, "sort_order", "DESC")).data.list("orders")
	var told []object
	for _, o := range page {
		if o.id() == orders[0] {
			told = append(told, o)
		}
	}
	if len(told) != 2 || told[0].text("status") != "AWAITING_COLLECTION" || told[1].text("status") != "AWAITING_SHIPMENT" ||
		told[1].number("update_time") >= told[0].number("update_time") {
		t.Errorf("%d items, of this order %v", len(page), told)
	}
}

func TestCalmEndsFaults(t *testing.T) {
	v := scripted(t, Entry{What: "html_503"}, Entry{What: "cancel", Order: "any", Call: "*", Every: 1})
	v.shops()
	v.s.Calm()
	before := v.s.Books().Orders
	if got := v.shops(); got.code != 0 {
		t.Errorf("%+v", got)
	}
	if after := v.s.Books().Orders; fmt.Sprint(before) != fmt.Sprint(after) {
		t.Error("somebody acted")
	}
}
