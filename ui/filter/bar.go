// Package filter is the bar with which parcels are chosen: chips that are put in and taken out by a digit, and the line of filter words they stand for, which
// can be typed into too. It shows a Model and hands on what is typed; it reads no filter.
package filter

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// The keys of the bar: the one that leads into the line, and the one that shows other chips.
const (
	FieldKey = "F9"
	MoreKey  = "9"
)

// Model is all that the bar shows, but for what is being typed. It is a value.
type Model struct {
	// Chips are those of this part of them, at most as many as the bar has room for, each with a digit from 1; More tells that there are others.
	Chips []Chip
	More  bool
}

// Chip is a part of a filter.
type Chip struct {
	Word  string
	Count int  // parcels that fit it alone
	On    bool // it is part of the filter
	Plain bool // it is no filter, and counts nothing
}

// Bar is the bar.
type Bar struct {
	// Object is what stands on the screen.
	Object *fyne.Container

	// Beside is room that is left free at the end of the line.
	Beside float32

	tongue  words.Tongue
	chips   []*Cell
	more    *Cell
	entry   *widget.Entry
	filling bool
	columns int
	model   Model
}

// NewBar makes a bar with so many cells in a row. press is called with the digit of a chip or the key that was pressed instead of typed, typed with
// every change of the line.
func NewBar(tongue words.Tongue, columns, rows int, press func(key string), typed func(text string)) *Bar {
	b := &Bar{tongue: tongue, columns: columns}
	b.entry = widget.NewEntry()
	b.entry.OnChanged = func(text string) {
		if !b.filling {
			typed(text)
		}
	}
	b.entry.SetPlaceHolder(tongue.Text("filter.hint"))
	field := kit.NewKeyButton(false, func() { press(FieldKey) })
	field.Set(FieldKey, tongue.Text("filter.field"))
	objects := []fyne.CanvasObject{field.Object, b.entry}
	for i := range columns*rows - 1 { // the last cell shows others
		digit := strconv.Itoa(i + 1)
		made := NewCell(digit, func() { press(digit) })
		b.chips = append(b.chips, made)
		objects = append(objects, made.Object)
	}
	b.more = NewCell(MoreKey, func() { press(MoreKey) })
	objects = append(objects, b.more.Object)
	b.Object = kit.Place(func(size fyne.Size) { b.fit(size, field) }, objects...)
	return b
}

// Room is how many chips have a digit.
func (b *Bar) Room() int { return len(b.chips) }

// Height is what the bar takes.
func (b *Bar) Height() float32 {
	rows := (len(b.chips) + 1) / b.columns
	return kit.Unit(kit.SizeRow) + float32(rows)*(kit.Unit(kit.SizeRow)+kit.Unit(kit.SizeGap))
}

func (b *Bar) fit(size fyne.Size, field *kit.KeyButton) {
	row, gap := kit.Unit(kit.SizeRow), kit.Unit(kit.SizeGap)
	button := field.Object.MinSize().Width
	kit.Put(field.Object, 0, 0, button, row)
	kit.Put(b.entry, button+gap, 0, max(0, size.Width-b.Beside-button-gap), row)
	wide := (size.Width - gap*float32(b.columns-1)) / float32(b.columns)
	for i, c := range append(slices.Clip(b.chips), b.more) {
		kit.Put(c.Object, float32(i%b.columns)*(wide+gap), float32(1+i/b.columns)*(row+gap), wide, row)
	}
}

// Render shows a model. It runs on the main goroutine.
func (b *Bar) Render(m Model) {
	b.model = m
	for i, c := range b.chips {
		kit.Show(c.Object, i < len(m.Chips))
		if i < len(m.Chips) {
			c.Render(m.Chips[i])
		}
	}
	kit.Show(b.more.Object, m.More)
	b.more.Name(b.tongue.Text("filter.more"))
}

// Fill puts words into the line without telling so.
func (b *Bar) Fill(text string) {
	if b.entry.Text == text {
		return
	}
	b.filling = true
	b.entry.SetText(text)
	b.entry.CursorColumn = len([]rune(text))
	b.entry.Refresh()
	b.filling = false
}

// Field is the line, which takes the focus when it is asked for.
func (b *Bar) Field() fyne.Focusable { return b.entry }

// Digits is how many digits mean something just now, from 1.
func (b *Bar) Digits() int {
	if b.model.More {
		return 9
	}
	return min(len(b.model.Chips), len(b.chips))
}

// Cell is a chip on the screen: a digit, a word and a count. One that is on is filled and has a tick: colour alone says nothing.
type Cell struct {
	// Object is what stands on the screen.
	Object *fyne.Container

	box   *kit.Box
	digit *kit.Text
	tick  *kit.Icon
	word  *kit.Text
	count *kit.Text
}

// NewCell makes the chip of a digit.
func NewCell(digit string, pressed func()) *Cell {
	c := &Cell{box: kit.NewBox(kit.Coat{}), tick: kit.NewIcon(kit.SignTick, kit.ColorPrimary, kit.Unit(kit.SizeIcon))}
	c.digit = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorPrimary, Bold: true, Face: kit.FaceFigures}, digit)
	c.word = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "")
	c.count = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft, Bold: true, Face: kit.FaceFigures}, "")
	gap := kit.Unit(kit.SizeGap)
	row := kit.Row(gap, kit.Natural(c.digit), kit.Grow(c.word), kit.Natural(c.count), kit.Natural(c.tick))
	c.Object = kit.Layers(c.box, kit.Inset(row, gap, 0, gap, 0), kit.NewTap(pressed))
	c.Render(Chip{})
	return c
}

// Name gives the cell a word that stands for no part of a filter.
func (c *Cell) Name(word string) { c.word.Set(word) }

// Render shows a chip.
func (c *Cell) Render(of Chip) {
	c.word.Set(of.Word)
	c.count.Set(strconv.Itoa(of.Count))
	kit.Show(c.count, of.Word != "" && !of.On && !of.Plain)
	coat := kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeStroke, Radius: kit.SizeRadius}
	if of.On {
		coat.Fill, coat.Stroke = kit.ColorPrimarySoft, kit.ColorPrimary
	}
	c.box.Paint(coat)
	c.word.Paint(kit.ColorForeground, of.On)
	kit.Show(c.tick, of.On)
}
