package shift

import (
	"fyne.io/fyne/v2"

	"packbench/ui/kit"
)

// figure is a number with its word, and what is usual.
type figure struct {
	object *fyne.Container
	value  *kit.Steps
	word   *kit.Steps
	usual  *kit.Text
}

func newFigure() *figure {
	f := &figure{}
	f.value = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 1})
	f.word = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeText, Lines: 1})
	f.usual = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	gap := kit.Unit(kit.SizeGap)
	column := kit.Column(0, kit.Fixed(f.value, kit.Line(kit.SizeSay)), kit.Fixed(f.word, kit.Line(kit.SizeText)), kit.Fixed(f.usual, kit.Line(kit.SizeText)), kit.Spring())
	f.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, 2*gap, gap, gap, gap))
	return f
}

func (f *figure) render(value, word, usual string) {
	f.value.Set(value)
	f.word.Set(word)
	f.usual.Set(usual)
}
