package station

import (
	"context"
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
)

// PrintAct is what a person wants of a print run.
type PrintAct string

// The acts.
const (
	PrintThese    PrintAct = "print"         // make a run of parcels
	PrintPause    PrintAct = "pause"         // send no more labels until told
	PrintGoOn     PrintAct = "go_on"         // after a pause; after trouble only where nobody has to say how far the paper came
	PrintDoubt    PrintAct = "doubt"         // something on the paper is wrong: stop, and ask for the last good label
	PrintScan     PrintAct = "scan"          // a label was scanned: the last good one where that was asked for, else one that came out
	PrintLastGood PrintAct = "last_good"     // a code is that of the last good label: only where that was asked for, or the run is paused and it went out last
	PrintNone     PrintAct = "none_good"     // not one good label came out since the last that was seen
	PrintMissing  PrintAct = "print_missing" // the labels that were not seen did not come out: print them again
	PrintGiveUp   PrintAct = "give_up"       // send no more labels, for good
)

// PrintWish is an act and what it is about.
type PrintWish struct {
	Act     PrintAct
	Parcels []order.ParcelKey // PrintThese: in the order of the paper
	Wave    string            // PrintThese: the wave they are of; empty: none
	Code    string            // PrintScan
	Typed   bool              // PrintScan: by hand
	// Why is the reason for PrintMissing; without one they are lost.
	Why order.Spoiling
	// Supervisor is the badge of who allows it; needed where labels are printed again for the second time.
	Supervisor string
	// Printer is the address a person named: where it is this bench's, a run that was begun on another printer may go on here.
	Printer string
	// PIN is theirs, where people are registered. It must not be shown, journalled or logged.
	PIN string
}

type printWish struct {
	PrintWish
	done chan error
}

// Print does what a person wants of the print run. Its errors are Problems that say why not.
func (s *Station) Print(ctx context.Context, wish PrintWish) error {
	m := printWish{wish, make(chan error, 1)}
	s.inbox.post(m)
	return s.waitFor(ctx, m.done)
}

// WishPrint hands in what a person wants of the print run, and returns at once; why it was not done is in a snapshot.
func (s *Station) WishPrint(wish PrintWish) { s.inbox.post(printWish{wish, make(chan error, 1)}) }

// needsBadge tells whether a supervisor has to allow that the labels which were not seen are printed again.
func (s *Station) needsBadge() bool {
	for _, e := range spool.Missing(s.run.Run, s.run.works, order.Lost, "") {
		if e.Parcel != "" && s.run.works[e.Parcel].Label.Reprints >= packing.FreeReprints {
			return true
		}
	}
	return false
}

// wished does what a person wants of the print run.
func (s *Station) wished(w PrintWish) error {
	if w.Act == PrintThese {
		return s.makeRun(w.Parcels, w.Wave)
	}
	r := s.run
	if r == nil || r.State == order.RunOver {
		return order.Trouble(nil, "run.no_run")
	}
	if !s.rewriteRun() {
		return &order.Problem{Said: r.trouble}
	}
	r.moved = r.moved || w.Printer != "" && w.Printer == s.PrinterName
	switch w.Act {
	case PrintPause:
		if r.State == order.RunGoing {
			return s.journalRun(order.Event{Kind: order.RunPauses})
		}
	case PrintDoubt:
		if r.State != order.RunStanding {
			return s.journalRun(order.Event{Kind: order.RunStands, Why: order.Say("run.doubted")})
		}
	case PrintGoOn:
		return s.goOnAgain()
	case PrintScan:
		return s.scannedInRun(w.Code)
	case PrintLastGood:
		return s.lastGood(w.Code)
	case PrintNone:
		return s.recoverRun(-1)
	case PrintMissing:
		return s.printMissing(w)
	case PrintGiveUp:
		return s.giveUp("run.given_up")
	}
	return nil
}

// makeRun begins a run. One that sent all it could makes way for it.
func (s *Station) makeRun(parcels []order.ParcelKey, wave string) error {
	was := s.run
	isOpen := was != nil && was.State != order.RunOver
	if isOpen && !s.allOut() {
		return order.Trouble(nil, "run.open", "run", was.ID)
	}
	works, err := s.printable(parcels)
	if err != nil {
		return err
	}
	if isOpen {
		if err := s.giveUp("run.unseen"); err != nil {
			return err
		}
	}
	id := s.Now().Local().Format("0102-150405")
	s.run = newPrintRun(order.Run{ID: id})
	s.run.works, s.run.doubted = works, was != nil && was.doubted
	if err := s.journalRun(order.Event{Kind: order.RunMade, Parcels: parcels, Printer: s.PrinterName, Wave: wave}); err != nil {
		s.run = was
		return err
	}
	s.beginAgain()
	return nil
}

// printable are the works of parcels whose labels a run can make. It fails where one of them is not such a parcel, so that a list that was made long ago prints nothing twice.
func (s *Station) printable(parcels []order.ParcelKey) (spool.Works, error) {
	if len(parcels) == 0 {
		return nil, order.Trouble(nil, "run.empty")
	}
	if len(parcels) > order.LabelsARun {
		return nil, order.Trouble(nil, "run.too_many", "count", len(parcels), "most", order.LabelsARun)
	}
	works := spool.Works{}
	for _, parcel := range parcels {
		known, found, err := s.Store.Parcel(parcel)
		if err != nil {
			return nil, err
		}
		_, twice := works[parcel]
		if !found || twice || !known.Work.Printable() {
			return nil, order.Trouble(nil, "run.not_printable", "parcel", parcel)
		}
		works[parcel] = known.Work
	}
	return works, nil
}

// beginAgain forgets what was known of the printer before somebody stood at it.
func (s *Station) beginAgain() {
	r := s.run
	r.health = spool.Health{Answers: s.Printer.Answers(), Unproven: s.Unproven, NotBefore: s.Now()}.Unasked()
	r.opened = s.Printer.Opened()
	r.trouble, r.notBefore, r.sentAt = order.Said{}, time.Time{}, nil
}

func (s *Station) goOnAgain() error {
	r := s.run
	switch {
	case r.State == order.RunGoing:
		return nil
	case r.State == order.RunStanding && spool.Doubts(r.Run, r.works):
		return order.Trouble(nil, "run.scan_last")
	case s.elsewhere():
		return s.otherPrinter()
	}
	paused := r.State == order.RunPaused
	if err := s.journalRun(order.Event{Kind: order.RunGoes}); err != nil {
		return err
	}
	if paused && r.health.Answers && r.health.Ahead > 0 { // nobody looked at what the printer held: it is asked
		r.health.Asked, r.trouble, r.notBefore = false, order.Said{}, time.Time{}
		return nil
	}
	s.beginAgain()
	return nil
}

// scannedInRun takes a scanned label.
func (s *Station) scannedInRun(code string) error {
	r := s.run
	at, notOut := spool.LabelWith(r.Run, r.works, code)
	switch {
	case at == spool.ManyLabels:
		return order.Trouble(nil, "run.several", "code", code)
	case at < 0:
		return s.notInRun(code)
	case notOut:
		return order.Trouble(nil, "run.cut_label", "number", at+1)
	case r.State == order.RunStanding:
		return s.recoverRun(at)
	case r.isSending(r.Parcels[at]):
		return order.Trouble(nil, "run.busy") // what was scanned is an older one
	case r.works[r.Parcels[at]].Label.State == order.Seen:
		return nil
	}
	return s.journalRun(order.Event{Kind: order.LabelSeen, Parcel: r.Parcels[at]})
}

// notInRun is the problem of a scanned code that no label of the run carries.
func (s *Station) notInRun(code string) error {
	candidates, err := s.Store.Candidates(code)
	if err != nil {
		return err
	}
	if len(candidates.Replaced) > 0 {
		return &order.Problem{Said: packing.ReplacedBy(candidates.Replaced[0], s.Now())}
	}
	return order.Trouble(nil, "run.not_in_run", "code", code)
}

// lastGood takes the code of the last good label from who sees no screen: it must not be said twice by mistake.
func (s *Station) lastGood(code string) error {
	r := s.run
	if r.State == order.RunStanding {
		return s.scannedInRun(code)
	}
	at, notOut := spool.LabelWith(r.Run, r.works, code)
	switch {
	case r.State != order.RunPaused:
		return order.Trouble(nil, "run.not_standing")
	case at >= 0 && !notOut && len(r.Paper) > 0 && r.Paper[len(r.Paper)-1] != r.Parcels[at]:
		return order.Trouble(nil, "run.not_last", "number", at+1)
	}
	if err := s.scannedInRun(code); err != nil {
		return err
	}
	return s.goOnAgain()
}

// recoverRun lets the run go on after the last good label.
func (s *Station) recoverRun(last int) error {
	r := s.run
	if r.State != order.RunStanding {
		return order.Trouble(nil, "run.not_standing")
	}
	if r.sending {
		return order.Trouble(nil, "run.busy")
	}
	if s.elsewhere() {
		return s.otherPrinter()
	}
	if at := spool.SeenBehind(r.Run, r.works, last); at >= 0 {
		return order.Trouble(nil, "run.seen_behind", "number", at+1)
	}
	if err := s.journalRun(spool.Recover(r.Run, r.works, last)...); err != nil {
		return err
	}
	r.doubted = true
	s.beginAgain()
	return nil
}

func (s *Station) printMissing(w PrintWish) error {
	r := s.run
	if r.sending || !s.allOut() {
		return order.Trouble(nil, "run.busy")
	}
	if s.elsewhere() {
		return s.otherPrinter()
	}
	switch needs := s.needsBadge() && len(s.state.Staff.People) == 0; {
	case needs && len(s.Supervisors) == 0:
		return order.Trouble(nil, "run.no_supervisor")
	case needs && !slices.Contains(s.Supervisors, w.Supervisor):
		return order.Trouble(nil, "run.supervisor")
	}
	if !w.Why.Given() {
		w.Why = order.Lost
	}
	events := spool.Missing(r.Run, r.works, w.Why, w.Supervisor)
	if len(events) == 0 {
		return nil
	}
	if err := s.journalRun(events...); err != nil {
		return err
	}
	s.beginAgain()
	return nil
}

// giveUp ends the run. Labels that wait are not sent.
func (s *Station) giveUp(why string) error {
	r := s.run
	if r.sending {
		return order.Trouble(nil, "run.busy")
	}
	var events []order.Event
	for _, parcel := range r.Parcels {
		if l := r.works[parcel].Label; l.Run == r.ID && l.State == order.Queued {
			events = append(events, order.Event{Kind: order.LabelDropped, Parcel: parcel})
		}
	}
	return s.journalRun(append(events, order.Event{Kind: order.RunEnds, Why: order.Say(why)})...)
}

// answerWish tells what became of a wish.
func (s *Station) answerWish(wish printWish, err error) {
	s.tellWish(wish.PrintWish, err)
	s.publish(true) // first, so that who hears it finds it in the snapshot
	wish.done <- err
}

// tellWish puts before the packer what became of a wish.
func (s *Station) tellWish(w PrintWish, err error) {
	strip := Strip{Code: w.Code, At: s.Now()}
	if w.Act == PrintScan && !w.Typed {
		s.view.ScannerSeen = s.Now()
	}
	switch {
	case err != nil:
		strip.Outcome, strip.Said = packing.NeedsPerson, order.AsProblem(err).Said
	case w.Act == PrintScan:
		strip.Outcome, strip.Said = packing.LabelSeenOut, order.Say("say.label_seen")
		if at, _ := spool.LabelWith(s.run.Run, s.run.works, w.Code); at >= 0 {
			strip.Said = order.Say("say.label_came_out", "number", at+1)
		}
	case w.Act == PrintPause:
		strip.Outcome, strip.Said = packing.Accepted, order.Say("say.run_paused")
	case w.Act == PrintGiveUp:
		strip.Outcome, strip.Said = packing.Accepted, order.Say("say.run_ended")
	default:
		strip.Outcome, strip.Said = packing.Accepted, order.Say("say.accepted")
	}
	s.view.Strip = strip
}
