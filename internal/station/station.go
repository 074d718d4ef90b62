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
	held        *request         // the scan whose answer waits for the platform
	unwritten   []packing.Input  // what effects came to and the journal did not take, the oldest first
	refused     *packing.Scanned // the last scan, if the files did not take it: a yes tries it again
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

// lookAtClock is how often the bench looks whether the platform's word about the open parcel grows old.
const lookAtClock = time.Second

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
	ticker := time.NewTicker(lookAtClock)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			s.tick()
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
	if err := s.apply(packing.Resumed{Known: known}, nil); err != nil {
		return err
	}
	if s.view.Strip.Said.Key == "" {
		in, of := s.state.Pieces()
		s.view.Strip = Strip{Outcome: packing.OpenedOut, Said: order.Say("say.resumed", "in", in, "count", of), Code: string(key), At: s.Now()}
	}
	if s.state.Work.Document != "" && !s.state.Busy() {
		s.drawAgain()
	}
	return nil
}

// tick keeps the platform's word about an open parcel fresh.
func (s *Station) tick() {
	if s.state.Parcel.Key != "" && len(s.unwritten) == 0 && s.held == nil {
		s.learn(packing.Tick{})
	}
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

// Wish hands in what a person wants, such as packing.OK, packing.Again or packing.Aside, and returns at once.
func (s *Station) Wish(wish packing.Input) { s.inbox.post(request{wish, make(chan Answer, 1)}) }

func (s *Station) ask(ctx context.Context, input packing.Input) (Answer, error) {
	reply := make(chan Answer, 1)
	s.inbox.post(request{input, reply})
	select {
	case answer := <-reply:
		return answer, nil
	case <-ctx.Done():
		return Answer{}, order.Trouble(ctx.Err(), "bench.closing")
	case <-s.stopped:
		select {
		case answer := <-reply: // decided before the bench stopped
			return answer, nil
		default:
			return Answer{}, order.Trouble(nil, "bench.closing")
		}
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
			s.publish(false)
		}
		for _, input := range message.inputs {
			s.learn(input)
		}
	case commit:
		err := s.rewrite() // what came before it is journalled before it
		if err == nil {
			err = s.apply(message.input, nil)
		}
		message.done <- err
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
// While the journal refuses what effects came to, nothing more comes of waiting: every scan tries the journal again, and is refused with it.
func (s *Station) takeQueued() {
	for len(s.queue) > 0 {
		next := s.queue[0]
		if len(s.unwritten) == 0 {
			if _, yes := next.input.(packing.OK); s.held != nil || !yes && s.state.Busy() {
				return
			}
		}
		s.queue = s.queue[1:]
		s.decide(next)
	}
}

func (s *Station) decide(r request) {
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
	if scanned, ok := r.input.(packing.Scanned); ok {
		candidates, err := s.Store.Candidates(scanned.Code)
		if err != nil {
			s.refuse(&r, order.AsProblem(err))
			return
		}
		scanned.Candidates = candidates
		r.input = scanned
		if !scanned.Typed {
			s.view.ScannerSeen = s.Now()
		}
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
		turn.Events[i].Bench, turn.Events[i].Packer = s.Bench, s.Packer
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
	if next.Parcel.Key != s.state.Parcel.Key {
		s.label = nil
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
	s.publish(becameIdle)
	s.answerTurn(turn) // last, so that who hears it finds it in the snapshot
	return nil
}

// show puts what a turn came to before the packer.
func (s *Station) show(turn packing.Turn) {
	if turn.Said.Key != "" {
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
