package window

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/ask"
	"packbench/ui/frame"
	shelf "packbench/ui/handover"
	"packbench/ui/kit"
)

// shelfPage is the page at the hand-over shelf and what a person has chosen on it. It belongs to the main goroutine.
type shelfPage struct {
	*shelf.Screen
	atHand   bool // the bench was told to hand over what is scanned
	step     shelfStep
	chosen   handover.Place // the column that keys are about
	first    int            // of its missing parcels
	takesOff bool           // the next scan takes a parcel off its sheet
	sheet    string         // of the closed ones; empty: the newest
	report   shelf.Report
	told     shelf.Report // what the strip says of an act, and since when
	toldAt   time.Time

	// Of a sheet that is closed with parcels missing.
	closing    string     // the sheet; empty: none is being closed
	old        order.Said // why only a supervisor has it closed although nothing is missing
	reason     string
	supervisor order.Person // whose badge was scanned, and whose PIN is wanted

	pictures []photoFile // that can be attached, the newest first

	installation string // whose command card's codes count
	command      order.Command
	commandAt    time.Time // of the last code of the card

	acting    bool      // the clerks are at something
	followed  time.Time // the last scan whose column was chosen
	scannedAt time.Time // the last one that was handed on
	seen      map[order.ParcelKey]order.Said
	looking   bool // for where missing parcels were seen
}

// shelfStep is what stands on the page.
type shelfStep int

// The steps.
const (
	atColumns shelfStep = iota
	whyShort            // the sheet is closed without what is missing: why
	badgeForShort
	pinForShort // where people are registered
	atSheets
	atCard
	atPhoto
	atPictures // of a folder, for a signed copy
	atScanForm
	atBag
)

// onShelf tells whether the page takes keys and scans.
func (w *Window) onShelf() bool { return w.page == frame.PageHandover && w.running != nil }

// keepShelf has the bench hand over what is scanned while the page is seen, and pack again once another is. It stands before every scan.
func (w *Window) keepShelf() {
	switch is := w.onShelf(); {
	case is == w.shelf.atHand:
		return
	case is:
		w.running.TakeShelf(handover.Place{})
	default:
		w.running.LayShelf()
		w.shelf.step, w.shelf.takesOff, w.shelf.report = atColumns, false, shelf.Report{}
	}
	w.shelf.atHand = w.onShelf()
}

// drawShelf shows the page, and has read what it needs.
func (w *Window) drawShelf(s station.Snapshot, now time.Time) {
	p := &w.shelf
	if last := s.Shelf.Last; last.At.After(p.followed) {
		p.followed = last.At
		if last.Outcome == handover.OnSheet || last.Outcome == handover.TakenBack {
			p.chosen, p.first = last.Place, 0
		}
		if last.Outcome != handover.NotOnSheet {
			p.takesOff = false
		}
	}
	w.lookForMissing(s.Shelf)
	p.Render(w.shelfModel(s, now))
	if p.step == whyShort || p.step == atPictures {
		if digit := w.typing.digit(ask.MostChoices, now); digit > 0 {
			w.pressOnShelf(strconv.Itoa(digit))
		}
	}
}

// shelfModel is the page of a snapshot.
func (w *Window) shelfModel(s station.Snapshot, now time.Time) shelf.Model {
	p := &w.shelf
	m := shelf.Model{Now: now.Local(), Chosen: -1, Sheet: -1, Report: p.report}
	if p.step == atPictures {
		m.View, m.Question = shelf.Asked, w.whichPicture()
		return m
	}
	if shows := w.shelfQuestion(s); shows.Title.Key != "" {
		m.View, m.Question = shelf.Asked, shows
		return m
	}
	switch p.step {
	case atSheets:
		w.shelfSheets(&m, s.Shelf)
	case atCard:
		w.shelfCard(&m, s.Shelf)
	case atPhoto, atScanForm, atBag:
		w.shelfForm(&m, s.Shelf)
	default:
		w.shelfColumns(&m, s.Shelf)
	}
	return m
}

// shelfColumns are the carriers' columns and what can be done about them.
func (w *Window) shelfColumns(m *shelf.Model, s station.Shelf) {
	p := &w.shelf
	lit := w.litColumn(s)
	for i, c := range s.Columns {
		shown := w.shelfColumn(c)
		shown.Lit = i == lit
		if twinned(s.Columns, c) {
			shown.Where = w.where(c)
		}
		if p.acting && c.Sheet.ID == p.closing && p.closing != "" {
			shown.Busy = order.Say("shelfpage.closing")
		}
		m.Columns = append(m.Columns, shown)
		m.InBag += inBag(c.Sheet, s.Bundle)
	}
	m.Chosen, m.First, m.Bag, m.TakesOff, m.ScansNext = chosenColumn(s, p.chosen), p.first, s.Bundle, p.takesOff, w.options.Demo != nil
	only := ask.Act{Key: onlyName, Word: order.Say("shelfpage.act.only")}
	if s.At.Carrier != "" {
		m.Only = handover.Named(s.At.Carrier)
		only.Word = order.Say("shelfpage.act.any")
	}
	if len(m.Columns) > 0 {
		m.Acts = []ask.Act{only, {Key: cardKey, Word: order.Say("shelfpage.act.card")}, {Key: takeOffKey, Word: order.Say("shelfpage.act.take_off")}}
	}
	m.Acts = append(m.Acts, ask.Act{Key: sheetsKey, Word: order.Say("shelfpage.act.sheets")})
}

// shelfColumn is a carrier's part of the shelf as the page shows it.
func (w *Window) shelfColumn(c handover.Column) shelf.Column {
	shown := shelf.Column{Carrier: handover.Named(c.Carrier), Note: shelfNote(c), Scanned: c.Scanned(), Expected: c.Expected(), ToPack: len(c.ToPack)}
	for _, row := range c.Missing {
		shown.Missing = append(shown.Missing, shelf.Parcel{Code: row.Tracking, Said: w.shelf.seen[row.Parcel]})
	}
	for _, row := range c.Recall {
		shown.TakeOut = append(shown.TakeOut, shelf.Parcel{Code: row.Tracking, Said: whyOut(row.Standing), OnSheet: true})
	}
	for _, row := range c.TakeOut {
		shown.TakeOut = append(shown.TakeOut, shelf.Parcel{Code: row.Tracking, Said: whyOut(row.Standing)})
	}
	return shown
}

// twinned tells whether another column has the same carrier and way: only the warehouse tells them apart then.
func twinned(columns []handover.Column, c handover.Column) bool {
	return slices.ContainsFunc(columns, func(other handover.Column) bool {
		return other.Place != c.Place && other.Carrier == c.Carrier && other.Mode == c.Mode
	})
}

// where is from which market and warehouse the parcels of a column leave.
func (w *Window) where(c handover.Column) order.Said {
	market := "—"
	if c.Market != "" {
		market = w.environment.Tongue.Text("market." + string(c.Market))
	}
	warehouse := "—"
	if c.Warehouse != "" {
		warehouse = "…" + handover.Short(c.Warehouse)
	}
	return order.Say("shelfpage.where", "market", market, "warehouse", warehouse)
}

// shelfNote is when a carrier comes, or where its parcels go.
func shelfNote(c handover.Column) order.Said {
	hub, _, _ := strings.Cut(c.Card.Hub, "\n")
	switch {
	case c.Mode == order.DroppedOff && hub != "":
		return order.Say("shelfpage.drop_off", "hub", hub)
	case c.Mode == order.DroppedOff:
		return order.Say("shelfpage.dropped_off")
	case c.Card.Comes != "":
		return order.Say("shelfpage.pick_up", "time", c.Card.Comes)
	case c.Mode == order.PickedUp:
		return order.Say("shelfpage.picked_up")
	}
	return order.Said{}
}

// whyOut says why a parcel must be taken out.
func whyOut(standing order.Standing) order.Said {
	switch standing {
	case order.Gone:
		return order.Say("shelfpage.out.cancelled")
	case order.CancelRequest:
		return order.Say("shelfpage.out.asked")
	case order.Held:
		return order.Say("shelfpage.out.hold")
	}
	return order.Say("shelfpage.out.other")
}

// litColumn is the column that what was scanned last belongs to; -1 where it belongs nowhere, and where nobody has to be told: only that carrier's are scanned.
func (w *Window) litColumn(s station.Shelf) int {
	switch s.Last.Outcome {
	case handover.OnSheet:
		if s.At.Carrier != "" {
			return -1
		}
	case handover.WrongCarrier, handover.WrongMode:
	default:
		return -1
	}
	return columnOf(s, s.Last.Place)
}

// columnOf is the column of a place: that of its sheet, or the carrier's; -1: there is none.
func columnOf(s station.Shelf, p handover.Place) int {
	at := slices.IndexFunc(s.Columns, func(c handover.Column) bool { return c.Place == p })
	if at < 0 && p.Carrier != "" {
		at = slices.IndexFunc(s.Columns, func(c handover.Column) bool {
			return c.Carrier == p.Carrier && (p.Mode == "" || c.Mode == "" || c.Mode == p.Mode)
		})
	}
	return at
}

// chosenColumn is the column keys are about: the first where the chosen one is gone; -1: there is none.
func chosenColumn(s station.Shelf, p handover.Place) int {
	return max(columnOf(s, p), min(0, len(s.Columns)-1))
}

// inBag is how many parcels of a sheet lie in a bag.
func inBag(sheet order.Sheet, bag string) (count int) {
	for _, p := range sheet.Parcels {
		if bag != "" && p.Bundle == bag {
			count++
		}
	}
	return count
}

// lookForMissing looks up where missing parcels were seen last, those of which that is not known yet.
func (w *Window) lookForMissing(s station.Shelf) {
	p := &w.shelf
	if p.looking || w.bench == nil {
		return
	}
	if p.seen == nil {
		p.seen = map[order.ParcelKey]order.Said{}
	}
	const atOnce = 100
	var wanted []order.ParcelKey
	for _, c := range s.Columns {
		for _, row := range c.Missing {
			if _, known := p.seen[row.Parcel]; !known && len(wanted) < atOnce {
				wanted = append(wanted, row.Parcel)
			}
		}
	}
	if len(wanted) == 0 {
		return
	}
	found := map[order.ParcelKey]order.Said{}
	w.besideShelf(&p.looking, func() error {
		for _, key := range wanted {
			events, err := w.bench.Store.History(key)
			if err != nil {
				return err
			}
			found[key] = lastSeen(events)
		}
		return nil
	}, func() {
		for key, said := range found {
			p.seen[key] = said
		}
	})
}

// lastSeen is where and when a parcel was at a bench last; empty: nobody knows.
func lastSeen(events []order.Event) order.Said {
	for _, e := range slices.Backward(events) {
		if e.Kind == order.Confirmed || e.Kind == order.HandoverTakenBack {
			return order.Say("shelfpage.at", "bench", order.Say("window.bench", "name", e.Bench), "time", e.At.Local().Format("15:04"))
		}
	}
	return order.Said{}
}

// shelfFamilies are the shapes and colours of what a scan at the shelf came to.
var shelfFamilies = map[handover.Outcome]kit.Family{
	handover.OnSheet: kit.Taken, handover.BundleBegun: kit.Taken, handover.BundleDone: kit.Taken, handover.TakenBack: kit.Taken,
	handover.Repeated: kit.Repeat, handover.Twice: kit.Repeat, handover.NothingToDo: kit.Repeat,
	handover.Cancelled: kit.Stop, handover.CancelRequested: kit.Stop, handover.OnHold: kit.Stop,
	handover.WrongCarrier: kit.Refused, handover.WrongMode: kit.Refused, handover.NotConfirmed: kit.Refused, handover.AlreadyGone: kit.Refused,
	handover.OtherWarehouse: kit.Refused, handover.NotTheLabel: kit.Refused, handover.NotOnSheet: kit.Refused, handover.Unknown: kit.Refused,
	handover.Stale: kit.Ask, handover.NotArranged: kit.Ask, handover.Elsewhere: kit.Ask, handover.Collected: kit.Ask, handover.NotPackable: kit.Ask, handover.NeedsPerson: kit.Ask,
}

// shelfWords are words for outcomes that say more than their family's.
var shelfWords = map[handover.Outcome]order.Said{
	handover.OnSheet: order.Say("shelfpage.word.on"), handover.TakenBack: order.Say("shelfpage.word.off"), handover.WrongCarrier: order.Say("shelfpage.word.wrong"),
	handover.WrongMode: order.Say("shelfpage.word.wrong"), handover.Cancelled: order.Say("shelfpage.word.out"), handover.CancelRequested: order.Say("shelfpage.word.out"),
	handover.OnHold: order.Say("shelfpage.word.out"), handover.Twice: order.Say("shelfpage.word.twice"), handover.Stale: order.Say("shelfpage.word.stale"),
}

// reportFamilies are the shapes and colours of what came of an act at the shelf.
var reportFamilies = map[kit.Tone]kit.Family{kit.Calm: kit.Taken, kit.Told: kit.Quiet, kit.Loud: kit.Ask, kit.Bad: kit.Refused}

// slowAtShelf is how long a scan is looked up before the strip says that it waits.
const slowAtShelf = 400 * time.Millisecond

// shelfStrip is what the last scan at the shelf came to, or the last act since.
func (w *Window) shelfStrip(s station.Shelf, now time.Time) frame.Strip {
	last, told := s.Last, w.shelf.told
	switch {
	case s.Trouble.Key != "":
		return frame.Strip{Family: kit.Refused, Meaning: s.Trouble}
	case s.Waiting > 0 && now.Sub(w.shelf.scannedAt) > slowAtShelf:
		return frame.Strip{Word: order.Say("shelfpage.word.asking"), Meaning: order.Say("shelfpage.waiting", "count", s.Waiting)}
	case w.shelf.toldAt.After(last.At):
		word := map[kit.Tone]order.Said{kit.Calm: order.Say("shelfpage.word.done")}[told.Tone]
		if told.Said.Key == "shelfpage.closed" {
			word = order.Say("shelfpage.word.closed")
		}
		return frame.Strip{Family: reportFamilies[told.Tone], Word: word, Meaning: told.Said, At: w.shelf.toldAt.Local()}
	case last.Outcome == "" && w.options.Demo != nil:
		return frame.Strip{Meaning: order.Say("demo.hint"), Next: order.Say("shelfpage.demo.next")}
	case last.Outcome == "":
		return frame.Strip{Meaning: order.Say("shelfpage.strip"), Next: order.Say("shelfpage.strip.next")}
	}
	return frame.Strip{Family: shelfFamilies[last.Outcome], Word: shelfWords[last.Outcome], Meaning: last.Said, Code: last.Code, At: last.At.Local()}
}

// shelfStops tells whether what was scanned last must not leave.
func shelfStops(s station.Shelf) bool { return shelfFamilies[s.Last.Outcome] == kit.Stop }

// shelfSays tells whether the shelf has the strip and the look of the frame: while its page is seen, unless the parcel on the bench was stopped meanwhile.
func (w *Window) shelfSays(s station.Snapshot) bool {
	return w.onShelf() && !w.asksWho(s) && (s.State.Phase != packing.Halted || s.Strip.At.Before(s.Shelf.Last.At))
}
