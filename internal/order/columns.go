package order

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// column is a column of the catalogue that a seller may leave out.
type column struct {
	name  string
	read  func(good *Good, cell string) error // cell has no blanks around it
	write func(Good) string                   // empty where the catalogue says nothing of the article
}

// furtherColumns are the columns beside CatalogueColumns that are understood, in the order in which they are written:
//
//   - cases: the barcodes of closed cases with their pieces, 16901234567897*12
//   - serial: whether each piece carries a serial number, one of yesses or of noes
//   - lot: what is captured of its pieces' lots: lot, expiry or both
//   - inserts: what is to be laid into a parcel with the article, by SKU or in words
//   - box: the packing material proposed for the article, by SKU or by its own code
//   - safety: the stock below which a supervisor wants to hear of the article
//   - marks: what hands have to know of the article: fragile, battery, gift, sample
//
// Several values in a cell are joined by "|".
var furtherColumns = []column{
	{"cases", func(g *Good, cell string) (err error) {
		g.Cases, err = readCases(cell, g.Barcodes)
		return err
	}, func(g Good) string { return writtenCases(g.Cases) }},
	{"serial", readSerial, func(g Good) string {
		if g.Numbered {
			return yesses[0]
		}
		return ""
	}},
	{"lot", readLot, writtenLot},
	{"inserts", readInserts, func(g Good) string { return strings.Join(g.Inserts, "|") }},
	{"safety", func(g *Good, cell string) (err error) {
		if g.Safety, err = wholeNumber(cell); err == nil && g.Safety < 0 {
			err = fmt.Errorf("%d is less than nothing", g.Safety)
		}
		if err != nil {
			err = fmt.Errorf("safety: %w", err)
		}
		return err
	}, func(g Good) string {
		if g.Safety == 0 {
			return ""
		}
		return strconv.Itoa(g.Safety)
	}},
	{"marks", readMarks, writtenMarks},
	{"box", func(g *Good, cell string) error { g.Box = cell; return nil }, func(g Good) string { return g.Box }},
}

var (
	yesses = []string{"1", "yes", "y", "true", "x", "是"}
	noes   = []string{"", "0", "no", "n", "false", "否"}
)

func readSerial(g *Good, cell string) error {
	cell = strings.ToLower(cell)
	g.Numbered = slices.Contains(yesses, cell)
	if !g.Numbered && !slices.Contains(noes, cell) {
		return fmt.Errorf("serial: %q is neither yes nor no", cell)
	}
	return nil
}

// The values of the column lot.
const (
	lotValue    = "lot"
	expiryValue = "expiry"
)

func readLot(g *Good, cell string) error {
	for _, value := range listed(strings.ToLower(cell)) {
		switch value {
		case lotValue:
			g.Lotted = true
		case expiryValue:
			g.Expires = true
		default:
			return fmt.Errorf("lot: %q is neither lot nor expiry", value)
		}
	}
	return nil
}

func writtenLot(g Good) string {
	var values []string
	if g.Lotted {
		values = append(values, lotValue)
	}
	if g.Expires {
		values = append(values, expiryValue)
	}
	return strings.Join(values, "|")
}

// mostInserts bounds what is to be laid into one parcel for one article: a packer has to be able to read it at a glance.
const mostInserts = 8

func readInserts(g *Good, cell string) error {
	g.Inserts = listed(cell)
	if len(g.Inserts) > mostInserts {
		return fmt.Errorf("inserts: %d are too many, %d at most", len(g.Inserts), mostInserts)
	}
	if slices.Contains(g.Inserts, g.SKU) {
		return fmt.Errorf("inserts: %s would be laid beside itself", g.SKU)
	}
	return nil
}

// listed are the values of a cell, each once.
func listed(cell string) (values []string) {
	for _, value := range strings.Split(cell, "|") {
		if value = strings.TrimSpace(value); value != "" && !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return values
}
