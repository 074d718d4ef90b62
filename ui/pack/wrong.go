package pack

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
)

// wrong is the red card: two like photos say little, so what differs stands large in both halves.
type wrong struct {
	object      *fyne.Container
	tongue      words.Tongue
	title       *kit.Steps
	got, want   *half
	back, fetch *errand
	side        *side
}

func newWrong(tongue words.Tongue, press func(string)) *wrong {
	w := &wrong{tongue: tongue, side: newSide(tongue, press)}
	w.title = kit.NewSteps(kit.Voice{Color: kit.ColorOnFill, Bold: true}, kit.Step{Size: kit.SizeSay, Lines: 1},
		kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2}, kit.Step{Size: kit.SizeSub, Lines: 3})
	w.got = newHalf(tongue.Text("pack.wrong.got"), true)
	w.want = newHalf(tongue.Text("pack.wrong.want"), false)
	w.back, w.fetch = newErrand(kit.SignBack), newErrand(kit.SignArrow)
	floor := kit.NewBox(kit.Coat{Fill: kit.ColorErrorFill, Radius: kit.SizeRadius})
	mark := kit.NewMark(kit.MarkRefused, kit.ColorOnFill, kit.ColorErrorFill, kit.Unit(kit.SizeMarkBig))
	gap, pad := kit.Unit(kit.SizeGap2), kit.Unit(kit.SizeGap3)
	head := kit.Row(pad, kit.Natural(mark), kit.Grow(w.title).Across())
	w.object = kit.Place(func(size fyne.Size) {
		main := mainWidth(size)
		width, line := main-2*pad, kit.Line(kit.SizeBig)
		kit.Put(floor, 0, 0, main, size.Height)
		kit.Put(head, pad, gap, width, line)
		half, foot := (width-gap)/2, kit.Line(kit.SizeSay)
		top := 2*gap + line
		tall := size.Height - top - foot - 2*gap
		wide := half
		if !w.want.object.Visible() {
			wide = width
		}
		kit.Put(w.got.object, pad, top, wide, tall)
		kit.Put(w.want.object, pad+half+gap, top, half, tall)
		kit.Put(w.back.object, pad, size.Height-foot-gap, wide, foot)
		kit.Put(w.fetch.object, pad+half+gap, size.Height-foot-gap, half, foot)
		kit.Put(w.side.object, main+pad, 0, size.Width-main-pad, size.Height)
	}, floor, head, w.got.object, w.want.object, w.back.object, w.fetch.object, w.side.object)
	return w
}

func (w *wrong) render(m Model) {
	got, want := m.Wrong.Got, m.Wrong.Want
	wanted := want.Name != "" || want.SKU != ""
	known := got.Name != "" || got.Variant != ""
	gotWord, wantWord, gotNote, wantNote := tellApart(got, want)
	if !known {
		gotWord, gotNote = "?", got.SKU
	}
	w.got.render(got, gotWord, gotNote)
	w.want.render(want, wantWord, wantNote)
	switch {
	case m.Wrong.Title.Key != "":
		w.title.Set(w.tongue.Say(m.Wrong.Title))
	case !known:
		w.title.Set(w.tongue.Text("pack.wrong.unknown"))
	case wanted && len([]rune(gotWord+wantWord)) > mostInTitle:
		w.title.Set(w.tongue.Text("pack.wrong"))
	case !wanted:
		w.title.Set(w.tongue.Text("pack.wrong.enough"))
	default:
		w.title.Set(w.tongue.Text("pack.wrong.differs", "got", gotWord, "want", wantWord))
	}
	kit.Show(w.want.object, wanted)
	if m.Wrong.Back.Key != "" {
		w.back.say(w.tongue.Say(m.Wrong.Back), "")
	} else {
		w.back.render(w.tongue, "pack.wrong.back", got.Bin)
	}
	w.fetch.render(w.tongue, "pack.wrong.fetch", want.Bin)
	kit.Show(w.fetch.object, wanted)
	w.side.render(m)
}

// mostInTitle is how much of a difference is said in the title; more stands in the halves alone, so that the title stays large.
const mostInTitle = 14

// tellApart chooses what stands large in the two halves and what stands small below it: of one product the variants'
// difference, of two products their names.
func tellApart(got, want Line) (gotWord, wantWord, gotNote, wantNote string) {
	if got.Name == want.Name && got.Variant != "" && want.Variant != "" {
		a, b, both := order.Difference(got.Variant, want.Variant)
		return a, b, both, both
	}
	return NameOf(got), NameOf(want), got.Variant, want.Variant
}

// NameOf is what a good is called, its SKU where nothing better is known.
func NameOf(l Line) string {
	if l.Name != "" {
		return l.Name
	}
	return l.SKU
}

// half is one of the two goods.
type half struct {
	object  *fyne.Container
	picture *kit.Picture
	word    *kit.Steps
	note    *kit.Text
}

func newHalf(label string, refused bool) *half {
	h := &half{picture: kit.NewPicture()}
	coat := kit.Coat{Fill: kit.ColorSurface, Radius: kit.SizeRadius}
	sign, color := kit.NewIcon(kit.SignArrow, kit.ColorForeground, kit.Line(kit.SizeText)), kit.ColorForeground
	if refused {
		sign = kit.NewMark(kit.MarkRefused, kit.ColorError, kit.ColorOnError, kit.Line(kit.SizeText))
		color = kit.ColorError
	} else {
		coat.Stroke, coat.Width = kit.ColorForeground, kit.SizeLoud
	}
	centre := fyne.TextAlignCenter
	h.word = kit.NewSteps(kit.Voice{Color: color, Bold: true, Face: kit.FaceFigures, Align: centre},
		kit.Step{Size: kit.SizeTail, Lines: 1}, kit.Step{Size: kit.SizeBig, Lines: 1}, kit.Step{Size: kit.SizeSay, Lines: 1},
		kit.Step{Size: kit.SizeHead, Lines: 2}, kit.Step{Size: kit.SizeSub, Lines: 3}, kit.Step{Size: kit.SizeText, Lines: 5})
	h.note = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Align: centre}, "")
	title := kit.NewText(kit.Voice{Size: kit.SizeSub, Color: color, Bold: true}, label)
	gap := kit.Unit(kit.SizeGap)
	head := kit.Row(gap, kit.Spring(), kit.Natural(sign), kit.Natural(title), kit.Spring())
	words := kit.Column(0, kit.Natural(head), kit.Grow(h.word), kit.Natural(h.note))
	box := kit.NewBox(coat)
	h.object = kit.Place(func(size fyne.Size) {
		side := size.Height - 4*gap
		const share = 0.47 // the words are what differs, the pictures often do not
		width := min(side, size.Width*share)
		kit.Put(box, 0, 0, size.Width, size.Height)
		kit.Put(h.picture, 2*gap, 2*gap, width, side)
		kit.Put(words, 3*gap+width, 2*gap, size.Width-width-5*gap, side)
	}, box, h.picture, words)
	return h
}

func (h *half) render(l Line, word, note string) {
	h.picture.Set(l.Photo, l.SKU)
	h.word.Set(word)
	h.note.Set(note)
	kit.Show(h.note, note != "")
}

// errand says where a piece goes back to or comes from.
type errand struct {
	object    *fyne.Container
	word, bin *kit.Text
}

func newErrand(sign kit.Sign) *errand {
	e := &errand{}
	e.word = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorOnFill, Bold: true}, "")
	e.bin = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorOnFill, Bold: true, Face: kit.FaceCode}, "")
	e.object = kit.Row(kit.Unit(kit.SizeGap), kit.Natural(kit.NewIcon(sign, kit.ColorOnFill, kit.Unit(kit.SizeMark))),
		kit.UpTo(e.word), kit.Natural(e.bin))
	return e
}

func (e *errand) render(tongue words.Tongue, key, bin string) {
	if bin == "" {
		key += ".anywhere"
	}
	e.say(tongue.Text(key), bin)
}

func (e *errand) say(word, bin string) {
	e.word.Set(word)
	e.bin.Set(bin)
	kit.Show(e.bin, bin != "")
}
