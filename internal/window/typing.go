package window

import (
	"sync/atomic"
	"time"

	"packbench/scanner/wedge"
)

// typing is a code that is being typed by hand, as it is shown: once the hand pauses for a moment, or every scan would flash its first
// characters. All but waiting belongs to the main goroutine.
type typing struct {
	text  string
	at    time.Time // its last key
	shown string
	// forget makes the keyboard drop it; nil where there is nothing to drop.
	forget func()
	// waiting tells that something is typed and not shown yet.
	waiting atomic.Bool
}

// pause is the moment: longer than between two keys of a scanner (Fyne facts 3.3), shorter than a person notices.
const pause = 120 * time.Millisecond

func (t *typing) key(text string, now time.Time) {
	t.text, t.at = text, now
	t.waiting.Store(true)
}

// end forgets what was typed: it was sent.
func (t *typing) end() { t.text = "" }

// digit takes a digit up to last that was typed alone, for who needs no Enter behind it; 0 where none was, or more may come.
func (t *typing) digit(last int, now time.Time) int {
	if t.visible(now) != t.text || len(t.text) != 1 || t.forget == nil {
		return 0
	}
	n := int(t.text[0] - '0')
	if n < 1 || n > last {
		return 0
	}
	t.forget()
	t.text, t.shown = "", ""
	return n
}

// visible is what is shown. What nobody ended is forgotten when the keyboard forgets it, or Enter would send less than the screen shows.
func (t *typing) visible(now time.Time) string {
	if now.Sub(t.at) > wedge.Stale {
		t.text = ""
	}
	if t.text == "" || now.Sub(t.at) > pause {
		t.shown = t.text
		t.waiting.Store(false)
	}
	return t.shown
}
