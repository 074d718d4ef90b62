package order

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
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
}

// CatalogueColumns is the header of the seller's catalogue as a CSV file. Further columns are allowed, in any order; furtherColumns are understood.
var CatalogueColumns = []string{"seller_sku", "barcodes", "name", "bin", "weight_g", "stock", "picture"}

// ReadCatalogue reads the seller's goods from CSV in UTF-8, with or without a byte order mark, under the header
// CatalogueColumns; several barcodes of one article are joined by "|". It returns all goods or none: a Problem
// names the line at fault. weight_g is in grams; an empty number is 0.
func ReadCatalogue(r io.Reader) ([]Good, error) {
	reader := csv.NewReader(skipMark(r))
	header, err := reader.Read()
	if err != nil {
		return nil, Trouble(err, "catalogue.empty")
	}
	at := map[string]int{}
	for i, name := range header {
		at[strings.TrimSpace(name)] = i
	}
	for _, name := range CatalogueColumns {
		if _, ok := at[name]; !ok {
			return nil, Trouble(nil, "catalogue.column_missing", "column", name)
		}
	}
	var goods []Good
	lineOf := map[string]int{}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return goods, nil
		}
		line, _ := reader.FieldPos(0)
		if err != nil {
			return nil, Trouble(err, "catalogue.line", "line", line, "why", err.Error())
		}
		good, err := readGood(record, at)
		if errors.Is(err, errNotUTF8) {
			return nil, Trouble(err, "catalogue.encoding", "line", line)
		}
		if err != nil {
			return nil, Trouble(err, "catalogue.line", "line", line, "why", err.Error())
		}
		if first, twice := lineOf[good.SKU]; twice {
			return nil, Trouble(nil, "catalogue.twice", "sku", good.SKU, "line", line, "first", first)
		}
		lineOf[good.SKU] = line
		goods = append(goods, good)
	}
}

// WriteCatalogue writes goods as ReadCatalogue reads them.
func WriteCatalogue(w io.Writer, goods []Good) error {
	out := csv.NewWriter(w)
	header := slices.Clone(CatalogueColumns)
	var further []column
	for _, c := range furtherColumns {
		if slices.ContainsFunc(goods, func(g Good) bool { return c.write(g) != "" }) {
			further, header = append(further, c), append(header, c.name)
		}
	}
	if err := out.Write(header); err != nil {
		return err
	}
	for _, g := range goods {
		row := []string{g.SKU, strings.Join(g.Barcodes, "|"), g.Name, g.Bin, strconv.Itoa(g.WeightG), strconv.Itoa(g.Stock), g.Picture}
		for _, c := range further {
			row = append(row, c.write(g))
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func writtenCases(cases []Case) string {
	var written []string
	for _, c := range cases {
		written = append(written, fmt.Sprintf("%s*%d", c.Code, c.Pieces))
	}
	return strings.Join(written, "|")
}

var errNotUTF8 = errors.New("not UTF-8")

func readGood(record []string, at map[string]int) (Good, error) {
	cell := func(name string) string { return strings.TrimSpace(record[at[name]]) }
	for _, value := range record {
		if !utf8.ValidString(value) {
			return Good{}, errNotUTF8
		}
	}
	good := Good{SKU: cell("seller_sku"), Name: cell("name"), Bin: cell("bin"), Picture: cell("picture")}
	if good.SKU == "" {
		return Good{}, errors.New("seller_sku is empty")
	}
	for _, code := range strings.Split(cell("barcodes"), "|") {
		code = strings.TrimSpace(code)
		if ruined.MatchString(code) {
			return Good{}, fmt.Errorf("barcode %s was rounded by a spreadsheet: format the column as text", code)
		}
		if code != "" && !slices.Contains(good.Barcodes, code) {
			good.Barcodes = append(good.Barcodes, code)
		}
	}
	for _, c := range furtherColumns {
		if column, ok := at[c.name]; ok {
			if err := c.read(&good, strings.TrimSpace(record[column])); err != nil {
				return Good{}, err
			}
		}
	}
	var err error
	if good.WeightG, err = wholeNumber(cell("weight_g")); err != nil {
		return Good{}, fmt.Errorf("weight_g: %w", err)
	}
	if good.Stock, err = wholeNumber(cell("stock")); err != nil {
		return Good{}, fmt.Errorf("stock: %w", err)
	}
	return good, nil
}

func readCases(text string, barcodes []string) (cases []Case, err error) {
	for _, one := range strings.Split(text, "|") {
		if one = strings.TrimSpace(one); one == "" {
			continue
		}
		code, pieces, _ := strings.Cut(one, "*")
		n, err := strconv.Atoi(strings.TrimSpace(pieces))
		code = strings.TrimSpace(code)
		if err != nil || code == "" || n < 2 || n > mostInCase || ruined.MatchString(code) {
			return nil, fmt.Errorf("cases: %s is not a barcode, * and 2 to %d pieces", one, mostInCase)
		}
		if slices.Contains(barcodes, code) || slices.ContainsFunc(cases, func(c Case) bool { return c.Code == code }) {
			return nil, fmt.Errorf("cases: %s stands for one piece and for a case, or for two cases", code)
		}
		cases = append(cases, Case{Code: code, Pieces: n})
	}
	return cases, nil
}

// ruined is what spreadsheets make of long barcodes: 6.94106E+12.
var ruined = regexp.MustCompile(`^\d([.,]\d+)?[eE]\+\d+$`)

// wholeNumber reads a count as spreadsheets write it: empty, 120 or 120.0.
func wholeNumber(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || value != math.Trunc(value) || math.Abs(value) > 1e9 {
		return 0, fmt.Errorf("%q is not a whole number", text)
	}
	return int(value), nil
}

// skipMark drops the byte order mark that spreadsheets put before UTF-8.
func skipMark(r io.Reader) io.Reader {
	buffered := bufio.NewReader(r)
	if mark, err := buffered.Peek(3); err == nil && string(mark) == "\uFEFF" {
		_, _ = buffered.Discard(3) // three bytes were just seen there
	}
	return buffered
}
