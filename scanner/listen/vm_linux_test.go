//go:build vm

package listen_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"packbench/internal/order"
	"packbench/scanner"
	"packbench/scanner/evdev"
	"packbench/scanner/listen"
	"packbench/scanner/serial"
)

// These tests run in a virtual machine (scripts/vm.sh), on the kernel's own drivers: a USB gadget, plugged into the same kernel by dummy_hcd, is a
// scanner that types and one at a serial port at once.
const gadgetDir = "/sys/kernel/config/usb_gadget/scanner"

// keyboard is the report descriptor of a keyboard (HID 1.11, appendix B.1).
var keyboard = []byte{
	0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05, 0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08,
	0x81, 0x03, 0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02, 0x95, 0x01, 0x75, 0x03, 0x91, 0x03, 0x95, 0x06, 0x75, 0x08, 0x15, 0x00,
	0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, 0xc0,
}

func set(t *testing.T, path, value string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(gadgetDir, path), []byte(value), 0o644); err != nil {
		t.Fatal(err)
	}
}

// build makes the gadget, once.
func build(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(gadgetDir); err == nil {
		return
	}
	for _, dir := range []string{"strings/0x409", "configs/c.1/strings/0x409", "functions/hid.0", "functions/acm.0"} {
		if err := os.MkdirAll(filepath.Join(gadgetDir, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for path, value := range map[string]string{
		"idVendor": "0x0c2e", "idProduct": "0x0b61", "strings/0x409/manufacturer": "TestMaker", "strings/0x409/product": "Barcode Scanner",
		"strings/0x409/serialnumber": "SCAN1", "functions/hid.0/protocol": "1", "functions/hid.0/subclass": "1", "functions/hid.0/report_length": "8",
		"functions/hid.0/report_desc": string(keyboard),
	} {
		set(t, path, value)
	}
	for _, function := range []string{"hid.0", "acm.0"} {
		if err := os.Symlink(filepath.Join(gadgetDir, "functions", function), filepath.Join(gadgetDir, "configs/c.1", function)); err != nil {
			t.Fatal(err)
		}
	}
}

// until waits until something is so.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal(what)
		}
	}
}

// plugIn plugs the gadget in and opens its end of a function.
func plugIn(t *testing.T, function string) *os.File {
	t.Helper()
	build(t)
	controllers, err := os.ReadDir("/sys/class/udc")
	if err != nil || len(controllers) == 0 {
		t.Fatal("no USB controller", err)
	}
	set(t, "UDC", controllers[0].Name())
	var far *os.File
	until(t, function+" does not come", func() bool {
		far, err = os.OpenFile(function, os.O_RDWR|unix.O_NOCTTY, 0)
		return err == nil
	})
	return far
}

func pullOut(t *testing.T, far *os.File) {
	t.Helper()
	far.Close()
	set(t, "UDC", "\n")
}

// ears hear a scanner: "=CODE", or the key of a sentence.
func ears(t *testing.T, open func() (listen.Port, error)) <-chan string {
	said := make(chan string, 1000)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		listen.Scanner{
			Name: "vm", Open: open, Now: time.Now, Log: slog.New(slog.DiscardHandler),
			Scan: func(s order.Scan) { said <- "=" + s.Code }, Tell: func(s order.Said) { said <- s.Key },
		}.Run(ctx)
	}()
	t.Cleanup(func() { stop(); <-done })
	return said
}

func hears(t *testing.T, said <-chan string, want string) {
	t.Helper()
	for {
		select {
		case got := <-said:
			if got == want {
				return
			}
			if got != "scanner.absent" {
				t.Fatalf("heard %s, want %s", got, want)
			}
		case <-time.After(30 * time.Second):
			t.Fatalf("%s was not heard", want)
		}
	}
}

// types types as a scanner does: digits, capitals, - and Enter.
func types(t *testing.T, far *os.File, text string) {
	t.Helper()
	for _, c := range []byte(text) {
		report := make([]byte, 8)
		switch {
		case c == '\r':
			report[2] = 40
		case c == '-':
			report[2] = 45
		case c == '0':
			report[2] = 39
		case c >= '1' && c <= '9':
			report[2] = 30 + c - '1'
		default:
			report[0], report[2] = 2, 4+c-'A'
		}
		for _, r := range [][]byte{report, make([]byte, 8)} {
			if _, err := far.Write(r); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// scan types a code, and again where it was said that half of it came: a busy machine in a machine may lose keys, but not silently.
func scan(t *testing.T, far *os.File, said <-chan string, code string) {
	t.Helper()
	for range 5 {
		types(t, far, code+"\r")
		select {
		case got := <-said:
			if got == "="+code {
				return
			}
			if got != "scanner.half" {
				t.Fatalf("heard %s, want %s", got, code)
			}
			t.Logf("%s came by halves", code)
			time.Sleep(scanner.Patience + 100*time.Millisecond) // as whoever scans again
		case <-time.After(30 * time.Second):
			t.Fatalf("%s was not heard", code)
		}
	}
	t.Fatalf("%s came by halves five times", code)
}

// A scanner that types is taken from everybody else, and read; it is there again when it is plugged in again, and half a code is none.
func TestVMAScannerThatTypesIsTaken(t *testing.T) {
	far := plugIn(t, "/dev/hidg0")
	var found []evdev.Found
	until(t, "no input device comes", func() bool {
		var err error
		found, err = evdev.Find()
		return err == nil && len(found) > 0 && found[0].Likely
	})
	t.Logf("%+v", found[0])
	if id := found[0].USB; id.VendorID != "0C2E" || id.ProductID != "0B61" || !strings.Contains(found[0].Name, "Barcode Scanner") {
		t.Errorf("%+v", found[0])
	}
	others, err := os.OpenFile(found[0].Path, os.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer others.Close()
	said := ears(t, func() (listen.Port, error) {
		now, err := evdev.Find()
		if err != nil || len(now) == 0 || !now[0].Likely {
			return nil, order.Trouble(err, "scanner.absent")
		}
		return evdev.Open("vm", scanner.Address{Kind: scanner.Input, USB: now[0].USB})
	})
	hears(t, said, "scanner.ready")
	for n := range 50 {
		scan(t, far, said, fmt.Sprintf("JX-%09d-QZ", n*7919))
	}
	if _, err := evdev.Open("vm", scanner.Address{Kind: scanner.Input, Path: found[0].Path}); err == nil || order.AsProblem(err).Key != "scanner.busy" {
		t.Errorf("a second one opens it: %v", err)
	}
	if err := others.SetReadDeadline(time.Now().Add(100 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if n, err := others.Read(make([]byte, 1024)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("others hear %d bytes of it, %v", n, err)
	}
	types(t, far, "BROKEN")
	time.Sleep(100 * time.Millisecond) // for the keys to come through; Patience is longer
	pullOut(t, far)
	hears(t, said, "scanner.half")
	hears(t, said, "scanner.gone")
	far = plugIn(t, "/dev/hidg0")
	hears(t, said, "scanner.ready")
	types(t, far, "WHOLE-1\r")
	hears(t, said, "=WHOLE-1")
	pullOut(t, far)
	hears(t, said, "scanner.gone")
}

// A scanner at a serial port that comes back under another name is known by what it says of itself.
func TestVMASerialScannerIsFoundUnderAnotherName(t *testing.T) {
	far := plugIn(t, "/dev/ttyGS0")
	plain(t, far)
	until(t, "no port comes", func() bool { _, err := os.Stat("/dev/ttyACM0"); return err == nil })
	at, ok := scanner.ParseAddress("serial:/dev/ttyACM0")
	if !ok {
		t.Fatal("no address")
	}
	said := ears(t, serial.At("vm", at).Open)
	hears(t, said, "scanner.ready")
	for n := range 50 {
		code := fmt.Sprintf("JX%09d", n*7919)
		say(t, far, code+"\r")
		hears(t, said, "="+code)
	}
	holding, err := os.OpenFile("/dev/ttyACM0", os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0) // a name that is in use is not given again
	if err != nil {
		t.Fatal(err)
	}
	defer holding.Close()
	say(t, far, "BROKEN")
	time.Sleep(100 * time.Millisecond) // for it to come through; Patience is longer
	pullOut(t, far)
	hears(t, said, "scanner.half")
	hears(t, said, "scanner.gone")
	far = plugIn(t, "/dev/ttyGS0")
	plain(t, far)
	hears(t, said, "scanner.ready")
	ports, err := filepath.Glob("/dev/ttyACM*")
	if err != nil || len(ports) != 1 || ports[0] == "/dev/ttyACM0" {
		t.Errorf("it came back as %v, %v", ports, err)
	}
	t.Logf("it came back as %v", ports)
	say(t, far, "WHOLE-1\r")
	hears(t, said, "=WHOLE-1")
	pullOut(t, far)
	hears(t, said, "scanner.gone")
}

func say(t *testing.T, far *os.File, text string) {
	t.Helper()
	if _, err := far.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

// plain sets the device's end of the serial line so that it changes no byte.
func plain(t *testing.T, far *os.File) {
	t.Helper()
	conn, err := far.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var answer error
	err = conn.Control(func(fd uintptr) {
		var line *unix.Termios
		if line, answer = unix.IoctlGetTermios(int(fd), unix.TCGETS); answer == nil {
			line.Iflag, line.Oflag, line.Lflag, line.Cflag = unix.IGNPAR, 0, 0, unix.CREAD|unix.CLOCAL|unix.CS8|unix.B115200
			answer = unix.IoctlSetTermios(int(fd), unix.TCSETS, line)
		}
	})
	if err != nil || answer != nil {
		t.Fatal(err, answer)
	}
}
