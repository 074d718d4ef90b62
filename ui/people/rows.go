package people

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// row is a person in the list, or the heads of its columns.
type row struct {
	object *fyne.Container
	digit  *kit.Text
	name   *kit.Text
	lock   *kit.Icon
	cells  [cells]*kit.Text
}

// The cells after the name.
const (
	role = iota
	badge
	pin
	overrides
	cells
)

// newRow makes a row; one that is not pressed is a head or stands alone.
func newRow(pressed func()) *row {
	r := &row{lock: kit.NewMark(kit.MarkRefused, kit.ColorError, kit.ColorOnError, kit.Unit(kit.SizeIcon))}
	r.digit = kit.NewText(kit.Voice{Size: kit.SizeSub, Bold: true, Face: kit.FaceFigures, Color: kit.ColorPrimary}, "")
	r.name = kit.NewText(kit.Voice{Size: kit.SizeLead, Bold: true, Color: kit.ColorForeground}, "")
	const digitWidth, roleWidth, badgeWidth, pinWidth, overridesWidth = 24, 136, 176, 208, 160
	parts := []kit.Part{kit.Fixed(r.digit, digitWidth), kit.Grow(r.name), kit.Fixed(r.lock, kit.Unit(kit.SizeIcon))}
	for i, width := range [cells]float32{role: roleWidth, badge: badgeWidth, pin: pinWidth, overrides: overridesWidth} {
		r.cells[i] = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
		parts = append(parts, kit.Fixed(r.cells[i], width))
	}
	line := kit.NewBox(kit.Coat{Fill: kit.ColorSeparator})
	r.object = kit.Layers(kit.Column(0, kit.Grow(kit.Row(kit.Unit(kit.SizeGap2), parts...)), kit.Fixed(line, kit.Unit(kit.SizeHair))))
	if pressed != nil {
		r.object.Add(kit.NewTap(pressed))
	}
	return r
}

// title makes the row the heads of the columns.
func (r *row) title(tongue words.Tongue) {
	r.name.Set(tongue.Text("peoplepage.name"))
	r.name.Grow(kit.SizeText)
	r.name.Paint(kit.ColorSoft, false)
	for i, word := range [cells]string{
		role: tongue.Text("peoplepage.role"), badge: tongue.Text("peoplepage.badge"), pin: tongue.Text("peoplepage.pin"), overrides: tongue.Text("peoplepage.overrides"),
	} {
		r.cells[i].Set(word)
	}
	r.lock.Hide()
}

func (r *row) render(tongue words.Tongue, digit string, p Person) {
	r.digit.Set(digit)
	r.name.Set(p.Name)
	kit.Show(r.lock, p.Locked)
	state := tongue.Text("peoplepage.pin.none")
	switch {
	case p.Locked:
		state = tongue.Text("peoplepage.pin.locked")
	case p.Wrong > 0:
		state = tongue.Text("peoplepage.pin.wrong", "count", p.Wrong)
	case p.PIN:
		state = tongue.Text("peoplepage.pin.set")
	}
	allowed := ""
	if p.Overrides > 0 {
		allowed = strconv.Itoa(p.Overrides)
	}
	for i, text := range [cells]string{role: tongue.Say(p.Role), badge: p.Badge, pin: state, overrides: allowed} {
		r.cells[i].Set(text)
	}
}

// choice is an act or an answer with its digit.
type choice struct {
	object *fyne.Container
	word   *kit.Text
}

func newChoice(digit string, pressed func()) *choice {
	c := &choice{word: kit.NewText(kit.Voice{Size: kit.SizeSub, Bold: true, Color: kit.ColorForeground}, "")}
	box := kit.NewBox(kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeStroke, Radius: kit.SizeRadius})
	key := kit.NewText(kit.Voice{Size: kit.SizeHead, Bold: true, Face: kit.FaceFigures, Color: kit.ColorPrimary}, digit)
	gap := kit.Unit(kit.SizeGap2)
	c.object = kit.Layers(box, kit.Inset(kit.Row(gap, kit.Natural(key), kit.Grow(c.word)), gap, 0, gap, 0), kit.NewTap(pressed))
	return c
}
