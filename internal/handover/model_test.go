package handover_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/packing"
)

// floor is a shelf with its platform: what the platform would say, what the bench last read of it, and the journal.
type floor struct {
	now     time.Time
	rules   handover.Rules
	truth   map[order.ParcelKey]order.Standing
	version map[order.ParcelKey]string
	cached  map[order.ParcelKey]order.Known // Work apart
	works   map[order.ParcelKey]order.Work
	sheets  map[string]order.Sheet
	journal []order.Event
	down    bool
	read    time.Time // when all was read
}

var carriers = []string{"J&T", "Ninja Van", "Flash"}

func newFloor(parcels int) *floor {
	f := &floor{now: noon, truth: map[order.ParcelKey]order.Standing{}, version: map[order.ParcelKey]string{}, cached: map[order.ParcelKey]order.Known{},
		works: map[order.ParcelKey]order.Work{}, sheets: map[string]order.Sheet{}, read: noon}
	f.rules.Together = []handover.Together{{Name: "First mile", Carriers: []string{"Flash"}, From: noon.Add(10 * time.Minute)}}
	for i := range parcels {
		k := packed(fmt.Sprint(i))
		k.Provider = carriers[i%len(carriers)]
		k.Work.Handover = []order.HandoverMode{order.PickedUp, order.DroppedOff, ""}[i%5%3]
		if i%4 == 3 {
			k.Work.ConfirmedAt = time.Time{}
		}
		f.truth[k.Key], f.version[k.Key], f.works[k.Key] = order.Arranged, k.LabelVersion, k.Work
		k.Work = order.Work{}
		f.cached[k.Key] = k
	}
	return f
}

func (f *floor) known(key order.ParcelKey) order.Known {
	k := f.cached[key]
	k.Work = f.works[key]
	return k
}

// asked is the platform read anew about a parcel.
func (f *floor) asked(key order.ParcelKey) {
	k := f.cached[key]
	k.Standing, k.LabelVersion, k.ReadAt = f.truth[key], f.version[key], f.now
	f.cached[key] = k
}

func (f *floor) open() (open []order.Sheet) {
	for _, s := range f.sheets {
		if s.Open() {
			open = append(open, s)
		}
	}
	slices.SortFunc(open, func(a, b order.Sheet) int { return a.OpenedAt.Compare(b.OpenedAt) })
	return open
}

func (f *floor) append(events []order.Event) {
	for i := range events {
		events[i].Seq = uint64(len(f.journal) + 1)
		f.journal = append(f.journal, events[i])
		f.sheets, f.works = folded(f.sheets, f.works, events[i])
	}
}

// folded brings an event into what is kept of sheets and parcels, as the store does.
func folded(sheets map[string]order.Sheet, works map[order.ParcelKey]order.Work, e order.Event) (map[string]order.Sheet, map[order.ParcelKey]order.Work) {
	if id := e.Handover.Sheet; id != "" {
		sheets[id] = sheets[id].After(e)
	}
	if e.Parcel != "" {
		works[e.Parcel] = works[e.Parcel].After(e)
	}
	return sheets, works
}

// scan scans a parcel as the desk does: the platform is asked where the verdict wants it.
func (f *floor) scan(key order.ParcelKey, at handover.Place) handover.Verdict {
	c := handover.Case{Code: "JX" + string(key), At: at}
	for range 3 {
		c.Now, c.Open, c.Candidates.Parcels = f.now, f.open(), []order.Known{f.known(key)}
		v := f.rules.Judge(c)
		switch {
		case (v.Ask || v.AskMode) && f.down:
			c.Unreachable, c.ModeAsked = order.Say("platform.unreachable"), c.ModeAsked || v.AskMode
		case v.Ask:
			f.asked(key)
		case v.AskMode:
			c.ModeAsked = true
			f.append([]order.Event{{At: f.now, Kind: order.HandoverTold, Parcel: key, Handover: order.Handover{Mode: order.PickedUp}}})
		default:
			f.append(v.Onto(c.Open, len(f.sheets), f.now, order.Scan{Code: c.Code}, order.Handover{}))
			return v
		}
	}
	panic("the platform is asked over and over")
}

func (f *floor) facts() (facts []order.Facts) {
	for key := range f.cached {
		k := f.known(key)
		row := k.Facts()
		row.Here = k.Work.Here()
		if handover.Wanted(&row, f.now.Add(12*time.Hour)) {
			facts = append(facts, row)
		}
	}
	return facts
}

// Whatever is scanned, cancelled, taken back and closed in whatever order: a parcel is on one sheet at most, comes onto one only where the platform's word was fresh and
// good, the columns' numbers agree, and the journal alone tells all of it.
func TestNothingLeavesThatMustNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := newFloor(12)
		keys := make([]order.ParcelKey, 0, len(f.cached))
		for i := range 12 {
			keys = append(keys, order.ParcelKey(fmt.Sprint(i)))
		}
		was := map[order.ParcelKey]order.Work{}
		for key, work := range f.works {
			was[key] = work
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			f.now = f.now.Add(time.Duration(rapid.IntRange(0, 15).Draw(t, "seconds")) * time.Second)
			key := rapid.SampledFrom(keys).Draw(t, "parcel")
			switch rapid.SampledFrom([]string{"scan", "scan", "scan", "scan", "cancel", "request", "address", "arrange", "back", "close", "net", "sync"}).Draw(t, "act") {
			case "scan":
				f.scans(t, key, rapid.SampledFrom(append([]string{""}, carriers...)).Draw(t, "carrier"))
			case "cancel":
				f.truth[key] = order.Gone
			case "request":
				f.truth[key] = order.CancelRequest
			case "address":
				f.version[key] += "+address"
			case "arrange":
				f.truth[key] = order.Arranged
			case "back":
				v, events := handover.Back("JX"+string(key), order.Candidates{Parcels: []order.Known{f.known(key)}}, f.open(), f.now)
				if on := f.works[key].Sheet; (v.Outcome == handover.TakenBack) != (on != "" && f.sheets[on].Open()) {
					t.Fatalf("taken back: %s, on %q", v.Outcome, on)
				}
				f.append(events)
			case "close":
				f.closes(t, rapid.Bool().Draw(t, "supervisor"))
			case "net":
				f.down = !f.down
			case "sync":
				if !f.down {
					for _, key := range keys {
						f.asked(key)
					}
					f.read = f.now
				}
			}
			f.holds(t)
		}
		sheets, works := map[string]order.Sheet{}, was
		for _, e := range f.journal {
			sheets, works = folded(sheets, works, e)
		}
		if diff := cmp.Diff(f.sheets, sheets) + cmp.Diff(f.works, works); diff != "" {
			t.Fatal(diff)
		}
	})
}

// scans scans a parcel, and demands what a parcel on a sheet demands.
func (f *floor) scans(t *rapid.T, key order.ParcelKey, carrier string) {
	before := f.works[key]
	v := f.scan(key, handover.Place{Carrier: carrier})
	k := f.known(key)
	switch {
	case v.Outcome != handover.OnSheet:
		if k.Work.Sheet != before.Sheet {
			t.Fatalf("%s, and yet on sheet %s", v.Outcome, k.Work.Sheet)
		}
	case before.Sheet != "", before.ConfirmedAt.IsZero(), k.Standing != order.Arranged, k.LabelVersion != k.Work.Label.Version, f.now.Sub(k.ReadAt) > packing.Fresh:
		t.Fatalf("on a sheet: %+v", k)
	case carrier != "" && f.rules.Carrier(k.Provider, k.Tracking, f.now) != carrier:
		t.Fatalf("scanned for %s, and of %s", carrier, k.Provider)
	}
}

// closes closes the first open sheet, or is refused.
func (f *floor) closes(t *rapid.T, supervised bool) {
	for _, col := range f.rules.Columns(f.open(), f.facts(), f.now, f.now.Add(12*time.Hour)) {
		if col.Sheet.ID == "" {
			continue
		}
		closing := handover.Closing{Column: col, HeardAgo: f.now.Sub(f.read)}
		if supervised {
			closing.Incomplete, closing.Reason, closing.Allowed = true, "the truck is full", order.Person{Badge: "BOSS"}
		}
		events, err := closing.Close(f.now)
		complete := len(col.Missing) == 0 && f.now.Sub(f.read) <= packing.OldestForConfirm
		if may := col.Scanned() > 0 && len(col.Recall) == 0 && (supervised || complete); may != (err == nil) {
			t.Fatalf("closed: %v; %+v", err, col)
		}
		f.append(events)
		if err == nil && len(f.sheets[col.Sheet.ID].Missing) != len(col.Missing) {
			t.Fatal("closed without naming who is missing")
		}
		return
	}
}

// holds demands what holds at any moment.
func (f *floor) holds(t *rapid.T) {
	on := map[order.ParcelKey]string{}
	for id, sheet := range f.sheets {
		for _, p := range sheet.Parcels {
			if other, twice := on[p.Parcel]; twice {
				t.Fatalf("%s is on %s and on %s", p.Parcel, other, id)
			}
			on[p.Parcel] = id
		}
	}
	missing := map[order.ParcelKey]bool{}
	for _, col := range f.rules.Columns(f.open(), f.facts(), f.now, f.now.Add(12*time.Hour)) {
		if col.Expected() != col.Scanned()+len(col.Missing) || col.Done() && len(col.Missing) > 0 {
			t.Fatalf("%+v", col)
		}
		for _, row := range col.Missing {
			missing[row.Parcel] = true
		}
	}
	for key, work := range f.works {
		if on[key] != work.Sheet || (work.Sheet == "") != work.HandedOverAt.IsZero() {
			t.Fatalf("%s is on %q, and says %q", key, on[key], work.Sheet)
		}
		waits := !work.ConfirmedAt.IsZero() && work.Sheet == "" && f.cached[key].Standing == order.Arranged
		if waits != missing[key] {
			t.Fatalf("%s waits: %v, is missing: %v", key, waits, missing[key])
		}
	}
}
