package signin

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
)

// Screen is the page.
type Screen struct {
	object      *fyne.Container
	tongue      words.Tongue
	title, text *kit.Steps
	open        *kit.Steps
	dots        []*kit.Box
	row         *fyne.Container
	pad, badge  *fyne.Container
	back        *fyne.Container
}

// keySide is the side of a key of the pad: a gloved finger's, well over the 48 that a target has to have.
const keySide = 96

// New makes the page. press is called with a digit, Rubout, Done or Back that was pressed instead of typed.
func New(tongue words.Tongue, press func(key string)) *Screen {
	s := &Screen{tongue: tongue}
	s.title = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeVariant, Lines: 1},
		kit.Step{Size: kit.SizeBig, Lines: 2}, kit.Step{Size: kit.SizeSay, Lines: 3})
	s.text = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeHead, Lines: 3}, kit.Step{Size: kit.SizeSub, Lines: 4})
	s.open = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeSub, Lines: 3})
	back := kit.NewKeyButton(false, func() { press(Back) })
	back.Set(Back, tongue.Text("signin.back"))
	s.back = kit.Row(0, kit.Natural(back.Object), kit.Spring())
	s.row = s.newDots()
	s.pad = newPad(tongue, press)
	s.badge = kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorPrimary, Radius: kit.SizeRadius}),
		kit.NewIcon(kit.SignPerson, kit.ColorOnPrimary, 2*kit.Unit(kit.SizeTail)))
	gap := kit.Unit(kit.SizeGap3)
	column := kit.Column(gap, kit.Spring(), kit.Natural(s.title), kit.Natural(s.text), kit.Fixed(s.row, kit.Unit(kit.SizeThumb)), kit.Natural(s.open),
		kit.Natural(s.back), kit.Spring())
	card := kit.NewBox(kit.CoatCard)
	s.object = kit.Place(func(size fyne.Size) {
		edge, side := kit.Unit(kit.SizeGap3), kit.Unit(kit.SizeGap5)
		kit.Put(card, edge, edge, size.Width-2*edge, size.Height-2*edge)
		width, height := 3*keySide+2*kit.Unit(kit.SizeGap2), 4*keySide+3*kit.Unit(kit.SizeGap2)
		x, y := size.Width-edge-side-width, (size.Height-height)/2
		kit.Put(s.pad, x, y, width, height)
		kit.Put(s.badge, x, (size.Height-width)/2, width, width)
		kit.Put(column, edge+side, 2*edge, x-edge-2*side, size.Height-4*edge)
	}, card, column, s.pad, s.badge)
	s.Render(Model{})
	return s
}

// newDots has a place for each digit of the longest PIN, so that what stands there tells nobody how long this one is.
func (s *Screen) newDots() *fyne.Container {
	side, gap := kit.Unit(kit.SizeMark), kit.Unit(kit.SizeGap2)
	var objects []fyne.CanvasObject
	for range order.LongestPIN {
		dot := kit.NewBox(kit.Coat{})
		s.dots = append(s.dots, dot)
		objects = append(objects, dot)
	}
	return kit.Place(func(size fyne.Size) {
		for i, dot := range s.dots {
			kit.Put(dot, float32(i)*(side+gap), (size.Height-side)/2, side, side)
		}
	}, objects...)
}

// newPad is a keypad for who has no keyboard, in the order of a telephone's.
func newPad(tongue words.Tongue, press func(string)) *fyne.Container {
	keys := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", Rubout, "0", Done}
	var objects []fyne.CanvasObject
	for _, key := range keys {
		objects = append(objects, newKey(tongue, key, func() { press(key) }))
	}
	return kit.Place(func(fyne.Size) {
		step := keySide + kit.Unit(kit.SizeGap2)
		for i, object := range objects {
			kit.Put(object, float32(i%3)*step, float32(i/3)*step, keySide, keySide)
		}
	}, objects...)
}

func newKey(tongue words.Tongue, key string, pressed func()) *fyne.Container {
	coat := kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeStroke, Radius: kit.SizeRadius}
	var face fyne.CanvasObject
	switch key {
	case Rubout:
		face = kit.NewText(kit.Voice{Size: kit.SizeHead, Bold: true, Color: kit.ColorForeground, Align: fyne.TextAlignCenter}, tongue.Text("signin.rubout"))
	case Done:
		coat.Fill, coat.Stroke = kit.ColorPrimary, kit.ColorPrimary
		face = kit.NewIcon(kit.SignTick, kit.ColorOnPrimary, kit.Unit(kit.SizeWord))
	default:
		face = kit.NewText(kit.Voice{Size: kit.SizeSay, Bold: true, Face: kit.FaceFigures, Color: kit.ColorForeground, Align: fyne.TextAlignCenter}, key)
	}
	return kit.Layers(kit.NewBox(coat), face, kit.NewTap(pressed))
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	asks := m.View == PIN
	title, text := s.tongue.Text("signin.badge"), s.tongue.Text("signin.badge.text")
	switch {
	case m.View == Away:
		title, text = s.tongue.Text("signin.away"), s.tongue.Text("signin.away.text")
	case asks && m.Override:
		title, text = m.Name, s.tongue.Text("signin.override")
	case asks:
		title, text = m.Name, s.tongue.Text("signin.pin")
	}
	if m.Title.Key != "" {
		title = s.tongue.Say(m.Title)
	}
	if m.Text.Key != "" {
		text = s.tongue.Say(m.Text)
	}
	s.title.Set(title)
	s.text.Set(text)
	s.open.Set("")
	if m.Open != "" {
		s.open.Set(s.tongue.Text("signin.open", "code", kit.Tail(m.Open)))
	}
	kit.Show(s.open, m.Open != "")
	for i, dot := range s.dots {
		coat := kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeStroke, Radius: kit.SizeGap2}
		if i < m.Dots {
			coat.Fill, coat.Stroke = kit.ColorForeground, kit.ColorForeground
		}
		dot.Paint(coat)
	}
	kit.Show(s.row, asks)
	kit.Show(s.pad, asks)
	kit.Show(s.back, asks || m.Leave)
	kit.Show(s.badge, !asks)
	kit.Arrange(s.object)
}
