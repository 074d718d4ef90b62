package platform

import (
	"testing"

	"packbench/internal/words"
)

// Every code the platform may refuse with is a sentence in every language.
func TestVerdictsAreSpoken(t *testing.T) {
	for _, language := range words.Languages {
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		for code, v := range verdicts {
			if said := tongue.Text(v.key, "code", code); said == v.key || said == "" {
				t.Errorf("%s: code %d has no sentence %s", language, code, v.key)
			}
			if v.again && v.reaction != Retry {
				t.Errorf("code %d is tried again but asks for %s", code, v.reaction)
			}
		}
	}
}

// The minimum set of platform API 4.3, number by number.
func TestReactionsTheBenchNeeds(t *testing.T) {
	for reaction, codes := range map[Reaction][]int{
		AlreadyShipped: {11006021, 21008099, 21011020, 21011040, 21011006, 21042056},
		Cancelled:      {21011041, 21011042, 21023059, 25020009},
		CancelPending:  {21008044, 21011007, 21021010},
		OnHold:         {21011044},
		LabelNotReady:  {11034037, 11034023, 21023022, 21023034, 11034025, 11006010},
		LabelTooEarly:  {21023035, 21042104},
		LabelTooLate:   {21042102, 21023046},
		NotOurs:        {21011028, 21008111, 101000},
		PlatformPacks:  {21008025, 21008043},
		AskPerson:      {21008106, 106001, 21011027, 99},
		ReAuthorize:    {105002, 105005},
	} {
		for _, code := range codes {
			if got := ReactionTo(&Error{Code: code, Path: "/x/shipping_documents"}); got != reaction {
				t.Errorf("code %d: %s, want %s", code, got, reaction)
			}
		}
	}
}
