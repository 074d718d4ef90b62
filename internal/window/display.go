package window

import (
	"net"
	"runtime"
	"strings"
	"time"

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
	var err error
	for _, socket := range []string{"/tmp/.X11-unix/X" + number, "@/tmp/.X11-unix/X" + number} { // a file, or Linux's own kind of name
		var server net.Conn
		if server, err = net.DialTimeout("unix", socket, time.Second); err == nil {
			return server.Close()
		}
	}
	return order.Trouble(err, "window.no_display")
}
