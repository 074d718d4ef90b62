package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"packbench/ui/kit"
)

// labelled stands a name over what it names.
func labelled(name string, o fyne.CanvasObject) *fyne.Container {
	label := kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, name)
	return kit.Column(0, kit.Natural(label), kit.Fixed(o, kit.Unit(kit.SizeButton)))
}

// newEntry makes a field to type into. Enter does nothing in it: an input method uses it too.
func newEntry() *widget.Entry {
	return widget.NewEntry()
}

// newSecretEntry makes a field whose text is not shown, nor can be: others look at a bench's screen.
func newSecretEntry() *widget.Entry {
	e := widget.NewPasswordEntry()
	e.ActionItem = container.NewWithoutLayout() // in place of the eye
	return e
}

// report shows what came of a press.
type report struct {
	object *fyne.Container
	mark   *kit.Icon
	text   *kit.Steps
}

func newReport() *report {
	r := &report{mark: kit.NewMark(kit.MarkTaken, kit.ColorSuccess, kit.ColorOnSuccess, kit.Unit(kit.SizeMark))}
	r.text = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeText, Lines: 4})
	r.object = container.New(reportLayout{r})
	r.object.Objects = []fyne.CanvasObject{r.mark, r.text}
	return r
}

// marks are the signs and inks of tones: each tone has its shape.
var marks = map[kit.Tone]struct {
	sign       kit.Sign
	shape, cut fyne.ThemeColorName
}{
	kit.Calm: {kit.MarkTaken, kit.ColorSuccess, kit.ColorOnSuccess},
	kit.Told: {kit.SignClock, kit.ColorSoft, ""},
	kit.Loud: {kit.MarkAsk, kit.ColorWarning, kit.ColorOnWarning},
	kit.Bad:  {kit.MarkRefused, kit.ColorError, kit.ColorOnError},
}

func (r *report) render(tone kit.Tone, text string) {
	m := marks[tone]
	r.mark.Paint(m.sign, m.shape, m.cut)
	r.text.Set(text)
	kit.Show(r.object, text != "")
}

// reportLayout sets the mark before the first line of the words.
type reportLayout struct{ *report }

func (l reportLayout) indent() float32 { return kit.Unit(kit.SizeMark) + kit.Unit(kit.SizeGap) }

// Layout belongs to fyne.Layout.
func (l reportLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	mark, room := kit.Unit(kit.SizeMark), size.Width-l.indent()
	kit.Put(l.mark, 0, max(0, (kit.Line(kit.SizeText)-mark)/2), mark, mark)
	kit.Put(l.text, l.indent(), 0, room, l.text.HeightFor(room))
}

// MinSize is as high as the words are in the room they have.
func (l reportLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.indent(), l.text.HeightFor(l.text.Size().Width))
}
