package order

import "time"

// The states of a request to cancel as the platform names them (platform API 3.9). Values it adds later are kept as they came.
const (
	CancelRequestPending  = "CANCELLATION_REQUEST_PENDING"  // waits for the seller's answer
	CancelRequestSuccess  = "CANCELLATION_REQUEST_SUCCESS"  // accepted
	CancelRequestComplete = "CANCELLATION_REQUEST_COMPLETE" // accepted and refunded
	// CancelRequestClosed is withdrawn or refused. The platform spells it CANCELLATION_REQUEST_CANCEL too; here it is always this.
	CancelRequestClosed = "CANCELLATION_REQUEST_CANCELLED"
)

// CancelByBuyer is the type of a cancellation that needs an answer; the other is CANCEL (platform API 3.9).
const CancelByBuyer = "BUYER_CANCEL"

// Cancellation is a cancellation of an order or of some of its units, asked for or done (platform API 3.9).
type Cancellation struct {
	ID, OrderID string
	Type        string // BUYER_CANCEL or CANCEL
	Status      string // CancelRequestPending …
	Role        string // who asked: BUYER, SELLER or SYSTEM
	Reason      string // the platform's key
	ReasonText  string // for people to read

	CreatedAt, UpdatedAt time.Time
	// AnswerBy is when the platform answers for the seller; zero where no answer is asked for.
	AnswerBy time.Time
	// LineIDs are the units it is about; empty where the platform named none.
	LineIDs []string
}

// Pending tells whether the buyer waits for the seller's answer. A request of a type nobody has heard of waits where the
// platform named a time to answer by.
func (c Cancellation) Pending() bool {
	return c.Status == CancelRequestPending && (c.Type == CancelByBuyer || !c.AnswerBy.IsZero())
}

// Answers tells whether the cancellation is what the buyer waits for who asked at a moment, as far as anybody told: a buyer may withdraw a wish and ask again, and the
// order says nothing of it in between. A minute lies between what the platform calls the same moment at most.
func (c Cancellation) Answers(asked time.Time) bool {
	return c.Pending() && !c.CreatedAt.Before(asked.Add(-time.Minute))
}
