//go:build !ci && cgo

package keyhook

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.3/glfw"

	"packbench/scanner/wedge"
)

// errNoWindow means that the window is not on the screen yet.
var errNoWindow = errors.New("keyhook: the window has no GLFW window yet: install after it is shown")

// Install catches the keys of a window that is on the screen, before any of its widgets sees them, and calls onKey on the
// main goroutine. It chains GLFW's own callbacks, because Fyne gives keys to the focused widget alone: a scan would go
// into whatever field, or press whatever button, has the focus. Where the window is not GLFW's it falls back to
// Fyne's handlers, which see keys only while nothing has the focus. noEnter tells that the scanner ends its codes with nothing; tap may be
// nil. Call it on the main goroutine, once a window.
func Install(w fyne.Window, onKey func(Key), tap Tap, noEnter bool) error {
	native, ok := w.(interface{ RunWithContext(func()) })
	if !ok {
		onCanvas(w.Canvas(), newListener(onKey, tap))
		return nil
	}
	err := errNoWindow
	native.RunWithContext(func() {
		if view := glfw.GetCurrentContext(); view != nil {
			chain(view, w.Canvas(), newListener(stamped(onKey), tap), noEnter)
			err = nil
		}
	})
	return err
}

// stamped gives scans the time at which they are heard: the clock their keys came by may be behind.
func stamped(onKey func(Key)) func(Key) {
	return func(k Key) {
		if k.Scan != nil {
			k.Scan.At = time.Now()
		}
		onKey(k)
	}
}

// pulse asks the loop for signs of life while somebody types.
type pulse struct {
	awake awake
	begin chan struct{}      // somebody types
	each  func(at time.Time) // hears of every sign of life; may be nil
}

// key gives the time of a key.
func (p *pulse) key() time.Time {
	at, start := p.awake.key(time.Now())
	if start {
		select {
		case p.begin <- struct{}{}:
		default: // it is on its way
		}
	}
	return at
}

// beat waits until somebody types, and asks until nobody does any more; it lives as long as the program. It asks again only after it was answered, so that
// a loop that stood still is not flooded.
func (p *pulse) beat() {
	answered := make(chan bool, 1)
	for over := true; ; over = <-answered {
		if over {
			<-p.begin
		}
		time.Sleep(beat)
		fyne.Do(func() {
			now := time.Now()
			if at := p.awake.lives(now); p.each != nil {
				p.each(at)
			}
			answered <- p.awake.over(now)
		})
	}
}

func chain(view *glfw.Window, canvas fyne.Canvas, l *listener, noEnter bool) {
	focused := func() bool { return canvas.Focused() != nil }
	clock := pulse{begin: make(chan struct{}, 1)}
	go clock.beat()
	previousChar := view.SetCharCallback(nil)
	view.SetCharCallback(func(v *glfw.Window, char rune) {
		if !l.rune(char, focused(), clock.key()) && previousChar != nil {
			previousChar(v, char)
		}
	})
	previousKey := view.SetKeyCallback(nil)
	if noEnter {
		clock.each = func(at time.Time) {
			l.silent(focused(), at, func(n int) {
				takeBack(n, func(k glfw.Key, a glfw.Action) {
					if previousKey != nil {
						previousKey(view, k, 0, a, 0)
					}
				})
			})
		}
	}
	view.SetKeyCallback(func(v *glfw.Window, key glfw.Key, scancode int, action glfw.Action, mods glfw.ModifierKey) {
		pass := func(k glfw.Key, a glfw.Action) {
			if previousKey != nil {
				previousKey(v, k, scancode, a, mods)
			}
		}
		const shortcut = glfw.ModControl | glfw.ModAlt | glfw.ModSuper
		if action == glfw.Press && key == glfw.KeyRightBracket && mods&shortcut == glfw.ModControl && l.separator(focused(), clock.key()) {
			return
		}
		if action == glfw.Press && mods&shortcut == 0 && pressed(l, key, clock.key(), focused(), pass) {
			return
		}
		pass(key, action)
	})
}

// takeBack takes characters out of the focused widget again.
func takeBack(n int, pass func(glfw.Key, glfw.Action)) {
	for range n {
		pass(glfw.KeyBackspace, glfw.Press)
		pass(glfw.KeyBackspace, glfw.Release)
	}
}

// pressed handles a key that is not a character, and tells whether the window must not have it.
func pressed(l *listener, key glfw.Key, now time.Time, focused bool, pass func(glfw.Key, glfw.Action)) bool {
	switch key {
	case glfw.KeyEnter, glfw.KeyKPEnter:
		return l.enter(focused, now, func(n int) { takeBack(n, pass) })
	case glfw.KeyEscape:
		return l.edit(wedge.Escape, focused, now)
	case glfw.KeyBackspace:
		return l.edit(wedge.Backspace, focused, now)
	case glfw.KeySpace:
		return l.hot(now)
	case glfw.KeyTab:
		return l.tab(focused, now)
	case glfw.KeyUp:
		return l.move(fyne.KeyUp, focused)
	case glfw.KeyDown:
		return l.move(fyne.KeyDown, focused)
	case glfw.KeyLeft:
		return l.move(fyne.KeyLeft, focused)
	case glfw.KeyRight:
		return l.move(fyne.KeyRight, focused)
	case glfw.KeyPageUp:
		return l.move(fyne.KeyPageUp, false) // no field knows it
	case glfw.KeyPageDown:
		return l.move(fyne.KeyPageDown, false)
	}
	return l.function(int(key-glfw.KeyF1) + 1)
}
