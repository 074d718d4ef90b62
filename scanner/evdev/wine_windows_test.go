//go:build wine

package evdev

import (
	"os"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/scanner"
)

// This test runs under Wine (scripts/wine.sh), where an X server's keyboard is the scanner: what is typed at it into no window of ours is heard, by the device.
func TestWineKeysAreHeardByDevice(t *testing.T) {
	found, err := Find()
	if err != nil || len(found) == 0 {
		t.Fatal("no keyboard: ", found, err)
	}
	at := scanner.Address{Kind: scanner.Input, USB: found[0].USB}
	port, err := Open("left", at)
	if err != nil {
		t.Fatal(err)
	}
	defer port.Close()
	if _, err := Open("right", at); err == nil || order.AsProblem(err).Key != "scanner.busy" {
		t.Errorf("a second one opens it: %v", err)
	}
	if _, err := Open("none", scanner.Address{Kind: scanner.Input, USB: scanner.Identity{VendorID: "0000", ProductID: "0001"}}); err == nil || order.AsProblem(err).Key != "scanner.absent" {
		t.Errorf("one that is not there opens: %v", err)
	}
	want := os.Getenv("PACKBENCH_WINE_TYPED") + "\r"
	if err := port.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	t.Logf("the keys are heard of %+v", found)
	var said []byte
	for buffer := make([]byte, 100); len(said) < len(want); {
		n, err := port.Read(buffer)
		if err != nil {
			t.Fatalf("%q were heard: %v", said, err)
		}
		said = append(said, buffer[:n]...)
	}
	if string(said) != want {
		t.Errorf("heard %q, want %q", said, want)
	}
}
