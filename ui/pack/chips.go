package pack

import (
	"fyne.io/fyne/v2"

	"packbench/ui/kit"
)

// chips are the steps of a label's way: done, at hand, to come.
type chips struct {
	object *fyne.Container
	steps  []*chip
}

type stage int

const (
	toCome stage = iota
	atHand
	behind
)

type chip struct {
	object     *fyne.Container
	box        *kit.Box
	sign       *kit.Icon
	hand       kit.Sign
	word, note *kit.Text
}

// newChips makes a chip a word; hand is the sign of the step at hand.
func newChips(hand kit.Sign, names ...string) *chips {
	c := &chips{}
	var parts []kit.Part
	for i, name := range names {
		if i > 0 {
			parts = append(parts, kit.Natural(kit.NewIcon(kit.SignArrow, kit.ColorFaint, kit.Unit(kit.SizeIcon))))
		}
		made := newChip(hand, name)
		c.steps = append(c.steps, made)
		parts = append(parts, kit.Natural(made.object).Across())
	}
	c.object = kit.Row(kit.Unit(kit.SizeGap), append(parts, kit.Spring())...)
	return c
}

func newChip(hand kit.Sign, name string) *chip {
	c := &chip{box: kit.NewBox(kit.Coat{}), hand: hand, sign: kit.NewIcon(kit.SignQueued, kit.ColorFaint, kit.Unit(kit.SizeMark))}
	c.word = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true}, name)
	c.note = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	gap := kit.Unit(kit.SizeGap)
	words := kit.Column(0, kit.Natural(c.word), kit.Natural(c.note))
	c.object = kit.Layers(c.box, kit.Inset(kit.Row(gap+kit.Unit(kit.SizeHalf), kit.Natural(c.sign), kit.Natural(words)), 2*gap, gap, 2*gap, gap))
	return c
}

// set shows a step's stage; a note stands below its name.
func (c *chip) set(at stage, note string) {
	fill, words := kit.ColorSurfaceAlt, kit.ColorForeground
	switch at {
	case behind:
		c.sign.Paint(kit.MarkTaken, kit.ColorSuccess, kit.ColorOnSuccess)
	case atHand:
		fill = kit.ColorPrimarySoft
		c.sign.Paint(c.hand, kit.ColorPrimary, "")
	case toCome:
		words = kit.ColorFaint
		c.sign.Paint(kit.SignQueued, kit.ColorFaint, "")
	}
	c.box.Paint(kit.Coat{Fill: fill, Radius: kit.SizeRadius})
	c.word.Paint(words, at != toCome)
	c.note.Set(note)
	kit.Show(c.note, note != "")
}
