package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

var columns = []Column{{Name: "order_id", Width: 22}, {Name: "note", Width: 30}, {Name: "pieces", Kind: Number, Width: 8}, {Name: "placed", Kind: Moment, Width: 20}}

func table(rows ...[]Cell) Table {
	return Table{Columns: columns, Headings: []string{"订单号", "Note", "Pieces", "Placed"}, Zone: time.FixedZone("", 8*3600), Rows: func(row func([]Cell) error) error {
		for _, one := range rows {
			if err := row(one); err != nil {
				return err
			}
		}
		return nil
	}}
}

func row(id, note string, pieces int, placed time.Time) []Cell {
	return []Cell{text(id), text(note), number(pieces), at(placed)}
}

// readSheet is what a spreadsheet program finds in a file.
func readSheet(t *testing.T, file string) [][]string {
	t.Helper()
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestASpreadsheetIsReadAsItWasWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "orders.xlsx")
	hostile := "=HYPERLINK(\"http://x\",\"y\") <&>\x01 空 🎁"
	if err := WriteFile(file, XLSX, table(row("579200000100000007", hostile, 3, noon), row("007", "", 0, time.Time{}), row("1", strings.Repeat("长", 20_000), 1, noon))); err != nil {
		t.Fatal(err)
	}
	got := readSheet(t, file)
	if want := []string{"订单号", "Note", "Pieces", "Placed"}; len(got) != 4 || !slices.Equal(got[0], want) {
		t.Fatalf("%q", got)
	}
	// Noon in UTC is eight in the evening where the bench stands; a control character no XML can hold is one that says so.
	if diff := cmp.Diff([]string{"579200000100000007", strings.ReplaceAll(hostile, "\x01", "\ufffd"), "3", "2026-11-22 20:00:00"}, got[1]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"007", "", "0"}, got[2]); diff != "" {
		t.Error(diff)
	}
	if cell := got[3][1]; len(cell) > longestCell || !strings.HasSuffix(cell, "长") {
		t.Errorf("a cell of %d bytes, which ends with %q", len(cell), cell[len(cell)-3:])
	}
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeInlineString, "B2": excelize.CellTypeInlineString, "C2": excelize.CellTypeUnset, "D2": excelize.CellTypeUnset} {
		if got, err := book.GetCellType("Sheet1", cell); err != nil || got != want {
			t.Errorf("%s is of type %v, %v", cell, got, err)
		}
		if formula, err := book.GetCellFormula("Sheet1", cell); err != nil || formula != "" {
			t.Errorf("%s holds the formula %q, %v", cell, formula, err)
		}
	}
}

func TestCSVForExcelAndForPrograms(t *testing.T) {
	rows := table(row("579200000100000007", "=1+1", 3, noon), row("0071", "@SUM(A1)\n\"x\",", 2, time.Time{}), row("12345678901", "-5", 1, noon), row("o:57", "\t+1", 1, noon))
	file := filepath.Join(t.TempDir(), "orders.csv")
	for format, want := range map[Format]string{
		CSV: "\ufefforder_id,note,pieces,placed\r\n579200000100000007\t,'=1+1,3,2026-11-22T20:00:00+08:00\r\n0071\t,\"'@SUM(A1)\r\n\"\"x\"\",\",2,\r\n" +
			"12345678901,'-5,1,2026-11-22T20:00:00+08:00\r\no:57,'\t+1,1,2026-11-22T20:00:00+08:00\r\n",
		PlainCSV: "order_id,note,pieces,placed\r\n579200000100000007,'=1+1,3,2026-11-22T20:00:00+08:00\r\n0071,\"'@SUM(A1)\r\n\"\"x\"\",\",2,\r\n" +
			"12345678901,'-5,1,2026-11-22T20:00:00+08:00\r\no:57,'\t+1,1,2026-11-22T20:00:00+08:00\r\n",
	} {
		if err := WriteFile(file, format, rows); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Error(format, diff)
		}
	}
}

// No text, whatever it is, begins a cell as a formula does, and a program reads back what was written but for the marks that keep it harmless.
func TestNoCellOfACSVIsAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		said := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=+\-@\t\r'0-9][=+\-@\t\r0-9A-Z]*`)).Draw(t, "text")
		for _, safe := range []func(string) string{harmless, forSpreadsheet} {
			cell := safe(said)
			if cell != "" && strings.ContainsRune(formulas, rune(cell[0])) {
				t.Fatalf("%q begins like a formula", cell)
			}
			if cell != said && cell != "'"+said && cell != said+"\t" {
				t.Fatalf("%q became %q", said, cell)
			}
		}
	})
}

func TestWhatFailsLeavesWhatWasThere(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "orders.xlsx")
	if err := os.WriteFile(file, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	cut := errors.New("the reading broke off")
	broken := table()
	broken.Rows = func(row func([]Cell) error) error {
		for range 5000 {
			if err := row([]Cell{text("579200000100000007"), text("x"), number(1), at(noon)}); err != nil {
				return err
			}
		}
		return cut
	}
	for _, format := range []Format{XLSX, CSV, PlainCSV} {
		if err := WriteFile(file, format, broken); !errors.Is(err, cut) {
			t.Errorf("%s: %v", format, err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "before" {
		t.Errorf("%q, %v", got, err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
	if err := WriteFile(filepath.Join(folder, "missing", "orders.csv"), CSV, table()); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// full is a disk with room for so many bytes.
type full struct{ room int }

var errFull = errors.New("no room")

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// Wherever the disk is full, the writing says so: neither the library nor a buffer swallows it.
func TestAFullDiskIsToldWherever(t *testing.T) {
	var rows [][]Cell
	for n := range 3000 {
		rows = append(rows, row("579200000100000007", strings.Repeat("x", n%40), n, noon))
	}
	var whole bytes.Buffer
	for name, write := range map[string]func(io.Writer, Table) error{"xlsx": writeXLSX, "csv": writeCSV} {
		whole.Reset()
		if err := write(&whole, table(rows...)); err != nil {
			t.Fatal(err)
		}
		for share := range 20 {
			if err := write(&full{whole.Len() * share / 20}, table(rows...)); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d of 20 parts: %v", name, share, err)
			}
		}
	}
}

// LibreOffice opens the file and finds every row, with ids that are still texts. Where it is not installed, the library reads the file, which proves less.
func TestLibreOfficeOpensIt(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "orders.xlsx")
	var rows [][]Cell
	for n := range 1234 {
		rows = append(rows, row("0579200000100000007", "=1+"+strings.Repeat("1", n%5), n, noon.Add(time.Duration(n)*time.Minute)))
	}
	if err := WriteFile(file, XLSX, table(rows...)); err != nil {
		t.Fatal(err)
	}
	office, err := exec.LookPath("localc")
	if err != nil {
		if got := readSheet(t, file); len(got) != 1235 {
			t.Errorf("%d rows", len(got))
		}
		t.Log("LibreOffice is not installed: it was not tried, only the library read the file")
		return
	}
	convert := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(folder, "profile"), "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", folder, file)
	if said, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	converted, err := os.Open(filepath.Join(folder, "orders.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer converted.Close()
	got, err := csv.NewReader(converted).ReadAll()
	if err != nil || len(got) != 1235 {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	for n, line := range got[1:] {
		if want := []string{"0579200000100000007", rows[n][1].Text, rows[n][2].Text, rows[n][3].At.Add(8 * time.Hour).Format("2006-01-02 15:04:05")}; !slices.Equal(line, want) {
			t.Fatalf("row %d is %q, want %q", n, line, want)
		}
	}
	t.Logf("LibreOffice found %d rows below the header", len(got)-1)
}

func TestSplit(t *testing.T) {
	shanghai := time.FixedZone("", 8*3600)
	day := func(d, h int) time.Time { return time.Date(2026, 11, d, h, 0, 0, 0, shanghai) }
	many := func(n int, from time.Time, apart time.Duration) (times []time.Time) {
		for i := range n {
			times = append(times, from.Add(time.Duration(i)*apart).UTC())
		}
		return times
	}
	whole := Span{day(1, 0), day(20, 0)}
	for name, c := range map[string]struct {
		times []time.Time
		want  []Span
	}{
		"all in one":             {many(10, day(2, 0), time.Hour), []Span{whole}},
		"at midnight":            {append(many(6, day(2, 1), time.Hour), many(6, day(3, 1), time.Hour)...), []Span{{day(1, 0), day(3, 0)}, {day(3, 0), day(20, 0)}}},
		"within a day":           {many(15, day(5, 2), time.Hour), []Span{{day(1, 0), day(5, 12)}, {day(5, 12), day(20, 0)}}},
		"all in the same second": {many(15, day(5, 2), 0), []Span{whole}},
		"a second, and one more": {append(many(15, day(5, 2), 0), day(5, 3)), []Span{{day(1, 0), day(5, 2).Add(time.Second)}, {day(5, 2).Add(time.Second), day(20, 0)}}},
	} {
		if got := Split(whole, c.times, 10); !slices.EqualFunc(got, c.want, func(a, b Span) bool { return a.From.Equal(b.From) && a.To.Equal(b.To) }) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Whatever the times, the parts follow each other, hold each time once and no more than they may unless they share a second.
func TestSplitLosesNothing(t *testing.T) {
	span := Span{noon, noon.AddDate(0, 0, 5)}
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.SliceOfN(rapid.IntRange(0, 5*86400-1), 0, 60).Draw(t, "seconds")
		most := rapid.IntRange(1, 20).Draw(t, "most")
		var times []time.Time
		for _, s := range seconds {
			times = append(times, noon.Add(time.Duration(s)*time.Second))
		}
		end, held := span.From, 0
		for _, part := range Split(span, slices.Clone(times), most) {
			if !part.From.Equal(end) || !part.To.After(part.From) {
				t.Fatalf("%v follows %v", part, end)
			}
			end = part.To
			in := map[int64]bool{}
			n := 0
			for _, at := range times {
				if part.Holds(at) {
					n, in[at.Unix()] = n+1, true
				}
			}
			if held += n; n > most && len(in) > 1 {
				t.Fatalf("%v holds %d", part, n)
			}
		}
		if !end.Equal(span.To) || held != len(times) {
			t.Fatalf("ends at %v with %d of %d", end, held, len(times))
		}
	})
}

func TestNinetyDays(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	span := LastDays(time.Date(2026, 11, 22, 15, 4, 0, 0, berlin)) // the clocks went back on 10-25: 90 days and an hour
	if want := (Span{time.Date(2026, 8, 25, 0, 0, 0, 0, berlin), time.Date(2026, 11, 23, 0, 0, 0, 0, berlin)}); !span.From.Equal(want.From) || !span.To.Equal(want.To) {
		t.Errorf("%v", span)
	}
	if !span.Days() || span.TooLong() || !(Span{span.From, span.To.Add(time.Second)}).TooLong() {
		t.Error("90 days are as many as it may be")
	}
}
