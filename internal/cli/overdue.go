package cli

import (
	"errors"
	"slices"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
	"packbench/internal/rules"
	"packbench/ui/clock"
)

// Overdue lists what is late, and what is about to be.
type Overdue struct {
	At     string        `placeholder:"TIME" help:"As it stands at that moment, RFC 3339, or as a day begins; otherwise now."`
	Within time.Duration `placeholder:"DUR" help:"Also what is due within so long after that, such as 4h."`
	JSON   bool          `name:"json" help:"One object a line."`
	XLSX   bool          `name:"xlsx" help:"Write it into a spreadsheet: FILE, or overdue-DAY.xlsx in the working folder."`
	CSV    bool          `name:"csv" help:"Write it as CSV, into FILE as Excel opens it, or to standard output for programs."`
	File   string        `arg:"" optional:"" placeholder:"FILE" help:"Where --xlsx or --csv writes to."`
	Mail   bool          `help:"Mail it now as the settings say, as a bench at work does each day at the hour they name."`
	OnPaper
	// Fits tells which of them are meant; nil: all.
	Fits func(order.DueClock) bool `kong:"-"`
}

// overdueLine is a clock of a parcel that calls for somebody (design 4, overdue).
type overdueLine struct {
	PackageID order.ParcelKey  `json:"package_id"`
	OrderIDs  []string         `json:"order_ids"`
	Shop      string           `json:"shop"`
	Market    order.Market     `json:"market"`
	Clock     order.RuleID     `json:"clock"`
	Due       time.Time        `json:"due"`
	State     order.ClockState `json:"state"`
	LateS     int64            `json:"late_s"`
	Cause     order.Cause      `json:"cause"`
	Owner     order.Owner      `json:"owner"`
	Next      order.NextAct    `json:"next"`
	Source    string           `json:"source"`
}

// Served tells that a program that has the folder open does it.
func (v *Overdue) Served() bool { return true }

// Run writes the list, the most urgent first. It ends with ErrNeedsPerson where something is missed.
func (v *Overdue) Run(e *Environment) (err error) {
	at := e.Now()
	if v.At != "" {
		if at, _, err = dayOrMoment(v.At, at); err != nil {
			return err
		}
	}
	if v.Within < 0 {
		return order.Trouble(nil, "usage.within", "text", v.Within.String())
	}
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	owed, rules, err := bench.Overdue(at, v.Within)
	if err != nil {
		return err
	}
	if v.Fits != nil {
		owed = slices.DeleteFunc(owed, func(d order.DueClock) bool { return !v.Fits(d) })
	}
	switch {
	case v.ways() > 1 || v.File != "" && !v.XLSX && !v.CSV:
		return order.Trouble(nil, "usage.overdue")
	case v.Mail:
		return v.mailNow(e, bench, at)
	case v.asked():
		return v.put(e, bench, []drawing{bench.overduePaper(e, at, owed)})
	case v.XLSX || v.CSV && v.File != "":
		return v.file(e, owed, at)
	}
	if v.CSV {
		err = report.WritePlainCSV(e.Stdout, e.overdueTable(owed, at))
	} else {
		err = v.list(e, owed, rules, at)
	}
	if missed := func(d order.DueClock) bool { return d.State == order.Missed }; err != nil || !slices.ContainsFunc(owed, missed) {
		return err
	}
	return ErrNeedsPerson
}

// ways counts the places besides the screen that the list is to go to.
func (v *Overdue) ways() (n int) {
	for _, is := range []bool{v.Mail, v.asked(), v.XLSX, v.CSV} {
		if is {
			n++
		}
	}
	return n
}

// list writes the list for people or for programs.
func (v *Overdue) list(e *Environment, owed []order.DueClock, rules *rules.Rules, at time.Time) error {
	list := e.listing(v.JSON, "due.header")
	for _, d := range owed {
		zone := rules.Calendar.Zone(d.Facts.Market, d.Facts.WarehouseID)
		if err := list.add(lineOfDue(d, at), e.dueColumns(d, at, zone)...); err != nil {
			return err
		}
	}
	return list.end()
}

// Overdue are the clocks that are missed at a moment or due within so long after it, the one due first before the others, and the rules they follow from.
func (b *Bench) Overdue(at time.Time, within time.Duration) ([]order.DueClock, *rules.Rules, error) {
	r, err := b.Rules()
	if err != nil {
		return nil, nil, err
	}
	var owed []order.DueClock
	by := at.Add(within)
	err = b.Store.Due(&r.Rules, r.Calendar, by, func(f *order.Facts) { owed = append(owed, r.Owing(f, r.Calendar, at, by)...) })
	slices.SortFunc(owed, order.MoreOverdue)
	return owed, r, err
}

func lineOfDue(d order.DueClock, at time.Time) overdueLine {
	owner, next := d.Cause.ToDo()
	return overdueLine{
		PackageID: d.Facts.Key, OrderIDs: d.Facts.OrderIDs, Shop: d.Facts.ShopID, Market: d.Facts.Market, Clock: d.ID, Due: d.Due.UTC(), State: d.State,
		LateS: int64(d.Late(at) / time.Second), Cause: d.Cause, Owner: owner, Next: next, Source: d.Source,
	}
}

// dueColumns are the columns people read. Moments are in the market's zone and name it.
func (e *Environment) dueColumns(d order.DueClock, at time.Time, zone *time.Location) []string {
	owner, next := d.Cause.ToDo()
	left, _ := clock.Due(e.Tongue, d.Due, at)
	return []string{
		string(d.Facts.Key), strings.Join(d.Facts.OrderIDs, " "), string(d.Facts.Market), e.Tongue.Text("clock." + string(d.ID)), d.Due.In(zone).Format("01-02 15:04 MST"), left,
		e.Tongue.Text("cause." + string(d.Cause)), e.Tongue.Text("owner." + string(owner)), e.Tongue.Text("act." + string(next)), d.Source,
	}
}
