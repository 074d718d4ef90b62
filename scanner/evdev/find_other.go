//go:build !linux

package evdev

// Find finds nothing: only Linux gives a program an input device.
func Find() ([]Found, error) { return nil, nil }
