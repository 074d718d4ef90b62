package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"packbench/internal/order"
)

// Walls holds the verbs about put walls.
type Walls struct {
	List   WallList   `cmd:"" default:"withargs" help:"List the slots of put walls, and what each holds."`
	Add    WallAdd    `cmd:"" help:"Register a put wall, with a barcode for each slot."`
	Remove WallRemove `cmd:"" help:"Take a put wall off, once nothing lies in it."`
	Labels WallLabels `cmd:"" help:"Draw the labels of its slots, to be cut out and stuck on."`
}

// Totes holds the verbs about totes.
type Totes struct {
	List   ToteList   `cmd:"" default:"withargs" help:"List the totes, and what each holds."`
	Add    ToteAdd    `cmd:"" help:"Register totes by the barcodes on them."`
	Remove ToteRemove `cmd:"" help:"Take totes off, once nothing lies in them."`
	Labels ToteLabels `cmd:"" help:"Draw labels of totes, to be cut out and stuck on."`
}

// slotLine is a tote or a slot of a wall.
type slotLine struct {
	Code      string          `json:"code"`
	Wall      string          `json:"wall,omitempty"`
	Number    int             `json:"number,omitempty"`
	Row       int             `json:"row,omitempty"`
	Column    int             `json:"column,omitempty"`
	PackageID order.ParcelKey `json:"package_id,omitempty"`
	In        int             `json:"in"`     // pieces that lie in it
	Pieces    int             `json:"pieces"` // of its parcel
}

// tellSlots writes the slots of walls, or the totes.
func tellSlots(e *Environment, asJSON, totes bool, wall string) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	slots, err := bench.Store.Slots()
	if err != nil {
		return err
	}
	list := e.listing(asJSON, "slots.header")
	for _, slot := range slots {
		if slot.Tote() != totes || wall != "" && slot.Wall != wall {
			continue
		}
		line := slotLine{Code: slot.Code, Wall: slot.Wall, Number: slot.Number, Row: slot.Row, Column: slot.Column, PackageID: slot.Parcel}
		content := ""
		if slot.Parcel != "" {
			known, _, err := bench.Store.Parcel(slot.Parcel)
			if err != nil {
				return err
			}
			line.Pieces, line.In = len(known.Units), len(known.Work.Sorted)
			content = fmt.Sprintf("%d/%d", line.In, line.Pieces)
		}
		if err := list.add(line, slot.Name(), slot.Code, string(slot.Parcel), content); err != nil {
			return err
		}
	}
	return list.end()
}

// WallList lists slots.
type WallList struct {
	Wall string `arg:"" optional:"" help:"One wall alone."`
	JSON bool   `name:"json" help:"One object a line."`
}

// Served tells that a program that has the folder open does it.
func (v *WallList) Served() bool { return true }

// Run writes the list, by wall and number.
func (v *WallList) Run(e *Environment) error { return tellSlots(e, v.JSON, false, v.Wall) }

// ToteList lists totes.
type ToteList struct {
	JSON bool `name:"json" help:"One object a line."`
}

// Served tells that a program that has the folder open does it.
func (v *ToteList) Served() bool { return true }

// Run writes the list, by code.
func (v *ToteList) Run(e *Environment) error { return tellSlots(e, v.JSON, true, "") }

// WallAdd registers a wall.
type WallAdd struct {
	Name    string `arg:"" help:"What it is called, such as A: letters and digits, 8 at most."`
	Rows    int    `required:"" help:"How many rows of slots it has, 1 to 20."`
	Columns int    `required:"" help:"How many slots a row has, 1 to 20."`
}

// mostSlots is how many rows a wall has at most, and slots a row: an arm reaches no further.
const mostSlots = 20

// Served tells that a program that has the folder open does it.
func (v *WallAdd) Served() bool { return true }

// Run registers it. Its slots are numbered from the top left, row by row, and their barcodes are WALL-NAME-NUMBER.
func (v *WallAdd) Run(e *Environment) error {
	plain := func(r rune) bool { return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
	if v.Name == "" || len(v.Name) > 8 || slices.ContainsFunc([]rune(v.Name), func(r rune) bool { return !plain(r) }) {
		return order.Trouble(nil, "usage.wall_name")
	}
	if v.Rows < 1 || v.Rows > mostSlots || v.Columns < 1 || v.Columns > mostSlots {
		return order.Trouble(nil, "usage.wall_size", "most", mostSlots)
	}
	var slots []order.Slot
	for n := range v.Rows * v.Columns {
		slots = append(slots, order.Slot{Code: order.SlotCode(v.Name, n+1), Wall: v.Name, Number: n + 1, Row: n/v.Columns + 1, Column: n%v.Columns + 1})
	}
	if err := addSlots(e, slots); err != nil {
		return err
	}
	return e.tell(order.Say("slots.added", "count", len(slots), "from", slots[0].Code, "to", slots[len(slots)-1].Code))
}

// addSlots registers slots whose codes mean nothing else.
func addSlots(e *Environment, slots []order.Slot) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	var events []order.Event
	for _, slot := range slots {
		known, err := bench.Store.Candidates(slot.Code)
		if err != nil {
			return err
		}
		if known.Slot.Code != "" {
			return order.Trouble(nil, "slots.known", "slot", slot.Code)
		}
		if len(known.Articles())+len(known.Parcels)+len(known.Replaced) > 0 || known.Command != "" || known.Wave != "" || known.Material != "" {
			return order.Trouble(nil, "slots.taken", "slot", slot.Code)
		}
		events = append(events, order.Event{At: e.Now(), Kind: order.SlotAdded, Slot: slot})
	}
	return bench.Store.Append(events)
}

// ToteAdd registers totes.
type ToteAdd struct {
	Codes []string `arg:"" help:"Their barcodes."`
}

// Served tells that a program that has the folder open does it.
func (v *ToteAdd) Served() bool { return true }

// Run registers them.
func (v *ToteAdd) Run(e *Environment) error {
	var totes []order.Slot
	for _, code := range slices.Compact(slices.Sorted(slices.Values(v.Codes))) {
		totes = append(totes, order.Slot{Code: code})
	}
	if err := addSlots(e, totes); err != nil {
		return err
	}
	return e.tell(order.Say("slots.totes_added", "count", len(totes)))
}

// removeSlots takes off slots that hold nothing.
func removeSlots(e *Environment, chosen func(order.Slot) bool) (removed int, err error) {
	bench, err := openExisting(e)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	slots, err := bench.Store.Slots()
	if err != nil {
		return 0, err
	}
	var events []order.Event
	for _, slot := range slots {
		if !chosen(slot) {
			continue
		}
		if slot.Parcel != "" {
			return 0, order.Trouble(nil, "slots.in_use", "slot", slot.Name(), "parcel", slot.Parcel)
		}
		events = append(events, order.Event{At: e.Now(), Kind: order.SlotRemoved, Slot: order.Slot{Code: slot.Code}})
	}
	return len(events), bench.Store.Append(events)
}

// WallRemove takes a wall off.
type WallRemove struct {
	Name string `arg:"" help:"The wall."`
}

// Served tells that a program that has the folder open does it.
func (v *WallRemove) Served() bool { return true }

// Run takes it off; it fails with slots.in_use where one of its slots holds something and slots.unknown where there is no such wall.
func (v *WallRemove) Run(e *Environment) error {
	removed, err := removeSlots(e, func(s order.Slot) bool { return !s.Tote() && s.Wall == v.Name })
	if err == nil && removed == 0 {
		err = order.Trouble(nil, "slots.unknown", "slot", strconv.Quote(v.Name))
	}
	if err != nil {
		return err
	}
	return e.tell(order.Say("slots.removed", "count", removed))
}

// ToteRemove takes totes off.
type ToteRemove struct {
	Codes []string `arg:"" help:"Their barcodes."`
}

// Served tells that a program that has the folder open does it.
func (v *ToteRemove) Served() bool { return true }

// Run takes them off; it fails with slots.in_use where one holds something and slots.unknown where none of them is known.
func (v *ToteRemove) Run(e *Environment) error {
	removed, err := removeSlots(e, func(s order.Slot) bool { return s.Tote() && slices.Contains(v.Codes, s.Code) })
	if err == nil && removed == 0 {
		err = order.Trouble(nil, "slots.unknown", "slot", strconv.Quote(v.Codes[0]))
	}
	if err != nil {
		return err
	}
	return e.tell(order.Say("slots.removed", "count", removed))
}
