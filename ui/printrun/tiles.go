package printrun

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/ui/kit"
)

// dress is how a state looks: its box, the ink of its number, and its sign.
type dress struct {
	coat       kit.Coat
	number     fyne.ThemeColorName
	sign       kit.Sign
	shape, cut fyne.ThemeColorName
	word       string // of the legend; the states that pass in a moment have none
}

func coat(fill, stroke fyne.ThemeColorName, width fyne.ThemeSizeName) kit.Coat {
	return kit.Coat{Fill: fill, Stroke: stroke, Width: width, Radius: kit.SizeRadius}
}

var dresses = [states]dress{
	Queued:  {coat(kit.ColorSurface, kit.ColorSeparator, kit.SizeStroke), kit.ColorFaint, kit.SignQueued, kit.ColorFaint, "", "run.queued"},
	Making:  {coat(kit.ColorSurface, kit.ColorOutline, kit.SizeStroke), kit.ColorForeground, kit.SignMaking, kit.ColorSoft, "", ""},
	Sending: {coat(kit.ColorSurface, kit.ColorPrimary, kit.SizeLoud), kit.ColorForeground, kit.SignSending, kit.ColorPrimary, "", ""},
	Sent:    {coat(kit.ColorPrimarySoft, kit.ColorPrimary, kit.SizeStroke), kit.ColorForeground, kit.SignSent, kit.ColorPrimary, "", "run.sent"},
	Seen:    {coat(kit.ColorSuccess, kit.ColorSuccess, kit.SizeStroke), kit.ColorOnSuccess, kit.SignTick, kit.ColorOnSuccess, "", "run.seen"},
	Spoiled: {coat(kit.ColorErrorSoft, kit.ColorError, kit.SizeStroke), kit.ColorErrorDeep, kit.MarkRefused, kit.ColorError, kit.ColorOnError, "run.spoiled"},
	Held:    {coat(kit.ColorWarningSoft, kit.ColorWarningHatch, kit.SizeStroke), kit.ColorForeground, kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning, "run.held"},
}

// tile is a label: its place on the paper and how far it has come.
type tile struct {
	object *fyne.Container
	box    *kit.Box
	number *kit.Text
	sign   *kit.Icon
}

func newTile(number string) *tile {
	d := dresses[Queued]
	t := &tile{box: kit.NewBox(d.coat), sign: kit.NewMark(d.sign, d.shape, d.cut, kit.Unit(kit.SizeIcon))}
	t.number = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: d.number, Bold: true, Face: kit.FaceFigures}, number)
	t.object = kit.Place(func(size fyne.Size) {
		kit.Put(t.box, 0, 0, size.Width, size.Height)
		sign, side := kit.Unit(kit.SizeIcon), kit.Unit(kit.SizeGap)
		if t.number.MinSize().Width == 0 { // in the legend
			kit.Put(t.sign, 0, 0, size.Width, size.Height)
			return
		}
		const wide = 2
		side = max(side, size.Width/10-wide)
		kit.Put(t.number, side, 0, max(0, size.Width-2*side-sign), size.Height)
		kit.Put(t.sign, size.Width-side-sign, 0, sign, size.Height)
	}, t.box, t.number, t.sign)
	return t
}

func (t *tile) render(s State) {
	d := dresses[s]
	t.box.Paint(d.coat)
	t.number.Paint(d.number, true)
	t.sign.Paint(d.sign, d.shape, d.cut)
}

// tiles are all labels of a run in the order of the paper.
type tiles struct {
	object *fyne.Container
	tiles  []*tile
	shown  int
}

// The tiles stand in rows of ten, and five rows always have their room: nothing jumps from one run to the next.
const columns, leastRows = 10, 5

func newTiles() *tiles {
	t := &tiles{}
	t.object = kit.Place(t.fit)
	return t
}

func (t *tiles) render(all []State) {
	for len(t.tiles) < len(all) {
		made := newTile(strconv.Itoa(len(t.tiles) + 1))
		t.tiles = append(t.tiles, made)
		t.object.Objects = append(t.object.Objects, made.object)
	}
	for i, tile := range t.tiles {
		kit.Show(tile.object, i < len(all))
		if i < len(all) {
			tile.render(all[i])
		}
	}
	if t.shown != len(all) {
		t.shown = len(all)
		t.fit(t.object.Size())
	}
}

func (t *tiles) fit(size fyne.Size) {
	gap := kit.Unit(kit.SizeGap)
	rows := max(leastRows, (t.shown+columns-1)/columns)
	width, height := (size.Width-gap*(columns-1))/columns, (size.Height-gap*float32(rows-1))/float32(rows)
	for i := range t.shown {
		x, y := float32(i%columns), float32(i/columns)
		kit.Put(t.tiles[i].object, x*(width+gap), y*(height+gap), width, height)
	}
}
