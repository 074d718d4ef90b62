// Package calendar knows the zones and working days of the markets: Monday to Friday but for the public holidays of the whole country. It serves the rules
// of internal/order. What it does not know, it says: see Gaps.
package calendar

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"packbench/internal/order"
)

// zones are where the platform's markets count their days (platform API 3.2 lists the markets). A country of several zones has that of its capital, the US
// that of the platform's own clock (fulfilment rules 2: America/Los_Angeles unless the warehouse says otherwise).
var zones = map[order.Market]string{
	"US": "America/Los_Angeles", "GB": "Europe/London", "DE": "Europe/Berlin", "FR": "Europe/Paris", "IT": "Europe/Rome", "ES": "Europe/Madrid", "IE": "Europe/Dublin",
	"MX": "America/Mexico_City", "BR": "America/Sao_Paulo", "JP": "Asia/Tokyo",
	"ID": "Asia/Jakarta", "MY": "Asia/Kuala_Lumpur", "PH": "Asia/Manila", "SG": "Asia/Singapore", "TH": "Asia/Bangkok", "VN": "Asia/Ho_Chi_Minh",
}

// Markets are those the calendar knows, by their codes.
func Markets() []order.Market { return slices.Sorted(maps.Keys(zones)) }

// Date is a day as the people of a market count it.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Text is the date as it is written, empty for none.
func (d Date) Text() string {
	if d == (Date{}) {
		return ""
	}
	return d.String()
}

// Weekday is its day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

// midnight stands for the day in reckonings; a date has no zone.
func (d Date) midnight() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

func dateOf(t time.Time) Date { return Date{t.Year(), t.Month(), t.Day()} }

// ParseDate reads 2026-12-25.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	return dateOf(t), err
}

// Change is what a person says of one day of a market against what the calendar knows.
type Change struct {
	Market order.Market
	Date   Date
	// Works tells that it is a working day like others; else it is a holiday.
	Works bool
	Name  string
}

// Holiday is one public holiday of a market.
type Holiday struct {
	Date Date
	Name string
	// Source says who says so. Expected tells that it depends on the moon, or had not been announced.
	Source   string
	Expected bool
	// Added tells that a person put it here.
	Added bool
}

// The years worked out beforehand, so that 100,000 parcels ask a table. Others are worked out when asked.
const firstYear, lastYear = 2022, 2035

// Calendar answers for one set of changes. It never changes: many may ask it at once.
type Calendar struct {
	markets    map[order.Market]*market
	warehouses map[string]*time.Location
}

type market struct {
	zone    *time.Location
	changes []Change
	years   [lastYear - firstYear + 1]rest
}

// rest holds the days of one year on which a market does not work.
type rest [12]uint32

func (r *rest) set(month time.Month, day int, rests bool) {
	if rests {
		r[month-1] |= 1 << day
	} else {
		r[month-1] &^= 1 << day
	}
}

// New is a calendar with what a person changed: holidays, and the zones of warehouses by the platform's id of each (names as in America/New_York). An unknown
// market or zone is an error that names it.
func New(changes []Change, warehouses map[string]string) (*Calendar, error) {
	c := &Calendar{markets: map[order.Market]*market{}, warehouses: map[string]*time.Location{}}
	for code, name := range zones {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return nil, err
		}
		c.markets[code] = &market{zone: zone, years: unchanged()[code]}
	}
	for _, change := range changes {
		m := c.markets[change.Market]
		if m == nil {
			return nil, fmt.Errorf("the calendar has no market %q", change.Market)
		}
		m.changes = append(m.changes, change)
	}
	for _, m := range c.markets {
		for i := range m.years {
			m.change(&m.years[i], firstYear+i)
		}
	}
	for id, name := range warehouses {
		zone, err := ZoneNamed(name)
		if err != nil {
			return nil, err
		}
		c.warehouses[id] = zone
	}
	return c, nil
}

// ZoneNamed is the zone of a name such as America/New_York. The computer's own zone has none: the same rules must mean the same moment on every computer.
func ZoneNamed(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("no zone is called %q", name)
	}
	return time.LoadLocation(name)
}

// unchanged is on which days the markets rest when no person has changed anything, worked out once.
var unchanged = sync.OnceValue(func() map[order.Market][lastYear - firstYear + 1]rest {
	all := map[order.Market][lastYear - firstYear + 1]rest{}
	for code := range zones {
		var years [lastYear - firstYear + 1]rest
		for i := range years {
			years[i] = restOf(code, firstYear+i)
		}
		all[code] = years
	}
	return all
})

// restOf is on which days of a year a market rests.
func restOf(code order.Market, year int) rest {
	var r rest
	for day := (Date{year, 1, 1}).midnight(); day.Year() == year; day = day.AddDate(0, 0, 1) {
		r.set(day.Month(), day.Day(), day.Weekday() == time.Saturday || day.Weekday() == time.Sunday)
	}
	holidays, _ := holidaysOf(code, year)
	for _, h := range holidays {
		r.set(h.Date.Month, h.Date.Day, true)
	}
	return r
}

// change puts what a person changed of a year.
func (m *market) change(r *rest, year int) {
	for _, change := range m.changes {
		if change.Date.Year == year {
			r.set(change.Date.Month, change.Date.Day, !change.Works)
		}
	}
}

// Zone is where a market counts its days: the warehouse's own zone where it has one, else the market's. Of a market the calendar does not know it is UTC.
func (c *Calendar) Zone(code order.Market, warehouseID string) *time.Location {
	if zone := c.warehouses[warehouseID]; zone != nil {
		return zone
	}
	if m := c.markets[code]; m != nil {
		return m.zone
	}
	return time.UTC
}

// Works tells whether a day is a working day in a market. Of a market the calendar does not know every day from Monday to Friday is.
func (c *Calendar) Works(code order.Market, year int, month time.Month, day int) bool {
	m := c.markets[code]
	if m == nil {
		weekday := Date{year, month, day}.Weekday()
		return weekday != time.Saturday && weekday != time.Sunday
	}
	if year < firstYear || year > lastYear {
		r := restOf(code, year)
		m.change(&r, year)
		return r[month-1]&(1<<day) == 0
	}
	return m.years[year-firstYear][month-1]&(1<<day) == 0
}

// Holidays are the public holidays of a market in a year, with what a person changed, by date; false where the calendar has no data for that year.
func (c *Calendar) Holidays(code order.Market, year int) ([]Holiday, bool) {
	found, known := holidaysOf(code, year)
	if m := c.markets[code]; m != nil {
		for _, change := range m.changes {
			if change.Date.Year != year {
				continue
			}
			found = slices.DeleteFunc(found, func(h Holiday) bool { return h.Date == change.Date })
			if !change.Works {
				found = append(found, Holiday{Date: change.Date, Name: change.Name, Added: true})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Holiday) int { return a.Date.midnight().Compare(b.Date.midnight()) })
	return found, known
}

// A Gap is a year of a market of which the calendar does not know every holiday.
type Gap struct {
	Market order.Market
	Year   int
	// Nothing tells that it knows none: its working days there are Monday to Friday. Else some are expected only.
	Nothing bool
}

// Gaps are what the calendar does not know for sure of these markets in these years. A person's own holiday for a day that is expected only does not close the gap:
// the moon may still put it elsewhere.
func (c *Calendar) Gaps(markets []order.Market, from, to int) []Gap {
	var gaps []Gap
	for _, code := range markets {
		for year := from; year <= to; year++ {
			holidays, known := holidaysOf(code, year)
			expected := slices.ContainsFunc(holidays, func(h Holiday) bool { return h.Expected })
			if !known || expected {
				gaps = append(gaps, Gap{code, year, !known})
			}
		}
	}
	return gaps
}
