package order

import (
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
)

// Good is an article of the seller's catalogue.
type Good struct {
	SKU      string // seller_sku, or the platform's sku_id where the seller left it empty
	Barcodes []string
	Cases    []Case // the barcodes of closed cases of it
	// Numbered tells that each piece carries a serial number, which is captured.
	Numbered bool
	// Inserts are what is to be laid into a parcel with it, once a parcel: SKUs of the catalogue, or words such as warranty card.
	Inserts []string `json:",omitempty"`
	// Box is the packing material proposed for it: the SKU of an article of the catalogue, or what the material's own code reads.
	Box string `json:",omitempty"`
	// Marks are what hands have to know of it, beside what the platform says.
	Marks []Mark `json:",omitempty"`
	// Lotted tells that the lot of its pieces is captured, Expires that their last day of use is.
	Lotted  bool `json:",omitempty"`
	Expires bool `json:",omitempty"`
	Name    string
	Bin     string
	WeightG int
	Stock   int
	// Safety is the stock below which a supervisor wants to hear of it; 0: nobody said.
	Safety  int    `json:",omitempty"`
	Picture string // a path or URL; may be empty
}

// Case is the barcode of a closed case, and how many pieces of its article are in it.
type Case struct {
	Code   string
	Pieces int
}

// mostInCase bounds a case; the number is one no hand packs.
const mostInCase = 1000

// Article is a good as a packer sees it: what the catalogue says of it, and the names the platform sells it under.
type Article struct {
	Good
	ProductName string
	VariantName string // size and colour; empty where it was never ordered
	Kept        string // the file of the platform's picture, from the bench's folder on; empty while there is none
}

// OwnPicture is the file of the seller's own picture; empty where there is none, also where the catalogue names an address on the net.
func (g Good) OwnPicture() string {
	if strings.Contains(g.Picture, "://") {
		return ""
	}
	return g.Picture
}

// CatalogueColumns are the columns that a catalogue has to have. Further ones are allowed, in any order; those of Columns are understood.
var CatalogueColumns = []string{"seller_sku", "barcodes", "name", "bin", "weight_g", "stock", "picture"}

// Rows gives the rows of a table one after the other, its header first: the cells, and the row's number as a person counts it from 1. io.EOF ends them.
// A row may be shorter than the header; what is missing at its end is empty.
type Rows func() (cells []string, line int, err error)

// ReadGoods reads the seller's goods from a table with the header CatalogueColumns; several values in a cell are joined by "|". Rows without any value are
// passed over. It returns all goods or none: a Problem names the line at fault. weight_g is in grams; an empty number is 0.
func ReadGoods(rows Rows) ([]Good, error) {
	header, _, err := rows()
	if errors.Is(err, io.EOF) {
		return nil, Trouble(err, "catalogue.empty")
	}
	if err != nil {
		return nil, err
	}
	at, missing := HeaderOf(header)
	if missing != "" {
		return nil, Trouble(nil, "catalogue.column_missing", "column", missing)
	}
	var goods []Good
	lineOf := map[string]int{}
	for {
		cells, line, err := rows()
		if errors.Is(err, io.EOF) {
			return goods, nil
		}
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			continue
		}
		good, err := readGood(cells, at)
		if err != nil {
			return nil, Trouble(err, "catalogue.line", "line", line, "why", AsProblem(err).Said)
		}
		if first, twice := lineOf[good.SKU]; twice {
			return nil, Trouble(nil, "catalogue.twice", "sku", good.SKU, "line", line, "first", first)
		}
		lineOf[good.SKU] = line
		goods = append(goods, good)
	}
}

// HeaderOf tells at which place of a header each column is that is understood, and the first of CatalogueColumns that is missing.
func HeaderOf(header []string) (at map[string]int, missing string) {
	at = map[string]int{}
	for i, name := range header {
		if name = strings.ToLower(strings.TrimSpace(name)); slices.Contains(Columns(), name) {
			at[name] = i
		}
	}
	for _, name := range CatalogueColumns {
		if _, ok := at[name]; !ok {
			return at, name
		}
	}
	return at, ""
}

// TableOf is a table of goods as ReadGoods reads it: the columns that every catalogue has, and those that say something of one of these goods.
func TableOf(goods []Good) [][]string {
	var shown []column
	for _, c := range columns {
		if slices.Contains(CatalogueColumns, c.name) || slices.ContainsFunc(goods, func(g Good) bool { return c.write(g) != "" }) {
			shown = append(shown, c)
		}
	}
	table := make([][]string, 1, len(goods)+1)
	for _, c := range shown {
		table[0] = append(table[0], c.name)
	}
	for _, g := range goods {
		row := make([]string, len(shown))
		for i, c := range shown {
			row[i] = c.write(g)
		}
		table = append(table, row)
	}
	return table
}

func readGood(cells []string, at map[string]int) (Good, error) {
	said := map[string]string{}
	for name, i := range at {
		if i < len(cells) {
			said[name] = cells[i]
		}
	}
	return Good{}.With(said)
}

// With is the good once cells of its columns say something else, as the catalogue writes them; an empty one takes back what was said. It fails with the
// Problem of the first cell, in the order of Columns, that cannot be understood.
func (g Good) With(cells map[string]string) (Good, error) {
	for name := range maps.Keys(cells) {
		if !slices.Contains(Columns(), name) {
			return Good{}, Trouble(nil, "catalogue.why.column", "column", name)
		}
	}
	for _, c := range columns {
		if cell, said := cells[c.name]; said {
			if err := c.read(&g, strings.TrimSpace(cell)); err != nil {
				return Good{}, err
			}
		}
	}
	return g, g.sound()
}

// sound tells what of a good cannot go together.
func (g Good) sound() error {
	if g.SKU == "" {
		return Trouble(nil, "catalogue.why.no_sku")
	}
	for i, c := range g.Cases {
		if slices.Contains(g.Barcodes, c.Code) || slices.ContainsFunc(g.Cases[:i], func(other Case) bool { return other.Code == c.Code }) {
			return Trouble(nil, "catalogue.why.case_twice", "code", c.Code)
		}
	}
	if slices.Contains(g.Inserts, g.SKU) {
		return Trouble(nil, "catalogue.why.insert_itself", "sku", g.SKU)
	}
	return nil
}

// Matches tells whether what a person looks for stands in an article's SKU, names, bin or codes, in capitals or not.
func (a Article) Matches(text string) bool {
	text = strings.ToLower(strings.TrimSpace(text))
	for _, stands := range append([]string{a.SKU, a.Name, a.ProductName, a.VariantName, a.Bin, writtenCases(a.Cases)}, a.Barcodes...) {
		if strings.Contains(strings.ToLower(stands), text) {
			return true
		}
	}
	return false
}
