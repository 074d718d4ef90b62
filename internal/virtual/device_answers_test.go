package virtual_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/virtual"
	"packbench/printer/state"
)

// atOnce tells the language whose questions pass labels by: ESC/POS.
func (b *bench) atOnce() bool { return b.ask[0] == 0x10 }

// asks asks, and gives what the machine said if it did.
func (b *bench) asks() (s state.State, said bool) {
	b.t.Helper()
	b.write([]byte(b.ask))
	answer := b.answers()
	if len(answer) == 0 {
		return s, false
	}
	s, err := b.status(answer)
	if err != nil {
		b.t.Errorf("%q: %v", answer, err)
	}
	return s, true
}

func TestAMachineSaysWhatItHolds(t *testing.T) {
	onBench(t, virtual.Body{Speed: 1}, func(t *testing.T, b *bench) {
		counts := strings.HasPrefix(b.ask, "~")
		tellsBusy := !b.atOnce()
		for _, step := range []struct {
			label int
			after time.Duration
			held  int
		}{{0, 0, 0}, {1, second / 2, 1}, {2, 0, 2}, {0, second / 2, 1}, {0, second, 0}} {
			if step.label > 0 {
				b.send(step.label)
			}
			b.after(step.after)
			got, said := b.asks()
			if !said || !got.Told || counts && got.Held != step.held || tellsBusy && got.Has(state.Busy) != (step.held > 0) || got.Now&^state.Busy != 0 {
				t.Errorf("says %+v (%v), holds %d", got, said, step.held)
			}
			if truth := b.device.State(); truth.Held != step.held || truth.Has(state.Busy) != (step.held > 0) {
				t.Errorf("is %+v, holds %d", truth, step.held)
			}
		}
		b.wants("1", "2")
	})
}

func TestHalfALabelIsBusy(t *testing.T) {
	onBench(t, virtual.Body{}, func(t *testing.T, b *bench) {
		label := b.encode(inch(1))
		b.write(label[:len(label)-20])
		if got := b.device.State(); got.Now != state.Busy || got.Held != 0 {
			t.Errorf("%+v", got)
		}
		b.write(label[len(label)-20:])
		if got := b.device.State(); got.Now != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// TestAQuestionWaitsItsTurn asks behind a label that the machine has no place for yet.
func TestAQuestionWaitsItsTurn(t *testing.T) {
	onBench(t, virtual.Body{Speed: 1}, func(t *testing.T, b *bench) {
		b.send(1, 2, 3)
		b.after(second / 2)
		_, said := b.asks()
		if said != b.atOnce() {
			t.Fatalf("answered behind three labels: %v", said)
		}
		b.after(second)
		if got, err := b.status(b.answers()); !b.atOnce() && (err != nil || !got.Has(state.Busy)) {
			t.Errorf("says %+v, %v", got, err)
		}
		b.wants("1")
	})
}

func TestAStoppedMachineSaysWhy(t *testing.T) {
	for name, c := range map[string]struct {
		stop  func(*virtual.Device)
		is    state.Condition
		inZPL state.Condition
	}{
		"paper": {(*virtual.Device).PaperOut, state.PaperOut, state.PaperOut},
		"head":  {(*virtual.Device).OpenHead, state.HeadOpen, state.HeadOpen},
		"jam":   {(*virtual.Device).Jam, state.PaperJam, state.PaperOut},
		"pause": {(*virtual.Device).Pause, state.Paused, state.Paused},
	} {
		t.Run(name, func(t *testing.T) {
			onBench(t, virtual.Body{Speed: 1}, func(t *testing.T, b *bench) {
				c.stop(b.device)
				b.write([]byte(b.ask))
				answer := b.answers()
				zpl := strings.HasPrefix(b.ask, "~")
				// Zebra's printers do not answer ~HS without paper or with the head open (printing facts 2), but ~HQES.
				if host := bytes.Contains(answer, []byte("1234,0")); zpl && host != (c.inZPL == state.Paused) {
					t.Errorf("said %q", answer)
				}
				want := c.is
				if zpl {
					want = c.inZPL
				}
				got, err := b.status(answer)
				if b.atOnce() && (want == state.PaperJam || want == state.Paused) {
					want = state.Offline // ESC/POS has no word for it
				}
				if err != nil || got.Now != want {
					t.Errorf("says %+v, %v", got, err)
				}
			})
		})
	}
}

func TestAMuteDeviceSaysNothing(t *testing.T) {
	onBench(t, virtual.Body{Mute: true}, func(t *testing.T, b *bench) {
		b.send(1)
		if got, said := b.asks(); said {
			t.Errorf("said %+v", got)
		}
		b.send(2)
		b.wants("1", "2")
		if !b.device.State().Ready() {
			t.Errorf("is %v", b.device.State())
		}
	})
}

func TestCancelAll(t *testing.T) {
	for name, half := range map[string]bool{"between labels": false, "within a label": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				kind := kinds["zpl"]
				b := &bench{t: t, device: virtual.NewDevice(kind.machine, virtual.Body{Speed: 1}), encode: kind.encode, language: kind.language}
				b.connect()
				defer b.line.Close()
				b.send(1, 2, 3, 4)
				b.after(second / 2)
				stream := []byte("~JA")
				if half {
					stream = append(b.encode(inch(5))[:40], stream...)
				}
				b.write(append(stream, b.encode(inch(6))...))
				b.after(time.Hour)
				b.wants("1", "6")
				if damage := b.device.Damaged(); len(damage) > 0 {
					t.Error(damage)
				}
			})
		})
	}
}

// TestMarksAreMetToTheByte cuts the line at a byte, in a stream with questions in it: what the machine then has is known.
func TestMarksAreMetToTheByte(t *testing.T) {
	onBench(t, virtual.Body{KeepsHalf: true}, func(t *testing.T, b *bench) {
		label := bytes.Trim(b.encode(inch(2)), "\r\n")
		for _, at := range []int{1, 2, len(label) / 2, len(label) - 1, len(label)} {
			before := b.device.Taken()
			b.write([]byte(b.ask))
			b.device.At(before+2, at, b.device.Unplug)
			b.send(1)
			b.write([]byte(b.ask))
			b.write(label)
			<-b.read
			if err := b.device.Plug(); err != nil {
				t.Fatal(err)
			}
			b.connect()
			b.write(append(bytes.Clone(label[at:]), "\r\n"...))
			b.send(3)
			want := before + 3
			if got := b.device.Taken(); got != want {
				t.Fatalf("cut at byte %d of %d: %d labels, want %d", at, len(label), got, want)
			}
			for i, n := range []int{1, 2, 3} {
				if out := b.device.Out()[before+i]; !same(out.Page, inch(n)) || out.Label != before+i+1 {
					t.Errorf("cut at byte %d of %d: label %d is another", at, len(label), n)
				}
			}
		}
	})
}

// TestAListenerMayThrowSwitches lets a listener throw switches from within.
func TestAListenerMayThrowSwitches(t *testing.T) {
	var device *virtual.Device
	on := make(chan int)
	kind := kinds["tspl"]
	device = virtual.NewDevice(kind.machine, virtual.Body{OnOut: func(o virtual.Out) {
		device.PowerOff()
		if err := device.PowerOn(); err != nil {
			t.Error(err)
		}
		on <- o.Number
	}})
	address := served(t, device)
	for n := range 3 {
		conn := dialled(t, address)
		if _, err := conn.Write(kind.encode(inch(n))); err != nil {
			t.Fatal(err)
		}
		if got := <-on; got != n+1 {
			t.Errorf("told of piece %d, want %d", got, n+1)
		}
		if _, err := io.Copy(io.Discard, conn); err == nil {
			t.Error("the line is still there")
		}
	}
}
