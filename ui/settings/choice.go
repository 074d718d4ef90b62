package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"packbench/ui/kit"
)

// choice is a few words side by side of which one holds. It takes the focus, as the fields beside it do: the arrow keys choose.
type choice struct {
	widget.BaseWidget
	content *fyne.Container
	edge    *kit.Box
	options []option
	chosen  int
	focused bool
}

type option struct {
	value string
	box   *kit.Box
	word  *kit.Text
}

var _ fyne.Focusable = (*choice)(nil)

// newChoice makes a choice of pairs of value and word; the first holds.
func newChoice(pairs ...string) *choice {
	c := &choice{edge: kit.NewBox(kit.Coat{})}
	var parts []kit.Part
	for i := 0; i < len(pairs); i += 2 {
		o := option{value: pairs[i], box: kit.NewBox(kit.Coat{})}
		o.word = kit.NewText(kit.Voice{Size: kit.SizeText, Align: fyne.TextAlignCenter}, pairs[i+1])
		number := i / 2
		c.options = append(c.options, o)
		parts = append(parts, kit.Grow(kit.Layers(o.box, o.word, kit.NewTap(func() { c.choose(number) }))).Across())
	}
	edge := kit.Unit(kit.SizeLoud)
	c.content = kit.Layers(c.edge, kit.Inset(kit.Row(0, parts...), edge, edge, edge, edge))
	c.ExtendBaseWidget(c)
	c.dress()
	return c
}

func (c *choice) value() string { return c.options[c.chosen].value }

// set chooses a value; one that is not offered is the first.
func (c *choice) set(value string) {
	c.chosen = 0
	for i, o := range c.options {
		if o.value == value {
			c.chosen = i
		}
	}
	c.dress()
}

func (c *choice) choose(number int) {
	c.chosen = min(max(number, 0), len(c.options)-1)
	c.dress()
}

func (c *choice) dress() {
	coat := kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeStroke, Radius: kit.SizeRadius}
	if c.focused {
		coat.Stroke, coat.Width = kit.ColorPrimary, kit.SizeLoud
	}
	c.edge.Paint(coat)
	for i, o := range c.options {
		fill, words := kit.ColorSurface, kit.ColorForeground
		if i == c.chosen {
			fill, words = kit.ColorPrimary, kit.ColorOnPrimary
		}
		o.box.Paint(kit.Coat{Fill: fill, Radius: kit.SizeRadiusSmall})
		o.word.Paint(words, i == c.chosen)
	}
}

// FocusGained belongs to fyne.Focusable.
func (c *choice) FocusGained() { c.focused = true; c.dress() }

// FocusLost belongs to fyne.Focusable.
func (c *choice) FocusLost() { c.focused = false; c.dress() }

// TypedRune belongs to fyne.Focusable.
func (c *choice) TypedRune(rune) {}

// TypedKey belongs to fyne.Focusable.
func (c *choice) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		c.choose(c.chosen - 1)
	case fyne.KeyRight, fyne.KeyDown:
		c.choose(c.chosen + 1)
	}
}

// CreateRenderer belongs to fyne.Widget.
func (c *choice) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.content) }
