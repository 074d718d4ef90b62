package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/rules"
)

// plainShop is the sandbox's shop.
const plainShop = "7495540735365777507"

// sumOf is the sum at the end of a check.
func sumOf(t *testing.T, out string) RuleCheckSum {
	t.Helper()
	lines := read[ruleCheckLine](t, out)
	last := lines[len(lines)-1]
	if last.Kind != "sum" || last.RuleCheckSum == nil {
		t.Fatalf("no sum at the end of %s", out)
	}
	return *last.RuleCheckSum
}

func TestRulesAreChangedTriedAndPutBack(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	all := read[ruleLine](t, p.must("", &RulesList{JSON: true}))
	if len(all) != 30 {
		t.Errorf("%d rules", len(all))
	}
	some := read[ruleLine](t, p.must("", &RulesList{Market: "US", JSON: true}))
	for _, line := range some {
		if line.ID == "ready" || line.ID == "auto-cancel" {
			t.Errorf("%s is listed for the US", line.ID)
		}
	}
	longer := RulesSet{ID: "first-tracking", Limit: "30h"}
	longer.JSON = true
	first := RulesExtend{Clock: "collected", Add: "3d", From: "2020-01-01", To: "2030-12-31", Why: "storm"}
	first.JSON, first.Try = true, true
	tried := read[movedLine](t, p.must("", &first))[0]
	if tried.Saved || tried.Of == 0 {
		t.Errorf("tried: %+v", tried)
	}
	if _, err := os.Stat(filepath.Join(p.dir, rules.FileName)); err == nil {
		t.Error("trying wrote the file")
	}
	first.Try = false
	done := read[movedLine](t, p.must("", &first))[0]
	if !done.Saved || done.Parcels != tried.Parcels || done.Orders != tried.Orders || done.Of != tried.Of {
		t.Errorf("saved %+v, tried %+v", done, tried)
	}
	p.must("", &longer)
	p.must("", &RulesCutOff{Shop: plainShop, At: "12:00"})
	p.must("", &RulesHoliday{Market: "GB", Date: "2026-12-24", Name: []string{"Christmas", "Eve"}})
	p.must("", &RulesZone{Warehouse: "7495000000000000101", Zone: "America/New_York"})
	p.must("", &RulesNear{Share: 0.5})
	checked := p.must("", &RulesCheck{JSON: true})
	kinds := map[string]int{}
	for _, d := range read[ruleCheckLine](t, checked) {
		kinds[d.Kind]++
	}
	for _, kind := range []string{"changed", "extension", "cutoff", "holiday", "zone", "near"} {
		if kinds[kind] != 1 {
			t.Errorf("%d differences are %s:\n%s", kinds[kind], kind, checked)
		}
	}
	if sum := sumOf(t, checked); !sum.Valid || sum.Of != tried.Of {
		t.Errorf("checked: %+v", sum)
	}
	if kinds["gap"] == 0 {
		t.Errorf("the shop is in Malaysia, and no gap is told:\n%s", checked)
	}
	days := read[holidayLine](t, p.must("", &RulesHolidays{Market: "GB", Year: 2026, JSON: true}))
	if !slices.Contains(days, holidayLine{Market: "GB", Date: "2026-12-24", Name: "Christmas Eve", Own: true}) {
		t.Errorf("%+v", days)
	}
	if shown := p.must("", &RulesShow{ID: "collected"}); !strings.Contains(shown, "+3d") || !strings.Contains(shown, "storm") {
		t.Errorf("%s", shown)
	}
	p.must("", &RulesUnextend{Number: 1})
	p.must("", &RulesReset{ID: "first-tracking"})
	p.must("", &RulesCutOff{Shop: plainShop, At: "none"})
	p.must("", &RulesZone{Warehouse: "7495000000000000101", Zone: "none"})
	p.must("", &RulesHoliday{Market: "GB", Date: "2026-12-24", Drop: true})
	p.must("", &RulesNear{Share: 0.25})
	left := p.must("", &RulesCheck{JSON: true})
	for _, line := range read[ruleCheckLine](t, left) {
		if line.Kind != "gap" && line.Kind != "sum" {
			t.Errorf("something is left: %+v", line)
		}
	}
	if sum := sumOf(t, left); sum.Parcels != 0 {
		t.Errorf("something is moved: %+v", sum)
	}
}

// An extension of a clock whose time the platform sends moves nothing: its own times win.
func TestCheckTellsWhatAFileMoves(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	open := sumOf(t, p.must("", &RulesCheck{JSON: true})).Of
	file := filepath.Join(p.dir, "next.toml")
	for _, c := range []struct {
		text string
		some bool
	}{
		{"[[extension]]\nclock = \"auto-cancel-warning\"\ncreated_from = \"2020-01-01\"\ncreated_to = \"2030-12-31\"\nadd = \"1 d\"\nwhy = \"storm\"\n", true},
		{"[[extension]]\nclock = \"cancel-answer\"\ncreated_from = \"2020-01-01\"\ncreated_to = \"2020-01-01\"\nadd = \"1 d\"\nwhy = \"storm\"\n", false},
		{"near = 0.5\n", false},
	} {
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if sum := sumOf(t, p.must("", &RulesCheck{File: file, JSON: true})); !sum.Valid || sum.Of != open || c.some != (sum.Parcels > 0) || sum.Orders < sum.Parcels {
			t.Errorf("%s moves %+v of %d", c.text, sum, open)
		}
	}
	if err := os.WriteFile(file, []byte("near = 0.5\n[[rule]]\nid = \"ready\"\nlimit = \"soon\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if end := p.run("", &RulesCheck{File: file}); end.code != ExitFailed || !strings.Contains(end.stderr, "line 4, limit: soon is no time. Write a number and h, wd or d") {
		t.Errorf("%+v", end)
	}
	for problem, v := range map[string]verb{
		"rules.unknown": &RulesShow{ID: "raedy"}, "rules.as_brought": &RulesReset{ID: "ready"}, "rules.no_extension": &RulesUnextend{Number: 1},
		"rules.wrong": &RulesCutOff{Shop: plainShop, At: "noon"}, "rules.unreadable": &RulesCheck{File: filepath.Join(p.dir, "nowhere.toml")},
	} {
		if end := p.run("", v); end.code != ExitFailed || !strings.Contains(end.stderr, problem) {
			t.Errorf("%s: %+v", problem, end)
		}
	}
	if end := p.run("", &RulesHolidays{Market: "MY", Year: 2031}); end.code != ExitNeedsPerson || !strings.Contains(end.stderr, "MY in 2031 are not known") {
		t.Errorf("%+v", end)
	}
}

// A cut-off of a shop that nobody knows would be heeded by nothing: it is refused, and check names one that stands in the file. A known shop's says whom it concerns.
func TestPlacesNobodyKnowsAreRefused(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	for _, shop := range []string{"1", "MY"} {
		if end := p.run("", &RulesCutOff{Shop: shop, At: "12:00"}); end.code != ExitFailed || !strings.Contains(end.stderr, "There is no shop "+shop+": packbench shops lists them") {
			t.Errorf("%+v", end)
		}
	}
	end := p.run("", &RulesCutOff{Shop: plainShop, At: "12:00"})
	if end.code != 0 || !strings.Contains(end.stdout, "open parcels have another cut-off now") || strings.Contains(end.stdout, "Saved. 0 of") {
		t.Errorf("%+v", end)
	}
	again := RulesCutOff{Shop: plainShop, At: "13:00"}
	again.Try = true
	if end := p.run("", &again); end.code != 0 || !strings.Contains(end.stdout, "another cut-off. Their clocks stay as they are. Nothing was saved") {
		t.Errorf("%+v", end)
	}
	file := filepath.Join(p.dir, rules.FileName)
	if err := os.WriteFile(file, []byte("[[cutoff]]\nshop = \"MY\"\nat = \"12:00\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if end := p.run("", &RulesCheck{}); !strings.Contains(end.stderr, "There is no shop MY") {
		t.Errorf("%+v", end)
	}
	p.must("", &RulesCutOff{Shop: "MY", At: "none"}) // taken away again
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	if err := bench.Store.SaveWarehouses(plainShop, []order.Warehouse{{ID: "7001", Name: "Shah Alam"}}); err != nil {
		t.Fatal(err)
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	if end := p.run("", &RulesZone{Warehouse: "7002", Zone: "Asia/Jakarta"}); end.code != ExitFailed || !strings.Contains(end.stderr, "There is no warehouse 7002") {
		t.Errorf("%+v", end)
	}
	p.must("", &RulesZone{Warehouse: "7001", Zone: "Asia/Jakarta"})
}

// An extension that moves nothing, because the platform's own times win, says so.
func TestAnExtensionThatMovesNothingSaysWhy(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 20, Seed: 3})
	for _, try := range []bool{true, false} {
		v := RulesExtend{Clock: "auto-cancel", Add: "1d", From: "2020-01-01", To: "2020-01-02", Why: "storm"}
		v.Try = try
		if said := p.must("", &v); !strings.Contains(said, "that time wins") {
			t.Errorf("try %v: %s", try, said)
		}
	}
}
