package report_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
	"packbench/internal/report"
)

func TestShift(t *testing.T) {
	zone := time.FixedZone("east", 8*3600)
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, zone)
	in := func(at time.Time, bench, packer string, parcels int) order.Tallied {
		return order.Tallied{At: at, Bench: bench, Packer: packer, Tally: order.Tally{Parcels: parcels, Lines: 2 * parcels, Pieces: 3 * parcels, Worked: 15 * time.Minute,
			Out: order.Balance{Sent: parcels + 1, On: parcels}}}
	}
	tallies := []order.Tallied{
		in(day.AddDate(0, 0, -13), "1", "Mei", 1),
		in(day.Add(-15*time.Minute), "1", "Mei", 5), // of yesterday here, of the same day in UTC
		in(day, "1", "Mei", 10), in(day.Add(time.Hour), "2", "Li", 20), in(day.Add(2*time.Hour), "2", "Mei", 30), in(day.Add(3*time.Hour), "2", "", 0),
	}
	s := report.ShiftOf(tallies, day, "", 7, day.AddDate(0, 0, -13))
	if s.All.Parcels != 60 || s.All.LinesAnHour() != 120 || len(s.Packers) != 3 || s.Packers[1].Name != "Li" || s.Packers[2].Parcels != 40 || len(s.Benches) != 2 {
		t.Errorf("%+v", s)
	}
	if want := (order.Balance{Sent: 64, On: 60, Bench: 7, Carried: 3}); s.Balance != want {
		t.Errorf("the balance is %+v, want %+v", s.Balance, want)
	}
	var days []int
	for _, d := range s.Days {
		days = append(days, d.Parcels)
	}
	if diff := cmp.Diff([]int{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 60}, days); diff != "" || !s.Days[0].Known {
		t.Error(diff, s.Days[0])
	}
	own := report.ShiftOf(tallies, day, "Mei", 0, day.AddDate(0, 0, -2))
	if own.All.Parcels != 40 || len(own.Packers) != 1 || own.Days[12].Parcels != 5 || own.Days[10].Known || !own.Days[11].Known {
		t.Errorf("of Mei: %+v", own)
	}
}
