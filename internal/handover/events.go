package handover

import (
	"slices"
	"time"

	"packbench/internal/order"
)

// Onto are the events that put the parcel of a verdict onto its sheet, which is opened where there is none: last is the number of the day's last sheet. There are none
// where the verdict does not put it there.
func (v Verdict) Onto(open []order.Sheet, last int, now time.Time, scan order.Scan, details order.Handover) []order.Event {
	if v.Outcome != OnSheet {
		return nil
	}
	var events []order.Event
	sheet, is := SheetAt(open, v.Place)
	if !is {
		sheet.ID = order.SheetID(now, last+1)
		events = append(events, order.Event{At: now, Kind: order.SheetOpened, Handover: order.Handover{
			Sheet: sheet.ID, Carrier: v.Place.Carrier, Mode: v.Place.Mode, Warehouse: v.Place.Warehouse}})
	}
	k := v.Known
	details.Sheet, details.Mode, details.Shop, details.Orders, details.Tracking = sheet.ID, v.Place.Mode, k.ShopID, k.OrderIDs, Number(k)
	if k.Work.WeightG > 0 {
		details.WeightG, details.Weighed = k.Work.WeightG, true
	}
	return append(events, order.Event{At: now, Kind: order.HandedOver, Parcel: JournalKey(k), Code: scan.Code, Device: scan.Device, Typed: scan.Typed,
		ReadAgo: max(0, now.Sub(k.ReadAt)), Handover: details})
}

// JournalKey is the key under which the journal has what happened to a parcel.
func JournalKey(k order.Known) order.ParcelKey {
	if k.Work.Parcel != "" {
		return k.Work.Parcel
	}
	return k.Key
}

// Back are the events that take the parcel with a code off the open sheet it is on, and the verdict on that.
func Back(code string, c order.Candidates, open []order.Sheet, now time.Time) (Verdict, []order.Event) {
	for _, k := range c.Parcels {
		on := slices.IndexFunc(open, func(s order.Sheet) bool { return s.ID == k.Work.Sheet && s.Has(JournalKey(k)) })
		if !onLabel(k, code) && code != string(k.Key) || on < 0 {
			continue
		}
		v := Verdict{Known: k, Place: PlaceOf(open[on]), Sheet: open[on].ID}.say(TakenBack, order.Say("handover.taken_back", "carrier", Named(open[on].Carrier)))
		return v, []order.Event{{At: now, Kind: order.HandoverTakenBack, Parcel: JournalKey(k), Code: code, Handover: order.Handover{Sheet: open[on].ID}}}
	}
	return Verdict{}.say(NotOnSheet, order.Say("handover.not_on_sheet")), nil
}
