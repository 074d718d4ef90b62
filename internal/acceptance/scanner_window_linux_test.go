//go:build window

package acceptance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
	"packbench/internal/testkit"
)

// codes are those of all scans, as the program logged them.
func (d *desk) codes() []string {
	data, err := os.ReadFile(filepath.Join(d.dir, "logs", "packbench.log"))
	if err != nil {
		d.t.Fatal(err)
	}
	var found []string
	for line := range bytes.Lines(data) {
		var entry struct{ Msg, Code string }
		if json.Unmarshal(line, &entry) == nil && entry.Msg == "scan" {
			found = append(found, entry.Code)
		}
	}
	return found
}

// told tells how often the program logged that about a scanner.
func (d *desk) told(what string) int {
	data, err := os.ReadFile(filepath.Join(d.dir, "logs", "packbench.log"))
	if err != nil {
		d.t.Fatal(err)
	}
	return bytes.Count(data, []byte(what))
}

// A scanner at a serial port reads as fast as its line carries, while the keyboard stands in a field, pages turn and its plug is pulled: the bench gets
// every code, once and in order; with PACKBENCH_SOAK=1 10,000 of them.
func TestWindowHearsASerialScanner(t *testing.T) {
	count := 500
	if os.Getenv("PACKBENCH_SOAK") == "1" {
		count = 10_000
	}
	s := newShop(t, sandbox.Options{Orders: 20, Seed: 3})
	port := filepath.Join(t.TempDir(), "scanner")
	text := fmt.Sprintf("[[scanner]]\nname = \"left\"\nuri = \"serial:%s?baud=115200\"\n", port)
	settings := filepath.Join(s.dir, "packbench.toml")
	before, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, append(before, "\n"+text...), 0o600); err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, s, "en_US.UTF-8")
	d.screen.shot("scanner-1-none")
	var want []string
	for batch := range 5 {
		line := testkit.NewPty(t)
		if err := os.Symlink(line.Name(), port); err != nil {
			t.Fatal(err)
		}
		await(t, "the scanner", func() bool { return d.told("scanner.ready") == batch+1 })
		d.screen.keys("F8", "Tab", "Tab") // a field has the keyboard
		sent := make(chan error, 1)
		go func() {
			for n := range count / 5 {
				code := fmt.Sprintf("X%02d%07d", batch, n)
				want = append(want, code)
				if _, err := line.Far.WriteString(code + "\r"); err != nil {
					sent <- err
					return
				}
			}
			_, err := line.Far.WriteString("BROKEN")
			sent <- err
		}()
		for range 5 {
			d.screen.keys("F1", "F3", "F8")
		}
		if err := <-sent; err != nil {
			t.Fatal(err)
		}
		for late := time.Now().Add(2 * time.Minute); len(d.codes()) < len(want) && time.Now().Before(late); time.Sleep(20 * time.Millisecond) {
		}
		if got := d.codes(); !slices.Equal(got, want) {
			t.Fatalf("the bench got %d codes of %d: %q …", len(got), len(want), got[max(0, len(got)-3):])
		}
		line.WaitRead(t)
		if err := os.Remove(port); err != nil {
			t.Fatal(err)
		}
		line.Unplug()
		await(t, "the pulled plug", func() bool { return d.told("scanner.gone") == batch+1 })
	}
	d.screen.keys("F1")
	time.Sleep(time.Second) // the window draws once a second
	if blank(d.screen.shot("scanner-2-gone")) {
		t.Error("the screen is blank")
	}
	t.Logf("%d codes, %d halves said", len(want), d.told("scanner.half"))
	d.close()
}
