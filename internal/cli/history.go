package cli

import (
	"errors"
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/words"
)

// History tells what happened to a parcel: here, by the journal, and on its way, by the carrier.
type History struct {
	Code string `arg:"" help:"A package, order or tracking number; or the serial number or lot of a piece."`
	JSON bool   `name:"json" help:"One object a line."`
}

// historyLine is one thing that happened.
type historyLine struct {
	PackageID order.ParcelKey `json:"package_id"`
	At        string          `json:"at"`
	By        string          `json:"by"` // bench or carrier
	Event     string          `json:"event"`
	Code      string          `json:"code,omitempty"`
	Packer    string          `json:"packer,omitempty"`
	Run       string          `json:"run,omitempty"`    // the print run
	Reason    order.Spoiling  `json:"reason,omitempty"` // why a label does not count any more
	Why       string          `json:"why,omitempty"`    // why a run left the parcel out: the code of the sentence
	SKU       string          `json:"sku,omitempty"`    // of a piece
	Serial    string          `json:"serial,omitempty"`
	Lot       string          `json:"lot,omitempty"`
	Expiry    string          `json:"expiry,omitempty"`   // the piece's last day of use
	Leaving   order.Leaving   `json:"leaving,omitempty"`  // why the piece goes back to its bin
	Shortage  order.Shortage  `json:"shortage,omitempty"` // why it could not be taken
	Weight    order.Weighing  `json:"weight,omitzero"`    // what came of weighing it
	Check     order.CheckID   `json:"check,omitempty"`    // what somebody has seen to
	Sheet     string          `json:"sheet,omitempty"`    // the hand-over sheet
	held      order.Said
	at        time.Time
}

// spoilings are how people call why a label does not count any more.
var spoilings = map[order.Spoiling]order.Said{
	order.Jammed: order.Say("spoiled.jammed"), order.Illegible: order.Say("spoiled.unreadable"), order.Lost: order.Say("spoiled.lost"),
	order.Testing: order.Say("spoiled.test"), order.Interrupted: order.Say("spoiled.interrupted"), order.Replaced: order.Say("spoiled.replaced"),
}

// Served tells that a program that has the folder open does it.
func (v *History) Served() bool { return true }

// Run writes the list, the oldest first of each.
func (v *History) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	keys, err := bench.Store.ParcelsOf(v.Code)
	if err != nil {
		return err
	}
	with, err := bench.Store.PackedWith(v.Code)
	if err != nil {
		return err
	}
	for _, key := range with {
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return order.Trouble(nil, "refused.unknown_code", "code", v.Code)
	}
	list := e.listing(v.JSON, "history.header")
	for _, key := range keys {
		lines, err := historyOf(bench, key)
		if err != nil {
			return err
		}
		for _, line := range lines {
			if err := line.write(e, list); err != nil {
				return err
			}
		}
	}
	return list.end()
}

func historyOf(bench *Bench, key order.ParcelKey) ([]historyLine, error) {
	known, _, err := bench.Store.Parcel(key)
	if err != nil {
		return nil, err
	}
	events, err := bench.Store.History(journalKey(known))
	if err != nil {
		return nil, err
	}
	var lines []historyLine
	for _, event := range events {
		lines = append(lines, historyLine{PackageID: key, at: event.At, At: moment(event.At), By: "bench", Event: string(event.Kind), Code: event.Code, Packer: event.Packer,
			Run: event.Run, Reason: event.Spoiling, Why: event.Why.Key, held: event.Why,
			SKU: event.SKU, Leaving: event.Leaving, Shortage: event.Shortage, Weight: event.Weight, Check: event.Check,
			Serial: event.Serial, Lot: event.Lot, Expiry: event.Expiry, Sheet: event.Handover.Sheet})
	}
	for _, id := range known.OrderIDs {
		tracking, err := bench.Store.Tracking(id)
		if err != nil {
			return nil, err
		}
		for _, event := range tracking {
			lines = append(lines, historyLine{PackageID: key, at: event.At, At: moment(event.At), By: "carrier", Event: event.Text})
		}
	}
	return lines, nil
}

func (l historyLine) write(e *Environment, list *listing) error {
	return list.add(l, l.At, string(l.PackageID), l.said(e.Tongue), l.Code, l.Packer)
}

// said is what happened, in words.
func (l historyLine) said(tongue words.Tongue) string {
	event := l.Event
	if l.By == "bench" {
		event = tongue.Text("event." + l.Event)
	}
	if l.Reason != "" {
		event += ": " + tongue.Say(spoilings[l.Reason])
	}
	if l.Why != "" {
		event += ": " + tongue.Say(l.held)
	}
	if l.SKU != "" {
		event += ": " + l.SKU
	}
	if l.Sheet != "" {
		event += ": " + l.Sheet
	}
	if l.Serial != "" {
		event += ", " + tongue.Text("history.serial", "serial", l.Serial)
	}
	if l.Lot != "" {
		event += ", " + tongue.Text("history.lot", "lot", l.Lot)
	}
	if l.Expiry != "" {
		event += ", " + tongue.Text("history.expiry", "day", l.Expiry)
	}
	if l.Leaving != "" {
		event += ", " + tongue.Say(leavings[l.Leaving])
	}
	if l.Shortage != "" {
		event += ", " + tongue.Say(packing.WhyIsShort(l.Shortage))
	}
	if said := weightSaid(l.Weight); said.Key != "" {
		event += ": " + tongue.Say(said)
	}
	if l.Weight.Reason != "" {
		event += ", " + tongue.Say(packing.WhyLetGo(l.Weight.Reason))
	}
	return event
}

// weightSaid is what came of weighing a parcel, as part of a sentence; empty where nobody weighed it.
func weightSaid(w order.Weighing) order.Said {
	switch {
	case w.Unweighed == order.ScaleGone:
		return order.Say("weight.scale_gone")
	case w.Unweighed != "":
		return order.Say("weight.waived")
	case w.Expected > 0:
		return order.Say("weight.figures", "grams", w.Grams, "expected", w.Expected)
	case w.Grams > 0:
		return order.Say("weight.grams", "grams", w.Grams)
	}
	return order.Said{}
}
