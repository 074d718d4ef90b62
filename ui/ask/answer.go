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

// choice is one of several answers side by side.
type choice struct {
	*kit.ChoiceButton
	key string
}

func newChoice(press func(string)) *choice {
	c := &choice{}
	c.ChoiceButton = kit.NewChoiceButton(func() { press(c.key) })
	return c
}

func (c *choice) render(tongue words.Tongue, said Act) {
	c.key = said.Key
	c.Set(said.Key, tongue.Say(said.Word))
	kit.Show(c.Object, said.Key != "")
}
