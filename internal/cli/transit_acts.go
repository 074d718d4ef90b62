package cli

import (
	"errors"
	"fmt"
	"slices"

	"packbench/internal/order"
)

// TransitRedelivery writes the request to have an order delivered again.
type TransitRedelivery struct {
	Order string `arg:"" help:"The order's number."`
}

// TransitFiled notes that something was filed at the platform.
type TransitFiled struct {
	Order string `arg:"" help:"The order's number."`
	Sync  bool   `help:"It is a ticket about tracking that does not reach the platform: Logistics, Tracking Sync Issue."`
}

// TransitLost notes that a parcel is lost.
type TransitLost struct {
	Package string `arg:"" help:"A package or tracking number."`
}

// TransitFound notes that a parcel which was given up is there again.
type TransitFound struct {
	Package string `arg:"" help:"A package or tracking number."`
}

// Served tells that a program that has the folder open does it.
func (v *TransitRedelivery) Served() bool { return true }

// Served tells that a program that has the folder open does it.
func (v *TransitFiled) Served() bool { return true }

// Served tells that a program that has the folder open does it.
func (v *TransitLost) Served() bool { return true }

// Served tells that a program that has the folder open does it.
func (v *TransitFound) Served() bool { return true }

// Run writes the text. What the bench does not keep of the buyer is marked in it, with where to read it.
func (v *TransitRedelivery) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	parcel, o, err := bench.failed(v.Order)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("transit.request", "order", o.ID, "package", parcel.Key, "tracking", parcel.Tracking, "carrier", parcel.Provider,
		"failed", o.Transit.FailedAt.UTC().Format("2006-01-02 15:04 UTC")))
	return err
}

// Run journals it.
func (v *TransitFiled) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	if v.Sync {
		parcels, err := bench.parcelsOf(v.Order)
		if err != nil {
			return err
		}
		var events []order.Event
		for _, parcel := range parcels {
			events = append(events, order.Event{At: e.Now(), Kind: order.TicketFiled, Parcel: journalKey(parcel), Order: v.Order})
		}
		return errors.Join(bench.record(e.Context, events...), e.tell(order.Say("transit.ticket_noted", "order", v.Order)))
	}
	parcel, o, err := bench.failed(v.Order)
	if err != nil {
		return err
	}
	if err := bench.record(e.Context, order.Event{At: e.Now(), Kind: order.RedeliveryFiled, Parcel: journalKey(parcel), Order: o.ID}); err != nil {
		return err
	}
	return e.tell(order.Say("transit.filed_noted", "order", o.ID))
}

// Run journals it.
func (v *TransitLost) Run(e *Environment) error { return giveUp(e, v.Package, order.SaidLost) }

// Run journals it.
func (v *TransitFound) Run(e *Environment) error { return giveUp(e, v.Package, order.FoundAgain) }

// giveUp journals that a parcel which has left is lost, or is there again.
func giveUp(e *Environment, code string, kind order.EventKind) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	parcels, err := bench.parcelsOf(code)
	if err != nil {
		return err
	}
	if len(parcels) > 1 {
		return order.Trouble(nil, "transit.several", "code", code)
	}
	parcel := parcels[0]
	switch lost := !parcel.Work.LostAt.IsZero(); {
	case kind == order.FoundAgain && !lost:
		return order.Trouble(nil, "transit.not_lost", "parcel", parcel.Key)
	case kind == order.SaidLost && (!parcel.Passed(order.InCarriage) && parcel.Work.HandedOverAt.IsZero()):
		return order.Trouble(nil, "transit.not_left", "parcel", parcel.Key)
	case kind == order.SaidLost && parcel.Passed(order.AtBuyer):
		return order.Trouble(nil, "transit.arrived", "parcel", parcel.Key)
	case kind == order.SaidLost && lost:
		return e.tell(order.Say("transit.lost_noted", "parcel", parcel.Key)) // it is
	}
	if err := bench.record(e.Context, order.Event{At: e.Now(), Kind: kind, Parcel: journalKey(parcel)}); err != nil {
		return err
	}
	if kind == order.FoundAgain {
		return e.tell(order.Say("transit.found_noted", "parcel", parcel.Key))
	}
	return e.tell(order.Say("transit.lost_noted", "parcel", parcel.Key))
}

// parcelsOf are the parcels of a code; there is one at least.
func (b *Bench) parcelsOf(code string) (parcels []order.Known, err error) {
	keys, err := b.Store.ParcelsOf(code)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		known, found, err := b.Store.Parcel(key)
		if err != nil {
			return nil, err
		}
		if found {
			parcels = append(parcels, known)
		}
	}
	if len(parcels) == 0 {
		return nil, order.Trouble(nil, "refused.unknown_code", "code", code)
	}
	return parcels, nil
}

// failed is an order whose delivery failed and may be asked for once more, with its parcel: once per order (rules 2, redelivery).
func (b *Bench) failed(id string) (order.Known, order.Order, error) {
	o, found, err := b.Store.Order(id)
	if err != nil {
		return order.Known{}, o, err
	}
	if !found {
		return order.Known{}, o, order.Trouble(nil, "refused.unknown_code", "code", id)
	}
	parcels, err := b.parcelsOf(id)
	if err != nil {
		return order.Known{}, o, err
	}
	for _, parcel := range parcels {
		if slices.Contains(parcel.Work.Refiled, id) {
			return order.Known{}, o, order.Trouble(nil, "transit.filed_before", "order", id, "day", Day(parcel.Work.RefiledAt))
		}
	}
	if o.Transit.FailedAt.IsZero() || o.Status == order.Delivered || o.Status == order.Completed || o.Status == order.Cancelled {
		return order.Known{}, o, order.Trouble(nil, "transit.not_failed", "order", id)
	}
	return parcels[0], o, nil
}
