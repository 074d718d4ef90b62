package spool

import (
	"slices"

	"packbench/internal/order"
)

// Works are what happened to the parcels of a run.
type Works map[order.ParcelKey]order.Work

// Labels are the labels of a run, in the order of the paper. drawn and making tell how far each has been prepared.
func Labels(run order.Run, works Works, drawn, making func(order.ParcelKey) bool) []Label {
	labels := make([]Label, len(run.Parcels))
	for i, parcel := range run.Parcels {
		w := works[parcel]
		_, held := run.Held[parcel]
		elsewhere := w.Label.State != order.NoLabel && w.Label.Run != run.ID || !w.ConfirmedAt.IsZero() || w.Stopped != ""
		labels[i] = Label{State: w.Label.State, Held: held || elsewhere && w.Label.State != order.Seen, Drawn: drawn(parcel), Making: making(parcel)}
	}
	return labels
}

// LabelWith is the place in a run of the label that carries a code; −1 where none does. cut tells that it certainly did not go out whole.
func LabelWith(run order.Run, works Works, code string) (at int, cut bool) {
	carries := func(w order.Work) bool { return code == w.Label.Matched || code == w.Tracking }
	also := func(w order.Work) bool { return slices.Contains(w.Label.Codes, code) } // such as an order's number, which several parcels may share
	for _, is := range []func(order.Work) bool{carries, also} {
		if at = slices.IndexFunc(run.Parcels, func(parcel order.ParcelKey) bool { return code != "" && is(works[parcel]) }); at >= 0 {
			break
		}
	}
	return at, at >= 0 && !works[run.Parcels[at]].Label.Out()
}

// lastSeen is the place of the last label that was seen; −1: none was.
func lastSeen(run order.Run, works Works) int {
	last := -1
	for i, parcel := range run.Parcels {
		if works[parcel].Label.State == order.Seen {
			last = i
		}
	}
	return last
}

// Doubts tells whether a label of the run went out, or may have, that was not seen: before it goes on a person has to say how far the paper came.
func Doubts(run order.Run, works Works) bool {
	for _, parcel := range run.Parcels[lastSeen(run, works)+1:] {
		if l := works[parcel].Label; l.Run == run.ID && (l.State == order.Sending || l.State == order.Sent) {
			return true
		}
	}
	return false
}

// Recover is what follows when a person says that the label at a place was the last good one, −1: that none was. Those after it are spoiled, and
// go out again; a label that was seen is good whatever is said.
func Recover(run order.Run, works Works, last int) []order.Event {
	var events []order.Event
	if last >= 0 {
		parcel := run.Parcels[last]
		if works[parcel].Label.State == order.Sending { // it did go out whole
			events = append(events, order.Event{Kind: order.LabelSent, Parcel: parcel, Run: run.ID})
		}
		events = append(events, order.Event{Kind: order.LabelSeen, Parcel: parcel, Run: run.ID})
	}
	for _, parcel := range run.Parcels[max(last, lastSeen(run, works))+1:] {
		events = append(events, spoil(run, works[parcel], parcel, order.Interrupted)...)
	}
	return append(events, order.Event{Kind: order.RunGoes, Run: run.ID})
}

// Missing is what follows when a person says that the labels of a run that were not seen did not come out: they go out again.
func Missing(run order.Run, works Works, why order.Spoiling, supervisor string) []order.Event {
	var events []order.Event
	for _, parcel := range run.Parcels {
		for _, e := range spoil(run, works[parcel], parcel, why) {
			e.Supervisor = supervisor
			events = append(events, e)
		}
	}
	if events == nil {
		return nil
	}
	return append(events, order.Event{Kind: order.RunGoes, Run: run.ID})
}

// spoil is the event that takes back a label of the run that went out and was not seen.
func spoil(run order.Run, w order.Work, parcel order.ParcelKey, why order.Spoiling) []order.Event {
	if w.Label.Run != run.ID || w.Label.State != order.Sending && w.Label.State != order.Sent {
		return nil
	}
	return []order.Event{{Kind: order.LabelSpoiled, Parcel: parcel, Run: run.ID, Spoiling: why, Doubtful: w.Label.State == order.Sending}}
}

// Reversed is the order of the paper where each label comes to lie on the one before.
func Reversed(parcels []order.ParcelKey) []order.ParcelKey {
	turned := slices.Clone(parcels)
	slices.Reverse(turned)
	return turned
}
