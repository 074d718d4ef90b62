package pack

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// asked is the amber card: the bench cannot know and asks.
type asked struct {
	object *fyne.Container
	tongue words.Tongue
	title  *kit.Steps
	text   *kit.Steps
	acts   [mostActs]*act
	paper  *kit.Picture
	label  *fyne.Container
}

// mostActs is how many answers a question can have: more is not a question but a form.
const mostActs = 3

// act is one answer: a key to press, or a scan to make.
type act struct {
	object *fyne.Container
	button *kit.KeyButton
	scan   *fyne.Container
	scanOf *kit.Text
	key    string
}

func newAsked(tongue words.Tongue, press func(string)) *asked {
	a := &asked{tongue: tongue, paper: kit.NewPaper()}
	a.title = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeBig, Lines: 1},
		kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeSay, Lines: 2}, kit.Step{Size: kit.SizeWord, Lines: 3})
	a.text = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeHead, Lines: 3},
		kit.Step{Size: kit.SizeSub, Lines: 4}, kit.Step{Size: kit.SizeText, Lines: 6})
	parts := make([]kit.Part, 0, mostActs+1)
	for i := range a.acts {
		a.acts[i] = newAct(i == 0, press)
		parts = append(parts, kit.Natural(a.acts[i].object).Across())
	}
	gap, pad, hair := kit.Unit(kit.SizeGap2), kit.Unit(kit.SizeGap5), kit.Unit(kit.SizeHair)
	row := kit.Row(gap, append(parts, kit.Spring())...)
	column := kit.Column(0, kit.Natural(a.title), kit.Space(gap), kit.Natural(a.text), kit.Spring(), kit.Fixed(row, kit.Unit(kit.SizeBig)))
	edge := kit.NewBox(kit.Coat{Fill: kit.ColorPaper, Stroke: kit.ColorOutline, Width: kit.SizeHair})
	a.label = kit.Layers(edge, kit.Inset(a.paper, hair, hair, hair, hair))
	box := kit.NewBox(kit.Coat{Fill: kit.ColorWarningSoft, Stroke: kit.ColorWarning, Width: kit.SizeLoud, Radius: kit.SizeRadius})
	mark := kit.NewMark(kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning, kit.Unit(kit.SizeTail))
	a.object = kit.Place(func(size fyne.Size) {
		const aspect = 2.0 / 3
		tall, sign := size.Height-2*pad, kit.Unit(kit.SizeTail)
		right := size.Width - pad
		kit.Put(a.label, right-tall*aspect, pad, tall*aspect, tall)
		if a.label.Visible() {
			right -= tall*aspect + pad
		}
		kit.Put(box, 0, 0, size.Width, size.Height)
		kit.Put(mark, pad, pad, sign, sign)
		kit.Put(column, 2*pad+sign, pad, right-2*pad-sign, tall)
	}, box, mark, column, a.label)
	return a
}

func newAct(main bool, press func(string)) *act {
	a := &act{scanOf: kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true}, "")}
	gap, side := kit.Unit(kit.SizeGap2), kit.Unit(kit.SizeGap3)
	told := kit.NewBox(kit.Coat{Fill: kit.ColorPrimarySoft, Stroke: kit.ColorPrimary, Width: kit.SizeLoud, Radius: kit.SizeRadius})
	row := kit.Row(gap, kit.Natural(kit.NewIcon(kit.SignScanner, kit.ColorPrimary, kit.Unit(kit.SizeMark))), kit.UpTo(a.scanOf))
	a.scan = kit.Layers(told, kit.Inset(row, side, gap, side, gap))
	a.button = kit.NewKeyButton(main, func() { press(a.key) })
	a.object = kit.Layers(a.button.Object, a.scan)
	return a
}

func (a *act) render(tongue words.Tongue, said Act) {
	a.key = said.Key
	word := tongue.Say(said.Word)
	kit.Show(a.object, word != "")
	kit.Show(a.button.Object, said.Key != "")
	kit.Show(a.scan, said.Key == "")
	a.button.Set(said.Key, word)
	a.scanOf.Set(word)
}

func (a *asked) render(m Model) {
	q := m.Question
	a.title.Set(a.tongue.Say(q.Title))
	a.text.Set(a.tongue.Say(q.Text))
	for i, act := range a.acts {
		said := Act{}
		if i < len(q.Acts) {
			said = q.Acts[i]
		}
		act.render(a.tongue, said)
	}
	a.paper.Set(q.Label, "")
	kit.Show(a.label, q.Label != nil)
}
