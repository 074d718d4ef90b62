package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Voice is how words are set. The zero alignment is leading.
type Voice struct {
	Size  fyne.ThemeSizeName
	Color fyne.ThemeColorName
	Bold  bool
	Face  Face
	Align fyne.TextAlign
}

// word makes the canvas text of a voice.
func (v Voice) word(text string) *canvas.Text {
	word := &canvas.Text{}
	v.set(word, text)
	return word
}

// set speaks text with word and tells whether anything changed.
func (v Voice) set(word *canvas.Text, text string) bool {
	next := canvas.Text{
		Text: text, TextSize: Unit(v.Size), TextStyle: fyne.TextStyle{Bold: v.Bold},
		FontSource: v.Face.source(text, v.Bold), Color: ink(v.Color),
	}
	if word.Text == next.Text && word.TextSize == next.TextSize && word.TextStyle == next.TextStyle &&
		word.FontSource == next.FontSource && word.Color == next.Color {
		return false
	}
	word.Text, word.TextSize, word.TextStyle = next.Text, next.TextSize, next.TextStyle
	word.FontSource, word.Color = next.FontSource, next.Color
	return true
}

// width is the room a text takes.
func (v Voice) width(text string) float32 {
	source := v.Face.source(text, v.Bold)
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, Unit(v.Size), fyne.TextStyle{Bold: v.Bold}, source)
	return size.Width
}

// place puts a word on the line whose top is y, in the middle of the line's height.
func (v Voice) place(word *canvas.Text, y, width float32) {
	size := word.MinSize()
	x := float32(0)
	switch v.Align {
	case fyne.TextAlignTrailing:
		x = width - size.Width
	case fyne.TextAlignCenter:
		x = (width - size.Width) / 2
	}
	word.Resize(size)
	word.Move(fyne.NewPos(x, y+(Line(v.Size)-size.Height)/2))
}

// Text is one line of words. Where its room is too narrow it ends in an ellipsis:
// what must never be cut is said by Steps instead.
type Text struct {
	widget.BaseWidget
	voice Voice
	text  string
	word  *canvas.Text
}

// NewText makes a line of words.
func NewText(voice Voice, text string) *Text {
	t := &Text{voice: voice, text: printable(text)}
	t.word = voice.word(t.text)
	t.ExtendBaseWidget(t)
	return t
}

// Set changes the words; equal ones cost nothing.
func (t *Text) Set(text string) {
	if text = printable(text); t.text != text {
		t.text = text
		t.Refresh()
	}
}

// Paint changes the colour and the weight.
func (t *Text) Paint(color fyne.ThemeColorName, bold bool) {
	if t.voice.Color != color || t.voice.Bold != bold {
		t.voice.Color, t.voice.Bold = color, bold
		t.Refresh()
	}
}

// Grow changes the size.
func (t *Text) Grow(size fyne.ThemeSizeName) {
	if t.voice.Size != size {
		t.voice.Size = size
		t.Refresh()
	}
}

// CreateRenderer belongs to fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return &leaf{objects: []fyne.CanvasObject{t.word}, layout: t.fit, min: t.natural, refresh: func() { t.fit(t.Size()) }}
}

func (t *Text) natural() fyne.Size {
	return fyne.NewSize(t.voice.width(t.text), Line(t.voice.Size))
}

func (t *Text) fit(size fyne.Size) {
	shown := t.text
	if !size.IsZero() { // a widget that was not laid out yet shows all of it
		shown = t.cut(size.Width)
	}
	changed := t.voice.set(t.word, shown)
	t.voice.place(t.word, (size.Height-Line(t.voice.Size))/2, size.Width)
	if changed {
		t.word.Refresh()
	}
}

// cut is the text as far as the room goes.
func (t *Text) cut(room float32) string {
	const tolerance = 0.5 // layouts add and subtract; a rounding error must not cost a letter
	if t.voice.width(t.text) <= room+tolerance {
		return t.text
	}
	if room < t.voice.width("…") {
		return ""
	}
	runes := []rune(t.text)
	fits, tooLong := 0, len(runes)
	for tooLong-fits > 1 {
		middle := (fits + tooLong) / 2
		if t.voice.width(string(runes[:middle])+"…") <= room {
			fits = middle
		} else {
			tooLong = middle
		}
	}
	return strings.TrimRight(string(runes[:fits]), " ，,、；;") + "…"
}

// printable drops the characters no font has: control and private-use ones. Each would show as a box,
// and Fyne's search for a font that has it gets slower every time.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Co, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, text)
}
