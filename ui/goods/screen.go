package goods

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// The keys of the page's buttons, and of more articles.
const (
	BackKey = "F9"
	SaveKey = "F10"
	MoreKey = "9"
)

// Screen is the page.
type Screen struct {
	object  *fyne.Container
	tongue  words.Tongue
	hands   Hands
	model   Model
	title   *kit.Text
	about   *kit.Text // how many articles, or how the open one is called
	search  *widget.Entry
	rows    [MostArticles]*row
	picture *kit.Picture
	fields  map[string]*widget.Entry // by column
	bodies  [views]*fyne.Container
	report  *kit.Report
	more    *kit.KeyButton
	save    *kit.KeyButton
	filling bool
}

// New makes the page.
func New(tongue words.Tongue, hands Hands) *Screen {
	s := &Screen{tongue: tongue, hands: hands, report: kit.NewReport(), fields: map[string]*widget.Entry{}}
	s.title = kit.NewText(kit.Voice{Size: kit.SizeHead, Color: kit.ColorForeground, Bold: true}, "")
	s.about = kit.NewText(kit.Voice{Size: kit.SizeSub, Color: kit.ColorSoft}, "")
	s.bodies = [views]*fyne.Container{List: s.newList(), One: s.newOne()}
	back := kit.NewKeyButton(false, func() { s.Key(BackKey) })
	back.Set(BackKey, tongue.Text("signin.back"))
	s.more = kit.NewKeyButton(false, func() { s.Key(MoreKey) })
	s.more.Set(MoreKey, tongue.Text("goodspage.more"))
	s.save = kit.NewKeyButton(true, func() { s.Key(SaveKey) })
	s.save.Set(SaveKey, tongue.Text("set.save"))
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	report := kit.Column(0, kit.Spring(), kit.Natural(s.report), kit.Spring())
	head := kit.Row(2*gap, kit.UpTo(s.title), kit.Grow(s.about))
	buttons := kit.Row(2*gap, kit.Natural(back.Object).Across(), kit.Grow(report).Across(), kit.Natural(s.more.Object).Across(), kit.Natural(s.save.Object).Across())
	column := kit.Column(gap, kit.Natural(head), kit.Grow(kit.Layers(s.bodies[List], s.bodies[One])), kit.Fixed(buttons, kit.Unit(kit.SizeThumb)))
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

func (s *Screen) newList() *fyne.Container {
	s.search = widget.NewEntry()
	s.search.SetPlaceHolder(s.tongue.Text("goodspage.search"))
	s.search.OnChanged = func(text string) {
		if !s.filling {
			s.hands.Search(text)
		}
	}
	head := newRow(nil)
	head.title(s.tongue)
	parts := []kit.Part{kit.Fixed(s.search, kit.Unit(kit.SizeButton)), kit.Space(kit.Unit(kit.SizeGap)), kit.Fixed(head.object, kit.Line(kit.SizeText))}
	for i := range s.rows {
		s.rows[i] = newRow(func() { s.Key(strconv.Itoa(i + 1)) })
		parts = append(parts, kit.Fixed(s.rows[i].object, rowHeight))
	}
	return kit.Column(0, append(parts, kit.Spring())...)
}

// newOne is an article's picture, what is to be known of the fields below it, and the fields beside.
func (s *Screen) newOne() *fyne.Container {
	s.picture = kit.NewPicture()
	gap := kit.Unit(kit.SizeGap)
	var lines []kit.Part
	for _, line := range lineup {
		var parts []kit.Part
		for _, f := range line {
			entry := widget.NewEntry()
			entry.SetPlaceHolder(f.example)
			s.fields[f.column] = entry
			part := kit.Grow(kit.Column(0, kit.Natural(kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, s.tongue.Text(f.word))),
				kit.Fixed(entry, kit.Unit(kit.SizeButton)))).Across()
			parts = append(parts, part)
		}
		lines = append(lines, kit.Natural(kit.Row(2*gap, parts...)).Across())
	}
	note := kit.NewSteps(kit.Voice{Color: kit.ColorSoft}, kit.Step{Size: kit.SizeText, Lines: 8})
	note.Set(s.tongue.Text("goodspage.note"))
	fields := kit.Column(0, append(lines, kit.Spring())...)
	return kit.Place(func(size fyne.Size) {
		const side = 200
		top := kit.Line(kit.SizeText)
		kit.Put(s.picture, 0, top, side, side)
		kit.Put(note, 0, top+side+gap, side, size.Height-top-side-gap)
		kit.Put(fields, side+3*gap, 0, size.Width-side-3*gap, size.Height)
	}, s.picture, note, fields)
}

// Fill puts an article's cells into the fields; a search that was begun stays.
func (s *Screen) Fill(cells map[string]string) {
	for column, field := range s.fields {
		field.SetText(cells[column])
	}
}

// Look puts what is looked for into its field without telling so.
func (s *Screen) Look(text string) {
	s.filling = true
	s.search.SetText(text)
	s.filling = false
}

// Cells is what stands in the fields: column → cell.
func (s *Screen) Cells() map[string]string {
	cells := map[string]string{}
	for column, field := range s.fields {
		cells[column] = field.Text
	}
	return cells
}

// Digits is how many digits mean something just now, from 1.
func (s *Screen) Digits() int {
	switch {
	case s.model.View != List:
		return 0
	case s.model.More:
		return 9
	}
	return min(len(s.model.Articles), MostArticles)
}

// Key does what a key does here, a function key or a digit, and tells whether the page knows it.
func (s *Screen) Key(name string) bool {
	switch {
	case name == BackKey:
		s.hands.Back()
	case name == SaveKey && s.model.View == One:
		s.hands.Save(s.Cells())
	default:
		digit, err := strconv.Atoi(name)
		if err != nil || digit < 1 || digit > s.Digits() || digit > len(s.model.Articles) && name != MoreKey {
			return false
		}
		s.hands.Choose(digit)
	}
	return true
}

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	s.model = m
	title, about := s.tongue.Text("goodspage.title"), s.tongue.Text("goodspage.count", "found", m.Found, "of", m.Of)
	if m.View == One {
		title, about = m.Article.SKU, s.tongue.Text("strip.item", "name", m.Article.Name, "variant", m.Article.Variant)
	}
	s.title.Set(title)
	s.about.Set(about)
	for i, body := range s.bodies {
		kit.Show(body, View(i) == m.View)
	}
	for i, r := range s.rows {
		kit.Show(r.object, i < len(m.Articles))
		if i < len(m.Articles) {
			r.render(strconv.Itoa(i+1), m.Articles[i])
		}
	}
	s.picture.Set(m.Article.Photo, m.Article.SKU)
	s.report.Set(m.Report.Tone, s.tongue.Say(m.Report.Said))
	kit.Show(s.more.Object, m.View == List && m.More)
	kit.Show(s.save.Object, m.View == One)
	kit.Arrange(s.object)
}
