package station

import (
	"context"
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
)

const (
	// askAgain is the pause between two questions to a printer that has labels to print: a fraction of the time one takes.
	askAgain = 200 * time.Millisecond
	// tryAgain is the pause after the platform, or the disk, did not do what a run needs.
	tryAgain = 3 * time.Second
	// drawnFor is how long a drawn label may wait for its turn before the platform is asked about its parcel again.
	drawnFor = 30 * time.Second
	// paceOver is over how many labels the pace is taken.
	paceOver = 10
)

// printRun is the print run that is not over, as the loop keeps it.
type printRun struct {
	order.Run
	works  spool.Works
	drawn  map[order.ParcelKey]drawnLabel
	making map[order.ParcelKey]bool
	slow   map[order.ParcelKey]int // how often drawing took too long
	health spool.Health
	// busy: a label is on its way, sending, or the printer is being asked.
	busy, sending bool
	// doubted: the printer may be in the middle of a label, and hears so before the next one.
	doubted bool
	// moved: a person said that it goes on here although it was begun on another printer.
	moved bool
	// opened is how often the printer had been opened when the last label went out.
	opened int
	plan   spool.Plan
	// trouble is what keeps labels from being made just now, until notBefore.
	trouble   order.Said
	notBefore time.Time
	unwritten []order.Event // what the journal did not take
	sentAt    []time.Time   // of the last labels
}

// drawnLabel is a label in the printer's language.
type drawnLabel struct {
	bytes []byte
	at    time.Time // when the platform's word about it was got
}

// resumeRun takes up the run that was not over when the bench stopped. What was on its way then nobody knows, so it stands.
func (s *Station) resumeRun() error {
	run, err := s.Store.OpenRun()
	if err != nil || run.ID == "" {
		return err
	}
	s.run = newPrintRun(run)
	s.beginAgain()
	for _, parcel := range run.Parcels {
		known, _, err := s.Store.Parcel(parcel)
		if err != nil {
			return err
		}
		s.run.works[parcel] = known.Work
	}
	going := run.State == order.RunGoing && !s.allOut()
	switch {
	case run.State == order.RunStanding:
	case spool.Cut(run, s.run.works) || going && spool.Doubts(run, s.run.works):
		s.writeOrKeep(order.Event{Kind: order.RunStands, Why: order.Say("run.interrupted")})
	case going:
		s.writeOrKeep(order.Event{Kind: order.RunPauses}) // nothing goes out before somebody is there
	}
	return nil
}

func newPrintRun(run order.Run) *printRun {
	return &printRun{Run: run, works: spool.Works{}, drawn: map[order.ParcelKey]drawnLabel{}, making: map[order.ParcelKey]bool{}, slow: map[order.ParcelKey]int{}}
}

// journalRun writes events of the run and lets run and bench build on them.
func (s *Station) journalRun(events ...order.Event) error {
	now := s.Now()
	for i := range events {
		e := &events[i]
		e.Run, e.At, e.Bench, e.Packer = s.run.ID, now, s.Bench, s.packer()
		s.signPrinter(e)
		if e.Supervisor != "" {
			e.SupervisorName = order.PersonOf(s.state.Staff.People, e.Supervisor).Name
		}
	}
	if err := s.Store.Append(events); err != nil {
		s.Log.Error("the journal was not written", "error", err)
		s.holdRun(order.AsProblem(err).Said)
		return err
	}
	s.count(events)
	for _, e := range events {
		s.run.take(e)
		if e.Parcel != "" && e.Parcel == s.state.Parcel.Key {
			s.learn(packing.Recorded{Event: e})
		}
	}
	return nil
}

// signPrinter notes on which printer a label is about to go out.
func (s *Station) signPrinter(e *order.Event) {
	if e.Kind == order.LabelSending {
		e.Printer = s.PrinterName
	}
}

// holdRun keeps the run from going on for a little.
func (s *Station) holdRun(why order.Said) {
	s.run.trouble, s.run.notBefore = why, s.Now().Add(s.rest)
	s.lookAgain(s.rest)
}

// isSending tells whether a label of the run is on its way, or stayed there.
func (r *printRun) isSending(parcel order.ParcelKey) bool {
	l := r.works[parcel].Label
	return l.Run == r.ID && l.State == order.Sending
}

// take brings an event into the run, be it the run's own or the bench's.
func (r *printRun) take(e order.Event) {
	if e.Run == r.ID || e.Kind == order.Renamed {
		r.Run = r.After(e)
	}
	if e.Kind == order.Renamed {
		r.works[e.Parcel] = r.works[e.Was]
	}
	if e.Parcel != "" && slices.Contains(r.Parcels, e.Parcel) {
		r.works[e.Parcel] = r.works[e.Parcel].After(e)
	}
}

// countLabels begins a day's count of labels.
func (s *Station) countLabels() {
	year, month, day := s.Now().Local().Date()
	s.day = time.Date(year, month, day, 0, 0, 0, 0, time.Local)
	var err error
	s.view.Labels, err = s.Store.Balance(s.day)
	s.logTrouble("the labels were not counted", "", err)
}

// count keeps count of labels.
func (s *Station) count(events []order.Event) {
	if s.Now().Sub(s.day) > 24*time.Hour {
		s.countLabels()
		return
	}
	before := s.view.Labels
	for _, e := range events {
		s.view.Labels.Count(e)
	}
	if s.view.Labels != before { // what lies on the bench is counted in the journal, so that a wrong sum shows
		var err error
		s.view.Labels.Bench, err = s.Store.LabelsOut()
		s.logTrouble("the labels were not counted", "", err)
	}
}

// tellRun lets the run hear what was journalled elsewhere on the bench.
func (s *Station) tellRun(events []order.Event) {
	s.count(events)
	if s.run == nil {
		return
	}
	for _, e := range events {
		s.run.take(e)
	}
}

// labels are the run's labels as the spool sees them.
func (s *Station) labels() []spool.Label {
	r, now := s.run, s.Now()
	labels := spool.Labels(r.Run, r.works,
		func(parcel order.ParcelKey) bool {
			drawn, have := r.drawn[parcel]
			return have && now.Sub(drawn.at) < drawnFor
		},
		func(parcel order.ParcelKey) bool { return r.making[parcel] })
	for i, parcel := range r.Parcels {
		if parcel == s.state.Parcel.Key && s.state.Phase != packing.Packing && labels[i].State == order.NoLabel {
			labels[i].Held = true // the bench is at its label itself
		}
	}
	return labels
}

// goOn starts what the run does next. It is called after everything that happens.
func (s *Station) goOn() {
	r := s.run
	if r == nil {
		return
	}
	before := r.plan
	defer func() {
		if r.plan.Wait != before.Wait || r.plan.Over != before.Over {
			s.publish(false)
		}
	}()
	now := s.Now()
	if r.State != order.RunGoing && len(r.unwritten) == 0 {
		r.plan = spool.Plan{Send: -1}
		return
	}
	if now.Before(r.notBefore) || !s.rewriteRun() || r.State != order.RunGoing {
		return
	}
	r.health.Unseen = spool.Unseen(r.Run, r.works)
	r.plan = spool.Next(s.labels(), r.health, now)
	if r.plan.Over && s.allSeen() && len(r.Held) == 0 { // of one that was kept back a person hears first
		_ = s.journalRun(order.Event{Kind: order.RunEnds}) // an error is held, and comes again
		return
	}
	for _, i := range r.plan.Make {
		s.makeInRun(r.Parcels[i])
	}
	if r.busy {
		return
	}
	switch {
	case r.plan.Send >= 0:
		s.sendInRun(r.Parcels[r.plan.Send])
	case r.plan.Ask:
		s.askPrinter()
	case r.plan.Wait == spool.Paced:
		s.lookAgain(r.health.NotBefore.Sub(now))
	}
}

// rewriteRun tries again to journal what the journal did not take.
func (s *Station) rewriteRun() bool {
	r := s.run
	r.unwritten = slices.DeleteFunc(r.unwritten, func(e order.Event) bool { // a scan has told it since
		return (e.Kind == order.LabelSent || e.Kind == order.LabelUnsent) && !r.isSending(e.Parcel)
	})
	events := r.unwritten
	if len(events) == 0 {
		s.run.trouble = order.Said{}
		return true
	}
	if s.journalRun(events...) != nil {
		return false
	}
	r.unwritten = nil
	r.trouble = order.Said{}
	s.publish(false)
	return true
}

// allOut tells whether nothing of the run is left to be sent.
func (s *Station) allOut() bool { return spool.Next(s.labels(), s.run.health, s.Now()).Over }

// allSeen tells whether every label of the run is accounted for.
func (s *Station) allSeen() bool {
	return !slices.ContainsFunc(s.labels(), func(l spool.Label) bool { return !l.Held && l.State != order.Seen })
}

// lookAgain has the loop look at the run after a pause.
func (s *Station) lookAgain(after time.Duration) {
	time.AfterFunc(after, func() { s.inbox.post(look{}) })
}

// look makes the loop go round once.
type look struct{}

// stand stops the run: a person has to say how far the paper came.
func (s *Station) stand(why order.Said) {
	if s.run.State == order.RunGoing || s.run.State == order.RunPaused {
		s.run.doubted = true
		s.writeOrKeep(order.Event{Kind: order.RunStands, Why: why})
		s.view.Strip = Strip{Said: why, At: s.Now()}
		s.publish(false)
	}
}

// commitInRun asks the loop to journal that a label's first byte is about to leave.
type commitInRun struct {
	parcel order.ParcelKey
	done   chan error
}

func (s *Station) committedInRun(m commitInRun) {
	r := s.run
	if r == nil || r.State != order.RunGoing || !r.mayGo(m.parcel) {
		m.done <- errMovedOn
		return
	}
	m.done <- s.journalRun(order.Event{Kind: order.LabelSending, Parcel: m.parcel})
}

// mayGo tells whether a label of the run still waits to go out.
func (r *printRun) mayGo(parcel order.ParcelKey) bool {
	w := r.works[parcel]
	return w.Label.Run == r.ID && w.Label.State == order.Queued && w.Stopped == "" && w.ConfirmedAt.IsZero()
}

// waitFor waits for the loop's answer.
func (s *Station) waitFor(ctx context.Context, done chan error) error {
	select {
	case err := <-done:
		return err
	case <-s.stopped:
		return order.Trouble(nil, "bench.closing")
	case <-ctx.Done():
		return order.Trouble(ctx.Err(), "bench.closing")
	}
}

// pauseAtEnd notes that the bench closed while nothing of the run was on its way: then nobody has to doubt what came out.
func (s *Station) pauseAtEnd() error {
	r := s.run
	if r == nil || len(r.unwritten) > 0 && !s.rewriteRun() {
		return nil // what is in the journal makes it stand
	}
	if r.State == order.RunGoing && !r.sending && !s.allOut() {
		return s.journalRun(order.Event{Kind: order.RunPauses})
	}
	return nil
}
