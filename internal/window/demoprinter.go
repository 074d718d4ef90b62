package window

import (
	"context"
	"log/slog"
	"net"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"packbench/internal/page"
	"packbench/internal/virtual"
	"packbench/scanner/keyhook"
	"packbench/ui/demoprinter"
	"packbench/ui/kit"
)

// demoSpeed is how fast the demo's printer prints, in inches a second: as a label printer that is set as it was shipped.
const demoSpeed = 6

// throws is how many throws of its switches wait for the demo's printer: more than a hand makes while one is carried out.
const throws = 8

// demoPrinter is the printer of the demo: a machine whose labels become files, and what its pane shows. Any goroutine may use it. The machine keeps every
// label that came out, 125 KB each: enough for whoever tries the program for a day, and no way to run a warehouse.
type demoPrinter struct {
	device *virtual.Device
	save   func(n int, p *page.Page) error
	log    *slog.Logger
	throw  chan func() // the switches, for its own worker: to throw one may take the disk

	mu      sync.Mutex
	shown   demoprinter.Model
	hanging []virtual.Out // that nobody has taken, the last one on top
	changed func()        // hears that it shows something else; nil as long as nobody looks
}

// newDemoPrinter is a machine that is switched on, and puts each whole label into a folder.
func newDemoPrinter(dpi int, folder string, log *slog.Logger) *demoPrinter {
	p := &demoPrinter{
		save: virtual.SavePNG(folder), log: log, throw: make(chan func(), throws),
		shown: demoprinter.Model{Paper: true, Closed: true, Power: true},
	}
	p.device = virtual.NewDevice(virtual.ZPL{DPI: dpi, Medium: page.Label}, virtual.Body{Speed: demoSpeed, OnOut: p.out})
	return p
}

// serve is the printer at its port until ctx ends.
func (p *demoPrinter) serve(ctx context.Context, port net.Listener) {
	if err := p.device.Serve(ctx, port); err != nil {
		p.log.Error("the demo's printer stopped", "error", err)
	}
}

// out takes a piece of paper: on the machine's goroutine, or on the worker's that stopped it.
func (p *demoPrinter) out(o virtual.Out) {
	photo := photoOf(o)
	p.change(func(m *demoprinter.Model) {
		p.hanging = append(p.hanging, o)
		m.Last, m.Half = photo, !o.Whole
		if o.Whole {
			m.Out++
		}
	})
	if !o.Whole {
		return
	}
	if err := p.save(p.model().Out, o.Page); err != nil {
		p.log.Error("a label of the demo was not saved", "error", err)
	}
}

// photoOf is a piece as it hangs out: on paper of a label's length, of which a half one is the upper part.
func photoOf(o virtual.Out) *kit.Photo {
	_, height := page.Label.Dots(o.Page.DPI)
	paper := page.New(o.Page.Width, max(height, o.Page.Height), o.Page.DPI)
	copy(paper.Bits, o.Page.Bits)
	return kit.NewPhoto(paper)
}

func (p *demoPrinter) model() demoprinter.Model {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.shown
}

func (p *demoPrinter) change(what func(*demoprinter.Model)) {
	p.mu.Lock()
	what(&p.shown)
	changed := p.changed
	p.mu.Unlock()
	if changed != nil {
		changed()
	}
}

// watch has changed called with every change from now on.
func (p *demoPrinter) watch(changed func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.changed = changed
}

// work throws the switches until done is closed.
func (p *demoPrinter) work(done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		case throw := <-p.throw:
			throw()
		}
	}
}

// hand gives a switch to the worker. A hand that is quicker than the machine is not heard.
func (p *demoPrinter) hand(throw func()) {
	select {
	case p.throw <- throw:
	default:
	}
}

// Pull takes the label away: the one that came out before it lies under it, which may be the last good one of a run.
func (p *demoPrinter) Pull() {
	p.hand(func() {
		var left []virtual.Out
		p.change(func(m *demoprinter.Model) {
			if m.Last, m.Half = nil, false; len(p.hanging) > 0 {
				p.hanging = p.hanging[:len(p.hanging)-1]
			}
			left = p.hanging
		})
		if len(left) == 0 {
			return
		}
		under := left[len(left)-1]
		photo := photoOf(under)
		p.change(func(m *demoprinter.Model) {
			if len(p.hanging) == len(left) { // no other came out meanwhile
				m.Last, m.Half = photo, !under.Whole
			}
		})
	})
}

// Paper takes the paper out, or puts a roll in.
func (p *demoPrinter) Paper() {
	p.hand(func() {
		if p.model().Paper {
			p.device.PaperOut()
		} else {
			p.device.Refill()
		}
		p.change(func(m *demoprinter.Model) { m.Paper = !m.Paper })
	})
}

// Head opens or closes the head.
func (p *demoPrinter) Head() {
	p.hand(func() {
		if p.model().Closed {
			p.device.OpenHead()
		} else {
			p.device.CloseHead()
		}
		p.change(func(m *demoprinter.Model) { m.Closed = !m.Closed })
	})
}

// Power switches off or on. A machine whose port somebody else has taken meanwhile stays off.
func (p *demoPrinter) Power() {
	p.hand(func() {
		if p.model().Power {
			p.device.PowerOff()
		} else if err := p.device.PowerOn(); err != nil {
			p.log.Error("the demo's printer was not switched on", "error", err)
			p.device.PowerOff()
			return
		}
		p.change(func(m *demoprinter.Model) { m.Power = !m.Power })
	})
}

// machineSize is the size of the printer's own window.
var machineSize = fyne.NewSize(360, 640)

// demoWindow is the window of the demo's printer. It belongs to the main goroutine.
type demoWindow struct {
	window fyne.Window // nil where there is a real printer
	pane   *demoprinter.Pane
	hidden bool
}

// newMachine makes the window of the demo's printer; nothing is shown yet.
func (w *Window) newMachine() {
	w.machine.window, w.machine.hidden = w.app.NewWindow(""), true
	w.machine.window.SetPadded(false)
	w.machine.window.Resize(machineSize)
	w.machine.window.SetCloseIntercept(func() { // F12 brings it back
		w.machine.hidden = true
		w.machine.window.Hide()
	})
	w.dressMachine()
	w.options.machine.watch(func() { w.post(w.drawMachine) })
}

// dressMachine makes the pane anew, in the language of the settings. Its switches have no keys: keys are the bench's in this window, too.
func (w *Window) dressMachine() {
	if w.machine.window == nil {
		return
	}
	tongue := w.environment.Tongue
	w.machine.pane = demoprinter.New(tongue, w.options.machine)
	w.machine.window.SetTitle(tongue.Text("machine.title"))
	w.machine.window.SetContent(container.New(atLeast(machineSize), w.machine.pane.Object()))
	w.drawMachine()
}

func (w *Window) drawMachine() { w.machine.pane.Render(w.options.machine.model()) }

// showMachine brings the window of the demo's printer to the screen where it is not, and the focus back to the bench. Whichever has it, scans are the
// bench's.
func (w *Window) showMachine() {
	if !w.machine.hidden {
		return
	}
	w.machine.hidden = false
	w.machine.window.Show()
	w.window.RequestFocus()
}

// hookMachine shows the window of the demo's printer, catches the keys in it, and lets its switches be thrown.
func (w *Window) hookMachine() {
	w.workers.Go(func() { w.options.machine.work(w.done) })
	w.showMachine()
	if err := keyhook.Install(w.machine.window, w.key, w.tapped, w.settings.NoEnter()); err != nil {
		w.log.Error("the keyboard was not hooked in the printer's window: scans need the bench's", "error", err)
	}
}
