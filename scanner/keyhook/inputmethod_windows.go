//go:build !ci && cgo

package keyhook

import (
	"unsafe"

	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.3/glfw"
	"golang.org/x/sys/windows"
)

// associateContext is ImmAssociateContextEx (imm.h).
var associateContext = windows.NewLazySystemDLL("imm32.dll").NewProc("ImmAssociateContextEx")

const defaultContext = 0x0010 // IACE_DEFAULT

// InputMethod has the window use the system's input method, or none. Call it on the main goroutine, once the window is on the screen.
func InputMethod(w fyne.Window, use bool) {
	native, ok := w.(interface{ RunWithContext(func()) })
	if !ok {
		return
	}
	native.RunWithContext(func() {
		view := glfw.GetCurrentContext()
		if view == nil {
			return
		}
		var flags uintptr
		if use {
			flags = defaultContext
		}
		_, _, _ = associateContext.Call(uintptr(unsafe.Pointer(view.GetWin32Window())), 0, flags) // a system without input methods has none to switch
	})
}
