package handover

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// shelf is the head of the page and the carriers' columns below it: as many as there is room for, in whole pages.
type shelf struct {
	object  *fyne.Container
	tongue  words.Tongue
	hands   Hands
	title   *kit.Steps
	sum     *kit.Text
	part    *kit.Text
	bag     *kit.Text
	acts    *buttons
	head    *fyne.Container
	none    *fyne.Container
	floor   *fyne.Container // the columns stand on it
	columns []*column
	model   Model
	first   int // column that is shown
}

func newShelf(tongue words.Tongue, hands Hands) *shelf {
	s := &shelf{tongue: tongue, hands: hands, acts: newSmallButtons(tongue, hands.Press), none: newNone(tongue)}
	s.title = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	s.sum = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	s.part = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	s.bag = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	gap := kit.Unit(kit.SizeGap)
	line := kit.Row(2*gap, kit.UpTo(s.sum), kit.Natural(s.bag), kit.Natural(s.part), kit.Spring())
	said := kit.Column(0, kit.Spring(), kit.Natural(s.title), kit.Natural(line), kit.Spring())
	acts := kit.Column(0, kit.Spring(), kit.Fixed(s.acts.object, kit.Unit(kit.SizeButton)), kit.Spring())
	s.head = kit.Row(2*gap, kit.Grow(said).Across(), kit.Natural(acts).Across())
	s.floor = kit.Place(s.fit)
	s.object = kit.Column(gap, kit.Fixed(s.head, kit.Unit(kit.SizeThumb)), kit.Grow(kit.Layers(s.floor, s.none)))
	return s
}

// newNone says that no carrier is expected, and what makes one come.
func newNone(tongue words.Tongue) *fyne.Container {
	title := kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Align: fyne.TextAlignCenter}, kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2})
	title.Set(tongue.Text("shelfpage.none"))
	hint := kit.NewSteps(kit.Voice{Color: kit.ColorSoft, Align: fyne.TextAlignCenter}, kit.Step{Size: kit.SizeSub, Lines: 2}, kit.Step{Size: kit.SizeLead, Lines: 3})
	hint.Set(tongue.Text("shelfpage.none.hint"))
	side := kit.Unit(kit.SizeTail)
	return kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(kit.Unit(kit.SizeGap2), kit.Spring(),
		kit.Fixed(kit.NewIcon(kit.SignHandover, kit.ColorFaint, side), side), kit.Natural(title), kit.Natural(hint), kit.Spring()), 24, 24, 24, 24))
}

func (s *shelf) render(m Model) {
	s.model = m
	kit.Show(s.none, len(m.Columns) == 0)
	kit.Show(s.floor, len(m.Columns) > 0)
	s.title.Set(s.order(m))
	s.bag.Set(s.tongue.Text("shelfpage.bag", "bag", m.Bag, "count", m.InBag))
	kit.Show(s.bag, m.Bag != "")
	scanned, expected, carriers := 0, 0, map[string]bool{}
	for _, c := range m.Columns {
		scanned, expected, carriers[c.Carrier] = scanned+c.Scanned, expected+c.Expected, true
	}
	s.sum.Set(s.tongue.Text("shelfpage.sum", "count", len(carriers), "scanned", scanned, "expected", expected))
	kit.Show(s.sum, m.Bag == "" && len(m.Columns) > 0)
	s.acts.render(m.Acts)
	s.fit(s.floor.Size())
}

// order is what to scan now.
func (s *shelf) order(m Model) string {
	switch {
	case m.TakesOff:
		return s.tongue.Text("shelfpage.take_off")
	case m.Only != "":
		return s.tongue.Text("shelfpage.scan.only", "carrier", m.Only)
	}
	return s.tongue.Text("shelfpage.scan")
}

// leastColumn is the least a column can be read in, fewest how many columns share the width at least: one alone would be a line of words.
const (
	leastColumn = 336
	fewest      = 2
)

// lit is the column that must be seen: the one a scan belongs to, else the chosen one.
func (s *shelf) lit() int {
	for i, c := range s.model.Columns {
		if c.Lit {
			return i
		}
	}
	return max(0, s.model.Chosen)
}

func (s *shelf) fit(size fyne.Size) {
	all := s.model.Columns
	if size.IsZero() {
		return
	}
	gap := kit.Unit(kit.SizeGap2)
	room := max(1, int((size.Width+gap)/(leastColumn+gap)))
	s.first = s.lit() / room * room // whole pages: nothing moves while the next one is chosen
	shown := max(0, min(room, len(all)-s.first))
	for len(s.columns) < shown {
		n := len(s.columns)
		made := newColumn(s.tongue, func() { s.hands.Choose(s.first + n) }, func() { s.hands.Close(s.first + n) })
		s.columns = append(s.columns, made)
		s.floor.Objects = append(s.floor.Objects, made.object)
	}
	part := ""
	if len(all) > shown {
		part = s.tongue.Text("shelfpage.part", "from", s.first+1, "to", s.first+shown, "of", len(all))
	}
	s.part.Set(part)
	share := float32(min(room, max(fewest, len(all))))
	width := (size.Width - gap*(share-1)) / share
	for i, c := range s.columns {
		kit.Show(c.object, i < shown)
		if i >= shown {
			continue
		}
		at, first := s.first+i, 0
		if at == s.model.Chosen {
			first = s.model.First
		}
		chosen := at == s.model.Chosen
		c.render(all[at], first, chosen, chosen && (all[at].Complete() || !s.model.ScansNext))
		kit.Put(c.object, float32(i)*(width+gap), 0, width, size.Height)
		kit.Arrange(c.object)
	}
}

func (s *shelf) missingRoom() int {
	if at := s.model.Chosen - s.first; at >= 0 && at < len(s.columns) {
		return max(1, s.columns[at].rows.room())
	}
	return 1
}
