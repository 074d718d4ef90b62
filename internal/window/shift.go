package window

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/report"
	"packbench/internal/station"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/shift"
)

// shiftPage is the page of the shift and what a person has chosen on it. It belongs to the main goroutine.
type shiftPage struct {
	*shift.Screen
	back            int    // days before today
	own             string // whose it is that was chosen for; empty: everybody's
	section         shift.Section
	first           int // row that is shown
	firstRate       int
	read            report.Shift
	readAt, tried   time.Time
	rates           []report.Rate
	rated           time.Time
	wrong           order.Said
	reading, rating bool // what the clerks are at
}

// How old what the page shows may be: what was done, and the rates, for which all parcels are looked through.
const (
	shiftAge = 10 * time.Second
	ratesAge = 5 * time.Minute
)

// onShift tells whether the page of the shift takes keys.
func (w *Window) onShift() bool { return w.page == frame.PageShift && w.bench != nil }

// ownShift is whose shift alone may be seen: a packer's, where people are registered; empty: everybody's.
func ownShift(s station.Snapshot) string {
	if staff := s.State.Staff; len(staff.People) > 0 && !staff.Packer.Supervisor {
		return staff.Packer.Name
	}
	return ""
}

// drawShift shows the page, and has read what it needs.
func (w *Window) drawShift(s station.Snapshot, now time.Time) {
	p := &w.shift
	if own := ownShift(s); own != p.own {
		p.own, p.section, p.back, p.first, p.readAt, p.tried = own, shift.Day, 0, 0, time.Time{}, time.Time{}
	}
	if now.Sub(p.tried) >= shiftAge || p.readAt.IsZero() && !p.reading {
		w.readShift(now)
	}
	if p.section == shift.Rates && now.Sub(p.rated) >= ratesAge {
		w.readRates(now)
	}
	p.Render(w.shiftModel(now))
	if digit := w.typing.digit(9, now); digit > 0 {
		w.pressOnShift(strconv.Itoa(digit))
	}
}

// dayShown is the midnight with which the day begins that is seen.
func (p *shiftPage) dayShown(now time.Time) time.Time {
	year, month, day := now.Local().Date()
	return time.Date(year, month, day-p.back, 0, 0, 0, 0, time.Local)
}

func (w *Window) readShift(now time.Time) {
	p := &w.shift
	day, own := p.dayShown(now), p.own
	p.tried = now
	w.beside(&p.reading, func(context.Context) func() {
		read, err := w.bench.Shift(day, own)
		return func() {
			if own != p.own || !day.Equal(p.dayShown(w.environment.Now())) { // another was chosen meanwhile
				p.tried = time.Time{}
				return
			}
			if p.wrong = (order.Said{}); err != nil {
				p.wrong = order.AsProblem(err).Said
				return
			}
			p.read, p.readAt = read, now
		}
	})
}

func (w *Window) readRates(now time.Time) {
	p := &w.shift
	p.rated = now
	w.beside(&p.rating, func(context.Context) func() {
		rates, err := w.bench.Rates()
		return func() {
			if err != nil {
				p.wrong = order.AsProblem(err).Said
				return
			}
			p.rates = rates
		}
	})
}

// pressOnShift does what a key does there.
func (w *Window) pressOnShift(key string) {
	p := &w.shift
	m := w.shiftModel(w.environment.Now())
	digit, err := strconv.Atoi(key)
	switch {
	case err == nil:
		if p.own == "" && digit >= 1 && digit <= int(shift.Rates)+1 {
			p.section = shift.Section(digit - 1)
		}
	case key == shift.EarlierKey && p.section != shift.Rates && p.back < report.TrendDays:
		p.back++
		p.readAt, p.tried, p.first = time.Time{}, time.Time{}, 0
	case key == shift.LaterKey && p.section != shift.Rates && p.back > 0:
		p.back--
		p.readAt, p.tried, p.first = time.Time{}, time.Time{}, 0
	case p.section == shift.Everybody && (key == string(fyne.KeyUp) || key == string(fyne.KeyDown) || key == string(fyne.KeyPageUp) || key == string(fyne.KeyPageDown)):
		moved(key, &p.first, max(1, len(m.Rows)-p.Room()+1), p.Room())
	case p.section == shift.Rates && (key == string(fyne.KeyUp) || key == string(fyne.KeyDown) || key == string(fyne.KeyPageUp) || key == string(fyne.KeyPageDown)):
		moved(key, &p.firstRate, max(1, len(m.Rates)-p.RateRoom()+1), p.RateRoom())
	default:
		w.frame.Key(key) // a key nobody knows does nothing
		return
	}
	w.draw()
}

// shiftModel is the page.
func (w *Window) shiftModel(now time.Time) shift.Model {
	p := &w.shift
	m := shift.Model{Now: now.Local(), AsOf: local(p.readAt), Own: p.own, Date: p.dayShown(now), IsToday: p.back == 0, Section: p.section, First: p.first, FirstRate: p.firstRate}
	if p.wrong.Key != "" {
		m.Report = shift.Report{Tone: kit.Bad, Said: p.wrong}
	}
	if p.section == shift.Rates {
		if m.AsOf = local(p.rated); p.rates == nil && p.rating {
			m.AsOf = time.Time{}
		}
		m.Weeks, m.Rates = shownRates(p.rates)
	}
	if p.readAt.IsZero() {
		return m
	}
	m.Figures = figures(p.read.All)
	usual := p.read.Usual()
	m.UsualOf = usual.Days
	m.Usual = shift.Figures{Parcels: usual.Parcels, Pieces: usual.Pieces, LinesAnHour: usual.LinesAnHour, Caught: usual.Caught, WrongLabels: usual.Labels}
	for _, day := range p.read.Days {
		m.Trend = append(m.Trend, shift.Bar{Date: day.Day, Known: day.Known, Parcels: day.Parcels, LinesAnHour: day.LinesAnHour()})
	}
	b := p.read.Balance
	m.Labels = shift.Labels{Sent: b.Sent, OnParcels: b.On, Spoiled: b.Spoiled, Whole: p.own == "" && p.back == 0, Carried: b.Carried, Bench: b.Bench}
	m.Rows = w.shownPeople(p.read)
	return m
}

// shownPeople are packers and benches, each by name under a head.
func (w *Window) shownPeople(read report.Shift) (rows []shift.Row) {
	if len(read.Packers) > 0 {
		rows = append(rows, shift.Row{Head: order.Say("shift.packers")})
	}
	for _, one := range read.Packers {
		rows = append(rows, shift.Row{Name: one.Name, Figures: figures(one.Tally)})
	}
	if len(read.Benches) > 0 {
		rows = append(rows, shift.Row{Head: order.Say("shift.benches")})
	}
	for _, one := range read.Benches {
		rows = append(rows, shift.Row{Name: w.environment.Tongue.Text("window.bench", "name", one.Name), Figures: figures(one.Tally)})
	}
	return rows
}

func figures(t order.Tally) shift.Figures {
	return shift.Figures{Parcels: t.Parcels, Pieces: t.Pieces, LinesAnHour: t.LinesAnHour(), Caught: t.Caught, WrongLabels: t.Labels, Overrides: t.Overrides, Reprints: t.Reprints,
		Picked: t.Picked, Sorted: t.Sorted, HandedOver: t.Handed, Worked: t.Worked}
}

// fullBar is the share of late parcels at which a bar is full: four times the platform's own limit for acknowledgement.
const fullBar = 0.20

// shownRates are rates as lines of weeks. Weeks begin at another moment in every market's zone: they are told apart by their date.
func shownRates(rates []report.Rate) (weeks []time.Time, lines []shift.Rate) {
	date := func(t time.Time) time.Time {
		year, month, day := t.Date()
		return time.Date(year, month, day, 0, 0, 0, 0, time.Local)
	}
	var last time.Time
	for _, r := range rates {
		if at := date(r.Week); at.After(last) {
			last = at
		}
	}
	if last.IsZero() {
		return nil, nil
	}
	place := map[time.Time]int{}
	for n := range cli.RateWeeks + 1 {
		week := last.AddDate(0, 0, -7*(cli.RateWeeks-n))
		place[week] = n
		weeks = append(weeks, week)
	}
	var market order.Market
	var of report.RateID
	for _, r := range rates {
		at, shown := place[date(r.Week)]
		if !shown {
			continue
		}
		if len(lines) == 0 || r.Market != market || r.Of != of {
			market, of = r.Market, r.Of
			bound := report.Bounds[of]
			line := shift.Rate{Market: string(market), Name: cli.RateWords[of], Weeks: make([]shift.Share, len(weeks)), Limit: bound.Share, AtLeast: bound.AtLeast, Full: fullBar}
			if of == report.Tracking {
				line.Full = 1
			}
			lines = append(lines, line)
		}
		share, known := r.Share()
		lines[len(lines)-1].Weeks[at] = shift.Share{Known: known, Share: share, Beyond: r.Breaks(), NotTold: r.Unknown, Open: r.Open}
	}
	return weeks, lines
}

// scanOnShift takes a digit that was ended by Enter, quicker than the pause, and tells whether it was one.
func (w *Window) scanOnShift(scan order.Scan) bool {
	if !scan.Typed || len(scan.Code) != 1 {
		return false
	}
	w.pressOnShift(scan.Code)
	return true
}
