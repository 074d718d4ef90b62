package printrun

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/kit"
)

// Screen is the page of the print run.
type Screen struct {
	object   *fyne.Container
	choose   *choose
	progress *progress
	band     *band
	tiles    *tiles
	panel    *panel
	ended    *ended
	asked    *ask.Card
}

// New makes the page. press is called with the key of an act, or with the digit of a choice, that was pressed instead of typed.
func New(tongue words.Tongue, press func(key string)) *Screen {
	s := &Screen{
		choose: newChoose(tongue, press), progress: newProgress(tongue), band: newBand(tongue, press), tiles: newTiles(),
		panel: newPanel(tongue), ended: newEnded(tongue, press), asked: ask.NewCard(tongue, press),
	}
	s.object = kit.Place(s.fit, s.choose.object, s.progress.object, s.band.object, s.tiles.object, s.panel.object, s.ended.object, s.asked.Object)
	s.Render(Model{})
	return s
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	running, over := m.View == Run, m.View == Ended
	kit.Show(s.choose.object, m.View == None)
	kit.Show(s.progress.object, running || over)
	for _, o := range []fyne.CanvasObject{s.band.object, s.tiles.object, s.panel.object} {
		kit.Show(o, running)
	}
	kit.Show(s.ended.object, over)
	kit.Show(s.asked.Object, m.View == Asked)
	switch m.View {
	case None:
		s.choose.render(m)
	case Run:
		s.progress.render(m)
		s.band.render(m)
		s.tiles.render(m.Tiles)
		s.panel.render(m)
	case Ended:
		s.progress.render(m)
		s.ended.render(m)
	case Asked:
		s.asked.Render(m.Question)
	}
	kit.Arrange(s.object)
}

// panelShare is how much of the width the legend and what was kept back take.
const panelShare = 0.33

func (s *Screen) fit(size fyne.Size) {
	const wide = 1600
	edge, gap := kit.Unit(kit.SizeGap3), kit.Unit(kit.SizeGap2)
	if size.Width >= wide {
		edge = kit.Unit(kit.SizeGap5)
	}
	width, bottom := size.Width-2*edge, size.Height-edge
	kit.Put(s.choose.object, edge, edge, width, size.Height-2*edge)
	kit.Put(s.asked.Object, edge, edge, width, size.Height-2*edge)
	y := edge
	kit.Put(s.progress.object, edge, y, width, progressHeight())
	y += progressHeight() + gap
	kit.Put(s.ended.object, edge, y, width, bottom-y)
	kit.Put(s.band.object, edge, y, width, s.band.height())
	y += s.band.height() + gap
	side := width * panelShare
	kit.Put(s.tiles.object, edge, y, width-side-gap, bottom-y)
	kit.Put(s.panel.object, edge+width-side, y, side, bottom-y)
}
