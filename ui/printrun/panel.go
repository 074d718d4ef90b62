package printrun

import (
	"cmp"
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// panel is the legend with its numbers, and which labels were kept back and why.
type panel struct {
	object *fyne.Container
	tongue words.Tongue
	counts map[State]*kit.Text
	name   *kit.Text
	kept   *keptList
	rule   *kit.Box
}

// legend are the states that are counted, in two columns.
var legend = [...]State{Seen, Sent, Queued, Held, Spoiled}

// legendHeight is a line of the legend: its sign is a small tile.
const legendHeight = 28

func newPanel(tongue words.Tongue) *panel {
	p := &panel{tongue: tongue, counts: map[State]*kit.Text{}, kept: newKeptList(tongue, false), rule: kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})}
	p.name = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode, Align: fyne.TextAlignTrailing}, "")
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap2)
	cells := make([]fyne.CanvasObject, 0, len(legend)+1)
	for _, s := range legend {
		p.counts[s] = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
		sign := newTile("")
		sign.render(s)
		word := kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, tongue.Text(dresses[s].word))
		cells = append(cells, kit.Row(gap, kit.Fixed(sign.object, legendHeight).Across(), kit.Grow(word), kit.Natural(p.counts[s])))
	}
	cells = append(cells, p.name)
	var rows []kit.Part
	for i := 0; i < len(cells); i += 2 {
		rows = append(rows, kit.Fixed(kit.Row(3*gap, kit.Grow(cells[i]).Across(), kit.Grow(cells[i+1]).Across()), legendHeight))
	}
	column := kit.Column(kit.Unit(kit.SizeHalf), append(rows, kit.Fixed(p.rule, kit.Unit(kit.SizeHair)), kit.Grow(p.kept.object))...)
	p.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, pad, pad, pad, gap))
	return p
}

func (p *panel) render(m Model) {
	c := count(m.Tiles)
	for s, text := range p.counts {
		n := c[s]
		if s == Queued {
			n = c.waiting()
		}
		text.Set(strconv.Itoa(n))
	}
	p.name.Set(cmp.Or(m.Wave, m.Name))
	kit.Show(p.rule, len(m.Held) > 0)
	p.kept.render(m.Held)
}
