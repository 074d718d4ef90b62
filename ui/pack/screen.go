package pack

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/kit"
)

// Screen is the packing page.
type Screen struct {
	object  *fyne.Container
	tongue  words.Tongue
	idle    *idle
	head    *head
	open    *open
	wrong   *wrong
	working *working
	toScan  *toScan
	asked   *ask.Card
	stopped *stopped
	done    *done
}

// New makes the page. press is called with the key of an act that was pressed instead of typed.
func New(tongue words.Tongue, press func(key string)) *Screen {
	s := &Screen{
		tongue: tongue, idle: newIdle(tongue), head: newHead(tongue), open: newOpen(tongue, press), wrong: newWrong(tongue, press),
		working: newWorking(tongue), toScan: newToScan(tongue, press), asked: ask.NewCard(tongue, press),
		stopped: newStopped(tongue, press), done: newDone(tongue),
	}
	s.object = kit.Place(s.fit, s.idle.object, s.head.object, s.open.object, s.wrong.object, s.working.object,
		s.toScan.object, s.asked.Object, s.stopped.object, s.done.object)
	s.Render(Model{})
	return s
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	kit.Show(s.idle.object, m.View == Idle)
	kit.Show(s.head.object, m.View != Idle && m.View != Stopped)
	kit.Show(s.open.object, m.View == Open)
	kit.Show(s.wrong.object, m.View == WrongItem)
	kit.Show(s.working.object, m.View == Working)
	kit.Show(s.toScan.object, m.View == ToScan)
	kit.Show(s.asked.Object, m.View == Asked)
	kit.Show(s.stopped.object, m.View == Stopped)
	switch m.View {
	case Idle:
		s.idle.render(m)
	case Open:
		s.open.render(m)
	case WrongItem:
		s.wrong.render(m)
	case Working:
		s.working.render(m)
	case ToScan:
		s.toScan.render(m)
	case Asked:
		s.asked.Render(m.Question)
	case Stopped:
		s.stopped.render(m)
	}
	if m.View != Idle && m.View != Stopped {
		s.head.render(m)
	}
	s.done.render(m)
	kit.Arrange(s.object)
}

// margin is the room around everything on a page of that width.
func margin(width float32) float32 {
	const wide = 1600
	if width >= wide {
		return kit.Unit(kit.SizeGap5)
	}
	return kit.Unit(kit.SizeGap3)
}

// headHeight is two lines: what the parcel is, and its badges.
func headHeight() float32 { return kit.Unit(kit.SizeBadge) + kit.Unit(kit.SizeRow) }

func (s *Screen) fit(size fyne.Size) {
	edge, gap := margin(size.Width), kit.Unit(kit.SizeGap2)
	top := edge + headHeight() + gap
	width := size.Width - 2*edge
	kit.Put(s.idle.object, edge, edge, width, size.Height-2*edge)
	kit.Put(s.head.object, edge, edge, width, headHeight())
	for _, body := range []fyne.CanvasObject{s.open.object, s.wrong.object, s.working.object, s.toScan.object, s.asked.Object} {
		kit.Put(body, edge, top, width, size.Height-top-edge)
	}
	kit.Put(s.stopped.object, 0, 0, size.Width, size.Height)
	kit.Put(s.done.object, 0, 0, size.Width, size.Height)
}
