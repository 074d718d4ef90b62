package printersetup

import (
	"fyne.io/fyne/v2"

	"packbench/ui/kit"
)

// stage is a step in the list at the left: behind, at hand, or to come.
type stage struct {
	object *fyne.Container
	box    *kit.Box
	number *kit.Text
	tick   *kit.Icon
	name   *kit.Steps
}

func newStage(number, name string) *stage {
	s := &stage{box: kit.NewBox(kit.CoatCard), tick: kit.NewIcon(kit.SignTick, kit.ColorSoft, kit.Unit(kit.SizeMark))}
	s.number = kit.NewText(kit.Voice{Size: kit.SizeHead, Bold: true, Face: kit.FaceFigures, Align: fyne.TextAlignCenter}, number)
	s.name = kit.NewSteps(kit.Voice{Bold: true}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeLead, Lines: 2}, kit.Step{Size: kit.SizeText, Lines: 3})
	s.name.Set(name)
	gap := kit.Unit(kit.SizeGap2)
	row := kit.Row(gap, kit.Fixed(kit.Layers(s.number, s.tick), kit.Unit(kit.SizeBadge)).Across(),
		kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(s.name), kit.Spring())).Across())
	s.object = kit.Layers(s.box, kit.Inset(row, gap, 0, gap, 0))
	return s
}

func (s *stage) render(own Step, m Model) {
	behind := own < m.Step
	kit.Show(s.number, !behind)
	kit.Show(s.tick, behind)
	coat, words, number := kit.CoatCard, kit.ColorFaint, kit.ColorFaint
	switch {
	case own == Done && m.Step == Done && m.Profile.Proven: // a scan has proved it
		coat = kit.Coat{Fill: kit.ColorSuccessSoft, Stroke: kit.ColorSuccess, Width: kit.SizeLoud, Radius: kit.SizeRadius}
		words, number = kit.ColorSuccessDeep, kit.ColorSuccessDeep
	case own == m.Step:
		coat = kit.Coat{Fill: kit.ColorPrimarySoft, Stroke: kit.ColorPrimary, Width: kit.SizeLoud, Radius: kit.SizeRadius}
		words, number = kit.ColorForeground, kit.ColorForeground
	case behind:
		words = kit.ColorSoft
	}
	s.box.Paint(coat)
	s.name.Paint(words)
	s.number.Paint(number, true)
}
