package window

import (
	"strconv"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/frame"
	"packbench/ui/kit"
)

// looksElsewhere tells whether another page is seen than the one of the bench's work: its keys and digits answer nothing that the bench asks.
func (w *Window) looksElsewhere(s station.Snapshot) bool {
	return w.bench != nil && w.page != workPage(s) && !w.asksWho(s)
}

// stopSeen tells whether the frame says that hands are to rest. A parcel that is stopped with goods in its box says it on every page; one that was only refused, or about
// which something is asked, says it where that is seen.
func (w *Window) stopSeen(s station.Snapshot) bool {
	return stopped(s) && (s.State.Phase == packing.Halted || !w.looksElsewhere(s))
}

// saidHere is what the strip is about on the page that is seen: a parcel that was refused at the bench is the bench's business alone.
func (w *Window) saidHere(s station.Snapshot) station.Strip {
	if w.looksElsewhere(s) && s.State.Phase == packing.Idle && refusedReasons[s.Strip.Outcome] {
		return station.Strip{}
	}
	return s.Strip
}

// elsewhereStrip says on another page where an answer is waited for; false where none is.
func (w *Window) elsewhereStrip(s station.Snapshot) (frame.Strip, bool) {
	if s.Strip.Said.Key == "" || !w.looksElsewhere(s) {
		return frame.Strip{}, false
	}
	shown := frame.Strip{Word: order.Say("elsewhere.word"), Next: order.Say("elsewhere.next", "key", "F"+strconv.Itoa(int(workPage(s))+1)), Code: s.Strip.Code, At: s.Strip.At.Local()}
	switch s.State.Phase {
	case packing.Halted:
		shown.Family, shown.Meaning = kit.Stop, order.Say("elsewhere.stopped")
	case packing.Asked:
		shown.Family, shown.Meaning = kit.Ask, order.Say("elsewhere.asks")
	default:
		return frame.Strip{}, false
	}
	return shown, true
}

// leavesQuestion tells whether a key goes back from a question: Esc from one about a buyer, which can be asked again at any time.
func leavesQuestion(key string, asked packing.Question) bool {
	return key == string(fyne.KeyEscape) && (asked == packing.AnswerBuyer || asked == packing.AcceptCancel)
}
