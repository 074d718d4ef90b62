//go:build vm

package link_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"packbench/printer/link"
	"packbench/printer/link/linktest"
)

// These tests run in a virtual machine (scripts/vm.sh), on the kernel's own drivers: a USB gadget, plugged into the same kernel by dummy_hcd, is a
// printer and a serial port at once.
const (
	gadgetDir  = "/sys/kernel/config/usb_gadget/g"
	usbPrinter = "/dev/usb/lp0"
	usbSerial  = "/dev/ttyACM0"
)

// gadget is the USB device, of which a test reads one function: /dev/g_printer0 or /dev/ttyGS0.
type gadget struct {
	*linktest.Taker
	function, port string
	far            *os.File
	taken          chan struct{}
}

func write(t *testing.T, path, value string) {
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
	for _, dir := range []string{"strings/0x409", "configs/c.1/strings/0x409", "functions/printer.0", "functions/acm.0"} {
		if err := os.MkdirAll(filepath.Join(gadgetDir, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for path, value := range map[string]string{
		"idVendor": "0x1d6b", "idProduct": "0x0104", "strings/0x409/manufacturer": "TestMaker", "strings/0x409/product": "Label station",
		"strings/0x409/serialnumber": "SN0001", "functions/printer.0/pnp_string": "MFG:Fake;MDL:GP-1324D;CMD:TSPL,ZPL;CLS:PRINTER;", "functions/printer.0/q_len": "10",
	} {
		write(t, path, value)
	}
	for _, function := range []string{"printer.0", "acm.0"} {
		if err := os.Symlink(filepath.Join(gadgetDir, "functions", function), filepath.Join(gadgetDir, "configs/c.1", function)); err != nil {
			t.Fatal(err)
		}
	}
}

// plugged is the one that is in use; there is one USB controller.
var plugged *gadget

func newGadget(t *testing.T, function, port string) *gadget {
	build(t)
	if plugged != nil {
		plugged.unplug(t)
	}
	g := &gadget{Taker: linktest.NewTaker(), function: function, port: port}
	plugged = g
	g.plug(t)
	t.Cleanup(func() { g.unplug(t) })
	return g
}

// plug plugs it in and waits for both ends under their own names: a second name would mean that the link kept the dead one open.
func (g *gadget) plug(t *testing.T) {
	t.Helper()
	if g.isSerial() {
		g.forget(t)
	}
	controllers, err := os.ReadDir("/sys/class/udc")
	if err != nil || len(controllers) == 0 {
		t.Fatal("no USB controller", err)
	}
	write(t, "UDC", controllers[0].Name())
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if g.isThere() {
			break
		}
		if time.Now().After(late) {
			names, _ := filepath.Glob("/dev/ttyACM*")
			t.Fatalf("%s did not come; there are %v", g.port, names)
		}
	}
	// The far end of a USB printer can be opened only once it is configured.
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if g.far, err = os.OpenFile(g.function, os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0); err == nil {
			break
		}
		if time.Now().After(late) {
			t.Fatal(err)
		}
	}
	if g.isSerial() {
		raw(t, g.far)
	}
	g.taken = make(chan struct{})
	go func() {
		defer close(g.taken)
		g.Take(g.far)
	}()
}

// isThere tells whether the port can be opened: the kernel gives a serial port its name a little earlier.
func (g *gadget) isThere() bool {
	if !g.isSerial() {
		_, err := os.Stat(g.port)
		return err == nil
	}
	port, err := os.OpenFile(g.port, os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err == nil {
		port.Close()
	}
	return err == nil
}

func (g *gadget) isSerial() bool { return strings.Contains(g.function, "tty") }

// forget makes the serial function anew: the kernel keeps what its end had not read yet, and a printer that is plugged in begins with nothing.
func (g *gadget) forget(t *testing.T) {
	t.Helper()
	used, function := filepath.Join(gadgetDir, "configs/c.1/acm.0"), filepath.Join(gadgetDir, "functions/acm.0")
	for _, err := range []error{os.Remove(used), os.Remove(function), os.Mkdir(function, 0o755), os.Symlink(function, used)} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// raw sets the device's end of the serial line so that it changes no byte.
func raw(t *testing.T, f *os.File) {
	t.Helper()
	control(t, f, func(fd int) error {
		set, err := unix.IoctlGetTermios(fd, unix.TCGETS)
		if err != nil {
			return err
		}
		set.Iflag, set.Oflag, set.Lflag, set.Cflag = unix.IGNPAR, 0, 0, unix.CREAD|unix.CLOCAL|unix.CS8|unix.B115200
		set.Cc[unix.VMIN], set.Cc[unix.VTIME] = 1, 0
		return unix.IoctlSetTermios(fd, unix.TCSETS, set)
	})
}

func control(t *testing.T, f *os.File, ask func(fd int) error) {
	t.Helper()
	conn, err := f.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var answer error
	if err := conn.Control(func(fd uintptr) { answer = ask(int(fd)) }); err != nil || answer != nil {
		t.Fatal(err, answer)
	}
}

// unplug closes the device's end first: Linux 6.1 fails an assertion when a printer gadget goes while that is open (printing facts 4).
func (g *gadget) unplug(t *testing.T) {
	t.Helper()
	g.End()
	g.far.Close()
	<-g.taken
	if plugged != g {
		return
	}
	now, err := os.ReadFile(filepath.Join(gadgetDir, "UDC"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(now)) == "" {
		return
	}
	write(t, "UDC", "\n")
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(g.port); os.IsNotExist(err) {
			return
		}
		if time.Now().After(late) {
			t.Fatalf("%s does not go", g.port)
		}
	}
}

// say says something to whoever has the port open.
func (g *gadget) say(b []byte) { _, _ = g.far.Write(b) }

func (g *gadget) device(t *testing.T, l link.Link) linktest.Device {
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return linktest.Device{
		Link: l, Received: g.Received, Say: g.say, StopReading: g.Stop, StartReading: g.Start, Resumes: true, Swallows: 2 << 20,
		Vanish: func() { g.unplug(t) }, GoneKeys: []string{"printer.absent", "printer.cut"},
		Replug: func() { g.Again(); g.plug(t) },
	}
}

func TestVMUSBKeepsToTheDemandsOnLinks(t *testing.T) {
	linktest.Run(t, func(t *testing.T) linktest.Device {
		return newGadget(t, "/dev/g_printer0", usbPrinter).device(t, link.USB(usbPrinter, time.Second))
	})
}

func TestVMSerialKeepsToTheDemandsOnLinks(t *testing.T) {
	linktest.Run(t, func(t *testing.T) linktest.Device {
		g := newGadget(t, "/dev/ttyGS0", usbSerial)
		d := g.device(t, link.Serial(link.Line{Port: usbSerial, Baud: 20_000_000}, time.Second))
		d.Hidden = 512 << 10 // cdc_acm counts each of its 16 requests as full while any of it is on its way
		return d
	})
}

// A printer that is out of paper says so, and the label goes on when there is some.
func TestVMPaperOut(t *testing.T) {
	g := newGadget(t, "/dev/g_printer0", usbPrinter)
	d := g.device(t, link.USB(usbPrinter, time.Second))
	status := func(bits int) {
		const setStatus = 0xc0016722 // GADGET_SET_PRINTER_STATUS of linux/usb/g_printer.h
		control(t, g.far, func(fd int) error {
			if _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), setStatus, uintptr(bits)); errno != 0 {
				return errno
			}
			return nil
		})
	}
	g.Stop()
	status(0x38)
	whole := bytes.Repeat([]byte("^FDlabel"), 100_000)
	if n, err := d.Link.Send(t.Context(), whole); keyOf(err) != "printer.paper_out" || n >= len(whole) {
		t.Fatalf("sent %d: %v", n, err)
	}
	status(0x18)
	g.Start()
	if n, err := d.Link.Send(t.Context(), whole); n != len(whole) || err != nil {
		t.Fatalf("sent %d: %v", n, err)
	}
	if got := g.Received(t, len(whole)); !bytes.Equal(got, whole) {
		t.Errorf("%d bytes arrived", len(got))
	}
}

// Both functions of the gadget are found, with what they say of themselves.
func TestVMPrintersAreFound(t *testing.T) {
	newGadget(t, "/dev/g_printer0", usbPrinter)
	found, err := link.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []link.Found{
		// The gadget's length does not count its own two bytes, as the kernel takes it to, so the end is missing; so it is with some printers.
		{Name: "Fake GP-1324D", URI: "usb:" + usbPrinter, ID: "MFG:Fake;MDL:GP-1324D;CMD:TSPL,ZPL;CLS:PRINTE", VendorID: "1D6B", ProductID: "0104", Serial: "SN0001"},
		{Name: "TestMaker Label station (ttyACM0)", URI: "serial:" + usbSerial + "?baud=9600", VendorID: "1D6B", ProductID: "0104", Serial: "SN0001"},
	} {
		if !slices.Contains(found, want) {
			t.Errorf("%+v is not among %+v", want, found)
		}
	}
}

func TestVMAPrinterInUseIsSaid(t *testing.T) {
	d := newGadget(t, "/dev/g_printer0", usbPrinter).device(t, link.USB(usbPrinter, time.Second))
	if err := d.Link.Reach(t.Context()); err != nil {
		t.Fatal(err)
	}
	second := link.USB(usbPrinter, time.Second)
	if err := second.Reach(t.Context()); keyOf(err) != "printer.busy" {
		t.Error(err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}
