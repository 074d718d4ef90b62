//go:build window

package acceptance

import (
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
)

// turn does something and waits until the page shows something else.
func (d *desk) turn(picture string, act func()) {
	d.t.Helper()
	before := d.screen.shot(picture)
	act()
	await(d.t, "the page "+picture, func() bool { return !samePage(before, d.screen.shot(picture)) })
}

// samePage tells whether two pictures are alike between the bars at the top and at the foot.
func samePage(a, b image.Image) bool {
	for y := 60; y < 620; y++ {
		for x := 130; x < 1270; x++ {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

// A printer nobody knows is set up with the keyboard and a scanner, while the bench is at work on another one.
func TestWindowSetsUpAPrinter(t *testing.T) {
	t.Setenv("CUPS_SERVER", "127.0.0.1:1") // no queues
	s := newShop(t, sandbox.Options{Orders: 5, Seed: 3})
	uri, labels := tsplMachine(t)
	d := openDesk(t, s, "zh_CN.UTF-8")
	keys := func(names ...string) func() { return func() { d.screen.keys(names...) } }
	d.turn("setup-0-settings", keys("F8"))
	d.turn("setup-1-choose", keys("F11"))
	d.turn("setup-2-address", func() { d.screen.keys("Tab"); d.screen.words(uri) })
	d.turn("setup-3-language", keys("F10"))
	d.turn("setup-4-test", keys("F10"))
	first := out(t, labels) // of 203 dpi, at a machine of 300
	d.turn("setup-5-other-code", func() { d.screen.scan("JMX000000000000") })
	d.turn("setup-6-fit", func() { d.screen.scan(first) })
	d.turn("setup-7-smaller", keys("2"))
	second := out(t, labels)
	d.turn("setup-8-fit", func() { d.screen.scan(second) })
	d.turn("setup-9-shade", keys("1"))
	d.turn("setup-10-across", keys("1"))
	d.turn("setup-11-down", func() { d.screen.keys("minus", "1", "period", "5", "Return") })
	d.turn("setup-12-done", keys("F10"))
	d.screen.keys("F10")
	await(t, "the printer in the settings", func() bool {
		stored, err := settings.Load(s.dir)
		return err == nil && stored.Printer == settings.Printer{URI: uri, Lang: "tspl", DPI: 300, RightMM: -1.5, Answers: true}
	})
	d.screen.shot("setup-13-stored")
	if got := d.outcomes(); len(got) != 0 {
		t.Errorf("scans of the set-up reached the bench: %q", got)
	}
	d.close()
}

// The demo's printer has a window of its own, which takes no scan away from the bench: a parcel is packed while it has the focus.
func TestWindowOfTheDemosPrinter(t *testing.T) {
	binary := os.Getenv("PACKBENCH_BINARY")
	if binary == "" {
		t.Fatal("PACKBENCH_BINARY does not name the program: run make test")
	}
	folder := t.TempDir()
	d := &desk{shop: &shop{t: t, dir: folder}, screen: newScreen(t), cmd: exec.Command(binary, "--dir", folder, "demo")}
	d.cmd.Env = append(os.Environ(), "DISPLAY="+d.screen.display, "LC_ALL=en_US.UTF-8", "FYNE_SCALE=1", "FYNE_DISABLE_DPI_DETECTION=1", "XDG_CONFIG_HOME="+t.TempDir())
	d.cmd.Stderr = &d.said
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = d.cmd.Process.Kill() // it has ended by itself where the test went well
		if t.Failed() {
			t.Logf("the program said: %s", d.said.String())
		}
	})
	pane := ""
	await(t, "the printer's window", func() bool {
		find := exec.Command("xdotool", "search", "--onlyvisible", "--name", "The demo's printer")
		find.Env = append(os.Environ(), "DISPLAY="+d.screen.display)
		out, err := find.Output()
		pane = strings.TrimSpace(string(out))
		return err == nil && pane != ""
	})
	await(t, "the first picture", func() bool { return !blank(d.screen.shot("demo-1")) })
	d.screen.run("xdotool", "windowmove", pane, "920", "0") // nobody places windows here
	d.screen.run("xdotool", "windowfocus", pane)
	await(t, "a parcel that is packed", func() bool {
		d.screen.keys("F12")
		time.Sleep(1200 * time.Millisecond) // two equal pieces are scanned by a hand
		return slices.Contains(d.outcomes(), "confirmed")
	})
	if found, err := filepath.Glob(filepath.Join(folder, "printed", "label-*.png")); err != nil || len(found) == 0 {
		t.Errorf("no label was saved, %v", err)
	}
	if has := strings.TrimSpace(string(d.screen.run("xdotool", "getwindowfocus"))); has != pane {
		t.Errorf("the focus is in window %s, not in the printer's", has)
	}
	d.screen.shot("demo-2-packed")
	d.close()
}
