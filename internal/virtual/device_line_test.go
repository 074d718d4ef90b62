package virtual_test

import (
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/page"
	"packbench/internal/virtual"
	"packbench/printer/escpos"
	"packbench/printer/tspl"
	"packbench/printer/zpl"
)

// inch is a label that takes one second at one inch a second. Each has its number in its picture.
func inch(n int) *page.Page {
	p := page.New(40, 203, 203)
	for y := range p.Height {
		p.Set(n, y)
	}
	return p
}

var inchSize = page.Size{WidthMM: 5, HeightMM: 25.375} // 40 × 203 dots

// kinds are the machines with bodies, and how they are spoken with.
var kinds = map[string]struct {
	machine virtual.Machine
	encode  func(*page.Page) []byte
	language
}{
	"zpl":    {virtual.ZPL{DPI: 203, Medium: inchSize}, func(p *page.Page) []byte { return zpl.Encode(p, zpl.Settings{}) }, language{ask: zpl.Ask, status: zpl.Status}},
	"escpos": {virtual.ESCPOS{DPI: 203, Medium: inchSize}, func(p *page.Page) []byte { return escpos.Encode(p, escpos.Settings{}) }, language{ask: escpos.Ask, status: escpos.Status}},
	"tspl":   {virtual.TSPL{DPI: 203, Medium: inchSize}, func(p *page.Page) []byte { return tspl.Encode(p, tspl.Settings{}) }, language{ask: tspl.Ask, status: tspl.Status}},
}

// second is how long an inch takes at a speed of 1: 203 dots at 8 a millimetre are a little less than an inch.
const second = 10 * 203 * time.Second / (10 * 8 * 254 / 10)

// bench is a machine in a bubble, with a line to it.
type bench struct {
	t      *testing.T
	device *virtual.Device
	encode func(*page.Page) []byte
	language
	line  net.Conn
	heard voice
	read  chan struct{} // closed when the line is over
}

// voice is what a machine has said and nobody asked for yet.
type voice struct {
	mu   sync.Mutex
	said []byte
}

func (v *voice) Write(said []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.said = append(v.said, said...)
	return len(said), nil
}

// onBench runs a test for each language in a bubble of its own.
func onBench(t *testing.T, body virtual.Body, test func(t *testing.T, b *bench)) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &bench{t: t, device: virtual.NewDevice(kind.machine, body), encode: kind.encode, language: kind.language}
				b.connect()
				test(t, b)
				b.line.Close()
				synctest.Wait()
			})
		})
	}
}

func (b *bench) connect() {
	near, far := net.Pipe()
	b.line = near
	b.device.Attach(far)
	b.read = make(chan struct{})
	go func() {
		defer close(b.read)
		_, _ = io.Copy(&b.heard, near)
	}()
}

// send sends labels in the background, and gives how many bytes of all the line took, whenever asked.
func (b *bench) send(labels ...int) (sent func() int) {
	var stream []byte
	for _, n := range labels {
		stream = append(stream, b.encode(inch(n))...)
	}
	return b.write(stream)
}

func (b *bench) write(stream []byte) (sent func() int) {
	var total atomic.Int64
	go func() {
		for len(stream) > 0 {
			n, err := b.line.Write(stream[:min(len(stream), 64)])
			total.Add(int64(n))
			if err != nil {
				return
			}
			stream = stream[n:]
		}
	}()
	synctest.Wait()
	return func() int { synctest.Wait(); return int(total.Load()) }
}

// after lets time pass.
func (b *bench) after(d time.Duration) { time.Sleep(d); synctest.Wait() }

// pieces says what came out: label numbers read from the picture, and the tenths of the label where it is not whole.
func (b *bench) pieces() (said []string) {
	b.t.Helper()
	for i, o := range b.device.Out() {
		if o.Number != i+1 {
			b.t.Errorf("piece %d has number %d", i+1, o.Number)
		}
		n := 0
		for ; n < o.Page.Width && !o.Page.Black(n, 0); n++ {
		}
		text := fmt.Sprint(n)
		if !o.Whole {
			text += fmt.Sprintf("(%.1f)", float64(o.Page.Height)/203)
		}
		said = append(said, text)
	}
	return said
}

func (b *bench) wants(pieces ...string) {
	b.t.Helper()
	synctest.Wait()
	if got := b.pieces(); !slices.Equal(got, pieces) {
		b.t.Errorf("out came %v, want %v", got, pieces)
	}
}

// answers is what the machine said since last asked.
func (b *bench) answers() []byte {
	synctest.Wait()
	b.heard.mu.Lock()
	defer b.heard.mu.Unlock()
	said := b.heard.said
	b.heard.said = nil
	return said
}
