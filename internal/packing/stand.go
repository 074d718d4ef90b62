package packing

import "packbench/internal/order"

// Stand is how far a parcel of a wave has come, as who stands before its slot or tote has to know it.
type Stand int

// The stands of a parcel.
const (
	Lacks    Stand = iota // pieces are missing
	Complete              // all pieces lie in its slot: it can be packed
	OnBench               // its box is begun
	Waits                 // for a supervisor
	Barred                // it must not go on: its pieces go back
	Packed                // it is done
)

// StandOf is the stand of a parcel.
func StandOf(k order.Known) Stand {
	switch w := k.Work; {
	case !w.ConfirmedAt.IsZero():
		return Packed
	case w.Stopped != "" || !packable(k.Parcel, w):
		return Barred
	case w.Open || len(w.Taken) > 0:
		return OnBench
	case !w.Parked.At.IsZero():
		return Waits
	case len(k.Unsorted()) == 0:
		return Complete
	}
	return Lacks
}

// StopsLeft is how many stops of the walk of a wave pieces are still to be taken at.
func StopsLeft(s order.Sorting) (stops int) {
	for _, stop := range s.Walk {
		if stopLeft(s, stop) > 0 {
			stops++
		}
	}
	return stops
}
