package handover

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/ask"
	"packbench/ui/kit"
)

// CloseKey closes the sheet of the chosen column.
const CloseKey = "F12"

// Screen is the page.
type Screen struct {
	object *fyne.Container
	shelf  *shelf
	sheets *sheets
	card   *card
	form   *form
	asked  *ask.Card
}

// New makes the page.
func New(tongue words.Tongue, hands Hands) *Screen {
	s := &Screen{
		shelf: newShelf(tongue, hands), sheets: newSheets(tongue, hands), card: newCard(tongue, hands), form: newForm(tongue, hands),
		asked: ask.NewCard(tongue, hands.Press),
	}
	bodies := s.bodies()
	s.object = kit.Place(func(size fyne.Size) {
		const wide = 1600
		edge := kit.Unit(kit.SizeGap3)
		if size.Width >= wide {
			edge = kit.Unit(kit.SizeGap5)
		}
		for _, body := range bodies {
			kit.Put(body, edge, edge, size.Width-2*edge, size.Height-2*edge)
		}
	}, bodies[:]...)
	s.Render(Model{Chosen: -1, Sheet: -1})
	return s
}

// bodies are what fills the page, by view.
func (s *Screen) bodies() [views]fyne.CanvasObject {
	return [views]fyne.CanvasObject{Shelf: s.shelf.object, Asked: s.asked.Object, Sheets: s.sheets.object, Card: s.card.object, Field: s.form.object}
}

// Object is what stands in the frame's page area.
func (s *Screen) Object() fyne.CanvasObject { return s.object }

// MissingRoom is how many missing parcels of the chosen column are shown at once, SheetRoom how many closed sheets.
func (s *Screen) MissingRoom() int { return s.shelf.missingRoom() }

// SheetRoom is how many closed sheets are shown at once.
func (s *Screen) SheetRoom() int { return s.sheets.room() }

// Entry is the field that is typed into, Typed what stands in it; Fill puts something there.
func (s *Screen) Entry() fyne.Focusable { return s.form.entry }

// Typed is what stands in the field.
func (s *Screen) Typed() string { return s.form.entry.Text }

// Fill puts words into the field.
func (s *Screen) Fill(text string) { s.form.entry.SetText(text) }

// Render shows a model. It runs on the main goroutine.
func (s *Screen) Render(m Model) {
	for view, body := range s.bodies() {
		kit.Show(body, View(view) == m.View)
	}
	switch m.View {
	case Shelf:
		s.shelf.render(m)
	case Sheets:
		s.sheets.render(m)
	case Card:
		s.card.render(m)
	case Field:
		s.form.render(m)
	case Asked:
		s.asked.Render(m.Question)
	}
	kit.Arrange(s.object)
}

// buttons are acts side by side.
type buttons struct {
	object *fyne.Container
	tongue words.Tongue
	all    [MostActs]*kit.KeyButton
	keys   [MostActs]string
	main   bool // the first one is filled
}

// newButtons makes the acts of a card, with a filled main one.
func newButtons(tongue words.Tongue, press func(string)) *buttons {
	return makeButtons(tongue, true, func(pressed func()) *kit.KeyButton { return kit.NewKeyButton(false, pressed) }, press)
}

// newSmallButtons makes acts for the head of a page.
func newSmallButtons(tongue words.Tongue, press func(string)) *buttons {
	return makeButtons(tongue, false, kit.NewSmallKeyButton, press)
}

func makeButtons(tongue words.Tongue, main bool, one func(func()) *kit.KeyButton, press func(string)) *buttons {
	b := &buttons{tongue: tongue, main: main}
	var parts []kit.Part
	for i := range b.all {
		b.all[i] = one(func() { press(b.keys[i]) })
		parts = append(parts, kit.UpTo(b.all[i].Object).Across())
	}
	b.object = kit.Row(kit.Unit(kit.SizeGap), parts...)
	return b
}

func (b *buttons) render(acts []ask.Act) {
	for i, button := range b.all {
		shown := i < len(acts) && acts[i].Key != ""
		kit.Show(button.Object, shown)
		if shown {
			b.keys[i] = acts[i].Key
			button.Set(acts[i].Key, b.tongue.Say(acts[i].Word))
			button.Main(b.main && i == 0)
		}
	}
}

// titled is a card with a title, a body, and below it a report and acts.
func titled(title, body fyne.CanvasObject, report *kit.Report, acts *buttons) *fyne.Container {
	gap, pad := kit.Unit(kit.SizeGap), kit.Unit(kit.SizeGap3)
	foot := kit.Row(0, kit.Spring(), kit.UpTo(acts.object).Across())
	column := kit.Column(gap, kit.Natural(title), kit.Grow(body), kit.Natural(report), kit.Fixed(foot, kit.Unit(kit.SizeThumb)))
	return kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(column, pad, 2*gap, pad, 2*gap))
}
