package window

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/wave"
	"packbench/scanner"
	"packbench/ui/ask"
	"packbench/ui/filter"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pick"
)

// The keys of the page of waves, beside those of its filter.
const (
	takeKey    = "F10"
	allKey     = "F11"
	labelsKey  = "F10" // of the wave that is open, and so on
	listKey    = "F9"
	arrangeKey = "F11"
	undoKey    = "1"
	pickKey    = "2"
	leaveKey   = "Esc"
)

// arrangeWithin is how long the page goes on with what the platform did not take at once.
const arrangeWithin = 5 * time.Minute

// pressOnPick does what a key does on the page of waves.
func (w *Window) pressOnPick(key string) {
	p := &w.pick
	if key == string(fyne.KeyEscape) {
		key = leaveKey
	}
	switch {
	case key == leaveKey && w.window.Canvas().Focused() != nil:
		w.window.Canvas().Unfocus()
	case p.opened != "" && p.asksUndo:
		w.pressOnUndo(key)
	case p.opened != "":
		w.pressOnWave(key)
	default:
		w.pressOnChoosing(key)
	}
	w.draw()
}

// pressOnChoosing does what a key does while parcels are chosen.
func (w *Window) pressOnChoosing(key string) {
	p := &w.pick
	if digit, err := strconv.Atoi(key); err == nil {
		w.pressChip(digit, p.chips, &p.chipsFrom, p.Filter(), p.text, w.filterWaves)
		return
	}
	waves := 0
	if p.isPlanned && p.planned == p.text && p.wrong.Key == "" {
		waves = w.wavesPlanned()
	}
	switch {
	case key == filter.FieldKey:
		w.window.Canvas().Focus(p.Filter().Field())
	case key == takeKey && waves > 0:
		w.makeWaves(1)
	case key == allKey && waves > 1:
		w.makeWaves(0)
	case key == string(fyne.KeyReturn):
		if p.chosen < len(w.waves.all) {
			w.openWave(w.waves.all[p.chosen].ID)
		}
	case !moved(key, &p.chosen, len(w.waves.all), p.WaveRoom()):
		w.frame.Key(key) // a key nobody knows does nothing
	}
}

// moved moves a place in a list of so many by a key, and tells whether the key moves at all.
func moved(key string, at *int, of, page int) bool {
	by := map[string]int{string(fyne.KeyUp): -1, string(fyne.KeyDown): 1, string(fyne.KeyPageUp): -page, string(fyne.KeyPageDown): page}[key]
	*at = max(0, min(*at+by, of-1))
	return by != 0
}

// pressChip puts a chip into a filter or takes it out, or shows other chips.
func (w *Window) pressChip(digit int, all []chip, from *int, bar *filter.Bar, text string, take func(string)) {
	at := *from + digit - 1
	switch {
	case strconv.Itoa(digit) == filter.MoreKey && len(all) > bar.Room():
		if *from += bar.Room(); *from >= len(all) {
			*from = 0
		}
	case digit >= 1 && digit <= bar.Room() && at < len(all):
		text = wave.Toggled(text, all[at].name, all[at].value)
		bar.Fill(text)
		take(text)
	}
}

// filterWaves takes a filter as it is being written.
func (w *Window) filterWaves(text string) {
	p := &w.pick
	p.text, p.typedAt, p.report, p.wrong = strings.TrimSpace(text), w.environment.Now(), pick.Report{}, order.Said{}
	w.draw()
}

// makeWaves makes as many waves of what fits; 0: all.
func (w *Window) makeWaves(most int) {
	p := &w.pick
	wish := cli.WaveWish{Filter: p.text, Most: order.ParcelsAWave, Waves: most}
	w.act(func(context.Context) func() {
		made, _, err := w.bench.MakeWaves(wish)
		return func() {
			if err != nil {
				w.pickFailed(err)
				return
			}
			p.report = pick.Report{Tone: kit.Loud, Said: order.Say("wave.none")}
			if len(made) > 0 {
				p.report = pick.Report{Tone: kit.Calm, Said: order.Say("pick.made", "count", len(made), "wave", made[0])}
			}
			w.readWaves(func() {
				if at := slices.IndexFunc(w.waves.all, func(s cli.WaveSum) bool { return len(made) > 0 && s.ID == made[0] }); at >= 0 {
					p.chosen = at
				}
			})
			p.recount, p.replan = true, true // what is in a wave fits no more
		}
	})
}

// act has the clerks do something with a wave, one thing at a time.
func (w *Window) act(work func(context.Context) func()) {
	if !w.beside(&w.pick.acting, work) {
		w.pick.report = pick.Report{Tone: kit.Loud, Said: order.Say("pick.busy")}
	}
}

// pickFailed says what went wrong; what to do stands in the Problem.
func (w *Window) pickFailed(err error) {
	problem := order.AsProblem(err)
	w.log.Warn("waves", "problem", problem.Error())
	w.pick.report = pick.Report{Tone: kit.Bad, Said: problem.Said}
}

// openWave opens a wave and reads its pick list.
func (w *Window) openWave(id string) {
	p := &w.pick
	p.opened, p.sum, p.stops, p.first, p.current, p.asksUndo, p.report = id, cli.WaveSum{ID: id}, nil, 0, -1, false, pick.Report{}
	if at := slices.IndexFunc(w.waves.all, func(s cli.WaveSum) bool { return s.ID == id }); at >= 0 {
		p.sum, p.chosen = w.waves.all[at], at
	}
	w.readWave()
}

// openWaveAt opens the wave at a place of the list that was pressed.
func (w *Window) openWaveAt(at int) {
	if at < len(w.waves.all) {
		w.openWave(w.waves.all[at].ID)
		w.draw()
	}
}

// readWave reads the wave that is open.
func (w *Window) readWave() {
	p := &w.pick
	id := p.opened
	w.beside(&p.listing, func(context.Context) func() {
		stops, sum, err := w.bench.PickList(id)
		return func() {
			switch {
			case p.opened != id: // another was opened meanwhile
				if p.opened != "" {
					w.readWave()
				}
			case err != nil:
				p.opened = ""
				w.pickFailed(err)
			default:
				p.stops, p.sum = stops, sum
			}
		}
	})
}

// closeWave goes back to the open waves.
func (w *Window) closeWave() {
	w.pick.opened, w.pick.stops, w.pick.asksUndo, w.pick.report = "", nil, false, pick.Report{}
}

// pressOnWave does what a key does while a wave is open.
func (w *Window) pressOnWave(key string) {
	p := &w.pick
	acts := w.waveActs()
	offered := func(k string) bool {
		return slices.ContainsFunc(acts, func(a ask.Act) bool { return a.Key == k }) && key == k
	}
	switch {
	case key == leaveKey:
		w.closeWave()
	case offered(labelsKey):
		w.printWave(p.sum)
	case offered(listKey):
		w.printList()
	case offered(arrangeKey):
		w.arrangeWave()
	case offered(pickKey):
		w.takeUp(p.opened)
	case offered(undoKey):
		p.asksUndo = true
	case !moved(key, &p.first, len(p.stops), p.StopRoom()):
		w.frame.Key(key)
	}
}

// takeUp has the bench pick and sort a wave, as the scan of its code there does.
func (w *Window) takeUp(id string) {
	w.turnTo(frame.PagePack)
	w.running.Submit(order.Scan{Code: id, Device: "screen", Typed: true, At: w.environment.Now()})
}

// pressOnUndo answers whether a wave is undone.
func (w *Window) pressOnUndo(key string) {
	p := &w.pick
	switch key {
	case back, leaveKey:
		p.asksUndo = false
	case yesKey:
		p.asksUndo = false
		id := p.opened
		w.act(func(context.Context) func() {
			err := w.bench.UndoWave(id)
			return func() {
				if err != nil {
					w.pickFailed(err)
					w.readWave()
					return
				}
				w.closeWave()
				p.report = pick.Report{Tone: kit.Calm, Said: order.Say("wave.undone", "wave", id)}
				p.recount, p.replan = true, true
				w.readWaves(nil)
			}
		})
	default:
		w.frame.Key(key)
	}
}

// printWave begins a run of a wave's labels, in the order in which its parcels are packed, and shows it. More of them are further runs.
func (w *Window) printWave(sum cli.WaveSum) {
	w.printNext(runsOf(sum.ID, sum.Printable)[0])
	w.turnTo(frame.PageRun)
}

// printList prints the pick list of the wave that is open, where the bench's labels are printed.
func (w *Window) printList() {
	p := &w.pick
	verb := &cli.WavePick{Wave: p.opened, OnPaper: cli.OnPaper{Print: true, Printer: w.options.Printer, Size: "100x150"}}
	w.act(func(ctx context.Context) func() {
		e := *w.environment
		e.Context, e.Stdout, e.Bench = ctx, io.Discard, w.bench
		err := verb.Run(&e)
		return func() {
			if err != nil {
				w.pickFailed(err)
				return
			}
			p.report = pick.Report{Tone: kit.Calm, Said: order.Say("pick.printed")}
		}
	})
	if p.acting {
		p.report = pick.Report{Tone: kit.Told, Said: order.Say("pick.printing")}
	}
}

// arrangeWave arranges shipment of what is left of the wave that is open.
func (w *Window) arrangeWave() {
	p := &w.pick
	id, count := p.opened, p.sum.ToArrange
	w.act(func(ctx context.Context) func() {
		done, err := w.bench.ArrangeWave(ctx, id, arrangeWithin)
		return func() {
			w.readWaves(nil)
			if err != nil {
				w.pickFailed(err)
				return
			}
			p.report = arrangedSo(done)
		}
	})
	if p.acting {
		p.report = pick.Report{Tone: kit.Told, Said: order.Say("pick.arranging", "count", count)}
	}
}

// arrangedSo is what came of arranging.
func arrangedSo(done cli.Arranged) pick.Report {
	left := done.Parked + done.Excluded + done.Waiting
	switch {
	case left == 0:
		return pick.Report{Tone: kit.Calm, Said: order.Say("pick.arranged", "count", done.Arranged)}
	case done.Why.Key != "":
		return pick.Report{Tone: kit.Loud, Said: order.Say("pick.arranged.some", "arranged", done.Arranged, "left", left, "why", done.Why)}
	}
	return pick.Report{Tone: kit.Loud, Said: order.Say("pick.arranged.waiting", "arranged", done.Arranged, "left", left)}
}

// scanOnPick takes a scan on the page of waves: a wave's code opens it and, once more, is the bench's, which takes it up; a bin of the walk that is open shows its
// stop, unless the bench has a wave at hand. It tells whether it was one of these: everything else is the bench's.
func (w *Window) scanOnPick(scan order.Scan) bool {
	p := &w.pick
	if scan.Typed && len(scan.Code) == 1 { // a digit that was ended by Enter, quicker than the pause
		w.pressOnPick(scan.Code)
		return true
	}
	code := scanner.Clean(scan.Code)
	if at := slices.IndexFunc(w.waves.all, func(s cli.WaveSum) bool { return strings.EqualFold(s.ID, code) }); at >= 0 && w.waves.all[at].ID != p.opened {
		w.openWave(w.waves.all[at].ID)
		w.draw()
		return true
	}
	at := slices.IndexFunc(p.stops, func(s cli.PickStop) bool { return s.Bin != "" && s.Bin == code })
	if p.opened == "" || at < 0 || w.waveAtHand() != "" {
		return false
	}
	if p.current = at; at < p.first || at >= p.first+p.StopRoom() {
		p.first = at
	}
	w.draw()
	return true
}
