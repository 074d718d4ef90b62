package calendar

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
)

func without(t testing.TB) *Calendar {
	t.Helper()
	c, err := New(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// testdata/holidays.txt was written by another library, vacanza/holidays 0.101: market, date, name of each holiday on a weekday.
func TestTheHolidaysByLawAreThoseAnotherLibraryHas(t *testing.T) {
	text, err := os.ReadFile("testdata/holidays.txt")
	if err != nil {
		t.Fatal(err)
	}
	theirs := map[string]string{}
	for line := range strings.Lines(string(text)) {
		theirs[line[:13]] = strings.TrimSpace(line[14:])
	}
	c := without(t)
	for market := range byLaw {
		for day := (Date{2024, 1, 1}).midnight(); day.Year() < 2028; day = day.AddDate(0, 0, 1) {
			if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
				continue
			}
			key := string(market) + " " + dateOf(day).String()
			name, rests := theirs[key]
			if ours := !c.Works(market, day.Year(), day.Month(), day.Day()); ours != rests {
				t.Errorf("%s (%s): we rest: %v", key, name, ours)
			}
		}
	}
}

func TestDaysWhoseHolidaysAreKnownByYear(t *testing.T) {
	c := without(t)
	for _, day := range []struct {
		market order.Market
		date   string
		works  bool
	}{
		{"MY", "2026-03-23", false}, // the Monday after Hari Raya's second day, a Sunday
		{"MY", "2026-03-24", true},
		{"SG", "2026-11-09", false}, // Deepavali is a Sunday
		{"VN", "2026-02-19", false}, // within Tết
		{"VN", "2026-02-23", true},
		{"TH", "2026-04-15", false}, // Songkran
		{"ID", "2026-06-16", false}, // Islamic New Year
		{"PH", "2026-12-30", false}, // Rizal Day
		{"MX", "2026-11-16", false}, // the third Monday of November
		{"MX", "2026-11-20", true},
		{"US", "2027-12-31", false}, // New Year's Day 2028 is a Saturday and kept on this Friday
		{"US", "2040-12-25", false}, // a Tuesday of a year that was not worked out beforehand
		{"MY", "2026-03-22", false}, // a Sunday anyway
		{"XX", "2026-12-25", true},  // a market nobody knows: a Friday
		{"XX", "2026-12-26", false},
	} {
		date, err := ParseDate(day.date)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Works(day.market, date.Year, date.Month, date.Day); got != day.works {
			t.Errorf("%s works on %s: %v", day.market, day.date, got)
		}
	}
}

func TestAPersonAddsAndTakesAwayHolidays(t *testing.T) {
	tuesday, christmas := Date{2026, 12, 22}, Date{2026, 12, 25}
	c, err := New([]Change{{Market: "US", Date: tuesday, Name: "Stocktaking"}, {Market: "US", Date: christmas, Works: true}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Works("US", 2026, 12, 22) || !c.Works("US", 2026, 12, 25) {
		t.Error("the changes do not count")
	}
	if !c.Works("GB", 2026, 12, 22) || c.Works("GB", 2026, 12, 25) {
		t.Error("they count in another market")
	}
	days, known := c.Holidays("US", 2026)
	if !known {
		t.Fatal("the US have no data")
	}
	last := days[len(days)-1]
	if last.Date != tuesday || last.Name != "Stocktaking" || !last.Added {
		t.Errorf("the last holiday is %+v", last)
	}
	if _, err := New([]Change{{Market: "XX", Date: tuesday}}, nil); err == nil {
		t.Error("a holiday of a market nobody knows")
	}
}

func TestEveryMarketHasAZoneAndAWarehouseItsOwn(t *testing.T) {
	c, err := New(nil, map[string]string{"7001": "America/New_York"})
	if err != nil {
		t.Fatal(err)
	}
	for _, market := range Markets() {
		if zone := c.Zone(market, ""); zone == time.UTC || zone == time.Local {
			t.Errorf("%s counts in %s", market, zone)
		}
	}
	if zone := c.Zone("US", "7001"); zone.String() != "America/New_York" {
		t.Errorf("the warehouse counts in %s", zone)
	}
	if zone := c.Zone("US", "7002"); zone.String() != "America/Los_Angeles" {
		t.Errorf("another warehouse counts in %s", zone)
	}
	for _, name := range []string{"", "Local", "Mars/Olympus"} {
		if _, err := New(nil, map[string]string{"7001": name}); err == nil {
			t.Errorf("the zone %q is taken", name)
		}
	}
}

func TestWhatIsNotKnownIsTold(t *testing.T) {
	c := without(t)
	got := c.Gaps([]order.Market{"US", "SG", "MY"}, 2026, 2028)
	want := []Gap{{"SG", 2028, true}, {"MY", 2027, false}, {"MY", 2028, true}}
	if !slices.Equal(got, want) {
		t.Errorf("the gaps are %v, not %v", got, want)
	}
	for _, market := range Markets() {
		for year := 2024; year <= 2027; year++ {
			if days, known := c.Holidays(market, year); !known || len(days) < 7 {
				t.Errorf("%s %d has %d holidays", market, year, len(days))
			}
		}
	}
}

func BenchmarkWorks(b *testing.B) {
	c := without(b)
	for b.Loop() {
		c.Works("US", 2026, 12, 25)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		without(b)
	}
}
