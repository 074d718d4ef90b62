package wall

import (
	"slices"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
)

// grid are the slots of a wall as they hang, or the totes of a wave side by side.
type grid struct {
	object *fyne.Container
	tongue words.Tongue
	tiles  []*tile
	legend *legend
	part   *kit.Text
	places []Place
	words  float32            // the width of the longest word of a place
	widths map[string]float32 // of words that were measured
}

func newGrid(tongue words.Tongue) *grid {
	g := &grid{tongue: tongue, legend: newLegend(tongue), widths: map[string]float32{}}
	g.part = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignTrailing}, "")
	g.object = kit.Place(g.fit, g.legend.object, g.part)
	return g
}

func (g *grid) render(m Model) {
	g.places = m.Places
	g.words = 0
	for _, p := range m.Places {
		word := g.tongue.Say(lookOf(p).word)
		if _, known := g.widths[word]; !known {
			g.widths[word] = kit.NewText(kit.Voice{Size: kit.SizeText, Bold: true}, word).MinSize().Width
		}
		g.words = max(g.words, g.widths[word])
	}
	g.legend.render(m.Places)
	g.fit(g.object.Size())
}

// The least a place is that can be read, with figures and a sign beside them, and what words under them take.
const (
	leastWidth, leastHeight = 50, 36
	leastTote               = 112 // its code has letters
	leastForWords           = 72  // of height
)

// span is the part of the rows or columns that is shown, from the first on.
type span struct{ first, count int }

// around is as much of some rows or columns as there is room for, with the one that matters among them.
func around(all, room, matters int) span {
	count := min(all, max(1, room))
	return span{min(max(0, matters-1-count/2), all-count), count}
}

func (s span) at(n int) (int, bool) { return n - 1 - s.first, n > s.first && n <= s.first+s.count }

// layout is how the places stand in a room.
type layout struct {
	rows, columns span
	all           bool // none is left out
	width, height float32
	small         bool
}

// lay chooses the rows and columns that are shown: all of a wall, or what is around the slot that matters.
func (g *grid) lay(size fyne.Size, gap float32) (l layout) {
	rows, columns, row, column := 0, 0, 1, 1
	least := float32(leastWidth)
	matters := slices.IndexFunc(g.places, func(p Place) bool { return p.Lit })
	if matters < 0 {
		matters = slices.IndexFunc(g.places, func(p Place) bool { return p.Next == 1 })
	}
	for i, p := range g.places {
		rows, columns = max(rows, p.Row), max(columns, p.Column)
		if i == matters {
			row, column = p.Row, p.Column
		}
	}
	if rows == 0 { // totes
		least = leastTote
		columns = max(1, int((size.Width+gap)/(least+gap)))
		for columns > 1 && (len(g.places)+columns-2)/(columns-1) <= 3 { // few of them are larger
			columns--
		}
		rows = (len(g.places) + columns - 1) / columns
		row, column = max(0, matters)/columns+1, max(0, matters)%columns+1
	}
	l.columns = around(columns, int((size.Width+gap)/(least+gap)), column)
	l.rows = around(rows, int((size.Height+gap)/(leastHeight+gap)), row)
	l.all = l.columns.count == columns && l.rows.count == rows
	l.width = (size.Width - gap*float32(l.columns.count-1)) / float32(l.columns.count)
	l.height = (size.Height - gap*float32(l.rows.count-1)) / float32(max(1, l.rows.count))
	const highest = 176
	l.height = min(l.height, highest)
	pad := 2 * kit.Unit(kit.SizeGap)
	l.small = l.height < leastForWords || l.width < g.words+pad
	return l
}

// where is the row and the column of a place, from 1.
func (g *grid) where(i int, columns int) (row, column int) {
	if p := g.places[i]; p.Row > 0 {
		return p.Row, p.Column
	}
	return i/columns + 1, i%columns + 1
}

func (g *grid) fit(size fyne.Size) {
	if size.IsZero() || len(g.places) == 0 {
		for _, t := range g.tiles {
			kit.Show(t.object, false)
		}
		kit.Show(g.legend.object, false)
		kit.Show(g.part, false)
		return
	}
	gap, line := kit.Unit(kit.SizeGap), kit.Line(kit.SizeText)
	l, low := g.lay(size, gap), size.Height
	if l.small || !l.all {
		gap /= 2
		low -= line + gap
		if l = g.lay(fyne.NewSize(size.Width, low), gap); !l.all {
			low -= line
			l = g.lay(fyne.NewSize(size.Width, low), gap)
		}
	}
	kit.Show(g.legend.object, l.small)
	kit.Show(g.part, !l.all)
	kit.Put(g.legend.object, 0, size.Height-line, size.Width, line)
	kit.Put(g.part, 0, low, size.Width, line)
	if shown := l.rows.count * l.columns.count; g.places[0].Row == 0 {
		g.part.Set(g.tongue.Text("wall.more", "count", len(g.places)-shown))
	} else {
		g.part.Set(g.tongue.Text("wall.part", "from", l.columns.first+1, "to", l.columns.first+l.columns.count, "top", l.rows.first+1, "low", l.rows.first+l.rows.count))
	}
	for len(g.tiles) < len(g.places) {
		t := newTile(g.tongue)
		g.tiles = append(g.tiles, t)
		g.object.Objects = append(g.object.Objects, t.object)
	}
	for i, t := range g.tiles {
		if i >= len(g.places) {
			kit.Show(t.object, false)
			continue
		}
		row, column := g.where(i, l.columns.count)
		y, inRow := l.rows.at(row)
		x, inColumn := l.columns.at(column)
		kit.Show(t.object, inRow && inColumn)
		if inRow && inColumn {
			t.render(g.places[i], l.small)
			kit.Put(t.object, float32(x)*(l.width+gap), float32(y)*(l.height+gap), l.width, l.height)
			kit.Arrange(t.object)
		}
	}
}

// legend says what the signs of small places mean, of those that are to be seen.
type legend struct {
	object *fyne.Container
	parts  []*fyne.Container
	looks  []look
}

func newLegend(tongue words.Tongue) *legend {
	l := &legend{looks: []look{nextLook}}
	for _, s := range []State{Complete, Packing, Waiting, Stopped, Foreign, Empty} {
		l.looks = append(l.looks, looks[s])
	}
	gap, side := kit.Unit(kit.SizeHalf), kit.Line(kit.SizeText)
	var parts []kit.Part
	for _, one := range l.looks {
		icon := kit.NewMark(one.sign, one.shape, one.cut, side-2*gap)
		box := kit.NewBox(one.coat)
		word := kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, tongue.Say(one.word))
		part := kit.Row(gap, kit.Fixed(kit.Layers(box, icon), side).Across(), kit.Natural(word))
		l.parts = append(l.parts, part)
		parts = append(parts, kit.Natural(part).Across())
	}
	l.object = kit.Row(3*gap, parts...)
	return l
}

func (l *legend) render(places []Place) {
	for i, part := range l.parts {
		word := l.looks[i].word.Key
		kit.Show(part, slices.ContainsFunc(places, func(p Place) bool {
			if p.Next == 1 || p.Lit {
				return word == nextLook.word.Key && p.Next == 1
			}
			return word == looks[p.State].word.Key && word != order.Said{}.Key
		}))
	}
}
