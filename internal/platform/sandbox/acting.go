package sandbox

import (
	"container/heap"
	"hash/fnv"
	"math/rand/v2"
	"time"
)

// event is something that buyers, carriers or the system are going to do.
type event struct {
	at    int64 // Unix s of orders' lives
	what  string
	id    string // of the order or package
	entry *running
}

// agenda is what is going to happen, the earliest first; at the same time in the order of names, so that it does not
// depend on who asked for it first.
type agenda []event

func (a agenda) Len() int { return len(a) }

func (a agenda) Less(i, j int) bool {
	p, q := a[i], a[j]
	switch {
	case p.at != q.at:
		return p.at < q.at
	case p.what != q.what:
		return p.what < q.what
	case p.id != q.id:
		return p.id < q.id
	}
	return p.entry != nil && q.entry != nil && p.entry.number < q.entry.number
}

func (a agenda) Swap(i, j int) { a[i], a[j] = a[j], a[i] }

func (a *agenda) Push(e any) { *a = append(*a, e.(event)) }

func (a *agenda) Pop() any {
	last := len(*a) - 1
	e := (*a)[last]
	*a = (*a)[:last]
	return e
}

// expect puts something on the agenda, at the earliest for now.
func (s *Sandbox) expect(at time.Time, what, id string) {
	s.enqueue(event{at: at.Unix(), what: what, id: id})
}

// await puts an act of the scenario on the agenda.
func (s *Sandbox) await(f *running) {
	s.enqueue(event{at: s.starts(f.Entry).Unix(), what: "scenario", entry: f})
}

func (s *Sandbox) enqueue(e event) {
	e.at = max(e.at, s.now().Unix())
	heap.Push(&s.agenda, e)
}

// catchUp lets happen what has become due since the last request, in the order of its times.
func (s *Sandbox) catchUp() {
	until := s.lives().Unix()
	for !s.calm && len(s.agenda) > 0 && s.agenda[0].at <= until {
		e := heap.Pop(&s.agenda).(event)
		s.moment = time.Unix(e.at, 0).UTC()
		s.happen(e)
	}
	s.moment = time.Time{}
}

// happen lets one thing happen if it still can.
func (s *Sandbox) happen(e event) {
	switch {
	case e.what == "scenario":
		if e.entry.strikes() {
			s.act(e.entry, nil)
		}
	case e.what == "arrival":
		s.arrive()
	case steps[e.what] != nil:
		r := s.orders[e.id]
		if r == nil {
			return
		}
		o, err := readObject(r.json)
		if err == nil {
			err = steps[e.what](s, r, o)
		}
		s.note(e.what, e.id, err)
	default:
		if p := s.parcels[e.id]; p != nil {
			s.note(e.what, e.id, carriersSteps[e.what](s, p))
		}
	}
}

// note remembers what could not be done.
func (s *Sandbox) note(what, id string, err error) {
	if err != nil {
		s.refused = append(s.refused, what+" "+id+": "+err.Error())
	}
}

// fate is chance for one order or package: the same for the same seed, whatever else happens.
func (s *Sandbox) fate(what, id string) *rand.Rand {
	h := fnv.New64a()
	// A hash never fails.
	_, _ = h.Write([]byte(what + " " + id))
	return rand.New(rand.NewPCG(uint64(s.seed), h.Sum64()))
}

// within is a time between two distances from a moment.
func within(r *rand.Rand, from time.Time, least, most time.Duration) time.Time {
	return from.Add(least + time.Duration(r.Int64N(int64((most-least)/time.Second)))*time.Second)
}

// How often of a hundred something happens to an order by itself.
const (
	neverPaid      = 10
	changesMind    = 3 // while on hold, when the buyer cancels alone
	asksToCancel   = 5 // while it waits for shipment
	asksTooLate    = 2 // between arranging and collection
	withdraws      = 40
	missesTheRound = 8
)

func often(r *rand.Rand, percent int) bool { return r.IntN(100) < percent }

// When the platform and buyers act.
const (
	unpaidLife   = 48 * time.Hour     // fulfilment rules 2, unpaid-cancel
	readyForVan  = 30 * time.Minute   // what is arranged later waits for the next round
	untilRefunds = 7 * 24 * time.Hour // DELIVERED to COMPLETED, as the plain shop has it
)

// plan puts on the agenda what is going to happen to an order that has come into its state. old is the order before;
// nil for a new one.
func (s *Sandbox) plan(old, r *record, o object) {
	if !s.living {
		return
	}
	if old != nil && old.CancelRequested && !r.CancelRequested {
		s.planState(old, r, o) // what was put off while the request waited
	} else if old == nil || old.Status != r.Status {
		s.planState(old, r, o)
	}
	if r.CancelRequested && (old == nil || !old.CancelRequested) {
		s.planAnswer(r)
	}
	s.planParcels(r, o)
}

func (s *Sandbox) planState(old, r *record, o object) {
	fate := s.fate(r.Status, r.ID)
	now := s.now()
	due := func(what, key string) {
		if at := o.number(key); at > 0 {
			s.expect(time.Unix(at, 0), what, r.ID)
		}
	}
	switch r.Status {
	case "UNPAID":
		made := time.Unix(r.created, 0)
		s.expect(made.Add(unpaidLife), "unpaid", r.ID)
		if !often(fate, neverPaid) {
			s.expect(within(fate, made, time.Minute, 2*time.Hour), "pay", r.ID)
		}
	case "ON_HOLD":
		ends := time.Unix(o.number("paid_time"), 0).Add(remorse)
		if old != nil && ends.Before(now) { // held again
			ends = now.Add(remorse)
		}
		if release := o.number("release_date"); release > 0 {
			ends = time.Unix(release, 0)
		}
		s.expect(ends, "release", r.ID)
		if often(fate, changesMind) {
			s.expect(within(fate, now, time.Minute, remorse), "change of mind", r.ID)
		}
	case "AWAITING_SHIPMENT", "PARTIALLY_SHIPPING":
		due("missed shipping", "shipping_due_time")
		if o.text("fulfillment_type") == "FULFILLMENT_BY_TIKTOK" {
			s.expect(within(fate, now, time.Hour, 12*time.Hour), "platform ships", r.ID)
		} else if often(fate, asksToCancel) {
			s.expect(within(fate, now, 10*time.Minute, 20*time.Hour), "request", r.ID)
		}
	case "AWAITING_COLLECTION":
		due("missed collection", "collection_due_time")
		if often(fate, asksTooLate) {
			s.expect(within(fate, now, 10*time.Minute, 6*time.Hour), "request", r.ID)
		}
	case "DELIVERED":
		s.expect(now.Add(untilRefunds), "complete", r.ID)
	}
}

// planAnswer puts the end of a buyer's request on the agenda, in case the seller does not answer.
func (s *Sandbox) planAnswer(r *record) {
	fate := s.fate("request", r.ID)
	if often(fate, withdraws) {
		s.expect(within(fate, s.now(), 30*time.Minute, 20*time.Hour), "withdraw", r.ID)
	}
	s.expect(s.now(), "deadline", r.ID) // which looks up when that is
}

// planParcels lets carriers come for the parcels of an order, and bring them.
func (s *Sandbox) planParcels(r *record, o object) {
	for _, u := range unitsOf(o) {
		p := s.parcels[u.packageID()]
		if p == nil {
			continue
		}
		fate := s.fate(u.text("display_status"), p.id)
		switch at := u.stage(); {
		case at == s.planned[p.id]:
		case at == arranged:
			s.planned[p.id] = at
			round := nextRound(s.region(r.shop), s.now().Add(readyForVan))
			if often(fate, missesTheRound) {
				round = nextRound(s.region(r.shop), round.Add(12*time.Hour))
			}
			if p.slot != nil {
				round = time.Unix(p.slot.Start, 0).Add(time.Hour)
			}
			if !p.silent {
				s.expect(round.Add(p.late), "collect", p.id)
			}
		case at == collected:
			s.planned[p.id] = at
			if delivery := within(fate, s.now(), 20*time.Hour, 90*time.Hour); !p.silent {
				s.planWay(p, delivery)
				s.expect(delivery, "deliver", p.id)
			}
		}
	}
}

// steps are what happens to an order by itself. Each looks first whether it still can.
var steps map[string]func(*Sandbox, *record, object) error

func init() {
	steps = map[string]func(*Sandbox, *record, object) error{
		"pay": func(s *Sandbox, r *record, o object) error {
			if r.Status != "UNPAID" {
				return nil
			}
			return s.pay(o, r.shop)
		},
		"unpaid": func(s *Sandbox, r *record, o object) error {
			if r.Status != "UNPAID" {
				return nil
			}
			return s.cancelOrder(o, r.shop, byPlatform, "Payment overdue")
		},
		"release": func(s *Sandbox, r *record, o object) error {
			if r.Status != "ON_HOLD" {
				return nil
			}
			return s.release(o, r.shop)
		},
		"change of mind": func(s *Sandbox, r *record, o object) error {
			if r.Status != "ON_HOLD" {
				return nil
			}
			return s.cancelOrder(o, r.shop, byBuyer, defaultBuyerReason)
		},
		"missed shipping": func(s *Sandbox, r *record, o object) error {
			if stages[r.Status] >= arranged || o.number("shipping_due_time") > s.now().Unix() {
				return nil
			}
			return s.cancelMissed(o, r.shop, toShip, "system_cancel_order_reason_shipping_timeout")
		},
		"missed collection": func(s *Sandbox, r *record, o object) error {
			if stages[r.Status] >= collected || o.number("collection_due_time") > s.now().Unix() {
				return nil
			}
			return s.cancelMissed(o, r.shop, arranged, "system_cancel_order_reason_collection_timeout")
		},
		"platform ships": func(s *Sandbox, r *record, o object) error { return s.platformShips(r, o) },
		"request": func(s *Sandbox, r *record, o object) error {
			if r.CancelRequested || stages[r.Status] < toShip || stages[r.Status] > arranged {
				return nil
			}
			_, err := s.requestCancel(o, r.shop, defaultBuyerReason)
			return err
		},
		"withdraw": func(s *Sandbox, r *record, _ object) error {
			c := s.pendingOf(r.ID)
			if c == nil {
				return nil
			}
			return s.endCancellation(c, requestClosed)
		},
		"deadline": func(s *Sandbox, r *record, _ object) error {
			c := s.pendingOf(r.ID)
			if c == nil {
				return nil
			}
			if deadline := time.Unix(c.deadline(), 0); deadline.After(s.now()) { // another request than the one expected
				s.expect(deadline, "deadline", r.ID)
				return nil
			}
			return s.endCancellation(c, requestAccepted)
		},
		"complete": func(s *Sandbox, r *record, o object) error {
			if r.Status != "DELIVERED" {
				return nil
			}
			return s.complete(o, r.shop)
		},
	}
}

// cancelMissed cancels an order that missed a deadline at a stage: of one that a carrier has a part of, only what is not further.
func (s *Sandbox) cancelMissed(o object, shopID string, at stage, reason string) error {
	if !onItsWay(o) {
		return s.cancelOrder(o, shopID, byPlatform, reason)
	}
	var missed []string
	for _, u := range unitsOf(o) {
		if u.stage() <= at {
			missed = append(missed, u.id())
		}
	}
	if len(missed) == 0 {
		return nil
	}
	_, err := s.cancelUnits(o, shopID, missed, byPlatform, reason)
	return err
}

// carriersSteps are what carriers do with a parcel. One with a request to cancel stays until the next round.
var carriersSteps = map[string]func(*Sandbox, *parcel) error{
	"collect": func(s *Sandbox, p *parcel) error {
		parts, err := s.open(p)
		if err != nil || parts.stage() != arranged {
			return err
		}
		if parts.requested() {
			s.expect(nextRound(s.region(p.shop), s.now()), "collect", p.id)
			return nil
		}
		return s.collect(p)
	},
	"deliver": func(s *Sandbox, p *parcel) error {
		parts, err := s.open(p)
		if err != nil || parts.stage() != collected {
			return err
		}
		if p.undeliverable {
			s.fail(p)
			return nil
		}
		return s.deliver(p)
	},
}

// platformShips lets the platform's own warehouse ship an order of its.
func (s *Sandbox) platformShips(r *record, o object) error {
	if r.Status != "AWAITING_SHIPMENT" || r.CancelRequested {
		return nil
	}
	if len(r.shares) == 0 { // a market that forms packages late
		wrap(o, unitsOf(o), s.form(r.shop).id)
		if err := s.change(r.shop, o); err != nil {
			return err
		}
	}
	for _, part := range s.orders[r.ID].shares {
		p := s.parcels[part.packageID]
		parts, err := s.open(p)
		if err != nil {
			return err
		}
		if parts.stage() == toShip && !parts.requested() {
			if err := s.arrange(p, parts); err != nil {
				return err
			}
		}
	}
	return nil
}

// pay makes an order paid: it goes on hold, with the deadlines that follow from its payment.
func (s *Sandbox) pay(o object, shopID string) error {
	now := s.now()
	o["status"], o["is_on_hold_order"] = "ON_HOLD", true
	life{paid: now, arrangeBy: now.Add(arrangeWithin)}.write(o, "ON_HOLD")
	for _, u := range unitsOf(o) {
		u.object["display_status"], u.line["display_status"] = "AWAITING_SHIPMENT", "AWAITING_SHIPMENT"
	}
	return s.change(shopID, o)
}
