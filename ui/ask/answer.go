package ask

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// act is one answer: a key to press, or a scan to make.
type act struct {
	object *fyne.Container
	button *kit.KeyButton
	scan   *fyne.Container
	scanOf *kit.Text
	key    string
}

func newAct(press func(string)) *act {
	a := &act{scanOf: kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, "")}
	gap, side := kit.Unit(kit.SizeGap2), kit.Unit(kit.SizeGap3)
	told := kit.NewBox(kit.Coat{Fill: kit.ColorPrimarySoft, Stroke: kit.ColorPrimary, Width: kit.SizeLoud, Radius: kit.SizeRadius})
	row := kit.Row(gap, kit.Natural(kit.NewIcon(kit.SignScanner, kit.ColorPrimary, kit.Unit(kit.SizeMark))), kit.UpTo(a.scanOf))
	a.scan = kit.Layers(told, kit.Inset(row, side, gap, side, gap))
	a.button = kit.NewKeyButton(false, func() { press(a.key) })
	a.object = kit.Layers(a.button.Object, a.scan)
	return a
}

func (a *act) render(tongue words.Tongue, said Act) {
	a.key = said.Key
	word := tongue.Say(said.Word)
	kit.Show(a.object, word != "")
	kit.Show(a.button.Object, said.Key != "")
	kit.Show(a.scan, said.Key == "")
	a.button.Set(said.Key, word)
	a.scanOf.Set(word)
}

// newBadge asks for a supervisor's badge.
func newBadge(tongue words.Tongue) *fyne.Container {
	sign := kit.NewIcon(kit.SignPerson, kit.ColorPrimary, kit.Unit(kit.SizeThumb))
	say := kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2})
	say.Set(tongue.Text("reprint.badge"))
	pad := kit.Unit(kit.SizeGap3)
	box := kit.NewBox(kit.Coat{Fill: kit.ColorPrimarySoft, Stroke: kit.ColorPrimary, Width: kit.SizeLoud, Radius: kit.SizeRadius})
	row := kit.Row(pad, kit.Natural(sign), kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(say), kit.Spring())).Across())
	return kit.Layers(box, kit.Inset(row, pad, kit.Unit(kit.SizeGap2), pad, kit.Unit(kit.SizeGap2)))
}

// choice is a large button: its digit over its words.
type choice struct {
	object *fyne.Container
	digit  *kit.Text
	word   *kit.Steps
	key    string
}

func newChoice(press func(string)) *choice {
	c := &choice{}
	c.digit = kit.NewText(kit.Voice{Size: kit.SizeWord, Color: kit.ColorPrimary, Bold: true, Face: kit.FaceFigures, Align: fyne.TextAlignCenter}, "")
	c.word = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignCenter},
		kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	box := kit.NewBox(kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorPrimary, Width: kit.SizeStroke, Radius: kit.SizeRadius})
	gap := kit.Unit(kit.SizeGap)
	column := kit.Column(0, kit.Spring(), kit.Natural(c.digit), kit.Natural(c.word), kit.Spring())
	c.object = kit.Layers(box, kit.Inset(column, gap, gap, gap, gap), kit.NewTap(func() { press(c.key) }))
	return c
}

func (c *choice) render(tongue words.Tongue, said Act) {
	c.key = said.Key
	c.digit.Set(said.Key)
	c.word.Set(tongue.Say(said.Word))
	kit.Show(c.object, said.Key != "")
}
