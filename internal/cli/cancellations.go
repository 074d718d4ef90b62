package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"packbench/internal/order"
)

// Cancellations lists the buyers who asked to cancel and wait for an answer, and gives one.
type Cancellations struct {
	Accept  string `placeholder:"ID" help:"Accept this cancellation: the order is cancelled."`
	Reject  string `placeholder:"ID" help:"Reject this cancellation, for --reason."`
	Reason  string `placeholder:"REASON" help:"One of the platform's own reasons, as --reasons lists them."`
	Reasons string `placeholder:"ID" help:"List the platform's reasons to reject this cancellation."`
	JSON    bool   `name:"json" help:"One object a line."`
}

// cancellationLine is one buyer's wish.
type cancellationLine struct {
	CancelID string `json:"cancel_id"`
	OrderID  string `json:"order_id"`
	Asked    string `json:"asked"`
	AnswerBy string `json:"answer_by"`
	Reason   string `json:"reason"`
}

// Served tells that a program that has the folder open does it.
func (v *Cancellations) Served() bool { return true }

// Run gives the answer it is told to give, or lists. An answer the platform did not take ends it with ErrNeedsPerson: the outbox says why.
func (v *Cancellations) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	owed, err := bench.Store.AnswersOwed()
	if err != nil {
		return err
	}
	chosen := v.Accept + v.Reject + v.Reasons
	switch {
	case v.Accept != "" && v.Reject != "" || v.Reject != "" && v.Reason == "":
		return order.Trouble(nil, "usage.cancellations")
	case chosen == "":
		return v.list(e, owed)
	}
	for _, c := range owed {
		if c.ID != chosen {
			continue
		}
		if v.Reasons != "" {
			return v.reasons(e, bench, c)
		}
		return v.answer(e, bench, c)
	}
	return order.Trouble(nil, "cancellations.unknown", "id", chosen)
}

func (v *Cancellations) list(e *Environment, owed []order.Cancellation) error {
	list := e.listing(v.JSON, "cancellations.header")
	for _, c := range owed {
		line := cancellationLine{CancelID: c.ID, OrderID: c.OrderID, Asked: moment(c.CreatedAt), AnswerBy: moment(c.AnswerBy), Reason: c.ReasonText}
		if line.Reason == "" {
			line.Reason = c.Reason
		}
		if err := list.add(line, line.CancelID, line.OrderID, line.Asked, line.AnswerBy, line.Reason); err != nil {
			return err
		}
	}
	return list.end()
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (v *Cancellations) reasons(e *Environment, bench *Bench, c order.Cancellation) error {
	kept, err := bench.Mirror()
	if err != nil {
		return err
	}
	reasons, err := kept.RejectReasons(e.Context, c, string(e.Tongue.Language))
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "reasons.header")
	for _, r := range reasons {
		if err := list.add(map[string]string{"reason": r.Name, "text": r.Text}, r.Name, r.Text); err != nil {
			return err
		}
	}
	return list.end()
}

// answerWithin is how long an answer is tried before the outbox goes on with it by itself.
const answerWithin = time.Minute

// answer puts the answer into the outbox and has it put to the platform.
func (v *Cancellations) answer(e *Environment, bench *Bench, c order.Cancellation) error {
	kept, err := bench.Mirror()
	if err != nil {
		return err
	}
	parcels, err := bench.Store.ParcelsOf(c.OrderID)
	if err != nil {
		return err
	}
	if len(parcels) == 0 {
		return order.Trouble(nil, "cancellations.unknown", "id", c.ID)
	}
	parcel, _, err := bench.Store.Parcel(parcels[0])
	if err != nil {
		return err
	}
	reason, err := v.reason(e, kept, c)
	if err != nil {
		return err
	}
	id := rand.Text()
	if err := bench.record(e.Context, parcel.Answer(c, order.BuyerAnswer{Accept: v.Accept != "", Reason: reason}, id, e.Now())...); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(e.Context, answerWithin)
	defer cancel()
	left, found := order.Request{}, false
	if err := bench.pushUntil(ctx, kept, func() (over bool, err error) {
		left, found, err = bench.requested(id)
		return !found || left.Parked.Key != "", err
	}); err != nil {
		return err
	}
	if !found {
		return v.answered(e, c)
	}
	list := e.listing(v.JSON, "outbox.header")
	if err := errors.Join(outboxLineOf(e, parcel.Key, left).write(e, list), list.end()); err != nil {
		return err
	}
	return ErrNeedsPerson
}

// reason is the platform's own name of the reason that was given, by its name or its words. Any other is refused here: the platform would, and the
// buyer's time runs.
func (v *Cancellations) reason(e *Environment, kept *Mirror, c order.Cancellation) (string, error) {
	if v.Reject == "" {
		return "", nil
	}
	reasons, err := kept.RejectReasons(e.Context, c, string(e.Tongue.Language))
	if err != nil {
		return "", err
	}
	var names []string
	for _, r := range reasons {
		if r.Name == v.Reason || strings.EqualFold(r.Text, v.Reason) {
			return r.Name, nil
		}
		names = append(names, r.Name)
	}
	return "", order.Trouble(nil, "usage.reason", "reason", v.Reason, "reasons", strings.Join(names, ", "))
}

// answered says that the platform took the answer.
func (v *Cancellations) answered(e *Environment, c order.Cancellation) error {
	answer, said := "rejected", "say.cancel_rejected"
	if v.Accept != "" {
		answer, said = "accepted", "say.cancel_accepted"
	}
	if v.JSON {
		return e.Line(map[string]string{"cancel_id": c.ID, "order_id": c.OrderID, "answer": answer})
	}
	_, err := fmt.Fprintln(e.Stdout, e.Tongue.Text(said, "order", c.OrderID))
	return err
}

// requested is a request that is still in the outbox; found is false where it is not.
func (b *Bench) requested(id string) (r order.Request, found bool, err error) {
	parcels, err := b.Store.Requests()
	for _, parcel := range parcels {
		for _, r := range parcel.Work.Requests {
			if r.ID == id {
				return r, true, err
			}
		}
	}
	return order.Request{}, false, err
}
