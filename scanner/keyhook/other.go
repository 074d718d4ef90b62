//go:build ci || !cgo

package keyhook

import "fyne.io/fyne/v2"

// Install catches the keys of a window while nothing in it has the focus, and calls onKey on the main goroutine:
// the build without a real window has no other way. Every code must end with Enter there.
func Install(w fyne.Window, onKey func(Key), tap Tap, _ bool) error {
	onCanvas(w.Canvas(), newListener(onKey, tap))
	return nil
}
