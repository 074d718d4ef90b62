package window

import (
	"cmp"
	"slices"
	"strings"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/station"
	"packbench/ui/ask"
	shelf "packbench/ui/handover"
)

// shelfQuestion is what a person must answer before a sheet is closed; it has no title where nothing is asked.
func (w *Window) shelfQuestion(s station.Snapshot) (q ask.Question) {
	p := &w.shelf
	if p.step != whyShort && p.step != badgeForShort {
		return q
	}
	at := slices.IndexFunc(s.Shelf.Columns, func(c handover.Column) bool { return c.Sheet.ID == p.closing })
	if at < 0 {
		return q
	}
	c := s.Shelf.Columns[at]
	no := []ask.Act{{Key: leaveKey, Word: order.Say("shelfpage.short.no")}}
	q.Title = order.Say("shelfpage.short", "carrier", handover.Named(c.Carrier), "count", len(c.Missing))
	q.Text, q.Acts = order.Say("shelfpage.short.text", "parcels", handover.Numbers(c.Missing)), no
	if len(c.Missing) == 0 { // the platform has not answered for too long
		q.Title, q.Text = order.Say("shelfpage.old", "carrier", handover.Named(c.Carrier)), p.old
	}
	switch {
	case len(s.State.Supervisors)+len(s.State.Staff.People) == 0:
		q.Text = order.Say("shelfpage.short.unregistered")
	case p.step == whyShort:
		q.Title = order.Say("shelfpage.short.why", "carrier", handover.Named(c.Carrier), "count", len(c.Missing))
		for i, said := range reasonsShort {
			q.Choices = append(q.Choices, ask.Act{Key: string(rune('1' + i)), Word: said})
		}
	default:
		q.Badge = true
	}
	return q
}

// reasonsShort are why a sheet is closed without what is missing.
var reasonsShort = []order.Said{
	order.Say("shelfpage.why.not_found"), order.Say("shelfpage.why.next_truck"), order.Say("shelfpage.why.damaged"), order.Say("shelfpage.why.no_room"),
}

// asksPINForShelf tells whether a supervisor's PIN is asked for, to close a sheet without what is missing.
func (w *Window) asksPINForShelf() bool { return w.shelf.step == pinForShort && w.onShelf() }

// shelfSheets are today's closed sheets, the newest first.
func (w *Window) shelfSheets(m *shelf.Model, s station.Shelf) {
	m.View = shelf.Sheets
	for _, sheet := range slices.Backward(s.Closed) {
		m.Closed = append(m.Closed, shelf.Sheet{
			Code: sheet.ID, Carrier: handover.Named(sheet.Carrier), Parcels: len(sheet.Parcels), Missing: len(sheet.Missing), At: sheet.ClosedAt.Local(), By: sheet.ClosedBy, Form: sheet.ScanForm,
			Photo: len(sheet.Photos) > 0,
		})
	}
	m.Sheet = sheetAt(s, w.shelf.sheet)
	if m.Sheet >= 0 {
		m.Acts = []ask.Act{{Key: againPaperKey, Word: order.Say("shelfpage.act.again")}, {Key: photoKey, Word: order.Say("shelfpage.act.photo")}, {Key: scanFormKey, Word: order.Say("shelfpage.act.form")}}
	}
	m.Acts = append(m.Acts, ask.Act{Key: leaveKey, Word: order.Say("shelfpage.act.back")})
}

// sheetAt is the place of a closed sheet in the list, the newest where it is not there; -1: there is none.
func sheetAt(s station.Shelf, id string) int {
	at := slices.IndexFunc(s.Closed, func(one order.Sheet) bool { return one.ID == id })
	if at < 0 {
		return min(0, len(s.Closed)-1)
	}
	return len(s.Closed) - 1 - at
}

// shelfCard is what is known of the chosen carrier.
func (w *Window) shelfCard(m *shelf.Model, s station.Shelf) {
	m.View = shelf.Card
	at := chosenColumn(s, w.shelf.chosen)
	if at < 0 {
		return
	}
	c := s.Columns[at]
	tongue := w.environment.Tongue
	m.Carrier = shelf.Carrier{Name: handover.Named(c.Carrier), Note: order.Say("shelfpage.card.note")}
	if c.Card.Carrier == "" {
		m.Carrier.Note = order.Say("shelfpage.card.none", "carrier", c.Carrier)
	}
	mode := map[order.HandoverMode]order.Said{order.PickedUp: order.Say("handover.mode.pickup"), order.DroppedOff: order.Say("handover.mode.drop_off"), "": order.Say("handover.mode.unknown")}[c.Mode]
	for _, f := range []shelf.Fact{
		{Word: order.Say("shelfpage.card.mode"), Value: tongue.Say(mode)}, {Word: order.Say("shelfpage.card.name"), Value: c.Card.Person}, {Word: order.Say("shelfpage.card.phone"), Value: c.Card.Phone},
		{Word: order.Say("shelfpage.card.hours"), Value: c.Card.Hours}, {Word: order.Say("shelfpage.card.comes"), Value: c.Card.Comes},
		{Word: order.Say("shelfpage.card.hub"), Value: strings.ReplaceAll(c.Card.Hub, "\n", ", ")}, {Word: order.Say("shelfpage.card.sheet"), Value: c.Sheet.ID},
	} {
		if f.Value != "" {
			m.Carrier.Facts = append(m.Carrier.Facts, f)
		}
	}
	bag := order.Say("shelfpage.act.bag")
	if s.Bundle != "" {
		bag = order.Say("shelfpage.act.bag_full")
	}
	m.Acts = []ask.Act{{Key: bagKey, Word: bag}, {Key: leaveKey, Word: order.Say("shelfpage.act.back")}}
}

// shelfForm is what is typed, scanned or chosen of a sheet.
func (w *Window) shelfForm(m *shelf.Model, s station.Shelf) {
	m.View = shelf.Field
	sheet := cmp.Or(w.shelf.sheet, newestSheet(s).ID)
	carrier := ""
	if at := slices.IndexFunc(s.Closed, func(one order.Sheet) bool { return one.ID == sheet }); at >= 0 {
		carrier = handover.Named(s.Closed[at].Carrier)
	}
	leave := ask.Act{Key: leaveKey, Word: order.Say("shelfpage.act.back")}
	switch w.shelf.step {
	case atPhoto:
		m.Form = shelf.Form{Title: order.Say("shelfpage.photo.title", "code", sheet, "carrier", carrier), Text: order.Say("shelfpage.photo.text")}
		m.Acts = []ask.Act{{Key: keepKey, Word: order.Say("shelfpage.act.attach")}, {Key: chooseKey, Word: order.Say("shelfpage.act.choose")}, leave}
	case atScanForm:
		m.Form = shelf.Form{Title: order.Say("shelfpage.form.title", "code", sheet, "carrier", carrier), Text: order.Say("shelfpage.form.text")}
		m.Acts = []ask.Act{{Key: keepKey, Word: order.Say("shelfpage.act.keep")}, leave}
	default:
		m.Form = shelf.Form{Title: order.Say("shelfpage.bag.title"), Text: order.Say("shelfpage.bag.text")}
		m.Acts = []ask.Act{{Key: keepKey, Word: order.Say("shelfpage.act.bag")}, leave}
	}
}

// newestSheet is the sheet that was closed last; its ID is empty where there is none.
func newestSheet(s station.Shelf) order.Sheet {
	if len(s.Closed) == 0 {
		return order.Sheet{}
	}
	return s.Closed[len(s.Closed)-1]
}
