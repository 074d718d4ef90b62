package kit

import "fyne.io/fyne/v2"

// Tone is how much a small part asks for attention.
type Tone int

// The tones. Each comes with words: colour alone says nothing.
const (
	Calm Tone = iota
	Told      // worth reading: blue edge
	Loud      // needs a hand: amber
	Bad       // does not work: red
)

// Badge is a sign and a few words that matter only when they are true.
type Badge struct {
	// Object is what stands on the screen.
	Object *fyne.Container

	box  *Box
	sign *Icon
	text *Text
}

// NewBadge makes a badge.
func NewBadge(sign Sign, tone Tone) *Badge {
	return newBadge(sign, tone, SizeText, SizeIcon)
}

// NewLargeBadge makes one that is read from where a packer stands.
func NewLargeBadge(sign Sign, tone Tone) *Badge {
	return newBadge(sign, tone, SizeSub, SizeMark)
}

func newBadge(sign Sign, tone Tone, text, icon fyne.ThemeSizeName) *Badge {
	coat := Coat{Fill: ColorSurface, Stroke: ColorOutline, Width: SizeStroke, Radius: SizeRadius}
	words := ColorForeground
	switch tone {
	case Told:
		coat.Fill, coat.Stroke = ColorPrimarySoft, ColorPrimary
	case Loud:
		coat.Fill, coat.Stroke, words = ColorWarning, ColorWarning, ColorOnWarning
	case Bad:
		coat.Fill, coat.Stroke, words = ColorError, ColorError, ColorOnError
	}
	b := &Badge{box: NewBox(coat), sign: NewIcon(sign, words, Unit(icon))}
	b.text = NewText(Voice{Size: text, Color: words, Bold: true}, "")
	row := Row(Unit(SizeGap), Natural(b.sign), UpTo(b.text))
	side := Unit(SizeGap) + Unit(SizeHalf)
	b.Object = Layers(b.box, Inset(row, side, Unit(SizeGap), side, Unit(SizeGap)))
	return b
}

// Set changes the words; empty ones hide the badge.
func (b *Badge) Set(text string) {
	b.text.Set(text)
	Show(b.Object, text != "")
}
