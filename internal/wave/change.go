package wave

import (
	"slices"
	"strings"
	"time"

	"packbench/internal/order"
)

// Refused is a parcel that does not join or leave a wave, and why; Why is empty where the platform does not let it be packed: its standing says why.
type Refused struct {
	Parcel order.ParcelKey
	Why    order.Said
}

// Joining is what is known where parcels are to join a wave that is there.
type Joining struct {
	Wave    order.Wave
	Begun   bool           // it is being picked or packed already
	Members []*order.Facts // those of its parcels that are still to leave
	Free    Stock          // what may still be promised
	Force   bool           // also where there is not enough
	Totes   int            // that a trolley holds
}

// Join has those of some parcels join that can, within the limit of order.ParcelsAWave, and says why the others do not. A wave that is begun keeps its shape; one
// that is not takes the shape its parcels ask for.
func (j Joining) Join(names []order.ParcelKey, parcels []*order.Facts, now time.Time) (events []order.Event, refused []Refused) {
	var joined []order.ParcelKey
	shape := j.Wave.Shape
	for _, name := range names {
		i := slices.IndexFunc(parcels, func(f *order.Facts) bool { return f.Key == name })
		if i < 0 {
			refused = append(refused, Refused{name, order.Say("refused.unknown_code", "code", name)})
			continue
		}
		if slices.Contains(joined, name) {
			continue
		}
		f := parcels[i]
		members := append(slices.Clip(j.Members), f)
		if why, no := j.refusal(f, len(j.Wave.Parcels)+len(joined), members, now); no {
			refused = append(refused, Refused{name, why})
			continue
		}
		if !possible(shape, members, j.Totes) {
			shape = Shape(members, j.Totes)
		}
		j.Free.take(f)
		j.Members = members
		joined = append(joined, name)
	}
	if len(joined) > 0 {
		event := order.Event{At: now, Kind: order.WaveJoined, Wave: j.Wave.ID, Parcels: joined}
		if shape != j.Wave.Shape {
			event.Shape = shape
		}
		events = append(events, event)
	}
	return events, refused
}

// refusal is why a parcel cannot join; no is false where it can.
func (j Joining) refusal(f *order.Facts, have int, members []*order.Facts, now time.Time) (why order.Said, no bool) {
	switch {
	case f.Wave != "":
		return order.Say("wave.join.taken", "parcel", f.Key, "wave", f.Wave), true
	case !f.Standing.Packable():
		return order.Said{}, true
	case f.Here.Begun() || f.Here.Parked:
		return order.Say("wave.join.begun", "parcel", f.Key), true
	case f.ReleaseAt.After(now):
		return order.Say("wave.join.unreleased", "parcel", f.Key), true
	case have >= order.ParcelsAWave:
		return order.Say("wave.join.full", "wave", j.Wave.ID, "most", order.ParcelsAWave), true
	case j.Begun && !possible(j.Wave.Shape, members, j.Totes):
		return order.Say("wave.join.shape", "wave", j.Wave.ID, "parcel", f.Key), true
	}
	if skus := j.Free.short(f); len(skus) > 0 && !j.Force {
		return order.Say("wave.short", "parcel", f.Key, "skus", strings.Join(skus, ", ")), true
	}
	return order.Said{}, false
}

// possible tells whether parcels can be picked and sorted so.
func possible(shape order.Shape, parcels []*order.Facts, totes int) bool {
	switch shape {
	case order.FastLane:
		return !slices.ContainsFunc(parcels, func(f *order.Facts) bool { return len(f.SKUs) != 1 })
	case order.Bulk:
		return !slices.ContainsFunc(parcels, func(f *order.Facts) bool { return contents(f) != contents(parcels[0]) })
	case order.Totes:
		return len(parcels) <= totes
	}
	return true
}

// Leave takes those of some parcels out of a wave that are not begun, and says why the others stay. A wave that all leave is undone.
func Leave(w order.Wave, names []order.ParcelKey, parcels []*order.Facts, now time.Time) (events []order.Event, refused []Refused) {
	var left []order.ParcelKey
	for _, name := range names {
		i := slices.IndexFunc(parcels, func(f *order.Facts) bool { return f.Key == name })
		member := name
		if !slices.Contains(w.Parcels, name) && i >= 0 { // it may be in by the number it had before its package's
			member = order.KeyOfOrder(parcels[i].OrderIDs[0])
		}
		switch {
		case !slices.Contains(w.Parcels, member):
			refused = append(refused, Refused{name, order.Say("wave.leave.elsewhere", "parcel", name, "wave", w.ID)})
		case i >= 0 && parcels[i].Here.Begun():
			refused = append(refused, Refused{name, order.Say("wave.leave.begun", "parcel", name)})
		case !slices.Contains(left, member):
			left = append(left, member)
		}
	}
	switch {
	case len(left) == 0:
	case len(left) == len(w.Parcels):
		events = append(events, order.Event{At: now, Kind: order.WaveUndone, Wave: w.ID})
	default:
		events = append(events, order.Event{At: now, Kind: order.WaveLeft, Wave: w.ID, Parcels: left})
	}
	return events, refused
}
