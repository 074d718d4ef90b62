package tspl

import (
	"fmt"
	"io"

	"packbench/printer/state"
)

// Ask is what a printer is sent to say how it is: ESC ! ?, answered with one byte, also in error. It must not be sent within a label.
const Ask = "\x1b!?"

// Status reads the one byte that came after Ask (Gprinter GP-2120T manual, <ESC>!?). It fails with io.ErrUnexpectedEOF where none has come, and
// otherwise where more than one has.
func Status(answer []byte) (state.State, error) {
	switch {
	case len(answer) == 0:
		return state.State{}, io.ErrUnexpectedEOF
	case len(answer) > 1:
		return state.State{}, fmt.Errorf("%d bytes instead of 1", len(answer))
	}
	s := state.State{Told: true, Held: state.HeldUnknown}
	unknown := answer[0]
	for bit, means := range []state.Condition{
		state.HeadOpen, state.PaperJam, state.PaperOut, state.RibbonOut, state.Paused, state.Busy,
		state.HeadOpen, // the cover, on models that have one of its own
	} {
		if answer[0]&(1<<bit) != 0 {
			s.Now |= means
		}
		unknown &^= 1 << bit
	}
	// Bit 7 is "environment temperature over range" in that manual and "other error" in others: nobody can say what to do about it.
	s.Unknown = uint64(unknown)
	return s, nil
}
