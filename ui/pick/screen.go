package pick

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/filter"
	"packbench/ui/kit"
)

// Screen is the page.
type Screen struct {
	object *fyne.Container
	filter *filter.Bar
	choose *choose
	waves  *waves
	walk   *walk
	asked  *ask.Card
}

// The cells of the bar.
const chipColumns, chipRows = 3, 3

// New makes the page. press is called with the key of an act, the digit of a chip, or the code of a wave that was pressed instead of typed; typed with every
// change of the filter's line.
func New(tongue words.Tongue, press func(key string), open func(wave int), typed func(text string)) *Screen {
	s := &Screen{filter: filter.NewBar(tongue, chipColumns, chipRows, press, typed), asked: ask.NewCard(tongue, press)}
	s.choose, s.waves, s.walk = newChoose(tongue, s.filter, press), newWaves(tongue, open), newWalk(tongue, press)
	s.object = kit.Place(s.fit, s.choose.object, s.waves.object, s.walk.object, s.asked.Object)
	s.Render(Model{})
	return s
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Filter is the bar of the filter.
func (s *Screen) Filter() *filter.Bar { return s.filter }

// StopRoom is how many stops of a walk are shown at once.
func (s *Screen) StopRoom() int { return s.walk.room() }

// WaveRoom is how many open waves are shown at once.
func (s *Screen) WaveRoom() int { return s.waves.room() }

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	kit.Show(s.choose.object, m.View == Choosing)
	kit.Show(s.waves.object, m.View == Choosing)
	kit.Show(s.walk.object, m.View == Opened)
	kit.Show(s.asked.Object, m.View == Asked)
	switch m.View {
	case Choosing:
		s.choose.render(m)
		s.waves.render(m)
	case Opened:
		s.walk.render(m)
	case Asked:
		s.asked.Render(m.Question)
	}
	kit.Arrange(s.object)
}

// wavesShare is how much of the width the open waves take.
const wavesShare = 0.38

func (s *Screen) fit(size fyne.Size) {
	const wide = 1600
	edge, gap := kit.Unit(kit.SizeGap3), kit.Unit(kit.SizeGap2)
	if size.Width >= wide {
		edge = kit.Unit(kit.SizeGap5)
	}
	width, height := size.Width-2*edge, size.Height-2*edge
	side := width * wavesShare
	kit.Put(s.choose.object, edge, edge, width-side-gap, height)
	kit.Put(s.waves.object, edge+width-side, edge, side, height)
	kit.Put(s.walk.object, edge, edge, width, height)
	kit.Put(s.asked.Object, edge, edge, width, height)
}

// buttons are acts side by side, the main one filled.
type buttons struct {
	object *fyne.Container
	tongue words.Tongue
	all    []*kit.KeyButton
	keys   []string
}

func newButtons(tongue words.Tongue, most int, press func(string)) *buttons {
	b := &buttons{tongue: tongue, keys: make([]string, most)}
	var parts []kit.Part
	for i := range most {
		made := kit.NewKeyButton(false, func() { press(b.keys[i]) })
		b.all = append(b.all, made)
		part := kit.Natural(made.Object)
		if i == 0 {
			part = kit.UpTo(made.Object)
		}
		parts = append(parts, part.Across())
	}
	b.object = kit.Row(kit.Unit(kit.SizeGap), append(parts, kit.Spring())...)
	return b
}

func (b *buttons) render(acts []ask.Act) {
	for i, button := range b.all {
		kit.Show(button.Object, i < len(acts))
		if i < len(acts) {
			b.keys[i] = acts[i].Key
			button.Set(acts[i].Key, b.tongue.Say(acts[i].Word))
			button.Main(i == 0)
		}
	}
}
