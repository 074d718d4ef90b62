package cli

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
)

// What was packed, and what a scan kept out, is told by the verb, and by the history of the parcel.
func TestShift(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3, LabelDelay: time.Millisecond})
	two := p.waiting(2)
	o, items := two[0], p.scansOf(two[0])
	parcel := string(o.Packages[0].PackageID)
	wrong := ""
	for _, barcode := range p.barcodes {
		if !slices.Contains(items, barcode) {
			wrong = barcode
		}
	}
	end, lines := p.pack(parcel, items[0], wrong, "@150ms "+wrong, items[1], "wait", "label", "wait")
	if got, want := outcomesOf(lines), []string{"opened", "taken", "wrong_item", "repeat", "taken", "confirmed"}; end.code != ExitDone || !slices.Equal(got, want) {
		t.Fatalf("exit code %d, %v\n%s", end.code, got, end.stderr)
	}
	day := time.Now().Local().Format(time.DateOnly)
	rows := read[shiftLine](t, p.must("", &Shift{JSON: true}))
	if len(rows) != 3 || rows[0].Of != "all" || rows[1].Of != "packer" || rows[2].Of != "bench" {
		t.Fatalf("%+v", rows)
	}
	articles := 1
	if items[0] != items[1] {
		articles = 2
	}
	for _, row := range rows {
		if row.Day != day || row.Parcels != 1 || row.Pieces != 2 || row.Lines != articles || row.Caught != 1 || row.WrongLabels != 0 || row.Sent != 1 || row.On != 1 || row.Reprints != 0 {
			t.Errorf("%+v", row)
		}
	}
	if all := rows[0]; all.Bench == nil || *all.Bench != 0 || *all.Carried != 0 {
		t.Errorf("the balance: %+v", all)
	}
	if said := p.must("", &Shift{}); !strings.Contains(said, "1 sent and 0 from before = 1 on parcels") || !strings.Contains(said, "Lines an hour") {
		t.Errorf("said %s", said)
	}
	if rows := read[shiftLine](t, p.must("", &Shift{JSON: true, Trend: true})); len(rows) != 1 || rows[0].Day != day {
		t.Errorf("the trend: %+v", rows)
	}
	if rows := read[shiftLine](t, p.must("", &Shift{JSON: true, Day: "2020-02-03"})); len(rows) != 1 || rows[0].Parcels != 0 || rows[0].Bench != nil {
		t.Errorf("another day: %+v", rows)
	}
	if rows := read[shiftLine](t, p.must("", &Shift{JSON: true, Packer: "nobody of this name"})); len(rows) != 1 || rows[0].Parcels != 0 {
		t.Errorf("somebody else: %+v", rows)
	}
	if end := p.run("", &Shift{Day: "yesterday"}); end.code != ExitUsage {
		t.Errorf("exit code %d", end.code)
	}
	if said := p.must("", &History{Code: parcel}); !strings.Contains(said, "kept out by a scan") {
		t.Errorf("the history: %s", said)
	}
}
