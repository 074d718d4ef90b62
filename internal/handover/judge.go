package handover

import (
	"slices"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
)

// Outcome is what a scan at the shelf came to. The words are a contract with other programs.
type Outcome string

// The outcomes of a scan at the shelf. All but the first five say that the parcel does not go.
const (
	OnSheet         Outcome = "handed_over"
	Repeated        Outcome = "repeat"      // the same scanner read the same code again without a hand in between
	BundleBegun     Outcome = "bundle"      // what is scanned next lies in the bag whose code this is
	BundleDone      Outcome = "bundle_done" // nothing more does
	TakenBack       Outcome = "taken_back"
	Twice           Outcome = "twice"            // it is on this sheet already
	AlreadyGone     Outcome = "already_handed"   // it is on a sheet that is closed
	Cancelled       Outcome = "cancelled"        //
	CancelRequested Outcome = "cancel_requested" //
	OnHold          Outcome = "on_hold"          //
	Stale           Outcome = "stale_label"      // its label died: the platform made another, or will
	WrongCarrier    Outcome = "wrong_carrier"    //
	WrongMode       Outcome = "wrong_mode"       // picked up, and not dropped off, or the other way round
	NotConfirmed    Outcome = "not_confirmed"    // it was not packed here
	NotArranged     Outcome = "not_arranged"     // the platform does not know that it leaves
	Elsewhere       Outcome = "elsewhere"        // another bench or program has it
	Collected       Outcome = "collected"        // the carrier has it, the platform says
	NotOnSheet      Outcome = "not_on_sheet"     // it was to be taken back, and is on none
	NotTheLabel     Outcome = "not_the_label"    // a number of the parcel that its label does not carry
	OtherWarehouse  Outcome = "other_warehouse"  //
	NotPackable     Outcome = "not_packable"     // the platform does not let it go, for another reason
	Unknown         Outcome = "unknown_code"     //
	NeedsPerson     Outcome = "needs_person"     // it does not count: the platform, or the disk, could not be asked
	NothingToDo     Outcome = "nothing_asked"    // a command of the packing bench
)

// Passed tells whether nothing about the scan is wrong.
func (o Outcome) Passed() bool {
	return o == OnSheet || o == Repeated || o == BundleBegun || o == BundleDone || o == TakenBack
}

// Case is a scan at the shelf and what is known of it.
type Case struct {
	Code       string
	Candidates order.Candidates
	// At is the carrier, and the way, that parcels are scanned for; empty fields: all.
	At   Place
	Open []order.Sheet // that are not closed
	// Unreachable is why the platform, asked about this scan, did not answer; zero: it did, or was not asked. ModeAsked tells that it was asked how the parcel is
	// handed over, and may have had no answer.
	Unreachable order.Said
	ModeAsked   bool
	Now         time.Time
}

// Verdict is what a scan means. With Ask or AskMode the platform has to be asked about Known first, and the scan to be judged again.
type Verdict struct {
	Outcome Outcome
	Said    order.Said
	Known   order.Known // the parcel; its Key is empty where there is none
	Place   Place       // where it belongs
	Sheet   string      // the open sheet it is on, or is to come onto; empty: one is to be opened
	Ask     bool        // how the parcel stands
	AskMode bool        // how it is handed over
}

// Judge decides whether a scan puts a parcel onto a sheet. A parcel comes onto one only where the platform's word about it is fresh (packing.Fresh): old data, and a
// platform that does not answer, put nothing on a sheet.
func (r Rules) Judge(c Case) Verdict {
	known, found := c.labelled()
	if !found {
		return c.unlabelled()
	}
	v := Verdict{Known: known, Place: r.place(known, c.Now)}
	w := known.Work
	sheet, open := SheetAt(c.Open, v.Place)
	v.Sheet = sheet.ID
	switch {
	case r.Warehouse != "" && known.WarehouseID != "" && known.WarehouseID != r.Warehouse:
		return v.say(OtherWarehouse, order.Say("handover.other_warehouse"))
	case !w.HandedOverAt.IsZero():
		return c.again(v)
	case w.ConfirmedAt.IsZero() && !stops[known.Standing]:
		return v.say(NotConfirmed, order.Say("handover.not_confirmed"))
	}
	if v, passed := c.gate(v); !passed {
		return v
	}
	switch {
	case w.ConfirmedAt.IsZero():
		return v.say(NotConfirmed, order.Say("handover.not_confirmed"))
	case stale(known):
		return v.say(Stale, order.Say("handover.stale"))
	case c.At.Carrier != "" && !strings.EqualFold(c.At.Carrier, v.Place.Carrier):
		return v.say(WrongCarrier, order.Say("handover.wrong_carrier", "parcel", shortOf(known), "carrier", Named(v.Place.Carrier), "other", c.At.Carrier))
	case v.Place.Mode == "" && !w.OwnCarrier && !c.ModeAsked:
		v.AskMode = true
		return v
	case c.At.Mode != "" && v.Place.Mode != "" && c.At.Mode != v.Place.Mode:
		return v.say(WrongMode, wrongMode[v.Place.Mode])
	case c.Unreachable.Key != "":
		return v.say(NeedsPerson, order.Say("handover.not_counted", "said", c.Unreachable))
	}
	count := 1
	if open {
		count += len(sheet.Parcels)
	}
	return v.say(OnSheet, order.Say("handover.on_sheet", "carrier", Named(v.Place.Carrier), "count", count))
}

var wrongMode = map[order.HandoverMode]order.Said{
	order.PickedUp: order.Say("handover.is_pickup"), order.DroppedOff: order.Say("handover.is_drop_off"),
}

func (v Verdict) say(outcome Outcome, said order.Said) Verdict {
	v.Outcome, v.Said = outcome, said
	return v
}

// place is where a parcel is handed over.
func (r Rules) place(k order.Known, now time.Time) Place {
	return Place{r.Carrier(k.Provider, k.Tracking, now), k.Work.Handover, k.WarehouseID}
}

// shortOf is the end of a parcel's number, which is what people read of it.
func shortOf(k order.Known) string { return Short(Number(k)) }

// Short is the end of a number, which is what people read of it: six characters.
func Short(number string) string {
	if len(number) <= 6 {
		return number
	}
	return number[len(number)-6:]
}

// Number is the number on a parcel's label, as far as anybody knows it, else its key.
func Number(k order.Known) string {
	for _, number := range []string{k.Work.Waybill, k.Tracking, k.Work.Tracking} {
		if number != "" {
			return number
		}
	}
	return string(k.Key)
}

// labelled is the parcel whose label a code is on: one that can go before one that cannot.
func (c Case) labelled() (found order.Known, ok bool) {
	for _, k := range c.Candidates.Parcels {
		if onLabel(k, c.Code) && (!ok || better(k, found)) {
			found, ok = k, true
		}
	}
	if ok {
		return found, true
	}
	for _, k := range c.Candidates.Parcels { // another code that was read back from the label, unless it may be on another parcel's too, as an order's number
		if slices.Contains(k.Work.Label.Codes, c.Code) && len(c.Candidates.Parcels) == 1 && k.Of <= 1 {
			return k, true
		}
	}
	return found, false
}

func better(k, than order.Known) bool {
	if then := than.Work.ConfirmedAt.IsZero(); then != k.Work.ConfirmedAt.IsZero() {
		return then
	}
	return !than.Work.HandedOverAt.IsZero() && k.Work.HandedOverAt.IsZero()
}

// onLabel tells whether a code is the number of the parcel's label.
func onLabel(k order.Known, code string) bool {
	w := k.Work
	return code != "" && slices.Contains([]string{w.Label.Matched, w.Tracking, w.Waybill, k.Tracking, k.LastMile}, code)
}

// unlabelled is the verdict on a code that no parcel's label carries.
func (c Case) unlabelled() Verdict {
	switch {
	case c.Candidates.Command != "":
		return Verdict{}.say(NothingToDo, order.Say("handover.command"))
	case len(c.Candidates.Replaced) > 0:
		return Verdict{Known: c.Candidates.Replaced[0]}.say(Stale, order.Say("handover.replaced"))
	case len(c.Candidates.Parcels) > 0:
		return Verdict{Known: c.Candidates.Parcels[0]}.say(NotTheLabel, order.Say("handover.not_the_label"))
	}
	if len(c.Candidates.Articles()) > 0 {
		return Verdict{}.say(Unknown, order.Say("handover.goods"))
	}
	return Verdict{}.say(Unknown, order.Say("handover.unknown_code", "code", readable(c.Code)))
}

// longestRead is how long a code is at most that a sentence repeats: longer than any number a parcel carries (GS1-128 holds 48 characters).
const longestRead = 50

// readable is a code as a sentence repeats it. A code with more in it than a number may hold a buyer's address.
func readable(code string) string {
	if len(code) > longestRead || strings.ContainsFunc(code, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '-' && r != '/' && r != '.'
	}) {
		return "…"
	}
	return code
}

// again is the verdict on a parcel that is on a sheet. On an open one whose parcel must not go any more it says that.
func (c Case) again(v Verdict) Verdict {
	w := v.Known.Work
	open := slices.ContainsFunc(c.Open, func(s order.Sheet) bool { return s.ID == w.Sheet })
	at := w.HandedOverAt.Local().Format("15:04")
	v.Sheet = w.Sheet
	if r, must := refusals[v.Known.Standing]; open && must && stops[v.Known.Standing] { // it is to be taken off
		return v.say(r.outcome, r.said)
	}
	if open {
		return v.say(Twice, order.Say("handover.twice", "at", at))
	}
	return v.say(AlreadyGone, order.Say("handover.already", "sheet", w.Sheet, "at", w.HandedOverAt.Local().Format("2006-01-02 15:04")))
}

// stops are the standings of parcels that must not leave, also those that were packed here.
var stops = map[order.Standing]bool{
	order.Gone: true, order.CancelRequest: true, order.Held: true, order.NotPaid: true, order.Reformed: true, order.Changed: true, order.InvoiceMissing: true,
	order.UnknownStanding: true, order.PlatformPacks: true, order.OtherWarehouse: true,
}

// gate asks packing's gate whether the platform's word lets the parcel leave.
func (c Case) gate(v Verdict) (Verdict, bool) {
	k := v.Known
	if k.Work.OwnCarrier && k.Work.Arranged && (k.Standing == order.Collected || k.Standing == order.SellerShips) {
		k.Standing = order.Arranged // its number is what made it so, and the platform takes that for the carrier's word
	}
	age := max(0, c.Now.Sub(k.ReadAt))
	switch packing.MayProceed(k.Parcel, k.Work, packing.HandingOver, age, c.Unreachable.Key != "") {
	case packing.AskPlatform:
		if c.Unreachable.Key != "" {
			return v.say(NeedsPerson, order.Say("handover.not_counted", "said", c.Unreachable)), false
		}
		v.Ask = true
		return v, false
	case packing.Refuse:
		why := k.Standing
		if why.Packable() || why == order.Arranged && (k.Work.Tries > 0 || k.Work.Arranged) {
			why = order.Changed
		}
		r, known := refusals[why]
		if !known {
			_, said := packing.Refusal(why)
			r = refusal{NotPackable, said}
		}
		return v.say(r.outcome, r.said), false
	}
	if k.Standing != order.Arranged && !k.Work.ConfirmedAt.IsZero() {
		return v.say(NotArranged, order.Say("handover.not_arranged")), false
	}
	return v, true
}

type refusal struct {
	outcome Outcome
	said    order.Said
}

// refusals are what the person at the shelf hears about a parcel that the platform does not let go.
var refusals = map[order.Standing]refusal{
	order.Gone:          {Cancelled, order.Say("handover.cancelled")},
	order.CancelRequest: {CancelRequested, order.Say("handover.cancel_requested")},
	order.Held:          {OnHold, order.Say("handover.on_hold")},
	order.Arranged:      {Elsewhere, order.Say("handover.elsewhere")},
	order.Collected:     {Collected, order.Say("handover.collected")},
	order.Changed:       {NotPackable, order.Say("handover.changed")},
	order.Reformed:      {Stale, order.Say("handover.reformed")},
}

// stale tells whether what the label on the parcel says of it has changed since it was made.
func stale(k order.Known) bool {
	if k.Work.OwnCarrier {
		return k.Work.WaybillVersion != k.WaybillVersion()
	}
	return k.Work.Label.Version != k.LabelVersion
}

// Reformed is the verdict once the platform has said that it knows no such parcel any more.
func (v Verdict) Reformed() Verdict {
	r := refusals[order.Reformed]
	v.Ask, v.AskMode = false, false
	return v.say(r.outcome, r.said)
}
