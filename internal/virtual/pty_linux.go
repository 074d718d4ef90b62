package virtual

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// NewPTY makes a pseudo terminal: far is the device's end, near the port at ours, by its name. The line is up as long as both are open.
func NewPTY() (far, near *os.File, err error) {
	const mode = os.O_RDWR | unix.O_NOCTTY | unix.O_NONBLOCK
	far, err = os.OpenFile("/dev/ptmx", mode, 0)
	if err != nil {
		return nil, nil, err
	}
	var number int
	err = control(far, func(fd int) (err error) {
		if err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err == nil {
			number, err = unix.IoctlGetInt(fd, unix.TIOCGPTN)
		}
		return err
	})
	if err == nil {
		near, err = os.OpenFile(filepath.Join("/dev/pts", fmt.Sprint(number)), mode, 0)
	}
	if err != nil {
		return nil, nil, errors.Join(err, far.Close())
	}
	return far, near, nil
}

// control asks the system about an open file without taking its deadlines away, as File.Fd would.
func control(f *os.File, ask func(fd int) error) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var answer error
	return errors.Join(raw.Control(func(fd uintptr) { answer = ask(int(fd)) }), answer)
}

// ServePTY gives the machine a serial line, a pseudo terminal, until ctx ends. path is made a symbolic link to its port, which can be opened when this
// returns. While the machine is switched off or unplugged the port is gone, and so is path; afterwards path leads to another one. It fails where
// there is no pseudo terminal, or path cannot be made.
func (d *Device) ServePTY(ctx context.Context, path string) error {
	s := &serial{device: d, path: path}
	if err := d.plugIn(s); err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { d.pullOut(s) })
	return nil
}

// serial is a serial port.
type serial struct {
	device *Device
	path   string
	near   *os.File // keeps the line up while nobody has the port open; nil while it is gone
}

func (s *serial) up() error {
	if s.near != nil {
		return nil
	}
	far, near, err := NewPTY()
	if err != nil {
		return err
	}
	if err = control(near, plain); err == nil {
		err = os.Symlink(near.Name(), s.path)
	}
	if err != nil {
		return errors.Join(err, far.Close(), near.Close())
	}
	s.near = near
	s.device.attach(far, s, func() {})
	return nil
}

// plain passes all bytes on as they are. Until somebody opens the port, the machine would read its own answers else.
func plain(fd int) error {
	t, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return err
	}
	t.Iflag, t.Oflag, t.Lflag = 0, 0, 0
	return unix.IoctlSetTermios(fd, unix.TCSETS, t)
}

// down closes our end of it; the machine's is closed as every line is that is dropped.
func (s *serial) down() {
	if s.near == nil {
		return
	}
	_ = os.Remove(s.path)
	_ = s.near.Close()
	s.near = nil
}
