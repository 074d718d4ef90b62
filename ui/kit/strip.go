package kit

import "fyne.io/fyne/v2"

// Family is what became of a scan. Each has its own shape, colour and word, and any one of them is enough.
type Family int

// The families of outcomes.
const (
	Quiet   Family = iota // nothing scanned yet
	Taken                 // ✔
	Repeat                // ● a double read, ignored
	Refused               // ✖ stays until the next scan
	Ask                   // ▲ a person is needed
	Stop                  // ▲ on full amber: hands off
)

// dress is how a family looks: the cell with its mark, the strip and its words.
type dress struct {
	cell, strip, edge fyne.ThemeColorName
	words, strong     fyne.ThemeColorName
	sign              Sign
	shape, cut        fyne.ThemeColorName
}

var dresses = map[Family]dress{
	Quiet:   {ColorRepeatSoft, ColorSurface, ColorSeparator, ColorSoft, ColorForeground, SignScanner, ColorFaint, ""},
	Taken:   {ColorSuccess, ColorSuccessSoft, ColorSuccess, ColorSuccessDeep, ColorSuccessDeep, SignTick, ColorOnSuccess, ""},
	Repeat:  {ColorRepeat, ColorRepeatSoft, ColorRepeat, ColorForeground, ColorForeground, MarkRepeat, ColorOnRepeat, ""},
	Refused: {ColorErrorCell, ColorErrorFill, ColorErrorFill, ColorOnFill, ColorOnFill, MarkRefused, ColorOnFill, ColorErrorCell},
	Ask:     {ColorWarning, ColorWarningSoft, ColorWarningHatch, ColorForeground, ColorForeground, MarkAsk, ColorOnWarning, ColorWarning},
	Stop:    {ColorWarning, ColorWarning, ColorOnWarning, ColorOnWarning, ColorOnWarning, MarkAsk, ColorOnWarning, ColorWarning},
}

// Strip is the band along the bottom that says what the last scan meant.
type Strip struct {
	// Object is what stands on the screen.
	Object *fyne.Container

	family                 Family
	edge, floor, cell, bar *Box
	divide                 *Box
	mark                   *Icon
	word                   *Text
	meaning, next          *Steps // what to do is never cut
	code, time             *Text
}

// Said is what a strip shows.
type Said struct {
	Family Family
	// Word is the outcome in a word or two, Meaning what was understood, Next what to do.
	Word, Meaning, Next string
	// Code was scanned at Time; both stand small at the right.
	Code, Time string
}

// NewStrip makes a quiet strip.
func NewStrip() *Strip {
	s := &Strip{edge: NewBox(Coat{}), floor: NewBox(Coat{}), cell: NewBox(Coat{}), bar: NewBox(Coat{}), divide: NewBox(Coat{})}
	s.mark = NewMark(SignScanner, ColorFaint, "", Unit(SizeBig))
	s.word = NewText(Voice{Size: SizeWord, Bold: true}, "")
	s.meaning = NewSteps(Voice{Bold: true}, Step{SizeSub, 1}, Step{SizeSub, 2}, Step{SizeText, 3})
	s.next = NewSteps(Voice{}, Step{SizeLead, 1}, Step{SizeText, 2})
	s.code = NewText(Voice{Size: SizeLead, Bold: true, Face: FaceCode, Align: fyne.TextAlignTrailing}, "")
	s.time = NewText(Voice{Size: SizeText, Face: FaceFigures, Align: fyne.TextAlignTrailing}, "")

	gap := Unit(SizeGap3)
	words := Row(0,
		Fixed(Layers(s.cell, s.mark), Unit(SizeRail)).Across(), Fixed(s.divide, Unit(SizeStroke)).Across(), Space(gap-Unit(SizeStroke)),
		Natural(s.word), Space(gap), Fixed(Inset(s.bar, 0, gap, 0, gap), Unit(SizeHair)).Across(), Space(gap),
		Grow(Column(0, Spring(), Natural(s.meaning), Natural(s.next), Spring())).Across(), Space(gap),
		Natural(Column(0, Natural(s.code), Natural(s.time))), Space(gap))
	s.Object = Place(func(size fyne.Size) {
		Put(s.floor, 0, 0, size.Width, size.Height)
		Put(words, 0, 0, size.Width, size.Height)
		Put(s.edge, 0, 0, size.Width, Unit(SizeHair))
	}, s.floor, words, s.edge)
	s.dress(Quiet)
	return s
}

// Set changes what the strip says.
func (s *Strip) Set(said Said) {
	if s.family != said.Family {
		s.dress(said.Family)
	}
	s.word.Set(said.Word)
	s.meaning.Set(said.Meaning)
	s.next.Set(said.Next)
	s.code.Set(said.Code)
	s.time.Set(said.Time)
	Show(s.next, said.Next != "")
	Arrange(s.Object)
}

func (s *Strip) dress(family Family) {
	s.family = family
	d := dresses[family]
	s.edge.Paint(Coat{Fill: d.edge})
	s.floor.Paint(Coat{Fill: d.strip})
	s.cell.Paint(Coat{Fill: d.cell})
	s.bar.Paint(Coat{Fill: d.words})
	// On full amber the cell has no edge of its own.
	divide := Coat{}
	if family == Stop {
		divide.Fill = d.words
	}
	s.divide.Paint(divide)
	s.mark.Paint(d.sign, d.shape, d.cut)
	s.word.Paint(d.strong, true)
	s.meaning.Paint(d.strong)
	s.next.Paint(d.words)
	s.code.Paint(d.words, true)
	s.time.Paint(d.words, false)
}
