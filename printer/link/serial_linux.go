package link

import (
	"errors"
	"os"

	"github.com/tarm/serial"
	"golang.org/x/sys/unix"

	"packbench/internal/order"
)

// tty is a serial port on Linux. tarm/serial sets the port up; bytes go through a handle of our own on the same port, because tarm's writes
// have no deadline, its Close waits for a blocked reader, and its reads cannot tell a time-out from an unplugged port (printing facts 3).
type tty struct {
	*os.File
	raw rawFile
}

// plainRate is one that tarm/serial knows; other rates are set afterwards.
const plainRate = 9600

func openSerial(line Line) (handle, error) {
	if err := mustBeDevice(line.Port); err != nil {
		return nil, err
	}
	// Without a read time-out: tarm's would make every read that finds nothing look like the end.
	set, err := serial.OpenPort(&serial.Config{Name: line.Port, Baud: plainRate})
	if err != nil {
		return nil, openProblem(line.Port, err)
	}
	defer set.Close() // nobody reads from it, so it cannot block
	f, err := os.OpenFile(line.Port, os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, openProblem(line.Port, err)
	}
	raw, err := rawOf(f)
	if err == nil {
		err = raw.control(func(fd int) error { return setLine(fd, line) })
	}
	if err != nil {
		return nil, errors.Join(openProblem(line.Port, err), f.Close())
	}
	return &tty{File: f, raw: raw}, nil
}

// setLine sets what tarm/serial cannot: any rate, flow control, and that nobody else opens the port.
func setLine(fd int, line Line) error {
	t, err := unix.IoctlGetTermios(fd, unix.TCGETS2)
	if err != nil {
		return err
	}
	t.Cflag = t.Cflag&^(unix.CBAUD|unix.CRTSCTS) | unix.BOTHER
	t.Ispeed, t.Ospeed = uint32(line.Baud), uint32(line.Baud)
	t.Iflag &^= unix.IXON | unix.IXOFF | unix.IXANY
	switch line.Flow {
	case FlowRTSCTS:
		t.Cflag |= unix.CRTSCTS
	case FlowXonXoff:
		t.Iflag |= unix.IXON
		t.Cc[unix.VSTART], t.Cc[unix.VSTOP] = 0x11, 0x13 // DC1, DC3; tarm leaves them 0, and IXON alone does nothing then
	}
	if err := unix.IoctlSetTermios(fd, unix.TCSETS2, t); err != nil {
		return err
	}
	if t, err = unix.IoctlGetTermios(fd, unix.TCGETS2); err != nil {
		return err
	}
	// UARTs keep in step up to about 3 % of difference.
	if difference := int(t.Ospeed) - line.Baud; max(difference, -difference)*33 > line.Baud {
		return order.Trouble(nil, "printer.rate", "baud", line.Baud)
	}
	return unix.IoctlSetInt(fd, unix.TIOCEXCL, 0)
}

func (p *tty) Held() (held int, err error) {
	err = p.raw.control(func(fd int) (err error) {
		held, err = unix.IoctlGetInt(fd, unix.TIOCOUTQ)
		return err
	})
	return held, err
}

// Drop ignores errors: a port that is gone holds nothing.
func (p *tty) Drop() {
	_ = p.raw.control(func(fd int) error { return unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCOFLUSH) })
}

func (p *tty) Stalled(cause error) error { return order.Trouble(cause, "printer.stalled") }

// Close lets others open the port again, which matters where it stays open somewhere.
func (p *tty) Close() error {
	_ = p.raw.control(func(fd int) error { return unix.IoctlSetInt(fd, unix.TIOCNXCL, 0) }) // fails on a port that is gone
	return p.File.Close()
}
