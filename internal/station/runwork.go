package station

import (
	"context"
	"time"

	"packbench/internal/label"
	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
	"packbench/printer/state"
)

// beside carries out a part of the run beside the loop; what it comes to is posted back.
func (s *Station) beside(do func(ctx context.Context) any) {
	s.outstanding++
	ctx := s.ctx
	s.working.Go(func() {
		end := do(ctx)
		if ctx.Err() == nil {
			s.inbox.post(end)
		}
	})
}

// madeInRun is a label of the run, drawn and read back, or why not.
type madeInRun struct {
	parcel   order.ParcelKey
	document order.Event // DocumentKept, where it was fetched; LabelVoided, where the one that is kept is no good
	queued   order.Event // LabelQueued
	label    drawnLabel
	held     order.Said // why the label is kept back
	problem  *order.Problem
}

// makeInRun makes a label whose turn is near.
func (s *Station) makeInRun(parcel order.ParcelKey) {
	s.run.making[parcel] = true
	work := s.run.works[parcel]
	var ahead *drawing
	if parcel == s.state.Parcel.Key {
		ahead = s.label
	}
	s.beside(func(ctx context.Context) any { return s.drawInRun(ctx, parcel, work, ahead) })
}

// drawInRun asks the platform whether the parcel may still go out, fetches its document unless it is kept, draws the page unless it is drawn
// ahead, and checks what was read back from it.
func (s *Station) drawInRun(ctx context.Context, key order.ParcelKey, work order.Work, ahead *drawing) (made madeInRun) {
	made.parcel = key
	parcel, held, problem := s.mayPrint(ctx, key, work)
	if made.held, made.problem = held, problem; held.Key != "" || problem != nil {
		return made
	}
	at := s.Now()
	document, err := s.kept(work.Document)
	if work.DocumentVersion != parcel.LabelVersion {
		document = nil
	}
	version, tracking, name := parcel.LabelVersion, parcel.Tracking, work.Document
	if err == nil && document == nil {
		ahead = nil // it is of what was kept
		document, name, tracking, err = s.Mirror.Document(ctx, parcel)
		made.document = order.Event{Kind: order.DocumentKept, Parcel: key, Document: name, Tracking: tracking, Version: version}
	}
	if err != nil {
		return made.failed(err)
	}
	drawn, err := s.drawn(ctx, ahead, name, document)
	if err != nil {
		return made.failed(err).without(work.Document)
	}
	parcel.Tracking = tracking
	verdict := label.Check(drawn.codes, parcel, s.others)
	switch {
	case verdict.Kind == order.Foreign:
		made.held = order.Say("run.foreign", "other", verdict.Matched)
		return made.without(work.Document)
	case verdict.Kind == order.Passed:
	case work.Allowed:
		verdict.Matched = tracking
	default:
		made.held = order.Say("run.unreadable")
	}
	made.queued = order.Event{Kind: order.LabelQueued, Parcel: key, Matched: verdict.Matched, Codes: verdict.Codes, Version: version}
	made.label = drawnLabel{bytes: s.Printer.Encode(drawn.page), at: at}
	return made
}

// slowDrawing is the problem of a label that took too long to draw: its document may be made to, or the computer have too much to do.
const slowDrawing = "label.timeout"

// mostDraws is how often a label that takes too long is drawn before it is kept back.
const mostDraws = 3

// failed is a label that could not be made: it is kept back where trying again is no use.
func (m madeInRun) failed(err error) madeInRun {
	if problem := order.AsProblem(err); mirror.Passes(err) || problem.Key == slowDrawing {
		m.problem = problem
	} else {
		m.held = problem.Said
	}
	m.document = order.Event{}
	return m
}

// without is a label whose document is no good: it is not kept, and one that was kept is fetched anew by the next try.
func (m madeInRun) without(kept string) madeInRun {
	m.document = order.Event{}
	if kept != "" && m.held.Key != "" {
		m.document = order.Event{Kind: order.LabelVoided, Parcel: m.parcel}
	}
	return m
}

// mayPrint asks the gate about a parcel: held is why its label is kept back, problem why nobody knows just now.
func (s *Station) mayPrint(ctx context.Context, key order.ParcelKey, work order.Work) (parcel order.Parcel, held order.Said, problem *order.Problem) {
	known, found, err := s.Store.Parcel(key)
	if err != nil {
		return parcel, held, order.AsProblem(err)
	}
	parcel = known.Parcel
	age := s.Now().Sub(parcel.ReadAt)
	if !found || age > packing.Fresh {
		read, now, err := s.Mirror.Refresh(ctx, key)
		if err == nil {
			parcel, found, age = read, now, 0
		}
		problem = order.AsProblem(err)
	}
	if !found {
		if problem == nil {
			_, held = packing.Refusal(order.Reformed)
		}
		return parcel, held, problem
	}
	switch packing.MayProceed(parcel, work, packing.Confirming, age, problem != nil) {
	case packing.Refuse:
		_, held = packing.Refusal(parcel.Standing)
		return parcel, held, nil
	case packing.AskPlatform:
		if problem == nil {
			problem = order.Trouble(nil, "platform.unreachable")
		}
		return parcel, held, problem
	}
	return parcel, held, nil
}

// madeOne takes in a label that was made.
func (s *Station) madeOne(m madeInRun) {
	s.outstanding--
	r := s.run
	if r == nil || !r.making[m.parcel] {
		return
	}
	delete(r.making, m.parcel)
	var events []order.Event
	if m.document.Kind != "" {
		events = append(events, m.document)
	}
	if m.problem != nil && m.problem.Key == slowDrawing {
		if r.slow[m.parcel]++; r.slow[m.parcel] >= mostDraws {
			m.problem, m.held = nil, m.problem.Said
		}
	}
	switch l := r.works[m.parcel].Label; {
	case m.problem != nil:
		s.logTrouble("a label of the run was not made", m.parcel, m.problem)
		s.holdRun(m.problem.Said)
		s.publish(false)
		return
	case m.held.Key != "":
		if l.State == order.Queued && l.Run == r.ID {
			events = append(events, order.Event{Kind: order.LabelDropped, Parcel: m.parcel})
		}
		events = append(events, order.Event{Kind: order.LabelHeld, Parcel: m.parcel, Why: m.held})
	case l.State == order.NoLabel:
		events = append(events, m.queued)
	case l.State == order.Queued && l.Run == r.ID && (l.Version != m.queued.Version || l.Matched != m.queued.Matched): // the platform made another one meanwhile
		events = append(events, order.Event{Kind: order.LabelDropped, Parcel: m.parcel}, m.queued)
	}
	if s.journalRun(events...) == nil && m.held.Key == "" {
		r.drawn[m.parcel] = m.label
	}
	s.publish(false)
}

// sentInRun is how far a label of the run came.
type sentInRun struct {
	parcel  order.ParcelKey
	begun   bool // LabelSending is journalled
	refused bool // it was not, and no byte left: nothing has to be doubted
	whole   bool
	opened  int // how often the printer had been opened before and after
	reached int
	problem *order.Problem
}

// sendInRun sends the label whose turn it is. Where the printer was lost and found again since the last one, nobody knows what became of what it held:
// then nothing is sent.
func (s *Station) sendInRun(parcel order.ParcelKey) {
	r := s.run
	r.busy, r.sending = true, true
	bytes, opened, doubts, doubted := r.drawn[parcel].bytes, r.opened, r.health.Ahead > 0, r.doubted
	r.doubted = false
	s.beside(func(ctx context.Context) any {
		if doubted {
			s.Printer.Doubt(ctx)
		}
		sent := sentInRun{parcel: parcel}
		state, err := spool.Send(ctx, s.Printer, bytes, func() error {
			if sent.reached = s.Printer.Opened(); doubts && sent.reached != opened {
				return order.Trouble(nil, "run.reopened")
			}
			done := make(chan error, 1)
			s.inbox.post(commitInRun{parcel, done})
			err := s.waitFor(ctx, done)
			sent.begun, sent.refused = err == nil, err != nil
			return err
		})
		sent.opened, sent.whole, sent.problem = s.Printer.Opened(), state == order.Sent, order.AsProblem(err)
		return sent
	})
}

// sentOne takes in how far a label came.
func (s *Station) sentOne(m sentInRun) {
	s.outstanding--
	r := s.run
	if r == nil {
		return
	}
	r.busy, r.sending = false, false
	now := s.Now()
	if m.whole {
		delete(r.drawn, m.parcel)
		r.sentAt = append(r.sentAt[max(0, len(r.sentAt)-paceOver):], now)
		r.health.Ahead, r.health.Asked, r.health.NotBefore = r.health.Ahead+1, false, now.Add(s.Printer.Pace())
		if r.isSending(m.parcel) { // else it was scanned already
			s.writeOrKeep(order.Event{Kind: order.LabelSent, Parcel: m.parcel})
		}
		if lost := m.opened != m.reached && r.health.Ahead > 1; lost {
			s.stand(order.Say("run.reopened"))
		}
		r.opened = m.opened
		s.publish(false)
		return
	}
	s.logTrouble("a label of the run was not sent", m.parcel, m.problem)
	if m.begun && r.isSending(m.parcel) {
		s.writeOrKeep(order.Event{Kind: order.LabelUnsent, Parcel: m.parcel})
	}
	if m.refused {
		s.publish(false)
		return
	}
	s.stand(m.problem.Said)
}

// writeOrKeep journals what has happened to a label already; what the journal does not take is kept until it does.
func (s *Station) writeOrKeep(e order.Event) {
	if len(s.run.unwritten) > 0 || s.journalRun(e) != nil {
		s.run.unwritten = append(s.run.unwritten, e)
	}
}

// askedPrinter is what the printer said.
type askedPrinter struct {
	state   state.State
	opened  int
	problem *order.Problem
}

func (s *Station) askPrinter() {
	s.run.busy = true
	asked := s.run.health.Asked
	s.beside(func(ctx context.Context) any {
		if asked {
			select {
			case <-ctx.Done():
			case <-time.After(askAgain):
			}
		}
		said, err := s.Printer.State(ctx)
		return askedPrinter{said, s.Printer.Opened(), order.AsProblem(err)}
	})
}

func (s *Station) heardPrinter(m askedPrinter) {
	s.outstanding--
	r := s.run
	if r == nil {
		return
	}
	r.busy = false
	before := r.health
	lost := r.health.Ahead > 0 && m.opened != r.opened
	r.opened = m.opened
	switch {
	case m.problem != nil:
		s.stand(m.problem.Said)
	case lost:
		s.stand(order.Say("run.reopened"))
	default:
		r.health = r.health.Heard(m.state)
		s.view.Printer = PrinterHealth{Answers: true, State: m.state}
		if m.state.Has(state.PaperJam) {
			s.stand(order.Say("run.jam"))
		}
	}
	if r.health.State != before.State {
		s.publish(false)
	}
}
