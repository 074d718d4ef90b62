// Package window is a bench at work in a window: snapshots become what the screens show, keys become scans.
package window

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"packbench/assets"
	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/internal/station"
	"packbench/internal/words"
	"packbench/scanner/keyhook"
	"packbench/ui/frame"
	"packbench/ui/handover"
	"packbench/ui/kit"
	"packbench/ui/orders"
	"packbench/ui/overdue"
	"packbench/ui/pack"
	"packbench/ui/pick"
	"packbench/ui/printrun"
	screen "packbench/ui/settings"
	"packbench/ui/shift"
	"packbench/ui/signin"
	"packbench/ui/sound"
	"packbench/ui/wall"
)

// Options say how a window runs.
type Options struct {
	// Printer is the printer's address; empty is the configured one.
	Printer string
	// Poll is the pause between two readings of the shops.
	Poll time.Duration
	// Scanners are those to hear beside the keyboard.
	Scanners []settings.Scanner
	// Demo gives the code a scanner would read next, for those who try the program without a scanner: F12 scans it. nil: no such key.
	Demo func(station.Snapshot) string

	// Wall opens the put wall in a window of its own.
	Wall bool

	// Training tells that people learn at this bench: nothing of it is real, and every screen says so.
	Training bool

	machine *demoPrinter // nil where there is a real one
}

// size is the smallest the screens are drawn for, in Fyne's units.
var size = fyne.NewSize(1280, 720)

// Window is the bench on the screen. All of it belongs to the main goroutine, but for what is said otherwise.
type Window struct {
	environment *cli.Environment
	options     Options
	app         fyne.App
	window      fyne.Window
	settings    settings.Settings
	standing    settings.Bench // who packs where since the start
	own         words.Tongue   // the computer's
	log         *slog.Logger
	bench       *cli.Bench       // nil where there is none to be settled
	running     *cli.Running     // nil where the bench could not start
	endServing  func()           // ends the verbs done for others
	printer     string           // how the advice about it calls it
	inUse       settings.Printer // what of the settings counts
	frame       *frame.Frame
	pack        *pack.Screen
	form        form
	run         runPage
	pick        pickPage
	waves       waveList
	orders      ordersPage
	overdue     overduePage
	shift       shiftPage
	wall        wallPage
	shelf       shelfPage
	setup       printerSetup
	trial       trial
	crew        crew
	goods       goodsPage
	rules       rulesPage
	signin      signIn
	machine     demoWindow
	page        frame.Page
	errands     chan func() // for the office
	desk        chan func() // for the clerks
	photos      *photos
	sounds      sounds
	typing      typing
	scanners    scanners
	methodAt    time.Time // when an input method was noticed last

	latest  atomic.Pointer[station.Snapshot] // set by the bench
	drawing atomic.Bool                      // a drawing is posted already
	closing atomic.Bool                      // nothing may be posted any more
	ended   atomic.Bool                      // the loop that draws is over, or about to be
	workers sync.WaitGroup
	done    chan struct{} // closed when the workers shall end
	stopped sync.Once
}

// Run opens the window on a bench and returns when it is closed and all is on the disk. What keeps the bench from starting is shown in the window
// and returned.
func Run(app fyne.App, e *cli.Environment, bench *cli.Bench, o Options) error {
	w, err := build(app, e, bench.Settings, bench.Log)
	if err != nil {
		return err
	}
	w.options, w.bench, w.scanners = o, bench, newScanners(o.Scanners)
	w.setTitle()
	if w.printer = o.Printer; w.printer == "" {
		w.printer = bench.Settings.Printer.URI
	}
	w.inUse = bench.Settings.Printer
	w.endServing = bench.Serve(e, "window")
	defer w.endServing()
	ctx, cancel := context.WithCancel(e.Context)
	defer cancel()
	if o.machine != nil {
		w.newMachine()
	}
	starting := w.start(ctx, bench)
	app.Lifecycle().SetOnStarted(w.shown)
	w.show()
	return starting
}

// atLeast fills the window and keeps it from being made smaller than its screens are drawn for.
type atLeast fyne.Size

// MinSize is that size.
func (a atLeast) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size(a) }

// Layout gives all the room to what is inside.
func (a atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

// build makes the window and its screens; nothing runs yet.
func build(app fyne.App, e *cli.Environment, set settings.Settings, log *slog.Logger) (*Window, error) {
	w := &Window{environment: e, own: e.Tongue, settings: set, standing: set.Bench, log: log, app: app, done: make(chan struct{}), errands: make(chan func(), offices), desk: make(chan func(), deskRoom)}
	app.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	w.photos = newPhotos(e.Dir, log, w.photoLoaded)
	w.window = app.NewWindow("")
	w.window.SetPadded(false)
	if err := w.dress(); err != nil {
		return nil, err
	}
	w.window.Resize(size)
	w.window.SetMaster()
	w.window.SetCloseIntercept(w.close)
	return w, nil
}

// screens makes the screens anew and puts them into the window.
func (w *Window) screens() {
	tongue := w.environment.Tongue
	w.pack = pack.New(tongue, w.press)
	w.run.Screen = printrun.New(tongue, w.press)
	w.pick.Screen = pick.New(tongue, w.press, w.openWaveAt, w.filterWaves)
	w.pick.Filter().Fill(w.pick.text)
	w.orders.Screen = orders.New(tongue, w.press, w.openRow, w.filterOrders)
	w.orders.Filter().Fill(w.orders.text)
	w.orders.tallied, w.pick.recount = time.Time{}, true // chips are words
	w.overdue.Screen = overdue.New(tongue, w.overdueHands())
	w.shift.Screen = shift.New(tongue, w.press)
	w.wall.Screen = wall.New(tongue, w.press)
	w.shelf.Screen = handover.New(tongue, shelfHands{w})
	w.form.Screen = screen.New(tongue, w.connect, w.save, screen.Doors{Printer: w.openSetup, Scanners: w.openTrial, People: w.openCrew, Goods: w.openGoods, Rules: w.openRules})
	w.signin.Screen = signin.New(tongue, w.press)
	w.frame = frame.New(tongue, map[frame.Page]fyne.CanvasObject{
		frame.PagePack: w.pack.Object(), frame.PageRun: w.run.Object(), frame.PagePick: kit.Layers(w.pick.Object(), w.wall.Object()), frame.PageHandover: w.shelf.Object(),
		frame.PageOrders: w.orders.Object(), frame.PageOverdue: w.overdue.Object(), frame.PageShift: w.shift.Object(), frame.PageSettings: w.settingsPage(), frame.PageSignIn: w.signin.Object(),
	}, w.openPage)
	w.dressMachine()
	w.dressWall()
	w.setTitle()
	w.window.SetContent(container.New(atLeast(size), w.frame.Object()))
}

// show shows the window until it is closed, and then ends the workers.
func (w *Window) show() {
	w.draw()
	w.app.Lifecycle().SetOnStopped(func() { w.ended.Store(true) })
	w.window.ShowAndRun()
	w.ended.Store(true)
	w.closing.Store(true) // the system may have ended the loop without asking
	w.stopWorkers()
}

// start sets the bench to work. Where it cannot, the window shows why, and its settings can be mended.
func (w *Window) start(ctx context.Context, bench *cli.Bench) error {
	w.workers.Go(func() { w.photos.run(w.done) })
	w.workers.Go(w.tick)
	w.workers.Go(w.office)
	for range clerks {
		w.workers.Go(w.clerk)
	}
	w.workers.Go(func() { // the system asked us to end
		select {
		case <-ctx.Done():
			w.post(w.close)
		case <-w.done:
		}
	})
	defer w.listen(ctx) // after there is somebody to hear it
	if !w.settings.Silent {
		w.sounds.player = sound.New(w.log)
	}
	running, err := bench.Start(ctx, w.options.Printer, w.options.Poll, w.changed)
	if err != nil {
		w.log.Error("the bench did not start", "error", err)
		w.latest.Store(troubled(order.AsProblem(err)))
		return err
	}
	w.running = running
	return nil
}

// shown runs once the window is on the screen.
func (w *Window) shown() {
	if err := keyhook.Install(w.window, w.key, w.tapped, w.settings.NoEnter()); err != nil {
		w.log.Error("the keyboard was not hooked: scans need the window's own focus", "error", err)
	}
	w.chooseInputMethod()
	if w.options.machine != nil {
		w.hookMachine()
	}
	if w.options.Wall {
		w.openWall()
	}
}

// chooseInputMethod has an input method only where people write names: it would make other words of what a scanner types.
func (w *Window) chooseInputMethod() { keyhook.InputMethod(w.window, w.page == frame.PageSettings) }

// changed hears of a new snapshot, on the bench's goroutine.
func (w *Window) changed(s station.Snapshot) {
	w.latest.Store(&s)
	w.sounds.hear(s)
	w.redraw()
}

// redraw posts one drawing, however often it is called before that is done. Any goroutine may call it.
func (w *Window) redraw() {
	if !w.drawing.Swap(true) {
		w.post(w.draw)
	}
}

// post runs f on the main goroutine, unless the window is closing: what is posted then may run anywhere or never.
func (w *Window) post(f func()) {
	if !w.closing.Load() {
		fyne.Do(f)
	}
}

// tick redraws what counts seconds, and ends the green band of a done parcel.
func (w *Window) tick() {
	const beat = 200 * time.Millisecond
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	second := time.Now()
	for {
		select {
		case <-w.done:
			return
		case now := <-ticker.C:
			latest := w.latest.Load()
			band := latest != nil && now.Sub(latest.Strip.At) < 2*pack.DoneTime
			if band || w.typing.waiting.Load() || w.trial.pending.Load() || now.Sub(second) >= time.Second {
				second = now
				w.redraw()
			}
		}
	}
}

// draw shows the latest snapshot.
func (w *Window) draw() {
	w.drawing.Store(false)
	latest := w.latest.Load()
	if latest == nil {
		latest = &station.Snapshot{}
	}
	now := w.environment.Now()
	if digit := w.digitTyped(*latest, now); digit != "" {
		w.press(digit)
		return
	}
	w.follow(*latest, now)
	w.keepShelf()
	w.drawSignIn(*latest)
	w.pack.Render(w.packModel(*latest, now))
	w.keepWaves(*latest, now)
	w.drawWall(*latest, now)
	if w.page == frame.PageRun {
		w.run.Render(w.runModel(*latest))
	}
	if w.onPick() {
		w.drawPick(now)
	}
	if w.onOrders() {
		w.drawOrders(*latest, now)
	}
	if w.onShelf() {
		w.drawShelf(*latest, now)
	}
	w.drawOverdue(*latest, now)
	if w.onShift() {
		w.drawShift(*latest, now)
	}
	if w.page == frame.PageSettings {
		w.drawSetup(now)
		w.drawInner(now)
		w.form.Render(w.settingsModel(latest.PlatformTrouble))
	}
	w.frame.Render(w.frameModel(*latest, now))
}

func (w *Window) photoLoaded(key any, photo *kit.Photo) {
	w.post(func() {
		w.photos.ready[key] = photo
		w.draw()
	})
}
