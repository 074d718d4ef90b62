package link

import (
	"io"
	"time"
)

// Port is a serial port that is read from, such as a scanner's.
type Port interface {
	io.ReadWriteCloser
	SetReadDeadline(time.Time) error
}

// OpenPort opens a serial port for this program alone. Once the device is gone a read fails. It fails as Send of Serial does where the port cannot be
// opened.
func OpenPort(line Line) (Port, error) {
	port, err := openSerial(line)
	if err != nil {
		return nil, err
	}
	return port, nil
}

// Ports lists the serial ports, whatever stands at them.
func Ports() ([]Found, error) { return findPorts() }
