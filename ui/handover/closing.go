package handover

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// closing is the button of a column: hand over and print, or with parcels missing call a supervisor. The key stands on that of the chosen column.
type closing struct {
	object *fyne.Container
	tongue words.Tongue
	box    *kit.Box
	mark   *kit.Icon
	word   *kit.Steps
	key    *kit.Text
	tap    *kit.Tap
}

func newClosing(tongue words.Tongue, pressed func()) *closing {
	c := &closing{tongue: tongue, box: kit.NewBox(kit.Coat{}), tap: kit.NewTap(pressed)}
	c.mark = kit.NewMark(kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning, kit.Unit(kit.SizeIcon))
	c.word = kit.NewSteps(kit.Voice{Bold: true}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	c.key = kit.NewText(kit.Voice{Size: kit.SizeLead, Bold: true, Face: kit.FaceFigures}, CloseKey)
	gap := kit.Unit(kit.SizeGap)
	row := kit.Row(gap, kit.Natural(c.mark), kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(c.word), kit.Spring())).Across(), kit.Natural(c.key))
	c.object = kit.Layers(c.box, kit.Inset(row, 2*gap, 0, 2*gap, 0), c.tap)
	return c
}

func (c *closing) render(of Column, chosen, keyed bool) {
	coat := kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeStroke, Radius: kit.SizeRadius}
	words, keys := kit.ColorForeground, kit.ColorSoft
	busy := of.Busy.Key != ""
	if of.Complete() && chosen && !busy {
		coat.Fill, coat.Stroke = kit.ColorPrimary, kit.ColorPrimary
		words, keys = kit.ColorOnPrimary, kit.ColorOnPrimary
	}
	key := "shelfpage.close.short"
	switch {
	case of.Complete():
		key = "shelfpage.close"
	case of.Scanned == 0:
		key = "shelfpage.close.none"
	case of.toTakeOff() > 0:
		key = "shelfpage.close.out"
	}
	word := c.tongue.Text(key)
	if busy {
		word = c.tongue.Say(of.Busy)
	}
	c.box.Paint(coat)
	c.word.Set(word)
	c.word.Paint(words)
	c.key.Paint(keys, true)
	kit.Show(c.key, keyed && !busy)
	kit.Show(c.tap, !busy)
	kit.Show(c.mark, !of.Complete() && !busy)
}
