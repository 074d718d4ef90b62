package report_test

import (
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
)

func TestOwed(t *testing.T) {
	now := friday // 12:00 in UTC, 18:00 where the shop is
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 20, hour, minute, 0, 0, time.UTC) }
	parcel := func(collectBy, cutOff, due time.Time) order.Facts {
		return order.Facts{Key: "P", ShopID: "S", Standing: order.Ready, Due: due, Urgency: order.Urgency{CollectBy: collectBy, CutOff: cutOff}, SKUs: []string{"A", "A", "B"}}
	}
	var none time.Time
	daily := map[string]order.TimeOfDay{"S": 20 * 60} // 20:00 there is 14:00 in UTC
	for _, c := range []struct {
		name    string
		f       order.Facts
		cutOffs map[string]order.TimeOfDay
		want    time.Time // zero: not owed
	}{
		{"by the full hour before its deadline", parcel(at(15, 40), none, none), nil, at(15, 0)},
		{"by the earlier of the carrier's two", parcel(at(15, 40), at(14, 10), at(13, 0)), nil, at(14, 0)},
		{"by its next deadline", parcel(none, none, at(16, 0)), nil, at(16, 0)},
		{"by the shop's cut-off before it", parcel(at(15, 40), none, none), daily, at(14, 0)},
		{"the cut-off of the day before is over, the deadline is not", parcel(at(13, 40), none, none), daily, at(13, 40)},
		{"late", parcel(at(11, 40), none, none), nil, at(11, 0)},
		{"within the hour", parcel(at(12, 20), none, none), nil, at(12, 20)},
		{"tomorrow", parcel(at(15, 40).AddDate(0, 0, 1), none, none), nil, none},
		{"no deadline", parcel(none, none, none), nil, none},
		{"parked", func() order.Facts { f := parcel(at(15, 40), none, none); f.Here.Parked = true; return f }(), nil, none},
		{"confirmed", func() order.Facts { f := parcel(at(15, 40), none, none); f.Here.Confirmed = true; return f }(), nil, none},
		{"cancelled", func() order.Facts { f := parcel(at(15, 40), none, none); f.Standing = order.Gone; return f }(), nil, none},
	} {
		owed, is := report.OwedOf(&c.f, c.cutOffs, plain{}, now)
		if is != !c.want.IsZero() || is && (!owed.By.Equal(c.want) || owed.Lines != 2 || owed.Key != "P") {
			t.Errorf("%s: %+v, %v, want %v", c.name, owed, is, c.want)
		}
	}
}

func TestOutlook(t *testing.T) {
	d := days()[0]
	l := d.live()
	now := clock(11, 0)
	passed, owed := l.at(now)
	o := report.OutlookOf(passed, owed, midnight, now)
	done := 570 - len(owed) // of the cut-off at noon
	if o.Forecast.Unknown != report.Foreseen || o.Curve.Done != done || !o.Curve.CutOff.Equal(clock(12, 0)) || o.Curve.Needed != float64(len(owed)) || !o.Curve.From.Equal(clock(8, 0)) {
		t.Errorf("%+v, want %d done", o.Curve, done)
	}
	if last := o.Curve.Points[len(o.Curve.Points)-1]; last.Done != done || !last.At.Equal(now) {
		t.Errorf("the last point is %+v", last)
	}
	// Packed, labelled and confirmed by three benches; nothing was picked for a wave.
	if len(o.Now) != 9 || len(o.Lately) != 9 || o.Now[0].Stage != report.Packed || o.Now[8].Stage != report.Confirmed || o.Lately[8].LinesAnHour() < 40 {
		t.Errorf("%+v", o.Now)
	}
}
