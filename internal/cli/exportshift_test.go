package cli

import (
	"path/filepath"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// What was done goes into a file as shift tells it, a day after the other.
func TestShiftsAreWritten(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	o := p.waiting(2)[0]
	p.pack(append(append([]string{string(o.Packages[0].PackageID)}, p.scansOf(o)...), "label")...)
	today := time.Now().Format(time.DateOnly)
	told := read[shiftLine](t, p.must("", &Shift{JSON: true}))
	file := filepath.Join(t.TempDir(), "shift.csv")
	p.must("", &Export{What: "shift", Out: file})
	rows := tableIn(t, file)
	if len(rows) != len(told)+1 || len(told) < 2 {
		t.Fatalf("%q\n%+v", rows, told)
	}
	for i, line := range told {
		if row := rows[i+1]; row[0] != today || row[1] != line.Of || row[3] != "1" || row[4] != "2" || line.Parcels != 1 || line.Pieces != 2 {
			t.Errorf("%q, want %+v", row, line)
		}
	}
	p.must("", &Export{What: "shift", From: "2026-01-01", To: "2026-01-05", Out: file})
	if rows := tableIn(t, file); len(rows) != 1 {
		t.Errorf("%q", rows)
	}
	if got := order.AsProblem((&Export{What: "shift", Out: file, Filter: "market:MY"}).Run(p.environment())).Key; got != "usage.export_list" {
		t.Errorf("%q", got)
	}
	if got := order.AsProblem((&Export{What: "shift", From: "2026-01-01", To: "2026-06-01", Out: file}).Run(p.environment())).Key; got != "export.too_long" {
		t.Errorf("%q", got)
	}
}
