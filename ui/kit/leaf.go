package kit

import "fyne.io/fyne/v2"

// leaf renders a widget of this package from three functions: almost none has a state of its own beside its objects.
type leaf struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     func() fyne.Size
	refresh func()
}

func (l *leaf) Layout(size fyne.Size)        { l.layout(size) }
func (l *leaf) MinSize() fyne.Size           { return l.min() }
func (l *leaf) Refresh()                     { l.refresh() }
func (l *leaf) Objects() []fyne.CanvasObject { return l.objects }
func (l *leaf) Destroy()                     {}
