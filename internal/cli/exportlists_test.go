package cli

import (
	"path/filepath"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// What is late goes into a file, of the parcels that a filter finds.
func TestWhatIsLateIsWritten(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	later := func() *Environment {
		e := p.environment()
		e.Now = func() time.Time { return time.Now().AddDate(0, 0, 9) }
		return e
	}
	file := filepath.Join(t.TempDir(), "late.csv")
	all := 0
	for _, filter := range []string{"", "pieces:1", "pieces:2-"} {
		if err := (&Export{What: "overdue", Filter: filter, Out: file}).Run(later()); err != nil {
			t.Fatal(err)
		}
		rows := len(tableIn(t, file)) - 1
		if filter == "" {
			all = rows
		} else if all -= rows; rows == 0 {
			t.Errorf("%s finds nothing that is late", filter)
		}
	}
	if all != 0 {
		t.Errorf("%d rows are in one list and not in the other", all)
	}
	if got := order.AsProblem((&Export{What: "overdue", Out: file, From: "2026-11-01"}).Run(p.environment())).Key; got != "usage.export_list" {
		t.Errorf("%q", got)
	}
}

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
