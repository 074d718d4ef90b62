//go:build !linux && !windows

package evdev

// Find finds nothing: only Linux and Windows show a program an input device.
func Find() ([]Found, error) { return nil, nil }
