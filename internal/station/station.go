// Package station is one running bench: a single loop that owns its state, writes the journal, and carries out what packing decides.
package station

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
)

// Store is what the bench asks of the store.
type Store interface {
	Append(events []order.Event) error
	OpenParcel() (order.ParcelKey, error)
	Parcel(key order.ParcelKey) (order.Known, bool, error)
	ParcelsOf(code string) ([]order.ParcelKey, error)
	Candidates(code string) (order.Candidates, error)
	Article(sku string) (order.Article, error)
	Waiting(most int) ([]order.Known, int, error)
	Outbox() ([]order.ParcelKey, error)
	LastReading() (time.Time, error)
	Document(name string) ([]byte, error)
}

// Config is what a bench needs. All fields but Poll and Changed are required.
type Config struct {
	Store   Store
	Mirror  Mirror
	Labels  Labels
	Printer Printer
	Now     func() time.Time
	Log     *slog.Logger
	// Bench and Packer go into the journal with every event.
	Bench, Packer string
	// Poll is the pause between two readings of the shops' changes; 0 reads none.
	Poll time.Duration
	// Changed hears of every new snapshot, on the bench's own goroutine: it must return at once.
	Changed func(Snapshot)
}

// Answer is what a scan came to.
type Answer struct {
	Code    string
	Outcome packing.Outcome
	Parcel  order.ParcelKey
	State   string // of the parcel, see order.Known.State
	Said    order.Said
}

// Station is a bench. Its methods may be called from any goroutine.
type Station struct {
	Config
	inbox    *mailbox
	snapshot atomic.Pointer[Snapshot]
	working  sync.WaitGroup
	stopped  chan struct{}

	// What follows belongs to the loop alone.
	ctx         context.Context
	state       packing.State
	queue       []request
	held        *request        // the scan whose answer waits for the platform
	unwritten   []packing.Input // inputs the journal did not take
	outstanding int
	settlers    []chan struct{}
	view        Snapshot
	label       *page.Page
}

// request is a scan or a person's yes, with where its answer goes.
type request struct {
	input packing.Input
	reply chan Answer
}

// finished brings the end of an effect into the loop.
type finished struct {
	inputs []packing.Input
	label  *page.Page
	last   bool // nothing more comes from this effect
}

// commit asks the loop to journal an input before the effect goes on.
type commit struct {
	input packing.Input
	done  chan error
}

type settle struct{ done chan struct{} }

type synced struct{ problem *order.Problem }

// New makes a bench. Run starts it.
func New(c Config) *Station {
	s := &Station{Config: c, inbox: newMailbox(), stopped: make(chan struct{})}
	s.snapshot.Store(&Snapshot{State: packing.State{Phase: packing.Idle}})
	return s
}

// Run works until ctx ends, first going on with the parcel that was open when the bench last stopped. It returns once nothing of
// the bench runs any more. What was accepted is in the journal; what was under way is found there by the next Run.
func (s *Station) Run(ctx context.Context) error {
	defer close(s.stopped)
	ctx, cancel := context.WithCancel(ctx)
	defer s.working.Wait()
	defer cancel()
	s.ctx = ctx
	s.state = packing.State{Phase: packing.Idle}
	if err := s.resume(); err != nil {
		return err
	}
	if s.Poll > 0 {
		s.working.Go(s.poll)
	}
	s.publish(true)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.inbox.ready:
			for _, message := range s.inbox.take() {
				s.handle(message)
			}
		}
	}
}

// resume takes up the parcel that was open.
func (s *Station) resume() error {
	key, err := s.Store.OpenParcel()
	if err != nil || key == "" {
		return err
	}
	known, found, err := s.Store.Parcel(key)
	if err != nil {
		return err
	}
	if !found { // the platform re-formed the package meanwhile
		known.Parcel = order.Parcel{Key: key, Standing: order.UnknownStanding}
		known.Work.Parcel, known.Work.Stopped = key, order.UnknownStanding
	}
	s.Log.Info("going on with the open parcel", "parcel", key)
	s.apply(packing.Resumed{Known: known}, nil)
	return nil
}

// Scan hands in a scan and waits until it is decided; effects may still be under way then. While the bench is busy the scan waits its turn.
// It fails only when ctx ends or the bench stops.
func (s *Station) Scan(ctx context.Context, scan order.Scan) (Answer, error) {
	return s.ask(ctx, packing.Scanned{Scan: scan})
}

// OK is a person's yes to what the screen asks.
func (s *Station) OK(ctx context.Context) (Answer, error) { return s.ask(ctx, packing.OK{}) }

// Submit hands in a scan and returns at once; what it comes to is in a snapshot. No scan is ever dropped.
func (s *Station) Submit(scan order.Scan) {
	s.inbox.post(request{packing.Scanned{Scan: scan}, make(chan Answer, 1)})
}

// SubmitOK hands in a person's yes and returns at once.
func (s *Station) SubmitOK() { s.inbox.post(request{packing.OK{}, make(chan Answer, 1)}) }

func (s *Station) ask(ctx context.Context, input packing.Input) (Answer, error) {
	reply := make(chan Answer, 1)
	s.inbox.post(request{input, reply})
	select {
	case answer := <-reply:
		return answer, nil
	case <-ctx.Done():
		return Answer{}, order.Trouble(ctx.Err(), "bench.closing")
	case <-s.stopped:
		return Answer{}, order.Trouble(nil, "bench.closing")
	}
}

// Settle waits until no scan waits and no effect of the bench is under way.
func (s *Station) Settle(ctx context.Context) error {
	done := make(chan struct{})
	s.inbox.post(settle{done})
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return order.Trouble(ctx.Err(), "bench.closing")
	case <-s.stopped:
		return order.Trouble(nil, "bench.closing")
	}
}

// handle takes one message and then the scans that waited for it.
func (s *Station) handle(message any) {
	switch message := message.(type) {
	case request:
		s.queue = append(s.queue, message)
	case finished:
		if message.last {
			s.outstanding--
		}
		if message.label != nil {
			s.label = message.label
		}
		for _, input := range message.inputs {
			s.apply(input, nil)
		}
	case commit:
		message.done <- s.apply(message.input, nil)
	case synced:
		s.view.PlatformTrouble = order.Said{}
		if message.problem != nil {
			s.view.PlatformTrouble = message.problem.Said
		}
		s.publish(true)
	case settle:
		s.settlers = append(s.settlers, message.done)
	}
	s.takeQueued()
	s.settleDown()
}

// takeQueued decides the scans that waited, as long as the bench is not busy. A yes is not a scan: it may be what the bench waits for.
func (s *Station) takeQueued() {
	for len(s.queue) > 0 {
		next := s.queue[0]
		if _, yes := next.input.(packing.OK); !yes && s.state.Busy() {
			return
		}
		if s.held != nil {
			return
		}
		s.queue = s.queue[1:]
		s.decide(next)
	}
}

func (s *Station) decide(r request) {
	if _, yes := r.input.(packing.OK); yes && len(s.unwritten) > 0 {
		s.rewrite(r)
		return
	}
	if scanned, ok := r.input.(packing.Scanned); ok {
		candidates, err := s.Store.Candidates(scanned.Code)
		if err != nil {
			s.refuse(&r, order.AsProblem(err))
			return
		}
		scanned.Candidates = candidates
		r.input = scanned
		s.view.ScannerSeen = s.Now()
	}
	s.held = &r
	if err := s.apply(r.input, &r); err != nil {
		s.held = nil
	}
}

// rewrite tries again to journal what the journal did not take.
func (s *Station) rewrite(r request) {
	inputs := s.unwritten
	s.unwritten = nil
	for _, input := range inputs {
		if err := s.apply(input, nil); err != nil {
			s.refuse(&r, order.AsProblem(err))
			return
		}
	}
	r.answer(Answer{Outcome: packing.Accepted, Said: order.Say("say.accepted"), Parcel: s.state.Parcel.Key})
}

// apply lets packing decide on an input, journals what follows, and only then lets it be true. r is the scan that asks, if one does.
func (s *Station) apply(input packing.Input, r *request) error {
	next, turn := packing.Next(s.state, input, s.Now())
	for i := range turn.Events {
		turn.Events[i].Bench, turn.Events[i].Packer = s.Bench, s.Packer
	}
	if err := s.Store.Append(turn.Events); err != nil {
		p := order.AsProblem(err)
		s.Log.Error("the journal was not written", "error", p)
		if r == nil {
			if _, sending := input.(packing.SendStarted); !sending {
				s.unwritten = append(s.unwritten, input)
			}
			s.view.Strip = Strip{Outcome: packing.NeedsPerson, Said: p.Said, At: s.Now()}
			s.publish(false)
			return err
		}
		s.refuse(r, p)
		return err
	}
	if next.Parcel.Key != s.state.Parcel.Key {
		s.label = nil
	}
	becameIdle := next.Phase == packing.Idle && s.state.Phase != packing.Idle
	if next.Phase != s.state.Phase {
		s.view.PhaseSince = s.Now()
	}
	s.state = next
	s.answerTurn(turn)
	for _, effect := range turn.Effects {
		s.start(effect)
	}
	s.publish(becameIdle)
	return nil
}

// answerTurn tells the packer what a turn came to.
func (s *Station) answerTurn(turn packing.Turn) {
	if turn.Said.Key != "" {
		s.view.Strip = Strip{Outcome: turn.Outcome, Said: turn.Said, Code: turn.Code, Item: turn.SKU, At: s.Now()}
	}
	s.view.LabelSeen = s.view.LabelSeen || turn.Outcome == packing.ConfirmedOut
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

// refuse answers a scan that could not be looked up or journalled. It counts for nothing.
func (s *Station) refuse(r *request, p *order.Problem) {
	code := ""
	if scanned, ok := r.input.(packing.Scanned); ok {
		code = scanned.Code
	}
	s.view.Strip = Strip{Outcome: packing.NeedsPerson, Said: p.Said, Code: code, At: s.Now()}
	r.answer(Answer{Code: code, Outcome: packing.NeedsPerson, Said: p.Said, Parcel: s.state.Parcel.Key})
	s.publish(false)
}

func (r request) answer(a Answer) { r.reply <- a }

// settleDown tells those who wait for quiet.
func (s *Station) settleDown() {
	if s.outstanding > 0 || len(s.queue) > 0 || s.held != nil {
		return
	}
	for _, done := range s.settlers {
		close(done)
	}
	s.settlers = nil
}
