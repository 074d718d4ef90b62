package window

import (
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/printer/state"
	"packbench/ui/frame"
	"packbench/ui/kit"
)

// staleAfter is the age from which the shops' last reading is no longer called live; they are read every half minute.
const staleAfter = 2 * time.Minute

// manyOrders is from how many on a reading of changes is worth watching: it takes seconds.
const manyOrders = 300

// worthSetting is how far the computer's clock may be off before a person is told: the platform itself bears 30 s (platform API 1.6).
const worthSetting = 30 * time.Second

// frameModel is what stands around the page.
func (w *Window) frameModel(s station.Snapshot, now time.Time) frame.Model {
	m := frame.Model{
		Page: w.shownPage(s), Consent: order.ConsentAt(now, w.settings.Platform.RefreshExpires), Withdrawn: w.withdrawn(s.PlatformTrouble),
		Now: now, Stopped: w.stopSeen(s), HeardAt: s.LastReading, PrinterName: w.printer,
		ScannerSeen: !s.ScannerSeen.IsZero(), Unsent: s.Outbox, Parked: s.Parked,
		Packer: w.standing.Packer, Bench: w.environment.Tongue.Text("window.bench", "name", w.standing.Name),
		Strip: w.strip(s), Typed: w.typing.visible(now), Training: w.options.Training, Notice: w.notice(now), Overdue: len(w.overdue.now.Late),
	}
	if w.shelfSays(s) {
		m.Stopped = shelfStops(s.Shelf)
	}
	m.ScannerGone, m.ScannerTrouble = w.scannerGone()
	if len(s.State.Staff.People) > 0 {
		m.Packer = s.State.Staff.Packer.Name
	}
	if shown := w.innerShown(); w.asksPIN(s) || shown != nil && shown.hides() {
		m.Typed = "" // dots tell how far it is
	}
	switch {
	case s.PlatformTrouble.Key != "" || s.State.Unreachable:
		m.Platform = frame.PlatformOffline
	case s.LastReading.IsZero():
		m.Platform = frame.PlatformNever
	case now.Sub(s.LastReading) > staleAfter:
		m.Platform = frame.PlatformStale
	default:
		m.Platform = frame.PlatformLive
	}
	if s.Reading.Of > manyOrders {
		m.Read, m.Of = s.Reading.Read, s.Reading.Of
	}
	if s.ClockOff.Abs() > worthSetting {
		m.ClockOff = s.ClockOff
	}
	m.Printer = printerState(s)
	if s.State.Work.Label.State == order.Sent {
		m.LabelsSent = 1
	}
	return m
}

// stopped tells whether hands are to rest: the whole screen says so.
func stopped(s station.Snapshot) bool {
	switch s.State.Phase {
	case packing.Halted:
		return true
	case packing.Asked:
		return s.State.Question == packing.PutAside || s.State.Question == packing.OffWeight
	case packing.Idle:
		return refusedReasons[s.Strip.Outcome]
	}
	return false
}

// printerState is what this bench knows of its printer: what it says, or else nothing until a label of it was scanned, or it could not be written to.
func printerState(s station.Snapshot) frame.PrinterState {
	switch {
	case s.Printer.State.Has(state.PaperOut | state.RibbonOut):
		return frame.PrinterNoPaper
	case s.Printer.State.Has(state.HeadOpen):
		return frame.PrinterHeadOpen
	case s.Printer.Trouble.Key != "", s.State.Phase == packing.Asked && isOf("printer.", s.State.Trouble):
		return frame.PrinterAbsent
	case s.Printer.Answers && (!s.Printer.State.Told || s.Printer.State.NeedsPerson()):
		return frame.PrinterSilent
	case s.Printer.Answers, s.LabelSeen:
		return frame.PrinterReady
	}
	return frame.PrinterUnproven
}

func isOf(room string, said order.Said) bool {
	return len(said.Key) > len(room) && said.Key[:len(room)] == room
}

// families are the shapes and colours of outcomes.
var families = map[packing.Outcome]kit.Family{
	packing.OpenedOut: kit.Taken, packing.TakenOut: kit.Taken, packing.ConfirmedOut: kit.Taken, packing.Accepted: kit.Taken,
	packing.LabelSeenOut: kit.Taken, packing.PutBackOut: kit.Taken, packing.ShelvedOut: kit.Taken, packing.ParkedOut: kit.Ask, packing.LeftBoxOut: kit.Taken,
	packing.UndoneOut: kit.Taken, packing.LetGoOut: kit.Taken, packing.SignedInOut: kit.Taken, packing.Repeat: kit.Repeat, packing.NothingAsked: kit.Repeat,
	packing.WrongItem: kit.Refused, packing.AlreadyFull: kit.Refused, packing.TooMany: kit.Refused, packing.NumberUsed: kit.Refused,
	packing.NumberOut: kit.Ask, packing.LotOut: kit.Ask, packing.ExpiryOut: kit.Ask, packing.ExpiredOut: kit.Refused, packing.UnknownCode: kit.Refused, packing.WrongLabel: kit.Refused,
	packing.NotPackable: kit.Refused, packing.ParcelOpen: kit.Refused, packing.CancelledOut: kit.Refused,
	packing.HoldOut: kit.Ask, packing.ElsewhereOut: kit.Ask, packing.StaleLabel: kit.Ask, packing.NeedsPerson: kit.Ask,
	packing.BinOut: kit.Taken, packing.ReturnedOut: kit.Taken, packing.WrongBin: kit.Refused, packing.BinFirst: kit.Ask, packing.NotOnList: kit.Refused,
	packing.InsertOut: kit.Taken, packing.MaterialOut: kit.Taken, packing.AmbiguousOut: kit.Ask, packing.SignedOutOut: kit.Ask, packing.WrongPINOut: kit.Refused,
	packing.OffWeightOut: kit.Ask,
	packing.WaveOut:      kit.Taken, packing.WaveLaidOut: kit.Taken, packing.PickBinOut: kit.Taken, packing.PickedOut: kit.Taken, packing.SlotOut: kit.Taken,
	packing.SortedOut: kit.Taken, packing.WrongSlot: kit.Refused, packing.SlotFirst: kit.Refused, packing.NoSlot: kit.Refused, packing.SlotFree: kit.Repeat,
	packing.SlotLacks: kit.Refused, packing.ShortOut: kit.Ask,
}

// strip is what the last scan came to, or what the bench said by itself since.
func (w *Window) strip(s station.Snapshot) frame.Strip {
	last := w.saidHere(s)
	page := w.innerShown()
	if of, any := w.scannerStrip(s); any && !w.setupShown() && page == nil {
		return of
	}
	if of, any := scaleStrip(s); any && !w.setupShown() {
		return of
	}
	elsewhere, waits := w.elsewhereStrip(s)
	switch {
	case w.shelfSays(s):
		return w.shelfStrip(s.Shelf, w.environment.Now())
	case page != nil && !w.asksWho(s):
		return page.strip()
	case w.setupShown() && !w.asksWho(s):
		return w.setupStrip()
	case waits:
		return elsewhere
	case last.Said.Key == "" && w.onOverdue():
		return frame.Strip{Meaning: order.Say("overdue.hint"), Next: order.Say("overdue.hint.next")}
	case last.Said.Key == "" && w.options.Training:
		return frame.Strip{Meaning: order.Say("training.hint"), Next: order.Say("training.hint.next")}
	case last.Said.Key == "" && w.options.Demo != nil:
		return frame.Strip{Meaning: order.Say("demo.hint"), Next: order.Say("demo.hint.next")}
	case last.Said.Key == "" && s.State.SignedOut():
		return frame.Strip{Meaning: order.Say("signin.badge")}
	case last.Said.Key == "" && sortsAtBench(s): // it was at hand when the program ended
		return frame.Strip{Meaning: order.Say("wall.wave", "wave", s.State.Sort.Wave), Next: order.Say("wall.scan")}
	case last.Said.Key == "":
		return frame.Strip{}
	}
	shown := frame.Strip{
		Family: families[last.Outcome], Word: order.Say("word." + string(last.Outcome)), Meaning: last.Said, Code: last.Code, At: last.At.Local(),
	}
	switch {
	case last.Said.Key == "refused.cancel_requested":
		shown.Family, shown.Word = kit.Stop, order.Say("word.cancel_requested")
	case stopped(s):
		shown.Family = kit.Stop
		if s.State.Phase == packing.Halted {
			shown.Word = order.Said{}
		}
	case last.Said.Key == "say.resumed":
		shown.Word = order.Say("word.resumed")
	case last.Outcome == "":
		shown.Family, shown.Word = kit.Ask, order.Said{}
	case last.Outcome == packing.TakenOut && s.State.Phase == packing.Asked && s.State.AtHand.ID == "": // the last piece is in, and something is asked before the label
		shown.Family, shown.Word, shown.Meaning = kit.Ask, order.Said{}, order.Say("question."+string(s.State.Question))
	case last.Outcome == packing.SlotOut && last.Item != "":
		good := w.goodOf(s, last.Item)
		shown.Meaning, shown.Next = order.Say("strip.item", "name", good.Name, "variant", good.Variant), last.Said
	case last.Outcome == packing.TakenOut && last.Item != "":
		line := w.line(s, last.Item)
		shown.Meaning, shown.Next = order.Say("strip.item", "name", line.Name, "variant", line.Variant), last.Said
		if unwarned(last.Said).Key == "say.complete" {
			shown.Word = order.Say("word.complete")
		}
	}
	return shown
}
