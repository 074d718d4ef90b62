package link

import "time"

// Flow is who may stop a serial line.
type Flow string

// The kinds of flow control.
const (
	FlowNone    Flow = "none"
	FlowXonXoff Flow = "xonxoff" // the printer sends DC3 and DC1
	FlowRTSCTS  Flow = "rtscts"  // the printer uses a wire
)

// Line is a serial port and how it is driven: always 8 data bits, no parity, 1 stop bit.
type Line struct {
	Port string // /dev/ttyUSB0, COM3
	Baud int    // bits a second, of which a byte takes ten
	Flow Flow   // empty is FlowNone
}

// Serial is the link to a printer at a serial port. Nothing is opened yet. Bytes are written no faster than the line carries them, so that what
// counts as taken has left the computer. A device that takes no byte for stall counts as stalled; 0 means DefaultStall. Besides what Send of every
// link fails with, it fails with printer.permission and printer.busy (blank address), printer.no_port (blank address) and printer.rate (blank baud).
func Serial(line Line, stall time.Duration) Link {
	return newDevice(line.Port, stall, max(line.Baud/10, 1), func() (handle, error) { return openSerial(line) })
}
