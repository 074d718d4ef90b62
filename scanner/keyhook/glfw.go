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
// Fyne's handlers, which see keys only while nothing has the focus. Call it on the main goroutine, once a window.
func Install(w fyne.Window, onKey func(Key)) error {
	native, ok := w.(interface{ RunWithContext(func()) })
	if !ok {
		onCanvas(w.Canvas(), newListener(onKey))
		return nil
	}
	err := errNoWindow
	native.RunWithContext(func() {
		if view := glfw.GetCurrentContext(); view != nil {
			chain(view, w.Canvas(), newListener(onKey))
			err = nil
		}
	})
	return err
}

func chain(view *glfw.Window, canvas fyne.Canvas, l *listener) {
	focused := func() bool { return canvas.Focused() != nil }
	previousChar := view.SetCharCallback(nil)
	view.SetCharCallback(func(v *glfw.Window, char rune) {
		if !l.rune(char, focused(), time.Now()) && previousChar != nil {
			previousChar(v, char)
		}
	})
	previousKey := view.SetKeyCallback(nil)
	view.SetKeyCallback(func(v *glfw.Window, key glfw.Key, scancode int, action glfw.Action, mods glfw.ModifierKey) {
		pass := func(k glfw.Key, a glfw.Action) {
			if previousKey != nil {
				previousKey(v, k, scancode, a, mods)
			}
		}
		const shortcut = glfw.ModControl | glfw.ModAlt | glfw.ModSuper
		if action == glfw.Press && mods&shortcut == 0 && pressed(l, key, focused(), pass) {
			return
		}
		pass(key, action)
	})
}

// pressed handles a key that is not a character, and tells whether the window must not have it.
func pressed(l *listener, key glfw.Key, focused bool, pass func(glfw.Key, glfw.Action)) bool {
	now := time.Now()
	switch key {
	case glfw.KeyEnter, glfw.KeyKPEnter:
		return l.enter(focused, now, func(n int) {
			for range n {
				pass(glfw.KeyBackspace, glfw.Press)
				pass(glfw.KeyBackspace, glfw.Release)
			}
		})
	case glfw.KeyEscape:
		return l.edit(wedge.Escape, focused, now)
	case glfw.KeyBackspace:
		return l.edit(wedge.Backspace, focused, now)
	case glfw.KeySpace:
		return l.hot(now)
	case glfw.KeyTab:
		return l.tab(focused, now)
	}
	return l.function(int(key-glfw.KeyF1) + 1)
}
