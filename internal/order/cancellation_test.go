package order

import (
	"testing"
	"time"
)

func TestPending(t *testing.T) {
	deadline := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		cancellation Cancellation
		pending      bool
	}{
		"the buyer asks":             {Cancellation{Type: CancelByBuyer, Status: CancelRequestPending, AnswerBy: deadline}, true},
		"without a deadline":         {Cancellation{Type: CancelByBuyer, Status: CancelRequestPending}, true},
		"a type of tomorrow":         {Cancellation{Type: "BUYER_CANCEL_2", Status: CancelRequestPending, AnswerBy: deadline}, true},
		"the platform is at it":      {Cancellation{Type: "CANCEL", Status: CancelRequestPending}, false},
		"answered":                   {Cancellation{Type: CancelByBuyer, Status: CancelRequestSuccess, AnswerBy: deadline}, false},
		"withdrawn":                  {Cancellation{Type: CancelByBuyer, Status: CancelRequestClosed}, false},
		"a status nobody has met":    {Cancellation{Type: CancelByBuyer, Status: "CANCELLATION_REQUEST_THINKING"}, false},
		"nothing is known but an id": {Cancellation{ID: "1"}, false},
	} {
		if got := c.cancellation.Pending(); got != c.pending {
			t.Errorf("%s: pending %t", name, got)
		}
	}
}
