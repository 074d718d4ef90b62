package station

import (
	"context"
	"time"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/packing"
)

// Shelf is the hand-over shelf for a screen.
type Shelf struct {
	handover.State
	// Columns are the carriers' parts of it, Closed the sheets of today that are closed. Both are empty until the shelf was first at hand, and as old as LookedAt.
	Columns  []handover.Column
	Closed   []order.Sheet
	LookedAt time.Time
	Last     ShelfStrip
	// Waiting counts the scans that are being looked up.
	Waiting int
	// Trouble is why the shelf could not be looked at; empty: it could.
	Trouble order.Said
}

// ShelfStrip is what the last scan at the shelf came to. Outcome is empty before the first.
type ShelfStrip struct {
	Outcome handover.Outcome
	Said    order.Said
	Code    string
	Parcel  order.ParcelKey
	Place   handover.Place // where the parcel belongs: the column that is to light up
	Sheet   string
	At      time.Time
}

// shelfAt brings the shelf to hand, or lays it down.
type shelfAt struct {
	atHand bool
	place  handover.Place
}

// shelfBag begins or ends a bag, shelfTake takes a parcel back, shelfLook looks at the shelf anew.
type (
	shelfBag  struct{ code string }
	shelfTake struct{ code string }
	shelfLook struct{}
)

// shelfDone brings back what came of a scan at the shelf, or only how the shelf looks now.
type shelfDone struct {
	strip   ShelfStrip // its Outcome is empty where nothing was scanned
	columns []handover.Column
	closed  []order.Sheet
	problem *order.Problem // the shelf could not be looked at
	reply   chan Answer    // nil where nobody waits for it
}

// modesTold brings back that the platform was asked how parcels at the shelf are handed over.
type modesTold struct{ err error }

// modesAtOnce is how many parcels the platform is asked about beside the scans, modesRest the pause after it did not answer.
const (
	modesAtOnce = 5
	modesRest   = 30 * time.Second
)

// askModes asks how parcels at the shelf are handed over, a few at a time and each once, so that every column counts its own.
func (s *Station) askModes() {
	if s.modes.asking || !s.view.Shelf.AtHand || s.Now().Before(s.modes.rests) {
		return
	}
	rows := withoutMode(s.view.Shelf.Columns, modesAtOnce, func(key order.ParcelKey) bool { return !s.modes.asked[key] })
	if len(rows) == 0 {
		return
	}
	if s.modes.asked == nil {
		s.modes.asked = map[order.ParcelKey]bool{}
	}
	for _, row := range rows {
		s.modes.asked[row.Parcel] = true
	}
	s.modes.asking = true
	ctx := s.ctx
	s.working.Go(func() { s.inbox.post(modesTold{s.Desk.learnModes(ctx, rows, "")}) })
}

// modes is what was asked of how parcels are handed over.
type modes struct {
	asking bool
	asked  map[order.ParcelKey]bool
	rests  time.Time
}

func (s *Station) modesHeard(told modesTold) {
	s.modes.asking = false
	if told.err != nil {
		s.logTrouble("the platform was not asked how parcels are handed over", "", told.err)
		s.modes.rests, s.modes.asked = s.Now().Add(modesRest), nil
		return
	}
	s.lookAtShelf()
}

// TakeShelf has scans hand parcels over from now on: those of a place; with empty fields, of all. It returns at once.
func (s *Station) TakeShelf(place handover.Place) { s.inbox.post(shelfAt{true, place}) }

// LayShelf has scans pack parcels again. It returns at once.
func (s *Station) LayShelf() { s.inbox.post(shelfAt{}) }

// Bag has what is handed over next lie in the bag with a code, until the same code comes again or an empty one. It returns at once.
func (s *Station) Bag(code string) { s.inbox.post(shelfBag{code}) }

// TakeBack takes the parcel with a code off the open sheet it is on. It returns at once; what came of it is in a snapshot.
func (s *Station) TakeBack(code string) { s.inbox.post(shelfTake{code}) }

// LookAtShelf has the snapshot show what somebody else did to the sheets. It returns at once.
func (s *Station) LookAtShelf() { s.inbox.post(shelfLook{}) }

// lookAgainAtShelf is how often the shelf at hand is looked at without a scan: parcels are packed and cancelled meanwhile.
const lookAgainAtShelf = 2 * time.Second

// shelfMessage takes what concerns the hand-over shelf.
func (s *Station) shelfMessage(message any) {
	shelf := &s.view.Shelf
	switch message := message.(type) {
	case shelfAt:
		shelf.AtHand, shelf.At = message.atHand, message.place
		if !message.atHand {
			shelf.Bundle = ""
		}
		s.lookAtShelf()
	case shelfBag:
		var v handover.Verdict
		shelf.State, v = shelf.Bag(message.code)
		s.shelfSays(ShelfStrip{Outcome: v.Outcome, Said: v.Said, Code: message.code}, nil)
	case shelfTake:
		s.atDesk(message.code, nil, func(_ context.Context, by string) (handover.Verdict, error) { return s.Desk.TakeBack(message.code, by) })
	case shelfLook:
		s.lookAtShelf()
	case shelfDone:
		s.shelfHeard(message)
		s.askModes()
	case modesTold:
		s.modesHeard(message)
	}
	s.publish(false)
}

// atShelf takes a scan where the shelf is at hand, and tells whether it did. Badges and PINs are the bench's all the same.
func (s *Station) atShelf(r request) bool {
	scanned, ok := r.input.(packing.Scanned)
	if !ok || !s.view.Shelf.AtHand || s.Desk == nil {
		return false
	}
	badge := order.PersonOf(s.state.Staff.People, scanned.Code).Badge != ""
	if badge || s.state.SignedOut() || s.state.Staff.PIN.Of.Badge != "" {
		return false
	}
	if !scanned.Typed {
		s.view.ScannerSeen = s.Now()
	}
	shelf := &s.view.Shelf
	var v handover.Verdict
	shelf.State, v = shelf.Scan(s.Desk.Rules, scanned.Scan)
	if v.Outcome != "" {
		s.shelfSays(ShelfStrip{Outcome: v.Outcome, Said: v.Said, Code: scanned.Code}, r.reply)
		return true
	}
	at, bundle := shelf.At, shelf.Bundle
	s.atDesk(scanned.Code, r.reply, func(ctx context.Context, by string) (handover.Verdict, error) {
		return s.Desk.Scan(ctx, scanned.Scan, at, bundle, by)
	})
	return true
}

// atDesk has something done to the sheets beside the loop, behind what was to be done before it.
func (s *Station) atDesk(code string, reply chan Answer, do func(ctx context.Context, by string) (handover.Verdict, error)) {
	by := s.packer()
	s.view.Shelf.Waiting++
	s.outstanding++
	s.deskWork.post(func(ctx context.Context) shelfDone {
		v, err := do(ctx, by)
		strip := ShelfStrip{Outcome: v.Outcome, Said: v.Said, Code: code, Parcel: v.Known.Key, Place: v.Place, Sheet: v.Sheet}
		if err != nil {
			strip.Outcome, strip.Said = handover.NeedsPerson, order.AsProblem(err).Said
			s.logTrouble("a scan at the hand-over shelf did not count", strip.Parcel, err)
		}
		done := s.lookedAt()
		done.strip, done.reply = strip, reply
		return done
	})
}

// lookAtShelf has the shelf looked at beside the loop.
func (s *Station) lookAtShelf() {
	if s.Desk == nil {
		return
	}
	s.shelfLooked = s.Now()
	s.deskWork.post(func(context.Context) shelfDone { return s.lookedAt() })
}

func (s *Station) lookedAt() (done shelfDone) {
	var err error
	if done.columns, err = s.Desk.Columns(); err == nil {
		done.closed, err = s.Desk.ClosedToday()
	}
	s.logTrouble("the hand-over shelf was not looked at", "", err)
	done.problem = order.AsProblem(err)
	return done
}

// keepDesk does what is to be done to the sheets, one thing after the other, until the bench closes. What was accepted is in the journal by then.
func (s *Station) keepDesk() {
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-s.deskWork.ready:
			for _, work := range s.deskWork.take() {
				if s.ctx.Err() != nil {
					return
				}
				s.inbox.post(work.(func(context.Context) shelfDone)(s.ctx))
			}
		}
	}
}

// shelfHeard takes in what came of something at the shelf.
func (s *Station) shelfHeard(done shelfDone) {
	shelf := &s.view.Shelf
	shelf.Trouble = order.Said{}
	if done.problem != nil {
		shelf.Trouble = done.problem.Said
	} else {
		shelf.Columns, shelf.Closed, shelf.LookedAt = done.columns, done.closed, s.Now()
	}
	if done.strip.Outcome != "" {
		shelf.Waiting--
		s.outstanding--
		s.shelfSays(done.strip, done.reply)
	}
}

// shelfSays puts what a scan at the shelf came to before the person, and answers who waits for it. A repeat takes nothing away that is to be read.
func (s *Station) shelfSays(strip ShelfStrip, reply chan Answer) {
	strip.At = s.Now()
	if strip.Outcome != handover.Repeated {
		s.view.Shelf.Last = strip
	}
	s.Log.Info("hand-over", "outcome", strip.Outcome, "parcel", strip.Parcel, "sheet", strip.Sheet)
	s.publish(false) // who hears the answer finds it in the snapshot
	if reply != nil {
		reply <- Answer{Code: strip.Code, Outcome: packing.Outcome(strip.Outcome), Parcel: strip.Parcel, Said: strip.Said}
	}
}

// tickShelf looks at the shelf at hand now and then.
func (s *Station) tickShelf() {
	if s.view.Shelf.AtHand && s.view.Shelf.Waiting == 0 && s.Now().Sub(s.shelfLooked) >= lookAgainAtShelf {
		s.lookAtShelf()
	}
}
