package people

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// The keys of the page's two buttons, and of more people.
const (
	BackKey = "F9"
	NextKey = "F10"
	MoreKey = "9"
)

// Screen is the page.
type Screen struct {
	object  *fyne.Container
	tongue  words.Tongue
	hands   Hands
	model   Model
	title   *kit.Steps
	text    *kit.Steps
	head    *row
	rows    [MostPeople]*row
	more    *kit.KeyButton
	about   *row
	choices [MostChoices]*choice
	bodies  [views]*fyne.Container
	name    *widget.Entry
	report  *kit.Report
	next    *kit.KeyButton
	filling bool
}

// New makes the page.
func New(tongue words.Tongue, hands Hands) *Screen {
	s := &Screen{tongue: tongue, hands: hands, report: kit.NewReport()}
	s.title = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 2})
	s.text = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 2})
	s.bodies = [views]*fyne.Container{List: s.newList(), One: s.newOne(), Name: s.newName()}
	back := kit.NewKeyButton(false, func() { s.Key(BackKey) })
	back.Set(BackKey, tongue.Text("signin.back"))
	s.more = kit.NewKeyButton(false, func() { s.Key(MoreKey) })
	s.more.Set(MoreKey, tongue.Text("peoplepage.more"))
	s.next = kit.NewKeyButton(true, func() { s.Key(NextKey) })
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	report := kit.Column(0, kit.Spring(), kit.Natural(s.report), kit.Spring())
	buttons := kit.Row(2*gap, kit.Natural(back.Object).Across(), kit.Grow(report).Across(), kit.Natural(s.more.Object).Across(), kit.Natural(s.next.Object).Across())
	layers := kit.Layers(s.bodies[List], s.bodies[One], s.bodies[Name])
	column := kit.Column(gap, kit.Natural(s.title), kit.Natural(s.text), kit.Grow(layers), kit.Fixed(buttons, kit.Unit(kit.SizeThumb)))
	card := kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, pad, gap, pad, 2*gap))
	s.object = kit.Place(func(size fyne.Size) {
		edge := kit.Unit(kit.SizeGap3)
		kit.Put(card, edge, edge, size.Width-2*edge, size.Height-2*edge)
	}, card)
	s.Render(Model{})
	return s
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

func (s *Screen) newList() *fyne.Container {
	s.head = newRow(nil)
	s.head.title(s.tongue)
	parts := []kit.Part{kit.Fixed(s.head.object, kit.Line(kit.SizeText))}
	for i := range s.rows {
		s.rows[i] = newRow(func() { s.Key(strconv.Itoa(i + 1)) })
		parts = append(parts, kit.Fixed(s.rows[i].object, kit.Unit(kit.SizeRow)))
	}
	return kit.Column(0, append(parts, kit.Spring())...)
}

func (s *Screen) newOne() *fyne.Container {
	s.about = newRow(nil)
	parts := []kit.Part{kit.Fixed(s.about.object, kit.Unit(kit.SizeRow))}
	for i := range s.choices {
		digit := strconv.Itoa(i + 1)
		s.choices[i] = newChoice(digit, func() { s.Key(digit) })
		parts = append(parts, kit.Fixed(s.choices[i].object, kit.Unit(kit.SizeRow)))
	}
	return kit.Column(kit.Unit(kit.SizeGap), append(parts, kit.Spring())...)
}

func (s *Screen) newName() *fyne.Container {
	s.name = widget.NewEntry()
	s.name.OnChanged = func(text string) {
		if !s.filling {
			s.hands.Type(text)
		}
	}
	const wide = 480
	field := kit.Row(0, kit.Fixed(s.name, wide).Across(), kit.Spring())
	return kit.Column(0, kit.Fixed(field, kit.Unit(kit.SizeButton)), kit.Spring())
}

// Fill puts a name into the field without telling so.
func (s *Screen) Fill(name string) {
	s.filling = true
	s.name.SetText(name)
	s.filling = false
}

// Field is the field of the name, which takes the focus when it is asked for.
func (s *Screen) Field() fyne.Focusable { return s.name }

// Digits is how many digits mean something just now, from 1.
func (s *Screen) Digits() int {
	switch {
	case s.model.View == List && s.model.More:
		return 9
	case s.model.View == List:
		return min(len(s.model.People), MostPeople)
	case s.model.View == One:
		return min(len(s.model.Choices), MostChoices)
	}
	return 0
}

// Key does what a key does here, a function key or a digit, and tells whether the page knows it.
func (s *Screen) Key(name string) bool {
	switch {
	case name == BackKey:
		s.hands.Back()
	case name == NextKey && s.model.Next.Key != "":
		s.hands.Next()
	default:
		digit, err := strconv.Atoi(name)
		if err != nil || digit < 1 || digit > s.Digits() || s.model.View == List && digit > len(s.model.People) && name != MoreKey {
			return false
		}
		s.hands.Choose(digit)
	}
	return true
}

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	s.model = m
	s.title.Set(s.tongue.Say(m.Title))
	s.text.Set(s.tongue.Say(m.Text))
	kit.Show(s.text, m.Text.Key != "")
	for i, body := range s.bodies {
		kit.Show(body, View(i) == m.View)
	}
	for i, r := range s.rows {
		kit.Show(r.object, i < len(m.People))
		if i < len(m.People) {
			r.render(s.tongue, strconv.Itoa(i+1), m.People[i])
		}
	}
	kit.Show(s.head.object, len(m.People) > 0)
	s.about.render(s.tongue, "", m.Person)
	kit.Show(s.about.object, m.Person.Name != "")
	for i, c := range s.choices {
		kit.Show(c.object, i < len(m.Choices))
		if i < len(m.Choices) {
			c.word.Set(s.tongue.Say(m.Choices[i]))
		}
	}
	s.report.Set(m.Report.Tone, s.tongue.Say(m.Report.Said))
	kit.Show(s.more.Object, m.View == List && m.More)
	s.next.Set(NextKey, s.tongue.Say(m.Next))
	kit.Show(s.next.Object, m.Next.Key != "")
	kit.Arrange(s.object)
}
