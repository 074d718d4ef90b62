package acceptance

import (
	"context"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"packbench/internal/label"
	"packbench/internal/page"
	"packbench/internal/virtual"
)

// serialPrinter is a machine at the far end of a serial line: what comes is kept, and drawn as it comes.
type serialPrinter struct {
	*tape
	drawn chan *page.Page
	off   func() error // switches the machine off and tells what it could not draw
}

// newSerialPrinter lays a line of two pseudo terminals with socat and puts a machine at its end. The rate is one at which the line is not what is
// waited for.
func newSerialPrinter(t *testing.T) *serialPrinter {
	t.Helper()
	dir := t.TempDir()
	near, far := filepath.Join(dir, "near"), filepath.Join(dir, "far")
	line := exec.Command("socat", "PTY,raw,echo=0,link="+near, "PTY,raw,echo=0,link="+far)
	if err := line.Start(); err != nil {
		t.Fatalf("`make test` says how to install what the tests need: %v", err)
	}
	t.Cleanup(func() {
		_ = line.Process.Kill() // it may have ended with the line
		_ = line.Wait()
	})
	for _, end := range []string{near, far} {
		for late := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
			if _, err := os.Stat(end); err == nil {
				break
			} else if time.Now().After(late) {
				t.Fatal(err)
			}
		}
	}
	port, err := os.OpenFile(far, os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { port.Close() })

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	p := &serialPrinter{tape: &tape{address: "serial:" + near + "?baud=4000000&flow=rtscts"}, drawn: make(chan *page.Page, 100)}
	ended := make(chan error, 1)
	go func() {
		ended <- virtual.ZPL{DPI: 203, Medium: page.Label}.Serve(ctx, listener, func(_ int, drawn *page.Page) error {
			p.drawn <- drawn
			return nil
		})
	}()
	p.off = func() error {
		stop()
		return <-ended
	}
	machine, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { machine.Close() })
	go func() { _, _ = io.Copy(machine, io.TeeReader(port, p)) }() // both end when the test closes the port
	go func() { _, _ = io.Copy(port, machine) }()
	return p
}

// The main job over a serial line: every parcel's label comes out once, whole and readable, on the machine at its end as on a renderer that is not ours.
func TestParcelsOverASerialLine(t *testing.T) {
	t.Parallel() // most of it is waiting for the platform's labels
	count := 50
	if testing.Short() {
		count = 3
	}
	printer := newSerialPrinter(t)
	numbers := packParcels(t, count, printer.tape)
	for i, number := range numbers {
		select {
		case drawn := <-printer.drawn:
			read := label.Codes(drawn)
			if !slices.ContainsFunc(read, func(c label.Code) bool { return c.Text == number }) {
				t.Errorf("label %d says %q, its parcel's tracking number is %q", i+1, read, number)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("the machine drew %d labels of %d", i, count)
		}
	}
	if err := printer.off(); err != nil || len(printer.drawn) != 0 {
		t.Errorf("the machine drew %d labels too many: %v", len(printer.drawn), err)
	}
}
