package virtual

import (
	"bytes"

	"packbench/printer/state"
)

// Machine is a printer's language and head: ZPL, ESCPOS or TSPL.
type Machine interface {
	// input takes a stream of the language from its beginning; now is what questions are answered from.
	input(now func() state.State) interpreter
	// asks tells that a question begins, or nothing does, with these bytes.
	asks(received []byte) bool
	// atOnce tells that questions are answered when they are received, whatever was received before.
	atOnce() bool
	// cancels is the length of what a command that throws all labels away ends, 0 where none stands before the end of the next label.
	cancels(received []byte) int
	// rests tells that nothing has begun after a command that put nothing out, unless its interpreter is within a label.
	rests(command []byte) bool
	// skip is how many bytes are passed over when they have no meaning, and whether they were a label.
	skip(received []byte) (n int, label bool)
	// jam is what the machine says when paper is jammed.
	jam() state.Condition
}

func (z ZPL) input(now func() state.State) interpreter { z.Now = now; return zplInput{z} }

func (ZPL) asks(received []byte) bool { return received[0] == '~' }

func (ZPL) atOnce() bool { return false }

func (ZPL) cancels(received []byte) int {
	at := bytes.Index(received, []byte(cancelAll))
	if end := bytes.Index(received, []byte("^XZ")); at < 0 || end >= 0 && end < at {
		return 0
	}
	return at + len(cancelAll)
}

// rests after all that is no label: white space, and the end of a label that was called off.
func (ZPL) rests([]byte) bool { return true }

// skip passes over what its next found damaged, which is a label.
func (ZPL) skip(received []byte) (n int, label bool) {
	return bytes.Index(received, []byte("^XZ")) + len("^XZ"), true
}

// jam is no word of ZPL's for desktop printers: the next gap does not come, as without paper.
func (ZPL) jam() state.Condition { return state.PaperOut }

func (e ESCPOS) input(now func() state.State) interpreter { e.Now = now; return e.connected() }

func (ESCPOS) asks(received []byte) bool { return received[0] == dle }

func (ESCPOS) atOnce() bool { return true }

func (ESCPOS) cancels([]byte) int { return 0 }

func (ESCPOS) rests(command []byte) bool { return isBlank(command) }

// skip passes over one byte; a real printer prints it as text.
func (ESCPOS) skip([]byte) (n int, label bool) { return 1, false }

func (ESCPOS) jam() state.Condition { return state.PaperJam }

func (m TSPL) input(now func() state.State) interpreter { m.Now = now; return m.connected() }

func (TSPL) asks(received []byte) bool { return received[0] == esc }

func (TSPL) atOnce() bool { return false }

func (TSPL) cancels([]byte) int { return 0 }

func (TSPL) rests(command []byte) bool { return isBlank(command) }

// skip passes over a line.
func (TSPL) skip(received []byte) (n int, label bool) {
	if end := bytes.IndexByte(received, '\n'); end >= 0 {
		return end + 1, false
	}
	return len(received), false
}

func (TSPL) jam() state.Condition { return state.PaperJam }

func isBlank(command []byte) bool { return len(bytes.Trim(command, blanks)) == 0 }
