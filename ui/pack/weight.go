package pack

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// weight is what lies on the scale: the figure, or in amber why there is none.
type weight struct {
	object *fyne.Container
	calm   *fyne.Container
	figure *kit.Text
	loud   *kit.Badge
}

func newWeight() *weight {
	w := &weight{loud: kit.NewBadge(kit.SignScale, kit.Loud)}
	w.figure = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	gap := kit.Unit(kit.SizeGap)
	w.calm = kit.Row(gap, kit.Natural(kit.NewIcon(kit.SignScale, kit.ColorForeground, kit.Unit(kit.SizeMark))), kit.Natural(w.figure))
	w.object = kit.Row(0, kit.Natural(w.calm), kit.Natural(w.loud.Object))
	return w
}

func (w *weight) render(t words.Tongue, m Model) {
	text := t.Say(m.Scale)
	kit.Show(w.object, text != "")
	kit.Show(w.calm, !m.ScaleLoud)
	if !m.ScaleLoud {
		w.figure.Set(text)
		text = ""
	}
	w.loud.Set(text)
}
