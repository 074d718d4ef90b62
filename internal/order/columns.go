package order

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// column is a column of the catalogue.
type column struct {
	name  string
	read  func(good *Good, cell string) error // a Problem; cell has no blanks around it
	write func(Good) string                   // empty where the catalogue says nothing of the article
}

// columns are the columns that are understood, in the order in which they are written. Beside CatalogueColumns they are
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
var columns = []column{
	{"seller_sku", func(g *Good, cell string) error { g.SKU = cell; return unruined(cell) }, func(g Good) string { return g.SKU }},
	{"barcodes", readBarcodes, func(g Good) string { return strings.Join(g.Barcodes, "|") }},
	{"name", func(g *Good, cell string) error { g.Name = cell; return nil }, func(g Good) string { return g.Name }},
	{"bin", func(g *Good, cell string) error { g.Bin = cell; return nil }, func(g Good) string { return g.Bin }},
	{"weight_g", func(g *Good, cell string) (err error) { g.WeightG, err = wholeNumber("weight_g", cell); return err },
		func(g Good) string { return strconv.Itoa(g.WeightG) }},
	{"stock", func(g *Good, cell string) (err error) { g.Stock, err = wholeNumber("stock", cell); return err },
		func(g Good) string { return strconv.Itoa(g.Stock) }},
	{"picture", func(g *Good, cell string) error { g.Picture = cell; return nil }, func(g Good) string { return g.Picture }},
	{"cases", readCases, func(g Good) string { return writtenCases(g.Cases) }},
	{"serial", readSerial, func(g Good) string {
		if g.Numbered {
			return yesses[0]
		}
		return ""
	}},
	{"lot", readLot, writtenLot},
	{"inserts", readInserts, func(g Good) string { return strings.Join(g.Inserts, "|") }},
	{"safety", func(g *Good, cell string) (err error) {
		if g.Safety, err = wholeNumber("safety", cell); err == nil && g.Safety < 0 {
			err = Trouble(nil, "catalogue.why.whole", "column", "safety", "value", cell)
		}
		return err
	}, func(g Good) string {
		if g.Safety == 0 {
			return ""
		}
		return strconv.Itoa(g.Safety)
	}},
	{"marks", readMarks, writtenMarks},
	{"box", func(g *Good, cell string) error { g.Box = cell; return unruined(cell) }, func(g Good) string { return g.Box }},
}

// Columns are the names of the columns that are understood, in the order in which they are written.
func Columns() []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return names
}

// Cell is what a column says of the good, as the catalogue writes it.
func (g Good) Cell(name string) string {
	for _, c := range columns {
		if c.name == name {
			return c.write(g)
		}
	}
	return ""
}

// ruined is what spreadsheets make of long numbers: 6.94106E+12.
var ruined = regexp.MustCompile(`^\d([.,]\d+)?[eE]\+\d+$`)

func unruined(code string) error {
	if ruined.MatchString(code) {
		return Trouble(nil, "catalogue.why.rounded", "code", code)
	}
	return nil
}

func readBarcodes(g *Good, cell string) error {
	g.Barcodes = listed(cell)
	for _, code := range g.Barcodes {
		if err := unruined(code); err != nil {
			return err
		}
	}
	return nil
}

func readCases(g *Good, cell string) error {
	g.Cases = nil
	for _, one := range strings.Split(cell, "|") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		code, pieces, _ := strings.Cut(one, "*")
		n, err := strconv.Atoi(strings.TrimSpace(pieces))
		code = strings.TrimSpace(code)
		if err != nil || code == "" || n < 2 || n > mostInCase || ruined.MatchString(code) {
			return Trouble(err, "catalogue.why.case", "case", one, "most", mostInCase)
		}
		g.Cases = append(g.Cases, Case{Code: code, Pieces: n})
	}
	return nil
}

func writtenCases(cases []Case) string {
	var written []string
	for _, c := range cases {
		written = append(written, fmt.Sprintf("%s*%d", c.Code, c.Pieces))
	}
	return strings.Join(written, "|")
}

// wholeNumber reads a count as spreadsheets write it: empty, 120 or 120.0.
func wholeNumber(column, cell string) (int, error) {
	if cell == "" {
		return 0, nil
	}
	value, err := strconv.ParseFloat(cell, 64)
	if err != nil || value != math.Trunc(value) || math.Abs(value) > 1e9 {
		return 0, Trouble(err, "catalogue.why.whole", "column", column, "value", cell)
	}
	return int(value), nil
}

var (
	yesses = []string{"1", "yes", "y", "true", "x", "是"}
	noes   = []string{"", "0", "no", "n", "false", "否"}
)

func readSerial(g *Good, cell string) error {
	cell = strings.ToLower(cell)
	g.Numbered = slices.Contains(yesses, cell)
	if !g.Numbered && !slices.Contains(noes, cell) {
		return Trouble(nil, "catalogue.why.serial", "value", cell)
	}
	return nil
}

// The values of the column lot.
const (
	lotValue    = "lot"
	expiryValue = "expiry"
)

func readLot(g *Good, cell string) error {
	g.Lotted, g.Expires = false, false
	for _, value := range listed(strings.ToLower(cell)) {
		switch value {
		case lotValue:
			g.Lotted = true
		case expiryValue:
			g.Expires = true
		default:
			return Trouble(nil, "catalogue.why.lot", "value", value)
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
		return Trouble(nil, "catalogue.why.inserts", "inserts", len(g.Inserts), "most", mostInserts)
	}
	for _, insert := range g.Inserts {
		if err := unruined(insert); err != nil {
			return err
		}
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
