package virtual_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"testing"
	"time"

	"packbench/internal/virtual"
	"packbench/printer/state"
)

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
