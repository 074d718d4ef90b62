package printrun

import (
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/clock"
	"packbench/ui/kit"
)

// counts are how many labels there are of each state.
type counts [states]int

func count(all []State) counts {
	var c counts
	for _, s := range all {
		c[s]++
	}
	return c
}

// sent are those the printer has taken, whatever became of them.
func (c counts) sent() int { return c[Sent] + c[Seen] + c[Spoiled] }

// waiting are those that are still to be sent.
func (c counts) waiting() int { return c[Queued] + c[Making] + c[Sending] }

// progress is how far the run has come: in words, and as a bar of what is seen, sent and spoiled.
type progress struct {
	object *fyne.Container
	tongue words.Tongue
	say    *kit.Steps
	left   *kit.Text
	bar    *fyne.Container
	counts counts
	of     int
}

// progressHeight is the line of words and the bar under it.
func progressHeight() float32 {
	return kit.Line(kit.SizeWord) + kit.Unit(kit.SizeGap) + kit.Unit(kit.SizeGap2)
}

func newProgress(tongue words.Tongue) *progress {
	p := &progress{tongue: tongue}
	p.say = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 1})
	p.left = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorSoft}, "")
	edge := kit.NewBox(kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeHair, Radius: kit.SizeRadiusSmall})
	seen, sent, spoiled := kit.NewBox(kit.Coat{Fill: kit.ColorSuccess}), kit.NewBox(kit.Coat{Fill: kit.ColorPrimary}), kit.NewBox(kit.Coat{Fill: kit.ColorError})
	p.bar = kit.Place(func(size fyne.Size) {
		kit.Put(edge, 0, 0, size.Width, size.Height)
		x, hair := kit.Unit(kit.SizeHair), kit.Unit(kit.SizeHair)
		for _, part := range []struct {
			box   *kit.Box
			count int
		}{{seen, p.counts[Seen]}, {sent, p.counts[Sent]}, {spoiled, p.counts[Spoiled]}} {
			width := (size.Width - 2*hair) * float32(part.count) / float32(max(p.of, 1))
			kit.Put(part.box, x, hair, width, size.Height-2*hair)
			x += width
		}
	}, edge, seen, sent, spoiled)
	line := kit.Row(kit.Unit(kit.SizeGap3), kit.Grow(p.say).Across(), kit.Natural(p.left))
	p.object = kit.Column(kit.Unit(kit.SizeGap), kit.Fixed(line, kit.Line(kit.SizeWord)), kit.Fixed(p.bar, kit.Unit(kit.SizeGap2)))
	return p
}

func (p *progress) render(m Model) {
	p.counts, p.of = count(m.Tiles), len(m.Tiles)
	p.say.Set(p.sentence(m))
	p.left.Set(p.remaining(m))
}

func (p *progress) sentence(m Model) string {
	c := p.counts
	pairs := []any{"sent", c.sent(), "of", p.of, "seen", c[Seen], "count", c.sent()}
	switch {
	case m.View == Run:
		return p.tongue.Text("run.progress", pairs...)
	case m.Cancelled:
		return p.tongue.Text("run.ended.cancelled", pairs...)
	}
	return p.tongue.Text("run.ended", pairs...)
}

func (p *progress) remaining(m Model) string {
	switch {
	case m.View == Ended && m.Wave != "":
		return p.tongue.Text("run.of_wave", "wave", m.Wave)
	case m.View != Run || m.Left <= 0:
		return ""
	}
	span := clock.Span(p.tongue, max(m.Left, time.Second))
	if m.Stand == Going {
		return p.tongue.Text("run.left", "time", span)
	}
	return p.tongue.Text("run.left.once", "time", span)
}
