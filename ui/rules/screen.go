package rules

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// The keys of the page's buttons, of the next tab, and of more rows.
const (
	BackKey = "F9"
	NextKey = "F10"
	TabKey  = "F11"
	MoreKey = "9"
)

// Screen is the page.
type Screen struct {
	object *fyne.Container
	tongue words.Tongue
	hands  Hands
	model  Model

	tabs   [Tabs]*tab
	title  *kit.Text
	notes  *kit.Steps
	head   *row
	rows   [MostRows]*row
	labels [MostFields]*kit.Text
	fields [MostFields]*widget.Entry
	pairs  [MostFields]*fyne.Container
	acts   [MostActs]*kit.KeyButton
	list   *fyne.Container
	form   *fyne.Container
	report *kit.Report
	sides  [2]*kit.KeyButton
	more   *kit.KeyButton
	next   *kit.KeyButton
}

// New makes the page.
func New(tongue words.Tongue, hands Hands) *Screen {
	s := &Screen{tongue: tongue, hands: hands, report: kit.NewReport()}
	s.title = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true}, "")
	s.notes = kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 3})
	s.list, s.form = s.newList(), s.newForm()
	back := kit.NewKeyButton(false, func() { s.Key(BackKey) })
	back.Set(BackKey, tongue.Text("signin.back"))
	s.more = kit.NewKeyButton(false, func() { s.Key(MoreKey) })
	s.more.Set(MoreKey, tongue.Text("goodspage.more"))
	for i := range s.sides {
		s.sides[i] = kit.NewKeyButton(false, func() { s.Key(strconv.Itoa(MarketDigit + i)) })
	}
	s.next = kit.NewKeyButton(true, func() { s.Key(NextKey) })
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	report := kit.Column(0, kit.Spring(), kit.Natural(s.report), kit.Spring())
	buttons := kit.Row(2*gap, kit.Natural(back.Object).Across(), kit.Grow(report).Across(), kit.Natural(s.sides[0].Object).Across(), kit.Natural(s.sides[1].Object).Across(),
		kit.Natural(s.more.Object).Across(), kit.Natural(s.next.Object).Across())
	column := kit.Column(gap, kit.Fixed(s.newTabs(), kit.Unit(kit.SizeButton)), kit.Natural(s.title), kit.Grow(kit.Layers(s.list, s.form)), kit.Natural(s.notes),
		kit.Fixed(buttons, kit.Unit(kit.SizeThumb)))
	card := kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, pad, gap, pad, 2*gap))
	s.object = kit.Place(func(size fyne.Size) {
		edge := kit.Unit(kit.SizeGap3)
		kit.Put(card, edge, edge, size.Width-2*edge, size.Height-2*edge)
	}, card)
	s.Render(Model{})
	return s
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// tab is the word of a tab, with a line below it while it is the one that is shown.
type tab struct {
	object *fyne.Container
	word   *kit.Text
	line   *kit.Box
}

func (s *Screen) newTabs() *fyne.Container {
	gap := kit.Unit(kit.SizeGap3)
	var parts []kit.Part
	for i, key := range [Tabs]string{Clocks: "rulespage.clocks", Extensions: "rulespage.extensions", CutOffs: "rulespage.cutoffs", Holidays: "rulespage.holidays"} {
		t := &tab{word: kit.NewText(kit.Voice{Size: kit.SizeSub, Bold: true, Color: kit.ColorSoft}, s.tongue.Text(key)), line: kit.NewBox(kit.Coat{Fill: kit.ColorPrimary})}
		const thick = 4
		t.object = kit.Layers(kit.Column(0, kit.Grow(t.word), kit.Fixed(t.line, thick)), kit.NewTap(func() { s.hands.Turn(Tab(i)) }))
		s.tabs[i] = t
		parts = append(parts, kit.Natural(t.object).Across(), kit.Space(gap))
	}
	on := kit.NewKeyButton(false, func() { s.Key(TabKey) })
	on.Set(TabKey, s.tongue.Text("rulespage.turn"))
	return kit.Row(0, append(parts, kit.Spring(), kit.Natural(on.Object).Across())...)
}

func (s *Screen) newList() *fyne.Container {
	s.head = newRow(nil)
	parts := []kit.Part{kit.Fixed(s.head.object, kit.Line(kit.SizeText))}
	for i := range s.rows {
		s.rows[i] = newRow(func() { s.Key(strconv.Itoa(i + 1)) })
		parts = append(parts, kit.Fixed(s.rows[i].object, rowHeight))
	}
	return kit.Column(0, append(parts, kit.Spring())...)
}

func (s *Screen) newForm() *fyne.Container {
	var objects []fyne.CanvasObject
	for i := range s.fields {
		s.labels[i] = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
		s.fields[i] = widget.NewEntry()
		s.pairs[i] = kit.Column(0, kit.Natural(s.labels[i]), kit.Fixed(s.fields[i], kit.Unit(kit.SizeButton)))
		objects = append(objects, s.pairs[i])
	}
	var acts []kit.Part
	for i := range s.acts {
		digit := strconv.Itoa(i + 1)
		s.acts[i] = kit.NewKeyButton(false, func() { s.Key(digit) })
		acts = append(acts, kit.Natural(s.acts[i].Object))
	}
	row := kit.Row(kit.Unit(kit.SizeGap2), append(acts, kit.Spring())...)
	return kit.Place(func(size fyne.Size) { s.placeForm(size, row) }, append(objects, row)...)
}

// placeForm lays the fields out, two side by side, or four where there are many, and below them what else can be done.
func (s *Screen) placeForm(size fyne.Size, acts fyne.CanvasObject) {
	gap, beside := kit.Unit(kit.SizeGap2), 2
	if len(s.model.Fields) > 4 {
		beside = 4
	}
	wide := (size.Width - float32(beside-1)*gap) / float32(beside)
	high := kit.Line(kit.SizeText) + kit.Unit(kit.SizeButton)
	top := float32(0)
	for i := range s.model.Fields {
		kit.Put(s.pairs[i], float32(i%beside)*(wide+gap), float32(i/beside)*(high+gap), wide, high)
		top = float32(i/beside+1) * (high + gap)
	}
	kit.Put(acts, 0, top, size.Width, kit.Unit(kit.SizeThumb))
}

// Fill puts values into the fields, in their order.
func (s *Screen) Fill(values []string) {
	for i, field := range s.fields {
		text := ""
		if i < len(values) {
			text = values[i]
		}
		field.SetText(text)
	}
}

// Values is what stands in the fields.
func (s *Screen) Values() []string {
	values := make([]string, MostFields)
	for i, field := range s.fields {
		values[i] = field.Text
	}
	return values
}

// Room is how many rows of the list there is room for beside what was shown last, at most MostRows: notes and a band over the page take some of it.
func (s *Screen) Room() int {
	high := s.list.Size().Height
	if high == 0 {
		return MostRows // not laid out yet
	}
	return max(1, min(MostRows, int((high-kit.Line(kit.SizeText))/rowHeight)))
}

// rowsShown is how many of the model's rows are seen.
func (s *Screen) rowsShown() int { return min(len(s.model.Rows), s.Room()) }

// Digits is how many digits mean something just now, from 1.
func (s *Screen) Digits() int {
	switch {
	case s.model.Form:
		return len(s.model.Acts)
	case s.model.More:
		return MoreDigit
	case s.model.Sides[1].Key != "":
		return YearDigit
	}
	return s.rowsShown()
}

// means tells whether a digit means something just now.
func (s *Screen) means(digit int) bool {
	switch m := s.model; {
	case digit < 1:
		return false
	case m.Form:
		return digit <= len(m.Acts)
	case digit == MoreDigit:
		return m.More
	case digit == MarketDigit, digit == YearDigit:
		return m.Sides[digit-MarketDigit].Key != ""
	default:
		return digit <= s.rowsShown()
	}
}

// Key does what a key does here, a function key or a digit, and tells whether the page knows it.
func (s *Screen) Key(name string) bool {
	switch {
	case name == BackKey:
		s.hands.Back()
	case name == TabKey:
		s.hands.Turn((s.model.Tab + 1) % Tabs)
	case name == NextKey && s.model.Next.Key != "":
		s.hands.Next(s.Values())
	default:
		digit, err := strconv.Atoi(name)
		if err != nil || !s.means(digit) {
			return false
		}
		s.hands.Choose(digit)
	}
	return true
}

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	s.model = m
	for i, t := range s.tabs {
		color := kit.ColorSoft
		if Tab(i) == m.Tab {
			color = kit.ColorForeground
		}
		t.word.Paint(color, true)
		kit.Show(t.line, Tab(i) == m.Tab)
	}
	s.title.Set(s.tongue.Say(m.Title))
	kit.Show(s.title, m.Title.Key != "")
	notes := ""
	for _, note := range m.Notes {
		said := s.tongue.Say(note)
		if notes != "" {
			said = s.tongue.Text("unit.pair", "a", notes, "b", said)
		}
		notes = said
	}
	s.notes.Set(notes)
	kit.Show(s.notes, notes != "")
	kit.Show(s.list, !m.Form)
	kit.Show(s.form, m.Form)
	s.head.title(s.tongue, m.Tab)
	for i, r := range s.rows {
		if i < len(m.Rows) {
			r.render(m.Tab, strconv.Itoa(i+1), m.Rows[i])
		}
	}
	for i, pair := range s.pairs {
		kit.Show(pair, i < len(m.Fields))
		if i < len(m.Fields) {
			s.labels[i].Set(s.tongue.Say(m.Fields[i].Word))
			if s.fields[i].PlaceHolder != m.Fields[i].Hint {
				s.fields[i].SetPlaceHolder(m.Fields[i].Hint)
			}
		}
	}
	for i, act := range s.acts {
		kit.Show(act.Object, i < len(m.Acts))
		if i < len(m.Acts) {
			act.Set(strconv.Itoa(i+1), s.tongue.Say(m.Acts[i]))
		}
	}
	s.report.Set(m.Report.Tone, s.tongue.Say(m.Report.Said))
	for i, side := range s.sides {
		side.Set(strconv.Itoa(MarketDigit+i), s.tongue.Say(m.Sides[i]))
		kit.Show(side.Object, m.Sides[i].Key != "")
	}
	kit.Show(s.more.Object, !m.Form && m.More)
	s.next.Set(NextKey, s.tongue.Say(m.Next))
	kit.Show(s.next.Object, m.Next.Key != "")
	kit.Arrange(s.object) // the list has its room once the notes have theirs
	for i, r := range s.rows {
		kit.Show(r.object, i < s.rowsShown())
	}
	kit.Arrange(s.object)
}
