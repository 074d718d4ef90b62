package window

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
	"packbench/internal/station"
	"packbench/ui/ask"
	"packbench/ui/frame"
	"packbench/ui/printrun"
)

// runPage is what a person has chosen on the page of the print run. It belongs to the main goroutine.
type runPage struct {
	*printrun.Screen
	unticked   map[string]bool // of the choices, by name
	firstOnTop bool
	question   runQuestion
	why        order.Spoiling // the reason that waits for a badge
	supervisor order.Person   // whose badge was scanned, and whose PIN is wanted
}

// runQuestion is what the page asks before it does something.
type runQuestion int

const (
	nothingAsked runQuestion = iota
	reallyCancel
	whyMissing // the labels that were not seen are to be printed again
	badgeForMissing
	pinForMissing // where people are registered
)

// back is the way out of a question.
const back = "F11"

// runModel is the page of the print run of a snapshot.
func (w *Window) runModel(s station.Snapshot) printrun.Model {
	v := s.Run
	switch {
	case w.run.question == whyMissing:
		why := ask.Why(back)
		why.Title, why.Text = order.Say("run.missing", "count", v.Counts().Sent), order.Say("run.missing.text")
		return printrun.Model{View: printrun.Asked, Question: why}
	case w.run.question == badgeForMissing:
		return printrun.Model{View: printrun.Asked, Question: supervisor(s, packing.FreeReprints, back)}
	case v.ID == "" || v.State == order.RunOver:
		return w.noRun(s)
	}
	m := printrun.Model{View: printrun.Run, Name: v.ID, Wave: v.Wave, Pace: v.Pace}
	for i, l := range v.Labels {
		m.Tiles = append(m.Tiles, tile(l))
		if l.Held.Key != "" {
			m.Held = append(m.Held, printrun.Kept{Number: i + 1, Code: cmp.Or(l.Code, string(l.Parcel)), Why: l.Held})
		}
	}
	c := v.Counts()
	m.Left = time.Duration(c.Waiting) * v.Pace
	if v.State == order.RunGoing && v.AllSent {
		m.View, m.Acts = printrun.Ended, []printrun.Act{printrun.DoneAct}
		if c.Sent > 0 {
			m.Acts = append(m.Acts, printrun.MissingAct(c.Sent), printrun.StopAct)
		}
		return m
	}
	w.stands(&m, v)
	return m
}

// noRun offers what can be printed.
func (w *Window) noRun(s station.Snapshot) printrun.Model {
	choices, runs := w.printable(s)
	m := printrun.Model{View: printrun.None, Ready: len(s.Printable), Choices: choices, LastOnTop: !w.run.firstOnTop, Turn: printrun.TurnAct}
	if len(runs) > 0 && w.running != nil {
		m.Print, m.First, m.Then = printrun.PrintAct(len(runs[0].parcels)), runs[0].wave, len(runs)-1
	}
	if c := s.Run.Counts(); s.Run.ID != "" {
		m.Last = printrun.Past{Name: s.Run.ID, Sent: c.Sent + c.Seen, Seen: c.Seen, Missing: c.Sent}
	}
	b := s.Labels
	m.Balance = printrun.Balance{Parcels: b.On, Spoiled: b.Spoiled, Bench: b.Bench, Sent: b.Sent + b.Carried}
	return m
}

// nextRun is a run that can be made: at most fifty parcels, of one wave in the order in which they are packed, or of none.
type nextRun struct {
	wave    string
	parcels []order.ParcelKey
}

// printable are the waves and the kinds of other parcels that can be printed, the most urgent first, and the runs that those make that are ticked.
func (w *Window) printable(s station.Snapshot) (choices []printrun.Choice, runs []nextRun) {
	in := map[order.ParcelKey]bool{} // a wave
	ready := map[order.ParcelKey]bool{}
	for _, known := range s.Printable {
		ready[known.Key] = true
	}
	choose := func(name string) *printrun.Choice {
		at := slices.IndexFunc(choices, func(c printrun.Choice) bool { return c.Name == name })
		if at < 0 {
			at = len(choices)
			choices = append(choices, printrun.Choice{Name: name, Ticked: !w.run.unticked[name]})
		}
		choices[at].Count++
		return &choices[at]
	}
	for _, sum := range w.waves.all {
		var chosen []order.ParcelKey
		name := w.environment.Tongue.Text("run.choice.wave", "wave", sum.ID, "shape", cli.ShapeWords[sum.Shape])
		for _, key := range sum.Parcels {
			if in[key] = true; ready[key] && choose(name).Ticked {
				chosen = append(chosen, key)
			}
		}
		runs = append(runs, runsOf(sum.ID, chosen)...)
	}
	var others []order.ParcelKey
	for _, known := range s.Printable {
		if !in[known.Key] && choose(w.environment.Tongue.Text("run.choice", "market", string(known.Market), "carrier", known.Provider)).Ticked {
			others = append(others, known.Key)
		}
	}
	return choices, append(runs, runsOf("", others)...)
}

// runsOf parts parcels into runs.
func runsOf(wave string, parcels []order.ParcelKey) (runs []nextRun) {
	for part := range slices.Chunk(parcels, order.LabelsARun) {
		runs = append(runs, nextRun{wave, part})
	}
	return runs
}

// tile is how far a label has come.
func tile(l station.RunLabel) printrun.State {
	switch {
	case l.Held.Key != "" || l.Elsewise:
		return printrun.Held
	case l.State == order.Seen:
		return printrun.Seen
	case l.State == order.Sent:
		return printrun.Sent
	case l.State == order.Sending:
		return printrun.Sending
	case l.Spoiled > 0 && !l.Making:
		return printrun.Spoiled
	case l.Making:
		return printrun.Making
	}
	return printrun.Queued
}

// happened is why a run stands, in a sentence that goes before the scan of the last good label.
func happened(why order.Said) order.Said {
	if said, known := happenings[why.Key]; known {
		return said
	}
	return why
}

var happenings = map[string]order.Said{
	"printer.absent": order.Say("run.lost"), "printer.cut": order.Say("run.cut"), "printer.stalled": order.Say("run.stalled"),
	"printer.paper_out": order.Say("run.stalled"), "run.doubted": {},
}

// needs are what a person does about a run that waits for them.
var needs = map[spool.Wait][2]order.Said{
	spool.OpenHead:      {order.Say("run.head"), order.Say("run.head.next")},
	spool.Stopped:       {order.Say("run.stopped"), order.Say("run.stopped.next")},
	spool.SilentPrinter: {order.Say("run.silent"), order.Say("run.silent.next")},
}

// stands fills in whether the run goes on, what it waits for, and what can be done about it.
func (w *Window) stands(m *printrun.Model, v station.RunView) {
	switch need, named := needs[v.Wait]; {
	case w.run.question == reallyCancel:
		m.Stand, m.Acts = printrun.Cancelling, []printrun.Act{printrun.CancelYesAct, printrun.CancelNoAct}
	case v.State == order.RunStanding && v.Doubts:
		m.Stand, m.Next, m.Acts = printrun.LastGood, happened(v.Why), []printrun.Act{printrun.NoneGoodAct, printrun.CancelAct}
	case v.State == order.RunStanding:
		m.Stand, m.Why, m.Next, m.Acts = printrun.Faulty, v.Why, order.Say("run.no_doubt"), []printrun.Act{printrun.GoOnAct, printrun.CancelAct}
	case v.State == order.RunPaused:
		m.Stand, m.Acts = printrun.Paused, []printrun.Act{printrun.GoOnAct, printrun.StopAct, printrun.CancelAct}
	case v.Trouble.Key != "":
		m.Stand, m.Why, m.Next, m.Acts = printrun.Faulty, v.Trouble, order.Say("run.tries_again"), []printrun.Act{printrun.PauseAct, printrun.CancelAct}
	case v.Wait == spool.NeedPaper:
		m.Stand, m.Acts = printrun.NoPaper, []printrun.Act{printrun.StopAct, printrun.CancelAct}
	case v.Wait == spool.ScanLabel:
		m.Stand, m.Ahead, m.Acts = printrun.Unproven, v.Unproven, []printrun.Act{printrun.StopAct, printrun.CancelAct}
	case named:
		m.Stand, m.Why, m.Next, m.Acts = printrun.Faulty, need[0], need[1], []printrun.Act{printrun.StopAct, printrun.CancelAct}
	default:
		m.Acts = []printrun.Act{printrun.PauseAct, printrun.StopAct, printrun.CancelAct}
	}
}

// scanOnRun takes a scan on the page of the print run. It tells whether the run took it: where there is none to take it, it is the packer's.
func (w *Window) scanOnRun(scan order.Scan) bool {
	s := w.running.Snapshot()
	v := s.Run
	if w.run.question == badgeForMissing {
		w.badgeOnRun(scan.Code)
		return true
	}
	if order.PersonOf(s.State.Staff.People, scan.Code).Badge != "" { // another packer
		w.running.Submit(scan)
		return true
	}
	if v.ID == "" || v.State == order.RunOver || v.State == order.RunGoing && v.AllSent {
		return false
	}
	w.running.WishPrint(station.PrintWish{Act: station.PrintScan, Code: scan.Code, Typed: scan.Typed})
	return true
}

// pressOnRun does what a key does on the page of the print run, as far as the page offers it.
func (w *Window) pressOnRun(key string) {
	s := w.running.Snapshot()
	m := w.runModel(s)
	if m.View == printrun.Asked {
		w.answerOnRun(key, s)
		return
	}
	offered := slices.Concat(m.Acts, []printrun.Act{m.Print, m.Turn})
	act := slices.IndexFunc(offered, func(a printrun.Act) bool { return a.Key == key && key != "" })
	switch n, err := strconv.Atoi(key); {
	case err == nil && m.View == printrun.None && n >= 1 && n <= min(len(m.Choices), printrun.MostChoices):
		w.tickChoice(m.Choices[n-1].Name)
	case act < 0:
		w.frame.Key(key)
	default:
		w.actOnRun(offered[act].Word.Key, s)
	}
	w.draw()
}

// tickChoice ticks a choice, or takes its tick away.
func (w *Window) tickChoice(name string) {
	if w.run.unticked == nil {
		w.run.unticked = map[string]bool{}
	}
	w.run.unticked[name] = !w.run.unticked[name]
}

// actOnRun does one of the page's acts, by the key of its words.
func (w *Window) actOnRun(act string, s station.Snapshot) {
	wish := func(a station.PrintAct) { w.running.WishPrint(station.PrintWish{Act: a}) }
	w.run.question = nothingAsked // it was of the run as it stood then
	switch act {
	case printrun.PrintAct(1).Word.Key:
		if _, runs := w.printable(s); len(runs) > 0 {
			w.printNext(runs[0])
		}
	case printrun.TurnAct.Word.Key:
		w.run.firstOnTop = !w.run.firstOnTop
	case printrun.PauseAct.Word.Key:
		wish(station.PrintPause)
	case printrun.GoOnAct.Word.Key:
		wish(station.PrintGoOn)
	case printrun.StopAct.Word.Key:
		wish(station.PrintDoubt)
	case printrun.NoneGoodAct.Word.Key:
		wish(station.PrintNone)
	case printrun.CancelAct.Word.Key:
		w.run.question = reallyCancel
	case printrun.CancelYesAct.Word.Key, printrun.DoneAct.Word.Key:
		wish(station.PrintGiveUp)
	case printrun.MissingAct(1).Word.Key:
		w.run.question = whyMissing
	}
}

// printNext begins a run.
func (w *Window) printNext(run nextRun) {
	parcels := run.parcels
	if w.run.firstOnTop {
		parcels = spool.Reversed(parcels)
	}
	w.running.WishPrint(station.PrintWish{Act: station.PrintThese, Parcels: parcels, Wave: run.wave})
}

// answerOnRun answers what the page asks before labels are printed again.
func (w *Window) answerOnRun(key string, s station.Snapshot) {
	n, err := strconv.Atoi(key)
	switch {
	case key == back:
		w.run.question = nothingAsked
	case w.run.question == whyMissing && err == nil && n >= 1 && n <= len(order.Reasons):
		w.run.question = nothingAsked
		if s.Run.NeedsBadge {
			w.run.question, w.run.why = badgeForMissing, order.Reasons[n-1]
			break
		}
		w.running.WishPrint(station.PrintWish{Act: station.PrintMissing, Why: order.Reasons[n-1]})
	default:
		w.frame.Key(key)
	}
	w.draw()
}

// onRun tells whether the page of the print run takes keys and scans.
func (w *Window) onRun() bool { return w.page == frame.PageRun && w.running != nil }
