package window

import (
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/scanner/keyhook"
	"packbench/ui/seen"
)

// That an input method stands before the scanner is said for a while, beside whatever became of the scan.
func TestAnInputMethodIsSaidWhilePacking(t *testing.T) {
	w := newWindow(t)
	s := open()
	w.latest.Store(&s)
	at := now
	w.environment.Now = func() time.Time { return at }
	w.key(keyhook.Key{InputMethod: true})
	w.key(keyhook.Key{Scan: &order.Scan{Code: "６９０", Device: "keyboard", At: at}})
	says := func() bool {
		w.draw()
		return strings.Contains(seen.Texts(w.frame.Object()), "An input method changes what the scanner types")
	}
	if !says() {
		t.Error("it is not said")
	}
	if at = at.Add(methodTime + time.Second); says() {
		t.Error("it is said for ever")
	}
	w.key(keyhook.Key{InputMethod: true})
	if !says() {
		t.Error("the next time it is not said")
	}
}
