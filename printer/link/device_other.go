//go:build !linux

package link

import "packbench/internal/order"

func openSerial(Line) (handle, error) {
	return nil, order.Trouble(nil, "printer.other_system", "kind", "serial")
}

func openUSB(string) (handle, error) {
	return nil, order.Trouble(nil, "printer.other_system", "kind", "usb")
}
