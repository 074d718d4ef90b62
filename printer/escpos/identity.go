package escpos

import (
	"bytes"
	"errors"
	"io"

	"packbench/printer/state"
)

// AskIdentity is what a printer is sent to say its model: GS I 67. Unlike Ask it waits its turn behind what is to be printed.
const AskIdentity = "\x1dIC"

// Identity reads what came after AskIdentity (Epson's command reference and Bixolon's SRP-330II command manual, GS I): 5F hexadecimal, the name, NUL.
// It fails with io.ErrUnexpectedEOF where that has not come yet, and otherwise where there is no name in it.
func Identity(answer []byte) (state.Identity, error) {
	const header = 0x5f
	_, rest, begun := bytes.Cut(answer, []byte{header})
	name, _, whole := bytes.Cut(rest, []byte{0})
	if !begun || !whole {
		return state.Identity{}, io.ErrUnexpectedEOF
	}
	id := state.Identity{Model: state.Words(name)}
	if id.Model == "" {
		return id, errors.New("no name")
	}
	return id, nil
}
