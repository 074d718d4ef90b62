package report

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"packbench/internal/order"
)

// What is how an export is called by what it holds.
type What string

// The exports.
const (
	Orders  What = "orders"  // an order each
	Lines   What = "lines"   // a piece each
	Labels  What = "labels"  // a label each, with what became of it
	Buyers  What = "buyers"  // a buyer each who is to be told something
	Overdue What = "overdue" // a clock each that ran out
	Shifts  What = "shift"   // a day, bench and packer each
)

// Kind is what stands in a column.
type Kind int

// The kinds of columns.
const (
	Text   Kind = iota // also ids, which are never numbers
	Number             // Cell.Text is its decimal digits
	Moment             // Cell.At; a zero time leaves the cell empty
)

// Column is a column of an export.
type Column struct {
	Name    string     // the same in every language, as --json calls it
	Heading order.Said // what people call it
	Kind    Kind
	Width   float64 // in a spreadsheet, in characters
}

// Cell is what stands in a row of a column.
type Cell struct {
	Text string
	At   time.Time
}

// Rows gives rows one after the other, each as long as the columns are many, until one is refused. A row may be used again for the next.
type Rows func(row func([]Cell) error) error

// Table is what is written into a file.
type Table struct {
	Columns  []Column
	Headings []string // of the columns in a person's language, for a spreadsheet
	Zone     *time.Location
	Rows     Rows
}

// Format is a kind of file.
type Format string

// The formats of an export, by the endings of their files.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
	// PlainCSV is CSV for programs: without a byte order mark, ids as they are. It has the ending of CSV.
	PlainCSV Format = "plain"
)

// FormatOf is the format of a file by its ending; false where it is none of those that are written.
func FormatOf(file string) (Format, bool) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".xlsx":
		return XLSX, true
	case ".csv":
		return CSV, true
	}
	return "", false
}

// WriteFile writes a table into a file so that it is there whole or not at all: it lies in a folder of its own beside until it is whole and on the disk, then takes the
// place of what was there. Errors are those of the rows and of the disk.
func WriteFile(path string, format Format, table Table) (err error) {
	beside, err := os.MkdirTemp(filepath.Dir(path), ".export-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(beside)) }()
	file, err := os.OpenFile(filepath.Join(beside, "file"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	write := writeXLSX
	switch format {
	case CSV:
		write = writeCSV
	case PlainCSV:
		write = WritePlainCSV
	}
	err = write(file, table)
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
