package window

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/settings"
	"packbench/internal/station"
	"packbench/scanner"
	"packbench/ui/filter"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/orders"
)

// saveKey saves the filter, or forgets it where it is saved.
const saveKey = "F11"

// drawOrders shows the page of orders, and has read what it needs.
func (w *Window) drawOrders(s station.Snapshot, now time.Time) {
	o := &w.orders
	news := waveNews{reading: s.LastReading, strip: s.Strip.At, outbox: s.Outbox, run: s.Run.State}
	if news != o.heardOf && now.Sub(o.readAt) >= rowsSoon {
		o.heardOf, o.readAt, o.found.stale = news, now, true
		if o.opened != "" {
			w.readOrder()
		}
	}
	w.findRows()
	w.tallyOrders(now)
	o.Render(w.ordersModel(now))
	if digit := w.typing.digit(9, now); digit > 0 {
		w.pressOnOrders(strconv.Itoa(digit))
	}
}

// findRows reads the rows that are to be seen, where those that were read are others.
func (w *Window) findRows() {
	o := &w.orders
	room := o.Room()
	from := o.at / room * room
	if f := o.found; f.isRead && !f.stale && f.text == o.text && (f.from == from && f.room >= room || f.wrong.Key != "") {
		return
	}
	text := o.text
	if w.beside(&o.finding, func(context.Context) func() {
		read := foundRows{text: text, from: from, room: room, isRead: true}
		chosen, _, err := w.bench.Filter(text)
		if err != nil {
			read.wrong = order.AsProblem(err).Said
			return func() { // the rows stay as they are
				read.facts, read.count, read.from, read.stale = o.found.facts, o.found.count, o.found.from, o.found.stale
				o.found = read
			}
		}
		found, err := w.bench.Store.Find(chosen.Fits, from, room)
		read.facts, read.count = found.Facts, found.Count
		return func() {
			if err != nil {
				w.ordersFailed(err)
			}
			read.stale = o.found.stale // something happened meanwhile
			o.found = read
			if o.at >= read.count { // there are fewer by now
				o.at = max(0, read.count-1)
			}
		}
	}) {
		o.found.stale = false
	}
}

// tallyOrders counts what the chips stand for, now and then.
func (w *Window) tallyOrders(now time.Time) {
	o := &w.orders
	if now.Sub(o.tallied) < chipsAge {
		return
	}
	o.tallied = now
	tongue := w.environment.Tongue.Text
	w.beside(&o.tallying, func(context.Context) func() {
		known, err := settings.Load(w.environment.Dir)
		var saved []chip
		for _, f := range known.Filters {
			chosen, _, err := w.bench.Filter(f.Words)
			if err != nil {
				continue // what it says is told when it is used
			}
			found, err := w.bench.Store.Find(chosen.Fits, 0, 0)
			if err != nil {
				continue
			}
			saved = append(saved, chip{name: "filter", value: f.Name, text: f.Name, count: found.Count})
		}
		counts, inState := newTally(now.Local()), map[string]int{}
		_, finding := w.bench.Store.Find(func(f *order.Facts) bool {
			inState[f.State()]++
			if f.Left() {
				counts.count(f)
			}
			return false
		}, 0, 0)
		return func() {
			for _, trouble := range []error{err, finding} {
				if trouble != nil {
					w.ordersFailed(trouble)
					return
				}
			}
			o.saved, o.chips = known.Filters, slices.Concat(saved, stateChips(inState), counts.chips(tongue))
			if o.chipsFrom >= len(o.chips) {
				o.chipsFrom = 0
			}
		}
	})
}

// stateChips are the states there are parcels in: those that want a hand first, then those with most.
func stateChips(inState map[string]int) (all []chip) {
	for _, name := range most(inState) {
		all = append(all, chip{name: "state", value: name, word: stateOf(name).Said, count: inState[name]})
	}
	urgency := func(c chip) int {
		switch {
		case c.value == string(order.Ready):
			return 0
		case stateOf(c.value).Tone == kit.Loud || c.value == string(order.CancelRequest):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(a, b chip) int { return urgency(a) - urgency(b) })
	return all
}

// ordersFailed says what went wrong.
func (w *Window) ordersFailed(err error) {
	problem := order.AsProblem(err)
	w.log.Warn("orders", "problem", problem.Error())
	w.orders.report = orders.Report{Tone: kit.Bad, Said: problem.Said}
}

// filterOrders takes a filter as it is being written.
func (w *Window) filterOrders(text string) {
	o := &w.orders
	o.text, o.at, o.report = strings.TrimSpace(text), 0, orders.Report{}
	w.draw()
}

// pressOnOrders does what a key does on the page of orders.
func (w *Window) pressOnOrders(key string) {
	o := &w.orders
	if key == string(fyne.KeyEscape) {
		key = orders.BackKey
	}
	switch digit, err := strconv.Atoi(key); {
	case key == orders.BackKey && w.window.Canvas().Focused() != nil:
		w.window.Canvas().Unfocus()
	case o.opened == "" && w.pressOnExport(key):
	case key == orders.BackKey && o.opened != "":
		o.opened, o.report = "", orders.Report{}
	case err == nil && o.opened != "":
		if digit >= 1 && digit <= int(orders.Platform)+1 {
			o.section, o.first = orders.Section(digit-1), 0
		}
	case err == nil:
		w.pressChip(digit, o.chips, &o.chipsFrom, o.Filter(), o.text, w.filterOrders)
	case key == filter.FieldKey && o.opened == "":
		w.window.Canvas().Focus(o.Filter().Field())
	case key == orders.PackKey && o.opened != "":
		w.makeAppeal()
	case key == exportKey && o.opened == "":
		w.askExport()
	case key == saveKey && o.opened == "" && o.text != "":
		w.saveFilter()
	case o.opened != "" && (key == string(fyne.KeyPageDown) || key == string(fyne.KeyPageUp)):
		moved(key, &o.first, len(w.shownOrder(w.environment.Now()).Lines), o.LineRoom())
	case key == string(fyne.KeyReturn):
		w.openRow(o.at - o.found.from)
	case !moved(key, &o.at, o.found.count, o.Room()):
		w.frame.Key(key) // a key nobody knows does nothing
	case o.opened != "": // the order beside the table is the marked one
		if at := o.at - o.found.from; at >= 0 && at < len(o.found.facts) {
			w.openRow(at)
		}
	}
	w.draw()
}

// openRow opens the order at a place of the table.
func (w *Window) openRow(at int) {
	o := &w.orders
	if at < 0 || at >= len(o.found.facts) || len(o.found.facts[at].OrderIDs) == 0 {
		return
	}
	o.at = o.found.from + at
	w.openOrder(o.found.facts[at].OrderIDs[0])
}

// openOrder shows what is known of an order.
func (w *Window) openOrder(id string) {
	w.orders.opened, w.orders.first, w.orders.report = id, 0, orders.Report{}
	w.readOrder()
	w.draw()
}

// readOrder reads the order that is seen.
func (w *Window) readOrder() {
	o := &w.orders
	id, tongue := o.opened, w.environment.Tongue
	w.beside(&o.reading, func(context.Context) func() {
		read, found, err := w.bench.OrderNow(tongue, id)
		return func() {
			switch {
			case o.opened != id: // another was opened meanwhile
				if o.opened != "" {
					w.readOrder()
				}
			case err != nil:
				w.ordersFailed(err)
			case !found:
				o.opened, o.report = "", orders.Report{Tone: kit.Loud, Said: order.Say("orders.gone")}
			default:
				o.order = read
			}
		}
	})
}

// saveFilter saves the filter under its own words, or forgets it where it is saved.
func (w *Window) saveFilter() {
	o := &w.orders
	text, name := o.text, w.savedAs()
	kept := settings.Filter{Name: nextName(text, o.saved), Words: text}
	dir := w.environment.Dir
	w.beside(&o.saving, func(context.Context) func() {
		var err error
		done := orders.Report{Tone: kit.Calm, Said: order.Say("orders.saved", "name", kept.Name)}
		if name != "" {
			done.Said = order.Say("orders.dropped", "name", name)
			err = cli.DropFilter(dir, name)
		} else if _, kept.Words, err = w.bench.Filter(text); err == nil {
			err = cli.SaveFilter(dir, kept)
		}
		return func() {
			if o.report = done; err != nil {
				w.ordersFailed(err)
			}
			o.tallied = time.Time{}
		}
	})
}

// scanOnOrders takes a scan on the page of orders: the number of an order or a parcel is looked up there, unless a parcel is open at the bench, whose scans come
// first. What is no such number is the bench's. It tells whether it took the scan.
func (w *Window) scanOnOrders(scan order.Scan) bool {
	o := &w.orders
	if scan.Typed && len(scan.Code) == 1 {
		w.pressOnOrders(scan.Code)
		return true
	}
	if w.running != nil && w.running.Snapshot().State.Phase != packing.Idle {
		return false
	}
	o.scans = append(o.scans, scan)
	w.lookUp()
	return true
}

// lookUp looks the oldest scan up that waits; the others come behind it in their order.
func (w *Window) lookUp() {
	o := &w.orders
	if len(o.scans) == 0 {
		return
	}
	scan := o.scans[0]
	w.beside(&o.looking, func(context.Context) func() {
		id, found, err := w.bench.OrderOf(scanner.Clean(scan.Code))
		return func() {
			o.scans = o.scans[1:]
			switch {
			case err != nil:
				w.ordersFailed(err)
			case found && w.onOrders():
				w.openOrder(id)
			case w.running != nil:
				w.turnTo(frame.PagePack)
				w.running.Submit(scan)
			}
			w.lookUp()
		}
	})
}
