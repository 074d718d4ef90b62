package window

import (
	"context"
	"math"
	"strconv"
	"time"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/report"
	"packbench/internal/station"
	"packbench/ui/filter"
	"packbench/ui/frame"
	"packbench/ui/overdue"
)

// overduePage is the supervisor's page and what a person has chosen on it. It belongs to the main goroutine.
type overduePage struct {
	*overdue.Screen
	now       cli.OverdueNow   // as it was read last
	soon      []cli.Late       // of it: what runs out within the lead time
	cancels   []order.DueClock // of it: what the platform cancels soon
	outlook   report.Outlook
	outlookAt time.Time // when it was read; zero: never
	choice    lateChoice
	chipsFrom int
	at        int  // the marked row, of all that fit
	pointed   bool // whether a person marked it: the first row is marked before anybody did
	opened    openedLate
	report    overdue.Report
	asksPrint bool // whether so many sheets are to be printed: the key once more is the yes

	reading, foreseeing, opening, looking, acting bool // what the clerks are at
	triedAt, foreseenAt                           time.Time
	heardOf                                       waveNews
	scans                                         []order.Scan // that wait to be looked up
	told                                          toldClocks
}

// lateChoice is which parcels are shown; the zero value shows all that are late. soon shows those with a clock that runs out within the lead time instead.
type lateChoice struct {
	soon   bool
	cause  order.Cause
	market order.Market
	mine   bool
}

// openedLate is the parcel that is seen; the zero value is none.
type openedLate struct {
	key    order.ParcelKey
	facts  order.Facts
	cause  order.Cause
	clocks []order.Clock
	how    order.Said // what is to be done in full, of one that has left
	isRead bool
	first  int // clock that is shown
}

// The pauses between two readings of what is late: while the page is seen, and while it is not, for the number at its key and for the notices; and between two
// looks ahead, which read the day.
const (
	lateSoon     = 5 * time.Second
	lateUnseen   = 30 * time.Second
	foreseeAfter = 30 * time.Second
)

// lateStale is the age from which the page says that it was not read again.
const lateStale = 4 * lateSoon

// countdown is how long before the platform cancels a parcel this is shown apart.
const countdown = 24 * time.Hour

// onOverdue tells whether the supervisor's page takes keys and scans.
func (w *Window) onOverdue() bool { return w.page == frame.PageOverdue && w.bench != nil }

// keepOverdue has what is late read anew: often while it is looked at.
func (w *Window) keepOverdue(s station.Snapshot, now time.Time) {
	o := &w.overdue
	pause := lateUnseen
	if w.onOverdue() {
		pause = lateSoon
		if news := (waveNews{reading: s.LastReading, strip: s.Strip.At, outbox: s.Outbox, run: s.Run.State}); news != o.heardOf && now.Sub(o.triedAt) >= rowsSoon {
			o.heardOf, pause = news, 0
		}
		w.foresee(now)
	}
	if w.bench == nil || !o.triedAt.IsZero() && now.Sub(o.triedAt) < pause {
		return
	}
	within := max(countdown, w.lead())
	if w.beside(&o.reading, func(context.Context) func() {
		read, err := w.bench.OverdueNow(within)
		return func() {
			if err != nil {
				w.overdueFailed(err)
				return
			}
			w.takeOverdue(read)
			w.noticeClocks(w.environment.Now())
			w.openLate(o.opened.key)
		}
	}) {
		o.triedAt = now
	}
}

// foresee has the day read, and what becomes of it.
func (w *Window) foresee(now time.Time) {
	o := &w.overdue
	if !o.foreseenAt.IsZero() && now.Sub(o.foreseenAt) < foreseeAfter {
		return
	}
	if w.beside(&o.foreseeing, func(context.Context) func() {
		outlook, err := w.bench.Outlook()
		return func() {
			if err != nil {
				w.overdueFailed(err)
				return
			}
			o.outlook, o.outlookAt = outlook, w.environment.Now()
		}
	}) {
		o.foreseenAt = now
	}
}

// drawOverdue shows the page while it is looked at, and keeps the number at its key and the notices true meanwhile.
func (w *Window) drawOverdue(s station.Snapshot, now time.Time) {
	w.keepOverdue(s, now)
	if !w.onOverdue() { // whoever comes back sees the list
		w.overdue.opened, w.overdue.report, w.overdue.asksPrint = openedLate{}, overdue.Report{}, false
		return
	}
	w.overdue.Render(w.overdueModel(now))
	if digit := w.typing.digit(9, now); digit > 0 {
		w.pressOnOverdue(strconv.Itoa(digit))
	}
}

// overdueModel is the page.
func (w *Window) overdueModel(now time.Time) overdue.Model {
	o := &w.overdue
	here := now.Local()
	m := overdue.Model{Now: here, Report: o.report, Chosen: -1, IsOpen: o.opened.key != ""}
	if m.IsOpen {
		m.Parcel = w.openedModel(here)
		return m
	}
	m.AsOf, m.Stale = w.lateAsOf(now)
	m.Numbers, m.Curve = w.numbers(), w.curve()
	w.cancelsInto(&m)
	chips := w.lateChips()
	from := min(o.chipsFrom, max(0, len(chips)-1))
	for _, c := range chips[from:min(len(chips), from+o.ChipRoom())] {
		m.Chips = append(m.Chips, c.Chip)
	}
	m.More = len(chips) > o.ChipRoom()
	w.rowsInto(&m)
	for _, d := range o.now.Running {
		if m.NextDue.IsZero() && inOurHands(d.Cause) {
			m.NextDue = local(d.Due)
		}
	}
	return m
}

// lateAsOf is of when the list is: of when it was read, or of when the platform was, whose word it is of. stale tells that either was not read again when it should have been.
func (w *Window) lateAsOf(now time.Time) (asOf time.Time, stale bool) {
	asOf = w.overdue.now.At
	stale = !asOf.IsZero() && now.Sub(asOf) > lateStale
	if latest := w.latest.Load(); latest != nil && !latest.LastReading.IsZero() && latest.LastReading.Before(asOf) {
		asOf = latest.LastReading
		stale = stale || now.Sub(asOf) > staleAfter
	}
	return local(asOf), stale
}

// inOurHands tells whether somebody here can do something about a cause.
func inOurHands(c order.Cause) bool {
	owner, _ := c.ToDo()
	return owner != order.OwnerBuyer && owner != order.OwnerCarrier
}

// numbers are the four on top.
func (w *Window) numbers() overdue.Numbers {
	o := &w.overdue
	f := o.outlook.Forecast
	shown := overdue.Numbers{Overdue: len(o.now.Late), CutOff: local(o.now.CutOff), Owed: o.now.Answers}
	for _, c := range f.CutOffs {
		if c.At.After(o.now.At) && !c.At.After(w.until()) {
			shown.Due += c.Parcels
			shown.Miss += c.Miss.Likely
		}
	}
	shown.MissKnown = !o.outlookAt.IsZero() && (f.Unknown == report.Foreseen || f.Unknown == report.NothingDue)
	return shown
}

// until is the moment to which the day is looked at: the next cut-off, or the end of the day where no shop has one.
func (w *Window) until() time.Time {
	if cutOff := w.overdue.now.CutOff; !cutOff.IsZero() {
		return cutOff
	}
	day := w.overdue.now.At.Local()
	return time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, day.Location())
}

// curve is the day as it is drawn, and the pace it takes for what is due until its end.
func (w *Window) curve() (shown overdue.Curve) {
	c := w.overdue.outlook.Curve
	if c.Done == 0 {
		return shown
	}
	shown = overdue.Curve{From: local(c.From), To: local(w.until()), Pace: int(math.Round(c.AnHour)), Done: c.Done}
	if left := w.until().Sub(c.Now); left > 0 {
		shown.Needed = int(math.Ceil(float64(w.numbers().Due) / left.Hours()))
	}
	for _, p := range c.Points {
		shown.Paces = append(shown.Paces, overdue.Pace{At: local(p.At), Hour: p.AnHour})
	}
	return shown
}

// cancelsInto puts the parcels that the platform cancels next into the model.
func (w *Window) cancelsInto(m *overdue.Model) {
	for _, d := range w.overdue.cancels {
		if len(m.Cancels) < w.overdue.CancelRoom() {
			m.Cancels = append(m.Cancels, overdue.Cancel{Order: number(d.Facts), Due: local(d.Due)})
		} else {
			m.CancelsMore++
		}
	}
}

// number is the order's number, or the parcel's where the platform has told of none.
func number(f *order.Facts) string {
	if len(f.OrderIDs) > 0 {
		return f.OrderIDs[0]
	}
	return string(f.Key)
}

// lateChip is a chip, and what a press on it chooses.
type lateChip struct {
	filter.Chip
	choose func(*lateChoice)
}

// lateChips are all that can be chosen: first all, then markets where there are several, what is mine, and the causes there are.
func (w *Window) lateChips() []lateChip {
	o, tongue := &w.overdue, w.environment.Tongue
	markets, causes, mine := map[string]int{}, map[order.Cause]int{}, 0
	for _, l := range w.listed() {
		markets[string(l.Facts.Market)]++
		causes[l.Cause]++
		if w.isMine(l.Cause) {
			mine++
		}
	}
	chips := []lateChip{
		{filter.Chip{Word: tongue.Text("overdue.chip.all"), Count: len(o.now.Late), On: o.choice == lateChoice{}}, func(c *lateChoice) { *c = lateChoice{} }},
		{filter.Chip{Word: tongue.Text("overdue.chip.soon"), Count: len(o.soon), On: o.choice.soon}, func(c *lateChoice) { *c = lateChoice{soon: !c.soon} }},
	}
	for _, name := range most(markets) {
		if len(markets) > 1 || o.choice.market != "" {
			market := order.Market(name)
			chips = append(chips, lateChip{filter.Chip{Word: name, Count: markets[name], On: o.choice.market == market}, func(c *lateChoice) { c.market = toggled(c.market, market) }})
		}
	}
	chips = append(chips, lateChip{filter.Chip{Word: tongue.Text("overdue.chip.mine"), Count: mine, On: o.choice.mine}, func(c *lateChoice) { c.mine = !c.mine }})
	for _, cause := range order.Causes {
		if causes[cause] > 0 || o.choice.cause == cause {
			chips = append(chips, lateChip{filter.Chip{Word: tongue.Text("cause." + string(cause)), Count: causes[cause], On: o.choice.cause == cause}, func(c *lateChoice) { c.cause = toggled(c.cause, cause) }})
		}
	}
	return chips
}

// toggled is the value, or none where it was the value already.
func toggled[T comparable](was, value T) (none T) {
	if was == value {
		return none
	}
	return value
}

// isMine tells whether whoever is signed in can do something about a cause: a supervisor about what is a supervisor's, others about what is done with goods. Where
// nobody is registered the page is the supervisor's.
func (w *Window) isMine(c order.Cause) bool {
	owner, _ := c.ToDo()
	latest := w.latest.Load()
	if latest == nil || len(latest.State.Staff.People) == 0 || latest.State.Staff.Packer.Supervisor {
		return owner == order.OwnerSupervisor
	}
	return owner == order.OwnerPicker || owner == order.OwnerPacker || owner == order.OwnerShelf
}

// takeOverdue takes in what was read. Soon are parcels with a clock that runs out within the lead time, of which somebody here can do something; cancels are clocks of
// those that the platform cancels soon, each parcel once.
func (w *Window) takeOverdue(read cli.OverdueNow) {
	o := &w.overdue
	o.now, o.cancels = read, nil
	var running []order.DueClock
	known := map[order.ParcelKey]bool{}
	for _, d := range read.Running {
		if !inOurHands(d.Cause) {
			continue
		}
		if !d.Due.After(read.At.Add(w.ahead())) {
			running = append(running, d)
		}
		if d.Consequence.Cancels() && !known[d.Facts.Key] && d.Due.Before(read.At.Add(countdown)) {
			known[d.Facts.Key] = true
			o.cancels = append(o.cancels, d)
		}
	}
	o.soon = cli.ByCause(running)
}

// listed are the parcels the list is of: those that are late, or those that soon will be.
func (w *Window) listed() []cli.Late {
	if w.overdue.choice.soon {
		return w.overdue.soon
	}
	return w.overdue.now.Late
}

// lateShown are the parcels of the list that fit the choice.
func (w *Window) lateShown() (shown []cli.Late) {
	c := w.overdue.choice
	for _, l := range w.listed() {
		if (c.cause == "" || c.cause == l.Cause) && (c.market == "" || c.market == l.Facts.Market) && (!c.mine || w.isMine(l.Cause)) {
			shown = append(shown, l)
		}
	}
	return shown
}

// rowsInto puts the part of the list that is seen into the model.
func (w *Window) rowsInto(m *overdue.Model) {
	o, all := &w.overdue, w.lateShown()
	counts := map[order.Cause]int{}
	for _, l := range all {
		counts[l.Cause]++
	}
	room := o.Room()
	o.at = max(0, min(o.at, len(all)-1))
	m.Count, m.First = len(all), o.at/room*room
	was := order.Cause("")
	for i, l := range all[m.First:min(len(all), m.First+room)] {
		if m.First+i == o.at {
			m.Chosen = i
		}
		if l.Cause != was {
			was = l.Cause
			m.Groups = append(m.Groups, overdue.Group{Cause: order.Said{Key: "cause." + string(l.Cause)}, Count: counts[l.Cause]})
		}
		g := &m.Groups[len(m.Groups)-1]
		row := w.lateRow(l.Facts, l.Cause, m.Now)
		row.Clock, row.Due = order.Said{Key: "clock." + string(l.Clocks[0].ID)}, local(l.Clocks[0].Due)
		g.Rows = append(g.Rows, row)
	}
}
