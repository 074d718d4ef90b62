package kit

import "fyne.io/fyne/v2"

// KeyButton is an act and the key that does it. Pressing it does the same as the key.
type KeyButton struct {
	// Object is what stands on the screen.
	Object *fyne.Container

	box       *Box
	key, word *Text
}

// NewKeyButton makes a button; the main one of a screen is filled.
func NewKeyButton(main bool, pressed func()) *KeyButton {
	return newKeyButton(main, SizeSub, SizeGap3, SizeGap2, pressed)
}

// NewSmallKeyButton makes one for a row of several below a page.
func NewSmallKeyButton(pressed func()) *KeyButton {
	return newKeyButton(false, SizeLead, SizeGap2, SizeGap, pressed)
}

func newKeyButton(main bool, words, side, gap fyne.ThemeSizeName, pressed func()) *KeyButton {
	b := &KeyButton{box: NewBox(Coat{})}
	b.key = NewText(Voice{Size: words, Bold: true, Face: FaceFigures}, "")
	b.word = NewText(Voice{Size: words, Bold: true}, "")
	row := Row(Unit(gap), Natural(b.key), UpTo(b.word))
	b.Object = Layers(b.box, Inset(row, Unit(side), Unit(gap), Unit(side), Unit(gap)), NewTap(pressed))
	b.Main(main)
	return b
}

// Main fills the button, or leaves it an outline.
func (b *KeyButton) Main(main bool) {
	coat := Coat{Fill: ColorSurface, Stroke: ColorOutline, Width: SizeStroke, Radius: SizeRadius}
	words, keys := ColorForeground, ColorSoft
	if main {
		coat.Fill, coat.Stroke = ColorPrimary, ColorPrimary
		words, keys = ColorOnPrimary, ColorOnPrimary
	}
	b.box.Paint(coat)
	b.key.Paint(keys, true)
	b.word.Paint(words, true)
}

// Set changes the key's name and the act.
func (b *KeyButton) Set(key, word string) {
	b.key.Set(key)
	b.word.Set(word)
	Show(b.key, key != "")
}

// Show hides or shows an object.
func Show(o fyne.CanvasObject, visible bool) {
	if o.Visible() == visible {
		return
	}
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
