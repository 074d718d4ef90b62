package wall

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// head says which wave it is, how far it is, and until when it has to be out.
type head struct {
	object *fyne.Container
	tongue words.Tongue
	wall   *kit.Text
	name   *kit.Text
	due    *kit.Text
	counts *kit.Steps
}

// headHeight is the line of the wave's name and two lines of counts.
func headHeight() float32 { return kit.Line(kit.SizeSub) + 2*kit.Line(kit.SizeText) }

func newHead(tongue words.Tongue) *head {
	h := &head{tongue: tongue}
	h.wall = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, "")
	h.name = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, "")
	h.due = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true}, "")
	h.counts = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	first := kit.Row(kit.Unit(kit.SizeGap2), kit.Natural(h.wall), kit.UpTo(h.name), kit.Spring(), kit.Natural(h.due))
	h.object = kit.Column(0, kit.Fixed(first, kit.Line(kit.SizeSub)), kit.Fixed(h.counts, 2*kit.Line(kit.SizeText)))
	return h
}

func (h *head) render(m Model) {
	wave := ""
	if m.Wave != "" {
		wave = h.tongue.Text("wall.wave", "wave", m.Wave)
	}
	h.wall.Set(wave)
	h.name.Set(h.tongue.Say(m.Shape))
	if m.Wall != "" {
		h.wall.Set(h.tongue.Text("wall.wall", "wall", m.Wall))
		h.name.Set(wave)
	}
	due, color := "", kit.ColorForeground
	if left := m.Due.Sub(m.Now); !m.Due.IsZero() && left < 0 {
		due, color = h.tongue.Text("wall.late", "time", clock.Span(h.tongue, -left)), kit.ColorError
	} else if !m.Due.IsZero() {
		due = h.tongue.Text("wall.due", "time", clock.Moment(h.tongue, m.Due, m.Now), "left", clock.Span(h.tongue, left))
	}
	h.due.Set(due)
	h.due.Paint(color, true)
	h.counts.Set(list(h.tongue, append(m.Counts[:len(m.Counts):len(m.Counts)], m.Others...)))
}

// list joins parts as a sentence does.
func list(tongue words.Tongue, parts []order.Said) (text string) {
	for i, part := range parts {
		if text += tongue.Say(part); i+1 < len(parts) {
			text += tongue.Text("wall.list.comma")
		}
	}
	return text
}

// acts are the buttons below the page.
type acts struct {
	object  *fyne.Container
	tongue  words.Tongue
	buttons [mostActs]*act
}

// mostActs is how many acts there is room for.
const mostActs = 3

type act struct {
	*kit.KeyButton
	key string
}

func newActs(tongue words.Tongue, press func(string)) *acts {
	a := &acts{tongue: tongue}
	parts := []kit.Part{kit.Spring()}
	for i := range a.buttons {
		one := &act{}
		one.KeyButton = kit.NewSmallKeyButton(func() { press(one.key) })
		a.buttons[i] = one
		parts = append(parts, kit.Natural(one.Object).Across())
	}
	a.object = kit.Row(kit.Unit(kit.SizeGap2), parts...)
	return a
}

func (a *acts) render(m Model) {
	kit.Show(a.object, len(m.Acts) > 0 && m.View != None && m.View != Asked)
	for i, button := range a.buttons {
		said := ask.Act{}
		if i < len(m.Acts) {
			said = m.Acts[i]
		}
		button.key = said.Key
		button.Set(said.Key, a.tongue.Say(said.Word))
		kit.Show(button.Object, said.Key != "")
	}
}
