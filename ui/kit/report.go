package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Report is a mark and a sentence: Calm is a success, Told under way, Loud wants a hand, Bad has failed.
type Report struct {
	widget.BaseWidget
	mark *Icon
	text *Steps
}

// NewReport makes a report that says nothing.
func NewReport() *Report {
	r := &Report{mark: NewIcon(SignClock, ColorSoft, Unit(SizeMark))}
	r.text = NewSteps(Voice{Color: ColorForeground}, Step{SizeText, 4})
	r.ExtendBaseWidget(r)
	r.Hide()
	return r
}

// marks are the signs and inks of tones: each tone has its shape.
var marks = map[Tone]struct {
	sign       Sign
	shape, cut fyne.ThemeColorName
}{
	Calm: {MarkTaken, ColorSuccess, ColorOnSuccess},
	Told: {SignClock, ColorSoft, ""},
	Loud: {MarkAsk, ColorWarning, ColorOnWarning},
	Bad:  {MarkRefused, ColorError, ColorOnError},
}

// Set changes the sentence and its tone; an empty one hides the report.
func (r *Report) Set(tone Tone, text string) {
	m := marks[tone]
	r.mark.Paint(m.sign, m.shape, m.cut)
	r.text.Set(text)
	r.fit(r.Size())
	Show(r, text != "")
}

// indent is where the words begin.
func (r *Report) indent() float32 { return Unit(SizeMark) + Unit(SizeGap) }

// HeightFor is the height the words take in a room of that width; the mark may stand a little lower.
func (r *Report) HeightFor(width float32) float32 { return r.text.HeightFor(width - r.indent()) }

// CreateRenderer belongs to fyne.Widget.
func (r *Report) CreateRenderer() fyne.WidgetRenderer {
	return &leaf{
		objects: []fyne.CanvasObject{r.mark, r.text}, layout: r.fit, refresh: func() { r.fit(r.Size()) },
		min: func() fyne.Size { return fyne.NewSize(r.indent(), r.HeightFor(r.Size().Width)) },
	}
}

// fit sets the mark before the first line of the words.
func (r *Report) fit(size fyne.Size) {
	mark, room := Unit(SizeMark), size.Width-r.indent()
	Put(r.mark, 0, max(0, (Line(SizeText)-mark)/2), mark, mark)
	Put(r.text, r.indent(), 0, room, r.text.HeightFor(room))
}
