package escpos

import (
	"bytes"

	"packbench/printer/medium"
)

// Resync ends a label that broke off, wherever it did, so that the next one begins on a label of its own: NULs, which fill the band that was under way
// and are nothing between commands; ESC @; and on to the next label, as at a label's end. stride is the widest label's row in bytes. What had been
// printed stays on its label, and a label all of whose rows had been printed is whole: nothing takes it back.
func Resync(stride int, s Settings) []byte {
	const head = len(raster) + 4
	return append(bytes.Repeat([]byte{0}, head+band*stride), initialize+end(s)...)
}

// end brings the next label under the head.
func end(s Settings) string {
	if s.Tracking == medium.Continuous {
		return cut
	}
	return nextLabel
}
