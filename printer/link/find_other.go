//go:build !linux

package link

func findUSB() ([]Found, error) { return nil, nil }

func findPorts() ([]Found, error) { return nil, nil }
