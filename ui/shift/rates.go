package shift

import (
	"fmt"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// rates are what the platform watches: a line a market and rate, a cell a week with the platform's limit drawn in.
type rates struct {
	object *fyne.Container
	list   *fyne.Container
	tongue words.Tongue
	heads  [mostWeeks]*kit.Text
	lines  []*rateLine
	none   *kit.Steps
	part   *kit.Text
	model  Model
}

// rateLine is a rate of a market.
type rateLine struct {
	object *fyne.Container
	market *kit.Text
	name   *kit.Text
	limit  *kit.Text
	cells  [mostWeeks]*share
}

// share is a rate in a week: its figure over a bar with the limit as an upright.
type share struct {
	object           *fyne.Container
	mark             *kit.Icon
	figure, open     *kit.Text
	track, bar, edge *kit.Box
	of               Share
	full, limit      float64
}

const (
	mostWeeks   = 5
	weekWidth   = 148
	rateHeight  = 64
	marketWidth = 48
	trackHeight = 12
)

func newRates(tongue words.Tongue) *rates {
	r := &rates{tongue: tongue, part: kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignTrailing}, "")}
	r.none = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeLead, Lines: 2})
	r.none.Set(tongue.Text("shift.rates.none"))
	gap := kit.Unit(kit.SizeGap)
	word := func(text string) *kit.Text {
		return kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, text)
	}
	parts := []kit.Part{kit.Fixed(word(""), marketWidth), kit.Grow(word(tongue.Text("shift.rates.head")))}
	for i := range r.heads {
		r.heads[i] = word("")
		parts = append(parts, kit.Fixed(r.heads[i], weekWidth))
	}
	heads := kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorSurfaceAlt, Radius: kit.SizeRadius}), kit.Inset(kit.Row(gap, parts...), 2*gap, 0, 2*gap, 0))
	note := kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 3})
	note.Set(tongue.Text("shift.rates.note"))
	r.list = kit.Place(r.fill, r.none)
	hair := kit.Unit(kit.SizeHair)
	foot := kit.Row(gap, kit.Grow(kit.Layers(note)).Across(), kit.Natural(r.part))
	r.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(0, kit.Fixed(heads, kit.Unit(kit.SizeBadge)), kit.Grow(r.list), kit.Fixed(kit.Inset(foot, 2*gap, 0, 2*gap, 0), 3*kit.Line(kit.SizeText)+gap)), hair, hair, hair, hair))
	return r
}

func (r *rates) room() int { return max(1, int(r.list.Size().Height/rateHeight)) }

func (r *rates) render(m Model) {
	r.model = m
	for i, head := range r.heads {
		text := ""
		if i < len(m.Weeks) {
			text = r.tongue.Text("shift.rates.week", "from", m.Weeks[i].Format("01-02"), "to", m.Weeks[i].AddDate(0, 0, 6).Format("01-02"))
		}
		head.Set(text)
	}
	kit.Show(r.none, len(m.Rates) == 0 && !m.AsOf.IsZero())
	r.fill(r.list.Size())
}

func (r *rates) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	gap := kit.Unit(kit.SizeGap)
	kit.Put(r.none, 2*gap, gap, size.Width-4*gap, r.none.HeightFor(size.Width-4*gap))
	all := r.model.Rates
	first := max(0, min(r.model.FirstRate, len(all)-1))
	shown := min(r.room(), len(all)-first)
	for len(r.lines) < shown {
		made := newRateLine()
		r.lines = append(r.lines, made)
		r.list.Objects = append(r.list.Objects, made.object)
	}
	for i, l := range r.lines {
		kit.Show(l.object, i < shown)
		if i < shown {
			l.render(r.tongue, all[first+i])
			kit.Put(l.object, 0, float32(i)*rateHeight, size.Width, rateHeight)
			kit.Arrange(l.object)
		}
	}
	r.part.Set(partOf(r.tongue, first, shown, len(all)))
}

func newRateLine() *rateLine {
	l := &rateLine{}
	l.market = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	l.name = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true}, "")
	l.limit = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	gap := kit.Unit(kit.SizeGap)
	words := kit.Column(0, kit.Spring(), kit.Natural(l.name), kit.Natural(l.limit), kit.Spring())
	parts := []kit.Part{kit.Fixed(l.market, marketWidth), kit.Grow(words).Across()}
	for i := range l.cells {
		l.cells[i] = newShare()
		parts = append(parts, kit.Fixed(l.cells[i].object, weekWidth).Across())
	}
	line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	l.object = kit.Column(0, kit.Grow(kit.Inset(kit.Row(gap, parts...), 2*gap, 0, 2*gap, 0)), kit.Fixed(line, kit.Unit(kit.SizeHair)))
	return l
}

func (l *rateLine) render(tongue words.Tongue, of Rate) {
	l.market.Set(of.Market)
	l.name.Set(tongue.Say(of.Name))
	limit := tongue.Text("shift.rates.no_limit")
	if of.Limit > 0 {
		limit = tongue.Text("shift.rates.at_most", "limit", percent(of.Limit))
		if of.AtLeast {
			limit = tongue.Text("shift.rates.at_least", "limit", percent(of.Limit))
		}
	}
	l.limit.Set(limit)
	for i, cell := range l.cells {
		kit.Show(cell.object, i < len(of.Weeks))
		if i < len(of.Weeks) {
			cell.render(tongue, of.Weeks[i], of)
		}
	}
}

// percent is a share as people read it: whole where it is.
func percent(share float64) string {
	if whole := int(100*share + 0.5); 100*share-float64(whole) < 0.05 && float64(whole)-100*share < 0.05 {
		return fmt.Sprintf("%d %%", whole)
	}
	return fmt.Sprintf("%.1f %%", 100*share)
}

func newShare() *share {
	s := &share{mark: kit.NewMark(kit.MarkRefused, kit.ColorError, kit.ColorOnError, kit.Unit(kit.SizeIcon))}
	s.figure = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}, "")
	s.open = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignTrailing}, "")
	s.track, s.bar, s.edge = kit.NewBox(kit.Coat{Fill: kit.ColorSeparator, Radius: kit.SizeRadiusSmall}), kit.NewBox(kit.Coat{}), kit.NewBox(kit.Coat{Fill: kit.ColorForeground})
	s.object = kit.Place(s.fit, s.track, s.bar, s.edge, s.mark, s.figure, s.open)
	return s
}

func (s *share) render(tongue words.Tongue, of Share, rate Rate) {
	s.of, s.full, s.limit = of, rate.Full, rate.Limit
	figure := "–"
	if of.Known {
		figure = percent(of.Share)
	}
	s.figure.Set(figure)
	ink, fill := kit.ColorForeground, kit.ColorPrimary
	if of.Beyond {
		ink, fill = kit.ColorErrorDeep, kit.ColorError
	}
	s.figure.Paint(ink, true)
	s.bar.Paint(kit.Coat{Fill: fill, Radius: kit.SizeRadiusSmall})
	kit.Show(s.mark, of.Beyond)
	open := ""
	switch {
	case of.NotTold > 0:
		open = tongue.Text("shift.rates.not_told", "n", of.NotTold)
	case of.Open > 0:
		open = tongue.Text("shift.rates.open", "n", of.Open)
	}
	s.open.Set(open)
	kit.Show(s.bar, of.Known && of.Share > 0)
	kit.Show(s.edge, rate.Limit > 0)
	s.fit(s.object.Size())
}

func (s *share) fit(size fyne.Size) {
	if size.IsZero() || s.full == 0 {
		return
	}
	line, half := kit.Line(kit.SizeText), kit.Unit(kit.SizeHalf)
	y := (size.Height - line - trackHeight - half) / 2
	x := float32(0)
	if s.mark.Visible() {
		kit.Put(s.mark, 0, y, kit.Unit(kit.SizeIcon), line)
		x = kit.Unit(kit.SizeIcon) + half
	}
	wide := min(s.figure.MinSize().Width, size.Width-x)
	kit.Put(s.figure, x, y, wide, line)
	beside := size.Width - x - wide - half
	below := s.open.MinSize().Width > beside // what does not fit beside the figure stands under the bar
	if below {
		y -= line / 2
		for _, above := range []fyne.CanvasObject{s.mark, s.figure} {
			above.Move(fyne.NewPos(above.Position().X, y))
		}
		kit.Put(s.open, 0, y+line+half+trackHeight, size.Width, line)
	} else {
		kit.Put(s.open, x+wide+half, y, max(0, beside), line)
	}
	y += line + half
	at := func(share float64) float32 { return size.Width * float32(min(1, share/s.full)) }
	kit.Put(s.track, 0, y, size.Width, trackHeight)
	kit.Put(s.bar, 0, y, max(kit.Unit(kit.SizeHalf), at(s.of.Share)), trackHeight)
	kit.Put(s.edge, at(s.limit)-kit.Unit(kit.SizeHair), y-half, kit.Unit(kit.SizeStroke), trackHeight+2*half)
}
