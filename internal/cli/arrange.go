package cli

import (
	"context"
	"errors"
	"slices"
	"time"

	"packbench/internal/mirror"
	"packbench/internal/order"
	"packbench/internal/packing"
)

// Arrange arranges shipment of many parcels at once, before they are packed, and fetches their labels ahead.
type Arrange struct {
	Parcels  []string      `arg:"" optional:"" name:"parcel" help:"Package numbers, or the o:ORDER a parcel has before the platform gives it one."`
	Ready    bool          `help:"All that wait to be packed, the most urgent first."`
	Wave     string        `placeholder:"WAVE" help:"All of a wave that is still to leave."`
	Filter   string        `placeholder:"WORDS" help:"All that wait to be packed and fit, such as: market:MY due:16:00"`
	Most     int           `default:"500" help:"With --ready or --filter: at most so many, 500 at most."`
	Handover string        `placeholder:"WAY" help:"How the parcels are handed over, pickup or dropoff, in markets where that can be chosen."`
	Slot     string        `placeholder:"TIME" help:"When the carrier is to come, such as 2026-11-23T10:00, in markets where that can be chosen."`
	Slots    bool          `help:"Arrange nothing: list when the carrier may come for the first of the parcels."`
	DryRun   bool          `help:"Arrange nothing: say how many it would be, how many are left out and why."`
	Labels   bool          `default:"true" negatable:"" help:"Fetch the labels too."`
	Within   time.Duration `default:"15m" help:"How long to go on trying what can be tried again."`
	JSON     bool          `name:"json" help:"One object a line."`
}

// arrangeLine is what became of one parcel.
type arrangeLine struct {
	PackageID order.ParcelKey `json:"package_id"`
	Outcome   string          `json:"outcome"` // arranged, parked, waiting or excluded
	Tracking  string          `json:"tracking_number"`
	Reason    string          `json:"reason,omitempty"`
	Message   string          `json:"message,omitempty"`
	Next      string          `json:"next,omitempty"`
	said      order.Said      // why it is not arranged
}

// Served tells that a program that has the folder open does it.
func (v *Arrange) Served() bool { return true }

// Run makes the requests, puts them to the platform, and tells of each parcel. What a person has to see to ends it with ErrNeedsPerson.
func (v *Arrange) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	ways := 0
	for _, said := range []bool{v.Ready, v.Filter != "", v.Wave != "", len(v.Parcels) > 0} {
		if said {
			ways++
		}
	}
	if ways != 1 {
		return order.Trouble(nil, "usage.arrange")
	}
	if all := v.Ready || v.Filter != ""; all && (v.Most < 1 || v.Most > mostArranged) || len(v.Parcels) > mostArranged {
		return order.Trouble(nil, "usage.arrange_most", "most", mostArranged)
	}
	handing, err := v.handing()
	if err != nil {
		return err
	}
	parcels, excluded, err := v.chosen(e, bench)
	if err != nil {
		return err
	}
	parcels, cannot := handing.possible(parcels)
	excluded = append(excluded, cannot...)
	if v.DryRun {
		return v.tellPlan(e, parcels, excluded)
	}
	if v.Slots {
		return v.tellSlots(e, bench, parcels)
	}
	told := v.progress(e, bench, parcels)
	err = v.carryOut(e.Context, bench, parcels, handing)
	told()
	if err != nil {
		return err
	}
	if v.Ready || v.Filter != "" {
		excluded = cannot // nobody named the others: --dry-run tells of them
	}
	lines, err := v.became(bench, parcels, excluded)
	if err != nil {
		return err
	}
	return v.tell(e, lines)
}

// carryOut makes the requests of parcels, puts them to the platform, and waits as long as something comes of it.
func (v *Arrange) carryOut(ctx context.Context, bench *Bench, parcels []order.Known, as handing) error {
	kept, err := bench.Mirror()
	if err != nil {
		return err
	}
	if err := as.find(ctx, kept, parcels); err != nil {
		return err
	}
	if err := v.ask(ctx, bench, parcels, as); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, v.Within)
	defer cancel()
	return bench.pushUntil(ctx, kept, func() (bool, error) { n, err := settled(bench, parcels); return n == len(parcels), err })
}

// Arranged counts what became of parcels that were to be arranged.
type Arranged struct {
	Arranged, Waiting, Parked, Excluded int
	Why                                 order.Said // of the first that is not arranged; empty: none
}

// ArrangeWave arranges shipment of all of a wave that is still to leave and fetches the labels, and goes on for so long with what can be tried again. It fails with wave.unknown,
// and where the platform cannot be asked.
func (b *Bench) ArrangeWave(ctx context.Context, wave string, within time.Duration) (done Arranged, err error) {
	v := &Arrange{Wave: wave, Labels: true, Within: within}
	parcels, excluded, err := v.named(b)
	if err != nil {
		return done, err
	}
	if err := v.carryOut(ctx, b, parcels, handing{}); err != nil {
		return done, err
	}
	lines, err := v.became(b, parcels, excluded)
	for _, line := range lines {
		switch line.Outcome {
		case "arranged":
			done.Arranged++
		case "waiting":
			done.Waiting++
		case "parked":
			done.Parked++
		default:
			done.Excluded++
		}
		if done.Why.Key == "" {
			done.Why = line.said
		}
	}
	return done, err
}

// chosen are the parcels to be arranged, and why others that were named or fit are not.
func (v *Arrange) chosen(e *Environment, bench *Bench) (parcels []order.Known, excluded []arrangeLine, err error) {
	if v.Ready || v.Filter != "" {
		return v.matching(e, bench)
	}
	return v.named(bench)
}

// named are those of the parcels that were named, or of the wave, that can be arranged, and why the others are not.
func (v *Arrange) named(bench *Bench) (parcels []order.Known, excluded []arrangeLine, err error) {
	names := v.Parcels
	if v.Wave != "" {
		wave, err := bench.Store.Wave(v.Wave)
		if err != nil {
			return nil, nil, err
		}
		for _, known := range wave.Left() {
			names = append(names, string(known.Key))
		}
	}
	for _, name := range names {
		known, found, err := bench.Store.Parcel(order.ParcelKey(name))
		if err != nil {
			return nil, nil, err
		}
		_, said := packing.Refusal(known.Standing)
		switch {
		case !found:
			said = order.Say("refused.unknown_code", "code", name)
		case arrangeable(known):
			parcels = append(parcels, known)
			continue
		}
		excluded = append(excluded, arrangeLine{PackageID: order.ParcelKey(name), Outcome: "excluded", said: said})
	}
	return parcels, excluded, nil
}

// arrangeable tells whether a parcel can be arranged, or was by this bench. After a power cut the platform may say that it is arranged before the
// journal knows that the request for it was answered.
func arrangeable(known order.Known) bool {
	ours := known.Work.Arranged || known.Work.Tries > 0 || has(known.Work.Requests, order.Arrange)
	return known.Standing.Packable() || known.Work.Arranged || known.Standing == order.Arranged && ours
}

// ask makes the requests of parcels that have none of the kind yet, in one transaction.
func (v *Arrange) ask(ctx context.Context, bench *Bench, parcels []order.Known, as handing) error {
	var events []order.Event
	for _, parcel := range parcels {
		key := journalKey(parcel)
		if !parcel.Work.Arranged && !has(parcel.Work.Requests, order.Arrange) {
			events = append(events, bench.request(key, as.request(parcel.Parcel)))
		}
		if v.Labels && parcel.Work.Document == "" && !has(parcel.Work.Requests, order.FetchLabel) {
			events = append(events, bench.request(key, order.Request{Kind: order.FetchLabel}))
		}
	}
	if len(events) == 0 {
		return nil
	}
	return bench.record(ctx, events...)
}

// journalKey is the key under which the journal knows a parcel.
func journalKey(parcel order.Known) order.ParcelKey {
	if parcel.Work.Parcel != "" {
		return parcel.Work.Parcel
	}
	return parcel.Key
}

func has(requests []order.Request, kind order.RequestKind) bool {
	return slices.ContainsFunc(requests, func(r order.Request) bool { return r.Kind == kind })
}

// settled counts the parcels of which nothing more comes by waiting: their requests are done, or parked, or the packer's who has them open.
func settled(bench *Bench, parcels []order.Known) (n int, err error) {
	open := bench.onBench()
	for _, parcel := range parcels {
		known, found, err := bench.asIs(parcel)
		if err != nil {
			return n, err
		}
		if requests := known.Work.Requests; parcel.Key == open || !found || len(requests) == 0 || requests[0].Parked.Key != "" {
			n++
		}
	}
	return n, nil
}

// asIs is what became of a parcel. One the platform has made others of is known as long as something is to be asked about it.
func (b *Bench) asIs(parcel order.Known) (known order.Known, found bool, err error) {
	known, found, err = b.Store.Parcel(parcel.Key)
	if found || err != nil {
		return known, found, err
	}
	asked, err := b.Store.Requests()
	for _, known := range asked {
		if known.Work.Parcel == journalKey(parcel) {
			return known, true, err
		}
	}
	return order.Known{}, false, err
}

// became is what became of the parcels, behind those that were left out.
func (v *Arrange) became(bench *Bench, parcels []order.Known, lines []arrangeLine) ([]arrangeLine, error) {
	for _, parcel := range parcels {
		known, found, err := bench.asIs(parcel)
		if err != nil {
			return nil, err
		}
		line := arrangedAs(known)
		if !found {
			_, said := packing.Refusal(order.Reformed)
			line = arrangeLine{PackageID: parcel.Key, Outcome: "excluded", said: said}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func (v *Arrange) tell(e *Environment, lines []arrangeLine) error {
	left, list := false, e.listing(v.JSON, "arrange.header")
	for _, line := range lines {
		left = left || line.Outcome != "arranged"
		if err := line.write(e, list); err != nil {
			return err
		}
	}
	if err := list.end(); err != nil {
		return err
	}
	if left {
		return ErrNeedsPerson
	}
	return nil
}

// arrangedAs is what became of a parcel.
func arrangedAs(known order.Known) arrangeLine {
	line := arrangeLine{PackageID: known.Key, Outcome: "arranged", Tracking: known.Tracking}
	if requests := known.Work.Requests; len(requests) > 0 {
		line.Outcome = "waiting"
		if parked := requests[0].Parked; parked.Key != "" {
			line.Outcome, line.said = "parked", parked
		}
	}
	return line
}

// outcomeNames are how people call what became of a parcel.
var outcomeNames = map[string]order.Said{
	"arranged": order.Say("arrange.arranged"), "parked": order.Say("outbox.parked"), "waiting": order.Say("outbox.waiting"), "excluded": order.Say("arrange.excluded"),
}

func (l arrangeLine) write(e *Environment, list *listing) error {
	if l.said.Key != "" {
		l.Reason, l.Message = l.said.Key, e.Tongue.Say(l.said)
		if act := mirror.NextAct(l.said); l.Outcome != "excluded" || act.Key != "next.try_again" { // of what was never asked there is nothing to try again
			l.Next = e.Tongue.Say(act)
		}
	}
	return list.add(l, string(l.PackageID), e.Tongue.Say(outcomeNames[l.Outcome]), l.Tracking, l.Message, l.Next)
}
