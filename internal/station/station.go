// Package station is one running bench: a single loop that owns its state, writes the journal, and carries out what packing decides.
package station

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/wave"
)

// Store is what the bench asks of the store.
type Store interface {
	Append(events []order.Event) error
	OpenParcel() (order.ParcelKey, error)
	Parcel(key order.ParcelKey) (order.Known, bool, error)
	ParcelsOf(code string) ([]order.ParcelKey, error)
	History(key order.ParcelKey) ([]order.Event, error)
	Candidates(code string) (order.Candidates, error)
	Article(sku string) (order.Article, error)
	NamesElse(code, sku string) (bool, error)
	Weights(likeness string) ([]int, error)
	Sorting(wave string) (sorting order.Sorting, bins map[string]string, err error)
	WaveAtHand() (string, error)
	Slots() ([]order.Slot, error)
	Waiting(most int, warehouse string) ([]order.Known, order.Places, error)
	Outbox() ([]order.ParcelKey, error)
	OpenRun() (order.Run, error)
	Printable(warehouse string) ([]order.Known, error)
	Balance(since time.Time) (order.Balance, error)
	LabelsOut() (int, error)
	Parked() (int, error)
	PutBacks() ([]order.ToPutBack, error)
	Shops() ([]order.Shop, error)
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
	// Warehouse is the id of the bench's own, whose parcels alone it packs; empty: of any.
	Warehouse string
	// Walk is the warehouse, as far as anybody told of it.
	Walk wave.Layout
	// PrinterName is the printer's address: a run is gone on with where it was begun.
	PrinterName string
	// Supervisors are the badges of those who may allow what a packer may not.
	Supervisors []string
	// DoubleReads are the figures of scanners; see packing.State.
	DoubleReads map[string]packing.DoubleRead
	// Checks are what is looked at before a label; nil: nothing. OwnCarrier is the carrier of the parcels the seller ships; empty: none is chosen.
	Checks     *order.Checks
	OwnCarrier string
	// Weighs tells that the bench has a scale; what it shows comes by Weigh.
	Weighs bool
	// Staff is who may work at the bench, and People what compares their PINs. It may be nil where nobody is registered and nobody will be.
	Staff  packing.Staff
	People People
	// Desk keeps the hand-over sheets; nil: the bench has no hand-over shelf.
	Desk *Desk
	// Unproven is how many labels of a run may go out beyond the last one seen to a printer that does not answer; 0: all.
	Unproven int
	// Language is what the platform's reasons are asked for in, such as en or zh-Hans; empty: the platform's choice.
	Language string
	// Poll is the pause between two readings of the shops' changes; 0 reads none.
	Poll time.Duration
	// Outbox makes what puts the journal's requests to the platform; nil: nothing does. It is given how to journal what it does, and which
	// parcel lies on the bench.
	Outbox func(journal mirror.Journal, open func() order.ParcelKey) Pusher
	// Changed hears of every new snapshot, on the bench's own goroutine: it must return at once.
	Changed func(Snapshot)
}

// Pusher puts to the platform what waits for it, and tells when there is more to do.
type Pusher interface {
	Push(ctx context.Context) (next time.Time, err error)
}

// Station is a bench. Its methods may be called from any goroutine.
type Station struct {
	Config
	inbox    *mailbox
	rest     time.Duration // the pause after trouble with a run
	deskWork *mailbox      // what is to be done to hand-over sheets
	pushSoon chan struct{} // something new may be in the outbox
	snapshot atomic.Pointer[Snapshot]
	working  sync.WaitGroup
	stopped  chan struct{}

	// What follows belongs to the loop alone.
	ctx         context.Context
	state       packing.State
	asking      bool // the printer, beside a run
	askedAt     time.Time
	run         *printRun // nil where there has been none
	day         time.Time // the first moment of the day that labels are counted for
	queue       []request
	held        *request         // the scan whose answer waits for the platform
	unwritten   []packing.Input  // what effects came to and the journal did not take, the oldest first
	refused     *packing.Scanned // the last scan, if the files did not take it: a yes tries it again
	outstanding int
	settlers    []chan struct{}
	view        Snapshot
	// parkedChanged tells that something may have been parked, or is no longer. It is counted with the next look at the clock: parked requests may come by
	// the hundred.
	parkedChanged bool
	reading       *order.Reading // of the scale, that packing has not heard yet
	news          bool           // the mirror may have read something of the open parcel
	label         *drawing       // of the open parcel, drawn or being drawn
	change        *changePrinter
	lanePages     map[string]*drawing // labels drawn of parcels in lanes, by their documents
	laneDrawing   bool                // another is being drawn
	modes         modes
	shelfLooked   time.Time // when somebody was last told to look at the hand-over shelf
}

// lookAtClock is how often the bench looks whether the platform's word about the open parcel grows old.
const lookAtClock = time.Second

// New makes a bench. Run starts it.
func New(c Config) *Station {
	s := &Station{Config: c, inbox: newMailbox(), deskWork: newMailbox(), stopped: make(chan struct{}), pushSoon: make(chan struct{}, 1), rest: tryAgain}
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
	s.state = packing.State{Phase: packing.Idle, Staff: s.Staff, Setup: packing.Setup{
		Warehouse: s.Warehouse, Supervisors: s.Supervisors, DoubleReads: s.DoubleReads, Checks: s.Checks, OwnCarrier: s.OwnCarrier,
		Weighs: s.Weighs,
	}}
	var err error
	if s.state.Sort.Wave, err = s.Store.WaveAtHand(); err != nil {
		return err
	}
	if err := errors.Join(s.resume(), s.resumeRun()); err != nil {
		return err
	}
	if s.Poll > 0 {
		s.working.Go(s.poll)
	}
	if s.Outbox != nil {
		s.working.Go(s.push)
	}
	s.working.Go(s.keepDesk)
	s.countParked()
	s.countLabels()
	s.goOn()
	s.drawAhead()
	s.publish(true)
	ticker := time.NewTicker(lookAtClock)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return s.pauseAtEnd()
		case <-ticker.C:
			s.tick()
			s.goOn()
			s.drawAhead()
			s.drawLane()
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
	if !found { // the platform made other parcels of it meanwhile
		known.Parcel = order.Parcel{Key: key, Standing: order.Reformed}
		known.Work.Parcel, known.Work.Stopped = key, order.Reformed
	}
	s.Log.Info("going on with the open parcel", "parcel", key)
	if err := s.apply(packing.Resumed{Known: known}, nil); err != nil {
		return err
	}
	if s.view.Strip.Said.Key == "" {
		in, of := s.state.Pieces()
		s.view.Strip = Strip{Outcome: packing.OpenedOut, Said: order.Say("say.resumed", "in", in, "count", of), Code: string(key), At: s.Now()}
	}
	if s.state.Work.Document != "" && s.state.Work.Label.State != order.NoLabel && !s.state.Busy() {
		s.drawKept() // for the screen
	}
	return nil
}

// tick keeps the platform's word about an open parcel fresh, and the printer's about itself.
func (s *Station) tick() {
	s.lookAtPrinter()
	s.tickShelf()
	if (s.state.Parcel.Key != "" || s.state.LockDue(s.Now())) && len(s.unwritten) == 0 && s.held == nil {
		s.learn(packing.Tick{})
	}
	s.news = true // a verb done for somebody else reads orders too
	s.hearNews()
	s.hearScale()
	if s.parkedChanged {
		s.countParked()
		s.publish(false)
	}
}
