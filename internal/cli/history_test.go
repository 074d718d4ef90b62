package cli

import (
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/words"
)

// People read what happened in their own words; programs get the journal's.
func TestEventsHaveNames(t *testing.T) {
	for _, language := range []words.Language{words.English, words.Chinese} {
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []order.EventKind{
			order.Opened, order.LetGo, order.Taken, order.ShipTried, order.ShipRefused, order.ShipArranged, order.DocumentKept, order.LabelAllowed,
			order.LabelQueued, order.LabelSending, order.LabelUnsent, order.LabelSent, order.LabelVoided, order.Confirmed, order.Stopped, order.PutBack, order.Shelved,
			order.Renamed, order.RequestMade, order.RequestTried, order.RequestDelayed, order.RequestDone, order.RequestParked, order.RequestResumed,
			order.RequestDropped, order.LeftBox, order.Returned, order.Undone, order.ParkedAway, order.WeightOff, order.WeightAllowed,
		} {
			if said := tongue.Text("event." + string(kind)); strings.HasPrefix(said, "event.") {
				t.Errorf("%s: %s has no name", language, kind)
			}
		}
	}
}
