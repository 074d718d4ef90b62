package ask

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// Card shows a question.
type Card struct {
	// Object is what stands on the screen.
	Object *fyne.Container

	tongue  words.Tongue
	title   *kit.Steps
	text    *kit.Steps
	choices [MostChoices]*choice
	chosen  *fyne.Container // the row of the choices
	badge   *fyne.Container
	acts    [mostActs]*act
	paper   *kit.Picture
	label   *fyne.Container
}

// mostActs is how many answers a question can have beside its choices: more is not a question but a form.
const mostActs = 3

// choiceHeight is a digit and two lines of words under it.
const choiceHeight = 112

// NewCard makes the card. press is called with the key of an answer that was pressed instead of typed.
func NewCard(tongue words.Tongue, press func(key string)) *Card {
	c := &Card{tongue: tongue, paper: kit.NewPaper()}
	c.title = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeBig, Lines: 1},
		kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeSay, Lines: 2}, kit.Step{Size: kit.SizeWord, Lines: 3})
	c.text = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeHead, Lines: 3},
		kit.Step{Size: kit.SizeSub, Lines: 4}, kit.Step{Size: kit.SizeText, Lines: 6})
	gap, pad, hair := kit.Unit(kit.SizeGap2), kit.Unit(kit.SizeGap5), kit.Unit(kit.SizeHair)
	var parts, side []kit.Part
	for i := range c.acts {
		c.acts[i] = newAct(press)
		parts = append(parts, kit.Natural(c.acts[i].object).Across())
	}
	for i := range c.choices {
		c.choices[i] = newChoice(press)
		side = append(side, kit.Grow(c.choices[i].Object).Across())
	}
	c.chosen, c.badge = kit.Row(gap, side...), newBadge(tongue)
	row := kit.Row(gap, append(parts, kit.Spring())...)
	column := kit.Column(0, kit.Natural(c.title), kit.Space(gap), kit.Natural(c.text), kit.Spring(),
		kit.Fixed(c.chosen, choiceHeight), kit.Natural(c.badge), kit.Space(gap), kit.Fixed(row, kit.Unit(kit.SizeBig)))
	edge := kit.NewBox(kit.Coat{Fill: kit.ColorPaper, Stroke: kit.ColorOutline, Width: kit.SizeHair})
	c.label = kit.Layers(edge, kit.Inset(c.paper, hair, hair, hair, hair))
	box := kit.NewBox(kit.Coat{Fill: kit.ColorWarningSoft, Stroke: kit.ColorWarning, Width: kit.SizeLoud, Radius: kit.SizeRadius})
	mark := kit.NewMark(kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning, kit.Unit(kit.SizeTail))
	c.Object = kit.Place(func(size fyne.Size) {
		const aspect = 2.0 / 3
		tall, sign := size.Height-2*pad, kit.Unit(kit.SizeTail)
		right := size.Width - pad
		kit.Put(c.label, right-tall*aspect, pad, tall*aspect, tall)
		if c.label.Visible() {
			right -= tall*aspect + pad
		}
		kit.Put(box, 0, 0, size.Width, size.Height)
		kit.Put(mark, pad, pad, sign, sign)
		kit.Put(column, 2*pad+sign, pad, right-2*pad-sign, tall)
	}, box, mark, column, c.label)
	return c
}

// Render shows a question.
func (c *Card) Render(q Question) {
	c.title.Set(c.tongue.Say(q.Title))
	c.text.Set(c.tongue.Say(q.Text))
	for i, choice := range c.choices {
		choice.render(c.tongue, at(q.Choices, i))
	}
	kit.Show(c.chosen, len(q.Choices) > 0)
	kit.Show(c.badge, q.Badge)
	for i, act := range c.acts {
		act.render(c.tongue, at(q.Acts, i))
		act.button.Main(i == 0 && !q.Badge && len(q.Choices) == 0)
	}
	c.paper.Set(q.Label, "")
	kit.Show(c.label, q.Label != nil)
}

// at is an act of a list, or none.
func at(acts []Act, i int) Act {
	if i >= len(acts) {
		return Act{}
	}
	return acts[i]
}
