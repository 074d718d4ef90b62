package window

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/station"
	"packbench/scanner"
	shelf "packbench/ui/handover"
	"packbench/ui/kit"
)

// The keys of the page at the shelf. Left and right choose a carrier, up and down show other missing parcels.
const (
	onlyName      = "Enter"
	cardKey       = "F9"
	takeOffKey    = "F10"
	sheetsKey     = "F11"
	againPaperKey = "F10" // of a closed sheet, and so on
	photoKey      = "F9"
	scanFormKey   = "F11"
	keepKey       = "F10" // what is typed
	chooseKey     = "F9"
	bagKey        = "F10" // beside a carrier's card
)

// shelfHands are what a person presses on the page.
type shelfHands struct{ *Window }

// Press takes the key of an act.
func (h shelfHands) Press(key string) { h.press(key) }

// Choose takes a column.
func (h shelfHands) Choose(column int) {
	if s := h.running.Snapshot().Shelf; column < len(s.Columns) {
		h.shelf.chosen, h.shelf.first = s.Columns[column].Place, 0
		h.draw()
	}
}

// Close closes the sheet of a column.
func (h shelfHands) Close(column int) {
	h.Choose(column)
	h.closeColumn(column)
	h.draw()
}

// Open chooses a closed sheet.
func (h shelfHands) Open(sheet int) {
	if s := h.running.Snapshot().Shelf; sheet < len(s.Closed) {
		h.shelf.sheet = s.Closed[len(s.Closed)-1-sheet].ID
		h.draw()
	}
}

// scanOnShelf takes a scan while the page is seen: a parcel, what a question or a field asks for, or a bag.
func (w *Window) scanOnShelf(scan order.Scan) {
	p := &w.shelf
	code := scanner.Clean(scan.Code)
	if w.commandOnShelf(scan) {
		return
	}
	switch p.step {
	case whyShort:
		if n, err := strconv.Atoi(code); err == nil && scan.Typed && n >= 1 && n <= len(reasonsShort) {
			w.reasonForShort(n)
			break
		}
		w.leaveShort() // the work goes on: a scan that is no answer is a parcel
		w.submitToShelf(scan)
	case badgeForShort:
		w.badgeForShort(code)
	case atScanForm, atBag:
		p.Fill(code)
		w.keepTyped()
	case atPhoto, atPictures:
		p.step = atPhoto
		w.tellShelf(kit.Loud, order.Say("shelfpage.photo.no_scan"))
	default:
		p.step = atColumns
		if p.takesOff {
			p.report, p.scannedAt = shelf.Report{}, w.environment.Now()
			w.running.TakeBack(code)
			break
		}
		w.submitToShelf(scan)
	}
	w.draw()
}

func (w *Window) submitToShelf(scan order.Scan) {
	w.keepShelf()
	w.shelf.report, w.shelf.scannedAt = shelf.Report{}, w.environment.Now()
	w.running.Submit(scan)
}

// pressOnShelf does what a key does on the page.
func (w *Window) pressOnShelf(key string) {
	p := &w.shelf
	if key == string(fyne.KeyEscape) {
		key = leaveKey
	}
	switch p.step {
	case whyShort, badgeForShort:
		if n, err := strconv.Atoi(key); err == nil && p.step == whyShort && n >= 1 && n <= len(reasonsShort) {
			w.reasonForShort(n)
		} else if key == leaveKey {
			w.leaveShort()
		} else {
			w.frame.Key(key)
		}
	case atSheets:
		w.pressOnSheets(key)
	case atCard:
		w.pressOnCard(key)
	case atPictures:
		w.pressOnPictures(key)
	case atPhoto, atScanForm, atBag:
		w.pressOnForm(key)
	default:
		w.pressOnColumns(key)
	}
	w.draw()
}

// pressOnColumns does what a key does while the columns are seen.
func (w *Window) pressOnColumns(key string) {
	p, s := &w.shelf, w.running.Snapshot().Shelf
	at := chosenColumn(s, p.chosen)
	if w.demoShelf(key, s, at) {
		return
	}
	if key == sheetsKey {
		p.step, p.sheet, p.report = atSheets, "", shelf.Report{}
		return
	}
	if at < 0 {
		w.frame.Key(key)
		return
	}
	c := s.Columns[at]
	switch key {
	case shelf.CloseKey:
		w.closeColumn(at)
	case cardKey:
		p.step, p.report = atCard, shelf.Report{}
	case takeOffKey:
		p.takesOff = !p.takesOff
	case onlyName, string(fyne.KeyReturn):
		if s.At.Carrier != "" {
			w.running.TakeShelf(handover.Place{})
		} else {
			w.running.TakeShelf(c.Place)
		}
	case string(fyne.KeyLeft), string(fyne.KeyRight):
		by := map[string]int{string(fyne.KeyLeft): -1, string(fyne.KeyRight): 1}[key]
		p.chosen, p.first = s.Columns[max(0, min(at+by, len(s.Columns)-1))].Place, 0
	case leaveKey:
		p.takesOff, p.report = false, shelf.Report{}
	default:
		if !moved(key, &p.first, max(1, len(c.Missing)-p.MissingRoom()+1), p.MissingRoom()) {
			w.frame.Key(key) // a key nobody knows does nothing
		}
	}
}

// tellShelf says what came of an act: on a card where the page shows one, else in the strip until the next scan.
func (w *Window) tellShelf(tone kit.Tone, said order.Said) {
	p := &w.shelf
	p.report = shelf.Report{Tone: tone, Said: said}
	if p.step == atColumns || p.step == badgeForShort {
		p.told, p.toldAt = p.report, w.environment.Now()
	}
}

// shelfFailed says what went wrong; what to do stands in the Problem.
func (w *Window) shelfFailed(err error) {
	problem := order.AsProblem(err)
	w.log.Warn("hand-over", "problem", problem.Error())
	w.tellShelf(kit.Bad, problem.Said)
}

// besideShelf has the clerks do something, one thing at a time by its mark; then follows where it was done. It tells whether they took it.
func (w *Window) besideShelf(busy *bool, do func() error, then func()) bool {
	return w.beside(busy, func(context.Context) func() {
		err := do()
		return func() {
			if err != nil {
				w.shelfFailed(err)
				return
			}
			then()
		}
	})
}

// pressOnSheets does what a key does while the closed sheets are seen.
func (w *Window) pressOnSheets(key string) {
	p, s := &w.shelf, w.running.Snapshot().Shelf
	at := sheetAt(s, p.sheet)
	switch {
	case key == leaveKey:
		p.step, p.report = atColumns, shelf.Report{}
	case at < 0:
		w.frame.Key(key)
	case key == againPaperKey:
		w.printAgain(s.Closed[len(s.Closed)-1-at].ID)
	case key == photoKey || key == scanFormKey:
		p.step = map[string]shelfStep{photoKey: atPhoto, scanFormKey: atScanForm}[key]
		p.sheet = s.Closed[len(s.Closed)-1-at].ID
		w.openForm()
	case moved(key, &at, len(s.Closed), p.SheetRoom()):
		p.sheet, p.report = s.Closed[len(s.Closed)-1-at].ID, shelf.Report{}
	default:
		w.frame.Key(key)
	}
}

// printAgain prints a closed sheet once more.
func (w *Window) printAgain(sheet string) {
	p := &w.shelf
	verb := w.manifestVerb(sheet)
	w.tellShelf(kit.Told, order.Say("shelfpage.printing", "sheet", sheet))
	if !w.beside(&p.acting, func(ctx context.Context) func() {
		err := w.printManifest(ctx, verb)
		return func() {
			w.tellShelf(kit.Calm, order.Say("shelfpage.printed", "sheet", sheet))
			if err != nil {
				w.shelfFailed(err)
			}
		}
	}) {
		w.tellShelf(kit.Loud, order.Say("shelfpage.busy"))
	}
}

// pressOnCard does what a key does beside a carrier's card.
func (w *Window) pressOnCard(key string) {
	p := &w.shelf
	switch key {
	case leaveKey:
		p.step = atColumns
	case bagKey:
		if w.running.Snapshot().Shelf.Bundle != "" {
			w.running.Bag("")
			p.step = atColumns
			return
		}
		p.step = atBag
		w.openForm()
	default:
		w.frame.Key(key)
	}
}

// openForm empties the field and leads into it.
func (w *Window) openForm() {
	w.shelf.report = shelf.Report{}
	w.shelf.Fill("")
	w.draw() // what is not seen takes no focus
	w.window.Canvas().Focus(w.shelf.Entry())
}

// pressOnForm does what a key does in a field.
func (w *Window) pressOnForm(key string) {
	switch {
	case key == leaveKey:
		w.leaveForm()
	case key == keepKey:
		w.keepTyped()
	case key == chooseKey && w.shelf.step == atPhoto:
		w.lookForPictures()
	default:
		w.frame.Key(key)
	}
}

// leaveForm goes back to where the field was opened.
func (w *Window) leaveForm() {
	p := &w.shelf
	w.window.Canvas().Unfocus()
	back := atSheets
	if p.step == atBag {
		back = atColumns
	}
	p.step, p.report = back, shelf.Report{}
}

// keepTyped takes what stands in the field.
func (w *Window) keepTyped() {
	p := &w.shelf
	typed, sheet := strings.TrimSpace(p.Typed()), p.sheet
	switch {
	case typed == "":
		w.tellShelf(kit.Loud, order.Say("shelfpage.nothing_typed"))
	case p.step == atBag:
		w.leaveForm()
		w.running.Bag(scanner.Clean(typed))
	case p.step == atScanForm:
		w.noteOnSheet(func() error { return w.bench.NoteScanForm(sheet, typed) }, order.Say("shelfpage.form.kept", "sheet", sheet))
	default:
		w.noteOnSheet(func() error { return w.attachPhoto(sheet, typed) }, order.Say("shelfpage.photo.kept", "sheet", sheet))
	}
}

// noteOnSheet keeps something with a closed sheet and goes back to the sheets.
func (w *Window) noteOnSheet(do func() error, done order.Said) {
	p := &w.shelf
	if !w.besideShelf(&p.acting, do, func() {
		w.leaveForm()
		w.tellShelf(kit.Calm, done)
	}) {
		w.tellShelf(kit.Loud, order.Say("shelfpage.busy"))
	}
}

// demoShelf scans, in the demo, the next missing parcel of the chosen carrier, then of others, where the key would close no complete sheet; it tells whether it did.
func (w *Window) demoShelf(key string, s station.Shelf, at int) bool {
	if key != demoKey || w.options.Demo == nil || at >= 0 && s.Columns[at].Done() {
		return false
	}
	columns := s.Columns
	if at > 0 {
		columns = slices.Concat(s.Columns[at:], s.Columns[:at])
	}
	for _, c := range columns {
		if len(c.Missing) > 0 {
			w.submitToShelf(order.Scan{Code: c.Missing[0].Tracking, Device: "demo", Typed: true, At: w.environment.Now()})
			return true
		}
	}
	w.tellShelf(kit.Told, order.Say("shelfpage.demo.pack"))
	return true
}
