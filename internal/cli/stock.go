package cli

import (
	"errors"
	"strconv"
	"strings"

	"packbench/internal/order"
	"packbench/internal/wave"
)

// Stock lists how the stock stands against what was ordered.
type Stock struct {
	All    bool `help:"All articles of the catalogue, not only those that somebody has to see to."`
	Safety int  `placeholder:"N" help:"Pieces to keep of each article whose column safety says nothing."`
	JSON   bool `name:"json" help:"One object a line."`
}

// stockLine is how the stock of an article stands, in pieces.
type stockLine struct {
	SKU         string `json:"sku"`
	Name        string `json:"name"`
	Bin         string `json:"bin"`
	Stock       int    `json:"stock"`        // as it was imported
	Packed      int    `json:"packed"`       // left in parcels, or broke, since
	Promised    int    `json:"promised"`     // to open waves and parcels that are begun
	Free        int    `json:"free"`         // may still be promised; below 0: more is promised than there is
	Waiting     int    `json:"waiting"`      // ordered, to be packed, in no wave
	Held        int    `json:"held"`         // ordered, may still come
	Oversold    int    `json:"oversold"`     // promised and waiting beyond the stock
	Short       int    `json:"short"`        // parcels that packers parked because it was not in its bin
	Safety      int    `json:"safety"`       // to be kept
	BelowSafety bool   `json:"below_safety"` // less is free
}

// Served tells that a program that has the folder open does it.
func (v *Stock) Served() bool { return true }

// Run writes the list, first what the most is missing of. It ends with ErrNeedsPerson where somebody has to see to an article.
func (v *Stock) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	goods, packed, err := bench.Store.Goods()
	if err != nil {
		return err
	}
	now, ledger := e.Now(), wave.NewLedger(goods, packed, v.Safety)
	if err := bench.Store.Parcels(func(f *order.Facts) { ledger.Count(f, now) }); err != nil {
		return err
	}
	list, calls := e.listing(v.JSON, "stock.header"), false
	for _, a := range ledger.Articles() {
		calls = calls || a.Calls()
		if !v.All && !a.Calls() {
			continue
		}
		line := stockLine{SKU: a.SKU, Name: goods[a.SKU].Name, Bin: goods[a.SKU].Bin, Stock: a.Stock, Packed: a.Packed, Promised: a.Promised, Free: a.Free(),
			Waiting: a.Waiting, Held: a.Held, Oversold: a.Oversold(), Short: a.Lacking, Safety: a.Safety, BelowSafety: a.BelowSafety()}
		columns := []string{line.SKU, line.Bin}
		for _, n := range []int{line.Stock, line.Packed, line.Promised, line.Free, line.Waiting, line.Held} {
			columns = append(columns, strconv.Itoa(n))
		}
		if err := list.add(line, append(columns, e.stockTrouble(line), line.Name)...); err != nil {
			return err
		}
	}
	if err := list.end(); err != nil || !calls {
		return err
	}
	return ErrNeedsPerson
}

// stockTrouble is what a supervisor has to see to, in words.
func (e *Environment) stockTrouble(l stockLine) string {
	var words []string
	if l.Oversold > 0 {
		words = append(words, e.Tongue.Text("stock.oversold", "pieces", l.Oversold))
	}
	if l.Short > 0 {
		words = append(words, e.Tongue.Text("stock.short", "parcels", l.Short))
	}
	if l.BelowSafety {
		words = append(words, e.Tongue.Text("stock.below", "safety", l.Safety))
	}
	return strings.Join(words, ", ")
}
