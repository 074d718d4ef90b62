package shift

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// sums are where the labels are, and what else was done.
type sums struct {
	object *fyne.Container
	tongue words.Tongue
	lines  []*sum
	list   *fyne.Container
}

// sum is a word and its figure.
type sum struct {
	object *fyne.Container
	mark   *kit.Icon
	word   *kit.Text
	value  *kit.Text
}

// mostSums is how many there are where all are known.
const mostSums = 10

func newSums(tongue words.Tongue) *sums {
	s := &sums{tongue: tongue}
	var parts []kit.Part
	for range mostSums {
		one := &sum{mark: kit.NewMark(kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning, kit.Unit(kit.SizeIcon))}
		one.word = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "")
		one.value = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures, Align: fyne.TextAlignTrailing}, "")
		one.object = kit.Row(kit.Unit(kit.SizeGap), kit.Natural(one.mark), kit.Grow(one.word), kit.Natural(one.value))
		s.lines = append(s.lines, one)
		parts = append(parts, kit.Fixed(one.object, kit.Line(kit.SizeText)))
	}
	gap := kit.Unit(kit.SizeGap)
	s.list = kit.Column(0, append(parts, kit.Spring())...)
	s.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(s.list, 2*gap, gap, 2*gap, gap))
	return s
}

func (s *sums) render(m Model) {
	f, l, at := m.Figures, m.Labels, 0
	add := func(word, value string, loud bool) {
		one := s.lines[at]
		one.word.Set(word)
		one.value.Set(value)
		kit.Show(one.mark, loud)
		kit.Show(one.object, true)
		at++
	}
	count := func(word string, n int) { add(word, strconv.Itoa(n), false) }
	count(s.tongue.Text("shift.labels.sent"), l.Sent)
	if l.Whole {
		count(s.tongue.Text("shift.labels.carried"), l.Carried)
	}
	count(s.tongue.Text("shift.labels.on"), l.OnParcels)
	count(s.tongue.Text("shift.labels.spoiled"), l.Spoiled)
	if l.Whole {
		add(s.tongue.Text("shift.labels.bench"), strconv.Itoa(l.Bench), l.Bench > 0)
	}
	count(s.tongue.Text("shift.reprints"), f.Reprints)
	count(s.tongue.Text("shift.overrides"), f.Overrides)
	add(s.tongue.Text("shift.picked"), s.tongue.Text("unit.pair", "a", strconv.Itoa(f.Picked), "b", strconv.Itoa(f.Sorted)), false)
	count(s.tongue.Text("shift.handed"), f.HandedOver)
	add(s.tongue.Text("shift.time"), clock.Span(s.tongue, f.Worked), false)
	for _, rest := range s.lines[at:] {
		kit.Show(rest.object, false)
	}
	kit.Arrange(s.list)
}
