package printer_test

import (
	"context"
	"net"
	"os"
	"testing"
	"time"

	"packbench/internal/page"
	"packbench/internal/virtual"
	"packbench/printer/link"
	"packbench/printer/zpl"
)

// BenchmarkRun sends 50 labels of a dense page to a machine of 6 inches a second, from the first byte until the last label is out, over the program's
// own links: TCP, a line of 0.8 MB/s as USB's (printing facts 7), and a serial line of 115,200 bit/s with Z64. The labels are made before. over_machine is the
// time beyond what the paper alone takes to move, in seconds of the real machine. So as not to take a minute each, paper and lines run faster here, and all
// the time that passes is counted as often: also what this computer takes to send and to draw, so that the figure is too high rather than too low.
// The serial line, which is nearly as slow as the paper, is hurried least. There is no USB printer here to print to: the serial link over a wire of
// USB's pace stands in for it.
func BenchmarkRun(b *testing.B) {
	const labels, speed = 50, 6
	drawn := drawnFrom(b, documents[0], 203)
	paper := time.Duration(labels * float64(drawn.Height) / (page.DotsPerMM(203) * 25.4) / speed * float64(time.Second))
	for _, c := range []struct {
		name     string
		encoding zpl.Encoding
		rate     int // bytes a second, 0 for TCP
		hurry    int // how many times faster than real
	}{{"tcp", zpl.ACS, 0, 10}, {"usb-pace", zpl.ACS, 800_000, 10}, {"serial-115200-z64", zpl.Z64, 11_520, 2}} {
		b.Run(c.name, func(b *testing.B) {
			label := zpl.Encode(drawn, zpl.Settings{Encoding: c.encoding})
			for b.Loop() {
				device := virtual.NewDevice(virtual.ZPL{DPI: 203, Medium: page.Label}, virtual.Body{Speed: float64(speed * c.hurry)})
				l, stop := linkTo(b, device, c.rate*c.hurry)
				start := time.Now()
				for range labels {
					if n, err := l.Send(b.Context(), label); err != nil || n != len(label) {
						b.Fatal(n, err)
					}
				}
				for device.Taken() < labels { // the last bytes may be on the line still
					time.Sleep(time.Millisecond)
				}
				if err := device.Idle(b.Context()); err != nil {
					b.Fatal(err)
				}
				took := time.Duration(c.hurry) * time.Since(start)
				if out := device.Out(); len(out) != labels || !out[labels-1].Whole {
					b.Fatalf("%d labels came out", len(out))
				}
				b.ReportMetric(took.Seconds(), "total_s")
				b.ReportMetric((took - paper).Seconds(), "over_machine")
				stop()
			}
		})
	}
}

// linkTo is a link to a machine, over TCP where the rate is 0.
func linkTo(b *testing.B, device *virtual.Device, rate int) (l link.Link, stop func()) {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	if rate == 0 {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		go func() { ended <- device.Serve(ctx, listener) }()
		l = link.TCP(listener.Addr().String(), 0)
	} else {
		far, near, err := virtual.NewPTY()
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { near.Close() })
		device.Attach(&wire{File: far, rate: rate})
		l = link.Serial(link.Line{Port: near.Name(), Baud: 10 * rate}, 0)
		ended <- nil
	}
	return l, func() {
		b.Helper()
		if err := l.Close(); err != nil {
			b.Error(err)
		}
		cancel()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	}
}

// wire is a line that carries no more than rate bytes a second. A pseudo terminal carries any number, and the link's own pace runs a little ahead.
type wire struct {
	*os.File
	rate int
	free time.Time // when it will have carried what was read
}

func (w *wire) Read(carried []byte) (n int, err error) {
	n, err = w.File.Read(carried[:min(len(carried), max(w.rate/1000, 1))])
	now := time.Now()
	if w.free.Before(now.Add(-10 * time.Millisecond)) { // the wire was idle, and not only this goroutine late
		w.free = now
	}
	w.free = w.free.Add(time.Duration(n) * time.Second / time.Duration(w.rate))
	time.Sleep(time.Until(w.free))
	return n, err
}
