package wall

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/kit"
)

// Screen is the page.
type Screen struct {
	object *fyne.Container
	floor  *kit.Box
	none   *fyne.Container
	head   *head
	hero   *hero
	grid   *grid
	take   *take
	left   *left
	acts   *acts
	asked  *ask.Card
}

// New makes the page. press is called with the key of an act that was pressed instead of typed.
func New(tongue words.Tongue, press func(key string)) *Screen {
	s := &Screen{
		floor: kit.NewBox(kit.Coat{Fill: kit.ColorBackground}), none: newNone(tongue), head: newHead(tongue), hero: newHero(tongue), grid: newGrid(tongue),
		take: newTake(tongue), left: newLeft(tongue), acts: newActs(tongue, press), asked: ask.NewCard(tongue, press),
	}
	s.object = kit.Place(s.fit, s.floor, s.none, s.head.object, s.hero.object, s.grid.object, s.take.object, s.left.object, s.acts.object, s.asked.Object)
	s.Render(Model{})
	return s
}

// Object is what stands in the frame's page area, or fills a window of its own.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	atWork := m.View == Sort || m.View == Walk || m.View == Lane
	kit.Show(s.none, m.View == None)
	kit.Show(s.head.object, atWork)
	kit.Show(s.hero.object, atWork)
	kit.Show(s.grid.object, m.View == Sort)
	kit.Show(s.take.object, m.View == Walk)
	kit.Show(s.left.object, m.View == Lane)
	kit.Show(s.asked.Object, m.View == Asked)
	if m.View == Asked {
		s.asked.Render(m.Question)
	}
	if atWork {
		s.head.render(m)
		s.hero.render(m.Hero)
	}
	switch m.View {
	case Sort:
		s.grid.render(m)
	case Walk:
		s.take.render(m.Take)
	case Lane:
		s.left.render(m.Left)
	}
	s.acts.render(m)
	kit.Arrange(s.object)
}

// heroShare is how much of the width the hero takes.
const heroShare = 0.385

func (s *Screen) fit(size fyne.Size) {
	const wide = 1600
	edge, gap := kit.Unit(kit.SizeGap3), kit.Unit(kit.SizeGap3)
	if size.Width >= wide {
		edge = kit.Unit(kit.SizeGap5)
	}
	width, bottom := size.Width-2*edge, size.Height-edge
	kit.Put(s.floor, 0, 0, size.Width, size.Height)
	kit.Put(s.none, edge, edge, width, size.Height-2*edge)
	kit.Put(s.asked.Object, edge, edge, width, size.Height-2*edge)
	hero := width * heroShare
	kit.Put(s.hero.object, edge, edge, hero, bottom-edge)
	x, right := edge+hero+gap, width-hero-gap
	kit.Put(s.head.object, x, edge, right, headHeight())
	y := edge + headHeight() + kit.Unit(kit.SizeGap)
	if s.acts.object.Visible() {
		height := kit.Unit(kit.SizeButton)
		kit.Put(s.acts.object, x, bottom-height, right, height)
		bottom -= height + kit.Unit(kit.SizeGap2)
	}
	for _, body := range []fyne.CanvasObject{s.grid.object, s.take.object, s.left.object} {
		kit.Put(body, x, y, right, bottom-y)
	}
}

// newNone says that there is no wave at hand, and how one is taken up.
func newNone(tongue words.Tongue) *fyne.Container {
	title := kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignCenter}, kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2})
	title.Set(tongue.Text("wall.none"))
	hint := kit.NewSteps(kit.Voice{Color: kit.ColorSoft, Align: fyne.TextAlignCenter}, kit.Step{Size: kit.SizeSub, Lines: 2}, kit.Step{Size: kit.SizeLead, Lines: 3})
	hint.Set(tongue.Text("wall.none.hint"))
	side := kit.Unit(kit.SizeTail)
	return kit.Layers(kit.NewBox(kit.CoatCard), kit.Column(kit.Unit(kit.SizeGap2), kit.Spring(),
		kit.Fixed(kit.NewIcon(kit.SignPick, kit.ColorFaint, side), side), kit.Natural(title), kit.Natural(hint), kit.Spring()))
}
