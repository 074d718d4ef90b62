//go:build !linux && !windows

package evdev

import (
	"packbench/internal/order"
	"packbench/scanner"
	"packbench/scanner/listen"
)

// Echoes tells whether what an input device types reaches the window too. There is none here.
const Echoes = false

// Open fails with scanner.other_system: only Linux and Windows show a program an input device.
func Open(name string, _ scanner.Address) (listen.Port, error) {
	return nil, order.Trouble(nil, "scanner.other_system", "name", name)
}
