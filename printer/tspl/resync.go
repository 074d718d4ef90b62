package tspl

import "strings"

// Resync ends a label that broke off, wherever it did, so that the next one is a label of its own. missing is how many bytes of a picture the printer
// may still be waiting for, at the most.
//
// A question mark makes nonsense of a command that has begun, which the printer then passes over: an end of line alone would make PRINT of half a
// PRINT. Ends of lines fill what is left of a picture's data and are empty lines otherwise, and CLS clears what has been drawn.
func Resync(missing int) []byte {
	return []byte("?\r\n" + strings.Repeat("\r\n", (max(missing, 0)+1)/2) + "CLS\r\n")
}
