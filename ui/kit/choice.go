package kit

import "fyne.io/fyne/v2"

// ChoiceButton is one of several answers side by side: its digit large over its words.
type ChoiceButton struct {
	// Object is what stands on the screen.
	Object *fyne.Container

	box   *Box
	digit *Text
	word  *Steps
}

// NewChoiceButton makes a button.
func NewChoiceButton(pressed func()) *ChoiceButton {
	b := &ChoiceButton{box: NewBox(Coat{})}
	b.digit = NewText(Voice{Size: SizeWord, Bold: true, Face: FaceFigures, Align: fyne.TextAlignCenter}, "")
	b.word = NewSteps(Voice{Bold: true, Align: fyne.TextAlignCenter}, Step{SizeSub, 1}, Step{SizeText, 2})
	gap := Unit(SizeGap)
	column := Column(0, Spring(), Natural(b.digit), Natural(b.word), Spring())
	b.Object = Layers(b.box, Inset(column, gap, gap, gap, gap), NewTap(pressed))
	b.Choose(false)
	return b
}

// Set changes the digit and the words.
func (b *ChoiceButton) Set(digit, word string) {
	b.digit.Set(digit)
	b.word.Set(word)
}

// Choose fills the button: this is the answer that holds.
func (b *ChoiceButton) Choose(chosen bool) {
	coat := Coat{Fill: ColorSurface, Stroke: ColorPrimary, Width: SizeStroke, Radius: SizeRadius}
	digits, words := ColorPrimary, ColorForeground
	if chosen {
		coat.Fill, digits, words = ColorPrimary, ColorOnPrimary, ColorOnPrimary
	}
	b.box.Paint(coat)
	b.digit.Paint(digits, true)
	b.word.Paint(words)
}
