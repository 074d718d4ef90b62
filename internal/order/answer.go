package order

import (
	"strconv"
	"strings"
	"time"
)

// RejectReason is a reason of the platform's own to say no to a buyer who asks to cancel.
type RejectReason struct {
	Name string // what the platform takes
	Text string // for people, in the language asked for
}

// PackedReason is the platform's name of the reason that the goods are packed already (platform API 3.9, Reject).
const PackedReason = "seller_reject_apply_product_has_been_packed"

// Owed is an answer that a buyer waits for who asked to cancel, and what the platform takes for one now. The zero value owes nothing.
type Owed struct {
	Cancellation
	Reasons []RejectReason
}

// BuyerAnswer is the answer to a buyer: yes, or no for a Reason of the platform's own. Comment says more to the buyer; it may be empty.
type BuyerAnswer struct {
	Accept  bool
	Reason  string
	Comment string
}

// SaysPacked tells whether the answer is no because the goods are packed. In some markets the platform's names of reasons have an ending (platform API 3.9, Reject).
func (a BuyerAnswer) SaysPacked() bool { return strings.HasPrefix(a.Reason, PackedReason) }

// Answers are the answers that can be given truthfully: no because the goods are packed only once they are.
func (o Owed) Answers(packed bool) []BuyerAnswer {
	answers := []BuyerAnswer{{Accept: true}}
	for _, r := range o.Reasons {
		if a := (BuyerAnswer{Reason: r.Name}); packed || !a.SaysPacked() {
			answers = append(answers, a)
		}
	}
	return answers
}

// PackedGround is what a buyer is told who is refused because the goods are packed: how many pieces were scanned, and when the last of them was.
func PackedGround(pieces int, at time.Time) string {
	return "Packed: " + strconv.Itoa(pieces) + " of " + strconv.Itoa(pieces) + " pieces scanned, " + at.UTC().Format("2006-01-02 15:04") + " UTC"
}

// Answer are the events that put an answer to a buyer into the outbox under an id, in the place of answers that wait for a person.
func (k Known) Answer(c Cancellation, a BuyerAnswer, id string, now time.Time) []Event {
	key := k.Key
	if k.Work.Parcel != "" {
		key = k.Work.Parcel
	}
	var events []Event
	for _, r := range k.Work.Requests {
		if r.Kind == AnswerCancel && r.CancelID == c.ID && r.Parked.Key != "" {
			events = append(events, Event{At: now, Kind: RequestDropped, Parcel: key, Request: Request{ID: r.ID}})
		}
	}
	made := Request{ID: id, Kind: AnswerCancel, OrderID: c.OrderID, CancelID: c.ID, Accept: a.Accept, Reason: a.Reason, Comment: a.Comment}
	return append(events, Event{At: now, Kind: RequestMade, Parcel: key, Request: made})
}

// Answering is the answer to a buyer's wish to cancel that is in the outbox; false where there is none.
func (w Work) Answering(cancelID string) (Request, bool) {
	for _, r := range w.Requests {
		if r.Kind == AnswerCancel && r.CancelID == cancelID {
			return r, true
		}
	}
	return Request{}, false
}
