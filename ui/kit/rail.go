package kit

import (
	"fyne.io/fyne/v2"
)

// RailItem is a page the rail leads to.
type RailItem struct {
	Sign      Sign
	Key, Word string
	// Missing pages are drawn faintly. They can be pressed all the same, and then say so.
	Missing bool
}

// Rail is the column of pages on the left.
type Rail struct {
	// Object is what stands on the screen.
	Object *fyne.Container

	floor, edge, head *Box
	brand             *Steps
	items             []*railItem
	here              int
	alarm             bool
}

type railItem struct {
	RailItem
	box       *Box
	sign      *Icon
	key, word *Text
	count     *Text
	counter   *fyne.Container
	object    *fyne.Container
}

// NewRail makes a rail; pressed gets the number of the item, from 0.
func NewRail(brand string, items []RailItem, pressed func(int)) *Rail {
	r := &Rail{floor: NewBox(Coat{}), edge: NewBox(Coat{}), head: NewBox(Coat{})}
	r.brand = NewSteps(Voice{Bold: true}, Step{SizeLead, 1}, Step{SizeText, 1})
	r.brand.Set(brand)
	objects := []fyne.CanvasObject{r.floor, r.brand}
	for i, item := range items {
		made := newRailItem(item, func() { pressed(i) })
		r.items = append(r.items, made)
		objects = append(objects, made.object)
	}
	r.Object = Place(r.fit, append(objects, r.head, r.edge)...)
	r.dress()
	return r
}

func newRailItem(item RailItem, pressed func()) *railItem {
	m := &railItem{RailItem: item, box: NewBox(Coat{}), sign: NewIcon(item.Sign, ColorSoft, Unit(SizeIcon)+Unit(SizeHalf))}
	m.key = NewText(Voice{Size: SizeText, Face: FaceFigures, Align: fyne.TextAlignTrailing}, item.Key)
	m.word = NewText(Voice{Size: SizeText}, item.Word)
	m.count = NewText(Voice{Size: SizeText, Color: ColorOnError, Bold: true, Face: FaceFigures, Align: fyne.TextAlignCenter}, "")
	m.counter = Layers(NewBox(Coat{Fill: ColorError, Radius: SizeRadius}), m.count)
	m.counter.Hide()
	tap := NewTap(pressed)
	m.object = Place(func(size fyne.Size) {
		left, icon := Unit(SizeGap2), Unit(SizeIcon)+Unit(SizeHalf)
		Put(m.box, 0, 0, size.Width, size.Height)
		Put(m.sign, left, Unit(SizeGap)+Unit(SizeStroke), icon, icon)
		width := max(Unit(SizeMark), m.count.MinSize().Width+Unit(SizeGap))
		x, key := Unit(SizeRow), size.Width-Unit(SizeGap)-Unit(SizeHalf)-m.key.MinSize().Width
		beside := !m.counter.Visible() || x+width+Unit(SizeHalf) <= key
		if !beside { // three digits leave no room for the sign before the key
			x = left
		}
		Show(m.sign, beside)
		Put(m.counter, x, Unit(SizeGap), width, icon)
		Put(m.key, 0, Unit(SizeGap)+Unit(SizeHalf), size.Width-Unit(SizeGap)-Unit(SizeHalf), Line(SizeText))
		Put(m.word, left, Unit(SizeBadge), size.Width-left, Line(SizeText))
		Put(tap, 0, 0, size.Width, size.Height)
	}, m.box, m.sign, m.counter, m.key, m.word, tap)
	return m
}

func (r *Rail) fit(size fyne.Size) {
	hair, top := Unit(SizeHair), Unit(SizeStatus)
	Put(r.floor, 0, 0, size.Width, size.Height)
	Put(r.edge, size.Width-hair, 0, hair, size.Height)
	Put(r.head, 0, top-hair, size.Width, hair)
	Put(r.brand, Unit(SizeGap2), 0, size.Width-Unit(SizeGap2)-Unit(SizeHalf), top)
	for i, item := range r.items {
		Put(item.object, 0, top+float32(i)*Unit(SizeRailItem), size.Width-hair, Unit(SizeRailItem))
	}
}

// Set tells which page is shown, the numbers beside the signs (empty for none), and whether the bench is stopped.
func (r *Rail) Set(here int, counts map[int]string, alarm bool) {
	for i, item := range r.items {
		item.count.Set(counts[i])
		Show(item.counter, counts[i] != "")
		Arrange(item.object)
	}
	if r.here != here || r.alarm != alarm {
		r.here, r.alarm = here, alarm
		r.dress()
	}
}

func (r *Rail) dress() {
	floor, edge, words := ColorSurface, ColorSeparator, ColorForeground
	if r.alarm {
		floor, edge, words = ColorWarning, ColorOnWarning, ColorOnWarning
	}
	r.floor.Paint(Coat{Fill: floor})
	r.edge.Paint(Coat{Fill: edge})
	r.head.Paint(Coat{Fill: edge})
	r.brand.Paint(words)
	for i, item := range r.items {
		item.dress(i == r.here, r.alarm)
	}
}

func (m *railItem) dress(here, alarm bool) {
	fill, words, keys := fyne.ThemeColorName(""), ColorForeground, ColorSoft
	switch {
	case here && alarm:
		fill, words, keys = ColorOnWarning, ColorWarning, ColorWarning
	case here:
		fill, words, keys = ColorPrimary, ColorOnPrimary, ColorOnPrimary
	case alarm:
		words, keys = ColorOnWarning, ColorOnWarning
	case m.Missing:
		words, keys = ColorFaint, ColorFaint
	}
	m.box.Paint(Coat{Fill: fill})
	m.sign.Paint(m.Sign, words, "")
	m.key.Paint(keys, false)
	m.word.Paint(words, here)
}
