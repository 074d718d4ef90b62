package window

import (
	"image/png"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/page"
	"packbench/internal/words"
	"packbench/printer"
	"packbench/ui/demoprinter"
	"packbench/ui/seen"
)

// newPrinter is the demo's printer without a port: what it is sent comes over a pipe.
func newPrinter(t *testing.T) (p *demoPrinter, line net.Conn, folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "printed")
	p = newDemoPrinter(203, folder, slog.New(slog.DiscardHandler))
	line, end := net.Pipe()
	p.device.Attach(end)
	t.Cleanup(func() { _ = line.Close() })
	return p, line, folder
}

// send sends a white label.
func send(t *testing.T, line net.Conn) {
	t.Helper()
	width, height := page.Label.Dots(203)
	open, err := printer.Open("file:"+t.TempDir(), printer.Options{DPI: 203, Medium: page.Label})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := line.Write(open.Encode(page.New(width, height, 203))); err != nil {
		t.Fatal(err)
	}
}

func files(t *testing.T, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// The demo's printer takes its time for a label, shows it, and saves the whole ones alone.
func TestTheDemosPrinterPrints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, line, folder := newPrinter(t)
		var changes atomic.Int32
		p.watch(func() { changes.Add(1) })
		send(t, line)
		time.Sleep(500 * time.Millisecond)
		if synctest.Wait(); p.model().Out != 0 || p.model().Last != nil {
			t.Error("a label of 150 mm comes out at 6 inches a second in half a second")
		}
		time.Sleep(time.Second)
		if synctest.Wait(); p.model().Out != 1 || p.model().Last == nil || p.model().Half || changes.Load() == 0 {
			t.Errorf("after a second and a half: %+v", p.model())
		}
		p.Pull()
		if (<-p.throw)(); p.model().Last != nil || p.model().Out != 1 {
			t.Errorf("pulled: %+v", p.model())
		}
		send(t, line)
		time.Sleep(500 * time.Millisecond)
		p.Paper()
		(<-p.throw)()
		if m := p.model(); m.Paper || m.Last == nil || !m.Half || m.Out != 1 {
			t.Errorf("without paper: %+v", m)
		}
		if saved := files(t, folder); len(saved) != 1 {
			t.Errorf("saved %q", saved)
		}
		p.Paper()
		(<-p.throw)()
		time.Sleep(2 * time.Second)
		if synctest.Wait(); !p.model().Paper || p.model().Out != 2 || p.model().Half {
			t.Errorf("with paper again: %+v", p.model())
		}
		p.Pull()
		if (<-p.throw)(); p.model().Last == nil || !p.model().Half {
			t.Errorf("under the good label hangs %+v", p.model())
		}
		saved := files(t, folder)
		if len(saved) != 2 || filepath.Base(saved[1]) != "label-0002.png" {
			t.Fatalf("saved %q", saved)
		}
		file, err := os.Open(saved[1])
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if picture, err := png.Decode(file); err != nil || picture.Bounds().Dx() < 790 {
			t.Errorf("a picture of %v, %v", picture.Bounds(), err)
		}
		if err := line.Close(); err != nil {
			t.Error(err)
		}
		synctest.Wait()
	})
}

func TestSwitchesOfTheDemosPrinter(t *testing.T) {
	p, _, _ := newPrinter(t)
	ready := demoprinter.Model{Paper: true, Closed: true, Power: true}
	for name, c := range map[string]struct {
		throw func()
		want  demoprinter.Model
	}{
		"paper": {p.Paper, demoprinter.Model{Closed: true, Power: true}},
		"head":  {p.Head, demoprinter.Model{Paper: true, Power: true}},
		"power": {p.Power, demoprinter.Model{Paper: true, Closed: true}},
	} {
		for _, want := range []demoprinter.Model{c.want, ready} {
			c.throw()
			(<-p.throw)()
			if p.model() != want {
				t.Errorf("%s: %+v, want %+v", name, p.model(), want)
			}
		}
	}
	for range 2 * throws { // nobody waits for a machine that does not keep up
		p.Head()
	}
	if len(p.throw) != throws {
		t.Errorf("%d throws wait", len(p.throw))
	}
}

// The window of the demo's printer says how the printer is, in the language of the settings, and comes back after it was closed.
func TestTheWindowOfTheDemosPrinter(t *testing.T) {
	w := newWindow(t)
	p, _, _ := newPrinter(t)
	w.options.machine = p
	t.Cleanup(w.stopWorkers)
	w.newMachine()
	if got := w.machine.window.Title(); got != "The demo's printer" {
		t.Errorf("it is called %q", got)
	}
	shown := func() string { return seen.Texts(w.machine.window.Content()) }
	if !strings.Contains(shown(), "Ready") || !seen.Press(w.machine.window.Content(), "Open the head") {
		t.Errorf("it shows:\n%s", shown())
	}
	if (<-p.throw)(); !strings.Contains(shown(), "The head is open") {
		t.Errorf("with an open head it shows:\n%s", shown())
	}
	p.change(func(m *demoprinter.Model) { m.Closed = true })
	p.change(func(m *demoprinter.Model) { m.Paper = false })
	if !strings.Contains(shown(), "Out of paper") || !strings.Contains(shown(), "Put a roll in") {
		t.Errorf("without paper it shows:\n%s", shown())
	}
	w.settings.Language = string(words.Chinese)
	if err := w.dress(); err != nil {
		t.Fatal(err)
	}
	if w.machine.window.Title() != "演示用的打印机" || !strings.Contains(shown(), "缺纸") {
		t.Errorf("in Chinese it is called %q and shows:\n%s", w.machine.window.Title(), shown())
	}
	w.hookMachine()
	if w.machine.hidden {
		t.Error("it is not shown")
	}
	w.machine.hidden = true
	if w.showMachine(); w.machine.hidden {
		t.Error("it does not come back")
	}
}
