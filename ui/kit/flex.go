package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Part is a member of a Row or a Column and what it asks of the length.
type Part struct {
	object fyne.CanvasObject
	want   want
	length float32
	across bool
}

type want int

const (
	natural want = iota
	fixed
	upTo
	grow
)

// Natural is as long as its content.
func Natural(o fyne.CanvasObject) Part { return Part{object: o} }

// Fixed has a length whatever it holds.
func Fixed(o fyne.CanvasObject, length float32) Part {
	return Part{object: o, want: fixed, length: length}
}

// UpTo is as long as its content where there is room, and gives way where there is not.
func UpTo(o fyne.CanvasObject) Part { return Part{object: o, want: upTo} }

// Grow takes what the others leave.
func Grow(o fyne.CanvasObject) Part { return Part{object: o, want: grow} }

// Space is room that stays empty.
func Space(length float32) Part { return Part{want: fixed, length: length} }

// Spring is empty room that grows.
func Spring() Part { return Part{want: grow} }

// Across lets a part of a row fill the row's height instead of standing in its middle.
func (p Part) Across() Part { p.across = true; return p }

// Row sets parts side by side, in the middle of its height.
func Row(gap float32, parts ...Part) *fyne.Container { return newFlex(false, gap, parts) }

// Column sets parts one under the other, each as wide as the column.
func Column(gap float32, parts ...Part) *fyne.Container { return newFlex(true, gap, parts) }

// Layers lays objects over each other, the last on top, all of the same size.
func Layers(objects ...fyne.CanvasObject) *fyne.Container { return container.NewStack(objects...) }

// Inset leaves room around an object.
func Inset(o fyne.CanvasObject, left, top, right, bottom float32) *fyne.Container {
	return container.New(inset{left, top, right, bottom}, o)
}

// Place lays objects out by a function of the room, for the few fixed frames of a screen.
func Place(arrange func(fyne.Size), objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(placed(arrange), objects...)
}

// Put moves and resizes an object.
func Put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Resize(fyne.NewSize(width, height))
	o.Move(fyne.NewPos(x, y))
}

// Arrange lays a tree out anew after its words changed. Container.Refresh would do so too, but draws every text
// and picture in it again, changed or not.
func Arrange(o fyne.CanvasObject) {
	c, ok := o.(*fyne.Container)
	if !ok || c.Hidden {
		return
	}
	if c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
	for _, child := range c.Objects {
		Arrange(child)
	}
}

type placed func(fyne.Size)

func (p placed) Layout(_ []fyne.CanvasObject, size fyne.Size) { p(size) }
func (p placed) MinSize([]fyne.CanvasObject) fyne.Size        { return fyne.Size{} }

type inset struct{ left, top, right, bottom float32 }

func (i inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		Put(o, i.left, i.top, size.Width-i.left-i.right, size.Height-i.top-i.bottom)
	}
}

func (i inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(i.left+i.right, i.top+i.bottom)
}

// flex is the layout of rows and columns.
type flex struct {
	column bool
	gap    float32
	parts  []Part
}

func newFlex(column bool, gap float32, parts []Part) *fyne.Container {
	var objects []fyne.CanvasObject
	for _, p := range parts {
		if p.object != nil {
			objects = append(objects, p.object)
		}
	}
	return container.New(&flex{column, gap, parts}, objects...)
}

// shown are the parts that take room.
func (f *flex) shown() []Part {
	var shown []Part
	for _, p := range f.parts {
		if p.object == nil || p.object.Visible() {
			shown = append(shown, p)
		}
	}
	return shown
}

// tall is what needs more height the narrower it is.
type tall interface{ HeightFor(width float32) float32 }

// length is what a part asks for; across is the room in the other direction, 0 where it is not known.
func (f *flex) length(p Part, across float32) float32 {
	if p.want == fixed || p.object == nil {
		return p.length
	}
	if t, ok := p.object.(tall); ok && f.column && across > 0 {
		return t.HeightFor(across)
	}
	if f.column {
		return p.object.MinSize().Height
	}
	return p.object.MinSize().Width
}

func (f *flex) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	along, across := size.Width, size.Height
	if f.column {
		along, across = across, along
	}
	parts := f.shown()
	lengths := f.lengths(parts, along, across)
	at := float32(0)
	for i, p := range parts {
		if p.object != nil {
			f.put(p, at, lengths[i], across)
		}
		at += lengths[i] + f.gap
	}
}

// legible is the least of a yielding part that still says something.
const legible = 120

// lengths shares the room out: first what is asked, then the growing parts take the rest, or the yielding ones give way.
func (f *flex) lengths(parts []Part, along, across float32) []float32 {
	lengths := make([]float32, len(parts))
	rest, growing := along-f.gap*float32(max(0, len(parts)-1)), 0
	for i, p := range parts {
		if p.want == grow {
			growing++
			continue
		}
		lengths[i] = f.length(p, across)
		rest -= lengths[i]
	}
	for _, least := range []float32{legible, 0} { // all yield a little before the last one vanishes
		for i := len(parts) - 1; i >= 0 && rest < 0; i-- {
			if parts[i].want == upTo {
				given := min(max(0, lengths[i]-least), -rest)
				lengths[i] -= given
				rest += given
			}
		}
	}
	for i, p := range parts {
		if p.want == grow {
			lengths[i] = max(0, rest/float32(growing))
		}
	}
	return lengths
}

func (f *flex) put(p Part, at, length, across float32) {
	if f.column {
		Put(p.object, 0, at, across, length)
		return
	}
	height := across
	if !p.across {
		height = min(across, p.object.MinSize().Height)
	}
	Put(p.object, at, (across-height)/2, length, height)
}

func (f *flex) MinSize([]fyne.CanvasObject) fyne.Size {
	along, across := f.gap*float32(max(0, len(f.shown())-1)), float32(0)
	for _, p := range f.shown() {
		along += f.length(p, 0)
		if p.object == nil {
			continue
		}
		if size := p.object.MinSize(); f.column {
			across = max(across, size.Width)
		} else {
			across = max(across, size.Height)
		}
	}
	if f.column {
		return fyne.NewSize(across, along)
	}
	return fyne.NewSize(along, across)
}
