package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/internal/platform/sandbox"
	"packbench/internal/rules"
)

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
	p.must("", &RulesCutOff{Shop: "700", At: "12:00"})
	p.must("", &RulesHoliday{Market: "GB", Date: "2026-12-24", Name: []string{"Christmas", "Eve"}})
	p.must("", &RulesZone{Warehouse: "7001", Zone: "America/New_York"})
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
	p.must("", &RulesCutOff{Shop: "700", At: "none"})
	p.must("", &RulesZone{Warehouse: "7001", Zone: "none"})
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
		"rules.wrong": &RulesCutOff{Shop: "700", At: "noon"}, "rules.unreadable": &RulesCheck{File: filepath.Join(p.dir, "nowhere.toml")},
	} {
		if end := p.run("", v); end.code != ExitFailed || !strings.Contains(end.stderr, problem) {
			t.Errorf("%s: %+v", problem, end)
		}
	}
	if end := p.run("", &RulesHolidays{Market: "MY", Year: 2031}); end.code != ExitNeedsPerson || !strings.Contains(end.stderr, "MY in 2031 are not known") {
		t.Errorf("%+v", end)
	}
}
