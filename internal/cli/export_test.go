package cli

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/report"
	"packbench/store"
)

// tableIn are the rows of an xlsx or csv file.
func tableIn(t *testing.T, file string) [][]string {
	t.Helper()
	if filepath.Ext(file) == ".xlsx" {
		book, err := excelize.OpenFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := book.GetRows("Sheet1")
		if err := errors.Join(err, book.Close()); err != nil {
			t.Fatal(err)
		}
		return rows
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Every order is in the export once, and the lines are those that orders --json lists.
func TestExportsHoldWhatTheBenchKnows(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 3})
	o := p.waiting(2)[0]
	p.pack(append(append([]string{string(o.Packages[0].PackageID)}, p.scansOf(o)...), "label")...)
	folder := t.TempDir()
	all := p.orders(Orders{})
	pieces := 0
	var ids []string
	for _, o := range all {
		ids = append(ids, o.OrderID)
		for _, parcel := range o.Packages {
			for _, line := range parcel.Lines {
				pieces += line.Pieces
			}
		}
	}
	slices.Sort(ids)
	for what, rows := range map[string]int{"orders": 60, "lines": pieces, "labels": 1} {
		for _, ending := range []string{".xlsx", ".csv"} {
			file := filepath.Join(folder, what+ending)
			said := read[exportLine](t, p.must("", &Export{What: what, Out: file, JSON: true}))
			if len(said) != 1 || said[0].Orders != 60 || said[0].Rows != rows || said[0].File != file || said[0].What != report.What(what) {
				t.Errorf("%+v, want %d rows", said, rows)
			}
			got := tableIn(t, file)
			if len(got) != rows+1 {
				t.Errorf("%s has %d rows, want %d", file, len(got)-1, rows)
			}
			var first []string
			for _, row := range got[1:] {
				first = append(first, strings.TrimSuffix(row[0], "\t"))
			}
			if slices.Sort(first); what == "orders" && !slices.Equal(first, ids) {
				t.Errorf("%s holds %v", file, first)
			}
			if want := map[string]string{".xlsx": "Order", ".csv": "order_id"}[ending]; got[0][0] != want {
				t.Errorf("%s begins with %q", file, got[0][0])
			}
		}
	}
	labels := tableIn(t, filepath.Join(folder, "labels.csv"))
	if row := labels[1]; strings.TrimSuffix(row[0], "\t") != o.OrderID || !slices.Contains(row, string(report.Scanned)) {
		t.Errorf("%q", row)
	}
	some := read[exportLine](t, p.must("", &Export{What: "orders", Filter: "state:confirmed", CSV: filepath.Join(folder, "some"), Plain: true, JSON: true}))[0]
	if got := tableIn(t, some.File); some.Orders != 1 || len(got) != 2 || got[1][0] != o.OrderID {
		t.Errorf("%+v, %q", some, got)
	}
	if none := read[exportLine](t, p.must("", &Export{What: "orders", From: "2020-01-01", To: "2020-01-31", XLSX: filepath.Join(folder, "none"), JSON: true}))[0]; none.Orders != 0 {
		t.Errorf("%+v", none)
	}
	if end := p.run("", &Export{What: "orders", Out: filepath.Join(folder, "again.csv")}); !strings.Contains(end.stdout, "again.csv is written: 60 orders, 60 rows") {
		t.Errorf("%+v", end)
	}
}

// What is wrong with a wish is said before anything is written.
func TestExportsThatAreRefused(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 5, Seed: 3})
	file := filepath.Join(t.TempDir(), "orders.xlsx")
	for problem, v := range map[string]*Export{
		"usage.export]":           {What: "orders", Out: file, CSV: file},
		"usage.export_file]":      {What: "orders", Out: "orders.doc"},
		"usage.export_plain]":     {What: "orders", Out: file, Plain: true},
		"usage.export_backwards]": {What: "orders", Out: file, From: "2026-11-02", To: "2026-11-01"},
		"usage.time:":             {What: "orders", Out: file, From: "yesterday"},
		"export.too_long]":        {What: "orders", Out: file, From: "2026-01-01", To: "2026-07-19"},
	} {
		if end := p.run("", v); end.code != ExitUsage || !strings.Contains(end.stderr, problem) {
			t.Errorf("%s: %+v", problem, end)
		} else if problem == "export.too_long]" && !strings.Contains(end.stderr, "--from 2026-01-01 --to 2026-03-31; --from 2026-04-01 --to 2026-06-29; --from 2026-06-30 --to 2026-07-19") {
			t.Error(end.stderr)
		}
	}
	if end := p.run("", &Export{What: "orders", Out: filepath.Join(filepath.Dir(file), "none", "x.csv")}); end.code != ExitFailed || !strings.Contains(end.stderr, "export.no_folder") {
		t.Errorf("%+v", end)
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// More orders than a file holds are told with the ranges to ask for, each of which is then taken; or they go into as many files as it takes.
func TestMoreOrdersThanAFileHolds(t *testing.T) {
	if testing.Short() {
		t.Skip("saves 20,000 orders")
	}
	dir := t.TempDir()
	files, err := store.Open(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	var page []order.Order
	for n := range 20_000 {
		page = append(page, order.Order{ID: orderID(n), Status: order.AwaitingShipment, CreatedAt: now.AddDate(0, 0, -n%40), Lines: []order.Line{{ID: "1", SKUID: "1"}}})
		if len(page) == 2000 {
			if err := files.SaveOrders(page, now); err != nil {
				t.Fatal(err)
			}
			page = page[:0]
		}
	}
	if err := files.Close(); err != nil {
		t.Fatal(err)
	}
	p := &place{t: t, dir: dir}
	file := filepath.Join(t.TempDir(), "orders.csv")
	end := p.run("", &Export{What: "orders", Out: file})
	if end.code != ExitUsage || !strings.Contains(end.stderr, "20000 orders are more than the 15000") {
		t.Fatalf("%+v", end)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("something was written")
	}
	told := 0
	_, ranges, _ := strings.Cut(strings.SplitN(end.stderr, "\n", 2)[0], "--from ")
	for _, one := range strings.Split(ranges, "; --from ") {
		from, to, _ := strings.Cut(one, " --to ")
		part := read[exportLine](t, p.must("", &Export{What: "orders", Out: file, From: from, To: to, JSON: true}))[0]
		if told += part.Orders; part.Orders > report.MostOrders || len(tableIn(t, file)) != part.Orders+1 {
			t.Errorf("%+v", part)
		}
	}
	if told != 20_000 {
		t.Errorf("the ranges hold %d orders", told)
	}
	written := 0
	for _, part := range read[exportLine](t, p.must("", &Export{What: "orders", Out: file, Split: true, JSON: true})) {
		written += len(tableIn(t, part.File)) - 1
	}
	if written != 20_000 {
		t.Errorf("the files hold %d orders", written)
	}
}

func orderID(n int) string { return fmt.Sprint(579200000000000000 + n) }

// A full disk is told as one, however deep in the file it was met; what a read met is told as that.
func TestWhyAFileIsNotWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "orders.xlsx")
	for want, err := range map[string]error{
		"export.full":       errors.Join(&os.PathError{Op: "write", Path: file, Err: syscall.ENOSPC}, errors.New("and more")),
		"export.unwritable": &os.PathError{Op: "open", Path: file, Err: syscall.EACCES},
		"store.failed":      fmt.Errorf("sheet: %w", order.Trouble(nil, "store.failed")),
		"bench.closing":     errors.Join(context.Canceled),
	} {
		if got := order.AsProblem(notWritten(err, file)).Key; got != want {
			t.Errorf("%v is told as %s", err, got)
		}
	}
}
