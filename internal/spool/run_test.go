package spool

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/internal/order"
)

// pile is a run, what its journal says, and the paper that came out of the printer: a person looks at the paper and answers truthfully.
type pile struct {
	*rapid.T
	run     order.Run
	works   Works
	sent    order.Balance
	paper   []order.ParcelKey // good labels of the run, in the order in which they came out
	apart   []order.ParcelKey // good labels that the bench printed by itself
	highest int               // the place of the last label that went out since somebody had the run go on
}

func newPile(t *rapid.T) *pile {
	run := order.Run{ID: "R", State: order.RunGoing}
	for i := range rapid.IntRange(1, 9).Draw(t, "labels") {
		run.Parcels = append(run.Parcels, order.ParcelKey(fmt.Sprint("P", i)))
	}
	return &pile{T: t, run: run, works: Works{}, highest: -1}
}

// record folds an event as the store and the station do, and checks that it may happen.
func (p *pile) record(e order.Event) {
	w := p.works[e.Parcel]
	switch e.Kind {
	case order.LabelSending:
		if w.Label.State != order.Queued {
			p.Fatalf("a label of %s goes out that is %q", e.Parcel, w.Label.State)
		}
		if alive := p.alive(e.Parcel); alive > 0 {
			p.Fatalf("%d labels of %s are out", alive, e.Parcel)
		}
		if e.Run == p.run.ID {
			at := slices.Index(p.run.Parcels, e.Parcel)
			if at <= p.highest {
				p.Fatalf("label %d goes out after %d", at, p.highest)
			}
			p.highest = at
		}
	case order.LabelSpoiled:
		if w.Label.State == order.Seen {
			p.Fatalf("the label of %s was seen and is spoiled", e.Parcel)
		}
	case order.LabelUnsent: // the printer did not take all of it: it may go out again at its place
		p.highest = slices.Index(p.run.Parcels, e.Parcel) - 1
	case order.RunGoes:
		p.highest = -1
	}
	p.sent.Count(e)
	if e.Run == p.run.ID {
		p.run = p.run.After(e)
	}
	if e.Parcel != "" {
		p.works[e.Parcel] = w.After(e)
	}
	out := 0
	for _, w := range p.works {
		if w.Label.State == order.Sent || w.Label.State == order.Seen && w.ConfirmedAt.IsZero() {
			out++
		}
	}
	if p.sent.Sent != p.sent.On+p.sent.Spoiled+out {
		p.Fatalf("after %s of %s: %+v, %d out", e.Kind, e.Parcel, p.sent, out)
	}
}

// alive is how many good labels of a parcel lie about.
func (p *pile) alive(parcel order.ParcelKey) (n int) {
	for _, lies := range slices.Concat(p.paper, p.apart) {
		if lies == parcel {
			n++
		}
	}
	return n
}

func (p *pile) of(kind order.EventKind, parcel order.ParcelKey) {
	p.record(order.Event{Kind: kind, Parcel: parcel, Run: p.run.ID})
}

func (p *pile) all(events []order.Event) {
	for _, e := range events {
		p.record(e)
	}
}

// chance tells whether something happens.
func (p *pile) chance(what string) bool { return rapid.IntRange(0, 5).Draw(p.T, what) == 0 }

// plan is what the run does next.
func (p *pile) plan(unproven int) Plan {
	no := func(order.ParcelKey) bool { return false }
	drawn := func(parcel order.ParcelKey) bool { return p.works[parcel].Label.State == order.Queued }
	return Next(Labels(p.run, p.works, drawn, no), Health{Unproven: unproven, Unseen: Unseen(p.run, p.works)}, time.Time{})
}

// step lets the run go on; with faults everything can go wrong.
func (p *pile) step(unproven int, faults bool) Plan {
	plan := p.plan(unproven)
	for _, i := range plan.Make {
		p.of(order.LabelQueued, p.run.Parcels[i])
	}
	if plan.Send < 0 {
		return plan
	}
	parcel := p.run.Parcels[plan.Send]
	p.of(order.LabelSending, parcel)
	switch {
	case faults && p.chance("cut"):
		p.of(order.LabelUnsent, parcel)
		p.of(order.RunStands, "")
	case faults && p.chance("died"):
		if p.chance("whole all the same") {
			p.paper = append(p.paper, parcel)
		}
		p.of(order.RunStands, "")
	default:
		p.of(order.LabelSent, parcel)
		if !faults || !p.chance("swallowed") {
			p.paper = append(p.paper, parcel)
		}
	}
	if seen := Unseen(p.run, p.works); unproven > 0 && seen > unproven {
		p.Fatalf("%d labels went out unseen", seen)
	}
	return plan
}

func (p *pile) isSeen(parcel order.ParcelKey) bool { return p.works[parcel].Label.State == order.Seen }

// loses is a printer that forgets what it has not printed.
func (p *pile) loses() {
	for len(p.paper) > 0 && !p.isSeen(p.paper[len(p.paper)-1]) && p.chance("lost") {
		p.paper = p.paper[:len(p.paper)-1]
	}
}

// recover is a person who throws away what came out after a label and scans that one.
func (p *pile) recover() {
	if p.run.State != order.RunStanding {
		return
	}
	if !Doubts(p.run, p.works) {
		p.of(order.RunGoes, "")
		return
	}
	for len(p.paper) > 0 && !p.isSeen(p.paper[len(p.paper)-1]) && p.chance("looks bad") {
		p.paper = p.paper[:len(p.paper)-1]
	}
	last := -1
	if len(p.paper) > 0 {
		last = slices.Index(p.run.Parcels, p.paper[len(p.paper)-1])
	}
	p.all(Recover(p.run, p.works, last))
	if Cut(p.run, p.works) || Doubts(p.run, p.works) {
		p.Fatalf("there are doubts after %d was the last good label: %+v", last, p.works)
	}
}

// scan shows the program a label of the pile.
func (p *pile) scan(parcel order.ParcelKey) {
	if p.works[parcel].Label.State == order.Sent {
		p.of(order.LabelSeen, parcel)
	}
}

// again prints a label at the bench, for a reason.
func (p *pile) again(parcel order.ParcelKey) {
	if w := p.works[parcel]; w.Label.State != order.Sent && w.Label.State != order.Sending || p.run.State == order.RunStanding {
		return
	}
	bad := func(lies order.ParcelKey) bool { return lies == parcel }
	p.paper, p.apart = slices.DeleteFunc(p.paper, bad), slices.DeleteFunc(p.apart, bad)
	w := p.works[parcel]
	p.record(order.Event{Kind: order.LabelSpoiled, Parcel: parcel, Spoiling: order.Jammed, Doubtful: w.Label.State == order.Sending})
	for _, kind := range []order.EventKind{order.LabelQueued, order.LabelSending, order.LabelSent} {
		p.record(order.Event{Kind: kind, Parcel: parcel})
	}
	p.apart = append(p.apart, parcel)
	if p.chance("packed") {
		p.record(order.Event{Kind: order.Confirmed, Parcel: parcel, At: time.Unix(1, 0)})
	}
}

// missing scans all that lies on the pile, and says that the rest did not come out.
func (p *pile) missing() {
	for _, parcel := range p.paper {
		p.scan(parcel)
	}
	p.all(Missing(p.run, p.works, order.Lost, ""))
}

// Whatever happens to a run, no parcel ever has two good labels out, labels go out in their order, no label that was seen is spoiled, what went out
// balances, and in the end every parcel has its label.
func TestWhateverHappensToARun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPile(t)
		unproven := rapid.SampledFrom([]int{0, 2, 3}).Draw(t, "unproven")
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			if p.run.State == order.RunStanding {
				p.loses()
				p.recover()
			}
			plan := p.step(unproven, true)
			switch {
			case plan.Over:
				p.missing()
			case len(p.paper) > 0 && p.chance("scans"):
				p.scan(rapid.SampledFrom(p.paper).Draw(t, "scanned"))
			case p.chance("again"):
				p.again(rapid.SampledFrom(p.run.Parcels).Draw(t, "again for"))
			case p.run.State == order.RunGoing && p.chance("doubted"):
				p.of(order.RunStands, "")
			}
		}
		for rounds := 0; slices.ContainsFunc(p.run.Parcels, func(parcel order.ParcelKey) bool { return p.alive(parcel) != 1 }); rounds++ {
			if rounds > 20*len(p.run.Parcels) {
				t.Fatalf("the run does not end: %+v\n%+v", p.run, p.works)
			}
			p.recover()
			if plan := p.step(unproven, false); plan.Over || plan.Wait == ScanLabel {
				for _, parcel := range p.paper {
					p.scan(parcel)
				}
				if plan.Over {
					p.missing()
				} else if p.plan(unproven).Wait == ScanLabel { // the rest did not come out
					p.of(order.RunStands, "")
				}
			}
		}
	})
}

// The number of a carrier's depot stands on many labels: a scan of it says nothing, above all not that the first of them was the last good one.
func TestACodeOfSeveralLabelsNamesNone(t *testing.T) {
	label := func(number string, codes ...string) order.Work {
		return order.Work{Tracking: number, Label: order.LabelWork{State: order.Sent, Run: "R", Matched: number, Codes: append(codes, number)}}
	}
	run := order.Run{ID: "R", Parcels: []order.ParcelKey{"P0", "P1", "P2", "P3"}}
	works := Works{"P0": label("N0", "DEPOT", "ROUTE-0"), "P1": label("N1", "DEPOT"), "P2": label("N2"), "P3": label("N3", "ROUTE-3")}
	elsewhere := works["P3"]
	elsewhere.Label.Run = ""
	works["P3"] = elsewhere
	for code, want := range map[string]int{"DEPOT": ManyLabels, "ROUTE-0": 0, "N1": 1, "N2": 2, "N3": NoLabel, "ROUTE-3": NoLabel, "": NoLabel} {
		if at, _ := LabelWith(run, works, code); at != want {
			t.Errorf("%q is on label %d, want %d", code, at, want)
		}
	}
}
