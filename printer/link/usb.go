package link

import "time"

// USB is the link to a USB printer at path, such as /dev/usb/lp0: the kernel's usblp driver. Nothing is opened yet. A device that takes no byte for
// stall counts as stalled; 0 means DefaultStall. Besides what Send of every link fails with, it fails with printer.paper_out in place of
// printer.stalled where the printer says so, printer.permission, printer.busy and printer.no_port (blank address).
func USB(path string, stall time.Duration) Link {
	return newDevice(path, stall, 0, func() (handle, error) { return openUSB(path) })
}
