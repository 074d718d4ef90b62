package scannersetup

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// code is a code to scan, its number beside it. The one that is wanted has a loud edge, those that came have a tick.
type code struct {
	object *fyne.Container
	box    *kit.Box
	number *kit.Text
	tick   *kit.Icon
}

func newCode(number string, c Code) *code {
	made := &code{box: kit.NewBox(kit.CoatCard), tick: kit.NewIcon(kit.SignTick, kit.ColorSoft, kit.Unit(kit.SizeMark))}
	made.number = kit.NewText(kit.Voice{Size: kit.SizeHead, Bold: true, Face: kit.FaceFigures, Align: fyne.TextAlignCenter}, number)
	text := kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Face: kit.FaceFigures, Align: fyne.TextAlignCenter}, c.Text)
	gap := kit.Unit(kit.SizeGap)
	column := kit.Column(0, kit.Grow(kit.NewBars(c.Bars)), kit.Natural(text))
	row := kit.Row(gap, kit.Fixed(kit.Layers(made.number, made.tick), kit.Unit(kit.SizeBadge)).Across(), kit.Grow(column).Across())
	made.object = kit.Layers(made.box, kit.Inset(row, gap, gap, gap, gap))
	return made
}

func (c *code) render(wanted, came bool) {
	coat, ink := kit.CoatCard, kit.ColorFaint
	if wanted {
		coat = kit.Coat{Fill: kit.ColorPrimarySoft, Stroke: kit.ColorPrimary, Width: kit.SizeLoud, Radius: kit.SizeRadius}
		ink = kit.ColorForeground
	}
	c.box.Paint(coat)
	c.number.Paint(ink, true)
	kit.Show(c.number, !came)
	kit.Show(c.tick, came)
}

// tones are the marks of tones.
var tones = map[kit.Tone]struct {
	sign       kit.Sign
	shape, cut fyne.ThemeColorName
}{
	kit.Calm: {kit.MarkTaken, kit.ColorSuccess, kit.ColorOnSuccess},
	kit.Told: {kit.SignClock, kit.ColorSoft, ""},
	kit.Loud: {kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning},
	kit.Bad:  {kit.MarkRefused, kit.ColorError, kit.ColorOnError},
}

// scan is a line about a code that came, or is to come.
type scan struct {
	object  *fyne.Container
	tongue  words.Tongue
	mark    *kit.Icon
	verdict *kit.Text
	figures *kit.Text
}

func newScan(tongue words.Tongue, number string) *scan {
	s := &scan{tongue: tongue, mark: kit.NewIcon(kit.SignClock, kit.ColorSoft, kit.Unit(kit.SizeMark))}
	digit := kit.NewText(kit.Voice{Size: kit.SizeLead, Bold: true, Face: kit.FaceFigures, Color: kit.ColorSoft}, number)
	s.verdict = kit.NewText(kit.Voice{Size: kit.SizeLead, Bold: true, Color: kit.ColorForeground}, "")
	s.figures = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	s.object = kit.Row(kit.Unit(kit.SizeGap2), kit.Natural(digit), kit.Fixed(s.mark, kit.Unit(kit.SizeMark)), kit.Natural(s.verdict), kit.Spring(), kit.UpTo(s.figures))
	return s
}

// render shows a scan; nil is one that is still to come.
func (s *scan) render(one *Scan) {
	kit.Show(s.mark, one != nil)
	if one == nil {
		s.verdict.Set(s.tongue.Text("scannersetup.to_come"))
		s.verdict.Paint(kit.ColorFaint, false)
		s.figures.Set("")
		return
	}
	m := tones[one.Verdict.Tone]
	s.mark.Paint(m.sign, m.shape, m.cut)
	s.verdict.Set(s.tongue.Say(one.Verdict.Said))
	s.verdict.Paint(kit.ColorForeground, true)
	if one.Ending == "-" {
		s.figures.Set(s.tongue.Text("scannersetup.figures.unended", "gap", one.GapMS))
	} else {
		s.figures.Set(s.tongue.Text("scannersetup.figures", "gap", one.GapMS, "suffix", one.Ending))
	}
}

// device is a scanner that is set up, or could be.
type device struct {
	object *fyne.Container
	tongue words.Tongue
	digit  int
	mark   *kit.Icon
	key    *kit.Text
	name   *kit.Text
	state  *kit.Text
	tap    *kit.Tap
}

func newDevice(tongue words.Tongue, pressed func()) *device {
	d := &device{tongue: tongue, mark: kit.NewIcon(kit.SignScanner, kit.ColorSoft, kit.Unit(kit.SizeMark)), tap: kit.NewTap(pressed)}
	d.key = kit.NewText(kit.Voice{Size: kit.SizeSub, Bold: true, Face: kit.FaceFigures, Color: kit.ColorPrimary}, "")
	d.name = kit.NewText(kit.Voice{Size: kit.SizeText, Bold: true, Color: kit.ColorForeground}, "")
	d.state = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	row := kit.Row(kit.Unit(kit.SizeGap), kit.Fixed(d.mark, kit.Unit(kit.SizeMark)), kit.Natural(d.key), kit.Grow(kit.Column(0, kit.Natural(d.name), kit.Natural(d.state))).Across())
	d.object = kit.Layers(row, d.tap)
	return d
}

func (d *device) render(s Scanner) {
	d.digit = s.Digit
	m := tones[s.State.Tone]
	d.mark.Paint(m.sign, m.shape, m.cut)
	kit.Show(d.key, s.Digit > 0)
	kit.Show(d.tap, s.Digit > 0)
	if s.Digit > 0 {
		d.key.Set(strconv.Itoa(s.Digit))
	}
	d.name.Set(s.Name)
	d.state.Set(d.tongue.Say(s.State.Said))
}
