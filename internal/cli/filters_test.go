package cli

import (
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

func TestFiltersAreKeptByName(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	p.must("", &FilterSave{Name: "one piece", Words: []string{"pieces:1", "state:ready"}})
	p.must("", &FilterSave{Name: "short lived", Words: []string{"pieces:9-"}})
	p.must("", &FilterSave{Name: "one piece", Words: []string{"pieces:1"}})
	p.must("", &FilterDrop{Name: "short lived"})
	kept := read[filterLine](t, p.must("", &FilterList{JSON: true}))
	if len(kept) != 1 || kept[0].Name != "one piece" || kept[0].Words != "pieces:1" || kept[0].Parcels == 0 {
		t.Fatalf("%+v", kept)
	}
	orders := read[orderLine](t, p.must("", &Orders{Filter: `"filter:one piece" state:ready`, JSON: true}))
	all := read[orderLine](t, p.must("", &Orders{JSON: true}))
	if len(orders) == 0 || len(orders) >= len(all) {
		t.Fatalf("%d of %d orders", len(orders), len(all))
	}
	for i, line := range orders {
		if len(line.Packages) != 1 || line.Packages[0].State != string(order.Ready) || len(line.Packages[0].Lines) != 1 || line.Packages[0].Lines[0].Pieces != 1 {
			t.Errorf("%+v", line)
		}
		if i > 0 && line.Due < orders[i-1].Due {
			t.Errorf("%s is due before %s and listed behind it", line.OrderID, orders[i-1].OrderID)
		}
	}
	if named := read[orderLine](t, p.must("", &Orders{Filter: all[0].OrderID[4:], JSON: true})); len(named) != 1 || named[0].OrderID != all[0].OrderID {
		t.Errorf("%+v", named)
	}
	made := read[waveLine](t, p.must("", &WaveMake{Filter: []string{`"filter:one piece"`}, Most: 5, Waves: 1, JSON: true}))
	if len(made) != 1 || made[0].Filter != "pieces:1" || made[0].Pieces != made[0].Parcels {
		t.Errorf("%+v", made)
	}
	for problem, v := range map[string]verb{
		"filter.unknown": &FilterDrop{Name: "short lived"}, "wave.filter": &FilterSave{Name: "x", Words: []string{"pieces:none"}}, "filter.name": &FilterSave{Name: `"`, Words: []string{"pieces:1"}},
	} {
		if end := p.run("", v); end.code == ExitDone || !strings.Contains(end.stderr, problem) {
			t.Errorf("%s: %+v", problem, end)
		}
	}
	if end := p.run("", &Orders{Filter: "filter:short"}); end.code == ExitDone || !strings.Contains(end.stderr, "filter.unknown") {
		t.Errorf("%+v", end)
	}
}
