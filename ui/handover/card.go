package handover

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// card is what is known of a carrier.
type card struct {
	object *fyne.Container
	tongue words.Tongue
	name   *kit.Steps
	facts  [MostFacts]*fact
	note   *kit.Steps
	report *kit.Report
	acts   *buttons
}

type fact struct {
	object *fyne.Container
	word   *kit.Text
	value  *kit.Steps
}

func newCard(tongue words.Tongue, hands Hands) *card {
	c := &card{tongue: tongue, report: kit.NewReport(), acts: newButtons(tongue, hands.Press)}
	c.name = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 2})
	c.note = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 3})
	const wordWidth = 280
	var parts []kit.Part
	for i := range c.facts {
		f := &fact{}
		f.word = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft}, "")
		f.value = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
		value := kit.Column(0, kit.Spring(), kit.Natural(f.value), kit.Spring())
		f.object = kit.Row(kit.Unit(kit.SizeGap2), kit.Fixed(f.word, wordWidth), kit.Grow(value).Across())
		c.facts[i] = f
		parts = append(parts, kit.Fixed(f.object, missingHeight))
	}
	parts = append(parts, kit.Space(kit.Unit(kit.SizeGap)), kit.Natural(c.note), kit.Spring())
	c.object = titled(c.name, kit.Column(0, parts...), c.report, c.acts)
	return c
}

func (c *card) render(m Model) {
	c.name.Set(m.Carrier.Name)
	for i, f := range c.facts {
		shown := i < len(m.Carrier.Facts)
		kit.Show(f.object, shown)
		if shown {
			f.word.Set(c.tongue.Say(m.Carrier.Facts[i].Word))
			f.value.Set(m.Carrier.Facts[i].Value)
		}
	}
	c.note.Set(c.tongue.Say(m.Carrier.Note))
	c.report.Set(m.Report.Tone, c.tongue.Say(m.Report.Said))
	c.acts.render(m.Acts)
}

// form is a question that is answered by typing, by a scan, or by choosing a file.
type form struct {
	object *fyne.Container
	tongue words.Tongue
	title  *kit.Steps
	text   *kit.Steps
	entry  *widget.Entry
	report *kit.Report
	acts   *buttons
}

func newForm(tongue words.Tongue, hands Hands) *form {
	f := &form{tongue: tongue, report: kit.NewReport(), acts: newButtons(tongue, hands.Press), entry: widget.NewEntry()}
	f.title = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 2})
	f.text = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeLead, Lines: 2}, kit.Step{Size: kit.SizeText, Lines: 4})
	body := kit.Column(kit.Unit(kit.SizeGap2), kit.Natural(f.text), kit.Fixed(f.entry, kit.Unit(kit.SizeButton)), kit.Spring())
	f.object = titled(f.title, body, f.report, f.acts)
	return f
}

func (f *form) render(m Model) {
	f.title.Set(f.tongue.Say(m.Form.Title))
	f.text.Set(f.tongue.Say(m.Form.Text))
	f.report.Set(m.Report.Tone, f.tongue.Say(m.Report.Said))
	f.acts.render(m.Acts)
}
