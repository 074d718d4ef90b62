package virtual_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/internal/virtual"
	"packbench/printer/state"
)

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
