package report

import (
	"bufio"
	"encoding/csv"
	"io"
	"strings"
	"time"
)

// byteOrderMark tells Excel that a text is UTF-8; without it Chinese names become nonsense there.
const byteOrderMark = "\ufeff"

// formulas are the characters a cell must not begin with: spreadsheets take what follows for a formula and carry it out (OWASP, CSV Injection).
const formulas = "=+-@\t\r"

// roundedFrom is how many digits Excel still shows: it writes a number of 12 as 1.23457E+11, and forgets those behind the 15th.
const roundedFrom = 12

// writeCSV writes a table as Excel and LibreOffice open it by a double click: the names of the columns, then the rows.
func writeCSV(w io.Writer, t Table) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	return writeText(w, t, forSpreadsheet)
}

// WritePlainCSV writes a table for programs.
func WritePlainCSV(w io.Writer, t Table) error { return writeText(w, t, harmless) }

func writeText(w io.Writer, t Table, safe func(string) string) error {
	buffered := bufio.NewWriter(w)
	out := csv.NewWriter(buffered)
	out.UseCRLF = true // RFC 4180
	fields := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		fields[i] = c.Name
	}
	if err := out.Write(fields); err != nil {
		return err
	}
	err := t.Rows(func(row []Cell) error {
		for i, cell := range row {
			switch t.Columns[i].Kind {
			case Number:
				fields[i] = cell.Text
			case Moment:
				fields[i] = written(cell.At, t.Zone)
			default:
				fields[i] = safe(cell.Text)
			}
		}
		return out.Write(fields)
	})
	out.Flush()
	for _, failed := range []error{err, out.Error()} {
		if failed != nil {
			return failed
		}
	}
	return buffered.Flush()
}

// written is a moment as programs and people read it.
func written(at time.Time, zone *time.Location) string {
	if at.IsZero() {
		return ""
	}
	return at.In(zone).Format(time.RFC3339)
}

// harmless is a text that no spreadsheet takes for a formula: an apostrophe stands before one that begins like it.
func harmless(text string) string {
	if text != "" && strings.ContainsRune(formulas, rune(text[0])) {
		return "'" + text
	}
	return text
}

// forSpreadsheet is a text that a spreadsheet leaves as it is: behind a long row of digits, or one with zeros before it, stands a tab, so that no number is made of it.
func forSpreadsheet(text string) string {
	digits := text != "" && strings.Trim(text, "0123456789") == ""
	if digits && (len(text) >= roundedFrom || len(text) > 1 && text[0] == '0') {
		return text + "\t"
	}
	return harmless(text)
}
