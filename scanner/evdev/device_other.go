//go:build !linux

package evdev

import (
	"packbench/internal/order"
	"packbench/scanner/listen"
)

// Open fails with scanner.other_system: only Linux gives a program an input device.
func Open(name, _ string) (listen.Port, error) {
	return nil, order.Trouble(nil, "scanner.other_system", "name", name)
}
