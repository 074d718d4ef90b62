package sandbox

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"
)

// kind is one thing a scenario can do.
type kind struct {
	act    bool   // done to an order, not to an answer
	once   bool   // strikes once unless the entry says how often
	amount bool   // needs Entry.By
	calls  string // the calls it is about where the entry names none
	parcel bool   // counted by parcels arranged, not by calls
	items  bool   // Entry.Order and Entry.Package choose orders in the answer, not calls
	strike func(*Sandbox, *running, *encounter)
	usual  Entry // as a flag without more: often enough to be met, seldom enough to work
	value  func(*Entry, string) error
}

// The calls that faults are about where an entry does not say.
const (
	everyCall    = "*"
	everyPage    = "POST *search"
	everyOrder   = "/order/*"
	everyAddress = "/*er/*/*er*" // set apart in addressCalls
	shipCalls    = "POST /fulfillment/*ship"
	batchCall    = "POST /fulfillment/*/packages/ship"
)

// kinds are all faults and acts by their names in a scenario.
var kinds map[string]kind

func init() {
	by := func(d time.Duration) Entry { return Entry{By: Duration(d)} }
	kinds = map[string]kind{
		"clock_skew":      {amount: true, calls: everyCall, strike: skew, usual: by(10 * time.Minute), value: setBy},
		"rate_429":        {calls: everyCall, strike: tooMany, usual: Entry{Every: 5}, value: setRetryAfter},
		"html_503":        {calls: everyCall, strike: overload, usual: Entry{Every: 7}, value: setEvery},
		"slow":            {amount: true, calls: everyCall, strike: slow, usual: Entry{By: Duration(2 * time.Second), Every: 3}, value: setBy},
		"cut":             {calls: everyCall, strike: cut, usual: Entry{Every: 7}, value: setEvery},
		"lost_before":     {calls: everyCall, strike: loseCall, usual: Entry{Every: 7}, value: setEvery},
		"lost_after":      {calls: everyCall, strike: loseAnswer, usual: Entry{Call: shipCalls, Every: 3}, value: setEvery},
		"garbage":         {calls: everyCall, strike: garbage, usual: Entry{Every: 7}, value: setEvery},
		"label_never":     {parcel: true, usual: Entry{Every: 5}, value: setEvery},
		"label_delay":     {amount: true, parcel: true, usual: by(20 * time.Second), value: setBy},
		"link_expired":    {calls: "GET " + documentPath + "*", strike: linkExpired, usual: Entry{Every: 3}, value: setEvery},
		"batch_fail":      {calls: batchCall, strike: batchFail, usual: Entry{Count: 1, Code: 21001003}, value: setCode},
		"error":           {calls: everyCall, strike: anyError, usual: Entry{Code: 36009003, Every: 7}, value: setCode},
		"token_expired":   {once: true, calls: "/*", strike: expireToken, usual: Entry{Call: everyOrder, Every: 20}, value: setEvery},
		"scope_missing":   {calls: everyCall, strike: scopeMissing, usual: Entry{Call: "/fulfillment/*"}, value: setScope},
		"masked":          {items: true, calls: everyCall, strike: maskAddresses, value: setOrder},
		"empty_address":   {items: true, calls: everyCall, strike: emptyAddresses, value: setOrder},
		"duplicate_items": {items: true, calls: everyPage, strike: repeatItems, value: setEvery},
		"unknown_enum":    {items: true, calls: everyCall, strike: unknownEnum, usual: Entry{Every: 3}, value: setField},
		"yesterday":       {items: true, calls: "POST /order/*/orders/search", strike: yesterday, value: setEvery},
	}
	for name := range deeds {
		kinds[name] = kind{act: true, once: true, value: setOrder}
	}
}

// Faults are the names of all faults and acts.
func Faults() []string { return slices.Sorted(maps.Keys(kinds)) }

func setBy(e *Entry, value string) (err error)   { return e.By.UnmarshalText([]byte(value)) }
func setOrder(e *Entry, value string) error      { e.Order = value; return nil }
func setScope(e *Entry, value string) error      { e.Scope = value; return nil }
func setField(e *Entry, value string) error      { e.Field = value; return nil }
func setRetryAfter(e *Entry, value string) error { return e.RetryAfter.UnmarshalText([]byte(value)) }

func setEvery(e *Entry, value string) (err error) {
	e.Every, err = strconv.Atoi(value)
	return err
}

func setCode(e *Entry, value string) (err error) {
	e.Code, err = strconv.Atoi(value)
	return err
}

// running is an entry at work.
type running struct {
	Entry
	kind
	number  int // of the entry, from 1
	seed    int64
	calls   pattern
	matched int
	struck  int
}

// begin puts a scenario to work. It fails where the scenario names what is not there.
func (s *Sandbox) begin(scenario Scenario) error {
	if err := scenario.check(); err != nil {
		return err
	}
	first := s.inOrder()
	for i, e := range scenario.Entries {
		if place, counted := strings.CutPrefix(e.Order, "#"); counted {
			n, err := strconv.Atoi(place)
			if err != nil || n > len(first) {
				return fmt.Errorf("%w: entry %d (%s): there is no order %s, only %d", ErrScenario, i+1, e.What, e.Order, len(first))
			}
			e.Order = first[n-1].ID
		}
		if e.Order != "" && e.Order != anyOrder && s.orders[e.Order] == nil {
			return fmt.Errorf("%w: entry %d (%s): there is no order %s", ErrScenario, i+1, e.What, e.Order)
		}
		f := &running{Entry: e, kind: kinds[e.What], number: i + 1, seed: scenario.Seed}
		if f.Call == "" {
			f.Call = f.kind.calls
		}
		f.calls = patternOf(f.Call)
		if f.act && e.Call == "" {
			s.await(f)
			continue
		}
		s.faults = append(s.faults, f)
		s.remembers = s.remembers || e.What == "yesterday"
	}
	return nil
}

// inOrder are all orders, the oldest first.
func (s *Sandbox) inOrder() []*record {
	return slices.SortedFunc(maps.Values(s.orders), func(a, b *record) int { return a.place(false).compare(b.place(false)) })
}

// starts is the moment in the orders' lives from which an entry counts.
func (s *Sandbox) starts(e Entry) time.Time {
	if e.At != nil {
		return *e.At
	}
	return s.born.Add(time.Duration(e.After))
}

// strikes tells whether a fault is to strike at what has just matched it, and counts.
func (f *running) strikes() bool {
	f.matched++
	n := f.matched
	switch {
	case f.Nth > 0 && n != f.Nth, n < f.From, f.To > 0 && n > f.To, f.Every > 0 && n%f.Every != 0,
		f.Times > 0 && f.struck >= f.Times:
		return false
	case f.once && f.Times == 0 && f.Every == 0 && f.struck > 0:
		return false
	case f.Probability > 0 && f.chance(n).Float64() >= f.Probability:
		return false
	}
	f.struck++
	return true
}

// chance is the same for the same scenario, entry and count.
func (f *running) chance(n int) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(f.seed), uint64(f.number)<<32+uint64(n)))
}

func (s *Sandbox) active(f *running) bool {
	now, from := s.now(), s.starts(f.Entry)
	return !now.Before(from) && (f.For == 0 || now.Before(from.Add(time.Duration(f.For))))
}

// meet finds what the scenario does to a call, and does what comes before it.
func (s *Sandbox) meet(e *encounter) {
	if s.calm {
		return
	}
	for _, f := range s.faults {
		if f.parcel || !f.calls.matches(e.method, e.path) || !s.active(f) {
			continue
		}
		if !s.concerns(f, e.asked) || !f.strikes() {
			continue
		}
		e.names = append(e.names, f.What)
		if f.act {
			s.meddle(f, e)
		} else {
			f.strike(s, f, e)
		}
	}
}

// concerns tells whether a call is about what an entry is about. An act may come with a call that is about nothing, such
// as a search; one that names orders or packages has to name its own.
func (s *Sandbox) concerns(f *running, a asked) bool {
	if f.items || f.Order == anyOrder {
		return true
	}
	ids := s.idsOf(f.Entry)
	return len(ids) == 0 || a.touches(ids) || f.act && a.parcelOf(s) == nil && a.orderID(s) == ""
}

// idsOf are the ids by which calls name what an entry is about: none where it is about everything.
func (s *Sandbox) idsOf(e Entry) []string {
	var ids []string
	if e.Package != "" {
		ids = append(ids, e.Package)
	}
	if e.Order != "" {
		ids = append(ids, e.Order)
		for _, part := range s.orders[e.Order].shares {
			ids = append(ids, part.packageID)
		}
	}
	return ids
}

// labelWait is how much longer than usual the label of a parcel takes whose shipment is arranged now.
func (s *Sandbox) labelWait(p *parcel) time.Duration {
	const never = 100 * 365 * 24 * time.Hour
	wait := time.Duration(0)
	for _, f := range s.faults {
		if s.calm || !f.parcel || !s.active(f) || f.Package != "" && f.Package != p.id ||
			f.Order != "" && !slices.Contains(p.orders, f.Order) || !f.strikes() {
			continue
		}
		if s.calling != nil {
			s.calling.names = append(s.calling.names, f.What)
		}
		if f.What == "label_never" {
			return never
		}
		wait += time.Duration(f.By)
	}
	return wait
}

// Calm ends what the scenario does and what buyers, carriers and the system do by themselves: from now on only the
// client changes anything. Labels in production are ready, and orders of which answers were false are marked as changed, so
// that a client which goes by update_time reads them again.
func (s *Sandbox) Calm() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp()
	s.calm = true
	for _, p := range s.parcels {
		if s.inProduction(p) {
			p.readyAt = s.clock()
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.falsified)) {
		s.retell(id)
	}
	clear(s.falsified)
}

// retell marks an order as changed.
func (s *Sandbox) retell(id string) {
	r := s.orders[id]
	o, err := readObject(r.json)
	if err == nil {
		err = s.change(r.shop, o)
	}
	s.note("retell", id, err)
}
