package report

import (
	"time"

	"packbench/internal/order"
)

// Ahead is how far the forecast looks: nobody knows who packs tomorrow.
const Ahead = 12 * time.Hour

// OwedOf tells whether a parcel is still to be packed, and by when: by the shop's last daily cut-off before its deadline, or by the full hour before that where the shop has
// none. The deadline is the moment the carrier must have it by, or be asked to fetch it by (platform API 3.3, tts_sla_time and pick_up_cut_off_time), else its next one. What
// waits for a person is not owed: no pace saves it.
func OwedOf(f *order.Facts, cutOffs map[string]order.TimeOfDay, calendar order.Calendar, now time.Time) (Owed, bool) {
	if !f.Left() || f.Here.Parked || f.Here.Stopped != "" {
		return Owed{}, false
	}
	deadline := f.CollectBy
	if deadline.IsZero() || !f.CutOff.IsZero() && f.CutOff.Before(deadline) {
		deadline = f.CutOff
	}
	if deadline.IsZero() {
		deadline = f.Due
	}
	if deadline.IsZero() || deadline.After(now.Add(Ahead)) {
		return Owed{}, false
	}
	lines := map[string]bool{}
	for _, sku := range f.SKUs {
		lines[sku] = true
	}
	return Owed{Key: f.Key, Lines: max(1, len(lines)), By: cutOffBefore(deadline, f, cutOffs, calendar, now)}, true
}

// cutOffBefore is the cut-off a deadline is kept by. One that is over already, before a deadline that is not, keeps nothing: the deadline itself does.
func cutOffBefore(deadline time.Time, f *order.Facts, cutOffs map[string]order.TimeOfDay, calendar order.Calendar, now time.Time) time.Time {
	by := deadline.Truncate(time.Hour)
	if minutes, has := cutOffs[f.ShopID]; has {
		at := deadline.In(calendar.Zone(f.Market, f.WarehouseID))
		by = time.Date(at.Year(), at.Month(), at.Day(), 0, int(minutes), 0, 0, at.Location())
		if by.After(deadline) {
			by = by.AddDate(0, 0, -1)
		}
	}
	if !by.After(now) && deadline.After(now) {
		return deadline
	}
	return by
}

// Outlook is the day so far and what becomes of it.
type Outlook struct {
	Forecast Forecast
	Curve    Curve
	// Now is the pace of each bench at each stage over the short stretch, Lately over the long one.
	Now, Lately []Pace
}

// OutlookOf reads the outlook from the steps of the day, which began at a moment, and what is owed.
func OutlookOf(steps []Step, owed []Owed, from, now time.Time) Outlook {
	o := Outlook{Forecast: Foresee(steps, owed, now)}
	for _, stage := range Stages {
		o.Now = append(o.Now, Paces(steps, stage, now, Short)...)
		o.Lately = append(o.Lately, Paces(steps, stage, now, Long)...)
	}
	numbers := NumbersOf(o.Forecast, 0, 0)
	due := numbers.Due
	for _, c := range o.Forecast.CutOffs {
		due += c.Lost // is packed first
	}
	first := from
	for _, s := range steps {
		if s.Stage == Confirmed && !s.At.Before(from) {
			first = s.At.Truncate(quarter)
			break
		}
	}
	o.Curve = CurveOf(steps, first, now, numbers.CutOff, due)
	return o
}
