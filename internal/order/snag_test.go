package order

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// everyDay is a calendar in which every day is worked on.
type everyDay struct{}

func (everyDay) Zone(Market, string) *time.Location      { return time.UTC }
func (everyDay) Works(Market, int, time.Month, int) bool { return true }

// afterTruck are the rules of what happens after a parcel has left, as fulfilment rules 2 has them.
var afterTruck = Rules{Near: 0.2, List: []Rule{
	{ID: "first-tracking", Start: Departed, End: FirstTracked, Limit: Limit{24, Hours}, Consequence: Incomplete, Source: "S4"},
	{ID: "tracking-gap", Start: LastTracked, End: AtBuyer, Limit: Limit{48, Hours}, Grace: Limit{24, Hours}, Consequence: RefundOpened, Source: "S4"},
	{ID: "delivered", Markets: []Market{"GB"}, Start: Placed, End: AtBuyer, Limit: Limit{5, Days}, Grace: Limit{24, Hours}, Consequence: CountsLate, Source: "S4"},
	{ID: "redelivery", Until: time.Date(2022, 3, 22, 0, 0, 0, 0, time.UTC), Start: CannotArrive, End: Refiled, Limit: Limit{12, Days}, Consequence: NotSentAgain, Source: "S1"},
}}

func TestSnagged(t *testing.T) {
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	hour := func(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }
	// A parcel from abroad, placed at noon, handed over 10 hours later; at moments in hours after noon.
	left := func(points map[Point]int, change ...func(*Facts)) *Facts {
		f := &Facts{Key: "P", Market: "GB", Abroad: true, Shipping: ByPlatform, Standing: Collected}
		f.Pass(Placed, MomentOf(noon))
		f.Pass(Departed, MomentOf(hour(10)))
		for p, h := range points {
			f.Pass(p, MomentOf(hour(h)))
		}
		for _, c := range change {
			c(f)
		}
		return f
	}
	taken := map[Point]int{InCarriage: 14, FirstTracked: 14, LastTracked: 20}
	with := func(points map[Point]int, p Point, h int) map[Point]int {
		all := maps.Clone(points)
		all[p] = h
		return all
	}
	told := func(nodes ...Node) func(*Facts) {
		return func(f *Facts) {
			for _, n := range nodes {
				f.Nodes = f.Nodes.With(n)
			}
		}
	}
	type want struct {
		snag       Snag
		since, due int // hours after noon; due 0: none
		remedy     Remedy
	}
	for name, test := range map[string]struct {
		facts    *Facts
		patience Patience
		at       int
		want     want
	}{
		"handed over yesterday":              {left(nil), Patience{}, 34, want{}}, // due 24 h after 10: at 34, not yet missed
		"not scanned in 24 h":                {left(nil), Patience{}, 35, want{SnagUnscanned, 10, 0, RemedyAsk}},
		"not handed over":                    {&Facts{Standing: Arranged}, Patience{}, 99, want{}},
		"on its way":                         {left(taken), Patience{}, 68, want{}}, // 48 h after 20
		"silent for longer than is expected": {left(taken), Patience{}, 69, want{SnagQuiet, 20, 92, RemedyCompare}},
		"silent for longer than may be":      {left(taken), Patience{}, 93, want{SnagLostTouch, 20, 0, RemedyCompare}},
		"silent, and the consent has ended":  {left(taken), Patience{NoConsent: true}, 93, want{SnagLostTouch, 20, 0, RemedyLogin}},
		"silent, and a ticket is filed":      {left(taken, func(f *Facts) { f.Here.TicketAt = MomentOf(hour(94)) }), Patience{}, 95, want{SnagLostTouch, 20, 0, RemedyWatch}},
		"silent again after a ticket":        {left(with(taken, LastTracked, 100), func(f *Facts) { f.Here.TicketAt = MomentOf(hour(94)) }), Patience{}, 173, want{SnagLostTouch, 100, 0, RemedyCompare}},
		"silent for so long that it is lost": {left(taken), Patience{Lost: 10 * 24 * time.Hour}, 20 + 241, want{SnagLost, 20, 0, RemedyClaim}},
		"a supervisor gives it up":           {left(taken, func(f *Facts) { f.Here.LostAt = MomentOf(hour(30)) }), Patience{}, 31, want{SnagLost, 30, 0, RemedyClaim}},
		"cannot be delivered":                {left(with(taken, CannotArrive, 40)), Patience{}, 41, want{SnagFailed, 40, 0, RemedyRedeliver}}, // no rule has a limit for it today
		"cannot be delivered, and is filed":  {left(with(with(taken, CannotArrive, 40), Refiled, 50)), Patience{}, 60, want{SnagFailed, 40, 0, RemedyWatch}},
		"five days and a day of grace":       {left(with(taken, LastTracked, 140)), Patience{}, 6*24 + 1, want{SnagLate, 5 * 24, 0, RemedyTellBuyer}},
		"delivered":                          {left(with(taken, AtBuyer, 90)), Patience{}, 500, want{}},
		"cancelled":                          {left(taken, func(f *Facts) { f.Standing = Gone }), Patience{}, 500, want{}},
		"all nodes so far":                   {left(taken, told(ExportCustoms, Entry)), Patience{}, 30, want{}},
		"entry without export customs":       {left(taken, told(Entry)), Patience{}, 30, want{SnagNodes, 20, 0, RemedyCompare}},
		"no nodes at home":                   {left(taken, told(OutForDelivery), func(f *Facts) { f.Abroad = false }), Patience{}, 30, want{}},
	} {
		course := test.facts.Course()
		now := hour(test.at)
		got, is := test.facts.Snagged(afterTruck.Clocks(&course, nil, everyDay{}, now), test.patience, now)
		w := Snagged{}
		if test.want.snag != "" {
			w = Snagged{Facts: test.facts, Snag: test.want.snag, Since: hour(test.want.since), Remedy: test.want.remedy}
			if test.want.due != 0 {
				w.Due = hour(test.want.due)
			}
			w.Missing = got.Missing
		}
		if diff := cmp.Diff(w, got); diff != "" || is != (test.want.snag != "") {
			t.Errorf("%s: %v %s", name, is, diff)
		}
	}
}

// Of an order that the rule is for, 12 days are left from the moment the delivery failed; then it cannot be sent again.
func TestTwelveDaysToFile(t *testing.T) {
	failed := time.Date(2022, 3, 25, 9, 30, 0, 0, time.UTC)
	f := &Facts{Key: "P", Standing: Collected}
	f.Pass(Placed, MomentOf(failed.AddDate(0, 0, -5)))
	f.Pass(InCarriage, MomentOf(failed.AddDate(0, 0, -3)))
	f.Pass(LastTracked, MomentOf(failed))
	f.Pass(CannotArrive, MomentOf(failed))
	course, due := f.Course(), time.Date(2022, 4, 6, 9, 30, 0, 0, time.UTC)
	for now, want := range map[time.Time]Remedy{failed.Add(time.Hour): RemedyRedeliver, due: RemedyRedeliver, due.Add(time.Second): RemedySettle} {
		got, is := f.Snagged(afterTruck.Clocks(&course, nil, everyDay{}, now), Patience{}, now)
		if !is || got.Snag != SnagFailed || !got.Due.Equal(due) || got.Remedy != want {
			t.Errorf("%v: %+v", now, got)
		}
	}
}

func TestMissingNodes(t *testing.T) {
	nodes := func(all ...Node) (n Nodes) {
		for _, node := range all {
			n = n.With(node)
		}
		return n
	}
	for told, want := range map[Nodes][]Node{
		0:                                    nil,
		nodes(TakenByCarrier, ExportCustoms): nil,
		nodes(Entry):                         {ExportCustoms},
		nodes(OutForDelivery):                {ExportCustoms, Entry},
		nodes(ExportCustoms, Entry, Undeliverable): {OutForDelivery},
		nodes(BroughtToBuyer):                      {ExportCustoms, Entry, OutForDelivery},
	} {
		if got := told.skipped(); !slices.Equal(got, want) {
			t.Errorf("%b: %v, want %v", told, got, want)
		}
	}
}

// Whatever happened to a parcel, it has one snag or none, none before it left and none once it arrived; and the order of the list is one order.
func TestOneSnagAtMost(t *testing.T) {
	start := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	draw := func(t *rapid.T, name string) *Facts {
		f := &Facts{Key: ParcelKey(name), Market: "GB", Shipping: ByPlatform, Standing: Collected, Abroad: rapid.Bool().Draw(t, name+" abroad")}
		for p := Placed; p < points; p++ {
			if rapid.Bool().Draw(t, name+p.String()) {
				f.Pass(p, MomentOf(start.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, name+" at"))*time.Hour)))
			}
		}
		f.Nodes = Nodes(rapid.IntRange(0, 255).Draw(t, name+" nodes"))
		return f
	}
	rapid.Check(t, func(t *rapid.T) {
		now := start.Add(time.Duration(rapid.IntRange(0, 900).Draw(t, "now")) * time.Hour)
		var all []Snagged
		for _, name := range []string{"a", "b", "c"} {
			f := draw(t, name)
			course := f.Course()
			got, is := f.Snagged(afterTruck.Clocks(&course, nil, everyDay{}, now), Patience{Lost: 300 * time.Hour}, now)
			if left := f.Passed(Departed) || f.Passed(InCarriage); is && (!left || f.Passed(AtBuyer)) {
				t.Fatalf("%+v is snagged: %+v", f, got)
			}
			if is && (!slices.Contains(Snags, got.Snag) || got.Remedy == "" || got.Since.IsZero() && got.Snag != SnagNodes) {
				t.Fatalf("%+v", got)
			}
			if is {
				all = append(all, got)
			}
		}
		slices.SortFunc(all, MoreSnagged)
		again := slices.Clone(all)
		rand.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
		slices.SortFunc(again, MoreSnagged)
		for i := range all {
			if all[i].Facts.Key != again[i].Facts.Key {
				t.Fatalf("the list has two orders: %v, %v", all, again)
			}
		}
	})
}

func TestClaim(t *testing.T) {
	for name, test := range map[string]struct {
		facts Facts
		cents int64
		known bool
	}{
		"less than is paid": {Facts{Currency: "USD", Value: 20_50, Shipping: ByPlatform}, 20_50, true},
		"more than is paid": {Facts{Currency: "USD", Value: 250_00, Shipping: ByPlatform}, 100_00, true},
		"another currency":  {Facts{Currency: "MYR", Value: 20_50, Shipping: ByPlatform}, 0, false},
		"the seller's own":  {Facts{Currency: "USD", Value: 20_50, Shipping: BySeller}, 0, true},
	} {
		if cents, known := test.facts.Claim(); cents != test.cents || known != test.known {
			t.Errorf("%s: %d, %v", name, cents, known)
		}
	}
}
