// Package demoprinter is the pane of the demo's printer: the label that came out last, and switches that take its paper, its head and its power
// away. It shows a Model; the machine itself is elsewhere.
package demoprinter

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/kit"
)

// Model is all that the pane shows. It is a value.
type Model struct {
	// Last is the label that hangs out of the printer; nil: none does. Half tells that it stopped within the label.
	Last *kit.Photo
	Half bool
	// Out is how many labels came out.
	Out int
	// Paper, Closed and Power tell that there is paper, that the head is closed, that it is switched on.
	Paper, Closed, Power bool
	// Keys are what does each; an empty key can only be pressed.
	Keys Keys
}

// Keys are the keys of the pane: a letter each, as the pane stands in a window of its own where nothing is scanned.
type Keys struct {
	Pull  string // takes the label away
	Paper string // takes the paper out, or puts a roll in
	Head  string // opens or closes the head
	Power string // switches off or on
}

// Hands are told what a person does to the printer.
type Hands interface {
	Pull()
	Paper()
	Head()
	Power()
}

// Pane is the demo's printer.
type Pane struct {
	object  *fyne.Container
	tongue  words.Tongue
	state   *kit.Report
	out     *kit.Text
	paper   *kit.Picture
	label   *fyne.Container
	mouth   *kit.Text
	buttons [4]*kit.KeyButton
}

// New makes the pane.
func New(tongue words.Tongue, hands Hands) *Pane {
	p := &Pane{tongue: tongue, state: kit.NewReport(), paper: kit.NewPaper()}
	title := kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, tongue.Text("machine.title"))
	p.out = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, "")
	p.mouth = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Align: fyne.TextAlignCenter}, tongue.Text("machine.empty"))
	gap, hair := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeHair)
	edge := kit.NewBox(kit.Coat{Fill: kit.ColorPaper, Stroke: kit.ColorOutline, Width: kit.SizeHair})
	p.label = kit.Layers(edge, kit.Inset(p.paper, hair, hair, hair, hair))
	well := kit.NewBox(kit.Coat{Fill: kit.ColorSurfaceAlt, Radius: kit.SizeRadius})
	slot := kit.NewBox(kit.Coat{Fill: kit.ColorForeground, Radius: kit.SizeRadiusSmall})
	tray := kit.Place(func(size fyne.Size) {
		const aspect = 2.0 / 3 // a label of 10 × 15 cm
		kit.Put(well, 0, 0, size.Width, size.Height)
		kit.Put(slot, gap, gap, size.Width-2*gap, gap)
		kit.Put(p.mouth, 0, 0, size.Width, size.Height)
		tall := min(size.Height-3*gap, (size.Width-4*gap)/aspect)
		kit.Put(p.label, (size.Width-tall*aspect)/2, gap+gap/2, tall*aspect, tall)
	}, well, slot, p.mouth, p.label)
	parts := []kit.Part{kit.Natural(title), kit.Fixed(p.state, 2*kit.Line(kit.SizeText)), kit.Natural(p.out), kit.Grow(tray)}
	for i, act := range []func(){hands.Pull, hands.Paper, hands.Head, hands.Power} {
		p.buttons[i] = kit.NewKeyButton(false, act)
		parts = append(parts, kit.Fixed(p.buttons[i].Object, kit.Unit(kit.SizeButton)))
	}
	floor := kit.NewBox(kit.Coat{Fill: kit.ColorBackground})
	card := kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(kit.Column(gap, parts...), 2*gap, 2*gap, 2*gap, 2*gap))
	p.object = kit.Layers(floor, kit.Inset(card, gap, gap, gap, gap))
	p.Render(Model{})
	return p
}

// Object is what stands in the pane's window.
func (p *Pane) Object() fyne.CanvasObject { return p.object }

// Render shows a model. It runs on the main goroutine.
func (p *Pane) Render(m Model) {
	p.out.Set(p.tongue.Text("machine.out", "count", m.Out))
	p.paper.Set(m.Last, "")
	kit.Show(p.label, m.Last != nil)
	kit.Show(p.mouth, m.Last == nil)
	tone, said := state(m)
	p.state.Set(tone, p.tongue.Say(said))
	for i, act := range acts(m) {
		p.buttons[i].Set(act.Key, p.tongue.Say(act.Word))
	}
	kit.Arrange(p.object)
}

// state is what the printer would say of itself, the worst first.
func state(m Model) (kit.Tone, order.Said) {
	switch {
	case !m.Power:
		return kit.Bad, order.Say("machine.off")
	case !m.Closed:
		return kit.Loud, order.Say("machine.open")
	case !m.Paper:
		return kit.Loud, order.Say("machine.nopaper")
	case m.Half:
		return kit.Loud, order.Say("machine.torn")
	}
	return kit.Calm, order.Say("machine.ready")
}

// acts are what can be done, each the opposite of how it is.
func acts(m Model) []ask.Act {
	word := func(on bool, take, give string) order.Said {
		if on {
			return order.Say(take)
		}
		return order.Say(give)
	}
	return []ask.Act{
		{Key: m.Keys.Pull, Word: order.Say("machine.pull")},
		{Key: m.Keys.Paper, Word: word(m.Paper, "machine.paper.out", "machine.paper.in")},
		{Key: m.Keys.Head, Word: word(m.Closed, "machine.head.open", "machine.head.close")},
		{Key: m.Keys.Power, Word: word(m.Power, "machine.power.off", "machine.power.on")},
	}
}
