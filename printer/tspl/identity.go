package tspl

import (
	"bytes"
	"errors"

	"packbench/printer/state"
)

// AskIdentity is what a printer is sent to say its model ("TSPL/TSPL2 Programming Language", ~!T).
const AskIdentity = "~!T\r\n"

// Identity reads what came after AskIdentity: the model's name as text. Some printers end it with a line break and some with nothing, so whole tells
// whether it has certainly ended. It fails where there is no text in it.
func Identity(answer []byte) (id state.Identity, whole bool, err error) {
	line, _, whole := bytes.Cut(bytes.TrimLeft(answer, "\x00 \r\n"), []byte("\n"))
	if id.Model = state.Words(line); id.Model == "" {
		return id, false, errors.New("no name")
	}
	return id, whole, nil
}
