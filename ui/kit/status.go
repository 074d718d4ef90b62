package kit

import "fyne.io/fyne/v2"

// StatusItem is one thing the bench depends on, along the top: quiet while it works, amber or red with words when not.
type StatusItem struct {
	// Object is what stands on the screen.
	Object *fyne.Container

	sign  Sign
	box   *Box
	icon  *Icon
	text  *Text
	tone  Tone
	alarm bool
}

// NewStatusItem makes a quiet item.
func NewStatusItem(sign Sign, pressed func()) *StatusItem {
	s := &StatusItem{sign: sign, box: NewBox(Coat{}), icon: NewIcon(sign, ColorSoft, Unit(SizeIcon)-Unit(SizeStroke))}
	s.text = NewText(Voice{Size: SizeText, Color: ColorSoft}, "")
	row := Row(Unit(SizeGap), Natural(s.icon), UpTo(s.text))
	side := Unit(SizeGap) + Unit(SizeHalf)
	painted := Inset(Layers(s.box, Inset(row, side, 0, side, 0)), 0, Unit(SizeHalf), 0, Unit(SizeHalf))
	s.Object = Layers(painted, NewTap(pressed)) // the sheet is as high as the bar, which is what a finger needs
	return s
}

// Set changes the words and the tone; empty words hide the item. On alarm the whole bar is amber and only Bad stands out.
func (s *StatusItem) Set(text string, tone Tone, alarm bool) {
	s.text.Set(text)
	Show(s.Object, text != "")
	if s.tone == tone && s.alarm == alarm {
		return
	}
	s.tone, s.alarm = tone, alarm
	coat, words := Coat{Radius: SizeRadius}, ColorSoft
	switch {
	case tone == Bad:
		coat.Fill, words = ColorError, ColorOnError
	case alarm:
		words = ColorOnWarning
	case tone == Loud:
		coat.Fill, words = ColorWarning, ColorOnWarning
	}
	s.box.Paint(coat)
	s.icon.Paint(s.sign, words, "")
	s.text.Paint(words, tone == Loud || tone == Bad)
}
