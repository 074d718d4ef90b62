package virtual_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/page"
	"packbench/internal/virtual"
	"packbench/printer/escpos"
	"packbench/printer/state"
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
	heard bytes.Buffer
	read  chan struct{}
}

// onBench runs a test for each language in a bubble of its own.
func onBench(t *testing.T, body virtual.Body, test func(b *bench), only ...string) {
	for name, kind := range kinds {
		if len(only) > 0 && !slices.Contains(only, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &bench{t: t, device: virtual.NewDevice(kind.machine, body), encode: kind.encode, language: kind.language}
				b.connect()
				test(b)
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
	total := 0
	go func() {
		for len(stream) > 0 {
			n, err := b.line.Write(stream[:min(len(stream), 64)])
			total += n
			if err != nil {
				return
			}
			stream = stream[n:]
		}
	}()
	synctest.Wait()
	return func() int { synctest.Wait(); return total }
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
	return b.heard.Next(b.heard.Len())
}

func TestALabelTakesItsTime(t *testing.T) {
	onBench(t, virtual.Body{Speed: 2}, func(b *bench) {
		b.send(1, 2, 3)
		b.wants()
		b.after(second / 2)
		b.wants("1")
		b.after(second/2 - time.Millisecond)
		b.wants("1")
		b.after(time.Millisecond)
		b.wants("1", "2")
		start := time.Now()
		if err := b.device.Idle(b.t.Context()); err != nil {
			b.t.Error(err)
		}
		if took := time.Since(start); took < second/2-time.Millisecond || took > second/2+time.Millisecond {
			b.t.Errorf("the last label took %v", took)
		}
		b.wants("1", "2", "3")
	})
}

func TestPaperOutAndRefill(t *testing.T) {
	for name, c := range map[string]struct{ stop, goOn func(*virtual.Device) }{
		"paper": {(*virtual.Device).PaperOut, (*virtual.Device).Refill},
		"head":  {(*virtual.Device).OpenHead, (*virtual.Device).CloseHead},
	} {
		t.Run(name, func(t *testing.T) {
			onBench(t, virtual.Body{Speed: 1}, func(b *bench) {
				b.send(1, 2, 3)
				b.after(second * 13 / 10)
				c.stop(b.device)
				b.wants("1", "2(0.3)")
				b.after(time.Hour)
				if got := b.device.State(); got.Held != 2 || !got.Has(state.PaperOut|state.HeadOpen) {
					b.t.Errorf("%+v", got)
				}
				if err := b.device.Idle(b.t.Context()); err != nil {
					b.t.Error(err)
				}
				b.wants("1", "2(0.3)")
				c.goOn(b.device)
				b.after(2 * second)
				b.wants("1", "2(0.3)", "2", "3")
			})
		})
	}
}

// TestAPowerCutAtAnyByte cuts the power at a byte of a label over TCP: what came before is out, the rest is gone, and the port refuses until power is back.
func TestAPowerCutAtAnyByte(t *testing.T) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			device := virtual.NewDevice(kind.machine, virtual.Body{})
			address := served(t, device)
			cut := make(chan struct{})
			label := kind.encode(inch(3))
			device.At(3, len(label)/2, func() { device.PowerOff(); close(cut) })
			conn := dialled(t, address)
			var broke error // found by whoever comes first
			for n := range 4 {
				_, err := conn.Write(kind.encode(inch(n + 1)))
				broke = errors.Join(broke, err)
			}
			<-cut
			if _, err := io.ReadAll(conn); errors.Join(broke, err) == nil {
				t.Error("the connection ended as if nothing had happened")
			}
			if conn, err := net.Dial("tcp", address); err == nil {
				t.Error("the port of a machine without power takes connections")
				conn.Close()
			}
			if err := device.PowerOn(); err != nil {
				t.Fatal(err)
			}
			conn = dialled(t, address)
			if _, err := conn.Write(kind.encode(inch(4))); err != nil {
				t.Fatal(err)
			}
			closed(t, conn)
			if err := device.Idle(t.Context()); err != nil {
				t.Error(err)
			}
			b := bench{t: t, device: device}
			if got := b.pieces(); !slices.Equal(got, []string{"1", "2", "4"}) {
				t.Errorf("out came %v", got)
			}
			if got := device.Out()[2].Label; got != 3 || device.Taken() != 3 {
				t.Errorf("the third label of the stream is number %d of %d", got, device.Taken())
			}
		})
	}
}

// served is the address of a machine served until the test ends.
func served(t *testing.T, device *virtual.Device) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- device.Serve(ctx, listener) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

func dialled(t *testing.T, address string) *net.TCPConn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn.(*net.TCPConn)
}

// closed waits until the machine has taken all and closed the connection too.
func closed(t *testing.T, conn *net.TCPConn) {
	t.Helper()
	if err := conn.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, conn); err != nil {
		t.Fatal(err)
	}
}
