package evdev

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"packbench/internal/order"
	"packbench/scanner"
	"packbench/scanner/listen"
)

// The questions and wishes that are put to an input device (linux/input.h).
const (
	getVersion = 0x80044501 // EVIOCGVERSION
	grab       = 0x40044590 // EVIOCGRAB (printing facts 5)
	setMask    = 0x40104593 // EVIOCSMASK
)

// An event as the system writes it: its time, and 8 bytes.
const (
	timeSize  = int(unsafe.Sizeof(unix.Timeval{}))
	eventSize = timeSize + 8
)

// mask is which events of a kind this program wants: without codes, none.
type mask struct {
	kind, size uint32
	codes      uint64
}

// Echoes tells whether what an input device types reaches the window too. Linux takes it away from everybody else.
const Echoes = false

// device is a scanner that types, taken away from everybody else.
type device struct {
	*os.File
	decoder Decoder
	buffer  [64 * eventSize]byte
}

// Open opens an input device and takes it for this program alone: until it is closed, or the program ends, its keys reach nobody else. It fails with
// scanner.absent, scanner.permission, scanner.busy or scanner.no_port.
func Open(name string, at scanner.Address) (listen.Port, error) {
	path, err := pathOf(at)
	if err != nil {
		return nil, openProblem(name, at, err)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, openProblem(name, at, err)
	}
	if err := take(f); err != nil {
		return nil, openProblem(name, at, errors.Join(err, f.Close()))
	}
	return &device{File: f}, nil
}

func take(f *os.File) error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var answer error
	err = raw.Control(func(fd uintptr) {
		if _, answer = unix.IoctlGetInt(int(fd), getVersion); answer == nil {
			answer = unix.IoctlSetInt(int(fd), grab, 1)
		}
		// Scan codes are a third of all events. A kernel before 4.4 does not know how to leave them out.
		without := mask{kind: typeScanCode}
		_, _, _ = unix.Syscall(unix.SYS_IOCTL, fd, setMask, uintptr(unsafe.Pointer(&without)))
	})
	return errors.Join(err, answer)
}

// Read reads what was typed, ASCII with a carriage return for Enter, and scanner.Cancel where the system dropped events. It waits until there is something, or until the deadline.
func (d *device) Read(b []byte) (n int, err error) {
	if len(b) == 0 {
		return 0, nil
	}
	for n == 0 {
		size, err := d.File.Read(d.buffer[:min(len(d.buffer), len(b)*eventSize)])
		if err != nil {
			return 0, err
		}
		for events := d.buffer[:size]; len(events) >= eventSize; events = events[eventSize:] {
			e := decodeEvent(events[timeSize:eventSize])
			if e.Type == typeSync && e.Code == syncLost { // the system keeps 64 events and drops all of them when there are more
				d.decoder.Lose()
				b[n], n = scanner.Cancel, n+1
			}
			if c, ok := d.decoder.Take(e); ok {
				b[n], n = c, n+1
			}
		}
	}
	return n, nil
}

func decodeEvent(b []byte) (e Event) {
	_ = binary.Read(bytes.NewReader(b), binary.NativeEndian, &e) // 8 bytes are there
	return e
}

// SetReadDeadline bounds the next reads.
func (d *device) SetReadDeadline(t time.Time) error { return d.File.SetReadDeadline(t) }

// pathOf is the input device at an address, which may be named by what it says of itself.
func pathOf(at scanner.Address) (string, error) {
	if at.Path != "" {
		return at.Path, nil
	}
	found, err := Find()
	if err != nil {
		return "", err
	}
	for _, one := range found {
		if at.USB.Of(one.USB) {
			return one.Path, nil
		}
	}
	return "", fs.ErrNotExist
}

func openProblem(name string, at scanner.Address, err error) error {
	address := at.String()
	switch {
	case errors.Is(err, fs.ErrPermission):
		return order.Trouble(err, "scanner.permission", "name", name, "address", address)
	case errors.Is(err, unix.EBUSY):
		return order.Trouble(err, "scanner.busy", "name", name, "address", address)
	case errors.Is(err, unix.ENOTTY), errors.Is(err, unix.EINVAL), errors.Is(err, unix.EISDIR):
		return order.Trouble(err, "scanner.no_port", "name", name, "address", address)
	}
	return order.Trouble(err, "scanner.absent", "name", name, "address", address)
}
