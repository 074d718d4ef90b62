package window

import (
	"time"

	"packbench/internal/order"
)

// methodTime is how long the notice of an input method stays: long enough to be read, and to press the keys it names.
const methodTime = 12 * time.Second

// methodNoticed notes that an input method changed what was scanned. The scan itself goes its way: its answer stands in the strip.
func (w *Window) methodNoticed() {
	w.methodAt = w.environment.Now()
	w.log.Warn("an input method changes what the keyboard's scanner types")
	w.draw()
}

// notice is what stands over the page for a while; the zero value is nothing.
func (w *Window) notice(now time.Time) order.Said {
	if !w.methodAt.IsZero() && now.Sub(w.methodAt) <= methodTime {
		return order.Say("notice.input_method")
	}
	if said := w.noticeOfClocks(now); said.Key != "" || w.bench == nil {
		return said
	}
	return w.bench.MailTrouble()
}
