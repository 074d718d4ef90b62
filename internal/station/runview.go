package station

import (
	"time"

	"packbench/internal/order"
	"packbench/internal/spool"
)

// RunView is the print run in a snapshot. Its ID is empty where there has been none.
type RunView struct {
	order.Run
	Labels []RunLabel
	// Wait is why no label goes out just now, and Trouble what keeps labels from being made.
	Wait    spool.Wait
	Trouble order.Said
	// AllSent tells that all went out that could, Doubts that some went out after the last one that was seen.
	AllSent, Doubts bool
	// NeedsBadge tells that printing the labels again that were not seen takes a supervisor.
	NeedsBadge bool
	// Pace is how long a label takes, 0 as long as that is not known.
	Pace time.Duration
	// Unproven is how many labels may go out beyond the last one seen; 0: the printer answers, or there is no limit.
	Unproven int
}

// RunLabel is one label of a run.
type RunLabel struct {
	Parcel   order.ParcelKey
	State    order.LabelState
	Making   bool
	Code     string // that names the parcel
	Held     order.Said
	Spoiled  int  // how many before it were spoiled
	Elsewise bool // the bench prints or printed it by itself
}

// Counts are how many of a run's labels are how far.
type Counts struct{ Waiting, Sent, Seen, Held, Spoiled int }

// Counts counts the labels: Sent are those that went out and were not seen.
func (v RunView) Counts() (c Counts) {
	for _, l := range v.Labels {
		c.Spoiled += l.Spoiled
		switch {
		case l.Held.Key != "" || l.Elsewise:
			c.Held++
		case l.State == order.Seen:
			c.Seen++
		case l.State == order.Sent:
			c.Sent++
		default:
			c.Waiting++
		}
	}
	return c
}

// viewRun is the run as people see it. One that is over stays until the next begins.
func (s *Station) viewRun() RunView {
	r := s.run
	if r == nil {
		return RunView{}
	}
	v := RunView{Run: r.Run, Wait: r.plan.Wait, Trouble: r.trouble, AllSent: s.allOut(), Doubts: spool.Doubts(r.Run, r.works), NeedsBadge: s.needsBadge()}
	if !r.health.Answers {
		v.Unproven = r.health.Unproven
	}
	for i, l := range s.labels() {
		parcel := r.Parcels[i]
		w := r.works[parcel]
		label := RunLabel{
			Parcel: parcel, State: l.State, Making: l.Making, Code: w.Tracking, Held: r.Held[parcel],
			Spoiled: w.Label.Spoiled, Elsewise: l.Held && r.Held[parcel].Key == "",
		}
		if !w.ConfirmedAt.IsZero() { // wherever it was printed
			label.State, label.Elsewise = order.Seen, false
		}
		v.Labels = append(v.Labels, label)
	}
	if n := len(r.sentAt); n > spool.Ahead+1 { // the first ones go into the printer's memory
		v.Pace = r.sentAt[n-1].Sub(r.sentAt[0]) / time.Duration(n-1)
	}
	return v
}
