package window

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/frame"
	"packbench/ui/shift"
)

// newShift is a window on the page of the shift of a bench at which two packers worked yesterday and today.
func newShift(t *testing.T) *Window {
	t.Helper()
	w := newPick(t, 3)
	var events []order.Event
	day := now.Local()
	for n := range 12 {
		key, at, packer := order.ParcelKey(fmt.Sprint("X", n)), day.Add(time.Duration(n-40)*time.Minute), "Mei"
		if n < 4 {
			at = at.AddDate(0, 0, -1)
		}
		if n%4 == 3 {
			packer = "Li"
		}
		for _, e := range []order.Event{{Kind: order.Taken, Unit: "u", SKU: "TEE"}, {Kind: order.MistakeCaught, Mistake: order.WrongArticle}, {Kind: order.LabelSent}, {Kind: order.Confirmed}} {
			e.At, e.Parcel, e.Bench, e.Packer = at, key, "1", packer
			events = append(events, e)
		}
	}
	if err := w.bench.Store.Append(events); err != nil {
		t.Fatal(err)
	}
	w.press("F7")
	if w.page != frame.PageShift {
		t.Fatalf("F7 leads to page %d", w.page)
	}
	work(w)
	return w
}

func TestShiftOfEverybody(t *testing.T) {
	w := newShift(t)
	m := w.shiftModel(now)
	if m.Own != "" || !m.IsToday || m.Figures.Parcels != 8 || m.Figures.Caught != 8 || m.UsualOf != 1 || m.Usual.Parcels != 4 || len(m.Trend) != 14 || m.Trend[12].Parcels != 4 || m.Trend[13].Parcels != 8 {
		t.Fatalf("%+v", m)
	}
	if !m.Labels.Whole || m.Labels.Sent != 8 || m.Labels.OnParcels != 8 || m.Labels.Bench != 0 {
		t.Errorf("%+v", m.Labels)
	}
	w.digit("2")
	m = w.shiftModel(now)
	if m.Section != shift.Everybody || len(m.Rows) != 5 || m.Rows[1].Name != "Li" || m.Rows[2].Name != "Mei" || m.Rows[2].Parcels != 6 || m.Rows[4].Name != "Bench 1" {
		t.Errorf("%+v", m.Rows)
	}
	w.press(shift.EarlierKey)
	work(w)
	if m := w.shiftModel(now); m.IsToday || m.Figures.Parcels != 4 || m.Labels.Whole || m.Rows[1].Parcels != 1 {
		t.Errorf("of yesterday: %+v", m)
	}
	w.press(shift.LaterKey)
	w.press(shift.LaterKey) // there is no tomorrow
	work(w)
	if m := w.shiftModel(now); !m.IsToday || m.Figures.Parcels != 8 {
		t.Errorf("back at today: %+v", m)
	}
	w.digit("3")
	if m := w.shiftModel(now); m.Section != shift.Rates {
		t.Errorf("section %d", m.Section)
	}
	w.press(string(fyne.KeyDown))
	w.press(shift.EarlierKey)
	if w.shift.back != 0 {
		t.Error("the rates have no days")
	}
}

// A packer sees what they did themselves, and nothing of anybody else; a supervisor sees everybody.
func TestShiftOfAPacker(t *testing.T) {
	w := newShift(t)
	people := []order.Person{{Badge: "1", Name: "Mei"}, {Badge: "2", Name: "Chen", Supervisor: true}}
	as := func(n int) shift.Model {
		w.latest.Store(&station.Snapshot{State: packing.State{Staff: packing.Staff{People: people, Packer: people[n]}}})
		w.draw()
		work(w)
		return w.shiftModel(now)
	}
	w.digit("2")
	m := as(0)
	if m.Own != "Mei" || m.Section != shift.Day || m.Figures.Parcels != 6 || m.Labels.Whole || m.Trend[12].Parcels != 3 {
		t.Errorf("Mei sees %+v", m)
	}
	for _, row := range m.Rows {
		if row.Name != "Mei" && row.Name != "Bench 1" && row.Head.Key == "" {
			t.Errorf("Mei sees %+v", row)
		}
	}
	w.digit("2")
	w.digit("3")
	if m := w.shiftModel(now); m.Section != shift.Day || len(m.Rates) != 0 {
		t.Errorf("Mei sees section %d", m.Section)
	}
	if m := as(1); m.Own != "" || m.Figures.Parcels != 8 {
		t.Errorf("the supervisor sees %+v", m)
	}
}
