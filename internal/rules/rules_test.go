package rules

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
)

func brought(t testing.TB) *Rules {
	t.Helper()
	r, err := BuiltIn()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// with are the rules with a bench's own file.
func with(t testing.TB, own string) *Rules {
	t.Helper()
	r, err := Read(own, FileName)
	if err != nil {
		t.Fatalf("%v: %v", order.AsProblem(err).Said, err)
	}
	return r
}

// Every row of fulfilment rules 2 is there, once for each of its scopes.
func TestTheProgramBringsEveryRow(t *testing.T) {
	want := map[order.RuleID]int{
		"unpaid-cancel": 1, "acknowledge": 1, "ready": 3, "collected": 1, "dispatched": 1, "collected-after-ack": 2, "auto-cancel-warning": 1, "auto-cancel": 1,
		"cancel-answer": 1, "us-self-ship": 1, "us-ready": 1, "us-collected": 1, "us-auto-cancel-ready": 1, "us-auto-cancel-shipped": 1, "presale-ready": 1,
		"presale-shipped": 1, "first-tracking": 1, "tracking-gap": 1, "delivered": 4, "tracking-nodes": 1, "pickup-review": 1, "redelivery": 1, "scan-form-appeal": 1,
		"authorisation": 1,
	}
	r := brought(t)
	if ids := r.IDs(); len(ids) != len(want) {
		t.Errorf("%d ids, not %d: %v", len(ids), len(want), ids)
	}
	for id, n := range want {
		if got := len(r.Of(id)); got != n {
			t.Errorf("%s has %d rules, not %d", id, got, n)
		}
	}
	if r.Near != 0.25 {
		t.Errorf("near is %v", r.Near)
	}
	if different, err := r.Differences(); err != nil || len(different) > 0 {
		t.Errorf("they differ from themselves: %v, %v", different, err)
	}
}

// A rule from a day on stands beside the one before, which stays for the orders of before.
func TestAChangeFromADayOnLeavesWhatWasBefore(t *testing.T) {
	r := with(t, "[[rule]]\nid = \"collected\"\nlimit = \"60 h\"\nvalid_from = \"2027-01-01\"\n")
	var got []string
	for _, e := range r.Of("collected") {
		got = append(got, e.text())
	}
	want := []string{"except=US start=ready end=collected limit=72 h consequence=late source=S1",
		"except=US valid_from=2027-01-01 start=ready end=collected limit=60 h consequence=late source=rules.toml"}
	if !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	for placed, hours := range map[string]int{"2026-12-31 23:59 +00:00": 72, "2027-01-01 00:00 +00:00": 60} {
		course := order.Course{Market: "GB"}
		course.Pass(order.Placed, order.MomentOf(when(t, placed)))
		course.Pass(order.ReadyToGo, order.MomentOf(when(t, "2027-01-02 10:00 +00:00")))
		found := false
		for _, clock := range r.Clocks(&course, nil, r.Calendar, when(t, placed)) {
			if clock.ID == "collected" {
				found = clock.Due.Equal(when(t, "2027-01-02 10:00 +00:00").Add(time.Duration(hours) * time.Hour))
			}
		}
		if !found {
			t.Errorf("placed %s it is not due after %d h", placed, hours)
		}
	}
}

// A validity begins at midnight of each market: in Jakarta an hour after Kuala Lumpur.
func TestValidityBeginsAtMidnightOfTheMarket(t *testing.T) {
	r := brought(t)
	from := map[order.Market]string{}
	for _, rule := range r.List {
		for _, m := range rule.Markets {
			if rule.ID == "ready" && !rule.From.IsZero() {
				from[m] = rule.From.UTC().Format(time.RFC3339)
			}
		}
	}
	for market, want := range map[order.Market]string{"MY": "2023-12-31T16:00:00Z", "SG": "2023-12-31T16:00:00Z", "PH": "2023-12-31T16:00:00Z",
		"ID": "2023-12-31T17:00:00Z", "TH": "2023-12-31T17:00:00Z", "VN": "2023-12-31T17:00:00Z"} {
		if from[market] != want {
			t.Errorf("%s: from %s, not %s", market, from[market], want)
		}
	}
}

func TestABenchChangesAddsAndSwitchesOff(t *testing.T) {
	r := with(t, `
near = 0.5
[[rule]]            # the default
id = "ready"
limit = "40 h"
[[rule]]            # the newest of the two of these markets
id = "ready"
markets = ["VN", "TH", "SG", "PH", "MY", "ID"]
limit = "60 h"
[[rule]]            # a part of a rule's markets: a rule of its own
id = "delivered"
markets = ["MY"]
limit = "4 d"
[[rule]]
id = "collected"
off = true
[[rule]]
id = "tracking-gap"
markets = ["TH"]
off = true
[[rule]]
id = "delivered"
markets = ["VN"]
off = true
[[rule]]
id = "acknowledge"
on_for = ["700"]
[[rule]]
id = "redelivery"
valid_to = "none"
[[rule]]
id = "house-rule"
markets = ["GB"]
start = "paid"
end = "ready"
limit = "2 wd"
consequence = "late"
source = "our own"
`)
	type row struct{ markets, except, limit, on string }
	got := map[order.RuleID][]row{}
	for _, e := range r.Entries {
		if e.Own {
			limit := LimitText(e.Limit)
			if e.Off && len(e.OnFor) == 0 {
				limit = "off"
			}
			got[e.ID] = append(got[e.ID], row{strings.Join(texts(e.Markets), " "), strings.Join(texts(e.Except), " "), limit, strings.Join(e.OnFor, " ")})
		}
	}
	want := map[order.RuleID][]row{
		"ready":        {{"", "US", "40 h", ""}, {"VN TH SG PH MY ID", "", "60 h", ""}},
		"delivered":    {{"ID MY PH SG", "", "3 d", ""}, {"MY", "", "4 d", ""}},
		"collected":    {{"", "US", "off", ""}},
		"tracking-gap": {{"", "TH", "48 h", ""}},
		"acknowledge":  {{"", "", "24 h", "700"}},
		"redelivery":   {{"", "", "12 d", ""}},
		"house-rule":   {{"GB", "", "2 wd", ""}},
	}
	for id, rows := range want {
		if !slices.Equal(got[id], rows) {
			t.Errorf("%s is %v, not %v", id, got[id], rows)
		}
	}
	if len(got) != len(want) {
		t.Errorf("changed are %v", got)
	}
	if r.Near != 0.5 {
		t.Errorf("near is %v", r.Near)
	}
	for _, e := range r.Of("redelivery") {
		if e.ValidTo.Text() != "" {
			t.Errorf("redelivery still ends on %s", e.ValidTo)
		}
	}
	for _, e := range r.Of("delivered") {
		if e.Own && !e.BuiltIn && e.Grace != (order.Limit{N: 24, Unit: order.Hours}) {
			t.Errorf("the rule of its own lost what it does not say: %+v", e)
		}
	}
	different, err := r.Differences()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, d := range different {
		kinds[d.Kind]++
	}
	if kinds["changed"] != 5 || kinds["added"] != 2 || kinds["off"] != 1 || kinds["on"] != 1 || kinds["near"] != 1 {
		t.Errorf("the differences are %v: %v", kinds, different)
	}
}

func TestWhatIsWrongIsSaidByLineAndField(t *testing.T) {
	for _, c := range []struct {
		name, text string
		line       int
		field, why string
	}{
		{"no TOML", "near = 0.2\n[[rule]] id\n", 2, "rule", "rules.why.form"},
		{"a number for a text", "[[rule]]\nid = \"ready\"\nlimit = 48\n", 3, "limit", "rules.why.kind"},
		{"a key nobody knows", "[[rule]]\nid = \"ready\"\nlimt = \"48 h\"\n", 3, "limt", "rules.why.key"},
		{"a table nobody knows", "near = 0.2\n[[rules]]\nid = \"ready\"\n", 2, "rules", "rules.why.key"},
		{"no id", "\n[[rule]]\nlimit = \"48 h\"\n", 2, "id", "rules.why.id"},
		{"a unit nobody knows", "[[rule]]\nid = \"ready\"\nlimit = \"48 hours\"\n", 3, "limit", "rules.why.limit"},
		{"below zero", "[[rule]]\nid = \"ready\"\nlimit = \"-1 h\"\n", 3, "limit", "rules.why.limit"},
		{"a market nobody knows", "[[rule]]\nid = \"ready\"\nmarkets = [\"UK\"]\n", 3, "markets", "rules.why.market"},
		{"a mode nobody knows", "[[rule]]\nid = \"ready\"\nmode = \"PLATFORM\"\n", 3, "mode", "rules.why.word"},
		{"a point nobody knows", "[[rule]]\nid = \"ready\"\nstart = \"payed\"\n", 3, "start", "rules.why.word"},
		{"a consequence nobody knows", "[[rule]]\nid = \"ready\"\nconsequence = \"fine\"\n", 3, "consequence", "rules.why.word"},
		{"no such day", "[[rule]]\nid = \"ready\"\nvalid_from = \"2026-02-30\"\n", 3, "valid_from", "rules.why.date"},
		{"for which markets", "[[rule]]\nid = \"delivered\"\nlimit = \"8 d\"\n", 1, "markets", "rules.why.which"},
		{"off of what", "[[rule]]\nid = \"raedy\"\noff = true\n", 2, "id", "rules.why.clock"},
		{"on and off", "[[rule]]\nid = \"acknowledge\"\noff = true\non_for = [\"*\"]\n", 4, "on_for", "rules.why.on_and_off"},
		{"on anyway", "[[rule]]\nid = \"ready\"\non_for = [\"*\"]\n", 3, "on_for", "rules.why.on_anyway"},
		{"a new one without an end", "[[rule]]\nid = \"mine\"\nstart = \"paid\"\nlimit = \"1 h\"\n", 1, "end", "rules.why.missing"},
		{"after nothing", "[[rule]]\nid = \"ready\"\nafter = \"raedy\"\n", 3, "after", "rules.why.clock"},
		{"near beyond all", "# ours\nnear = 25\n", 2, "near", "rules.why.near"},
		{"an extension of nothing", "[[extension]]\nclock = \"raedy\"\n", 2, "clock", "rules.why.clock"},
		{"an extension from when", "[[extension]]\nclock = \"ready\"\nadd = \"3 d\"\ncreated_from = \"18 Sept\"\n", 4, "created_from", "rules.why.moment"},
		{"an extension backwards", "[[extension]]\nclock = \"ready\"\nadd = \"3 d\"\nwhy = \"storm\"\ncreated_from = \"2026-09-18\"\ncreated_to = \"2026-09-17\"\n", 6, "created_to", "rules.why.until"},
		{"an extension by nothing", "[[extension]]\nclock = \"ready\"\nadd = \"0 d\"\nwhy = \"storm\"\ncreated_from = \"2026-09-18\"\ncreated_to = \"2026-09-18\"\n", 3, "add", "rules.why.limit"},
		{"an extension without a reason", "[[extension]]\nclock = \"ready\"\nadd = \"3 d\"\ncreated_from = \"2026-09-18\"\ncreated_to = \"2026-09-18\"\n", 1, "why", "rules.why.why"},
		{"the second of two", "[[cutoff]]\nshop = \"700\"\nat = \"12:00\"\n[[cutoff]]\nshop = \"701\"\nat = \"25:00\"\n", 6, "at", "rules.why.hour"},
		{"one shop twice", "[[cutoff]]\nshop = \"700\"\nat = \"12:00\"\n[[cutoff]]\nshop = \"700\"\nat = \"13:00\"\n", 5, "shop", "rules.why.shop"},
		{"a holiday nowhere", "[[holiday]]\nmarket = \"UK\"\ndate = \"2026-12-24\"\n", 2, "market", "rules.why.market"},
		{"a holiday never", "[[holiday]]\nmarket = \"GB\"\ndate = \"24.12.\"\n", 3, "date", "rules.why.date"},
		{"a zone nobody knows", "[[zone]]\nwarehouse = \"7001\"\nzone = \"EST5\"\n", 3, "zone", "rules.why.zone"},
	} {
		_, err := Read(c.text, "bench/rules.toml")
		problem := order.AsProblem(err)
		if err == nil || problem.Key != "rules.wrong" {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		why, _ := problem.With["why"].(order.Said)
		if problem.With["line"] != c.line || problem.With["field"] != c.field || why.Key != c.why || problem.With["file"] != "bench/rules.toml" {
			t.Errorf("%s: %v", c.name, problem.With)
		}
	}
}

func TestAChangeIsTriedThenWritten(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	if err := os.WriteFile(path, []byte("# Mei looks after this file\nnear = 0.3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	slower := func(f *File) error { f.Put(RuleRow{ID: "ready", Limit: "50 h"}); return nil }
	was, is, err := Try(dir, slower)
	if err != nil || was.Of("ready")[0].Limit.N != 48 || is.Of("ready")[0].Limit.N != 50 {
		t.Fatalf("tried: %v", err)
	}
	if now, _ := Load(dir); now.Of("ready")[0].Limit.N != 48 {
		t.Fatal("trying wrote it")
	}
	if _, err := Change(dir, slower); err != nil {
		t.Fatal(err)
	}
	if _, err := Change(dir, func(f *File) error {
		f.Put(RuleRow{ID: "ready", Grace: "1 h"})
		f.Put(RuleRow{ID: "ready", Limit: "55 h"})
		f.SetCutOff("700", "12:00")
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	now, err := Load(dir)
	if err != nil || now.Of("ready")[0].Limit.N != 55 || now.Of("ready")[0].Grace.N != 1 || len(now.Own.Rules) != 1 || now.CutOffs["700"] != 12*60 || now.Near != 0.3 {
		t.Fatalf("changed: %v, %+v", err, now.Own)
	}
	text, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(text), "# Mei looks after this file\n") {
		t.Errorf("the file is %q, %v", text, err)
	}
	if _, err := Change(dir, func(f *File) error { f.SetCutOff("700", "late"); return nil }); order.AsProblem(err).Key != "rules.wrong_entry" {
		t.Errorf("a wrong change: %v", err)
	}
	if again, err := os.ReadFile(path); err != nil || string(again) != string(text) {
		t.Errorf("a wrong change was written: %v", err)
	}
	if _, err := Change(dir, func(f *File) error { f.Reset("ready"); f.SetCutOff("700", ""); f.Near = nil; return nil }); err != nil {
		t.Fatal(err)
	}
	if now, err := Load(dir); err != nil || len(now.CutOffs) > 0 || now.Of("ready")[0].Limit.N != 48 || now.Near != 0.25 {
		t.Errorf("put back: %v", err)
	}
}
