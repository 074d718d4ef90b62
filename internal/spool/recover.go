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
		elsewhere := w.Label.State != order.NoLabel && w.Label.Run != run.ID
		done := !w.ConfirmedAt.IsZero() || w.Stopped != ""
		labels[i] = Label{State: w.Label.State, Held: held || elsewhere || done && w.Label.State != order.Seen, Drawn: drawn(parcel), Making: making(parcel)}
	}
	return labels
}

// Places that are none.
const (
	NoLabel    = -1 // no label of the run carries the code
	ManyLabels = -2 // several do, such as the number of an order in several parcels, or of the carrier's depot: it tells nothing
)

// LabelWith is the place in a run of the label that carries a code, or NoLabel or ManyLabels. cut tells that it certainly did not go out whole.
func LabelWith(run order.Run, works Works, code string) (at int, cut bool) {
	for _, carries := range []func(order.Work) bool{
		func(w order.Work) bool { return code == w.Tracking },
		func(w order.Work) bool { return code == w.Label.Matched },
		func(w order.Work) bool { return slices.Contains(w.Label.Codes, code) },
	} {
		at = NoLabel
		for i, parcel := range run.Parcels {
			w := works[parcel]
			ours := w.Label.State == order.NoLabel || w.Label.Run == run.ID
			switch {
			case code == "" || !ours || !carries(w):
			case at != NoLabel:
				return ManyLabels, false
			default:
				at = i
			}
		}
		if at != NoLabel {
			return at, !works[run.Parcels[at]].Label.Out()
		}
	}
	return NoLabel, false
}

// behind are the parcels whose labels lie on the paper behind the last one that was seen; good is a parcel whose label a person calls good, too.
func behind(run order.Run, works Works, good order.ParcelKey) []order.ParcelKey {
	last := -1
	for i, parcel := range run.Paper {
		if l := works[parcel].Label; l.Run == run.ID && (l.State == order.Seen || parcel == good) {
			last = i
		}
	}
	return run.Paper[last+1:]
}

// Unseen is how many labels of the run went out, or may have, after the last one that was seen.
func Unseen(run order.Run, works Works) (n int) {
	for _, parcel := range behind(run, works, "") {
		if out(run, works[parcel]) {
			n++
		}
	}
	return n
}

// out tells whether a label of the run went out, or may have, and was not seen.
func out(run order.Run, w order.Work) bool {
	return w.Label.Run == run.ID && (w.Label.State == order.Sending || w.Label.State == order.Sent)
}

// Doubts tells whether a label of the run went out, or may have, that was not seen: before it goes on a person has to say how far the paper came.
func Doubts(run order.Run, works Works) bool { return Unseen(run, works) > 0 }

// Cut tells whether a label of the run was on its way when the bench stopped: nobody knows how far it came.
func Cut(run order.Run, works Works) bool {
	return slices.ContainsFunc(run.Parcels, func(parcel order.ParcelKey) bool {
		l := works[parcel].Label
		return l.Run == run.ID && l.State == order.Sending
	})
}

// Recover is what follows when a person says that the label at a place was the last good one, −1: that none was. Those after it on the paper are spoiled,
// and go out again; a label that was seen is good whatever is said.
func Recover(run order.Run, works Works, last int) []order.Event {
	var events []order.Event
	var good order.ParcelKey
	if last >= 0 {
		good = run.Parcels[last]
	}
	after := behind(run, works, good)
	for _, parcel := range run.Paper[:len(run.Paper)-len(after)] {
		if w := works[parcel]; out(run, w) && w.Label.State == order.Sending { // it did go out whole
			events = append(events, order.Event{Kind: order.LabelSent, Parcel: parcel, Run: run.ID})
		}
	}
	if good != "" {
		events = append(events, order.Event{Kind: order.LabelSeen, Parcel: good, Run: run.ID})
	}
	for _, parcel := range after {
		events = append(events, spoil(run, works[parcel], parcel, order.Interrupted)...)
	}
	return append(events, order.Event{Kind: order.RunGoes, Run: run.ID})
}

// SeenBehind is the place of a label that was seen and lies on the paper behind the one at a place; −1: there is none. Whoever calls that one the last good
// label is mistaken about one of the two.
func SeenBehind(run order.Run, works Works, last int) int {
	if last < 0 {
		return NoLabel
	}
	on := slices.Index(run.Paper, run.Parcels[last])
	for _, parcel := range slices.Backward(run.Paper[on+1:]) {
		if l := works[parcel].Label; l.Run == run.ID && l.State == order.Seen {
			return slices.Index(run.Parcels, parcel)
		}
	}
	return NoLabel
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
	if !out(run, w) {
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
