package station

import (
	"cmp"
	"errors"

	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
)

// finished brings the end of an effect into the loop.
type finished struct {
	inputs []packing.Input
	label  *drawing
	of     order.ParcelKey // whose label it is
	last   bool            // nothing more comes from this effect
}

// commit asks the loop to journal an input before the effect goes on.
type commit struct {
	input packing.Input
	done  chan error
}

// errMovedOn keeps a label back that nobody waits for any more.
var errMovedOn = errors.New("station: the bench works on something else by now")

type synced struct{ problem *order.Problem }

// handle takes one message and then the scans that waited for it.
func (s *Station) handle(message any) {
	switch message := message.(type) {
	case request:
		if s.atShelf(message) {
			break
		}
		if s.overtakes(message) {
			s.queue = append([]request{message}, s.queue...)
			break
		}
		s.queue = append(s.queue, message)
	case finished:
		if message.last {
			s.outstanding--
		}
		if message.label != nil && message.of == s.state.Parcel.Key {
			s.label = message.label
		}
		for _, input := range message.inputs {
			s.learn(input)
		}
	case commit:
		err := s.rewrite() // what came before it is journalled before it
		if err == nil {
			err = s.apply(message.input, nil)
		}
		if err == nil && s.state.Work.Label.State != order.Sending {
			err = errMovedOn
		}
		message.done <- err
	case record:
		s.recorded(message)
	case printWish:
		if !s.vouch(message) {
			s.answerWish(message, s.wished(message.PrintWish))
		}
	case vouched:
		err := s.allowedBy(message)
		if err == nil {
			err = s.wished(message.wish.PrintWish)
		}
		s.answerWish(message.wish, err)
	case changePrinter:
		s.change = &message
	case madeInRun:
		s.madeOne(message)
	case commitInRun:
		s.committedInRun(message)
	case sentInRun:
		s.sentOne(message)
	case idleHealth:
		s.heardIdle(message)
	case askedPrinter:
		s.heardPrinter(message)
	case mirror.Progress:
		s.view.Reading, s.news = message, true
		s.publish(true) // what is read can be packed
	case laneDrawn:
		s.laneDrawing = false
		s.drawLane()
	case aheadDrawn:
		s.outstanding--
		if message.drawing == s.label {
			s.publish(false)
		}
	case synced:
		s.view.Reading, s.view.ClockOff = mirror.Progress{}, s.Mirror.ClockOff()
		s.view.PlatformTrouble, s.news = order.Said{}, true
		if message.problem != nil {
			s.view.PlatformTrouble = message.problem.Said
		}
		s.publish(true)
	case shelfAt, shelfBag, shelfTake, shelfLook, shelfDone, modesTold:
		s.shelfMessage(message)
	case scaleShows:
		s.reading = &message.Reading
	case scaleSaid:
		s.heardOfScale(message.Said)
	case settle:
		s.settlers = append(s.settlers, message.done)
	}
	s.hearNews()
	s.hearScale()
	s.takeQueued()
	s.tryChange()
	s.goOn()
	s.drawAhead()
	s.settleDown()
}

// overtakes tells whether a wish need not wait like a scan: to put a parcel on the waiting shelf while its label is waited for.
func (s *Station) overtakes(r request) bool {
	_, aside := r.input.(packing.Aside)
	return aside && s.state.Phase == packing.Labelling
}

// takeQueued decides the scans that waited, as long as the bench is not busy. A yes is not a scan: it may be what the bench waits for.
// While the journal refuses what effects came to, nothing more comes of waiting: every scan tries the journal again, and is refused with it.
func (s *Station) takeQueued() {
	for len(s.queue) > 0 {
		next := s.queue[0]
		if len(s.unwritten) == 0 {
			if _, yes := next.input.(packing.OK); s.held != nil || !yes && s.state.Busy() && !s.overtakes(next) {
				return
			}
		}
		s.queue = s.queue[1:]
		s.decide(next)
	}
}

func (s *Station) decide(r request) {
	s.hidePIN(&r) // first: what the journal refuses is told to the packer
	_, yes := r.input.(packing.OK)
	if len(s.unwritten) > 0 {
		switch err := s.rewrite(); {
		case err != nil:
			s.refuse(&r, order.AsProblem(err))
			return
		case yes:
			r.answer(Answer{Outcome: packing.Accepted, Said: order.Say("say.accepted"), Parcel: s.state.Parcel.Key})
			return
		case s.held != nil || s.state.Busy():
			s.queue = append([]request{r}, s.queue...)
			return
		}
	}
	if yes && s.refused != nil {
		r.input = *s.refused
	}
	s.refused = nil
	s.hidePIN(&r)
	if scanned, ok := r.input.(packing.Scanned); ok {
		candidates, err := s.Store.Candidates(scanned.Code)
		if err != nil {
			s.refuse(&r, order.AsProblem(err))
			return
		}
		candidates.Badge = order.PersonOf(s.state.Staff.People, scanned.Code)
		if err := s.lookToLearn(&candidates, scanned.Code); err != nil {
			s.refuse(&r, order.AsProblem(err))
			return
		}
		if scanned.Like, err = s.like(); err != nil {
			s.refuse(&r, order.AsProblem(err))
			return
		}
		scanned.Candidates = candidates
		r.input = scanned
		if !scanned.Typed {
			s.view.ScannerSeen = s.Now()
		}
	}
	var err error
	if r.input, err = s.withSorting(r.input); err != nil {
		s.refuse(&r, order.AsProblem(err))
		return
	}
	s.held = &r
	if err := s.apply(r.input, &r); err != nil {
		s.held = nil
	}
}

// learn takes in what an effect came to. Behind something the journal did not take it waits its turn.
func (s *Station) learn(input packing.Input) {
	if len(s.unwritten) > 0 || s.apply(input, nil) != nil {
		s.unwritten = append(s.unwritten, input)
	}
}

// rewrite tries again to journal what the journal did not take.
func (s *Station) rewrite() error {
	for len(s.unwritten) > 0 {
		if err := s.apply(s.unwritten[0], nil); err != nil {
			return err
		}
		s.unwritten = s.unwritten[1:]
	}
	return nil
}

// apply lets packing decide on an input, journals what follows, and only then lets it be true. r is the scan that asks, if one does.
func (s *Station) apply(input packing.Input, r *request) error {
	next, turn := packing.Next(s.state, input, s.Now())
	for i := range turn.Events {
		e := &turn.Events[i]
		e.Bench, e.Packer = s.Bench, cmp.Or(e.Packer, s.packer())
		s.signPrinter(e)
	}
	if err := s.Store.Append(turn.Events); err != nil {
		p := order.AsProblem(err)
		s.Log.Error("the journal was not written", "error", p)
		if r == nil {
			r, s.held = s.held, nil // a scan that waited for this is answered too
		}
		s.refuse(r, p)
		return err
	}
	s.tellRun(turn.Events)
	if next.Parcel.Key != s.state.Parcel.Key {
		s.label = s.fromLane(next.Work)
	}
	becameIdle := next.Phase == packing.Idle && s.state.Phase != packing.Idle
	if next.Phase != s.state.Phase {
		s.view.PhaseSince = s.Now()
	}
	s.state = next
	s.show(turn)
	for _, effect := range turn.Effects {
		s.start(effect)
	}
	s.publish(becameIdle || laidDown(turn.Events))
	s.wakeFor(turn.Events)
	s.answerTurn(turn) // last, so that who hears it finds it in the snapshot
	return nil
}

// show puts what a turn came to before the packer.
func (s *Station) show(turn packing.Turn) {
	last := s.view.Strip
	refusedTwice := turn.Outcome == packing.Repeat && turn.Said.Key == last.Said.Key && last.Outcome != packing.Repeat
	if turn.Said.Key != "" && !refusedTwice { // a refusal stays until it is read
		s.view.Strip = Strip{Outcome: turn.Outcome, Said: turn.Said, Code: turn.Code, Item: turn.SKU, At: s.Now()}
		s.refused = nil // what the packer reads now is no longer that the scan was refused
	}
	s.view.LabelSeen = s.view.LabelSeen || turn.Outcome == packing.ConfirmedOut
}

// answerTurn answers the scan a turn decided, if it decided one.
func (s *Station) answerTurn(turn packing.Turn) {
	if turn.Outcome == "" || s.held == nil {
		return
	}
	held := s.held
	s.held = nil
	s.Log.Info("scan", "code", turn.Code, "outcome", turn.Outcome, "parcel", turn.Parcel)
	answer := Answer{Code: turn.Code, Outcome: turn.Outcome, Parcel: turn.Parcel, Said: turn.Said}
	if turn.Parcel != "" {
		known, found, err := s.Store.Parcel(turn.Parcel)
		if err != nil {
			s.Log.Error("the parcel's state was not read", "parcel", turn.Parcel, "error", err)
		}
		if found {
			answer.State = known.State()
		}
	}
	held.answer(answer)
}

// refuse tells the packer that something could not be looked up or journalled, and answers the scan that asked for it, if one did. It counts for
// nothing unless a person has it tried again.
func (s *Station) refuse(r *request, p *order.Problem) {
	s.view.Strip = Strip{Outcome: packing.NeedsPerson, Said: p.Said, At: s.Now()}
	if r == nil {
		s.publish(false)
		return
	}
	if scanned, ok := r.input.(packing.Scanned); ok {
		s.view.Strip.Code = scanned.Code
		if len(s.unwritten) == 0 && !s.state.Busy() {
			s.refused = &scanned
		}
	}
	s.publish(false)
	r.answer(Answer{Code: s.view.Strip.Code, Outcome: packing.NeedsPerson, Said: p.Said, Parcel: s.state.Parcel.Key})
}
