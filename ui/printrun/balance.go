package printrun

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// past says what the last run came to, and offers to print what nobody has seen of it.
type past struct {
	object  *fyne.Container
	tongue  words.Tongue
	title   *kit.Text
	name    *kit.Text
	numbers [3]*number
	row     *fyne.Container
	again   *button
	verdict *kit.Report
}

func newPast(tongue words.Tongue, press func(string)) *past {
	p := &past{tongue: tongue, again: newButton(false, press), verdict: kit.NewReport()}
	p.title = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true}, "")
	p.name = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorSoft, Face: kit.FaceCode}, "")
	var parts []kit.Part
	for i, key := range []string{"run.past.sent", "run.past.seen", "run.past.missing"} {
		p.numbers[i] = newNumber(tongue.Text(key))
		parts = append(parts, kit.Grow(p.numbers[i].object).Across())
	}
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	p.row = kit.Row(gap, parts...)
	head := kit.Row(2*gap, kit.Natural(p.title), kit.Spring(), kit.UpTo(p.name))
	column := kit.Column(gap, kit.Natural(head), kit.Fixed(p.row, numberHeight), kit.Natural(p.verdict), kit.Spring(), kit.Fixed(p.again.Object, kit.Unit(kit.SizeRow)+gap))
	p.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, pad, gap, pad, 2*gap))
	return p
}

func (p *past) render(last Past) {
	title := "run.past"
	if last.Sent == 0 {
		title = "run.past.none"
	}
	p.title.Set(p.tongue.Text(title))
	p.name.Set(last.Name)
	for i, n := range []int{last.Sent, last.Seen, last.Missing} {
		p.numbers[i].text.Set(strconv.Itoa(n))
	}
	kit.Show(p.row, last.Sent > 0)
	say := ""
	if last.Sent > 0 && last.Missing == 0 {
		say = p.tongue.Text("run.past.all")
	}
	p.verdict.Set(kit.Calm, say)
	p.again.render(p.tongue, last.Again)
}

// balance is the sum of the shift's labels: on parcels, spoiled and on the bench make what was sent.
type balance struct {
	object  *fyne.Container
	tongue  words.Tongue
	numbers [4]*number
	verdict *kit.Report
}

func newBalance(tongue words.Tongue) *balance {
	b := &balance{tongue: tongue, verdict: kit.NewReport()}
	title := kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true}, tongue.Text("run.balance"))
	var parts []kit.Part
	for i, key := range []string{"run.balance.parcels", "run.balance.spoiled", "run.balance.bench", "run.balance.sent"} {
		b.numbers[i] = newNumber(tongue.Text(key))
		if i > 0 {
			sign := kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorSoft, Bold: true, Face: kit.FaceFigures, Align: fyne.TextAlignCenter}, []string{"+", "+", "="}[i-1])
			parts = append(parts, kit.Natural(kit.Column(0, kit.Fixed(sign, kit.Line(kit.SizeWord)), kit.Spring())).Across())
		}
		parts = append(parts, kit.Grow(b.numbers[i].object).Across())
	}
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	column := kit.Column(gap, kit.Natural(title), kit.Fixed(kit.Row(kit.Unit(kit.SizeHalf), parts...), numberHeight), kit.Natural(b.verdict), kit.Spring())
	b.object = kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, pad, gap, pad, 2*gap))
	return b
}

func (b *balance) render(m Balance) {
	for i, n := range []int{m.Parcels, m.Spoiled, m.Bench, m.Sent} {
		b.numbers[i].text.Set(strconv.Itoa(n))
	}
	switch unfound := m.Unfound(); {
	case unfound > 0:
		b.verdict.Set(kit.Loud, b.tongue.Text("run.balance.less", "count", unfound))
	case unfound < 0:
		b.verdict.Set(kit.Loud, b.tongue.Text("run.balance.more", "count", -unfound))
	default:
		b.verdict.Set(kit.Calm, b.tongue.Text("run.balance.right"))
	}
}

// number is a count with its word under it.
type number struct {
	object *fyne.Container
	text   *kit.Steps
}

// numberHeight is a count and two lines of words.
const numberHeight = 96

func newNumber(word string) *number {
	n := &number{text: kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures, Align: fyne.TextAlignCenter},
		kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeSub, Lines: 1})}
	under := kit.NewSteps(kit.Voice{Color: kit.ColorSoft, Align: fyne.TextAlignCenter}, kit.Step{Size: kit.SizeText, Lines: 2})
	under.Set(word)
	n.object = kit.Column(0, kit.Fixed(n.text, kit.Line(kit.SizeWord)), kit.Natural(under), kit.Spring())
	return n
}
