//go:build !windows || ci || !cgo

package keyhook

import "fyne.io/fyne/v2"

// InputMethod has a window of Windows' use the system's input method, or none. Elsewhere a program cannot choose for a window of Fyne's.
func InputMethod(fyne.Window, bool) {}
