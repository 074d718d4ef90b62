package link_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"packbench/internal/testkit"
	"packbench/printer/link"
	"packbench/printer/link/linktest"
)

// ptyDevice is a printer at the far end of a pseudo terminal whose port has a lasting name, as udev's links give.
type ptyDevice struct {
	*linktest.Taker
	pty   *testkit.Pty
	port  string
	taken chan struct{} // closed when the reading has ended
}

func newPtyDevice(t *testing.T) *ptyDevice {
	d := &ptyDevice{Taker: linktest.NewTaker(), port: filepath.Join(t.TempDir(), "printer")}
	d.plug(t)
	t.Cleanup(d.unplug)
	return d
}

func (d *ptyDevice) plug(t *testing.T) {
	d.pty = testkit.NewPty(t)
	if err := os.Symlink(d.pty.Name(), d.port); err != nil {
		t.Fatal(err)
	}
	d.taken = make(chan struct{})
	go func() {
		defer close(d.taken)
		d.Take(d.pty.Far)
	}()
}

func (d *ptyDevice) unplug() {
	d.End()
	d.pty.Unplug()
	_ = os.Remove(d.port) // unplugged twice at a test's end
	<-d.taken
}

func TestSerialKeepsToTheDemandsOnLinks(t *testing.T) {
	t.Parallel() // it mostly waits
	linktest.Run(t, func(t *testing.T) linktest.Device {
		d := newPtyDevice(t)
		return linktest.Device{
			Link:     serial(t, link.Line{Port: d.port, Baud: 1_000_000_000}),
			Received: d.Received, Say: func(b []byte) { _, _ = d.pty.Far.Write(b) }, StopReading: d.Stop, StartReading: d.Start, Resumes: true, Swallows: 1 << 20,
			Vanish: d.unplug, GoneKeys: []string{"printer.absent", "printer.cut"},
			Replug: func() { d.Again(); d.plug(t) },
		}
	})
}

func serial(t *testing.T, line link.Line) link.Link {
	l := link.Serial(line, 300*time.Millisecond)
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// The line is 8N1 without any editing, at any rate, with the flow control asked for and no other.
func TestTheLineIsSet(t *testing.T) {
	for _, c := range []struct {
		line        link.Line
		cflag, flow uint32
	}{
		{link.Line{Baud: 9600}, 0, 0},
		{link.Line{Baud: 115200, Flow: link.FlowRTSCTS}, unix.CRTSCTS, 0},
		{link.Line{Baud: 250000, Flow: link.FlowXonXoff}, 0, unix.IXON},
		{link.Line{Baud: 12345, Flow: link.FlowNone}, 0, 0},
	} {
		d := newPtyDevice(t)
		c.line.Port = d.port
		if err := serial(t, c.line).Reach(t.Context()); err != nil {
			t.Fatal(err)
		}
		set := d.pty.Settings(t)
		if int(set.Ospeed) != c.line.Baud || set.Cflag&unix.CRTSCTS != c.cflag || set.Iflag&(unix.IXON|unix.IXOFF|unix.IXANY) != c.flow {
			t.Errorf("%+v: %+v", c.line, set)
		}
		if set.Cflag&(unix.CSIZE|unix.PARENB|unix.CSTOPB) != unix.CS8 || set.Lflag != 0 || set.Oflag != 0 {
			t.Errorf("%+v is not raw 8N1: %+v", c.line, set)
		}
	}
}

// A printer that sends DC3 is not written to until it sends DC1, and loses nothing.
func TestXOffHoldsTheLabel(t *testing.T) {
	d := newPtyDevice(t)
	l := serial(t, link.Line{Port: d.port, Baud: 1_000_000, Flow: link.FlowXonXoff})
	if err := l.Reach(t.Context()); err != nil {
		t.Fatal(err)
	}
	say(t, d, 0x13)
	whole := bytes.Repeat([]byte("^FDlabel"), 1000)
	n, err := l.Send(t.Context(), whole)
	if keyOf(err) != "printer.stalled" || n >= len(whole) {
		t.Fatalf("sent %d: %v", n, err)
	}
	say(t, d, 0x11)
	if n, err := l.Send(t.Context(), whole); n != len(whole) || err != nil {
		t.Fatalf("sent %d: %v", n, err)
	}
	if got := d.Received(t, len(whole)); !bytes.Equal(got, whole) {
		t.Errorf("%d bytes arrived", len(got))
	}
}

func say(t *testing.T, d *ptyDevice, b byte) {
	t.Helper()
	if _, err := d.pty.Far.Write([]byte{b}); err != nil {
		t.Fatal(err)
	}
}

// A line of 9,600 baud carries 960 bytes a second; what is called sent has had that time, but for 50 ms.
func TestWritesAreNoFasterThanTheLine(t *testing.T) {
	d := newPtyDevice(t)
	l := serial(t, link.Line{Port: d.port, Baud: 9600})
	began := time.Now()
	if n, err := l.Send(t.Context(), make([]byte, 300)); n != 300 || err != nil {
		t.Fatalf("sent %d: %v", n, err)
	}
	if took := time.Since(began); took < 230*time.Millisecond {
		t.Errorf("300 bytes took %s", took)
	}
}

func TestPortsThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	plain := filepath.Join(dir, "plain")
	if err := os.WriteFile(plain, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	for port, key := range map[string]string{
		filepath.Join(dir, "nothing"): "printer.absent",
		plain:                         "printer.no_port",
		"/dev/null":                   "printer.no_port",
	} {
		l := serial(t, link.Line{Port: port, Baud: 9600})
		if n, err := l.Send(t.Context(), []byte("x")); n != 0 || keyOf(err) != key {
			t.Errorf("%s: sent %d: %v, want %s", port, n, err, key)
		}
	}
	if kept, err := os.ReadFile(plain); err != nil || string(kept) != "precious" {
		t.Errorf("the file holds %q, %v", kept, err)
	}
	for path, key := range map[string]string{plain: "printer.no_port", filepath.Join(dir, "lp9"): "printer.absent"} {
		l := link.USB(path, 0)
		if n, err := l.Send(t.Context(), []byte("x")); n != 0 || keyOf(err) != key {
			t.Errorf("usb %s: sent %d: %v, want %s", path, n, err, key)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}
