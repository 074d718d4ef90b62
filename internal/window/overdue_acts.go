package window

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/scanner"
	"packbench/ui/filter"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/orders"
	"packbench/ui/overdue"
)

// overdueHands are what a finger does on the page.
func (w *Window) overdueHands() overdue.Hands {
	return overdue.Hands{
		Press: w.press,
		Open:  func(row int) { w.chooseLate(row, func(key order.ParcelKey) { w.openLate(key) }) },
		Act:   func(row int) { w.chooseLate(row, func(order.ParcelKey) { w.actOnLate() }) },
		Cancel: func(place int) {
			if all := w.overdue.cancels; place < len(all) {
				w.openLate(all[place].Facts.Key)
				w.draw()
			}
		},
	}
}

// chooseLate marks a row by its place among those that are seen, and does something with its parcel.
func (w *Window) chooseLate(row int, do func(order.ParcelKey)) {
	o, all := &w.overdue, w.lateShown()
	if at := o.at/o.Room()*o.Room() + row; at < len(all) {
		o.at, o.pointed = at, true
		do(all[at].Facts.Key)
	}
	w.draw()
}

// overdueFailed says what went wrong; what to do stands in the Problem.
func (w *Window) overdueFailed(err error) {
	problem := order.AsProblem(err)
	w.log.Warn("overdue", "problem", problem.Error())
	w.overdue.report = overdue.Report{Tone: kit.Bad, Said: problem.Said}
}

// pressOnOverdue does what a key does on the page.
func (w *Window) pressOnOverdue(key string) {
	o := &w.overdue
	if key == string(fyne.KeyEscape) {
		key = overdue.BackKey
	}
	open := o.opened.key != ""
	digit, err := strconv.Atoi(key)
	if o.asksPrint && key != overdue.PrintKey {
		o.asksPrint, o.report = false, overdue.Report{}
	}
	switch {
	case open && (key == overdue.BackKey || key == "F6"):
		o.opened, o.report = openedLate{}, overdue.Report{}
	case key == overdue.BackKey:
		o.choice, o.chipsFrom, o.at, o.pointed, o.report = lateChoice{}, 0, 0, false, overdue.Report{}
	case key == overdue.ActKey:
		w.actOnLate()
	case open && key == overdue.PrintKey:
		w.showOrder()
	case open && key == overdue.RulesKey:
		w.openRules()
	case open:
		if !moved(key, &o.opened.first, len(o.opened.clocks), o.ClockRoom()) {
			w.frame.Key(key) // a key nobody knows does nothing
		}
	case err == nil:
		w.pressLateChip(digit)
	case key == overdue.PrintKey:
		w.printOverdue()
	case key == overdue.SheetKey:
		w.writeOverdue()
	case key == overdue.OpenKey:
		w.chooseLate(o.at%o.Room(), func(key order.ParcelKey) { w.openLate(key) })
		return
	case moved(key, &o.at, len(w.lateShown()), o.Room()):
		o.pointed = true
	default:
		w.frame.Key(key)
	}
	w.draw()
}

// pressLateChip chooses by a chip, or shows other chips.
func (w *Window) pressLateChip(digit int) {
	o, chips := &w.overdue, w.lateChips()
	at := o.chipsFrom + digit - 1
	switch {
	case strconv.Itoa(digit) == filter.MoreKey && len(chips) > o.ChipRoom():
		if o.chipsFrom += o.ChipRoom(); o.chipsFrom >= len(chips) {
			o.chipsFrom = 0
		}
	case digit >= 1 && digit <= o.ChipRoom() && at < len(chips):
		chips[at].choose(&o.choice)
		o.at, o.pointed, o.report = 0, false, overdue.Report{}
		if o.choice == (lateChoice{}) {
			o.chipsFrom = 0
		}
	}
}

// openLate shows everything about a parcel; of the empty key it does nothing.
func (w *Window) openLate(key order.ParcelKey) {
	o := &w.overdue
	if key == "" {
		return
	}
	if o.opened.key != key {
		o.opened, o.report = openedLate{key: key}, overdue.Report{}
	}
	w.beside(&o.opening, func(context.Context) func() {
		facts, clocks, cause, found, err := w.bench.ClocksOf(key)
		var how order.Said
		if err == nil && found {
			how, err = w.bench.Remedy(&facts, clocks)
		}
		return func() {
			switch {
			case o.opened.key != key: // another was opened meanwhile
				w.openLate(o.opened.key)
			case err != nil:
				w.overdueFailed(err)
			case !found:
				o.opened, o.report = openedLate{}, overdue.Report{Tone: kit.Loud, Said: order.Say("overdue.gone")}
			default:
				o.opened.facts, o.opened.clocks, o.opened.cause, o.opened.how, o.opened.isRead = facts, clocks, cause, how, true
			}
		}
	})
}

// late is the parcel at hand: the one that is seen, or the marked row's; nil where there is none. It stays what it is when the page is left.
func (w *Window) late() (f *order.Facts, cause order.Cause) {
	o := &w.overdue
	if o.opened.key != "" {
		if !o.opened.isRead {
			return nil, ""
		}
		seen := o.opened.facts
		return &seen, o.opened.cause
	}
	if all := w.lateShown(); o.at < len(all) {
		return all[o.at].Facts, all[o.at].Cause
	}
	return nil, ""
}

// actOnLate leads to where the next act with the parcel at hand is done.
func (w *Window) actOnLate() {
	f, cause := w.late()
	if f == nil {
		return
	}
	switch _, next := cause.ToDo(); next {
	case order.ActWait:
	case order.ActArrange:
		w.arrangeLate(f.Key)
	case order.ActPick:
		w.pickLate(f)
	case order.ActHandOver:
		w.frame.Key("F4")
	case order.ActAskCarrier, order.ActCompareTrack, order.ActRedeliver:
		w.showOrderOf(f, orders.Happened)
	case order.ActRestock:
		w.showOrderOf(f, orders.Goods)
	default: // what is done at the bench begins with the parcel's code
		w.turnTo(frame.PagePack)
		if w.running != nil {
			w.running.Submit(order.Scan{Code: string(f.Key), Device: "screen", Typed: true, At: w.environment.Now()})
		}
	}
}

// pickLate opens the wave of a parcel, or chooses it alone for a new one. Where nobody pointed at a parcel all that is late is chosen, unless it is a rule alone that
// calls the first late.
func (w *Window) pickLate(f *order.Facts) {
	market, alone := w.overdue.choice.market, w.overdue.pointed || w.overdue.opened.key != ""
	w.turnTo(frame.PagePick)
	if f.Wave != "" {
		w.openWave(f.Wave)
		return
	}
	w.closeWave()
	text := "text:" + number(f)
	if now := w.environment.Now().Local(); !alone && f.Due.Before(now) {
		text = "due:" + now.Format("15:04")
		if market != "" {
			text += " market:" + string(market)
		}
	}
	w.pick.Filter().Fill(text)
	w.filterWaves(text)
}

// showOrder shows all that is known of the order that is seen.
func (w *Window) showOrder() {
	if f, _ := w.late(); f != nil {
		w.showOrderOf(f, w.orders.section)
	}
}

// showOrderOf shows an order in a section of it.
func (w *Window) showOrderOf(f *order.Facts, section orders.Section) {
	w.turnTo(frame.PageOrders)
	w.orders.section = section
	w.openOrder(number(f))
}

// arrangeLate arranges shipment of a parcel.
func (w *Window) arrangeLate(key order.ParcelKey) {
	verb := &cli.Arrange{Parcels: []string{string(key)}}
	w.doForOverdue(verb.Run, order.Say("overdue.arranging"), order.Say("overdue.arranged"))
}

// What goes on a sheet at least, and how many sheets are printed without a question.
const (
	lateOnSheet = 7
	fewSheets   = 5
)

// printOverdue prints what is shown of the list where the bench's labels are printed. Before many labels are spent on it, it asks.
func (w *Window) printOverdue() {
	o := &w.overdue
	parcels := len(w.lateShown())
	if sheets := (parcels + lateOnSheet - 1) / lateOnSheet; sheets > fewSheets && !o.asksPrint {
		o.asksPrint, o.report = true, overdue.Report{Tone: kit.Loud, Said: order.Say("overdue.many_sheets", "count", parcels, "sheets", sheets)}
		return
	}
	o.asksPrint = false
	verb := &cli.Overdue{OnPaper: cli.OnPaper{Print: true, Printer: w.options.Printer, Size: "100x150"}, Within: w.within(), Fits: w.fitsChoice()}
	w.doForOverdue(verb.Run, order.Say("overdue.printing"), order.Say("overdue.printed"))
}

// writeOverdue writes what is shown of the list into a spreadsheet in the bench's folder.
func (w *Window) writeOverdue() {
	file := filepath.Join(w.environment.Dir, exportFolder, "overdue"+w.environment.Now().Local().Format("-2006-01-02-150405")+".xlsx")
	verb := &cli.Overdue{XLSX: true, File: file, Within: w.within(), Fits: w.fitsChoice()}
	run := func(e *cli.Environment) error {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return order.Trouble(err, "export.no_folder", "folder", filepath.Dir(file))
		}
		return verb.Run(e)
	}
	w.doForOverdue(run, order.Say("overdue.writing"), order.Say("overdue.in_file", "file", filepath.Join(exportFolder, filepath.Base(file))))
}

// within is how far ahead the list looks that is shown.
func (w *Window) within() time.Duration {
	if w.overdue.choice.soon {
		return w.ahead()
	}
	return 0
}

// fitsChoice tells of a clock whether it is in the list as it is chosen now.
func (w *Window) fitsChoice() func(order.DueClock) bool {
	c, shown := w.overdue.choice, map[order.ParcelKey]bool{}
	for _, l := range w.lateShown() {
		shown[l.Facts.Key] = true
	}
	return func(d order.DueClock) bool {
		return (shown[d.Facts.Key] || c == lateChoice{}) && c.soon == (d.State != order.Missed)
	}
}

// doForOverdue has something done beside the loop, as its verb does it.
func (w *Window) doForOverdue(run func(*cli.Environment) error, meanwhile, done order.Said) {
	o := &w.overdue
	if !w.beside(&o.acting, func(ctx context.Context) func() {
		e := *w.environment
		e.Context, e.Stdout, e.Bench = ctx, io.Discard, w.bench
		err := run(&e)
		return func() {
			switch {
			case errors.Is(err, cli.ErrNeedsPerson):
				o.report = overdue.Report{Tone: kit.Loud, Said: order.Say("overdue.needs_person")}
			case err != nil:
				w.overdueFailed(err)
			default:
				o.report = overdue.Report{Tone: kit.Calm, Said: done}
			}
			o.triedAt = time.Time{} // it may be another list by now
		}
	}) {
		o.report = overdue.Report{Tone: kit.Loud, Said: order.Say("pick.busy")}
		return
	}
	o.report = overdue.Report{Tone: kit.Told, Said: meanwhile}
}

// scanOnOverdue takes a scan on the page: the number of an order or a parcel opens its row, unless a parcel is open at the bench, whose scans come first. What is no such
// number is the bench's. It tells whether it took the scan.
func (w *Window) scanOnOverdue(scan order.Scan) bool {
	o := &w.overdue
	if scan.Typed && len(scan.Code) == 1 {
		w.pressOnOverdue(scan.Code)
		return true
	}
	if w.running != nil && w.running.Snapshot().State.Phase != packing.Idle {
		return false
	}
	o.scans = append(o.scans, scan)
	w.lookUpLate()
	return true
}

// lookUpLate looks the oldest scan up that waits; the others come behind it in their order.
func (w *Window) lookUpLate() {
	o := &w.overdue
	if len(o.scans) == 0 {
		return
	}
	scan := o.scans[0]
	w.beside(&o.looking, func(context.Context) func() {
		keys, err := w.bench.Store.ParcelsOf(scanner.Clean(scan.Code))
		return func() {
			o.scans = o.scans[1:]
			switch {
			case err != nil:
				w.overdueFailed(err)
			case len(keys) > 0 && w.onOverdue():
				w.openLate(keys[0])
			case w.running != nil:
				w.turnTo(frame.PagePack)
				w.running.Submit(scan)
			}
			w.lookUpLate()
		}
	})
}
