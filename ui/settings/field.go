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
