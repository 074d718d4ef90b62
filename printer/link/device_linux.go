package link

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"

	"packbench/internal/order"
)

// rawFile lets the system be asked about an open file without taking its deadlines away, as File.Fd would.
type rawFile struct{ syscall.RawConn }

func rawOf(f *os.File) (rawFile, error) {
	raw, err := f.SyscallConn()
	return rawFile{raw}, err
}

func (r rawFile) control(ask func(fd int) error) error {
	var answer error
	if err := r.Control(func(fd uintptr) { answer = ask(int(fd)) }); err != nil {
		return err
	}
	return answer
}

// mustBeDevice refuses a path that is something else, such as a file that would be written over.
func mustBeDevice(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return openProblem(path, err)
	}
	if info.Mode()&fs.ModeCharDevice == 0 {
		return order.Trouble(nil, "printer.no_port", "address", path)
	}
	return nil
}

// openProblem says in a person's words why a device cannot be opened.
func openProblem(path string, err error) error {
	var problem *order.Problem
	switch {
	case errors.As(err, &problem):
		return err
	case errors.Is(err, fs.ErrPermission):
		return order.Trouble(err, "printer.permission", "address", path)
	case errors.Is(err, unix.EBUSY):
		return order.Trouble(err, "printer.busy", "address", path)
	case errors.Is(err, unix.ENOTTY), errors.Is(err, unix.EINVAL):
		return order.Trouble(err, "printer.no_port", "address", path)
	}
	return order.Trouble(err, "printer.absent", "address", path)
}
