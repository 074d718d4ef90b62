package link

import (
	"io"
	"os"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"packbench/internal/order"
	"packbench/printer/state"
)

const (
	// lpGetStatus is LPGETSTATUS of linux/lp.h.
	lpGetStatus = 0x060b
	// The bits of the USB printer class's port status (1.1, 4.2.2): no paper, selected, no error.
	lpPaperOut, lpSelected, lpNoError = 0x20, 0x10, 0x08
	// lpBuffer is the most usblp has on its way at once: one request of 8 KiB.
	lpBuffer = 8 << 10
)

// lp is a USB printer.
type lp struct {
	*os.File
	raw rawFile
}

func openUSB(path string) (handle, error) {
	if err := mustBeDevice(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, openProblem(path, err)
	}
	raw, err := rawOf(f)
	if err != nil {
		return nil, err
	}
	return &lp{File: f, raw: raw}, nil
}

// Held asks whether the request on its way is complete: the driver takes the next one only then.
func (p *lp) Held() (held int, err error) {
	err = p.raw.control(func(fd int) error {
		asked := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLOUT}}
		if _, err := unix.Poll(asked, 0); err != nil && err != unix.EINTR {
			return err
		}
		switch got := asked[0].Revents; {
		case got&(unix.POLLHUP|unix.POLLERR|unix.POLLNVAL) != 0:
			return unix.ENODEV
		case got&unix.POLLOUT == 0:
			held = lpBuffer
		}
		return nil
	})
	return held, err
}

// Read takes an empty transfer, with which some printers end what they say, for nothing said instead of the end.
func (p *lp) Read(b []byte) (int, error) {
	n, err := p.File.Read(b)
	if n == 0 && err == io.EOF {
		if _, gone := p.Held(); gone == nil {
			time.Sleep(quiet) // lest a printer that sends nothing else keeps a processor busy
			return 0, nil
		}
	}
	return n, err
}

// Drop has nothing to do: closing cancels what is on its way.
func (p *lp) Drop() {}

// Stalled looks at the port's status bits. They are taken for what they say only once the printer has stalled: many clones always say the same.
func (p *lp) Stalled(cause error) error {
	if status, err := p.status(); err == nil && status&lpPaperOut != 0 {
		return order.Trouble(cause, "printer.paper_out")
	}
	return order.Trouble(cause, "printer.stalled")
}

// Tell reads the status bits.
func (p *lp) Tell() (state.State, error) {
	status, err := p.status()
	if err != nil {
		return state.State{}, nil // a printer need not have any
	}
	return portState(status), nil
}

// portState is what the status bits tell. Many clones always say the same, all well or no bit at all, so neither is taken for the printer's word.
func portState(status int32) state.State {
	s := state.State{Told: true, Held: state.HeldUnknown}
	switch {
	case status&lpPaperOut != 0:
		s.Now = state.PaperOut
	case status&(lpSelected|lpNoError) == lpSelected, status&(lpSelected|lpNoError) == lpNoError:
		s.Now = state.Offline
	default:
		return state.State{}
	}
	return s
}

func (p *lp) status() (status int32, err error) {
	err = p.ioctl(lpGetStatus, unsafe.Pointer(&status))
	return status, err
}

func (p *lp) ioctl(request uintptr, argument unsafe.Pointer) error {
	return p.raw.control(func(fd int) error {
		if _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), request, uintptr(argument)); errno != 0 {
			return errno
		}
		return nil
	})
}
