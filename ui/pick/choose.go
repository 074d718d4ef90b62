package pick

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/filter"
	"packbench/ui/kit"
)

// choose is the card in which parcels are chosen: the filter, how many parcels fit it, and the waves they would make.
type choose struct {
	object   *fyne.Container
	tongue   words.Tongue
	filter   *filter.Bar
	fits     *kit.Steps
	counting *kit.Text
	proposal *fyne.Container
	shape    *kit.Steps
	walk     *kit.Text
	report   *kit.Report // of the last act, or else what keeps parcels out
	acts     *buttons
}

// mostActs is how many acts have room under the proposal.
const mostActs = 2

func newChoose(tongue words.Tongue, bar *filter.Bar, press func(string)) *choose {
	c := &choose{tongue: tongue, filter: bar, report: kit.NewReport(), acts: newButtons(tongue, mostActs, press)}
	c.fits = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 1})
	c.counting = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	c.shape = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeLead, Lines: 2})
	c.walk = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	well := kit.NewBox(kit.Coat{Fill: kit.ColorSurfaceAlt, Radius: kit.SizeRadius})
	words := kit.Column(0, kit.Natural(c.shape), kit.Natural(c.walk))
	c.proposal = kit.Layers(well, kit.Inset(words, 2*gap, gap, 2*gap, gap))
	head := kit.Row(2*gap, kit.Grow(c.fits).Across(), kit.Natural(c.counting))
	c.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Place(func(size fyne.Size) {
		x, wide := pad, size.Width-2*pad
		y := gap
		kit.Put(head, x, y, wide, kit.Line(kit.SizeWord))
		y += kit.Line(kit.SizeWord) + gap
		kit.Put(c.filter.Object, x, y, wide, c.filter.Height())
		y += c.filter.Height() + 2*gap
		if c.proposal.Visible() {
			high := c.proposalHeight(wide - 4*gap)
			kit.Put(c.proposal, x, y, wide, high)
			y += high + gap
		}
		kit.Put(c.report, x, y, wide, c.report.HeightFor(wide))
		foot := kit.Unit(kit.SizeBig)
		kit.Put(c.acts.object, x, size.Height-foot-2*gap, wide, foot)
	}, head, c.filter.Object, c.proposal, c.report, c.acts.object))
	return c
}

func (c *choose) proposalHeight(width float32) float32 {
	high := c.shape.HeightFor(width) + 2*kit.Unit(kit.SizeGap)
	if c.walk.Visible() {
		high += kit.Line(kit.SizeText)
	}
	return high
}

func (c *choose) render(m Model) {
	c.filter.Render(m.Filter)
	c.fits.Set(c.tongue.Text("pick.fits", "count", m.Fits))
	counting := ""
	if m.Counting {
		counting = c.tongue.Text("pick.counting")
	}
	c.counting.Set(counting)
	p := m.Proposal
	kit.Show(c.proposal, p.Waves > 0)
	sum := c.tongue.Text("pick.sum", "parcels", c.tongue.Text("pick.parcels", "count", p.Parcels), "pieces", c.tongue.Text("unit.pieces", "count", p.Pieces))
	key := "pick.proposal"
	if p.Waves > 1 {
		key = "pick.proposal.first"
	}
	c.shape.Set(c.tongue.Text(key, "shape", p.Shape, "sum", sum, "count", p.Waves))
	walk := ""
	switch {
	case p.Metres > 0 && p.Saved > 0:
		walk = c.tongue.Text("pick.walk.saved", "metres", p.Metres, "saved", p.Saved, "count", p.Waves)
	case p.Metres > 0:
		walk = c.tongue.Text("pick.walk", "metres", p.Metres, "count", p.Waves)
	}
	c.walk.Set(walk)
	kit.Show(c.walk, walk != "")
	report := m.Report
	if report.Said.Key == "" {
		report = Report{Tone: kit.Loud, Said: p.Short}
	}
	c.report.Set(report.Tone, c.tongue.Say(report.Said))
	c.acts.render(m.Acts)
}
