package listen

import (
	"slices"
	"time"
	"unicode/utf8"

	"packbench/internal/order"
)

const (
	// EchoWait is how long the window waits for a scan's other half before it believes that the keyboard's is a scan of its own: both are keys of one moment.
	EchoWait = 80 * time.Millisecond
	// echoes is how long a scan is remembered for its echo, as where the window stood still.
	echoes = time.Second
)

// Echo knows which scans of the keyboard are those of a scanner that is heard by itself already: Windows shows what an input device types, and gives it to
// the window all the same. The zero value has heard nothing.
type Echo struct{ heard []order.Scan }

// Hear remembers the scan of a scanner that is heard by itself.
func (e *Echo) Hear(s order.Scan) {
	e.forget(s.At)
	e.heard = append(e.heard, s)
}

// Is tells whether a scan of the keyboard is a scan that was heard, and forgets that one: it has one echo. A keyboard layout or an input method may have made
// another text of it: then as many characters at the same moment are enough.
func (e *Echo) Is(s order.Scan) bool {
	e.forget(s.At)
	of := slices.IndexFunc(e.heard, func(h order.Scan) bool { return h.Code == s.Code })
	if of < 0 {
		of = slices.IndexFunc(e.heard, func(h order.Scan) bool {
			return utf8.RuneCountInString(h.Code) == utf8.RuneCountInString(s.Code) && s.At.Sub(h.At).Abs() <= EchoWait
		})
	}
	if of >= 0 {
		e.heard = slices.Delete(e.heard, of, of+1)
	}
	return of >= 0
}

func (e *Echo) forget(now time.Time) {
	e.heard = slices.DeleteFunc(e.heard, func(h order.Scan) bool { return now.Sub(h.At) > echoes })
}
