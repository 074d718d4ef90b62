package main

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/shift"
)

// shiftStory is a view of the page of the shift.
type shiftStory struct {
	name  string
	frame frame.Model
	page  shift.Model
}

func (s shiftStory) title() string { return s.name }

func (s shiftStory) on(v view) fyne.CanvasObject {
	v.shift.Render(s.page)
	v.shifting.Render(s.frame)
	return v.shifting.Object()
}

// shiftStories are the views of the page of the shift.
func shiftStories(s shop, say sayer) []shiftStory {
	around := calmFrame(s)
	around.Page = frame.PageShift
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	trend := func(factor int) (bars []shift.Bar) {
		for i, n := range []int{0, 0, 31, 28, 33, 0, 36, 30, 34, 38, 35, 29, 0, 21} {
			bar := shift.Bar{Date: day.AddDate(0, 0, i-13), Known: i > 1, Parcels: n * factor}
			if bar.Parcels > 0 {
				bar.LinesAnHour = float64(20 + n%9)
			}
			bars = append(bars, bar)
		}
		return bars
	}
	all := shiftStory{"shift", around, shift.Model{
		Now: now, AsOf: now.Add(-time.Minute), Date: day, IsToday: true,
		Figures: shift.Figures{Parcels: 315, Pieces: 742, LinesAnHour: 26, Caught: 9, WrongLabels: 2, Overrides: 3, Reprints: 5, Picked: 480, Sorted: 455, HandedOver: 210, Worked: 18*time.Hour + 20*time.Minute},
		Usual:   shift.Figures{Parcels: 504, Pieces: 1180, LinesAnHour: 24, Caught: 14, WrongLabels: 1}, UsualOf: 10,
		Trend: trend(15), Labels: shift.Labels{Sent: 328, OnParcels: 315, Spoiled: 5, Whole: true, Carried: 4, Bench: 12},
	}}
	own := all
	own.name, own.page.Own = "shift-own", s.packer
	own.page.Figures = shift.Figures{Parcels: 84, Pieces: 190, LinesAnHour: 27, Caught: 3, Overrides: 1, Reprints: 2, Picked: 120, Sorted: 0, Worked: 5*time.Hour + 12*time.Minute}
	own.page.Usual, own.page.Trend = shift.Figures{Parcels: 132, Pieces: 300, LinesAnHour: 25, Caught: 4}, trend(4)
	own.page.Labels = shift.Labels{Sent: 88, OnParcels: 84, Spoiled: 2}
	empty := all
	empty.name, empty.page.Figures, empty.page.Usual, empty.page.UsualOf, empty.page.Labels = "shift-empty", shift.Figures{}, shift.Figures{}, 0, shift.Labels{Whole: true}
	empty.page.Trend = trend(0)
	reading := all
	reading.name, reading.page = "shift-reading", shift.Model{Now: now, Date: day, IsToday: true}
	past := all
	past.name, past.page.Date, past.page.IsToday, past.page.Labels.Whole = "shift-past", day.AddDate(0, 0, -4), false, false
	past.page.Trend = trend(15)
	for i := range past.page.Trend {
		past.page.Trend[i].Date = past.page.Trend[i].Date.AddDate(0, 0, -4)
	}
	past.page.Report = shift.Report{Tone: kit.Bad, Said: order.Say("store.failed", "folder", "D:\\packbench")}
	return append([]shiftStory{all, own, empty, reading, past}, shiftLists(s, say, all)...)
}

// shiftLists are the views of everybody and of the rates.
func shiftLists(s shop, say sayer, from shiftStory) []shiftStory {
	text := func(zh, en string) string { return say(zh, en).Key }
	everybody := from
	everybody.name, everybody.page.Section = "shift-everybody", shift.Everybody
	figures := func(n int) shift.Figures {
		return shift.Figures{Parcels: 40 + 13*n, Pieces: 90 + 31*n, LinesAnHour: float64(21 + 2*n), Caught: n, WrongLabels: n % 2, Overrides: n % 3, Reprints: n, Worked: time.Duration(90+47*n) * time.Minute}
	}
	everybody.page.Rows = []shift.Row{{Head: order.Say("shift.packers")}, {Figures: figures(0)}, {Name: text("阿依古丽·买买提江·阿卜杜热合曼", "Aleksandra Wiśniewska-Kowalczyk-Nowakowska"), Figures: figures(4)},
		{Name: "Chen Yu", Figures: figures(1)}, {Name: "Jonas", Figures: figures(2)}, {Name: s.packer, Figures: figures(3)}, {Head: order.Say("shift.benches")},
		{Name: s.bench, Figures: figures(5)}, {Name: text("4 号台", "Bench 4"), Figures: figures(6)}, {Name: text("5 号台", "Bench 5"), Figures: figures(2)}, {Name: text("6 号台", "Bench 6"), Figures: figures(1)}}
	none := everybody
	none.name, none.page.Rows = "shift-nobody", nil

	rates := from
	rates.name, rates.page.Section = "shift-rates", shift.Rates
	monday := from.page.Date.AddDate(0, 0, -(int(from.page.Date.Weekday())+6)%7)
	for back := 4; back >= 0; back-- {
		rates.page.Weeks = append(rates.page.Weeks, monday.AddDate(0, 0, -7*back))
	}
	line := func(market, key string, limit float64, atLeast bool, full float64, shares ...float64) shift.Rate {
		r := shift.Rate{Market: market, Name: order.Said{Key: key}, Limit: limit, AtLeast: atLeast, Full: full}
		for i, share := range shares {
			one := shift.Share{Known: share >= 0, Share: max(0, share), Beyond: limit > 0 && share >= 0 && (atLeast && share < limit || !atLeast && share > limit)}
			if i == 4 {
				one.Open = 214
			}
			if i == 1 {
				one.NotTold = 12
			}
			r.Weeks = append(r.Weeks, one)
		}
		return r
	}
	rates.page.Rates = []shift.Rate{
		line("GB", "rates.late_acknowledgement", 0.05, false, 0.2, -1, 0.031, 0.062, 0.048, 0.02), line("GB", "rates.late_dispatch", 0, false, 0.2, 0.01, 0.024, 0.117, 0.09, 0.03),
		line("GB", "rates.late_collection", 0, false, 0.2, 0, 0.01, 0.02, 0.243, 0.015), line("GB", "rates.tracking", 0.85, true, 1, 0.97, 0.91, 0.84, 0.88, -1),
		line("MY", "rates.late_dispatch", 0, false, 0.2, 0.01, 0.024, 0.017, 0.02, 0.03), line("MY", "rates.late_delivery", 0, false, 0.2, 0.05, 0.06, 0.04, 0.05, -1),
		line("MY", "rates.tracking", 0.85, true, 1, 0.99, 0.98, 0.99, 1, 1),
	}
	unknown := rates
	unknown.name, unknown.page.Rates = "shift-rates-none", nil
	return []shiftStory{everybody, none, rates, unknown}
}
