package virtual_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"packbench/internal/virtual"
	"packbench/printer/link"
)

// TestASerialPrinterIsUnpluggedAndComesBack prints over the serial link, whose port goes with the cable and comes back as another one.
func TestASerialPrinterIsUnpluggedAndComesBack(t *testing.T) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			out := make(chan virtual.Out, 10)
			device := virtual.NewDevice(kind.machine, virtual.Body{OnOut: func(o virtual.Out) { out <- o }})
			path := filepath.Join(t.TempDir(), "printer")
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if err := device.ServePTY(ctx, path); err != nil {
				t.Fatal(err)
			}
			port := link.Serial(link.Line{Port: path, Baud: 4_000_000}, time.Minute)
			defer port.Close()
			send := func(n int) error {
				_, err := port.Send(t.Context(), kind.encode(inch(n)))
				return err
			}
			if err := send(1); err != nil {
				t.Fatal(err)
			}
			<-out
			half := len(kind.encode(inch(2))) / 2
			device.At(2, half, device.Unplug)
			_ = send(2) // fails, or the port took the rest before it went: a small label fits in
			waitGone(t, path)
			if err := send(2); err == nil {
				t.Error("an unplugged printer took a label")
			}
			if err := device.Plug(); err != nil {
				t.Fatal(err)
			}
			if err := send(2); err != nil {
				t.Fatal(err)
			}
			<-out
			device.PowerOff()
			if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the port of a printer without power: %v", err)
			}
			if err := device.PowerOn(); err != nil {
				t.Fatal(err)
			}
			if err := send(3); err != nil {
				t.Fatal(err)
			}
			<-out
			b := bench{t: t, device: device}
			if got := b.pieces(); !slices.Equal(got, []string{"1", "2", "3"}) {
				t.Errorf("out came %v", got)
			}
			cancel()
			waitGone(t, path)
		})
	}
}

// waitGone waits until a file is gone.
func waitGone(t *testing.T, path string) {
	t.Helper()
	for {
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			return
		} else if err != nil || t.Context().Err() != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
}
