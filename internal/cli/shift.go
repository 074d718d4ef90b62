package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
)

// Shift tells what a day at the bench came to.
type Shift struct {
	Day    string `placeholder:"DAY" help:"Such as 2026-11-20 (default: today)."`
	Packer string `placeholder:"NAME" help:"Only what this packer did."`
	Trend  bool   `help:"A line a day, of the last 14 days."`
	JSON   bool   `name:"json" help:"One object a line."`
}

// shiftLine is what somebody, or a bench, or all of them did on a day.
type shiftLine struct {
	Day         string  `json:"day"`
	Of          string  `json:"of"` // all, packer or bench
	Name        string  `json:"name,omitempty"`
	Parcels     int     `json:"parcels"`
	Pieces      int     `json:"pieces"`
	Lines       int     `json:"lines"`
	WorkedS     int     `json:"worked_s"`
	LinesAnHour float64 `json:"lines_an_hour"` // 0 where less than 15 minutes of work are known
	Caught      int     `json:"caught"`
	WrongLabels int     `json:"wrong_labels"`
	Overrides   int     `json:"overrides"`
	Reprints    int     `json:"reprints"`
	Picked      int     `json:"picked_pieces"`
	Sorted      int     `json:"sorted_pieces"`
	HandedOver  int     `json:"handed_over"`
	Sent        int     `json:"labels_sent"`
	On          int     `json:"labels_on_parcels"`
	Spoiled     int     `json:"labels_spoiled"`
	// Bench and Carried are told of the whole bench today: labels out and not on their parcels now, and those that were so when the day began.
	Bench   *int `json:"labels_on_bench,omitempty"`
	Carried *int `json:"labels_carried,omitempty"`
}

// Shift sums up a day, which begins at midnight of this computer's zone; with a packer it is that packer's alone.
func (b *Bench) Shift(day time.Time, packer string) (report.Shift, error) {
	began, err := b.Store.TalliedSince()
	if err != nil {
		return report.Shift{}, err
	}
	tallies, err := b.Store.Tallies(report.From(day), day.AddDate(0, 0, 1))
	if err != nil {
		return report.Shift{}, err
	}
	out, err := b.Store.LabelsOut()
	return report.ShiftOf(tallies, day, packer, out, began), err
}

// today is the midnight a moment's day begins with, in its zone.
func today(now time.Time) time.Time {
	year, month, day := now.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, now.Location())
}

// Served tells that a program that has the folder open does it.
func (v *Shift) Served() bool { return true }

// Run writes the day: all, then packers and benches by name; or the trend.
func (v *Shift) Run(e *Environment) (err error) {
	now := e.Now().Local()
	day := today(now)
	if v.Day != "" {
		if day, err = time.ParseInLocation(time.DateOnly, v.Day, time.Local); err != nil {
			return order.Trouble(err, "usage.time", "time", v.Day)
		}
	}
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	shift, err := bench.Shift(day, v.Packer)
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "shift.header")
	if v.Trend {
		for _, d := range shift.Days {
			if d.Known {
				if err := v.add(e, list, d.Day, "all", v.Packer, d.Tally, nil); err != nil {
					return err
				}
			}
		}
		return list.end()
	}
	var balance *order.Balance
	if v.Packer == "" && day.Equal(today(now)) {
		balance = &shift.Balance
	}
	if err := v.add(e, list, day, "all", v.Packer, shift.All, balance); err != nil {
		return err
	}
	for _, p := range shift.Packers {
		if v.Packer != "" {
			break
		}
		if err := v.add(e, list, day, "packer", p.Name, p.Tally, nil); err != nil {
			return err
		}
	}
	for _, b := range shift.Benches {
		if v.Packer != "" {
			break
		}
		if err := v.add(e, list, day, "bench", b.Name, b.Tally, nil); err != nil {
			return err
		}
	}
	if err := list.end(); err != nil || v.JSON || balance == nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("shift.balance", "sent", balance.Sent, "carried", balance.Carried, "on", balance.On, "spoiled", balance.Spoiled, "bench", balance.Bench))
	return err
}

func (v *Shift) add(e *Environment, list *listing, day time.Time, of, name string, t order.Tally, balance *order.Balance) error {
	line := shiftLine{
		Day: day.Format(time.DateOnly), Of: of, Name: name, Parcels: t.Parcels, Pieces: t.Pieces, Lines: t.Lines, WorkedS: int(t.Worked.Seconds()),
		LinesAnHour: tenth(t.LinesAnHour()), Caught: t.Caught, WrongLabels: t.Labels, Overrides: t.Overrides, Reprints: t.Reprints,
		Picked: t.Picked, Sorted: t.Sorted, HandedOver: t.Handed, Sent: t.Out.Sent, On: t.Out.On, Spoiled: t.Out.Spoiled,
	}
	if balance != nil {
		line.Bench, line.Carried = &balance.Bench, &balance.Carried
	}
	who := name
	switch {
	case v.Trend:
		who = line.Day
	case of == "all" && name == "":
		who = e.Tongue.Text("shift.all")
	case name == "":
		who = e.Tongue.Text("shift.nobody")
	case of == "bench":
		who = e.Tongue.Text("window.bench", "name", name)
	}
	pace := ""
	if line.LinesAnHour > 0 {
		pace = strconv.FormatFloat(line.LinesAnHour, 'f', 1, 64)
	}
	return list.add(line, who, strconv.Itoa(t.Parcels), strconv.Itoa(t.Pieces), pace, strconv.Itoa(t.Caught), strconv.Itoa(t.Labels), strconv.Itoa(t.Overrides),
		strconv.Itoa(t.Reprints), strings.TrimSpace(e.Tongue.Text("shift.worked", "h", int(t.Worked.Hours()), "m", int(t.Worked.Minutes())%60)))
}
