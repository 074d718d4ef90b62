package frame

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
)

// Frame is the window's content.
type Frame struct {
	object *fyne.Container
	tongue words.Tongue
	rail   *kit.Rail
	status *status
	strip  *kit.Strip
	band   *band
	model  Model
	pages  map[Page]fyne.CanvasObject
	leave  func(Page) // to another page
	// notice lies over the strip after a press on the frame, until the next scan says something else.
	notice *kit.Said
}

// Page is a page of the program.
type Page int

// The pages, F1 to F8.
const (
	PagePack Page = iota
	PagePick
	PageRun
	PageHandover
	PageOrders
	PageOverdue
	PageShift
	PageSettings
	// PageSignIn is no page of the rail: the program turns to it while somebody has to say who they are.
	PageSignIn
)

// pages are what the rail shows of them.
var pages = [...]struct {
	key  string
	sign kit.Sign
}{
	PagePack:     {"frame.page.pack", kit.SignPack},
	PagePick:     {"frame.page.pick", kit.SignPick},
	PageRun:      {"frame.page.run", kit.SignPrint},
	PageHandover: {"frame.page.handover", kit.SignHandover},
	PageOrders:   {"frame.page.orders", kit.SignOrders},
	PageOverdue:  {"frame.page.overdue", kit.SignClock},
	PageShift:    {"frame.page.shift", kit.SignShift},
	PageSettings: {"frame.page.settings", kit.SignSettings},
}

// New makes the frame around the pages there are; the others are missing and say so. open is called with a page that somebody wants to see:
// Model.Page shows it.
func New(tongue words.Tongue, there map[Page]fyne.CanvasObject, open func(Page)) *Frame {
	f := &Frame{tongue: tongue, strip: kit.NewStrip(), pages: there, leave: open, band: newBand(tongue)}
	items := make([]kit.RailItem, len(pages))
	for i, p := range pages {
		items[i] = kit.RailItem{Sign: p.sign, Key: keyOf(Page(i)), Word: tongue.Text(p.key), Missing: there[Page(i)] == nil}
	}
	f.rail = kit.NewRail(tongue.Text("frame.brand"), items, func(i int) { f.open(Page(i)) })
	f.status = newStatus(tongue, f.advise)
	floor := kit.NewBox(kit.Coat{Fill: kit.ColorBackground})
	objects := []fyne.CanvasObject{floor}
	for _, page := range there {
		objects = append(objects, page)
	}
	f.object = kit.Place(func(size fyne.Size) {
		rail, bar, strip := kit.Unit(kit.SizeRail), kit.Unit(kit.SizeStatus), kit.Unit(kit.SizeStrip)
		top := bar
		if f.model.banded() {
			top += bandHeight
		}
		kit.Put(f.band.object, rail, bar, size.Width-rail, bandHeight)
		kit.Put(floor, 0, 0, size.Width, size.Height)
		kit.Put(f.rail.Object, 0, 0, rail, size.Height-strip)
		kit.Put(f.status.object, rail, 0, size.Width-rail, bar)
		for _, page := range there {
			kit.Put(page, rail, top, size.Width-rail, size.Height-top-strip)
		}
		kit.Put(f.strip.Object, 0, size.Height-strip, size.Width, strip)
	}, append(objects, f.rail.Object, f.status.object, f.strip.Object, f.band.object)...)
	f.Render(Model{})
	return f
}

// Object is the window's content.
func (f *Frame) Object() fyne.CanvasObject { return f.object }

// Render shows a model. It runs on the main goroutine.
func (f *Frame) Render(m Model) {
	if f.model.Strip.At != m.Strip.At || f.model.Strip.Code != m.Strip.Code || f.model.Strip.Family != m.Strip.Family {
		f.notice = nil
	}
	turned := f.model.banded() != m.banded()
	f.model = m
	f.band.render(m)
	if turned {
		kit.Arrange(f.object)
	}
	counts := map[int]string{}
	if m.Overdue > 0 {
		counts[int(PageOverdue)] = strconv.Itoa(m.Overdue)
	}
	for page, object := range f.pages {
		came := page == m.Page && !object.Visible()
		kit.Show(object, page == m.Page)
		if came { // what changed in it while it was hidden was not laid out
			kit.Arrange(object)
		}
	}
	f.rail.Set(int(m.Page), counts, m.Stopped)
	f.status.render(m)
	f.strip.Set(f.said())
}

// Key does what a function key does here and tells whether the frame knows it.
func (f *Frame) Key(name string) bool {
	for i := range pages {
		if keyOf(Page(i)) == name {
			f.open(Page(i))
			return true
		}
	}
	return false
}

func keyOf(page Page) string { return "F" + strconv.Itoa(int(page)+1) }

// open leads to a page. A page that does not exist yet says so: a dead key would be pressed again and again.
func (f *Frame) open(page Page) {
	f.notice = nil
	if f.pages[page] == nil {
		f.notice = &kit.Said{
			Word:    f.tongue.Text("frame.missing.word"),
			Meaning: f.tongue.Text("frame.missing.meaning", "page", f.tongue.Text(pages[page].key)),
			Next:    f.tongue.Text("frame.missing.next"),
			Code:    keyOf(page),
		}
	} else {
		f.leave(page)
	}
	f.strip.Set(f.said())
}

// advise says what to do about an item of the status bar that was pressed.
func (f *Frame) advise(meaning string, next order.Said) {
	f.notice = &kit.Said{Word: f.tongue.Text("frame.advice.word"), Meaning: meaning, Next: f.tongue.Say(next)}
	f.strip.Set(f.said())
}

// familyWords are the words of the families, for strips that bring none.
var familyWords = map[kit.Family]string{
	kit.Quiet: "frame.strip.quiet", kit.Taken: "frame.strip.taken", kit.Repeat: "frame.strip.repeat",
	kit.Refused: "frame.strip.refused", kit.Ask: "frame.strip.ask", kit.Stop: "frame.strip.stop",
}

// said is what the strip says now: the last scan, a notice over it, and at the right what is being typed.
func (f *Frame) said() kit.Said {
	s, t := f.model.Strip, f.tongue
	said := kit.Said{Family: s.Family, Word: t.Say(s.Word), Meaning: t.Say(s.Meaning), Next: t.Say(s.Next), Code: s.Code}
	if said.Word == "" {
		said.Word = t.Text(familyWords[s.Family])
	}
	if s.Family == kit.Quiet && said.Meaning == "" {
		said.Meaning, said.Next = t.Text("frame.strip.quiet.meaning"), t.Text("frame.strip.quiet.next")
	}
	if !s.At.IsZero() {
		said.Time = s.At.Format("15:04:05")
		if s.Typed {
			said.Time = t.Text("unit.pair", "a", t.Text("frame.strip.typed"), "b", said.Time)
		}
	}
	if f.notice != nil {
		said = *f.notice
		said.Family = kit.Quiet
	}
	if f.model.Typed != "" {
		said.Code, said.Time = f.model.Typed+"_", t.Text("frame.typing")
	}
	return said
}
