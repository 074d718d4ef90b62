package cli

import (
	"slices"
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// The labels of a wall and of totes carry the barcodes they were registered by.
func TestSlotLabels(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 5, Seed: 4})
	p.must("", &WallAdd{Name: "A", Rows: 3, Columns: 5})
	p.must("", &WallAdd{Name: "B", Rows: 1, Columns: 1})
	folder := t.TempDir()
	missing := func(v *ToteLabels) bool { return strings.Contains(p.run("", v).stderr, "paper.no_totes") }
	if !missing(&ToteLabels{OnPaper: OnPaper{To: folder, Size: "100x150"}}) {
		t.Error("totes were found where none is")
	}
	p.must("", &ToteAdd{Codes: []string{"TOTE-1", "TOTE-2"}})
	var codes, want []string
	for _, line := range read[paperLine](t, p.must("", &WallLabels{Name: "A", OnPaper: OnPaper{To: folder, Size: "100x150"}})) {
		if line.Sheet != slotLabels || line.Wall != "A" {
			t.Errorf("%+v", line)
		}
		codes = append(codes, codesOn(t, folder, line.File)...)
	}
	for n := range 15 {
		want = append(want, order.SlotCode("A", n+1))
	}
	slices.Sort(codes)
	slices.Sort(want)
	if !slices.Equal(codes, want) {
		t.Errorf("%q, want %q", codes, want)
	}
	for _, named := range [][]string{nil, {"TOTE-2"}} {
		lines := read[paperLine](t, p.must("", &ToteLabels{Codes: named, OnPaper: OnPaper{To: folder, Size: "100x150"}}))
		read := codesOn(t, folder, lines[0].File)
		slices.Sort(read)
		if len(lines) != 1 || !slices.Equal(read, []string{"TOTE-1", "TOTE-2"}[min(1, len(named)):]) {
			t.Errorf("%q: %+v, %q", named, lines, read)
		}
	}
	for _, v := range []verb{&WallLabels{Name: "C", OnPaper: OnPaper{To: folder, Size: "100x150"}}, &ToteLabels{Codes: []string{"TOTE-1", "TOTE-9"}, OnPaper: OnPaper{To: folder, Size: "100x150"}}} {
		if end := p.run("", v); end.code == ExitDone || !strings.Contains(end.stderr, "slots.unknown") {
			t.Errorf("%+v", end)
		}
	}
}
