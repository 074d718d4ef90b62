package testkit

import (
	"os"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"packbench/internal/virtual"
)

// Pty is a serial line made of a pseudo terminal: Far is the device's end of it, Name the port at ours. Far is closed to unplug it.
type Pty struct {
	Far  *os.File
	near *os.File // keeps the line up while nobody has the port open
}

// Name is the port's path.
func (p *Pty) Name() string { return p.near.Name() }

// Settings is how the port stands, whoever has it open.
func (p *Pty) Settings(t testing.TB) *unix.Termios {
	t.Helper()
	var set *unix.Termios
	ask(t, p.near, func(fd int) (err error) {
		set, err = unix.IoctlGetTermios(fd, unix.TCGETS2)
		return err
	})
	return set
}

func ask(t testing.TB, f *os.File, about func(fd int) error) {
	t.Helper()
	raw, err := f.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var answer error
	if err := raw.Control(func(fd uintptr) { answer = about(int(fd)) }); err != nil || answer != nil {
		t.Fatal(err, answer)
	}
}

// Unplug takes the device away, as pulling its cable does.
func (p *Pty) Unplug() { p.Far.Close(); p.near.Close() }

// NewPty makes one; it is unplugged at the end of the test.
func NewPty(t testing.TB) *Pty {
	t.Helper()
	far, near, err := virtual.NewPTY()
	if err != nil {
		t.Fatal(err)
	}
	p := &Pty{Far: far, near: near}
	t.Cleanup(p.Unplug)
	return p
}

// Drain throws away what the device sent and nobody has read.
func (p *Pty) Drain(t testing.TB) {
	t.Helper()
	ask(t, p.near, func(fd int) error { return unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCIFLUSH) })
}

// WaitRead waits until all that the device sent was read.
func (p *Pty) WaitRead(t testing.TB) {
	t.Helper()
	for late := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		var waiting int
		ask(t, p.near, func(fd int) (err error) {
			waiting, err = unix.IoctlGetInt(fd, unix.TIOCINQ)
			return err
		})
		if waiting == 0 {
			return
		}
		if time.Now().After(late) {
			t.Fatalf("%d bytes wait to be read", waiting)
		}
	}
}
