package evdev

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"packbench/internal/order"
	"packbench/scanner"
)

// recorded is events as the system writes them.
func recorded(events []Event) []byte {
	var b bytes.Buffer
	for _, e := range events {
		b.Write(make([]byte, timeSize))
		_ = binary.Write(&b, binary.NativeEndian, e) // memory takes it
	}
	return b.Bytes()
}

// reading is a device whose events are in a pipe.
func reading(t *testing.T, events []Event) *device {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	if _, err := w.Write(recorded(events)); err != nil {
		t.Fatal(err)
	}
	w.Close()
	return &device{File: r}
}

func TestEventsAreRead(t *testing.T) {
	if eventSize != 24 && eventSize != 16 {
		t.Fatalf("an event has %d bytes", eventSize)
	}
	d := reading(t, join(with(keyShift, press(36, 45)), press(2, 3, keyEnter)))
	var got []byte
	b := make([]byte, 3)
	for {
		n, err := d.Read(b)
		if got = append(got, b[:n]...); err != nil {
			break
		}
	}
	if string(got) != "JX12\r" {
		t.Errorf("%q", got)
	}
}

// Half a code must not count: where the system lost events that is said where it was, and shift is not held for ever.
func TestLostEventsCancelTheCode(t *testing.T) {
	d := reading(t, join([]Event{{typeKey, keyShift, 1}}, press(36, 45), []Event{{typeSync, syncLost, 0}}, press(36, keyEnter)))
	b := make([]byte, 100)
	if n, err := d.Read(b); err != nil || string(b[:n]) != "JX\x18j\r" {
		t.Errorf("%q, %v", b[:n], err)
	}
}

func TestDevicesThatAreNone(t *testing.T) {
	plain := filepath.Join(t.TempDir(), "plain")
	if err := os.WriteFile(plain, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, key := range map[string]string{"/dev/null": "scanner.no_port", plain: "scanner.no_port", "/dev/input/nothing": "scanner.absent", "/dev": "scanner.no_port"} {
		if _, err := Open("left", scanner.Address{Kind: scanner.Input, Path: path}); err == nil || order.AsProblem(err).Key != key {
			t.Errorf("%s: %v, want %s", path, err, key)
		}
	}
}
