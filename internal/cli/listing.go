package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// listing is a list for programs, an object a line, or for people: a header in their language and columns that line up.
type listing struct {
	e      *Environment
	asJSON bool
	header string // its columns parted by tabs
	table  *tabwriter.Writer
}

// listing begins a list; header is the key of its header.
func (e *Environment) listing(asJSON bool, header string) *listing {
	return &listing{e: e, asJSON: asJSON, header: e.Tongue.Text(header), table: tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)}
}

// add adds a row, of which programs get value and people the columns.
func (l *listing) add(value any, columns ...string) error {
	if l.asJSON {
		return l.e.Line(value)
	}
	if l.header != "" { // a list without rows has no header
		if _, err := fmt.Fprintln(l.table, l.header); err != nil {
			return err
		}
		l.header = ""
	}
	_, err := fmt.Fprintln(l.table, strings.TrimRight(strings.Join(columns, "\t"), "\t"))
	return err
}

// end writes what is left.
func (l *listing) end() error { return l.table.Flush() }
