package window

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/frame"
	"packbench/ui/kit"
	screen "packbench/ui/settings"
)

// offices is how many pages have work for the office, one piece each: the settings, the set-up of a printer, the test of scanners, the people,
// the goods, the rules.
const offices = 6

// innerPage is a page that stands in the place of the settings while it is open: keys and scans are its. It belongs to the main goroutine.
type innerPage interface {
	content() fyne.CanvasObject
	opened() bool
	// leave closes it and ends what is under way for it.
	leave()
	// draw shows it as it is now.
	draw(now time.Time)
	// press takes a function key and tells whether it knows it.
	press(key string) bool
	// scan takes a scan, or what was typed and ended by Enter.
	scan(order.Scan)
	// strip is what the strip says meanwhile.
	strip() frame.Strip
	// hides tells that what is typed must not be shown.
	hides() bool
}

// inners are all such pages but the set-up of a printer.
func (w *Window) inners() []innerPage { return []innerPage{&w.trial, &w.crew, &w.goods, &w.rules} }

// innerShown is the page that stands on the screen in the place of the settings; nil where none does.
func (w *Window) innerShown() innerPage {
	if w.page != frame.PageSettings {
		return nil
	}
	for _, one := range w.inners() {
		if one.opened() {
			return one
		}
	}
	return nil
}

// leaveInner goes back to the settings.
func (w *Window) leaveInner() {
	for _, one := range w.inners() {
		if one.opened() {
			one.leave()
			w.window.Canvas().Unfocus()
			w.draw()
		}
	}
}

// drawInner shows such a page in the place of the settings, or the settings.
func (w *Window) drawInner(now time.Time) {
	shown := w.innerShown()
	for _, one := range w.inners() {
		kit.Show(one.content(), one == shown)
	}
	kit.Show(w.form.Object(), shown == nil && !w.setup.open)
	if shown != nil {
		shown.draw(now)
		return
	}
	if digit := w.typing.digit(screen.Digits, now); digit > 0 && !w.setup.open {
		w.form.Key(strconv.Itoa(digit))
	}
}

// door takes a digit that was ended by Enter on the settings page, quicker than the pause, and tells whether it was one.
func (w *Window) door(scan order.Scan) bool {
	return w.page == frame.PageSettings && !w.setup.open && scan.Typed && len(scan.Code) == 1 && w.form.Key(scan.Code)
}

// pressOnInner does what a function key does on such a page. What it does not know leads to another page, or nowhere.
func (w *Window) pressOnInner(to innerPage, key string) {
	switch {
	case key == string(fyne.KeyEscape) && w.window.Canvas().Focused() != nil:
		w.window.Canvas().Unfocus()
	case to.press(key):
		w.draw()
	case key == string(fyne.KeyEscape):
		w.leaveInner()
	default:
		w.frame.Key(key) // a key nobody knows does nothing
	}
}
