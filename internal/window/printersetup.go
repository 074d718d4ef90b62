package window

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/setup"
	"packbench/internal/station"
	"packbench/printer"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/printersetup"
)

// printerSetup is the set-up of a printer, which stands in the place of the settings. It belongs to the main goroutine.
type printerSetup struct {
	page   *printersetup.Screen
	open   bool
	state  setup.State
	past   []setup.State // as they were before each answer
	chosen string        // the address of the printer, of those that were found or as it was typed
	typed  bool          // it was typed
	asking bool          // which language: the step between the printer and its first label
	try    setup.Try     // as it is chosen there
	number string        // that was entered

	trouble  order.Said
	heard    frame.Strip // the last scan
	busy     bool        // the office works for it
	storing  bool
	lookedAt time.Time          // when the printers there are were looked for last
	stop     context.CancelFunc // ends what is under way
	round    int                // what began in another one counts no more
}

// lookAgain is the pause between two looks for printers: one that is plugged in shows soon.
const lookAgain = 2 * time.Second

// The ways to print that are offered.
var (
	offeredLangs = []string{printer.ZPL, printer.TSPL, printer.ESCPOS}
	offeredDPI   = []int{203, 300}
	langNames    = map[string]string{printer.ZPL: "ZPL", printer.TSPL: "TSPL", printer.ESCPOS: "ESC/POS"}
)

// settingsPage makes the page of the settings, in whose place the set-up may stand.
func (w *Window) settingsPage() fyne.CanvasObject {
	w.setup.page = printersetup.New(w.environment.Tongue, setupHands{w})
	w.fillSetup()
	return kit.Layers(w.form.Object(), w.setup.page.Object(), w.trial.content(), w.crew.content(), w.goods.content(), w.rules.content())
}

// setupShown tells whether the set-up is on the screen: then keys and scans are its.
func (w *Window) setupShown() bool { return w.setup.open && w.page == frame.PageSettings }

// openSetup begins the set-up of a printer. What was configured last and cannot be found is there to be taken.
func (w *Window) openSetup() {
	if w.bench == nil {
		return
	}
	w.breakOff()
	s := &w.setup
	*s = printerSetup{page: s.page, open: true, state: setup.Begin(nil, w.settings.Printer), busy: s.busy, round: s.round}
	if uri := w.settings.Printer.URI; strings.HasPrefix(uri, "tcp:") {
		s.chosen, s.typed = uri, true
	}
	w.window.Canvas().Unfocus()
	w.fillSetup()
	w.draw()
}

// leaveSetup goes back to the settings. What is under way ends.
func (w *Window) leaveSetup() {
	if !w.setup.open {
		return
	}
	w.setup.open = false
	w.breakOff()
	w.window.Canvas().Unfocus()
	w.draw()
}

// breakOff ends what the office does for the set-up; what comes of it counts no more.
func (w *Window) breakOff() {
	w.setup.round++
	if w.setup.stop != nil {
		w.setup.stop()
		w.setup.stop = nil
	}
}

// fillSetup puts what was entered into the fields.
func (w *Window) fillSetup() {
	s, address := &w.setup, ""
	if s.typed {
		address = s.chosen
	}
	s.page.Fill(printersetup.Address, address)
	s.page.Fill(printersetup.Number, s.number)
}

// drawSetup shows the set-up in the place of the settings while it is open, takes a digit that was pressed, and looks for printers again.
func (w *Window) drawSetup(now time.Time) {
	s := &w.setup
	kit.Show(s.page.Object(), s.open)
	if !s.open {
		return
	}
	s.page.Render(w.setupModel())
	if digit := w.typing.digit(s.page.Digits(), now); digit > 0 {
		s.page.Key(strconv.Itoa(digit))
	}
	if s.state.Step == setup.Choosing && !s.asking && !s.busy && now.Sub(s.lookedAt) >= lookAgain {
		s.lookedAt = now
		w.lookForPrinters()
	}
}

// officeTime is a context for work of the office. It ends when the set-up is left; untilDone ends it with the window.
func (w *Window) officeTime() (ctx context.Context, stop context.CancelFunc) {
	ctx, stop = context.WithCancel(w.environment.Context)
	w.setup.stop = stop
	return ctx, stop
}

// untilDone ends a context when the workers shall end. It runs on a worker.
func (w *Window) untilDone(ctx context.Context, stop context.CancelFunc) {
	w.workers.Go(func() {
		select {
		case <-w.done:
			stop()
		case <-ctx.Done():
		}
	})
}

func (w *Window) lookForPrinters() {
	ctx, stop := w.officeTime()
	s, round := &w.setup, w.setup.round
	w.handFor(&s.busy, func() func() {
		defer stop()
		w.untilDone(ctx, stop)
		found, err := cli.FindPrinters(ctx)
		return func() {
			switch {
			case s.round != round || s.state.Step != setup.Choosing:
			case err != nil:
				w.log.Error("looking for printers", "problem", order.AsProblem(err).Error())
				s.trouble = order.AsProblem(err).Said
			default:
				s.state = setup.Begin(found, w.settings.Printer)
			}
		}
	})
}

// goOn has the office do the step that is no person's. It runs after every change of the State.
func (w *Window) goOn() {
	s := &w.setup
	if !s.open || s.busy || s.state.Step != setup.Printing && s.state.Step != setup.Asking {
		return
	}
	if latest := w.latest.Load(); w.running != nil && latest != nil && s.state.Profile.URI == w.printer && printing(*latest) {
		s.state = s.state.NotPrinted(order.Trouble(nil, "setup.going"))
		return
	}
	ctx, stop := w.officeTime()
	own := *w.environment
	at, device, round := s.state, w.bench.Device(&own), s.round
	w.handFor(&s.busy, func() func() {
		defer stop()
		w.untilDone(ctx, stop)
		next, err := at.Do(ctx, device, cli.NewToken)
		return func() {
			if s.round == round {
				s.state, s.trouble = next, order.Said{}
				if err != nil {
					w.log.Warn("a printer was not asked", "problem", order.AsProblem(err).Error())
					s.trouble = order.AsProblem(err).Said
				}
				w.entered()
			}
			w.goOn()
		}
	})
}

// printing tells whether labels of parcels go out: a test label must not come between them.
func printing(s station.Snapshot) bool {
	return s.State.Phase == packing.Printing || s.Run.ID != "" && s.Run.State == order.RunGoing
}

// answer takes what a person says to the State's question.
func (w *Window) answer(text string) {
	s := &w.setup
	s.heard = frame.Strip{}
	next, err := s.state.Answer(text)
	if err != nil {
		s.trouble = order.AsProblem(err).Said
	} else {
		s.past = append(s.past, s.state)
		if s.state, s.trouble = next, (order.Said{}); next.Step == setup.Choosing {
			s.past = nil
		}
		w.entered()
	}
	w.goOn()
	w.draw()
}

// entered empties the number's field for the next question: where a ruler is read, the print mostly sits right.
func (w *Window) entered() {
	s := &w.setup
	if s.number = ""; s.state.Step == setup.Across || s.state.Step == setup.Down {
		s.number = "0"
	}
	s.page.Fill(printersetup.Number, s.number)
}

// scanOnSetup takes a scan, or what was typed and ended by Enter, while the set-up is shown, and tells whether it did: nothing of it may reach a parcel.
func (w *Window) scanOnSetup(scan order.Scan) bool {
	if !w.setupShown() {
		return false
	}
	s := &w.setup
	s.trouble = order.Said{}
	switch step := s.state.Step; {
	case scan.Typed && len(scan.Code) == 1 && s.page.Key(scan.Code): // quicker than the pause
	case step == setup.Choosing && !s.asking && scan.Typed:
		w.takeAddress(scan.Code)
	case step == setup.Reading, scan.Typed && s.state.Question().Free && step != setup.Choosing:
		w.answer(scan.Code)
	default:
		s.trouble = order.Say("setup.unasked")
	}
	s.heard = frame.Strip{Family: kit.Taken, Word: order.Say("word.accepted"), Meaning: order.Say("say.accepted"), Code: scan.Code, At: scan.At.Local(), Typed: scan.Typed}
	if s.trouble.Key != "" {
		s.heard.Family, s.heard.Word, s.heard.Meaning = kit.Refused, order.Said{}, s.trouble
	}
	w.draw()
	return true
}

// setupStrip is what the last scan came to while the set-up is shown: what the bench said before would be taken for the answer to it.
func (w *Window) setupStrip() frame.Strip {
	if w.setup.heard.Code == "" {
		return frame.Strip{Meaning: order.Say("setup.strip"), Next: order.Say("setup.strip.next")}
	}
	return w.setup.heard
}
