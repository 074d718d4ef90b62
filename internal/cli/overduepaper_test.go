package cli

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"packbench/internal/platform/sandbox"
	"packbench/internal/report"
	"packbench/internal/testkit"
)

// The list goes on paper and into files with as many parcels and clocks as its lines say.
func TestTheOverdueListGoesOnPaperAndIntoFiles(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 30, Seed: 3})
	at := p.environment().Now().Add(10 * 24 * time.Hour).UTC().Format(time.RFC3339)
	lines := read[overdueLine](t, p.run("", &Overdue{At: at, JSON: true}).stdout)
	if len(lines) < 5 {
		t.Fatalf("only %d lines", len(lines))
	}
	var parcels []string
	for _, line := range lines {
		parcels = append(parcels, string(line.PackageID))
	}
	slices.Sort(parcels)
	parcels = slices.Compact(parcels)

	folder := t.TempDir()
	for size, want := range map[string]string{"100x150": "overdue-1.png", "210x297": "overdue.pdf"} {
		done := p.run("", &Overdue{At: at, OnPaper: OnPaper{To: folder, Size: size}})
		if _, err := os.Stat(filepath.Join(folder, want)); done.code != ExitDone || err != nil {
			t.Fatalf("%s: %+v, %v", size, done, err)
		}
	}
	var codes []string
	pages, err := filepath.Glob(filepath.Join(folder, "overdue-*.png"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		codes = append(codes, testkit.ReadCodes(t, page)...)
	}
	slices.Sort(codes)
	if !slices.Equal(codes, parcels) {
		t.Errorf("read %q on %d pages, want %q", codes, len(pages), parcels)
	}

	sheet, text := filepath.Join(folder, "late.xlsx"), filepath.Join(folder, "late.csv")
	p.must("", &Overdue{At: at, XLSX: true, File: sheet})
	p.must("", &Overdue{At: at, CSV: true, File: text})
	file, err := excelize.OpenFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := file.GetRows(file.GetSheetName(0))
	if err != nil || len(rows) != len(lines)+1 || len(rows[0]) != len(report.OverdueColumns) || rows[1][0] != string(lines[0].PackageID) {
		t.Errorf("%d rows in the spreadsheet for %d lines, %v: %q", len(rows), len(lines), err, rows[0])
	}
	data, err := os.ReadFile(text)
	if err != nil {
		t.Fatal(err)
	}
	if all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll(); err != nil || len(all) != len(lines)+1 {
		t.Errorf("%d rows in the text for %d lines, %v", len(all), len(lines), err)
	}
	said := p.run("", &Overdue{At: at, CSV: true})
	if all, err := csv.NewReader(strings.NewReader(said.stdout)).ReadAll(); err != nil || len(all) != len(lines)+1 || all[0][0] != "package_id" {
		t.Errorf("%d rows on standard output for %d lines, %v", len(all), len(lines), err)
	}
	for name, wrong := range map[string]*Overdue{"two files": {XLSX: true, CSV: true, File: sheet}, "a file of what": {File: sheet}, "paper and file": {XLSX: true, OnPaper: OnPaper{To: folder, Size: "100x150"}}} {
		if end := p.run("", wrong); end.code == ExitDone || !strings.Contains(end.stderr, "usage.overdue") {
			t.Errorf("%s: %+v", name, end)
		}
	}
}
