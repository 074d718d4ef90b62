package cli

import (
	"context"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
)

// handing is how parcels are to be handed over to their carrier, where a person said so.
type handing struct {
	method   string // platform.Pickup, platform.DropOff or empty
	from, to time.Time
}

// handing reads what was said. It fails with usage.arrange_handover.
func (v *Arrange) handing() (h handing, err error) {
	ways := map[string]string{"": "", "pickup": platform.Pickup, "dropoff": platform.DropOff}
	method, known := ways[v.Handover]
	if v.Slot != "" {
		h.from, err = time.ParseInLocation("2006-01-02T15:04", v.Slot, time.Local)
	}
	if !known || err != nil || v.Slot != "" && method == platform.DropOff {
		return handing{}, order.Trouble(err, "usage.arrange_handover")
	}
	h.method = method
	return h, nil
}

// possible parts parcels that can be handed over so from those of which nobody can choose it.
func (h handing) possible(parcels []order.Known) (can []order.Known, cannot []arrangeLine) {
	for _, parcel := range parcels {
		method, slot := parcel.Handing()
		switch {
		case !h.from.IsZero() && !slot:
			cannot = append(cannot, arrangeLine{PackageID: parcel.Key, Outcome: "excluded", said: order.Say("arrange.no_slot", "market", parcel.Market)})
		case h.method != "" && h.from.IsZero() && !method:
			cannot = append(cannot, arrangeLine{PackageID: parcel.Key, Outcome: "excluded", said: order.Say("arrange.no_handover", "market", parcel.Market)})
		default:
			can = append(can, parcel)
		}
	}
	return can, cannot
}

// find asks the platform for the end of the pick-up that begins when it was said, for the first of the parcels: the platform answers for each of the others when it
// is arranged. It fails with arrange.slot where no such pick-up is offered.
func (h *handing) find(ctx context.Context, kept *Mirror, parcels []order.Known) error {
	if h.from.IsZero() || len(parcels) == 0 {
		return nil
	}
	offered, err := kept.Slots(ctx, parcels[0].Parcel)
	if err != nil {
		return err
	}
	var starts []string
	for _, slot := range offered.Slots {
		if slot.Available && slot.Start.Equal(h.from) {
			h.to = slot.End
			return nil
		}
		if slot.Available {
			starts = append(starts, slot.Start.Local().Format("2006-01-02T15:04"))
		}
	}
	return order.Trouble(nil, "arrange.slot", "slots", strings.Join(starts, ", "))
}

// request is the one that arranges a parcel so. The method is said only where it counts.
func (h handing) request(parcel order.Parcel) order.Request {
	r := order.Request{Kind: order.Arrange, Handover: h.method, SlotFrom: h.from, SlotTo: h.to}
	if method, _ := parcel.Handing(); !method {
		r.Handover = ""
	} else if !h.from.IsZero() {
		r.Handover = platform.Pickup
	}
	return r
}

// pickupLine is a time the carrier may come at.
type pickupLine struct {
	PackageID order.ParcelKey `json:"package_id"`
	Start     string          `json:"start"`
	End       string          `json:"end"`
	Available bool            `json:"available"`
	Pickup    bool            `json:"can_pickup"`
	DropOff   bool            `json:"can_drop_off"`
}

// tellSlots writes when the carrier may come for the first of the parcels.
func (v *Arrange) tellSlots(e *Environment, bench *Bench, parcels []order.Known) error {
	if len(parcels) == 0 {
		return order.Trouble(nil, "arrange.none")
	}
	kept, err := bench.Mirror()
	if err != nil {
		return err
	}
	offered, err := kept.Slots(e.Context, parcels[0].Parcel)
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "arrange.slots.header")
	for _, slot := range offered.Slots {
		line := pickupLine{PackageID: parcels[0].Key, Start: moment(slot.Start), End: moment(slot.End), Available: slot.Available, Pickup: offered.CanPickup, DropOff: offered.CanDropOff}
		free := ""
		if !slot.Available {
			free = e.Tongue.Text("arrange.slot_taken")
		}
		if err := list.add(line, slot.Start.Local().Format("2006-01-02T15:04"), slot.End.Local().Format("15:04"), free); err != nil {
			return err
		}
	}
	return list.end()
}
