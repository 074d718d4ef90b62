package window

import (
	"os"
	"runtime"
	"slices"
	"strings"

	"packbench/internal/order"
)

// CheckDisplay tells whether there is a screen to open a window on: the window.no_display Problem where there is none. The window system's own
// library would end the program without a word.
func CheckDisplay(getenv func(string) string) error {
	if runtime.GOOS != "linux" || getenv("WAYLAND_DISPLAY") != "" {
		return nil
	}
	display := getenv("DISPLAY")
	if display == "" {
		return order.Trouble(nil, "window.no_display")
	}
	number, local := strings.CutPrefix(display, ":")
	if !local { // on another computer: the window system finds out
		return nil
	}
	number, _, _ = strings.Cut(number, ".")
	return serverAt("/tmp/.X11-unix/X" + number)
}

// serverAt tells whether a server listens at a socket, by the file or, for Linux's own kind of name, by the kernel's list. It does not
// connect: a server without other users would start anew when the connection ends, just when the window comes.
func serverAt(socket string) error {
	if _, err := os.Stat(socket); err == nil {
		return nil
	}
	listening, err := os.ReadFile("/proc/net/unix")
	if err != nil || !slices.Contains(strings.Fields(string(listening)), "@"+socket) {
		return order.Trouble(err, "window.no_display")
	}
	return nil
}
