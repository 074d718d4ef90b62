package pack

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// working says what the bench is busy with while the packer's hands close the box.
type working struct {
	object *fyne.Container
	tongue words.Tongue
	sign   *kit.Icon
	say    *kit.Steps
	hint   *kit.Text
	note   *kit.Steps
	chips  *chips
}

// stepKeys are the sentences of the steps; a chip's word has ".step" behind it.
var stepKeys = []string{"pack.work.checking", "pack.work.arranging", "pack.work.fetching", "pack.work.making", "pack.work.printing"}

var stepSigns = []kit.Sign{kit.SignCloud, kit.SignHandover, kit.SignSheet, kit.SignSheet, kit.SignPrint}

// patience is how long a step may take before the page counts: numbers that race disturb more than they tell.
const patience = 5 * time.Second

func newWorking(tongue words.Tongue) *working {
	w := &working{tongue: tongue, sign: kit.NewIcon(kit.SignPrint, kit.ColorOnPrimary, kit.Unit(kit.SizeTail))}
	w.say = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true},
		kit.Step{Size: kit.SizeVariant, Lines: 1}, kit.Step{Size: kit.SizeBig, Lines: 1}, kit.Step{Size: kit.SizeSay, Lines: 2})
	w.hint = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorSoft}, tongue.Text("pack.work.hands"))
	w.note = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeSub, Lines: 2}, kit.Step{Size: kit.SizeText, Lines: 3})
	var names []string
	for _, key := range stepKeys {
		names = append(names, tongue.Text(key+".step"))
	}
	w.chips = newChips(kit.SignArrow, names...)
	pad, side := kit.Unit(kit.SizeGap5), kit.Unit(kit.SizeVariant)*2
	hero := kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorPrimary, Radius: kit.SizeRadius}), w.sign)
	sentence := kit.Column(0, kit.Spring(), kit.Natural(w.say), kit.Natural(w.hint), kit.Spring())
	body := kit.Column(0, kit.Spring(), kit.Fixed(kit.Row(pad, kit.Fixed(hero, side).Across(), kit.Grow(sentence).Across()), side),
		kit.Space(kit.Unit(kit.SizeGap3)), kit.Natural(w.note), kit.Spring(), kit.Fixed(w.chips.object, kit.Unit(kit.SizeMarkBig)))
	w.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(body, pad, pad, pad, pad))
	return w
}

func (w *working) render(m Model) {
	at := min(max(int(m.Work.Step), 0), len(stepKeys)-1)
	w.sign.Paint(stepSigns[at], kit.ColorOnPrimary, "")
	w.say.Set(w.tongue.Text(stepKeys[at]))
	w.note.Set(w.tongue.Say(m.Work.Note))
	kit.Show(w.note, m.Work.Note.Key != "")
	for i, chip := range w.chips.steps {
		switch {
		case i < at:
			chip.set(behind, "")
		case i > at:
			chip.set(toCome, "")
		default:
			note := ""
			if since := m.Now.Sub(m.Work.Since); !m.Work.Since.IsZero() && since >= patience {
				note = w.tongue.Text("pack.work.since", "time", clock.Span(w.tongue, since))
			}
			chip.set(atHand, note)
		}
	}
}
