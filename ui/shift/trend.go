package shift

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// trend is the parcels of the last days as bars, with the pace of each day under it.
type trend struct {
	object *fyne.Container
	chart  *fyne.Container
	tongue words.Tongue
	none   *kit.Steps
	days   []*daily
	model  Model
}

// daily is a day of the trend.
type daily struct {
	bar                *kit.Box
	count, date, speed *kit.Text
}

func newTrend(tongue words.Tongue) *trend {
	t := &trend{tongue: tongue, none: kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeLead, Lines: 2}, kit.Step{Size: kit.SizeText, Lines: 3})}
	t.none.Set(tongue.Text("shift.trend.none"))
	t.chart = kit.Place(t.fill, t.none)
	title := kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true}, tongue.Text("shift.trend"))
	foot := kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, tongue.Text("shift.trend.foot"))
	gap := kit.Unit(kit.SizeGap)
	column := kit.Column(0, kit.Fixed(title, kit.Line(kit.SizeLead)), kit.Grow(t.chart), kit.Fixed(foot, kit.Line(kit.SizeText)))
	t.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, 2*gap, gap, 2*gap, gap))
	return t
}

func (t *trend) render(m Model) {
	t.model = m
	worked := 0
	for len(t.days) < len(m.Trend) {
		text := func() *kit.Text {
			return kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignCenter, Face: kit.FaceFigures}, "")
		}
		d := &daily{bar: kit.NewBox(kit.Coat{}), count: text(), date: text(), speed: text()}
		t.days = append(t.days, d)
		t.chart.Objects = append(t.chart.Objects, d.bar, d.count, d.date, d.speed)
	}
	for i, d := range t.days {
		shown := i < len(m.Trend)
		for _, o := range []fyne.CanvasObject{d.bar, d.count, d.date, d.speed} {
			kit.Show(o, shown)
		}
		if !shown {
			continue
		}
		of := m.Trend[i]
		worked += of.Parcels
		seen := of.Date.Equal(m.Date)
		coat, ink := kit.Coat{Fill: kit.ColorRepeat, Radius: kit.SizeRadiusSmall}, kit.ColorSoft
		if seen {
			coat.Fill, ink = kit.ColorPrimary, kit.ColorForeground
		}
		d.bar.Paint(coat)
		count := strconv.Itoa(of.Parcels)
		if !of.Known {
			count = "–"
		}
		d.count.Set(count)
		d.date.Set(of.Date.Format("02"))
		d.speed.Set("")
		if of.LinesAnHour > 0 {
			d.speed.Set(pace(of.LinesAnHour))
		}
		for _, text := range []*kit.Text{d.count, d.date, d.speed} {
			text.Paint(ink, seen)
		}
	}
	kit.Show(t.none, worked == 0)
	t.fill(t.chart.Size())
}

func (t *trend) fill(size fyne.Size) {
	if size.IsZero() || len(t.model.Trend) == 0 {
		return
	}
	most := 1
	for _, d := range t.model.Trend {
		most = max(most, d.Parcels)
	}
	line := kit.Line(kit.SizeText)
	each, room := size.Width/float32(len(t.model.Trend)), max(0, size.Height-3*line)
	for i, of := range t.model.Trend {
		d, x := t.days[i], float32(i)*each
		high := room * float32(of.Parcels) / float32(most)
		side := min(each/6, kit.Unit(kit.SizeGap))
		kit.Put(d.bar, x+side, line+room-high, each-2*side, high)
		kit.Show(d.bar, of.Parcels > 0)
		kit.Put(d.count, x, room-high, each, line)
		kit.Put(d.date, x, line+room, each, line)
		kit.Put(d.speed, x, 2*line+room, each, line)
	}
	kit.Put(t.none, 0, line, size.Width, t.none.HeightFor(size.Width))
}
