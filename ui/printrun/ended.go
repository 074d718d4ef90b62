package printrun

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// ended says that nothing of the run is left to send, and what was kept back and why.
type ended struct {
	object *fyne.Container
	tongue words.Tongue
	say    *kit.Steps
	next   *kit.Steps
	kept   *keptList
	hero   *kit.Box
	sign   *kit.Icon
	acts   [mostActs]*button
}

func newEnded(tongue words.Tongue, press func(string)) *ended {
	e := &ended{tongue: tongue, kept: newKeptList(tongue, true)}
	e.say = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2})
	e.next = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeSub, Lines: 2}, kit.Step{Size: kit.SizeText, Lines: 3})
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	e.hero, e.sign = kit.NewBox(kit.Coat{}), kit.NewIcon(kit.SignScanner, kit.ColorOnPrimary, kit.Unit(kit.SizeThumb))
	parts := []kit.Part{kit.Spring()}
	for i := range e.acts {
		e.acts[i] = newButton(i == 0, press)
		parts = append(parts, kit.Natural(e.acts[i].Object).Across())
	}
	head := kit.Row(pad, kit.Fixed(kit.Layers(e.hero, e.sign), kit.Unit(kit.SizeTail)).Across(), kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(e.say), kit.Natural(e.next), kit.Spring())).Across())
	column := kit.Column(2*gap, kit.Fixed(head, kit.Unit(kit.SizeTail)), kit.Grow(e.kept.object), kit.Fixed(kit.Row(2*gap, parts...), kit.Unit(kit.SizeRow)+gap))
	e.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, pad, pad, pad, 2*gap))
	return e
}

func (e *ended) render(m Model) {
	c := count(m.Tiles)
	open := c[Sent]
	key, hero, ink, sign := "run.ended.scan", kit.ColorPrimary, kit.ColorOnPrimary, kit.SignScanner
	switch {
	case c.sent() == 0:
		key, hero, ink, sign = "run.ended.none", kit.ColorRepeat, kit.ColorOnRepeat, kit.SignPrint
	case c[Sent] == 0 && c[Spoiled] > 0:
		open = c[Spoiled]
		key, hero, ink, sign = "run.ended.spoiled", kit.ColorWarning, kit.ColorOnWarning, kit.SignPrint
	case c[Sent] == 0: // green is what scans have proved
		key, hero, ink, sign = "run.ended.seen", kit.ColorSuccess, kit.ColorOnSuccess, kit.SignTick
	}
	e.hero.Paint(kit.Coat{Fill: hero, Radius: kit.SizeRadius})
	e.sign.Paint(sign, ink, "")
	e.say.Set(e.tongue.Text(key, "count", open))
	next := e.tongue.Text(key + ".next")
	if len(m.Held) > 0 {
		next = e.tongue.Text("run.ended.held", "count", len(m.Held))
	}
	e.next.Set(next)
	e.kept.render(m.Held)
	for i, button := range e.acts {
		act := Act{}
		if i < len(m.Acts) {
			act = m.Acts[i]
		}
		button.render(e.tongue, act)
	}
}
