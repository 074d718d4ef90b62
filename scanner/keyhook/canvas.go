package keyhook

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"packbench/scanner/wedge"
)

// onCanvas listens through Fyne's own handlers. They are silent while a widget has the focus.
func onCanvas(canvas fyne.Canvas, l *listener) {
	const focused = false
	canvas.SetOnTypedRune(func(r rune) { l.rune(r, focused, time.Now()) })
	canvas.SetOnTypedKey(func(event *fyne.KeyEvent) {
		switch event.Name {
		case fyne.KeyEnter, fyne.KeyReturn:
			l.enter(focused, time.Now(), func(int) {})
		case fyne.KeyEscape:
			l.edit(wedge.Escape, focused, time.Now())
		case fyne.KeyBackspace:
			l.edit(wedge.Backspace, focused, time.Now())
		case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyPageUp, fyne.KeyPageDown:
			l.move(event.Name, focused)
		default:
			if number, isF := strings.CutPrefix(string(event.Name), "F"); isF {
				if n, err := strconv.Atoi(number); err == nil {
					l.function(n)
				}
			}
		}
	})
}
