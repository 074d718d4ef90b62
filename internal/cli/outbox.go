package cli

import (
	"errors"
	"slices"
	"time"

	"packbench/internal/mirror"
	"packbench/internal/order"
)

// Outbox lists what the platform is still to be asked or told, and what of it waits for a person.
type Outbox struct {
	Again []string `placeholder:"ID" help:"Have these requests tried again."`
	Drop  []string `placeholder:"ID" help:"Give these requests up."`
	JSON  bool     `name:"json" help:"One object a line."`
}

// outboxLine is one request.
type outboxLine struct {
	ID        string            `json:"id"`
	PackageID order.ParcelKey   `json:"package_id"`
	Kind      order.RequestKind `json:"kind"`
	State     string            `json:"state"` // waiting, unanswered or parked
	Tries     int               `json:"tries"`
	NotBefore string            `json:"not_before,omitempty"`
	Reason    string            `json:"reason,omitempty"`
	Message   string            `json:"message,omitempty"`
	Next      string            `json:"next,omitempty"`
}

// Served tells that a program that has the folder open does it.
func (v *Outbox) Served() bool { return true }

// Run changes what it is told to and lists the rest. Something that waits for a person ends it with ErrNeedsPerson.
func (v *Outbox) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	for kind, ids := range map[order.EventKind][]string{order.RequestResumed: v.Again, order.RequestDropped: v.Drop} {
		for _, id := range ids {
			if err := v.change(e, bench, kind, id); err != nil {
				return err
			}
		}
	}
	if len(v.Again) > 0 {
		kept, err := bench.Mirror()
		if err != nil {
			return err
		}
		if _, err := bench.push(e.Context, kept); err != nil {
			return err
		}
	}
	return v.list(e, bench)
}

// change journals what a person decided about a request. Who gives up a shipment does not want its label either.
func (v *Outbox) change(e *Environment, bench *Bench, kind order.EventKind, id string) error {
	parcels, err := bench.Store.Requests()
	if err != nil {
		return err
	}
	for _, parcel := range parcels {
		requests := parcel.Work.Requests
		at := slices.IndexFunc(requests, func(r order.Request) bool { return r.ID == id })
		if at < 0 {
			continue
		}
		var events []order.Event
		for i, r := range requests {
			label := kind == order.RequestDropped && requests[at].Kind == order.Arrange && r.Kind == order.FetchLabel
			if i == at || label {
				events = append(events, order.Event{At: e.Now(), Kind: kind, Parcel: journalKey(parcel), Request: order.Request{ID: r.ID}})
			}
		}
		return bench.record(e.Context, events...)
	}
	return order.Trouble(nil, "outbox.unknown", "id", id)
}

func (v *Outbox) list(e *Environment, bench *Bench) error {
	parcels, err := bench.Store.Requests()
	if err != nil {
		return err
	}
	parked, list := false, e.listing(v.JSON, "outbox.header")
	for _, parcel := range parcels {
		for _, r := range parcel.Work.Requests {
			line := outboxLineOf(e, parcel.Key, r)
			parked = parked || line.State == "parked"
			if err := line.write(e, list); err != nil {
				return err
			}
		}
	}
	if err := list.end(); err != nil {
		return err
	}
	if parked {
		return ErrNeedsPerson
	}
	return nil
}

func outboxLineOf(e *Environment, key order.ParcelKey, r order.Request) outboxLine {
	line := outboxLine{ID: r.ID, PackageID: key, Kind: r.Kind, State: "waiting", Tries: r.Tries}
	if !r.NotBefore.IsZero() {
		line.NotBefore = r.NotBefore.UTC().Format(time.RFC3339)
	}
	switch {
	case r.Parked.Key != "":
		line.State, line.Reason = "parked", r.Parked.Key
		line.Message, line.Next = e.Tongue.Say(r.Parked), e.Tongue.Say(mirror.NextAct(r.Parked))
	case r.Unanswered:
		line.State = "unanswered"
	}
	return line
}

func (l outboxLine) write(e *Environment, list *listing) error {
	return list.add(l, l.ID, string(l.PackageID), e.Tongue.Say(kindNames[l.Kind]), e.Tongue.Say(stateNames[l.State]), l.Message, l.Next)
}

// kindNames and stateNames are how people call what is in the outbox.
var (
	kindNames = map[order.RequestKind]order.Said{
		order.Arrange: order.Say("outbox.arrange"), order.FetchLabel: order.Say("outbox.fetch_label"),
		order.AnswerCancel: order.Say("outbox.answer_cancel"), order.UploadTracking: order.Say("outbox.upload_tracking"),
		order.SplitOrder: order.Say("outbox.split"),
	}
	stateNames = map[string]order.Said{
		"waiting": order.Say("outbox.waiting"), "unanswered": order.Say("outbox.unanswered"), "parked": order.Say("outbox.parked"),
	}
)
