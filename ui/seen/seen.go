// Package seen tells tests what a person would see of a tree of widgets: the words, and where they stand.
package seen

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// Word is a line of words on the screen.
type Word struct {
	Text string
	At   fyne.Position
	Size fyne.Size
}

// Words are all words that are visible, in the order in which they are drawn.
func Words(o fyne.CanvasObject) []Word {
	var words []Word
	walk(o, fyne.NewPos(0, 0), func(o fyne.CanvasObject, at fyne.Position) {
		if text, ok := o.(*canvas.Text); ok && strings.TrimSpace(text.Text) != "" {
			words = append(words, Word{text.Text, at, text.Size()})
		}
	})
	return words
}

// Texts joins all words that are visible by line ends.
func Texts(o fyne.CanvasObject) string {
	var texts []string
	for _, word := range Words(o) {
		texts = append(texts, word.Text)
	}
	return strings.Join(texts, "\n")
}

// Press presses the first visible sheet that lies over the word.
func Press(o fyne.CanvasObject, text string) bool {
	var target *fyne.Position
	for _, word := range Words(o) {
		if word.Text == text {
			middle := word.At.AddXY(word.Size.Width/2, word.Size.Height/2)
			target = &middle
			break
		}
	}
	if target == nil {
		return false
	}
	pressed := false
	walk(o, fyne.NewPos(0, 0), func(o fyne.CanvasObject, at fyne.Position) {
		tappable, ok := o.(fyne.Tappable)
		far := at.Add(o.Size())
		if ok && !pressed && target.X >= at.X && target.Y >= at.Y && target.X <= far.X && target.Y <= far.Y {
			pressed = true
			tappable.Tapped(&fyne.PointEvent{})
		}
	})
	return pressed
}

// Targets are the sizes of all visible sheets that can be pressed.
func Targets(o fyne.CanvasObject) []fyne.Size {
	var sizes []fyne.Size
	walk(o, fyne.NewPos(0, 0), func(o fyne.CanvasObject, _ fyne.Position) {
		if _, ok := o.(fyne.Tappable); ok {
			sizes = append(sizes, o.Size())
		}
	})
	return sizes
}

func walk(o fyne.CanvasObject, at fyne.Position, visit func(fyne.CanvasObject, fyne.Position)) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	visit(o, at)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walk(child, at, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			walk(child, at, visit)
		}
	}
}
