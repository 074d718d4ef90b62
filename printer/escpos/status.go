package escpos

import (
	"fmt"
	"io"

	"packbench/printer/state"
)

// Ask is what a printer is sent to say how it is: DLE EOT 1 to 4, each answered with one byte, also while the printer is offline or its buffer full.
// It must not be sent within a label: it would become part of the picture.
const Ask = "\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"

// Every answer has these bits as 0xx1xx10, which tells it from flow control and other answers.
const (
	fixed     = 0b1001_0011
	fixedOnes = 0b0001_0010
)

// meanings are the bits of the four answers (Epson, DLE EOT; Citizen CBM-1000, Bixolon SRP-350 and SPRT SP-T8 command manuals). Left out are the cash
// drawer (bit 2 of the first), the near end of a roll (bits 2 and 3 of the fourth), which keep no printer from printing, and what the manuals call
// undefined (bits 5 and 6 of the first, 2 of the third): it may be set at any time.
var meanings = [4][]meaning{
	{{0x08, state.Offline}},
	{{0x04, state.HeadOpen}, {0x08, state.Busy}, {0x20, state.PaperOut}, {0x40, state.Offline}},
	{{0x08, state.CutterFault}, {0x20, state.Faulty}, {0x40, state.Overheated}},
	{{0x60, state.PaperOut}},
}

type meaning struct {
	bits  byte
	means state.Condition
}

// Status reads the four bytes that came after Ask, in their order. It fails with io.ErrUnexpectedEOF where fewer have come, and otherwise where one of
// them is no answer, or more have come than were asked for.
func Status(answer []byte) (state.State, error) {
	s := state.State{Told: true, Held: state.HeldUnknown}
	for i, b := range answer {
		if i >= len(meanings) {
			return state.State{}, fmt.Errorf("%d bytes instead of 4", len(answer))
		}
		if b&fixed != fixedOnes {
			return state.State{}, fmt.Errorf("%#02x is no answer to DLE EOT %d", b, i+1)
		}
		for _, m := range meanings[i] {
			if b&m.bits != 0 {
				s.Now |= m.means
			}
		}
	}
	if len(answer) < len(meanings) {
		return state.State{}, io.ErrUnexpectedEOF
	}
	return settled(s), nil
}

// settled leaves out what another answer explains: a printer is offline, and has an error, because its cover is open or its paper out. "Overheated" is
// this language's word for any fault that mends itself, an open cover among them (SPRT SP-T8, DLE EOT 3, bit 6).
func settled(s state.State) state.State {
	if s.Has(state.HeadOpen) {
		s.Now &^= state.Overheated
	}
	if s.Now&^state.Offline != 0 {
		s.Now &^= state.Offline
	}
	return s
}
