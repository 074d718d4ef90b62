package acceptance

import (
	"io"
	"os"
	"testing"

	"packbench/internal/page"
	"packbench/internal/testkit"
	"packbench/internal/virtual"
)

// newSerialTape makes a tape at the far end of a serial line. The rate is one at which the line is not what is waited for.
func newSerialTape(t *testing.T) *tape {
	t.Helper()
	pty := testkit.NewPty(t)
	p := &tape{address: "serial:" + pty.Name() + "?baud=4000000&flow=rtscts"}
	go func() { _, _ = io.Copy(p, pty.Far) }() // ends when the test unplugs it
	return p
}

// The main job over a serial line: every parcel's label comes out once, whole and readable. A printer draws nothing else of what it was sent.
func TestParcelsOverASerialLine(t *testing.T) {
	count := 10
	if os.Getenv("PACKBENCH_SOAK") != "" {
		count = 50
	}
	if testing.Short() {
		count = 3
	}
	printer := newSerialTape(t)
	packParcels(t, count, printer)
	drawn, err := virtual.ZPL{DPI: 203, Medium: page.Label}.Decode(printer.all())
	if err != nil || len(drawn) != count {
		t.Errorf("the printer draws %d labels: %v", len(drawn), err)
	}
}
