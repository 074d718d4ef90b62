package report

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"

	"packbench/internal/order"
)

// BuyerColumns are those of the export of buyers to tell. The bench keeps neither their names nor their addresses: the order's number leads to them on the platform.
var BuyerColumns = []Column{
	{"order_id", order.Say("export.order_id"), Text, 22},
	{"shop", order.Say("export.shop"), Text, 16},
	{"market", order.Say("export.market"), Text, 8},
	{"about", order.Say("export.about"), Text, 18},
	{"language", order.Say("export.language"), Text, 10},
	{"text", order.Say("export.text"), Text, 90},
	{"tracking_number", order.Say("export.tracking_number"), Text, 22},
	{"carrier", order.Say("export.carrier"), Text, 18},
	{"deliver_by", order.Say("export.deliver_by"), Moment, 20},
}

// About is what a buyer is to be told (spec/fulfilment-rules.md 3, buyers to tell: dispatch, delay, expected delivery).
type About string

// What buyers are told.
const (
	Nothing         About = ""
	Dispatched      About = "dispatched"       // the carrier has it
	Expected        About = "expected"         // it is packed, and delivery is expected by a day
	Delayed         About = "delayed"          // it should have left by now
	DeliveryDelayed About = "delivery_delayed" // it should be there by now
)

// AboutOf is what the buyer of an order is to be told at a moment. Who asked to cancel is told nothing before that is answered, and whose order the platform's own
// warehouse packs is told nothing by the seller's.
func AboutOf(o order.Order, parcels []order.Known, now time.Time) About {
	late := func(by time.Time) bool { return !by.IsZero() && by.Before(now) }
	if o.CancelRequested || o.FulfillmentType == order.FulfillmentByPlatform {
		return Nothing
	}
	switch o.Status {
	case order.AwaitingShipment, order.PartiallyShipping, order.AwaitingCollection:
		switch {
		case late(o.Times.CollectBy) || o.Status != order.AwaitingCollection && late(o.Times.ArrangeBy):
			return Delayed
		case !o.Times.DeliverBy.IsZero() && len(parcels) > 0 && !slices.ContainsFunc(parcels, func(k order.Known) bool { return k.Work.ConfirmedAt.IsZero() }):
			return Expected
		}
	case order.InTransit:
		if late(o.Times.DeliverBy) {
			return DeliveryDelayed
		}
		return Dispatched
	}
	return Nothing
}

// told are the sentences of a language.
type told struct {
	Markets         []order.Market `toml:"markets"`
	Day             string         `toml:"day"`
	Join            string         `toml:"join"`
	Dispatched      string         `toml:"dispatched"`
	Packed          string         `toml:"packed"`
	Delayed         string         `toml:"delayed"`
	DeliveryDelayed string         `toml:"delivery_delayed"`
	Carrier         string         `toml:"carrier"`
	Tracking        string         `toml:"tracking"`
	Expected        string         `toml:"expected"`
}

//go:embed buyers.toml
var buyersFile string

var languages = sync.OnceValue(func() map[string]told {
	found := map[string]told{}
	if _, err := toml.Decode(buyersFile, &found); err != nil {
		panic(err) // never: the file is part of the program
	}
	return found
})

// otherLanguage is that of markets no language names.
const otherLanguage = "en"

// LanguageOf is the language buyers of a market are written to in, by its BCP 47 tag.
func LanguageOf(market order.Market) string {
	all := languages()
	for _, tag := range slices.Sorted(maps.Keys(all)) {
		if slices.Contains(all[tag].Markets, market) {
			return tag
		}
	}
	return otherLanguage
}

// BuyerText is what to tell the buyer of an order in a language: the day of delivery is that of the place where zone holds.
func BuyerText(language string, about About, o order.Order, carrier, tracking string, zone *time.Location, now time.Time) string {
	l := languages()[language]
	parts := []string{map[About]string{Dispatched: l.Dispatched, Expected: l.Packed, Delayed: l.Delayed, DeliveryDelayed: l.DeliveryDelayed}[about]}
	if sent := about == Dispatched || about == DeliveryDelayed; sent {
		if carrier != "" {
			parts = append(parts, l.Carrier)
		}
		if tracking != "" {
			parts = append(parts, l.Tracking)
		}
	}
	if o.Times.DeliverBy.After(now) && about != Delayed {
		parts = append(parts, l.Expected)
	}
	return strings.NewReplacer("{order}", o.ID, "{carrier}", carrier, "{tracking}", tracking, "{day}", o.Times.DeliverBy.In(zone).Format(l.Day)).Replace(strings.Join(parts, l.Join))
}

// BuyerRow is the row of an order's buyer; false where there is nothing to tell.
func BuyerRow(o order.Order, parcels []order.Known, shop string, zone *time.Location, now time.Time) ([]Cell, bool) {
	about := AboutOf(o, parcels, now)
	if about == Nothing {
		return nil, false
	}
	tracking := each(parcels, func(k order.Known) string { return k.Tracking })
	language := LanguageOf(o.Market)
	return []Cell{
		text(o.ID), text(shop), text(string(o.Market)), text(string(about)), text(language),
		text(BuyerText(language, about, o, o.Provider, tracking.Text, zone, now)), tracking, text(o.Provider), at(o.Times.DeliverBy),
	}, true
}
