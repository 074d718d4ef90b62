package cli

import (
	"errors"
	"strconv"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/setup"
)

// pickList names the sheet that is a pick list.
const pickList setup.Sheet = "pick_list"

// WavePick writes a wave's pick list as lines or on paper.
type WavePick struct {
	Wave string `arg:"" help:"The wave, as wave list names it."`
	JSON bool   `name:"json" help:"One object a line."`
	OnPaper
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
	stops, sum, err := bench.PickList(v.Wave)
	if err != nil {
		return err
	}
	if v.asked() {
		return v.put(e, bench, []drawing{v.drawing(e, bench, stops, sum.Metres)})
	}
	list := e.listing(v.JSON, "wave.picks")
	for _, line := range stops {
		if err := list.add(line, line.Bin, strconv.Itoa(line.Pieces), line.SKU, line.Name, line.Variant); err != nil {
			return err
		}
	}
	return list.end()
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
func (v *WavePick) drawing(e *Environment, bench *Bench, lines []PickStop, metres float64) drawing {
	list := paper.Picks{Title: e.Tongue.Text("wave.title", "wave", v.Wave), Code: v.Wave}
	pieces := 0
	for _, line := range lines {
		pieces += line.Pieces
		list.Stops = append(list.Stops, paper.Pick{
			Bin: line.Bin, Pieces: line.Pieces, SKU: line.SKU, Name: line.Name, Variant: line.Variant, Into: line.Into(),
			Picture: bench.picture(line.Article),
		})
	}
	list.Sum = e.Tongue.Text("paper.picks", "count", pieces, "stops", len(lines))
	if metres > 0 {
		list.Sum += "\n" + e.Tongue.Text("paper.metres", "metres", int(metres))
	}
	return drawing{paperLine{Sheet: pickList, Wave: v.Wave}, func(size page.Size, dpi int) ([]*page.Page, error) {
		return paper.PickList(size, dpi, list)
	}}
}
