package pack

import (
	"fmt"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// stopped is the whole page in hatched amber: hands off, and what goes back where.
type stopped struct {
	object  *fyne.Container
	tongue  words.Tongue
	title   *kit.Steps
	code    *kit.Text
	back    *kit.Steps
	button  *kit.KeyButton
	key     string
	hands   *kit.Text
	answer  *kit.KeyButton
	reply   string // the key of answer
	list    *fyne.Container
	rows    []*returnRow
	more    *kit.Text
	returns []Return
}

func newStopped(tongue words.Tongue, press func(string)) *stopped {
	s := &stopped{tongue: tongue}
	s.title = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeBig, Lines: 1},
		kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeWord, Lines: 2}, kit.Step{Size: kit.SizeHead, Lines: 3}, kit.Step{Size: kit.SizeSub, Lines: 4})
	soft := kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground}
	s.code = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, "")
	s.back = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 2})
	s.button = kit.NewKeyButton(true, func() { press(s.key) })
	s.answer = kit.NewKeyButton(false, func() { press(s.reply) })
	s.hands = kit.NewText(soft, "")
	s.more = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignCenter}, "")
	s.list = kit.Place(s.fill, s.more)

	pad, gap := kit.Unit(kit.SizeGap4), kit.Unit(kit.SizeGap2)
	hands := kit.Row(gap, kit.Natural(kit.NewText(soft, tongue.Text("pack.stop.parcel"))), kit.Natural(s.code),
		kit.UpTo(s.hands))
	mark := kit.NewMark(kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning, kit.Unit(kit.SizeTail))
	head := kit.Row(kit.Unit(kit.SizeGap3), kit.Natural(mark),
		kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(s.title), kit.Natural(hands), kit.Spring())).Across())
	task := kit.Row(gap, kit.Grow(s.back), kit.Natural(s.answer.Object), kit.Natural(s.button.Object))
	rule := kit.NewBox(kit.Coat{Fill: kit.ColorForeground})
	column := kit.Column(0, kit.Fixed(kit.Inset(head, pad, 0, pad, 0), 2*kit.Unit(kit.SizeVariant)), kit.Fixed(rule, kit.Unit(kit.SizeStroke)),
		kit.Fixed(kit.Inset(task, pad, 0, pad, 0), kit.Unit(kit.SizeMarkBig)+gap), kit.Grow(s.list))
	box := kit.NewBox(kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOnWarning, Width: kit.SizeLoud, Radius: kit.SizeRadius})
	hatch, loud := kit.NewHatch(), kit.Unit(kit.SizeLoud)
	card := kit.Layers(box, kit.Inset(column, loud, 0, loud, loud))
	s.object = kit.Place(func(size fyne.Size) {
		kit.Put(hatch, 0, 0, size.Width, size.Height)
		edge := kit.Unit(kit.SizeGap5)
		height := min(size.Height-2*kit.Unit(kit.SizeGap2), s.height())
		kit.Put(card, edge, (size.Height-height)/2, size.Width-2*edge, height)
	}, hatch, card)
	return s
}

// height is what the card needs to show every pile.
func (s *stopped) height() float32 {
	fixed := 2*kit.Unit(kit.SizeVariant) + kit.Unit(kit.SizeMarkBig) + kit.Unit(kit.SizeGap3)
	return fixed + float32(len(s.returns))*returnHeight()
}

func returnHeight() float32 { return kit.Unit(kit.SizeTail) + kit.Unit(kit.SizeGap) }

func (s *stopped) render(m Model) {
	s.title.Set(s.sentence(m))
	s.code.Set(kit.Tail(m.Stop.Code))
	s.back.Set(s.tongue.Text(task(m.Stop)))
	s.hands.Set(s.tongue.Say(hands(s.tongue, m)))
	s.reply = m.Stop.Answer.Key
	s.answer.Set(s.reply, s.tongue.Say(m.Stop.Answer.Word))
	kit.Show(s.answer.Object, s.reply != "")
	s.key = m.Stop.Act.Key
	s.button.Set(s.key, s.tongue.Say(m.Stop.Act.Word))
	kit.Show(s.button.Object, s.key != "")
	s.returns = m.Stop.Back
	s.fill(s.list.Size())
}

// hands says what the buyer waits for, or else only that hands are to rest.
func hands(tongue words.Tongue, m Model) order.Said {
	left := m.Stop.AnswerBy.Sub(m.Now)
	switch {
	case m.Stop.Note.Key != "":
		return m.Stop.Note
	case m.Stop.AnswerBy.IsZero():
		return order.Say("pack.stop.hands")
	case left <= 0:
		return order.Say("window.stop.owed.over")
	}
	return order.Say("window.stop.owed", "left", clock.Span(tongue, left), "at", clock.Moment(tongue, m.Stop.AnswerBy, m.Now))
}

// task is what hands have to do.
func task(s Stop) string {
	switch {
	case s.Label && len(s.Back) == 0:
		return "pack.stop.label"
	case s.Label:
		return "pack.stop.label.back"
	case len(s.Back) == 0:
		return "pack.stop.nothing"
	}
	return "pack.stop.back"
}

func (s *stopped) sentence(m Model) string {
	if m.Stop.Title.Key != "" {
		return s.tongue.Say(m.Stop.Title)
	}
	var key string
	switch m.Stop.Reason {
	case Cancelled:
		key = "pack.stop.cancelled"
	case CancelRequested:
		key = "pack.stop.requested"
	case OnHold:
		return s.tongue.Text("pack.stop.hold")
	case Elsewhere:
		return s.tongue.Text("pack.stop.elsewhere")
	default:
		return s.tongue.Text("pack.stop.other")
	}
	if m.Stop.At.IsZero() {
		return s.tongue.Text(key)
	}
	return s.tongue.Text(key+".ago", "age", clock.Span(s.tongue, m.Now.Sub(m.Stop.At)))
}

// fill shows whole rows only; what does not fit is a number, so that nobody thinks the list ended.
func (s *stopped) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	shown, height := len(s.returns), returnHeight()
	if size.Height+1 < height*float32(shown) {
		height = kit.Unit(kit.SizeThumb) // closer together, the words as large as before
	}
	if room := int((size.Height + 1) / height); shown > room {
		shown = max(0, int((size.Height-kit.Line(kit.SizeText))/height))
	}
	for len(s.rows) < shown {
		row := newReturnRow()
		s.rows = append(s.rows, row)
		s.list.Objects = append(s.list.Objects, row.object)
	}
	for i, row := range s.rows {
		kit.Show(row.object, i < shown)
		if i < shown {
			kit.Put(row.object, 0, float32(i)*height, size.Width, height)
			row.render(s.returns[i])
		}
	}
	y := float32(shown) * height
	kit.Show(s.more, shown < len(s.returns))
	kit.Put(s.more, 0, y, size.Width, size.Height-y)
	s.more.Set(s.tongue.Text("pack.stop.more", "n", len(s.returns)-shown))
}

// returnRow is a pile of goods and the bin it goes to.
type returnRow struct {
	object        *fyne.Container
	picture       *kit.Picture
	bin, count    *kit.Steps
	name, variant *kit.Text
}

func newReturnRow() *returnRow {
	r := &returnRow{picture: kit.NewPicture()}
	r.bin = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, kit.Step{Size: kit.SizeBig, Lines: 1},
		kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2}, kit.Step{Size: kit.SizeSub, Lines: 3})
	r.count = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures},
		kit.Step{Size: kit.SizeBig, Lines: 1}, kit.Step{Size: kit.SizeSay, Lines: 1})
	r.name = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, "")
	r.variant = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, "")
	line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	words := kit.Column(0, kit.Spring(), kit.Natural(r.name), kit.Natural(r.variant), kit.Spring())
	r.object = kit.Place(func(size fyne.Size) {
		edge, gap := kit.Unit(kit.SizeGap4), kit.Unit(kit.SizeGap3)
		side := size.Height - gap
		kit.Put(line, 0, 0, size.Width, kit.Unit(kit.SizeHair))
		kit.Put(r.picture, edge, gap/2, side, side)
		x := edge + side + gap
		bin, count := size.Width*0.32, size.Width*0.13
		kit.Put(r.bin, x, 0, bin-gap, size.Height)
		kit.Put(r.count, x+bin, 0, count-gap/2, size.Height)
		x += bin + count
		kit.Put(words, x, 0, size.Width-x-edge, size.Height)
	}, line, r.picture, r.bin, r.count, words)
	return r
}

func (r *returnRow) render(back Return) {
	bin := back.Bin
	if bin == "" {
		bin = back.SKU
	}
	r.picture.Set(back.Photo, back.SKU)
	r.bin.Set(bin)
	r.count.Set(fmt.Sprintf("×%d", back.Count))
	r.name.Set(back.Name)
	r.variant.Set(back.Variant)
	kit.Show(r.variant, back.Variant != "")
	kit.Arrange(r.object)
}
