package overdue

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// parcel is everything about one parcel: whose it is, why it is late, and all of its clocks.
type parcel struct {
	object *fyne.Container
	tongue words.Tongue
	number *kit.Steps
	late   *kit.Text
	about  *kit.Text
	cause  *kit.Steps
	known  *kit.Text
	how    *kit.Steps
	next   *kit.KeyButton
	acts   []*kit.KeyButton
	keys   []string
	heads  *deadline
	list   *fyne.Container
	lines  []*deadline
	part   *kit.Text
	now    time.Time
	clocks []Clock
	first  int
}

// mostActs is how many acts have room beside the next one and the way back.
const mostActs = 2

func newParcel(tongue words.Tongue, hands Hands) *parcel {
	p := &parcel{tongue: tongue, heads: newDeadline(tongue), keys: make([]string, mostActs)}
	p.number = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	p.late = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorErrorDeep, Bold: true, Align: fyne.TextAlignTrailing}, "")
	p.about = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	p.cause = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeSub, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	p.known = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	p.how = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeText, Lines: 3})
	p.part = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	p.heads.title()
	p.list = kit.Place(p.fill)
	p.next = kit.NewKeyButton(true, func() { hands.Press(ActKey) })
	back := kit.NewKeyButton(false, func() { hands.Press(BackKey) })
	back.Set(BackKey, tongue.Text("pick.act.back"))
	gap := kit.Unit(kit.SizeGap)
	foot := []kit.Part{kit.UpTo(p.next.Object).Across()}
	for i := range mostActs {
		made := kit.NewKeyButton(false, func() { hands.Press(p.keys[i]) })
		p.acts = append(p.acts, made)
		foot = append(foot, kit.UpTo(made.Object).Across())
	}
	foot = append(foot, kit.Grow(p.part), kit.Natural(back.Object).Across())
	head := kit.Row(gap, kit.Grow(p.number).Across(), kit.Natural(p.late))
	well := kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorSurfaceAlt, Radius: kit.SizeRadius}), p.heads.object)
	p.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(gap/2, kit.Fixed(head, kit.Line(kit.SizeHead)), kit.Fixed(p.about, kit.Line(kit.SizeText)),
		kit.Natural(p.cause), kit.Fixed(p.known, kit.Line(kit.SizeText)), kit.Natural(p.how), kit.Fixed(well, kit.Unit(kit.SizeMark)), kit.Grow(p.list), kit.Fixed(kit.Row(gap, foot...), kit.Unit(kit.SizeRow))), 2*gap, gap, 2*gap, gap))
	return p
}

// deadlineHeight is two lines of words.
const deadlineHeight = 52

func (p *parcel) room() int { return max(1, int(p.list.Size().Height/deadlineHeight)) }

func (p *parcel) render(of Parcel, now time.Time) {
	p.now, p.clocks, p.first = now, of.Clocks, of.First
	p.number.Set(of.Order)
	said, late := clock.Due(p.tongue, of.Due, now)
	p.late.Set(said)
	ink := kit.ColorForeground
	if late {
		ink = kit.ColorErrorDeep
	}
	p.late.Paint(ink, true)
	about := of.Market
	for _, word := range []string{of.Number, of.Carrier} {
		switch {
		case about == "":
			about = word
		case word != "":
			about = p.tongue.Text("unit.pair", "a", about, "b", word)
		}
	}
	p.about.Set(about)
	cause := p.tongue.Say(of.Cause)
	if cause == "" {
		cause = p.tongue.Text("overdue.parcel.in_time")
	}
	p.cause.Set(cause)
	owner := of.Owner
	if owner == "" {
		owner = p.tongue.Text("overdue.owner.none")
	}
	owner = p.tongue.Text("overdue.parcel.owner", "owner", owner)
	if known := p.tongue.Say(of.Known); known != "" {
		owner = p.tongue.Text("unit.pair", "a", owner, "b", known)
	}
	p.known.Set(owner)
	p.how.Set(p.tongue.Say(of.How))
	kit.Show(p.how, of.How.Key != "")
	kit.Show(p.next.Object, of.Act.Key != "")
	p.next.Set(ActKey, p.tongue.Say(of.Act))
	for i, button := range p.acts {
		kit.Show(button.Object, i < len(of.Acts))
		if i < len(of.Acts) {
			p.keys[i] = of.Acts[i].Key
			button.Set(of.Acts[i].Key, p.tongue.Say(of.Acts[i].Word))
		}
	}
	p.fill(p.list.Size())
}

func (p *parcel) fill(size fyne.Size) {
	if size.IsZero() {
		return
	}
	first := max(0, min(p.first, len(p.clocks)-1))
	shown := min(p.room(), len(p.clocks)-first)
	for len(p.lines) < shown {
		made := newDeadline(p.tongue)
		p.lines = append(p.lines, made)
		p.list.Objects = append(p.list.Objects, made.object)
	}
	for i, l := range p.lines {
		kit.Show(l.object, i < shown)
		if i < shown {
			l.render(p.clocks[first+i], p.now)
			kit.Put(l.object, 0, float32(i)*deadlineHeight, size.Width, deadlineHeight)
		}
	}
	part := ""
	if len(p.clocks) > shown {
		part = p.tongue.Text("overdue.parcel.part", "from", first+1, "to", first+shown, "of", len(p.clocks))
	}
	p.part.Set(part)
}

// deadline is a clock of a parcel, or the heads of the columns.
type deadline struct {
	object *fyne.Container
	tongue words.Tongue
	mark   *kit.Icon
	name   *kit.Text
	state  *kit.Text
	due    *kit.Text
	left   *kit.Text
	source *kit.Steps
	then   *kit.Steps
}

func newDeadline(tongue words.Tongue) *deadline {
	d := &deadline{tongue: tongue, mark: kit.NewIcon(kit.SignClock, kit.ColorSoft, kit.Unit(kit.SizeIcon))}
	text := func(face kit.Face, bold bool) *kit.Text {
		return kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground, Bold: bold, Face: face}, "")
	}
	d.name, d.state, d.due, d.left = text(0, true), text(0, false), text(kit.FaceFigures, true), text(0, false)
	two := kit.Step{Size: kit.SizeText, Lines: 2}
	d.source, d.then = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, two), kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, two)
	line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	d.object = kit.Place(func(size fyne.Size) { d.fit(size, line) }, line, d.mark, d.name, d.state, d.due, d.left, d.source, d.then)
	return d
}

// fit shares the width: the clock, when, from where, and what follows.
func (d *deadline) fit(size fyne.Size, line fyne.CanvasObject) {
	const names, moments, sources = 0.26, 0.17, 0.27
	gap, hair, half, x := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeHair), size.Height/2, float32(0)
	kit.Put(line, 0, size.Height-hair, size.Width, hair)
	kit.Put(d.mark, 0, 0, kit.Unit(kit.SizeIcon), size.Height)
	pair := func(above, below *kit.Text, width float32) {
		from := x
		if above == d.name {
			from += kit.Unit(kit.SizeIcon) + gap
		}
		room := x + width - gap - from
		if !below.Visible() {
			kit.Put(above, from, 0, room, size.Height)
		} else {
			kit.Put(above, from, 0, room, half)
			kit.Put(below, from, half, room, half)
		}
		x += width
	}
	pair(d.name, d.state, names*size.Width)
	pair(d.due, d.left, moments*size.Width)
	kit.Put(d.source, x, 0, sources*size.Width-gap, size.Height)
	x += sources * size.Width
	kit.Put(d.then, x, 0, size.Width-x, size.Height)
}

// title makes it the heads of the columns.
func (d *deadline) title() {
	for cell, word := range map[*kit.Text]string{d.name: d.tongue.Text("overdue.head.clock"), d.due: d.tongue.Text("overdue.head.due")} {
		cell.Set(word)
		cell.Paint(kit.ColorSoft, false)
	}
	d.source.Set(d.tongue.Text("overdue.head.source"))
	d.then.Set(d.tongue.Text("overdue.head.then"))
	d.then.Paint(kit.ColorSoft)
	for _, o := range []fyne.CanvasObject{d.mark, d.state, d.left} {
		o.Hide()
	}
}

// looks are how the states of a clock look.
var looks = map[State]struct {
	sign       kit.Sign
	shape, cut fyne.ThemeColorName
	ink        fyne.ThemeColorName
}{
	Missed: {kit.MarkRefused, kit.ColorError, kit.ColorOnError, kit.ColorErrorDeep}, Near: {kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning, kit.ColorForeground},
	Running: {kit.SignClock, kit.ColorSoft, "", kit.ColorForeground}, Met: {kit.MarkTaken, kit.ColorSuccess, kit.ColorOnSuccess, kit.ColorForeground},
}

// word is what a state is called.
func (d *deadline) word(s State) string {
	switch s {
	case Missed:
		return d.tongue.Text("overdue.state.missed")
	case Near:
		return d.tongue.Text("overdue.state.near")
	case Running:
		return d.tongue.Text("overdue.state.running")
	}
	return d.tongue.Text("overdue.state.met")
}

func (d *deadline) render(of Clock, now time.Time) {
	look := looks[of.State]
	d.mark.Paint(look.sign, look.shape, look.cut)
	d.name.Set(d.tongue.Say(of.Name))
	d.state.Set(d.word(of.State))
	d.state.Paint(look.ink, of.State == Missed)
	due := ""
	if !of.Due.IsZero() {
		due = clock.Moment(d.tongue, of.Due, now)
	}
	d.due.Set(due)
	left, _ := clock.Due(d.tongue, of.Due, now)
	if of.State == Met {
		left = ""
		if !of.Done.IsZero() {
			left = d.tongue.Text("overdue.met", "time", clock.Moment(d.tongue, of.Done, now))
		}
	}
	d.left.Set(left)
	d.left.Paint(look.ink, of.State == Missed)
	kit.Show(d.left, left != "")
	d.source.Set(d.tongue.Say(of.Source))
	d.then.Set(d.tongue.Say(of.Consequence))
	kit.Arrange(d.object)
}
