package window

import (
	"time"

	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/kit"
	"packbench/ui/sound"
)

// sounds tells people by ear what a scan came to. Its told belongs to the bench's goroutine.
type sounds struct {
	player *sound.Player // nil where the settings want silence
	told   time.Time     // the last thing said that was heard
	// toldAtShelf is the same of the hand-over shelf.
	toldAtShelf time.Time
}

// hear plays what a new snapshot says, once; it waits for nothing.
func (h *sounds) hear(s station.Snapshot) {
	if h.player == nil {
		return
	}
	if last := s.Shelf.Last; last.At.After(h.toldAtShelf) {
		h.toldAtShelf = last.At
		if f, loud := soundAtShelf(s.Shelf); loud && s.Shelf.AtHand {
			h.player.Play(f)
		}
	}
	if !s.Strip.At.After(h.told) {
		return
	}
	h.told = s.Strip.At
	if f, loud := soundOf(s); loud {
		h.player.Play(f)
	}
}

// soundAtShelf is the sound of what a scan at the shelf came to, by the family of its outcome; a repeat makes none.
func soundAtShelf(s station.Shelf) (f sound.Family, loud bool) {
	switch shelfFamilies[s.Last.Outcome] {
	case kit.Taken:
		return sound.Good, true
	case kit.Refused:
		return sound.Wrong, true
	case kit.Ask:
		return sound.Ask, true
	case kit.Stop:
		return sound.Stop, true
	}
	return 0, false
}

// end lets what is being played end. The bench must have stopped.
func (h *sounds) end() {
	if h.player != nil {
		h.player.Close()
	}
}

// soundOf is the sound of what the bench said last; a repeat that was ignored makes none, nor does what is no answer and needs nobody.
func soundOf(s station.Snapshot) (f sound.Family, loud bool) {
	outcome := s.Strip.Outcome
	switch {
	case s.Strip.Said.Key == "" || s.Strip.Said.Key == "say.resumed" || s.Strip.Said.Key == "say.locked":
		return 0, false
	case outcome == packing.ConfirmedOut:
		return sound.Confirmed, true
	case stopped(s):
		return sound.Stop, true
	case outcome == packing.SlotOut && s.State.Sort.Hand.Slot.Number > 0:
		return sound.Slot(s.State.Sort.Hand.Slot.Number), true
	case outcome == "":
		return sound.Ask, s.State.Phase == packing.Asked
	}
	switch families[outcome] {
	case kit.Taken:
		return sound.Good, true
	case kit.Refused:
		return sound.Wrong, true
	case kit.Ask:
		return sound.Ask, true
	}
	return 0, false
}
