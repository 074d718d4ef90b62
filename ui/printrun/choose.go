package printrun

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// choose shows what can be printed while no run is under way.
type choose struct {
	object  *fyne.Container
	tongue  words.Tongue
	ready   *kit.Steps
	hint    *kit.Steps
	rows    [MostChoices]*choiceRow
	grid    *fyne.Container
	more    *kit.Text
	stack   *kit.Steps
	paper   *fyne.Container
	turn    *button
	print   *button
	past    *past
	balance *balance
}

func newChoose(tongue words.Tongue, press func(string)) *choose {
	c := &choose{tongue: tongue, turn: newButton(false, press), print: newButton(true, press), past: newPast(tongue, press), balance: newBalance(tongue)}
	c.ready = kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeSay, Lines: 1}, kit.Step{Size: kit.SizeWord, Lines: 1}, kit.Step{Size: kit.SizeHead, Lines: 2})
	c.hint = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 2})
	c.stack = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	c.more = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	var cells []fyne.CanvasObject
	for i := range c.rows {
		c.rows[i] = newChoiceRow(strconv.Itoa(i+1), press)
		cells = append(cells, c.rows[i].object)
	}
	c.grid = kit.Place(c.fill, append(cells, c.more)...)
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	c.paper = kit.Row(2*gap, kit.Natural(kit.NewIcon(kit.SignSheet, kit.ColorSoft, kit.Unit(kit.SizeMark))),
		kit.Grow(kit.Column(0, kit.Spring(), kit.Natural(c.stack), kit.Spring())).Across(), kit.Natural(c.turn.Object).Across())
	start := kit.Row(0, kit.Grow(c.print.Object).Across())
	column := kit.Column(gap, kit.Natural(c.ready), kit.Natural(c.hint), kit.Grow(c.grid), kit.Fixed(c.paper, kit.Unit(kit.SizeButton)), kit.Fixed(start, kit.Unit(kit.SizeBig)))
	left := kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, pad, gap, pad, 2*gap))
	right := kit.Column(2*gap, kit.Grow(c.past.object), kit.Grow(c.balance.object))
	c.object = kit.Place(func(size fyne.Size) {
		const share = 0.6
		wide := size.Width*share - gap
		kit.Put(left, 0, 0, wide, size.Height)
		kit.Put(right, wide+2*gap, 0, size.Width-wide-2*gap, size.Height)
	}, left, right)
	return c
}

// rowsAColumn is how many choices stand under each other before a second column begins.
const rowsAColumn = 5

func (c *choose) fill(size fyne.Size) {
	gap := kit.Unit(kit.SizeGap)
	shown := 0
	for _, row := range c.rows {
		if row.object.Visible() {
			shown++
		}
	}
	between := kit.Unit(kit.SizeHalf)
	wide, tall := size.Width, min((size.Height-between*(rowsAColumn-1))/rowsAColumn, kit.Unit(kit.SizeThumb))
	if shown > rowsAColumn {
		wide = (size.Width - gap) / 2
	}
	put := func(o fyne.CanvasObject, i int) {
		kit.Put(o, float32(i/rowsAColumn)*(wide+gap), float32(i%rowsAColumn)*(tall+between), wide, tall)
	}
	for i, row := range c.rows {
		put(row.object, i)
	}
	put(c.more, len(c.rows))
}

func (c *choose) render(m Model) {
	key, hint := "run.ready", "run.ready.hint"
	switch {
	case m.Ready == 0:
		key, hint = "run.none", "run.none.hint"
	case m.First != "" && m.Then > 0:
		hint = "run.ready.wave.then"
	case m.First != "":
		hint = "run.ready.wave"
	case m.Then > 0:
		hint = "run.ready.then"
	}
	c.ready.Set(c.tongue.Text(key, "count", m.Ready))
	c.hint.Set(c.tongue.Text(hint, "wave", m.First, "count", m.Then))
	for i, row := range c.rows {
		kit.Show(row.object, i < len(m.Choices))
		if i < len(m.Choices) {
			row.render(m.Choices[i])
		}
	}
	kit.Show(c.more, len(m.Choices) > MostChoices)
	c.more.Set(c.tongue.Text("run.choices.more", "n", len(m.Choices)-MostChoices))
	stack := "run.stack.first"
	if m.LastOnTop {
		stack = "run.stack.last"
	}
	c.stack.Set(c.tongue.Text(stack))
	kit.Show(c.paper, m.Turn.Key != "")
	c.turn.render(c.tongue, m.Turn)
	c.print.render(c.tongue, m.Print)
	c.past.render(m.Last)
	c.balance.render(m.Balance)
}

// choiceRow is a part of what can be printed: its digit, a box to tick, its name and count.
type choiceRow struct {
	object, tick *fyne.Container
	box          *kit.Box
	name         *kit.Steps
	cut          *kit.Text // in the name's place where that has no room
	words        *fyne.Container
	count        *kit.Text
}

func newChoiceRow(digit string, press func(string)) *choiceRow {
	r := &choiceRow{box: kit.NewBox(kit.CoatCard)}
	figures := kit.Voice{Size: kit.SizeSub, Color: kit.ColorForeground, Bold: true, Face: kit.FaceFigures}
	r.name = kit.NewSteps(kit.Voice{Color: kit.ColorForeground}, kit.Step{Size: kit.SizeLead, Lines: 1}, kit.Step{Size: kit.SizeText, Lines: 2})
	r.cut = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "")
	r.words = kit.Place(func(size fyne.Size) {
		const slack = 4 // letters are lower than their line
		fits := r.name.HeightFor(size.Width) <= size.Height+slack
		kit.Show(r.name, fits)
		kit.Show(r.cut, !fits)
		kit.Put(r.name, 0, 0, size.Width, size.Height)
		kit.Put(r.cut, 0, 0, size.Width, size.Height)
	}, r.name, r.cut)
	r.count = kit.NewText(figures, "")
	key := kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorSoft, Bold: true, Face: kit.FaceFigures}, digit)
	full := kit.Coat{Fill: kit.ColorPrimary, Stroke: kit.ColorPrimary, Width: kit.SizeStroke, Radius: kit.SizeRadiusSmall}
	empty := kit.NewBox(kit.Coat{Fill: kit.ColorSurface, Stroke: kit.ColorOutline, Width: kit.SizeStroke, Radius: kit.SizeRadiusSmall})
	r.tick = kit.Layers(kit.NewBox(full), kit.NewIcon(kit.SignTick, kit.ColorOnPrimary, kit.Unit(kit.SizeIcon)))
	square, gap := kit.Unit(kit.SizeMark), kit.Unit(kit.SizeGap)
	mark := kit.Column(0, kit.Spring(), kit.Fixed(kit.Layers(empty, r.tick), square), kit.Spring())
	row := kit.Row(gap, kit.Natural(key), kit.Fixed(mark, square).Across(), kit.Grow(r.words).Across(), kit.Natural(r.count))
	r.object = kit.Layers(r.box, kit.Inset(row, gap, 0, gap, 0), kit.NewTap(func() { press(digit) }))
	return r
}

func (r *choiceRow) render(c Choice) {
	r.name.Set(c.Name)
	r.cut.Set(c.Name)
	r.count.Set(strconv.Itoa(c.Count))
	kit.Show(r.tick, c.Ticked)
	if c.Ticked {
		r.box.Paint(coat(kit.ColorPrimarySoft, kit.ColorPrimary, kit.SizeStroke))
	} else {
		r.box.Paint(coat(kit.ColorSurface, kit.ColorOutline, kit.SizeStroke))
	}
}
