package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/people"
	"packbench/scanner"
)

// CatalogList lists the seller's goods.
type CatalogList struct {
	Text string `arg:"" optional:"" help:"Only articles with this in their SKU, names, bin or barcodes."`
	JSON bool   `name:"json" help:"One object a line."`
}

// goodLine is an article.
type goodLine struct {
	SKU         string       `json:"seller_sku"`
	Barcodes    []string     `json:"barcodes"`
	Name        string       `json:"name"`
	ProductName string       `json:"product_name,omitempty"` // as the platform sells it
	VariantName string       `json:"variant_name,omitempty"`
	Bin         string       `json:"bin"`
	WeightG     int          `json:"weight_g"`
	Stock       int          `json:"stock"`
	Picture     string       `json:"picture,omitempty"`
	Cases       string       `json:"cases,omitempty"`
	Serial      bool         `json:"serial,omitempty"`
	Lot         string       `json:"lot,omitempty"`
	Inserts     []string     `json:"inserts,omitempty"`
	Marks       []order.Mark `json:"marks,omitempty"`
	Box         string       `json:"box,omitempty"`
}

// Served tells that a program that has the folder open does it.
func (v *CatalogList) Served() bool { return true }

// Run writes the list, by SKU.
func (v *CatalogList) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	all, err := bench.Store.Articles()
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "catalogue.header")
	for _, a := range all {
		if !a.Matches(v.Text) {
			continue
		}
		line := goodLine{SKU: a.SKU, Barcodes: append([]string{}, a.Barcodes...), Name: a.Name, ProductName: a.ProductName, VariantName: a.VariantName, Bin: a.Bin, WeightG: a.WeightG,
			Stock: a.Stock, Picture: a.Picture, Cases: a.Cell("cases"), Serial: a.Numbered, Lot: a.Cell("lot"), Inserts: a.Inserts, Marks: a.Marks, Box: a.Box}
		if err := list.add(line, a.SKU, a.Name, a.Bin, strconv.Itoa(a.Stock), strings.Join(a.Barcodes, " ")); err != nil {
			return err
		}
	}
	return list.end()
}

// CatalogSet changes an article.
type CatalogSet struct {
	SKU   string   `arg:"" help:"The article."`
	Cells []string `arg:"" name:"column=value" sep:"none" help:"What columns say from now on, as the catalogue writes it, such as bin=A-03-2 stock=12 marks=fragile|battery; nothing behind the = takes back what was said."`
	New   bool     `help:"Also where neither the catalogue nor an order knows the article."`
	doneBy
}

// Served tells that a program that has the folder open does it.
func (v *CatalogSet) Served() bool { return true }

// Run changes all columns or none.
func (v *CatalogSet) Run(e *Environment) (err error) {
	event := v.event(e)
	event.SKU, event.Cells = v.SKU, map[string]string{}
	for _, cell := range v.Cells {
		column, value, is := strings.Cut(cell, "=")
		if !is {
			return order.Trouble(nil, "usage.catalog_cell", "cell", cell)
		}
		event.Cells[strings.ToLower(strings.TrimSpace(column))] = value
	}
	return v.change(e, order.Say("say.good_changed", "sku", v.SKU), func(b *Bench) error { return b.ChangeGood(event, v.New) })
}

// ChangeGood lets cells of an article say something else; event says who does it, when, and what. A barcode that is added must not mean something else, but for
// another article. It fails as store.ChangeGood does, and with one of packing.WhyNotLearn.
func (b *Bench) ChangeGood(event order.Event, fresh bool) error {
	if cell, said := event.Cells["barcodes"]; said {
		article, err := b.Store.Article(event.SKU)
		if err != nil {
			return err
		}
		now, err := article.With(map[string]string{"barcodes": cell})
		if err != nil {
			return err
		}
		for _, code := range now.Barcodes {
			if slices.Contains(article.Barcodes, code) {
				continue
			}
			candidates, err := b.meaningsOf(code, event.SKU)
			if err != nil {
				return err
			}
			candidates.SKUs = slices.DeleteFunc(candidates.SKUs, func(sku string) bool { return sku == event.SKU })
			candidates.Cases = slices.DeleteFunc(candidates.Cases, func(c order.CaseOf) bool { return c.SKU == event.SKU }) // the cells may take it from there
			if why := packing.WhyNotLearn(code, candidates, event.SKU, true); why.Key != "" {
				return &order.Problem{Said: why}
			}
		}
	}
	return b.Store.ChangeGood(event, fresh)
}

// change does something to the catalogue and says that it is done.
func (doneBy) change(e *Environment, done order.Said, do func(*Bench) error) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	if err := do(bench); err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Say(done))
	return err
}

// CatalogLearn adds a barcode to an article.
type CatalogLearn struct {
	SKU     string `arg:"" help:"The article."`
	Barcode string `arg:"" help:"What a scan of it reads. Of a GS1 code the article's number is learnt."`
	Also    bool   `help:"Also where it is another article's barcode: whoever scans it is asked which is meant."`
	doneBy
}

// Served tells that a program that has the folder open does it.
func (v *CatalogLearn) Served() bool { return true }

// Run adds it, unless the code means something else.
func (v *CatalogLearn) Run(e *Environment) error {
	return v.change(e, order.Say("say.learnt", "sku", v.SKU, "code", v.Barcode), func(b *Bench) error { return b.Learn(v.event(e), v.SKU, scanner.Clean(v.Barcode), v.Also) })
}

// Learn makes a code the barcode of an article; event is who does it and when. It fails with one of packing.WhyNotLearn where the code means something else,
// and as store.ChangeBarcode does.
func (b *Bench) Learn(event order.Event, sku, code string, also bool) error {
	candidates, err := b.meaningsOf(code, sku)
	if err != nil {
		return err
	}
	event.Kind, event.SKU, event.Code = order.BarcodeLearnt, sku, order.BarcodeOf(code, event.At)
	if why := packing.WhyNotLearn(event.Code, candidates, sku, also); why.Key != "" {
		return &order.Problem{Said: why}
	}
	return b.Store.ChangeBarcode(event)
}

// meaningsOf is all that a code means already that may become a barcode of an article.
func (b *Bench) meaningsOf(code, sku string) (order.Candidates, error) {
	candidates, err := b.Store.Candidates(code)
	if err != nil {
		return candidates, err
	}
	if candidates.Else, err = b.Store.NamesElse(code, sku); err != nil {
		return candidates, err
	}
	known, err := people.Folder(b.dir).Known()
	candidates.Badge = order.PersonOf(known, code)
	if slices.Contains(b.Settings.Bench.Supervisors, code) {
		candidates.Badge.Badge = code
	}
	return candidates, err
}

// CatalogForget takes a barcode from an article.
type CatalogForget struct {
	SKU     string `arg:"" help:"The article."`
	Barcode string `arg:"" help:"The barcode, of a piece or of a closed case, as the catalogue has it."`
	doneBy
}

// Served tells that a program that has the folder open does it.
func (v *CatalogForget) Served() bool { return true }

// Run takes it away; it fails with learn.not_its where the article has no such barcode.
func (v *CatalogForget) Run(e *Environment) error {
	return v.change(e, order.Say("say.forgotten", "sku", v.SKU, "code", v.Barcode), func(b *Bench) error { return b.Forget(v.event(e), v.SKU, v.Barcode) })
}

// Forget takes a barcode from an article; event is who does it and when. It fails with learn.not_its where the article has no such barcode.
func (b *Bench) Forget(event order.Event, sku, code string) error {
	article, err := b.Store.Article(sku)
	if err != nil {
		return err
	}
	if !slices.Contains(article.Barcodes, code) && !slices.ContainsFunc(article.Cases, func(c order.Case) bool { return c.Code == code }) {
		return order.Trouble(nil, "learn.not_its", "sku", sku, "code", code)
	}
	event.Kind, event.SKU, event.Code = order.BarcodeForgotten, sku, code
	return b.Store.ChangeBarcode(event)
}

// CatalogChanges lists what was changed in the catalogue.
type CatalogChanges struct {
	Day  string `placeholder:"DATE" help:"The day, such as 2026-11-20 (default: today)."`
	JSON bool   `name:"json" help:"One object a line."`
}

// goodChangeLine is a change of the catalogue.
type goodChangeLine struct {
	At     string            `json:"at"`
	Event  order.EventKind   `json:"event"`
	SKU    string            `json:"seller_sku,omitempty"`
	Code   string            `json:"code,omitempty"`
	Cells  map[string]string `json:"cells,omitempty"` // what columns say since
	Goods  int               `json:"goods,omitempty"` // how many articles were taken in
	By     string            `json:"by,omitempty"`
	Parcel order.ParcelKey   `json:"package_id,omitempty"` // the one that was open at the bench
}

// Served tells that a program that has the folder open does it.
func (v *CatalogChanges) Served() bool { return true }

// Run writes the list, the oldest first.
func (v *CatalogChanges) Run(e *Environment) (err error) {
	from, bench, err := e.openDay(v.Day)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	events, err := bench.Store.GoodsChanges(from, from.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "catalogue.changes_header")
	for _, event := range events {
		line := goodChangeLine{At: moment(event.At), Event: event.Kind, SKU: event.SKU, Code: event.Code, Cells: event.Cells, Goods: event.Goods, By: event.Packer, Parcel: event.Parcel}
		if event.SupervisorName != "" {
			line.By = event.SupervisorName
		}
		what := []string{e.Tongue.Text("event." + string(event.Kind))}
		if event.Goods > 0 {
			what = append(what, strconv.Itoa(event.Goods))
		}
		if event.Code != "" {
			what = append(what, event.Code)
		}
		for _, column := range slices.Sorted(maps.Keys(event.Cells)) {
			what = append(what, column+"="+event.Cells[column])
		}
		if err := list.add(line, line.At, event.SKU, strings.Join(what, " "), line.By); err != nil {
			return err
		}
	}
	return list.end()
}
