package order

import (
	"testing"
	"time"
)

func TestTally(t *testing.T) {
	start := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	minute := func(n int) time.Time { return start.Add(time.Duration(n) * time.Minute) }
	var tally Tally
	last := time.Time{}
	count := func(n int, e Event, before Work) {
		e.At = minute(n)
		tally.Count(e, before, last)
		last = tally.Last
	}
	count(0, Event{Kind: Taken}, Work{})
	count(4, Event{Kind: Taken}, Work{})
	count(10, Event{Kind: Taken}, Work{})     // a pause of six minutes
	count(12, Event{Kind: LabelSent}, Work{}) // nobody's hand
	count(13, Event{Kind: Confirmed}, Work{Taken: []Piece{{SKU: "A"}, {SKU: "A"}, {SKU: "B"}}})
	count(14, Event{Kind: Confirmed}, Work{ConfirmedAt: minute(13), Taken: []Piece{{SKU: "A"}}}) // again
	if tally.Worked != 8*time.Minute || tally.Parcels != 1 || tally.Lines != 2 || tally.Pieces != 3 || tally.Out.Sent != 1 || tally.Out.On != 2 {
		t.Errorf("%+v", tally)
	}
	// Labels of a run that were allowed together are one override; those of another moment, and of no run, are others.
	for range 3 {
		count(15, Event{Kind: LabelSpoiled, Run: "R", Spoiling: Lost, Supervisor: "S"}, Work{})
	}
	count(16, Event{Kind: LabelSpoiled, Run: "R", Spoiling: Interrupted, Supervisor: "S"}, Work{})
	count(16, Event{Kind: CheckHeeded, Supervisor: "S"}, Work{})
	count(16, Event{Kind: CheckHeeded}, Work{}) // a packer's own
	if tally.Overrides != 3 || tally.Reprints != 3 || tally.Out.Spoiled != 4 {
		t.Errorf("%+v", tally)
	}
	count(17, Event{Kind: Picked, Pieces: 5}, Work{})
	count(17, Event{Kind: Sorted}, Work{})
	count(17, Event{Kind: HandedOver}, Work{})
	count(18, Event{Kind: HandoverTakenBack}, Work{})
	count(19, Event{Kind: MistakeCaught, Mistake: WrongPlace}, Work{})
	count(19, Event{Kind: MistakeCaught, Mistake: OthersLabel}, Work{})
	if tally.Picked != 5 || tally.Sorted != 1 || tally.Handed != 0 || tally.Caught != 1 || tally.Labels != 1 {
		t.Errorf("%+v", tally)
	}
	if tally.LinesAnHour() != 0 {
		t.Errorf("%v lines an hour of %v", tally.LinesAnHour(), tally.Worked)
	}
	both := tally
	both.Add(Tally{Lines: 8, Worked: 60*time.Minute - tally.Worked, Last: minute(3)})
	if both.LinesAnHour() != 10 || both.Last != minute(19) || both.Parcels != 1 || both.Out.Sent != tally.Out.Sent {
		t.Errorf("%+v", both)
	}
}

// An event that changes a tally is one that counts, and no other.
func TestWhatCounts(t *testing.T) {
	for _, e := range []Event{{Kind: RunMade}, {Kind: ShipTried}, {Kind: DocumentKept}, {Kind: RequestDone}, {Kind: WaveMade}, {Kind: Confirmed}, {Kind: LabelSent}, {Kind: HandedOver},
		{Kind: WeightAllowed, Supervisor: "S"}, {Kind: WeightAllowed}, {Kind: BarcodeLearnt, Supervisor: "S"}} {
		e.At = time.Unix(1, 0)
		var tally Tally
		tally.Count(e, Work{}, time.Time{})
		if changed := tally != (Tally{}); changed != e.Counts() {
			t.Errorf("%s: counts %v, changed %v", e.Kind, e.Counts(), changed)
		}
	}
}
