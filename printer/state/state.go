// Package state is what a label printer says about itself, the same words for every language and link.
package state

import (
	"fmt"
	"strings"
)

// Condition is one thing that holds of a printer, or several of them.
type Condition uint32

// The conditions. A printer that has none of them, and says so, is ready.
const (
	Busy        Condition = 1 << iota // prints, or holds data it has not printed
	PaperOut                          // no label under the head
	PaperJam                          // the label does not move
	HeadOpen                          // the head or the cover over it is open
	Paused                            // somebody pressed pause, or it waits after a fault
	Overheated                        // head or motor too hot; goes on by itself
	TooCold                           // head below its working temperature; goes on by itself
	RibbonOut                         // a thermal transfer printer without ribbon
	CutterFault                       // the knife is stuck
	LabelInWay                        // a printed label waits to be taken (peel mode)
	BufferFull                        // takes no more data until it has printed some
	Faulty                            // broken, or set up wrongly: head, memory, settings
	Offline                           // will not print, and does not say why
)

// names are the conditions' names in journals, logs and JSON, from the lowest bit up.
var names = []string{
	"busy", "paper_out", "paper_jam", "head_open", "paused", "overheated", "too_cold", "ribbon_out", "cutter_fault", "label_in_way", "buffer_full",
	"faulty", "offline",
}

// HeldUnknown is the number of labels held by a printer that does not tell it.
const HeldUnknown = -1

// State is one reading. The zero State is that of a printer that has said nothing: not ready.
type State struct {
	// Told tells that the printer has answered. What it did not tell of is then taken as all right.
	Told bool
	// Now is what holds.
	Now Condition
	// Unknown are bits of the answer that our sources do not explain. A printer that sets one is not ready: it may be an error of a newer model.
	Unknown uint64
	// Held is the number of labels taken in and not printed yet, HeldUnknown where the printer does not tell.
	Held int
}

// Has tells whether one of the conditions holds.
func (s State) Has(c Condition) bool { return s.Now&c != 0 }

// Ready tells that the printer has answered, and that nothing keeps it from printing at once.
func (s State) Ready() bool { return s.Told && s.Now == 0 && s.Unknown == 0 }

// NeedsPerson tells that the printer will not go on by itself.
func (s State) NeedsPerson() bool {
	return s.Has(PaperOut|PaperJam|HeadOpen|Paused|RibbonOut|CutterFault|LabelInWay|Faulty|Offline) || s.Unknown != 0
}

// And joins two answers to different questions about the same moment.
func (s State) And(o State) State {
	switch {
	case !s.Told:
		return o
	case !o.Told:
		return s
	}
	return State{Told: true, Now: s.Now | o.Now, Unknown: s.Unknown | o.Unknown, Held: max(s.Held, o.Held)}
}

// String names what holds, "ready" where nothing does and "unknown" where the printer has said nothing: "paper_out,head_open".
func (s State) String() string {
	if !s.Told {
		return "unknown"
	}
	var said []string
	for i, name := range names {
		if s.Has(1 << i) {
			said = append(said, name)
		}
	}
	if s.Unknown != 0 {
		said = append(said, fmt.Sprintf("bits_%x", s.Unknown))
	}
	if len(said) == 0 {
		return "ready"
	}
	return strings.Join(said, ",")
}
