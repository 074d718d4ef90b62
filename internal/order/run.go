package order

import (
	"slices"
	"time"
)

// LabelsARun is how many labels a print run holds at most: what the platform gives in one batch, and a pile a hand can hold (design, mission).
const LabelsARun = 50

// RunState is how a print run stands.
type RunState string

// The states of a print run.
const (
	RunGoing    RunState = "going"    // labels go out as the printer takes them
	RunPaused   RunState = "paused"   // a person stopped it; nobody doubts what came out
	RunStanding RunState = "standing" // something happened: a person has to say which label was the last good one
	RunOver     RunState = "over"     // nothing more goes out
)

// Run is labels that go out one after the other. How far each of them is stands in its parcel's Work.
type Run struct {
	ID      string      `json:"id"`
	MadeAt  time.Time   `json:"made_at"`
	Parcels []ParcelKey `json:"parcels"` // in the order in which their labels go out
	State   RunState    `json:"state"`
	Printer string      `json:"printer,omitempty"` // the address of the printer it was begun on
	Wave    string      `json:"wave,omitempty"`    // the wave its parcels are of; empty: none, or several
	// Paper are the parcels whose labels went out, or may have, in the order of the paper: each stands where its last label lies. It is another order than
	// that of Parcels once labels were printed again.
	Paper []ParcelKey `json:"paper,omitempty"`
	// Why is what made it stand.
	Why Said `json:"why,omitzero"`
	// Held are parcels whose label is kept back, and why.
	Held map[ParcelKey]Said `json:"held,omitempty"`
}

// After is the run once an event of it has happened.
func (r Run) After(e Event) Run {
	switch e.Kind {
	case RunMade:
		r = Run{ID: e.Run, MadeAt: e.At, Parcels: e.Parcels, Printer: e.Printer, Wave: e.Wave, State: RunGoing}
	case RunGoes:
		r.State, r.Why = RunGoing, Said{}
	case RunPauses:
		r.State = RunPaused
	case RunStands:
		r.State, r.Why = RunStanding, e.Why
	case RunEnds:
		r.State, r.Why = RunOver, e.Why
	case LabelSending:
		r.Paper = append(slices.DeleteFunc(slices.Clone(r.Paper), func(p ParcelKey) bool { return p == e.Parcel }), e.Parcel)
	case LabelHeld:
		held := map[ParcelKey]Said{e.Parcel: e.Why}
		for parcel, why := range r.Held {
			if parcel != e.Parcel {
				held[parcel] = why
			}
		}
		r.Held = held
	case Renamed:
		r.Parcels, r.Paper = renamed(r.Parcels, e), renamed(r.Paper, e)
	}
	return r
}

func renamed(parcels []ParcelKey, e Event) []ParcelKey {
	parcels = slices.Clone(parcels)
	for i, parcel := range parcels {
		if parcel == e.Was {
			parcels[i] = e.Parcel
		}
	}
	return parcels
}

// Spoiling is why a label that went out, or may have, does not count.
type Spoiling string

// Why labels are spoiled. A person gives the first four as the reason for printing a label again.
const (
	Jammed      Spoiling = "jammed"      // torn, creased or stuck in the printer
	Illegible   Spoiling = "unreadable"  // too pale, smeared, cut off
	Lost        Spoiling = "lost"        // it did not come out, or nobody finds it
	Testing     Spoiling = "test"        // it was printed to try the printer
	Interrupted Spoiling = "interrupted" // the run stood, and it came after the last good label
	Replaced    Spoiling = "replaced"    // the platform made another label of the parcel, or the parcel does not go out
)

// Reasons are those that a person may give for printing a label again, in the order in which they are offered.
var Reasons = []Spoiling{Jammed, Illegible, Lost, Testing}

// Given tells whether a person may give the reason.
func (s Spoiling) Given() bool { return slices.Contains(Reasons, s) }

// Balance is where the labels of a stretch of time are: On + Spoiled + Bench = Sent + Carried.
type Balance struct {
	Sent    int // went out whole, or may have
	On      int // were scanned on their parcels
	Spoiled int
	Bench   int // lie on the bench, or nobody knows
	Carried int // lay on the bench when it began
}

// Count takes in an event of the stretch.
func (b *Balance) Count(e Event) {
	switch e.Kind {
	case LabelSent:
		b.Sent++
	case Confirmed:
		if e.Tracking == "" { // the seller's own carrier's label is none of ours
			b.On++
		}
	case LabelSpoiled:
		b.Spoiled++
		if e.Doubtful {
			b.Sent++
		}
	}
}
