package order

import (
	"cmp"
	"slices"
	"time"
)

// ClockState is how a clock stands.
type ClockState string

// The states of a clock.
const (
	Met     ClockState = "met" // what it waited for has happened
	Running ClockState = "running"
	Near    ClockState = "near"
	Missed  ClockState = "missed"
)

// PlatformSource is the source of a clock whose time the platform itself sent.
const PlatformSource = "platform"

// Clock is one deadline of a parcel.
type Clock struct {
	ID          RuleID
	Started     time.Time // zero where nobody told
	Due         time.Time
	Ended       time.Time // Met: when, if that was told
	State       ClockState
	Consequence Consequence
	Source      string
	// late is when it is missed: Due, or later where the rule gives grace.
	late time.Time
}

// MetLate tells whether what it waited for happened, but too late.
func (c Clock) MetLate() bool { return c.State == Met && c.Ended.After(c.late) }

// Late is by how much it was missed, 0 where it was not.
func (c Clock) Late(now time.Time) time.Duration {
	if c.State != Missed {
		return 0
	}
	return now.Sub(c.Due)
}

type platformClock struct {
	family, id, us RuleID
	end            Point
	consequence    Consequence
}

// platformClocks are the clocks whose time the platform sends, one for one (fulfilment rules 2, "The platform's own times win").
var platformClocks = [slas]platformClock{
	ArrangeSLA:         {"ready", "ready", "us-ready", ReadyToGo, CountsLate},
	CollectSLA:         {"dispatched", "dispatched", "dispatched", InCarriage, CountsLate},
	DeliverSLA:         {"delivered", "delivered", "delivered", AtBuyer, CountsLate},
	ArrangeOrCancelSLA: {"auto-cancel-ready", "auto-cancel-ready", "us-auto-cancel-ready", ReadyToGo, IsCancelled},
	CollectOrCancelSLA: {"auto-cancel", "auto-cancel", "us-auto-cancel-shipped", InCarriage, IsCancelled},
	AnswerSLA:          {"cancel-answer", "cancel-answer", "cancel-answer", Answered, IsCancelled},
}

// PlatformSends tells whether the platform sends times of a clock by itself, which win over the rule's.
func PlatformSends(id RuleID) bool {
	return slices.ContainsFunc(platformClocks[:], func(p platformClock) bool { return p.id == id || p.us == id })
}

// Clocks are the clocks of a course with pieces of some articles, as they stand at a moment, the one due first before the others. Those that were met are among
// them. Each family has one at most: the platform's own time where it sent one, else that of the rule made most for it. What is cancelled, and what the
// platform's own warehouse packs, has none.
func (r *Rules) Clocks(c *Course, skus []string, cal Calendar, now time.Time) []Clock {
	if c.Ended {
		return nil
	}
	s := setting{rules: r, course: c, skus: skus, calendar: cal,
		apply: make([]*Rule, 0, roomForClocks), clocks: make([]Clock, 0, roomForClocks), ends: make([]Point, 0, roomForClocks), families: make([]RuleID, 0, roomForClocks)}
	for sla, at := range c.Deadlines {
		if at != 0 && (SLA(sla) != AnswerSLA || c.Passed(CancelAsked)) {
			s.platform(SLA(sla), at)
		}
	}
	for i := range r.List {
		if rule := &r.List[i]; rule.Applies(c) && !s.has(rule.family()) {
			s.add(rule)
		}
	}
	for _, rule := range s.apply {
		s.rule(rule)
	}
	for i := range s.clocks {
		s.clocks[i].State = s.stateOf(&s.clocks[i], s.ends[i], now)
	}
	slices.SortStableFunc(s.clocks, func(a, b Clock) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID)) })
	return s.clocks
}

// NextDue is the moment at which the next clock of a course that is not met is missed, the zero time where none runs; it may be over.
func (r *Rules) NextDue(c *Course, skus []string, cal Calendar) (next time.Time) {
	if c.Passed(AtBuyer) {
		return time.Time{}
	}
	for _, clock := range r.Clocks(c, skus, cal, time.Time{}) {
		if clock.State != Met {
			next = sooner(next, clock.Due)
		}
	}
	return next
}

// roomForClocks is for as many clocks as a course usually has.
const roomForClocks = 12

// setting is the setting of a course's clocks.
type setting struct {
	rules    *Rules
	course   *Course
	skus     []string
	calendar Calendar
	apply    []*Rule // one of each family the platform sent no time of
	clocks   []Clock
	ends     []Point
	families []RuleID
}

// add takes in a rule that applies, unless there is one of its family that comes before it.
func (s *setting) add(rule *Rule) {
	for i, other := range s.apply {
		if other.family() == rule.family() {
			if rule.closer(other) {
				s.apply[i] = rule
			}
			return
		}
	}
	s.apply = append(s.apply, rule)
}

func (s *setting) has(family RuleID) bool { return slices.Contains(s.families, family) }

func (s *setting) put(family RuleID, end Point, clock Clock) {
	if s.course.Passed(end) {
		clock.Ended = s.course.Mark(end).Time()
	}
	s.clocks, s.ends, s.families = append(s.clocks, clock), append(s.ends, end), append(s.families, family)
}

// platform sets a clock to the time the platform sent.
func (s *setting) platform(sla SLA, at Moment) {
	p := platformClocks[sla]
	clock := Clock{ID: p.id, Due: at.Time(), late: at.Time(), Consequence: p.consequence, Source: PlatformSource}
	if s.course.Market == "US" {
		clock.ID = p.us
	}
	for i := range s.rules.List {
		if rule := &s.rules.List[i]; rule.family() == p.family && rule.Applies(s.course) && rule.Start != NoPoint {
			clock.Started, _ = s.start(rule)
		}
	}
	s.put(p.family, p.end, clock)
}

// rule sets the clock of a rule, if what starts it has happened.
func (s *setting) rule(rule *Rule) {
	start, ok := s.start(rule)
	if !ok {
		return
	}
	due, source := start, rule.Source
	if rule.End == ReadyToGo && rule.Type == PreOrder && s.course.Passed(ShipDate) {
		due, source = s.course.Mark(ShipDate).Time(), PlatformSource // the expected ship date is the limit (fulfilment rules 2, presale-ready)
	} else {
		due = rule.Limit.add(start, s.course, s.calendar)
	}
	if source != PlatformSource {
		due = s.extended(rule.ID, due)
	}
	s.put(rule.family(), rule.End, Clock{
		ID: rule.ID, Started: start, Due: due, late: rule.Grace.add(due, s.course, s.calendar), Consequence: rule.Consequence, Source: source,
	})
}

// start is when a rule's clock starts. That of a pre-order starts no earlier than its release (fulfilment rules 2, release_date), and one that follows another
// when that one runs out, if what starts it was passed.
func (s *setting) start(rule *Rule) (time.Time, bool) {
	if rule.After != "" {
		if rule.Start != NoPoint && !s.course.Passed(rule.Start) {
			return time.Time{}, false
		}
		for _, clock := range s.clocks {
			if clock.ID == rule.After {
				return clock.Due, true
			}
		}
		return time.Time{}, false
	}
	if rule.Start == LastTracked { // or since the carrier took it, where it has said nothing since
		last := max(s.course.Mark(LastTracked), s.course.Mark(InCarriage))
		return last.Time(), last != 0 && s.course.Passed(InCarriage)
	}
	start := s.course.Mark(rule.Start)
	if start == 0 {
		return time.Time{}, false
	}
	if s.course.PreOrder && rule.Type != PreOrder && (rule.Start == Placed || rule.Start == Paid) {
		start = max(start, s.course.Mark(ShipDate))
	}
	return start.Time(), true
}

// extended is a due moment with the extensions there are for its clock.
func (s *setting) extended(id RuleID, due time.Time) time.Time {
	for _, e := range s.rules.Extensions {
		if e.Clock == id && e.Applies(s.course, s.skus) {
			due = e.Add.add(due, s.course, s.calendar)
		}
	}
	return due
}

// nearWithout is how long before its end a clock is near of which nobody knows when it started.
const nearWithout = 12 * time.Hour

func (s *setting) stateOf(c *Clock, end Point, now time.Time) ClockState {
	if s.course.Passed(end) {
		return Met
	}
	if now.After(c.late) {
		return Missed
	}
	near := nearWithout
	if !c.Started.IsZero() {
		near = time.Duration(float64(c.Due.Sub(c.Started)) * s.rules.Near)
	}
	if now.After(c.Due.Add(-near)) {
		return Near
	}
	return Running
}
