//go:build window

package acceptance

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
)

// BenchmarkEnterToPixels is how long a packer waits for the screen (design 5): from a wedge scan's Enter to the first changed pixel of a real window, the
// journal's commit and the drawing in software included. Each scan opens another parcel. Enter is taken for sent once the program that presses the keys has been
// told to, and the screen is looked at every half a millisecond.
func BenchmarkEnterToPixels(b *testing.B) {
	const scans = 60
	for _, tool := range []string{"Xvfb", "xdotool"} {
		if _, err := exec.LookPath(tool); err != nil {
			b.Skip("there is no display to look at: ", err)
		}
	}
	s := newShop(b, sandbox.Options{Orders: 300, Seed: 5})
	folder := b.TempDir()
	d := openDeskOn(b, s, newScreen(b, "-fbdir", folder), "en_US.UTF-8")
	pixels := framebuffer(b, filepath.Join(folder, "Xvfb_screen0"))
	hands := keyboardOn(b, d.screen)
	var parcels []string
	for _, o := range listOrders(b, s.dir) {
		if o.Status == "AWAITING_SHIPMENT" && len(o.Packages) == 1 {
			parcels = append(parcels, o.Packages[0].PackageID)
		}
	}
	var took []time.Duration
	for b.Loop() {
		for n := range scans {
			pixels.rest(b)
			hands("type --delay 2 %s", parcels[n%len(parcels)])
			time.Sleep(80 * time.Millisecond) // the keys are there, and not shown yet: a scanner's code is not shown as it comes
			before := pixels.copied()
			began := time.Now()
			hands("key --delay 0 Return")
			for bytes.Equal(pixels.copied(), before) {
				if time.Since(began) > 10*time.Second {
					b.Fatalf("the screen stands still after %s", parcels[n])
				}
				time.Sleep(500 * time.Microsecond)
			}
			took = append(took, time.Since(began))
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1e3, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1e3, "p95-ms")
	b.ReportMetric(0, "ns/op") // the pauses are in it
	all := d.outcomes()
	for _, outcome := range all {
		if outcome != "opened" {
			b.Fatalf("a scan came to %s", outcome)
		}
	}
	if len(all) != len(took) {
		b.Fatalf("%d scans were decided, %d made", len(all), len(took))
	}
}

// keyboardOn is a program that presses keys on a screen as it is told, a line each.
func keyboardOn(b *testing.B, on *screen) func(format string, args ...any) {
	b.Helper()
	hands := exec.Command("xdotool", "-")
	hands.Env = append(os.Environ(), "DISPLAY="+on.display)
	in, err := hands.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := hands.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = in.Close() // it ends then
		_ = hands.Wait()
	})
	return func(format string, args ...any) {
		b.Helper()
		if _, err := io.WriteString(in, fmt.Sprintf(format, args...)+"\n"); err != nil {
			b.Fatal(err)
		}
	}
}

// pixels is the page and the strip of a screen, as the X server keeps it in a file: an XWD picture (XWDFile.h), without the head of the window, where a clock runs.
type pixels struct {
	rows [][]byte
}

func framebuffer(b *testing.B, name string) *pixels {
	b.Helper()
	file, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		b.Fatal(err)
	}
	data, err := syscall.Mmap(int(file.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = syscall.Munmap(data) })
	field := func(n int) int { return int(binary.BigEndian.Uint32(data[4*n:])) }
	const headerSize, height, bytesPerLine, colours = 0, 5, 12, 19 // the fields' numbers
	const colour = 12                                              // bytes each
	image := data[field(headerSize)+field(colours)*colour:]
	line := field(bytesPerLine)
	p := &pixels{}
	for y := 60; y < field(height); y += 2 {
		p.rows = append(p.rows, image[y*line:(y+1)*line])
	}
	return p
}

func (p *pixels) copied() []byte { return bytes.Join(p.rows, nil) }

// rest waits until nothing has changed for half a second.
func (p *pixels) rest(b *testing.B) {
	b.Helper()
	began, still := time.Now(), time.Now()
	for last := p.copied(); time.Since(still) < 500*time.Millisecond; time.Sleep(20 * time.Millisecond) {
		if now := p.copied(); !bytes.Equal(now, last) {
			last, still = now, time.Now()
		}
		if time.Since(began) > time.Minute {
			b.Fatal("the screen does not come to rest")
		}
	}
}
