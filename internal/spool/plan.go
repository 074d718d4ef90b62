package spool

import (
	"time"

	"packbench/internal/order"
	"packbench/printer/state"
)

const (
	// Ahead is how many labels a printer that answers may hold unprinted: the one it prints and the next (printing facts 2).
	Ahead = 2
	// makeAhead is how many labels are drawn before their turn, so that neither platform nor drawing holds up the printer.
	makeAhead = 4
)

// Label is one label of a print run.
type Label struct {
	State order.LabelState
	// Held: it does not go out with this run, be it kept back or printed by the bench.
	Held bool
	// Drawn: its page is at hand, and the platform's word about its parcel is fresh. Making: it is being drawn.
	Drawn, Making bool
}

// Health is what is known of the printer.
type Health struct {
	// Answers tells that it is asked before each label; State is its last word, and Asked that it came after the last label went out.
	Answers, Asked bool
	State          state.State
	// Ahead is how many labels went out since the printer last proved that it had printed all before.
	Ahead int
	// Unproven is how many labels may go out beyond the last one that was seen, of a printer that does not answer; 0 is no limit. Unseen is how many did.
	Unproven, Unseen int
	// NotBefore is when the next label may go out to a printer that can only be paced.
	NotBefore time.Time
}

// Wait is why no label goes out just now.
type Wait string

// The reasons. Those that a person has to do something about are NeedPaper, OpenHead, Stopped, SilentPrinter and ScanLabel; the others pass.
const (
	NoWait        Wait = ""
	Making        Wait = "making"  // the next label is being fetched and drawn
	Sending       Wait = "sending" // one is on its way
	Printing      Wait = "printing"
	Paced         Wait = "paced"
	Asking        Wait = "asking"
	NeedPaper     Wait = "paper_out"
	OpenHead      Wait = "head_open"
	Cooling       Wait = "overheated"
	Stopped       Wait = "stopped" // paused, or something else that the printer names
	SilentPrinter Wait = "silent"
	ScanLabel     Wait = "scan_label" // an unproven printer: a label has to be seen first
)

// NeedsPerson tells whether it passes only when a person does something.
func (w Wait) NeedsPerson() bool {
	switch w {
	case NeedPaper, OpenHead, Stopped, SilentPrinter, ScanLabel:
		return true
	}
	return false
}

// Plan is what a run does next.
type Plan struct {
	Make []int // labels to be fetched and drawn now
	Send int   // the label to go out now; -1: none
	Ask  bool  // ask the printer how it is
	Wait Wait  // why none goes out
	Over bool  // all went out that could, and a printer that answers has proved that they were printed
}

// Next is what a run that goes on does next. Labels go out in their order; one whose turn has not come never overtakes.
func Next(labels []Label, p Health, now time.Time) Plan {
	plan := Plan{Send: -1}
	turn, near, unseen := -1, 0, false
	for i, l := range labels {
		switch {
		case l.Held:
			continue
		case l.State == order.Sending:
			plan.Wait = Sending
		case l.State != order.NoLabel && l.State != order.Queued:
			unseen = unseen || l.State == order.Sent
			continue
		case turn < 0:
			turn = i
		}
		if near++; near > makeAhead {
			break
		}
		if !l.Drawn && !l.Making && l.State != order.Sending {
			plan.Make = append(plan.Make, i)
		}
	}
	switch {
	case plan.Wait == Sending:
		return plan
	case turn < 0 && unseen && p.Answers && p.Ahead > 0: // all went out, and it has not proved that it printed them
		if plan.Wait, plan.Ask = p.wait(now); plan.Wait == NoWait {
			plan.Wait, plan.Ask = Printing, true
		}
		return plan
	case turn < 0:
		plan.Over = true
		return plan
	case !labels[turn].Drawn || labels[turn].State != order.Queued:
		plan.Wait = Making
		return plan
	}
	if plan.Wait, plan.Ask = p.wait(now); plan.Wait == NoWait {
		plan.Send = turn
	}
	return plan
}

// wait is why the printer takes no label now, and whether it has to be asked.
func (p Health) wait(now time.Time) (w Wait, ask bool) {
	if !p.Answers {
		switch {
		case p.Unproven > 0 && p.Unseen >= p.Unproven:
			return ScanLabel, false
		case now.Before(p.NotBefore):
			return Paced, false
		}
		return NoWait, false
	}
	if !p.Asked {
		return Asking, true
	}
	switch s := p.State; {
	case !s.Told:
		return SilentPrinter, true
	case s.Has(state.PaperOut | state.RibbonOut):
		return NeedPaper, true
	case s.Has(state.HeadOpen):
		return OpenHead, true
	case s.NeedsPerson():
		return Stopped, true
	case s.Has(state.Overheated | state.TooCold):
		return Cooling, true
	case p.Ahead >= Ahead || s.Has(state.BufferFull):
		return Printing, true
	}
	return NoWait, false
}

// Unasked is a printer that gets the first label before it is asked anything: it may be in the middle of one that broke off, and a question would become
// a part of that.
func (p Health) Unasked() Health {
	p.Asked, p.State = true, state.State{Told: true}
	return p
}

// Heard is the printer once it has answered: what it holds of what went out is what it has not proved.
func (p Health) Heard(s state.State) Health {
	p.State, p.Asked = s, true
	switch {
	case !s.Told:
	case s.Held != state.HeldUnknown:
		p.Ahead = min(p.Ahead, s.Held)
	case s.Ready():
		p.Ahead = 0
	}
	return p
}
