package cli

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/setup"
	"packbench/store"
)

// pickList names the sheet that is a pick list.
const pickList setup.Sheet = "pick_list"

// WavePick writes a wave's pick list as lines or on paper.
type WavePick struct {
	Wave string `arg:"" help:"The wave, as wave list names it."`
	JSON bool   `name:"json" help:"One object a line."`
	OnPaper
}

// pickLine is one stop of a walk.
type pickLine struct {
	Bin        string            `json:"bin"` // empty where the catalogue has none
	SKU        string            `json:"sku"`
	Name       string            `json:"name"`
	Variant    string            `json:"variant"`
	Pieces     int               `json:"pieces"`
	PackageIDs []order.ParcelKey `json:"package_ids"`     // a parcel once for each piece
	Slots      []intoSlot        `json:"slots,omitempty"` // where they go, as far as that is known
	article    order.Article
}

// intoSlot is how many pieces of a stop go into a tote or slot.
type intoSlot struct {
	Slot   string `json:"slot"` // its code
	Pieces int    `json:"pieces"`
	name   string
}

// Served tells that a program that has the folder open does it.
func (v *WavePick) Served() bool { return true }

// Run writes or prints what is left to be picked, in the order of the walk.
func (v *WavePick) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	lines, metres, err := v.lines(bench)
	if err != nil {
		return err
	}
	if v.asked() {
		return v.put(e, bench, []drawing{v.drawing(e, bench, lines, metres)})
	}
	list := e.listing(v.JSON, "wave.picks")
	for _, line := range lines {
		if err := list.add(line, line.Bin, strconv.Itoa(line.Pieces), line.SKU, line.Name, line.Variant); err != nil {
			return err
		}
	}
	return list.end()
}

// lines are the stops of the walk, and how far it is; 0 where the settings do not know the warehouse.
func (v *WavePick) lines(bench *Bench) (lines []pickLine, metres float64, err error) {
	made, err := bench.Store.Wave(v.Wave)
	if err != nil {
		return nil, 0, err
	}
	bins, err := bench.bins([]store.KnownWave{made})
	if err != nil {
		return nil, 0, err
	}
	slots, err := bench.Store.Slots()
	if err != nil {
		return nil, 0, err
	}
	picks, metres := layoutOf(bench.Settings.Walk).PickList(made.Left(), bins)
	for _, p := range picks {
		article, err := bench.Store.Article(p.SKU)
		if err != nil {
			return nil, 0, err
		}
		lines = append(lines, pickLine{
			Bin: p.Bin, SKU: p.SKU, Name: cmp.Or(article.ProductName, article.Name), Variant: article.VariantName, Pieces: p.Pieces, PackageIDs: p.For,
			Slots: slotsFor(p.For, slots), article: article,
		})
	}
	if len(bench.Settings.Walk.Floors) == 0 {
		metres = 0
	}
	return lines, metres, nil
}

// slotsFor are the totes and slots of parcels, each named once for each of its pieces.
func slotsFor(parcels []order.ParcelKey, slots []order.Slot) (into []intoSlot) {
	for _, slot := range slots {
		pieces := 0
		for _, key := range parcels {
			if slot.Parcel == key {
				pieces++
			}
		}
		if pieces > 0 {
			into = append(into, intoSlot{Slot: slot.Code, Pieces: pieces, name: slot.Name()})
		}
	}
	return into
}

// drawing is the list on paper.
func (v *WavePick) drawing(e *Environment, bench *Bench, lines []pickLine, metres float64) drawing {
	list := paper.Picks{Title: e.Tongue.Text("wave.title", "wave", v.Wave), Code: v.Wave}
	pieces := 0
	for _, line := range lines {
		pieces += line.Pieces
		var into []string
		for _, slot := range line.Slots {
			if slot.Pieces == line.Pieces {
				into = append(into, slot.name)
			} else {
				into = append(into, fmt.Sprintf("%s ×%d", slot.name, slot.Pieces))
			}
		}
		list.Stops = append(list.Stops, paper.Pick{
			Bin: line.Bin, Pieces: line.Pieces, SKU: line.SKU, Name: line.Name, Variant: line.Variant, Into: strings.Join(into, ", "),
			Picture: bench.picture(line.article),
		})
	}
	list.Sum = e.Tongue.Text("paper.picks", "count", pieces, "stops", len(lines))
	if metres > 0 {
		list.Sum += "\n" + e.Tongue.Text("paper.metres", "metres", int(metres+0.5))
	}
	return drawing{paperLine{Sheet: pickList, Wave: v.Wave}, func(size page.Size, dpi int) ([]*page.Page, error) {
		return paper.PickList(size, dpi, list)
	}}
}
