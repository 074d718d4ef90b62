package keyhook

import (
	"time"

	"packbench/scanner"
	"packbench/scanner/wedge"
)

// method is what was noticed of an input method in the code that is coming.
type method struct {
	seen bool // a sign of one went into a field: whether a scanner sent it shows at the code's end
	told time.Time
}

// sees looks at a character for a sign of an input method: between a scanner and the bench it spoils codes. Outside of fields nobody has a reason for one, and
// it is told at once: it may keep Enter to itself.
func (l *listener) sees(r rune, focused bool, at time.Time) {
	if !scanner.ByInputMethod(r) {
		return
	}
	if l.method.seen = true; !focused && (l.method.told.IsZero() || at.Sub(l.method.told) > wedge.Stale) {
		l.method.told = at
		l.onKey(Key{InputMethod: true})
	}
}

// admits tells of one that was seen in a field, once it is known that a scanner's code went through it.
func (l *listener) admits(scanned bool) {
	if l.method.seen && l.method.told.IsZero() && scanned {
		l.onKey(Key{InputMethod: true})
	}
}
