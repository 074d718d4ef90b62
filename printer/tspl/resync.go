package tspl

import "strings"

// Resync ends a label that broke off, wherever it did, so that the next one is a label of its own. picture is the size in bytes of the largest
// picture. So many are written, however much of a picture had been sent: some of it may have been lost on the way, and too many do no harm.
//
// A question mark makes nonsense of a command that has begun, which the printer then passes over: an end of line alone would make PRINT of half a
// PRINT. Ends of lines fill what is left of a picture's data and are empty lines otherwise, and CLS clears what has been drawn.
func Resync(picture int) []byte {
	return []byte("?\r\n" + strings.Repeat("\r\n", (picture+1)/2) + "CLS\r\n")
}
