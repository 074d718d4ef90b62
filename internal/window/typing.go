package window

import (
	"strings"
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
	used  string // what of it has been taken as answers already
	// waiting tells that something is typed and not shown yet.
	waiting atomic.Bool
}

// pause is the moment: longer than between two keys of a scanner (Fyne facts 3.3), shorter than a person notices.
const pause = 120 * time.Millisecond

func (t *typing) key(text string, now time.Time) {
	t.text, t.at = text, now
	t.waiting.Store(true)
}

// digit is a single digit that was typed last, once no more came for a moment; empty where there is none.
func (t *typing) digit(now time.Time) string {
	last, more := strings.CutPrefix(t.text, t.used)
	if !more {
		t.used, last = "", t.text
	}
	if len(last) == 1 && last >= "1" && last <= "9" && now.Sub(t.at) > pause {
		return last
	}
	return ""
}

// use takes what was typed as an answer.
func (t *typing) use() { t.used = t.text }

// end forgets what was typed: it was sent.
func (t *typing) end() { t.text, t.used = "", "" }

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
