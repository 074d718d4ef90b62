package overdue

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/filter"
	"packbench/ui/kit"
)

// Screen is the page.
type Screen struct {
	object  *fyne.Container
	tongue  words.Tongue
	numbers [4]*number
	day     *day
	cancels *cancels
	chips   []*filter.Cell
	more    *filter.Cell
	print   *kit.KeyButton
	sheet   *kit.KeyButton
	report  *kit.Report
	table   *table
	foot    *foot
	parcel  *parcel
	model   Model
}

// Hands are what a person does on the page with a finger.
type Hands struct {
	Press  func(key string) // a key, or the digit of a chip
	Open   func(row int)    // a row, by its place among those that are shown
	Act    func(row int)    // the next act of a row
	Cancel func(place int)  // a parcel that is about to be cancelled
}

// chipsShown is how many chips have a digit of their own at once; one more cell shows others.
const chipsShown = 4

// New makes the page.
func New(tongue words.Tongue, hands Hands) *Screen {
	s := &Screen{tongue: tongue, report: kit.NewReport(), day: newDay(tongue), cancels: newCancels(tongue, hands.Cancel), foot: newFoot(tongue)}
	s.table, s.parcel = newTable(tongue, hands), newParcel(tongue, hands)
	objects := []fyne.CanvasObject{s.day.object, s.cancels.object, s.report, s.table.object, s.foot.object, s.parcel.object}
	for i := range s.numbers {
		s.numbers[i] = newNumber()
		objects = append(objects, s.numbers[i].object)
	}
	for i := range chipsShown {
		digit := strconv.Itoa(i + 1)
		made := filter.NewCell(digit, func() { hands.Press(digit) })
		s.chips = append(s.chips, made)
		objects = append(objects, made.Object)
	}
	s.more = filter.NewCell(filter.MoreKey, func() { hands.Press(filter.MoreKey) })
	s.print, s.sheet = kit.NewSmallKeyButton(func() { hands.Press(PrintKey) }), kit.NewSmallKeyButton(func() { hands.Press(SheetKey) })
	s.print.Set(PrintKey, tongue.Text("overdue.act.print"))
	s.sheet.Set(SheetKey, tongue.Text("overdue.act.sheet"))
	s.object = kit.Place(s.fit, append(objects, s.more.Object, s.print.Object, s.sheet.Object)...)
	s.Render(Model{Chosen: -1})
	return s
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Room is how many rows are shown at once.
func (s *Screen) Room() int { return s.table.room() }

// ClockRoom is how many clocks of a parcel are shown at once.
func (s *Screen) ClockRoom() int { return s.parcel.room() }

// CancelRoom is how many parcels that are about to be cancelled are shown at once.
func (s *Screen) CancelRoom() int { return cancelsShown }

// ChipRoom is how many chips have a digit at once.
func (s *Screen) ChipRoom() int { return chipsShown }

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	s.model = m
	listed := !m.IsOpen
	for _, o := range s.listed() {
		kit.Show(o, listed)
	}
	kit.Show(s.parcel.object, m.IsOpen)
	s.report.Set(m.Report.Tone, s.tongue.Say(m.Report.Said))
	if m.IsOpen {
		s.parcel.render(m.Parcel, m.Now)
	} else {
		s.renderNumbers(m)
		s.day.render(m.Curve, m.Numbers.MissKnown)
		s.cancels.render(m)
		for i, cell := range s.chips {
			kit.Show(cell.Object, i < len(m.Chips))
			if i < len(m.Chips) {
				cell.Render(m.Chips[i])
			}
		}
		kit.Show(s.more.Object, m.More)
		s.more.Name(s.tongue.Text("filter.more"))
		s.table.render(m)
		s.foot.render(m, s.table.room())
	}
	s.fit(s.object.Size())
	kit.Arrange(s.object)
}

// listed are the parts that stand around the list.
func (s *Screen) listed() []fyne.CanvasObject {
	all := []fyne.CanvasObject{s.day.object, s.cancels.object, s.table.object, s.foot.object, s.more.Object, s.print.Object, s.sheet.Object}
	for _, n := range s.numbers {
		all = append(all, n.object)
	}
	for _, c := range s.chips {
		all = append(all, c.Object)
	}
	return all
}

func (s *Screen) renderNumbers(m Model) {
	n, known := m.Numbers, !m.AsOf.IsZero()
	figure := func(count int, known bool) string {
		if !known {
			return "–"
		}
		return strconv.Itoa(count)
	}
	tone := func(count int, known bool, loud kit.Tone) kit.Tone {
		if known && count > 0 {
			return loud
		}
		return kit.Told
	}
	s.numbers[0].render(figure(n.Overdue, known), s.tongue.Text("overdue.now"), tone(n.Overdue, known, kit.Bad))
	due := s.tongue.Text("overdue.due.today")
	if !n.CutOff.IsZero() {
		due = s.tongue.Text("overdue.due", "time", clock.Moment(s.tongue, n.CutOff, m.Now))
	}
	s.numbers[1].render(figure(n.Due, known), due, kit.Told)
	miss := s.tongue.Text("overdue.miss")
	if known && !n.MissKnown {
		miss = s.tongue.Text("overdue.miss.unknown")
	}
	s.numbers[2].render(figure(n.Miss, known && n.MissKnown), miss, tone(n.Miss, known && n.MissKnown, kit.Loud))
	s.numbers[3].render(figure(n.Owed, known), s.tongue.Text("overdue.owed"), tone(n.Owed, known, kit.Loud))
}

// The measures of the page.
const (
	topHeight   = 116
	numberShare = 0.155 // of the width
)

func (s *Screen) fit(size fyne.Size) {
	const wide = 1600
	edge, gap := kit.Unit(kit.SizeGap3), kit.Unit(kit.SizeGap)
	if size.Width >= wide {
		edge = kit.Unit(kit.SizeGap5)
	}
	width, y := size.Width-2*edge, edge
	report := func() {
		if s.report.Visible() {
			high := max(s.report.HeightFor(width), kit.Unit(kit.SizeMark))
			kit.Put(s.report, edge, y, width, high)
			y += high + gap
		}
	}
	if s.model.IsOpen {
		report()
		kit.Put(s.parcel.object, edge, y, width, size.Height-edge-y)
		return
	}
	each := width * numberShare
	for i, n := range s.numbers {
		kit.Put(n.object, edge+float32(i)*(each+gap), y, each, topHeight)
	}
	left := float32(len(s.numbers)) * (each + gap)
	kit.Put(s.day.object, edge+left, y, width-left, topHeight)
	y += topHeight + gap
	row := kit.Unit(kit.SizeRow)
	if s.cancels.object.Visible() {
		kit.Put(s.cancels.object, edge, y, width, row)
		y += row + gap
	}
	s.fitBar(edge, y, width, row)
	y += row + gap
	report()
	foot := kit.Line(kit.SizeText)
	kit.Put(s.table.object, edge, y, width, size.Height-edge-foot-y)
	kit.Put(s.foot.object, edge, size.Height-edge-foot+kit.Unit(kit.SizeHalf), width, foot)
}

// fitBar sets the chips side by side, and what can be done with the list behind them.
func (s *Screen) fitBar(x, y, width, row float32) {
	gap := kit.Unit(kit.SizeGap)
	right := x + width
	for _, act := range []*kit.KeyButton{s.sheet, s.print} {
		wide := act.Object.MinSize().Width
		right -= wide
		kit.Put(act.Object, right, y, wide, row)
		right -= gap
	}
	each := (right - gap - x - gap*chipsShown) / (chipsShown + 1)
	for i, c := range s.chips {
		kit.Put(c.Object, x+float32(i)*(each+gap), y, each, row)
	}
	kit.Put(s.more.Object, x+chipsShown*(each+gap), y, each, row)
}
