package pack

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// toScan tells to stick the label on and scan it back. Its last six are the one loud thing of the page.
type toScan struct {
	object        *fyne.Container
	tongue        words.Tongue
	first, second *kit.Text
	chips         *chips
	paper         *kit.Picture
	again         *kit.KeyButton
	key           string
	wrong         *fyne.Container // in the place of chips, while another code was scanned than the label's
	scanned       *kit.Steps
}

// The chips of a label's way.
const (
	chipQueued = iota
	chipSent
	chipScan
)

func newToScan(tongue words.Tongue, press func(string)) *toScan {
	l := &toScan{tongue: tongue, paper: kit.NewPaper()}
	l.again = kit.NewKeyButton(false, func() { press(l.key) })
	say := kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeBig, Lines: 1},
		kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeWord, Lines: 2})
	say.Set(tongue.Text("pack.label.say"))
	hint := kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, tongue.Text("pack.label.tail"))
	large := kit.Voice{Size: kit.SizeTail, Color: kit.ColorForeground, Bold: true, Face: kit.FaceCode}
	l.first, l.second = kit.NewText(large, ""), kit.NewText(large, "")
	pad, gap := kit.Unit(kit.SizeGap3), kit.Unit(kit.SizeGap)
	loud := kit.NewBox(kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorPrimary, Width: kit.SizeLoud, Radius: kit.SizeRadius})
	digits := kit.Layers(loud, kit.Inset(kit.Row(pad, kit.Natural(l.first), kit.Natural(l.second)), pad+gap, 0, pad+gap, 0))
	l.chips = newChips(kit.SignScanner, tongue.Text("pack.label.queued"), tongue.Text("pack.label.sent"), tongue.Text("pack.label.scan"))
	column := kit.Column(0, kit.Natural(say), kit.Spring(),
		kit.Fixed(kit.Row(0, kit.Natural(hint), kit.Spring(), kit.Natural(l.again.Object)), kit.Unit(kit.SizeRow)), kit.Space(gap),
		kit.Fixed(kit.Row(0, kit.Natural(digits).Across(), kit.Spring()), kit.Line(kit.SizeTail)+gap),
		kit.Spring(), kit.Fixed(kit.Layers(l.chips.object, l.notThisOne()), kit.Unit(kit.SizeMarkBig)))

	card := kit.NewBox(kit.CoatCard)
	ground := kit.NewBox(kit.Coat{Fill: kit.ColorGround, Radius: kit.SizeRadius, RightOnly: true})
	edge := kit.NewBox(kit.Coat{Fill: kit.ColorPaper, Stroke: kit.ColorOutline, Width: kit.SizeHair})
	l.object = kit.Place(func(size fyne.Size) {
		const aspect = 2.0 / 3 // of a 10 × 15 cm label
		hair, inner := kit.Unit(kit.SizeHair), kit.Unit(kit.SizeGap5)
		tall := size.Height - 2*kit.Unit(kit.SizeGap2) - 2*gap
		wide := tall * aspect
		panel := wide + 2*inner
		kit.Put(card, 0, 0, size.Width, size.Height)
		kit.Put(ground, size.Width-panel-hair, hair, panel, size.Height-2*hair)
		x, y := size.Width-panel+inner-hair, (size.Height-tall)/2
		kit.Put(edge, x-hair, y-hair, wide+2*hair, tall+2*hair)
		kit.Put(l.paper, x, y, wide, tall)
		kit.Put(column, inner, kit.Unit(kit.SizeGap4), size.Width-panel-inner-pad, size.Height-2*kit.Unit(kit.SizeGap4))
	}, card, ground, edge, l.paper, column)
	return l
}

// notThisOne is a red band: a parcel with another's label is money lost, so it is as loud as a wrong item.
func (l *toScan) notThisOne() *fyne.Container {
	l.scanned = kit.NewSteps(kit.Voice{Color: kit.ColorOnFill, Bold: true}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 1},
		kit.Step{Size: kit.SizeSub, Lines: 2})
	floor := kit.NewBox(kit.Coat{Fill: kit.ColorErrorFill, Radius: kit.SizeRadius})
	mark := kit.NewMark(kit.MarkRefused, kit.ColorOnFill, kit.ColorErrorFill, kit.Unit(kit.SizeStatus))
	gap := kit.Unit(kit.SizeGap2)
	l.wrong = kit.Layers(floor, kit.Inset(kit.Row(gap, kit.Natural(mark).Across(), kit.Grow(l.scanned).Across()), gap, 0, gap, 0))
	return l.wrong
}

func (l *toScan) render(m Model) {
	if kit.Show(l.wrong, m.Label.Wrong != ""); m.Label.Wrong != "" {
		l.scanned.Set(l.tongue.Text("pack.label.wrong", "code", kit.Tail(m.Label.Wrong)))
	}
	kit.Show(l.chips.object, m.Label.Wrong == "")
	first, second := kit.LastSix(m.Label.Code)
	l.first.Set(first)
	l.second.Set(second)
	kit.Show(l.second, second != "")
	l.paper.Set(m.Label.Picture, "")
	l.key = m.Label.Again.Key
	l.again.Set(l.key, l.tongue.Say(m.Label.Again.Word))
	kit.Show(l.again.Object, l.key != "")
	l.stage(chipQueued, m.Label.QueuedAt)
	l.stage(chipSent, m.Label.SentAt)
	l.chips.steps[chipScan].set(atHand, l.tongue.Text("pack.label.scan.hint"))
}

func (l *toScan) stage(chip int, at time.Time) {
	if at.IsZero() {
		l.chips.steps[chip].set(toCome, l.tongue.Text("pack.label.pending"))
		return
	}
	l.chips.steps[chip].set(behind, at.Format("15:04:05"))
}
