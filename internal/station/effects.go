package station

import (
	"context"
	"errors"
	"time"

	"packbench/internal/label"
	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
	"packbench/internal/spool"
	"packbench/printer/state"
)

// Mirror is what the bench asks of the mirror.
type Mirror interface {
	Sync(ctx context.Context, told func(mirror.Progress)) error
	ClockOff() time.Duration
	Refresh(ctx context.Context, key order.ParcelKey) (order.Parcel, bool, error)
	Ship(ctx context.Context, parcel order.Parcel) (made order.ParcelKey, err error)
	Track(ctx context.Context) error
	Document(ctx context.Context, parcel order.Parcel) (document []byte, name, tracking string, err error)
	Hazmat(ctx context.Context, parcel order.Parcel) (document []byte, err error)
	Owed(ctx context.Context, parcel order.Parcel, language string) (order.Owed, error)
	Handover(ctx context.Context, parcel order.Parcel) (string, error)
}

// Labels draws the platform's label documents.
type Labels interface {
	Make(ctx context.Context, document []byte, medium page.Size, dpi int) (*page.Page, error)
}

// Printer is the bench's printer: what turns a page into its language, and takes the bytes.
type Printer interface {
	spool.Printer
	Encode(p *page.Page) []byte
	Medium() page.Size
	DPI() int
	// Answers tells that the printer is known to answer, State asks it how it is.
	Answers() bool
	State(ctx context.Context) (state.State, error)
	// Pace is how long one label takes at the speed that is set, 0 where none is set.
	Pace() time.Duration
	// Doubt tells that the printer may be in the middle of a label.
	Doubt(ctx context.Context)
	// Opened is how often the device has been opened: what it held is in doubt when that grows.
	Opened() int
}

// start carries out an effect beside the loop. What it comes to is posted back; when the bench closes, nothing is: the journal
// shows the next Run what was under way.
func (s *Station) start(effect packing.Effect) {
	s.outstanding++
	ctx, ahead := s.ctx, s.label
	s.working.Go(func() {
		end := s.carryOut(ctx, effect, ahead)
		end.last = true
		if ctx.Err() != nil {
			return
		}
		s.inbox.post(end)
	})
}

// carryOut does what an effect asks for; ahead is the open parcel's label, if it is drawn already or being drawn.
func (s *Station) carryOut(ctx context.Context, effect packing.Effect, ahead *drawing) finished {
	switch effect := effect.(type) {
	case packing.Refresh:
		return finished{inputs: []packing.Input{s.refresh(ctx, effect.Key)}}
	case packing.Ship:
		return finished{inputs: []packing.Input{s.ship(ctx, effect.Parcel)}}
	case packing.MakeLabel:
		return s.makeLabel(ctx, effect, ahead)
	case packing.Send:
		return s.sendLabel(ctx, effect, ahead)
	case packing.PrintQR:
		return finished{inputs: []packing.Input{s.printQR(ctx, effect)}}
	case packing.PrintHazmat:
		return finished{inputs: []packing.Input{s.printHazmat(ctx, effect.Parcel)}}
	case packing.AskOwed:
		return finished{inputs: []packing.Input{s.askOwed(ctx, effect.Parcel)}}
	case packing.CheckPIN:
		return finished{inputs: []packing.Input{s.checkPIN(effect)}}
	}
	return finished{}
}

func (s *Station) refresh(ctx context.Context, key order.ParcelKey) packing.Read {
	parcel, found, err := s.Mirror.Refresh(ctx, key)
	s.logTrouble("the platform was not read", key, err)
	return packing.Read{Key: key, Parcel: parcel, Found: found, Problem: order.AsProblem(err)}
}

// ship asks for shipment only where the label can be printed: a parcel that is arranged and has no label helps nobody.
func (s *Station) ship(ctx context.Context, parcel order.Parcel) packing.ShipAnswered {
	if err := s.mayComeOut(ctx); err != nil {
		s.logTrouble("the printer would not print", parcel.Key, err)
		return packing.ShipAnswered{Key: parcel.Key, Result: packing.ShipNo, Problem: order.AsProblem(err)}
	}
	made, err := s.Mirror.Ship(ctx, parcel)
	s.logTrouble("shipment was not arranged", parcel.Key, err)
	return mirror.ShipEnd(parcel.Key, made, err)
}

// makeLabel fetches the document if need be, reads the parcel anew (its tracking number is known now), draws the page unless that is done, and checks
// what was read back from it.
func (s *Station) makeLabel(ctx context.Context, effect packing.MakeLabel, ahead *drawing) finished {
	parcel := effect.Parcel
	made := packing.LabelMade{Key: parcel.Key, Document: effect.Document, Version: parcel.LabelVersion, Tracking: parcel.Tracking}
	document, err := s.kept(effect.Document)
	var inputs []packing.Input
	if err == nil && document == nil {
		ahead = nil // it is of what was kept
		document, made.Document, made.Tracking, err = s.Mirror.Document(ctx, parcel)
		if err == nil {
			inputs = append(inputs, s.refresh(ctx, parcel.Key))
		}
	}
	if err == nil && s.Checks.WantsHandover(parcel) {
		made.Handover, err = s.Mirror.Handover(ctx, parcel)
	}
	if err != nil {
		s.logTrouble("there is no label document", parcel.Key, err)
		made.Document = effect.Document
		made.Problem, made.Standing = order.AsProblem(err), mirror.StandingFrom(err)
		return finished{inputs: append(inputs, made)}
	}
	drawn, err := s.drawn(ctx, ahead, made.Document, document)
	if err != nil {
		s.logTrouble("the label was not drawn", parcel.Key, err)
		made.Problem = order.AsProblem(err)
		return finished{inputs: append(inputs, made)}
	}
	parcel.Tracking = made.Tracking
	made.Verdict = label.Check(drawn.codes, parcel, s.others)
	return finished{inputs: append(inputs, made), label: drawn, of: parcel.Key}
}

// others tells whose number a code on a label is.
func (s *Station) others(code string) []order.ParcelKey {
	keys, err := s.Store.ParcelsOf(code)
	if err != nil {
		s.Log.Error("a code on a label was not looked up", "error", err)
	}
	return keys
}

func (s *Station) kept(name string) ([]byte, error) {
	if name == "" {
		return nil, nil
	}
	return s.Store.Document(name)
}

// sendLabel draws the label once more where this bench was started anew since, and sends it.
func (s *Station) sendLabel(ctx context.Context, effect packing.Send, ahead *drawing) finished {
	key := effect.Parcel.Key
	answer := packing.SendAnswered{Key: key, End: packing.SendNot}
	drawn, err := s.toSend(ctx, effect, ahead)
	if err == nil {
		err = s.mayComeOut(ctx)
	}
	if err == nil {
		var state order.LabelState
		state, err = spool.Send(ctx, s.Printer, s.Printer.Encode(drawn.page), func() error { return s.commit(ctx, packing.SendStarted{Key: key}) })
		if state == order.Sent {
			answer.End = packing.SendDone
			return finished{inputs: []packing.Input{answer}, label: drawn, of: key}
		}
	}
	s.logTrouble("the label was not sent", key, err)
	answer.Problem = order.AsProblem(err)
	return finished{inputs: []packing.Input{answer}, label: drawn, of: key}
}

// toSend is the page of the document that is to be sent.
func (s *Station) toSend(ctx context.Context, effect packing.Send, ahead *drawing) (*drawing, error) {
	name := effect.Document
	if ready := ahead.of(ctx, name); ready != nil {
		return ready, nil
	}
	document, err := s.kept(name)
	if err == nil && document == nil {
		document, name, _, err = s.Mirror.Document(ctx, effect.Parcel)
	}
	if err != nil {
		return nil, err
	}
	return s.drawn(ctx, nil, name, document)
}

// commit has the loop journal an input and waits until it is on the disk.
func (s *Station) commit(ctx context.Context, input packing.Input) error {
	done := make(chan error, 1)
	s.inbox.post(commit{input, done})
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return order.Trouble(ctx.Err(), "bench.closing")
	}
}

// poll reads the shops' changes over and over.
func (s *Station) poll() {
	for {
		err := s.Mirror.Sync(s.ctx, func(p mirror.Progress) { s.inbox.post(p) })
		if s.ctx.Err() != nil {
			return
		}
		if err != nil {
			s.Log.Warn("the shops were not read", "error", err)
		}
		s.inbox.post(synced{order.AsProblem(err)})
		if err == nil {
			s.logTrouble("the carriers were not asked about all parcels", "", s.Mirror.Track(s.ctx))
		}
		select {
		case <-s.ctx.Done():
			return
		case <-time.After(s.Poll):
		}
	}
}

func (s *Station) logTrouble(what string, key order.ParcelKey, err error) {
	if err != nil && !errors.Is(err, context.Canceled) {
		s.Log.Warn(what, "parcel", key, "error", err)
	}
}
