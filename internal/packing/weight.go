package packing

import (
	"slices"

	"packbench/internal/order"
)

// Weighed says that the scale shows something else than before. Like are the weights of parcels like the open one, in grams, the oldest first.
type Weighed struct {
	order.Reading
	Like []int
}

func (Weighed) input() {}

// The questions about a parcel's weight. The scan of its label weighs it again.
const (
	OnScale     Question = "on_scale"     // it is to be put on the scale, and is confirmed by itself then; ok: it goes without its weight
	OffWeight   Question = "weight_off"   // it weighs something else than like parcels: why a supervisor lets it go all the same, by number
	AllowWeight Question = "allow_weight" // the supervisor's badge is to be scanned
)

// OffWeightOut is the outcome of the label's scan on a parcel that weighs something else than like parcels did.
const OffWeightOut Outcome = "weight_off"

// FewestLike is how many like parcels must have been weighed before one can be off.
const FewestLike = 3

// emptyScale is up to how many grams a scale counts as empty: a draught, or its drift. A parcel weighs more.
const emptyScale = 5

// Scale is what the bench knows of its scale. What is exported stays while parcels come and go.
type Scale struct {
	order.Reading
	// Stale tells that what lies on it may still be the parcel whose weight was taken last, of Taken grams.
	Stale bool
	Taken int

	packed int     // what the open parcel weighed when it last lay still with all its pieces in; 0: it has not yet
	like   []int   // what like parcels weighed
	label  Scanned // the scan of the label that waits for the weight
	// let is what the parcel may go with, be it no weight or one that is off, once given tells so; until then, what a supervisor is asked about.
	let   order.Weighing
	given bool
}

// between is the scale as it is once no parcel is open.
func (s Scale) between() Scale { return Scale{Reading: s.Reading, Stale: s.Stale, Taken: s.Taken} }

// loaded tells whether something lies still on the scale.
func (s Scale) loaded() bool { return s.Load == order.Settled && s.Grams > emptyScale }

// lifted tells whether what lay on the scale was certainly taken off it, seen by the reading alone.
func (s Scale) lifted() bool {
	switch s.Load {
	case order.BelowZero:
		return true
	case order.Settled, order.Moving:
		return s.Grams <= emptyScale || s.Load == order.Settled && max(s.Grams-s.Taken, s.Taken-s.Grams) > emptyScale
	}
	return false
}

// weight is what the open parcel weighs: what lies still on the scale, or lay there since its pieces were all in; 0 where it has not been weighed.
func (s Scale) weight() int {
	if s.loaded() && !s.Stale {
		return s.Grams
	}
	return s.packed
}

// IsOff tells whether a parcel weighs something else than like parcels did: by more than 5 % of their mean, and by more than twice their standard deviation
// (that of a sample). All weights are in grams. expected is the mean, rounded down; it is 0 where fewer than FewestLike were weighed, and nothing is off then.
func IsOff(grams int, like []int) (expected int, off bool) {
	if len(like) < FewestLike {
		return 0, false
	}
	var n, sum, squares = int64(len(like)), int64(0), int64(0)
	for _, g := range like {
		sum += int64(g)
		squares += int64(g) * int64(g)
	}
	difference := n*int64(grams) - sum // n times as large
	spread := n*squares - sum*sum      // n (n - 1) times the variance
	far := 20*max(difference, -difference) > sum
	return int(sum / n), far && difference*difference*(n-1) > 4*n*spread
}

// whole tells whether all pieces of an open parcel are in.
func (s State) whole() bool { return s.Parcel.Key != "" && len(s.Missing()) == 0 }

// weighed takes in what the scale shows. A parcel whose label was scanned already goes on with its weight.
func (m *move) weighed(in Weighed) {
	scale := &m.s.Scale
	scale.Reading = in.Reading
	scale.Stale = scale.Stale && !scale.lifted()
	if !m.s.whole() {
		return
	}
	scale.like = in.Like
	if scale.loaded() && !scale.Stale {
		scale.packed = scale.Grams
	}
	switch waits := m.s.Phase == Asked && m.s.Question == OnScale && !m.s.Busy() && !m.s.SignedOut(); {
	case waits && (scale.weight() != 0 || scale.Load == order.NoScale):
		m.weighAgain()
	case waits:
		m.s.Trouble = scale.why()
	}
}

// forgetWeight forgets what a parcel weighed, and that it may go with that, once its pieces are others.
func (m *move) forgetWeight() {
	if !m.s.whole() {
		m.s.Scale = m.s.Scale.between()
	}
}

// weighAgain goes on with the scan of the label that waited.
func (m *move) weighAgain() {
	m.s.recent = nil // it is the same scan
	m.scan = m.s.Scale.label.Scan
	m.turn.Code = m.scan.Code
	m.scanLabel(m.s.Scale.label)
}

// unweighed takes the open parcel's weight before it is confirmed by the scan of its label, and tells whether it cannot be confirmed yet: it is not on the scale,
// or it weighs something else than like parcels. A scale that is gone keeps no parcel back, unless this one was found off: it is an aid, and shipping goes on.
func (m *move) unweighed() bool {
	scale := &m.s.Scale
	grams, before := scale.weight(), m.s.Work.WeightOff
	expected, off := IsOff(grams, scale.like)
	switch {
	case !m.s.Weighs, scale.given:
	case grams == 0 && before.Grams != 0: // it was off, and was not weighed since
		m.off(before)
		return true
	case grams == 0 && scale.Load != order.NoScale:
		m.tell(NeedsPerson, scale.why())
		m.ask(Asked, OnScale, m.turn.Said)
		return true
	case grams > 0 && off:
		m.off(order.Weighing{Grams: grams, Expected: expected})
		return true
	}
	return false
}

// off stops a parcel that weighs something else than like parcels.
func (m *move) off(found order.Weighing) {
	if m.s.Work.WeightOff.Grams != found.Grams {
		m.record(order.WeightOff, func(e *order.Event) { e.Weight = found })
	}
	m.s.Scale.packed = 0 // it is to be weighed anew
	said := order.Say("ask.weight_light", "grams", found.Grams, "expected", found.Expected, "difference", found.Expected-found.Grams)
	if found.Grams > found.Expected {
		said = order.Say("ask.weight_heavy", "grams", found.Grams, "expected", found.Expected, "difference", found.Grams-found.Expected)
	}
	m.tell(OffWeightOut, said)
	m.ask(Asked, OffWeight, said)
}

// why is what is to be done so that the scale shows the parcel's weight.
func (s Scale) why() order.Said {
	switch {
	case s.Stale:
		return order.Say("ask.scale_stale")
	case s.Load == order.Moving:
		return order.Say("ask.scale_moving")
	case s.Load == order.TooHeavy:
		return order.Say("ask.scale_heavy")
	case s.Load == order.BelowZero:
		return order.Say("ask.scale_below")
	}
	return order.Say("ask.on_scale")
}

// weighing is what is journalled with the confirmation.
func (m *move) weighing() order.Weighing {
	scale := m.s.Scale
	w := order.Weighing{Grams: scale.weight()}
	switch {
	case !m.s.Weighs:
		return order.Weighing{}
	case scale.given && scale.let.Unweighed != "":
		return scale.let
	case scale.given:
		w = scale.let
	case w.Grams == 0:
		return order.Weighing{Unweighed: order.ScaleGone}
	}
	w.Expected, _ = IsOff(w.Grams, scale.like)
	w.Likeness = m.s.Parcel.Likeness()
	return w
}

// confirmed confirms the open parcel, with its weight where there is a scale, and leaves the bench free.
func (m *move) confirmed(details ...func(*order.Event)) {
	weight := m.weighing()
	m.record(order.Confirmed, append(details, func(e *order.Event) { e.Weight = weight })...)
	if weight.Grams > 0 {
		m.s.Scale.Stale, m.s.Scale.Taken = true, weight.Grams
	}
	said := order.Say("say.confirmed")
	switch {
	case weight.Unweighed == order.ScaleGone:
		said = order.Say("say.confirmed_no_scale")
	case weight.Unweighed != "":
		said = order.Say("say.confirmed_unweighed")
	case weight.Grams > 0:
		said = order.Say("say.confirmed_weighed", "grams", weight.Grams)
	}
	m.tell(ConfirmedOut, said)
	m.close()
}

// yesToWeight takes a person's yes while the weight is asked for: the parcel goes without it. It tells whether it was one.
func (m *move) yesToWeight() bool {
	switch m.s.Question {
	case OnScale:
		m.s.Scale.let, m.s.Scale.given = order.Weighing{Unweighed: order.WeightWaived}, true
		m.weighAgain()
	case OffWeight, AllowWeight: // it takes a badge
		m.tell(NeedsPerson, m.s.Trouble)
	default:
		return false
	}
	return true
}

// scanWeighing takes a scan while the weight is asked for: the label weighs the parcel again, and a supervisor's badge lets it go where it alone is enough.
func (m *move) scanWeighing(in Scanned) {
	switch {
	case m.s.Question == AllowWeight && len(m.s.Staff.People) == 0 && slices.Contains(m.s.Supervisors, in.Code):
		m.remember()
		m.allowWeight(in.Code)
	case m.onLabel(in.Code):
		m.scanLabel(in)
	default:
		m.scanInException(in)
	}
}

// passWeight asks for the badge of the supervisor who lets a weight pass for a reason.
func (m *move) passWeight(why order.WeightReason) {
	found := m.s.Work.WeightOff
	found.Reason = why
	m.s.Scale.let = found
	said := order.Say("ask.weight_supervisor", "grams", found.Grams, "expected", found.Expected)
	if len(m.s.Supervisors) == 0 && len(m.s.Staff.People) == 0 {
		said = order.Say("ask.weight_no_supervisor", "grams", found.Grams, "expected", found.Expected)
	}
	m.askException(AllowWeight, said)
}

// allowWeight lets the open parcel go with a weight that is off, and confirms it.
func (m *move) allowWeight(supervisor string) {
	scale := &m.s.Scale
	m.record(order.WeightAllowed, func(e *order.Event) {
		e.Weight, e.Supervisor, e.SupervisorName = scale.let, supervisor, order.PersonOf(m.s.Staff.People, supervisor).Name
	})
	scale.given = true
	m.weighAgain()
}

// letGoFor are how people call the reasons why a weight may pass.
var letGoFor = map[order.WeightReason]order.Said{
	order.OtherPacking: order.Say("weight.reason.packing"), order.GoodsWeighOtherwise: order.Say("weight.reason.goods"),
	order.ScaleAstray: order.Say("weight.reason.scale"),
}

// WhyLetGo is why a weight that is off may pass, in a few words.
func WhyLetGo(why order.WeightReason) order.Said { return letGoFor[why] }
