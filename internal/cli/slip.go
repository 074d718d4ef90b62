package cli

import (
	"errors"
	"slices"
	"strings"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/setup"
)

// The sheets that go with a parcel.
const (
	packingSlip setup.Sheet = "packing_slip"
	slotTicket  setup.Sheet = "slot_ticket"
)

// ofParcels are parcels of which papers are wanted.
type ofParcels struct {
	Parcels []string `arg:"" optional:"" name:"parcel" help:"Package numbers, or the o:ORDER a parcel has before the platform gives it one."`
	Wave    string   `placeholder:"WAVE" help:"All of a wave that is still to leave, in the order they are packed."`
}

// Slip prints packing slips.
type Slip struct {
	ofParcels
	OnPaper
}

// Served tells that a program that has the folder open does it.
func (v *Slip) Served() bool { return true }

// Run draws a slip of each parcel and brings them where they are wanted.
func (v *Slip) Run(e *Environment) error {
	return v.each(e, &v.OnPaper, func(known order.Known, around around) drawing {
		slip := slipOf(e, known, around)
		return drawing{paperLine{Sheet: packingSlip, PackageID: known.Key}, func(size page.Size, dpi int) ([]*page.Page, error) {
			return paper.PackingSlip(size, dpi, slip)
		}}
	})
}

// Ticket prints slot tickets.
type Ticket struct {
	ofParcels
	OnPaper
}

// Served tells that a program that has the folder open does it.
func (v *Ticket) Served() bool { return true }

// Run draws a ticket of each parcel and brings them where they are wanted.
func (v *Ticket) Run(e *Environment) error {
	return v.each(e, &v.OnPaper, func(known order.Known, around around) drawing {
		ticket := ticketOf(e, known, around)
		return drawing{paperLine{Sheet: slotTicket, PackageID: known.Key}, func(size page.Size, dpi int) ([]*page.Page, error) {
			return paper.SlotTicket(size, dpi, ticket)
		}}
	})
}

// around is what is known around parcels: names of shops by their ids, of totes and slots and of open waves by the parcels in them.
type around struct {
	shops        map[string]string
	slots, waves map[order.ParcelKey]string
}

func (b *Bench) around() (a around, err error) {
	a = around{shops: map[string]string{}, slots: map[order.ParcelKey]string{}, waves: map[order.ParcelKey]string{}}
	shops, err := b.Store.Shops()
	if err != nil {
		return a, err
	}
	for _, shop := range shops {
		a.shops[shop.ID] = shop.Name
	}
	slots, err := b.Store.Slots()
	if err != nil {
		return a, err
	}
	for _, slot := range slots {
		a.slots[slot.Parcel] = slot.Name()
	}
	delete(a.slots, "") // of those that are free
	waves, err := b.Store.OpenWaves()
	for _, wave := range waves {
		for _, key := range wave.Parcels {
			a.waves[key] = wave.ID
		}
	}
	return a, err
}

// each makes a paper of each parcel. It fails with paper.no_parcel where there is none.
func (v *ofParcels) each(e *Environment, to *OnPaper, made func(order.Known, around) drawing) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	parcels, err := v.known(bench)
	if err == nil && len(parcels) == 0 {
		err = order.Trouble(nil, "paper.no_parcel")
	}
	if err != nil {
		return err
	}
	around, err := bench.around()
	if err != nil {
		return err
	}
	var papers []drawing
	for _, known := range parcels {
		papers = append(papers, made(known, around))
	}
	return to.put(e, bench, papers)
}

// known are the parcels: those of the wave, then those named. It fails with refused.unknown_code where nobody knows one.
func (v *ofParcels) known(bench *Bench) (parcels []order.Known, err error) {
	if v.Wave != "" {
		made, err := bench.Store.Wave(v.Wave)
		if err != nil {
			return nil, err
		}
		parcels = made.Left()
	}
	for _, name := range v.Parcels {
		known, found, err := bench.Store.Parcel(order.ParcelKey(name))
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, order.Trouble(nil, "refused.unknown_code", "code", name)
		}
		parcels = append(parcels, known)
	}
	return parcels, nil
}

// slipOf is what stands on a parcel's packing slip: what was ordered, in the shop's words, and what the buyer wrote. Notes of colleagues stay in the house.
func slipOf(e *Environment, known order.Known, around around) paper.Slip {
	say := e.Tongue.Text
	slip := paper.Slip{
		Title: say("slip.title"), Warning: say("slip.no_label"), Shop: around.shops[known.ShopID],
		Order: say("slip.order", "orders", strings.Join(known.OrderIDs, ", ")), Orders: known.OrderIDs,
		Items: itemsOf(known.Units, say("slip.gift")), Sum: say("paper.pieces", "count", len(known.Units)), NoteTitle: say("slip.note"),
	}
	if known.Of > 1 {
		slip.Facts = append(slip.Facts, say("slip.parcel", "n", known.Number, "of", known.Of))
	}
	for _, note := range known.Notes {
		if note.FromBuyer {
			slip.Notes = append(slip.Notes, note.Text)
		}
	}
	return slip
}

// itemsOf are the articles of units, in the order in which they appear; a gift is an article of its own.
func itemsOf(units []order.Unit, gift string) (items []paper.Item) {
	for _, u := range units {
		item := paper.Item{Name: u.ProductName, Variant: u.VariantName, SKU: u.SKU()}
		if u.Gift {
			item.Gift = "🎁 " + gift
		}
		at := slices.IndexFunc(items, func(i paper.Item) bool { return i.SKU == item.SKU && i.Gift == item.Gift && i.Variant == item.Variant })
		if at < 0 {
			at, items = len(items), append(items, item)
		}
		items[at].Pieces++
	}
	return items
}

// ticketOf is what stands on the ticket of a parcel's tote or slot.
func ticketOf(e *Environment, known order.Known, around around) paper.Ticket {
	say := e.Tongue.Text
	ticket := paper.Ticket{Slot: around.slots[known.Key], Code: string(known.Key), Facts: []string{say("paper.pieces", "count", len(known.Units))}}
	if wave := around.waves[known.Key]; wave != "" {
		ticket.Wave = say("ticket.wave", "wave", wave)
	}
	if !known.Due.IsZero() {
		ticket.Facts = append(ticket.Facts, say("ticket.due", "time", known.Due.Local().Format("2006-01-02 15:04")))
	}
	return ticket
}
