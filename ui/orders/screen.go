package orders

import (
	"slices"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/filter"
	"packbench/ui/kit"
)

// Screen is the page.
type Screen struct {
	object *fyne.Container
	tongue words.Tongue
	filter *filter.Bar
	count  *kit.Steps
	part   *kit.Text
	acts   []*kit.KeyButton
	keys   []string
	table  *table
	drawer *drawer
	report *kit.Report
	model  Model
}

// The cells of the bar, and how many acts stand at the end of its line.
const chipColumns, chipRows, mostActs = 5, 1, 2

// New makes the page. press is called with the key of an act or the digit of a chip or section that was pressed instead of typed, open with the place of a row, typed
// with every change of the filter's line.
func New(tongue words.Tongue, press func(key string), open func(row int), typed func(text string)) *Screen {
	s := &Screen{tongue: tongue, filter: filter.NewBar(tongue, chipColumns, chipRows, press, typed), report: kit.NewReport(), keys: make([]string, mostActs)}
	s.count = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 1})
	s.part = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	s.table, s.drawer = newTable(tongue, open), newDrawer(tongue, press)
	objects := []fyne.CanvasObject{s.filter.Object, s.count, s.part, s.report, s.table.object, s.drawer.object}
	for i := range mostActs {
		made := kit.NewKeyButton(false, func() { press(s.keys[i]) })
		s.acts = append(s.acts, made)
		objects = append(objects, made.Object)
	}
	s.object = kit.Place(s.fit, objects...)
	s.Render(Model{Chosen: -1})
	return s
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Filter is the bar of the filter.
func (s *Screen) Filter() *filter.Bar { return s.filter }

// Room is how many rows are shown at once.
func (s *Screen) Room() int { return s.table.room() }

// LineRoom is how many lines of a section are shown at once.
func (s *Screen) LineRoom() int { return s.drawer.room() }

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	s.model = m
	kit.Show(s.filter.Object, !m.IsOpen)
	kit.Show(s.drawer.object, m.IsOpen)
	s.filter.Render(m.Filter)
	s.count.Set(s.tongue.Text("pick.parcels", "count", m.Count))
	part := ""
	switch {
	case m.Counting:
		part = s.tongue.Text("pick.counting")
	case len(m.Rows) > 0:
		part = s.tongue.Text("pick.part", "from", m.First+1, "to", m.First+min(len(m.Rows), s.table.room()), "of", m.Count)
	}
	s.part.Set(part)
	s.report.Set(m.Report.Tone, s.tongue.Say(m.Report.Said))
	for i, button := range s.acts {
		kit.Show(button.Object, i < len(m.Acts) && !m.IsOpen)
		if i < len(m.Acts) {
			s.keys[i] = m.Acts[i].Key
			button.Set(m.Acts[i].Key, s.tongue.Say(m.Acts[i].Word))
		}
	}
	s.table.render(m)
	if m.IsOpen {
		s.drawer.render(m.Order, m.Now)
	}
	s.fit(s.object.Size())
	kit.Arrange(s.object)
}

// countWidth is the room for the number beside the bar, drawerShare how much of the width an order takes.
const (
	countWidth  = 208
	drawerShare = 0.6
)

func (s *Screen) fit(size fyne.Size) {
	const wide = 1600
	edge, gap := kit.Unit(kit.SizeGap3), kit.Unit(kit.SizeGap2)
	if size.Width >= wide {
		edge = kit.Unit(kit.SizeGap5)
	}
	width, height := size.Width-2*edge, size.Height-2*edge
	left, y := width, edge
	if s.model.IsOpen {
		left = width*(1-drawerShare) - gap
		kit.Put(s.drawer.object, edge+left+gap, edge, width-left-gap, height)
		kit.Put(s.count, edge, y, left-countWidth/2, kit.Line(kit.SizeHead))
		kit.Put(s.part, edge+left-countWidth/2, y, countWidth/2, kit.Line(kit.SizeHead))
		y += kit.Line(kit.SizeHead) + gap/2
	} else {
		s.filter.Beside = countWidth + gap
		at := edge + width - countWidth
		kit.Put(s.count, at, y-kit.Unit(kit.SizeHalf), countWidth, kit.Line(kit.SizeSub))
		kit.Put(s.part, at, y+kit.Line(kit.SizeSub)-kit.Unit(kit.SizeHalf), countWidth, kit.Line(kit.SizeText))
		for _, act := range slices.Backward(s.acts) {
			if act.Object.Visible() {
				wide := act.Object.MinSize().Width
				at -= wide + gap
				s.filter.Beside = edge + width - at + gap/2
				kit.Put(act.Object, at, y, wide, kit.Unit(kit.SizeRow))
			}
		}
		kit.Put(s.filter.Object, edge, y, width, s.filter.Height())
		kit.Arrange(s.filter.Object)
		y += s.filter.Height() + gap/2
	}
	if s.report.Visible() {
		high := s.report.HeightFor(left)
		kit.Put(s.report, edge, y, left, high)
		y += high + gap/2
	}
	kit.Put(s.table.object, edge, y, left, edge+height-y)
}
