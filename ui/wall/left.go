package wall

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// left are the articles of a lane, each with how many pieces of it are still to be packed.
type left struct {
	object *fyne.Container
	tongue words.Tongue
	more   *kit.Text
	rows   []*leftRow
	shown  []Article
}

func newLeft(tongue words.Tongue) *left {
	l := &left{tongue: tongue}
	l.more = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignCenter}, "")
	l.object = kit.Place(l.fit, kit.NewBox(kit.CoatCard), l.more)
	return l
}

func (l *left) render(all []Article) {
	l.shown = all
	l.fit(l.object.Size())
}

// rowHeight is a thumbnail and the room around it.
func rowHeight() float32 { return kit.Unit(kit.SizeThumb) + kit.Unit(kit.SizeGap) }

// fit shows as many whole rows as there is room for; the rest is a number.
func (l *left) fit(size fyne.Size) {
	if size.IsZero() {
		return
	}
	kit.Put(l.object.Objects[0], 0, 0, size.Width, size.Height)
	pad := kit.Unit(kit.SizeGap)
	room := int((size.Height - 2*pad) / rowHeight())
	if len(l.shown) > room {
		room = int((size.Height - 2*pad - kit.Line(kit.SizeText)) / rowHeight())
	}
	shown := min(len(l.shown), max(0, room))
	for len(l.rows) < shown {
		row := newLeftRow()
		l.rows = append(l.rows, row)
		l.object.Objects = append(l.object.Objects, row.object)
	}
	for i, row := range l.rows {
		kit.Show(row.object, i < shown)
		if i < shown {
			row.render(l.shown[i])
			kit.Put(row.object, 2*pad, pad+float32(i)*rowHeight(), size.Width-4*pad, rowHeight())
			kit.Arrange(row.object)
		}
	}
	kit.Show(l.more, shown < len(l.shown))
	l.more.Set(l.tongue.Text("wall.left.more", "count", len(l.shown)-shown))
	kit.Put(l.more, pad, size.Height-pad-kit.Line(kit.SizeText), size.Width-2*pad, kit.Line(kit.SizeText))
}

type leftRow struct {
	object        *fyne.Container
	thumb         *kit.Picture
	name, variant *kit.Text
	bin, count    *kit.Text
}

func newLeftRow() *leftRow {
	r := &leftRow{thumb: kit.NewPicture()}
	r.name = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	r.variant = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	r.bin = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Face: kit.FaceCode}, "")
	r.count = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	gap := kit.Unit(kit.SizeGap)
	words := kit.Column(0, kit.Natural(r.name), kit.Natural(r.variant))
	r.object = kit.Row(2*gap, kit.Fixed(kit.Inset(r.thumb, 0, gap/2, 0, gap/2), kit.Unit(kit.SizeThumb)).Across(), kit.Grow(words), kit.Natural(r.bin), kit.Natural(r.count))
	return r
}

func (r *leftRow) render(a Article) {
	r.thumb.Set(a.Photo, a.SKU)
	r.name.Set(a.named())
	r.variant.Set(a.Variant)
	r.bin.Set(a.Bin)
	r.count.Set("× " + strconv.Itoa(a.Of-a.Done))
}
