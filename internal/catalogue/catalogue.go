// Package catalogue reads and writes the seller's goods as people keep them: in a sheet of a spreadsheet, or as text.
package catalogue

import (
	"bytes"
	"io"

	"packbench/internal/order"
)

// Found is what a file of goods held, and how it was written.
type Found struct {
	Goods    []order.Good
	Encoding Encoding // of a text
	Sheet    string   // of a spreadsheet: the one the goods were read from
}

const (
	// mostBytes bounds a file of goods: 20,000 articles need about 2 MB.
	mostBytes = 64 << 20
	// mostRows bounds its rows, and mostCells the cells of one: a broken file is told early.
	mostRows  = 200_000
	mostCells = 256
)

// How the files begin that are no text: the local header of a ZIP file (APPNOTE 4.3.7), and of the compound files (MS-CFB 2.2) that spreadsheets were
// before 2007 and are today with a password.
var (
	zipMagic      = []byte("PK\x03\x04")
	compoundMagic = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
)

// Read reads the seller's goods from an xlsx file, or from text with the cells parted by commas, semicolons or tabs. Which it is says the file itself. It
// returns all goods or none. Its errors are Problems: those of order.ReadGoods, and one of catalogue.too_large, old_excel, broken, no_sheet, encoding.
func Read(r io.Reader) (Found, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return Found{}, order.Trouble(err, "catalogue.broken")
	}
	switch {
	case len(data) > mostBytes:
		return Found{}, order.Trouble(nil, "catalogue.too_large", "megabytes", mostBytes>>20)
	case bytes.HasPrefix(data, zipMagic):
		return readSheets(data)
	case bytes.HasPrefix(data, compoundMagic):
		return Found{}, order.Trouble(nil, "catalogue.old_excel")
	}
	return readText(data)
}

// bounded passes on rows as long as they are not too many and not too wide.
func bounded(rows order.Rows) order.Rows {
	read := 0
	return func() ([]string, int, error) {
		cells, line, err := rows()
		if read++; err == nil && (read > mostRows || len(cells) > mostCells) {
			return nil, line, order.Trouble(nil, "catalogue.too_many", "rows", mostRows, "cells", mostCells)
		}
		return cells, line, err
	}
}
