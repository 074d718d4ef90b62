package cli

import (
	"errors"
	"slices"
	"strconv"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/setup"
)

// slotLabels are labels of totes or of a wall's slots.
const slotLabels setup.Sheet = "slot_labels"

// WallLabels draws the labels of a put wall.
type WallLabels struct {
	Name string `arg:"" help:"The wall."`
	OnPaper
}

// Served tells that a program that has the folder open does it.
func (v *WallLabels) Served() bool { return true }

// Run draws them and brings them where they are wanted; it fails with slots.unknown where there is no such wall.
func (v *WallLabels) Run(e *Environment) error {
	line := paperLine{Sheet: slotLabels, Wall: v.Name}
	return v.labels(e, line, e.Tongue.Text("paper.wall", "wall", v.Name), func(all []order.Slot) ([]order.Slot, error) {
		slots := slices.DeleteFunc(all, func(s order.Slot) bool { return s.Tote() || s.Wall != v.Name })
		if len(slots) == 0 {
			return nil, order.Trouble(nil, "slots.unknown", "slot", strconv.Quote(v.Name))
		}
		return slots, nil
	})
}

// ToteLabels draws labels of totes.
type ToteLabels struct {
	Codes []string `arg:"" optional:"" help:"Their barcodes; without any, all that are registered."`
	OnPaper
}

// Served tells that a program that has the folder open does it.
func (v *ToteLabels) Served() bool { return true }

// Run draws them and brings them where they are wanted; it fails with slots.unknown where one that is named is not registered, and with paper.no_totes where none is.
func (v *ToteLabels) Run(e *Environment) error {
	return v.labels(e, paperLine{Sheet: slotLabels}, e.Tongue.Text("paper.totes"), func(all []order.Slot) ([]order.Slot, error) {
		totes := slices.DeleteFunc(all, func(s order.Slot) bool { return !s.Tote() })
		if len(totes) == 0 {
			return nil, order.Trouble(nil, "paper.no_totes")
		}
		for _, code := range v.Codes {
			if !slices.ContainsFunc(totes, func(s order.Slot) bool { return s.Code == code }) {
				return nil, order.Trouble(nil, "slots.unknown", "slot", strconv.Quote(code))
			}
		}
		return slices.DeleteFunc(totes, func(s order.Slot) bool { return len(v.Codes) > 0 && !slices.Contains(v.Codes, s.Code) }), nil
	})
}

// labels brings the labels of the slots that are chosen of all where they are wanted.
func (v *OnPaper) labels(e *Environment, line paperLine, title string, choose func(all []order.Slot) ([]order.Slot, error)) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	slots, err := bench.Store.Slots()
	if err != nil {
		return err
	}
	if slots, err = choose(slots); err != nil {
		return err
	}
	var labels []paper.SlotLabel
	for _, slot := range slots {
		labels = append(labels, paper.SlotLabel{Name: slot.Name(), Code: slot.Code})
	}
	return v.put(e, bench, []drawing{{line, func(size page.Size, dpi int) ([]*page.Page, error) {
		return paper.SlotLabels(size, dpi, title, labels)
	}}})
}
