package shift

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// Screen is the page.
type Screen struct {
	object  *fyne.Container
	tongue  words.Tongue
	title   *kit.Text
	tabs    [sections]*kit.KeyButton
	date    *kit.Text
	earlier *kit.KeyButton
	later   *kit.KeyButton
	report  *kit.Report
	figures [5]*figure
	trend   *trend
	sums    *sums
	table   *table
	rates   *rates
	model   Model
}

// New makes the page. press is called with the key or the digit of what was pressed instead of typed.
func New(tongue words.Tongue, press func(key string)) *Screen {
	s := &Screen{tongue: tongue, report: kit.NewReport(), trend: newTrend(tongue), sums: newSums(tongue), table: newTable(tongue), rates: newRates(tongue)}
	s.title = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true}, "")
	s.date = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignTrailing}, "")
	s.earlier, s.later = kit.NewSmallKeyButton(func() { press(EarlierKey) }), kit.NewSmallKeyButton(func() { press(LaterKey) })
	s.earlier.Set(EarlierKey, tongue.Text("shift.act.earlier"))
	s.later.Set(LaterKey, tongue.Text("shift.act.later"))
	objects := []fyne.CanvasObject{s.title, s.date, s.earlier.Object, s.later.Object, s.report, s.trend.object, s.sums.object, s.table.object, s.rates.object}
	for i, word := range [sections]string{Day: tongue.Text("shift.day"), Everybody: tongue.Text("shift.everybody"), Rates: tongue.Text("shift.rates")} {
		digit := strconv.Itoa(i + 1)
		s.tabs[i] = kit.NewSmallKeyButton(func() { press(digit) })
		s.tabs[i].Set(digit, word)
		objects = append(objects, s.tabs[i].Object)
	}
	for i := range s.figures {
		s.figures[i] = newFigure()
		objects = append(objects, s.figures[i].object)
	}
	s.object = kit.Place(s.fit, objects...)
	s.Render(Model{})
	return s
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Room is how many rows of packers and benches are shown at once.
func (s *Screen) Room() int { return s.table.room() }

// RateRoom is how many lines of rates are shown at once.
func (s *Screen) RateRoom() int { return s.rates.room() }

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	s.model = m
	s.title.Set("")
	if m.Own != "" {
		s.title.Set(s.tongue.Text("shift.own", "name", m.Own))
	}
	for i, tab := range s.tabs {
		kit.Show(tab.Object, m.Own == "")
		tab.Main(Section(i) == m.Section)
	}
	s.date.Set(s.said(m))
	dated := m.Section != Rates
	kit.Show(s.date, dated)
	kit.Show(s.earlier.Object, dated)
	kit.Show(s.later.Object, dated && !m.IsToday)
	s.report.Set(m.Report.Tone, s.tongue.Say(m.Report.Said))
	kit.Show(s.trend.object, m.Section == Day)
	kit.Show(s.sums.object, m.Section == Day)
	kit.Show(s.table.object, m.Section == Everybody)
	kit.Show(s.rates.object, m.Section == Rates)
	s.renderFigures(m)
	s.trend.render(m)
	s.sums.render(m)
	s.table.render(m)
	s.rates.render(m)
	s.fit(s.object.Size())
	kit.Arrange(s.object)
}

// said is the day that is seen, in words.
func (s *Screen) said(m Model) string {
	switch {
	case m.AsOf.IsZero():
		return s.tongue.Text("shift.reading")
	case m.IsToday:
		return s.tongue.Text("shift.today", "time", clock.Moment(s.tongue, m.AsOf, m.Now))
	}
	return m.Date.Format("2006-01-02")
}

// pace is a pace as people read it; a dash where too little is known.
func pace(linesAnHour float64) string {
	if linesAnHour == 0 {
		return "–"
	}
	return strconv.FormatFloat(linesAnHour, 'f', 0, 64)
}

func (s *Screen) renderFigures(m Model) {
	f, u := m.Figures, m.Usual
	for i, one := range [...]struct {
		value, usual string
		word         order.Said
	}{
		{strconv.Itoa(f.Parcels), strconv.Itoa(u.Parcels), order.Say("shift.parcels")},
		{strconv.Itoa(f.Pieces), strconv.Itoa(u.Pieces), order.Say("shift.pieces")},
		{pace(f.LinesAnHour), pace(u.LinesAnHour), order.Say("shift.pace")},
		{strconv.Itoa(f.Caught), strconv.Itoa(u.Caught), order.Say("shift.caught")},
		{strconv.Itoa(f.WrongLabels), strconv.Itoa(u.WrongLabels), order.Say("shift.labels")},
	} {
		usual := ""
		if m.UsualOf > 0 && !m.AsOf.IsZero() {
			usual = s.tongue.Text("shift.usual", "n", one.usual)
		}
		if m.AsOf.IsZero() {
			one.value = "–"
		}
		s.figures[i].render(one.value, s.tongue.Say(one.word), usual)
		kit.Show(s.figures[i].object, m.Section == Day)
	}
}

const (
	figureHeight = 136
	sumsShare    = 0.36 // of the width
)

func (s *Screen) fit(size fyne.Size) {
	const wide = 1600
	edge, gap := kit.Unit(kit.SizeGap3), kit.Unit(kit.SizeGap2)
	if size.Width >= wide {
		edge = kit.Unit(kit.SizeGap5)
	}
	width, y, row := size.Width-2*edge, edge, kit.Unit(kit.SizeRow)
	x := edge
	for _, tab := range s.tabs {
		if tab.Object.Visible() {
			wide := tab.Object.MinSize().Width
			kit.Put(tab.Object, x, y, wide, row)
			x += wide + gap/2
		}
	}
	end := edge + width
	for _, button := range []*kit.KeyButton{s.later, s.earlier} {
		if button.Object.Visible() {
			wide := button.Object.MinSize().Width
			kit.Put(button.Object, end-wide, y, wide, row)
			end -= wide + gap/2
		}
	}
	dated := min(s.date.MinSize().Width, max(0, end-gap-x))
	kit.Put(s.date, end-gap/2-dated, y, dated, row)
	kit.Put(s.title, edge, y, max(0, end-gap-dated-edge), row)
	y += row + gap/2
	if s.report.Visible() {
		high := s.report.HeightFor(width)
		kit.Put(s.report, edge, y, width, high)
		y += high + gap/2
	}
	if s.model.Section != Day {
		for _, o := range []fyne.CanvasObject{s.table.object, s.rates.object} {
			kit.Put(o, edge, y, width, size.Height-edge-y)
		}
		return
	}
	each := (width - gap/2*float32(len(s.figures)-1)) / float32(len(s.figures))
	for i, f := range s.figures {
		kit.Put(f.object, edge+float32(i)*(each+gap/2), y, each, figureHeight)
	}
	y += figureHeight + gap/2
	sums := width * sumsShare
	kit.Put(s.trend.object, edge, y, width-sums-gap/2, size.Height-edge-y)
	kit.Put(s.sums.object, edge+width-sums, y, sums, size.Height-edge-y)
}
