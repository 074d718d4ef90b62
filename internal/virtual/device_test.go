package virtual_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

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

func TestALabelTakesItsTime(t *testing.T) {
	onBench(t, virtual.Body{Speed: 2}, func(t *testing.T, b *bench) {
		b.send(1, 2, 3)
		b.wants()
		b.after(second / 2)
		b.wants("1")
		b.after(second/2 - time.Millisecond)
		b.wants("1")
		b.after(time.Millisecond)
		b.wants("1", "2")
		start := time.Now()
		if err := b.device.Idle(t.Context()); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took < second/2-time.Millisecond || took > second/2+time.Millisecond {
			t.Errorf("the last label took %v", took)
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
			onBench(t, virtual.Body{Speed: 1}, func(t *testing.T, b *bench) {
				b.send(1, 2, 3)
				b.after(second * 13 / 10)
				c.stop(b.device)
				b.wants("1", "2(0.3)")
				b.after(time.Hour)
				if got := b.device.State(); got.Held != 2 || !got.Has(state.PaperOut|state.HeadOpen) {
					t.Errorf("%+v", got)
				}
				if err := b.device.Idle(t.Context()); err != nil {
					t.Error(err)
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

// TestOneLabelAtATime has two lines send at once: labels never mix, and while the machine reads nothing neither is heard.
func TestOneLabelAtATime(t *testing.T) {
	onBench(t, virtual.Body{Speed: 1, Buffer: 100}, func(t *testing.T, b *bench) {
		other := &bench{t: t, device: b.device, encode: b.encode, language: b.language}
		other.connect()
		defer other.line.Close()
		label := b.encode(inch(1))
		b.write(label[:len(label)/2])
		if other.send(2)() == len(label) {
			t.Error("a label within a label was taken")
		}
		b.write(label[len(label)/2:])
		b.after(2 * second)
		b.wants("1", "2")
		b.send(3, 4, 5)
		if _, said := other.asks(); said {
			t.Error("answered though nothing is read")
		}
		b.after(3 * second)
		if _, err := other.status(other.answers()); err != nil {
			t.Error(err)
		}
		b.wants("1", "2", "3", "4", "5")
	})
}

func TestIdleEndsWithItsContext(t *testing.T) {
	onBench(t, virtual.Body{Speed: 1}, func(t *testing.T, b *bench) {
		b.send(1)
		ctx, cancel := context.WithTimeout(t.Context(), second/2)
		defer cancel()
		if err := b.device.Idle(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		b.wants()
		b.after(second)
	})
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

func TestAFullBufferHoldsTheSender(t *testing.T) {
	onBench(t, virtual.Body{Speed: 1, Buffer: 100}, func(t *testing.T, b *bench) {
		one := len(b.encode(inch(1)))
		sent := b.send(1, 1, 1, 1)
		// One label is printed, one is drawn, and of the third there are as many bytes as the buffer holds. What the pipe shows as taken is whole
		// writes of up to 64 bytes.
		if got, want := sent(), 2*one+100; got < want-64 || got > want+64 {
			t.Errorf("%d bytes taken, want about %d", got, want)
		}
		if got := b.device.State(); !got.Has(state.BufferFull) || got.Held != 2 {
			t.Errorf("%+v", got)
		}
		b.after(time.Hour)
		if got := sent(); got != 4*one {
			t.Errorf("%d bytes taken of %d", got, 4*one)
		}
		b.wants("1", "1", "1", "1")
	})
}

func TestPauseLetsTheLabelComeOut(t *testing.T) {
	onBench(t, virtual.Body{Speed: 1}, func(t *testing.T, b *bench) {
		b.send(1, 2)
		b.after(second / 2)
		b.device.Pause()
		b.after(time.Hour)
		b.wants("1")
		b.device.Resume()
		b.after(second)
		b.wants("1", "2")
	})
}

func TestJam(t *testing.T) {
	for _, reprints := range []bool{false, true} {
		t.Run(fmt.Sprint("reprints ", reprints), func(t *testing.T) {
			onBench(t, virtual.Body{Speed: 1, ReprintsJammed: reprints}, func(t *testing.T, b *bench) {
				b.send(1, 2, 3)
				b.after(second * 15 / 10)
				b.device.Jam()
				b.after(time.Hour)
				b.wants("1", "2(0.5)")
				b.device.ClearJam()
				b.after(2 * second)
				if reprints {
					b.wants("1", "2(0.5)", "2", "3")
				} else {
					b.wants("1", "2(0.5)", "3")
				}
			})
		})
	}
}

func TestPowerCycle(t *testing.T) {
	onBench(t, virtual.Body{Speed: 1}, func(t *testing.T, b *bench) {
		b.send(1, 2, 3)
		b.after(second * 14 / 10)
		b.device.PowerOff()
		b.device.PowerOff()
		b.wants("1", "2(0.4)")
		<-b.read // the line broke
		b.connect()
		<-b.read // and there is none while it is off
		if got := b.device.State().Held; got != 0 {
			t.Errorf("holds %d labels without power", got)
		}
		if err := b.device.PowerOn(); err != nil {
			t.Error(err)
		}
		b.connect()
		b.after(time.Hour)
		b.wants("1", "2(0.4)")
		b.send(2)
		b.after(second)
		b.wants("1", "2(0.4)", "2")
	})
}

func TestUnplugLosesNoLabel(t *testing.T) {
	for _, keeps := range []bool{false, true} {
		t.Run(fmt.Sprint("keeps half ", keeps), func(t *testing.T) {
			onBench(t, virtual.Body{Speed: 1, KeepsHalf: keeps}, func(t *testing.T, b *bench) {
				third := b.encode(inch(3))
				b.send(1, 2)
				b.write(third[:len(third)/2])
				b.device.Unplug()
				<-b.read
				if got := b.device.State().Held; got != 2 {
					t.Errorf("holds %d labels", got)
				}
				b.after(2 * second)
				b.wants("1", "2")
				if err := b.device.Plug(); err != nil {
					t.Error(err)
				}
				b.connect()
				if keeps {
					b.write(third[len(third)/2:])
				} else {
					b.write(third)
				}
				b.after(second)
				b.wants("1", "2", "3")
				if damage := b.device.Damaged(); len(damage) > 0 {
					t.Error(damage)
				}
			})
		})
	}
}

func TestStall(t *testing.T) {
	onBench(t, virtual.Body{Speed: 1}, func(t *testing.T, b *bench) {
		b.send(1, 2)
		b.device.Stall()
		b.send(3)
		b.after(time.Hour)
		b.wants("1", "2")
		if got := b.device.Taken(); got != 2 {
			t.Errorf("%d labels taken", got)
		}
		b.device.GoOn()
		b.after(second)
		b.wants("1", "2", "3")
	})
}

func TestSwallow(t *testing.T) {
	onBench(t, virtual.Body{Speed: 1, Swallow: func(label int) bool { return label%2 == 0 }}, func(t *testing.T, b *bench) {
		b.send(1, 2, 3, 4)
		b.after(2 * second)
		b.wants("1", "3")
		if got := b.device.State(); got.Held != 0 || got.Now != 0 || b.device.Taken() != 4 {
			t.Errorf("%+v, %d taken", got, b.device.Taken())
		}
	})
}

// noticed is a line whose end is noticed.
type noticed struct {
	net.Conn
	closing func()
}

func (n noticed) Close() error { n.closing(); return n.Conn.Close() }

// TestGarble turns a byte of the second label over: it comes out wrong or not at all, and the others whole.
func TestGarble(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"zpl", "escpos", "tspl"}).Draw(t, "language")
		kind := kinds[name]
		device := virtual.NewDevice(kind.machine, virtual.Body{})
		label := bytes.Trim(kind.encode(inch(2)), "\r\n")
		// Within the picture's first band: elsewhere a label that is no label to the machine may take the next one with it.
		begins := map[string]string{"zpl": "^GFA,1015,1015,5,", "escpos": "\x1dv0\x00\x05\x00\x18\x00", "tspl": "BITMAP 0,0,5,203,0,"}[name]
		start := bytes.Index(label, []byte(begins)) + len(begins)
		length := map[string]int{"zpl": 5, "escpos": 24 * 5, "tspl": 203 * 5}[name]
		at := rapid.IntRange(start+1, start+length).Draw(t, "byte")
		flip := byte(1 << rapid.IntRange(0, 3).Draw(t, "bit"))
		device.Garble(2, at, flip)
		near, far := net.Pipe()
		all := make(chan struct{})
		device.Attach(noticed{far, sync.OnceFunc(func() { close(all) })})
		for n := range 3 {
			if _, err := near.Write(kind.encode(inch(n + 1))); err != nil {
				t.Fatal(err)
			}
		}
		near.Close()
		<-all
		out := device.Out()
		if len(out) < 2 || !same(out[0].Page, inch(1)) || !same(out[len(out)-1].Page, inch(3)) {
			t.Fatalf("%d labels came out, or the wrong ones", len(out))
		}
		if len(out) == 3 && same(out[1].Page, inch(2)) {
			t.Fatalf("byte %d of %d: nothing is wrong", at, len(label))
		}
		if len(out) == 2 && len(device.Damaged()) != 1 {
			t.Fatalf("a label is missing: %v", device.Damaged())
		}
	})
}

// TestSwitchesFromAnywhere throws all switches at once while labels come in over TCP. Afterwards the machine prints as ever.
func TestSwitchesFromAnywhere(t *testing.T) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			device := virtual.NewDevice(kind.machine, virtual.Body{Speed: 5000, Buffer: 3000})
			address := served(t, device)
			switches := []func(){device.PaperOut, device.Refill, device.OpenHead, device.CloseHead, device.Pause, device.Resume, device.Jam, device.ClearJam,
				device.Stall, device.GoOn, device.PowerOff, device.Unplug,
				func() { _ = device.PowerOn() }, func() { _ = device.Plug() }} // ports are looked at in the end
			var all sync.WaitGroup
			over := make(chan struct{})
			for i := range 3 {
				all.Go(func() {
					random := rand.New(rand.NewPCG(uint64(i), 1))
					for range 300 {
						switches[random.IntN(len(switches))]()
						time.Sleep(time.Duration(random.IntN(100)) * time.Microsecond)
					}
				})
			}
			var sender sync.WaitGroup
			sender.Go(func() {
				for {
					select {
					case <-over:
						return
					default:
					}
					conn, err := net.Dial("tcp", address)
					if err != nil {
						continue // off or unplugged
					}
					_ = conn.SetDeadline(time.Now().Add(10 * time.Millisecond)) // a stopped machine reads nothing for long
					_, _ = conn.Write(bytes.Repeat(kind.encode(inch(1)), 5))
					conn.Close()
				}
			})
			all.Wait()
			close(over)
			sender.Wait()
			if err := errors.Join(device.PowerOn(), device.Plug()); err != nil {
				t.Fatal(err)
			}
			for _, restore := range []func(){device.Refill, device.CloseHead, device.Resume, device.ClearJam, device.GoOn} {
				restore()
			}
			conn := dialled(t, address)
			if _, err := conn.Write(kind.encode(inch(2))); err != nil {
				t.Fatal(err)
			}
			closed(t, conn)
			if err := device.Idle(t.Context()); err != nil {
				t.Fatal(err)
			}
			second := 0
			for _, o := range device.Out() {
				switch {
				case o.Whole && same(o.Page, inch(2)):
					second++
				case o.Whole && !same(o.Page, inch(1)):
					t.Errorf("piece %d is nobody's label", o.Number)
				}
			}
			if second != 1 { // among what other connections had still to bring
				t.Errorf("the last label came out %d times", second)
			}
			if damage := device.Damaged(); len(damage) > 0 {
				t.Error(damage)
			}
		})
	}
}
