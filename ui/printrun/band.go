package printrun

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
)

// band says whether the run goes on: a quiet row while it does, loud with one sentence and what to do while it does not.
type band struct {
	object    *fyne.Container
	tongue    words.Tongue
	box       *kit.Box
	sign      *kit.Icon
	say, next *kit.Steps
	quiet     *kit.Text
	acts      [mostActs]*button // of the loud band, one under the other
	small     [mostActs]*button // of the quiet row
	second    *fyne.Container   // the acts that have no room in the first column
	loud, row *fyne.Container
	stand     Stand
}

// mostActs is how many acts have room in the band.
const mostActs = 3

// loudHeight is two buttons and the room around them.
const loudHeight = 120

func newBand(tongue words.Tongue, press func(string)) *band {
	b := &band{tongue: tongue, box: kit.NewBox(kit.CoatCard)}
	gap, side := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	b.sign = kit.NewMark(kit.MarkAsk, kit.ColorOnWarning, kit.ColorWarning, kit.Unit(kit.SizeSay))
	b.say = kit.NewSteps(kit.Voice{Bold: true}, kit.Step{Size: kit.SizeHead, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2}, kit.Step{Size: kit.SizeSub, Lines: 3},
		kit.Step{Size: kit.SizeText, Lines: 4})
	b.next = kit.NewSteps(kit.Voice{}, kit.Step{Size: kit.SizeText, Lines: 2})
	b.quiet = kit.NewText(kit.Voice{Size: kit.SizeLead, Color: kit.ColorForeground, Bold: true}, "")
	first, second := []kit.Part{kit.Spring()}, []kit.Part{kit.Spring()}
	row := []kit.Part{kit.Natural(kit.NewIcon(kit.SignPrint, kit.ColorPrimary, kit.Unit(kit.SizeMark))), kit.Grow(b.quiet)}
	for i := range mostActs {
		b.acts[i], b.small[i] = newButton(false, press), newButton(false, press)
		row = append(row, kit.Natural(b.small[i].Object).Across())
		tall := kit.Fixed(b.acts[i].Object, kit.Unit(kit.SizeButton))
		if i < 2 {
			first = append(first, tall)
		} else {
			second = append(second, tall)
		}
	}
	b.second = kit.Column(gap, append(second, kit.Spring())...)
	words := kit.Column(0, kit.Spring(), kit.Natural(b.say), kit.Natural(b.next), kit.Spring())
	b.loud = kit.Row(side, kit.Natural(b.sign), kit.Grow(words).Across(), kit.Natural(kit.Column(gap, append(first, kit.Spring())...)).Across(),
		kit.Natural(b.second).Across())
	b.row = kit.Row(2*gap, row...)
	b.object = kit.Layers(b.box, kit.Inset(b.loud, side, 0, side, 0), kit.Inset(b.row, side, 0, 0, 0))
	return b
}

// height is what the band needs.
func (b *band) height() float32 {
	if b.stand == Going {
		return kit.Unit(kit.SizeRow)
	}
	return loudHeight
}

func (b *band) render(m Model) {
	b.stand = m.Stand
	kit.Show(b.row, m.Stand == Going)
	kit.Show(b.loud, m.Stand != Going)
	for i := range mostActs {
		act := Act{}
		if i < len(m.Acts) {
			act = m.Acts[i]
		}
		b.acts[i].render(b.tongue, act)
		b.acts[i].Main(i == 0 && (m.Stand == Paused || m.Stand == Faulty || m.Stand == Cancelling)) // elsewhere a scan is what is waited for
		b.small[i].render(b.tongue, act)
	}
	kit.Show(b.second, len(m.Acts) > 2)
	b.quiet.Set(b.pace(m.Pace))
	say, next := sentences(m)
	b.say.Set(b.tongue.Say(say))
	b.next.Set(b.tongue.Say(next))
	kit.Show(b.next, next.Key != "")
	fill, ink := kit.ColorWarning, kit.ColorOnWarning
	b.sign.Paint(kit.MarkAsk, kit.ColorOnWarning, kit.ColorWarning)
	switch m.Stand {
	case Going:
		b.box.Paint(kit.CoatCard)
		return
	case Unproven: // nothing is wrong: it is the next thing to do
		fill, ink = kit.ColorPrimarySoft, kit.ColorForeground
		b.sign.Paint(kit.SignScanner, kit.ColorPrimary, "")
		b.box.Paint(coat(fill, kit.ColorPrimary, kit.SizeLoud))
	default:
		b.box.Paint(coat(fill, kit.ColorWarning, kit.SizeStroke))
	}
	b.say.Paint(ink)
	b.next.Paint(ink)
}

// pace is how long a label takes, to a tenth of a second: 1.5 s a label.
func (b *band) pace(pace time.Duration) string {
	if pace <= 0 {
		return b.tongue.Text("run.going")
	}
	return b.tongue.Text("run.pace", "s", strconv.FormatFloat(pace.Seconds(), 'f', 1, 64))
}

// standKeys are the sentences of the stands that need none of their own; what follows has ".next" behind it.
var standKeys = map[Stand]string{
	Paused: "run.paused", NoPaper: "run.paper", LastGood: "run.last", Unproven: "run.unproven", Cancelling: "run.cancelling",
}

// sentences are what happened and what to do.
func sentences(m Model) (say, next order.Said) {
	if key := standKeys[m.Stand]; key != "" {
		c := count(m.Tiles)
		pairs := []any{"sent", c.sent(), "count", c.waiting(), "ahead", m.Ahead}
		say, next = order.Say(key, pairs...), order.Say(key+".next", pairs...)
	}
	if m.Why.Key != "" {
		say = m.Why
	}
	if m.Next.Key != "" {
		next = m.Next
	}
	return say, next
}
