package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/internal/words"
	"packbench/ui/frame"
	"packbench/ui/kit"
)

// What the bench refused or asks is said where keys answer it; another page says at most where an answer waits.
func TestAnotherPageAsksForNoAnswer(t *testing.T) {
	refused := station.Snapshot{State: packing.State{Phase: packing.Idle}, Strip: station.Strip{Outcome: packing.CancelledOut, Said: order.Say("refused.cancel_requested"), Code: "P1", At: now}}
	asked := owing()
	asked.State.Phase, asked.State.Question = packing.Asked, packing.AnswerBuyer
	asked.Strip = station.Strip{Outcome: packing.NeedsPerson, Said: order.Say("ask.answer_buyer", "order", "O1"), At: now}
	halted := owing()
	halted.Strip = refused.Strip
	for name, c := range map[string]struct {
		snapshot station.Snapshot
		meaning  string // on another page
		family   kit.Family
		amber    bool
	}{
		"refused": {refused, "", kit.Quiet, false},
		"asked":   {asked, "elsewhere.asks", kit.Ask, false},
		"halted":  {halted, "elsewhere.stopped", kit.Stop, true},
	} {
		w := newSettings(t)
		w.page = frame.PagePack
		if m := w.frameModel(c.snapshot, now); m.Strip.Meaning.Key != c.snapshot.Strip.Said.Key {
			t.Errorf("%s: at the bench %+v", name, m.Strip)
		}
		for _, page := range []frame.Page{frame.PagePick, frame.PageOrders, frame.PageShift, frame.PageSettings} {
			w.page = page
			m := w.frameModel(c.snapshot, now)
			if m.Strip.Meaning.Key != c.meaning || m.Strip.Family != c.family || m.Stopped != c.amber {
				t.Errorf("%s on page %d: amber %v, %+v", name, page, m.Stopped, m.Strip)
			}
			if c.meaning == "" {
				continue
			}
			for _, language := range words.Languages {
				tongue, err := words.In(language)
				if err != nil {
					t.Fatal(err)
				}
				if next := tongue.Say(m.Strip.Next); !strings.Contains(next, "F1") {
					t.Errorf("%s in %s: %q does not lead to the bench", name, language, next)
				}
			}
		}
	}
}

// Esc goes back from the question about a buyer, and from no other.
func TestEscLeavesAQuestionAboutABuyer(t *testing.T) {
	esc := string(fyne.KeyEscape)
	for _, q := range []packing.Question{packing.AnswerBuyer, packing.AcceptCancel} {
		if !leavesQuestion(esc, q) || leavesQuestion("F2", q) {
			t.Errorf("%s", q)
		}
	}
	for _, q := range []packing.Question{"", packing.PackOn, packing.GoodsAreBack, packing.PutAside} {
		if leavesQuestion(esc, q) {
			t.Errorf("Esc answers %q", q)
		}
	}
}
