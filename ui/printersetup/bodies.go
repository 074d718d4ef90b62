package printersetup

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// answerHeight is a large answer's: its digit and two lines of words.
const answerHeight = 112

// offers are the languages and resolutions to choose from, with the guess and why.
type offers struct {
	object            *fyne.Container
	tongue            words.Tongue
	why               *kit.Steps
	speaks, fine      [MostOffers]*kit.ChoiceButton
	speakRow, fineRow *fyne.Container
}

func (s *Screen) newOffers() *offers {
	o := &offers{tongue: s.tongue}
	o.why = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	gap := kit.Unit(kit.SizeGap)
	row := func(buttons *[MostOffers]*kit.ChoiceButton, before func() int) *fyne.Container {
		var parts []kit.Part
		for i := range buttons {
			buttons[i] = kit.NewChoiceButton(func() { s.Key(strconv.Itoa(before() + i + 1)) })
			parts = append(parts, kit.Grow(buttons[i].Object).Across())
		}
		return kit.Row(2*gap, parts...)
	}
	o.speakRow = row(&o.speaks, func() int { return 0 })
	o.fineRow = row(&o.fine, func() int { return len(s.model.Languages) })
	label := func(key string) *kit.Text {
		return kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, s.tongue.Text(key))
	}
	const height = 104
	o.object = kit.Column(gap/2, kit.Natural(o.why), kit.Natural(label("setup.language.speaks")), kit.Fixed(o.speakRow, height),
		kit.Natural(label("setup.language.fine")), kit.Fixed(o.fineRow, height), kit.Spring())
	return o
}

func (o *offers) content() fyne.CanvasObject { return o.object }

func (o *offers) render(m Model) {
	o.why.Set(o.tongue.Say(m.Guess))
	fill := func(buttons *[MostOffers]*kit.ChoiceButton, all []Offer, before int) {
		for i, b := range buttons {
			kit.Show(b.Object, i < len(all))
			if i < len(all) {
				b.Set(strconv.Itoa(before+i+1), all[i].Name)
				b.Choose(all[i].Chosen)
			}
		}
	}
	fill(&o.speaks, m.Languages, 0)
	fill(&o.fine, m.Resolutions, len(m.Languages))
}

// test asks for a scan of the test label, and what came out where there is none to scan.
type test struct{ object *fyne.Container }

// answerKeys are the words of the answers.
var answerKeys = [answers]string{"setup.test.nothing", "setup.test.garbage", "setup.test.half"}

func (s *Screen) newTest() *test {
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	sign := kit.NewIcon(kit.SignScanner, kit.ColorPrimary, kit.Unit(kit.SizeMarkBig))
	say := kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2})
	say.Set(s.tongue.Text("setup.test.scan"))
	box := kit.NewBox(kit.Coat{Fill: kit.ColorPrimarySoft, Stroke: kit.ColorPrimary, Width: kit.SizeLoud, Radius: kit.SizeRadius})
	scan := kit.Layers(box, kit.Inset(kit.Row(pad, kit.Natural(sign), kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(say), kit.Spring())).Across()), pad, gap, pad, gap))
	or := kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, s.tongue.Text("setup.test.or"))
	var parts []kit.Part
	for i, key := range answerKeys {
		digit := strconv.Itoa(i + 1)
		b := kit.NewChoiceButton(func() { s.Key(digit) })
		b.Set(digit, s.tongue.Text(key))
		parts = append(parts, kit.Grow(b.Object).Across())
	}
	return &test{kit.Column(gap, kit.Grow(scan), kit.Natural(or), kit.Fixed(kit.Row(2*gap, parts...), answerHeight))}
}

func (t *test) content() fyne.CanvasObject { return t.object }
func (t *test) render(Model)               {}

// asked is a question with its answers under each other, or a field for a number.
type asked struct {
	object *fyne.Container
	tongue words.Tongue
	say    *kit.Steps
	rows   [MostChoices]*foundRow
	number *fyne.Container
	unit   *kit.Text
}

func (s *Screen) newAsked() *asked {
	a := &asked{tongue: s.tongue}
	a.say = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeSub, Lines: 3}, kit.Step{Size: kit.SizeText, Lines: 6})
	parts := []kit.Part{kit.Natural(a.say)}
	const rowHeight = 56
	for i := range a.rows {
		digit := strconv.Itoa(i + 1)
		a.rows[i] = newFoundRow(digit, func() { s.Key(digit) })
		parts = append(parts, kit.Fixed(a.rows[i].object, rowHeight))
	}
	const entryWidth = 200
	a.unit = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground}, "")
	a.number = kit.Row(kit.Unit(kit.SizeGap), kit.Fixed(s.entries[Number], entryWidth).Across(), kit.Natural(a.unit), kit.Spring())
	parts = append(parts, kit.Fixed(a.number, kit.Unit(kit.SizeButton)), kit.Spring())
	a.object = kit.Column(kit.Unit(kit.SizeGap), parts...)
	return a
}

func (a *asked) content() fyne.CanvasObject { return a.object }

func (a *asked) render(m Model) {
	a.say.Set(a.tongue.Say(m.Question.Said))
	for i, row := range a.rows {
		there := i < len(m.Question.Choices)
		kit.Show(row.object, there)
		if there {
			row.render(Found{Name: a.tongue.Say(m.Question.Choices[i])})
		}
	}
	kit.Show(a.number, m.Question.Number)
	a.unit.Set(a.tongue.Say(m.Question.Unit))
}

// summary shows the profile that is kept.
type summary struct {
	object *fyne.Container
	tongue words.Tongue
	values [len(profileKeys)]*kit.Text
}

// profileKeys are the names of what a profile holds.
var profileKeys = [...]string{"setup.profile.printer", "setup.profile.address", "setup.profile.language", "setup.profile.moved", "setup.profile.asked"}

func newSummary(tongue words.Tongue) *summary {
	s := &summary{tongue: tongue}
	var parts []kit.Part
	for i, key := range profileKeys {
		const nameWidth = 176
		name := kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, tongue.Text(key))
		s.values[i] = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true}, "")
		line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
		row := kit.Row(kit.Unit(kit.SizeGap2), kit.Fixed(name, nameWidth), kit.Grow(s.values[i]))
		parts = append(parts, kit.Fixed(row, kit.Unit(kit.SizeRow)), kit.Fixed(line, kit.Unit(kit.SizeHair)))
	}
	s.object = kit.Column(0, append(parts, kit.Spring())...)
	return s
}

func (s *summary) content() fyne.CanvasObject { return s.object }

func (s *summary) render(m Model) {
	p := m.Profile
	answers := "setup.profile.mute"
	if p.Answers {
		answers = "setup.profile.answers"
	}
	for i, text := range []string{
		p.Name, p.Address, s.tongue.Text("unit.pair", "a", p.Language, "b", p.Resolution),
		s.tongue.Text("setup.profile.by", "right", p.Right, "down", p.Down), s.tongue.Text(answers),
	} {
		s.values[i].Set(text)
	}
}
