package handover_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/handover"
	"packbench/internal/order"
)

// fact is a parcel of a carrier that was packed here.
func fact(key, carrier string, mode order.HandoverMode, change ...func(*order.Facts)) order.Facts {
	f := order.Facts{Key: order.ParcelKey(key), Provider: carrier, Tracking: "T" + key, WarehouseID: "W", Standing: order.Arranged, Here: order.Here{Confirmed: true, Handover: mode}}
	for _, one := range change {
		one(&f)
	}
	return f
}

func keysOf(rows []handover.Row) (keys string) {
	for _, row := range rows {
		keys += string(row.Parcel)
	}
	return keys
}

func TestWhatEachColumnWaitsFor(t *testing.T) {
	cancelled := func(f *order.Facts) { f.Standing = order.Gone }
	on := func(f *order.Facts) { f.Here.HandedOverAt = noon }
	toPack := func(hours int) func(*order.Facts) {
		return func(f *order.Facts) {
			f.Here, f.Standing, f.CollectBy = order.Here{}, order.Ready, noon.Add(time.Duration(hours)*time.Hour)
		}
	}
	sheet := order.Sheet{ID: "H1", Carrier: "J&T", Mode: order.PickedUp, Warehouse: "W", OpenedAt: noon, Parcels: []order.OnSheet{{Parcel: "a"}, {Parcel: "b"}}}
	all := []order.Facts{
		fact("a", "J&T", order.PickedUp, on), fact("b", "J&T", order.PickedUp, on, cancelled),
		fact("c", "J&T", order.PickedUp), fact("d", "J&T", order.DroppedOff), fact("e", "J&T", ""), fact("f", "J&T", order.PickedUp, cancelled),
		fact("g", "J&T", "", toPack(3)), fact("h", "J&T", "", toPack(30)), fact("i", "J&T", order.PickedUp, func(f *order.Facts) { f.Standing = order.Collected }),
		fact("j", "Ninja Van", ""), fact("k", "Ninja Van", order.PickedUp, func(f *order.Facts) { f.WarehouseID = "V" }),
	}
	endOfDay := noon.Add(12 * time.Hour)
	var wanted []order.Facts
	for _, f := range all {
		if handover.Wanted(&f, endOfDay) {
			wanted = append(wanted, f)
		}
	}
	rules := handover.Rules{Warehouse: "W", Cards: []handover.Card{{Carrier: "j&t", Comes: "16:30"}}}
	type column struct{ Carrier, Mode, Sheet, Missing, ToPack, TakeOut, Recall, Comes string }
	var got []column
	for _, c := range rules.Columns([]order.Sheet{sheet}, wanted, noon, endOfDay) {
		got = append(got, column{c.Carrier, string(c.Mode), c.Sheet.ID, keysOf(c.Missing), keysOf(c.ToPack), keysOf(c.TakeOut), keysOf(c.Recall), c.Card.Comes})
		if c.Expected() != c.Scanned()+len(c.Missing) || c.Done() {
			t.Errorf("%+v", c)
		}
	}
	want := []column{
		{"J&T", "DROP_OFF", "", "de", "g", "", "", "16:30"}, {"J&T", "PICKUP", "H1", "ce", "g", "f", "b", "16:30"}, {"Ninja Van", "", "", "j", "", "", "", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What stands at the shelf comes first, by name, and no scan moves it; a carrier of whom nothing is packed comes behind, and parcels without one make no column.
func TestInWhatOrderColumnsStand(t *testing.T) {
	due := func(hours int) func(*order.Facts) {
		return func(f *order.Facts) { f.CollectBy = noon.Add(time.Duration(hours) * time.Hour) }
	}
	toPack := func(hours int) func(*order.Facts) {
		return func(f *order.Facts) {
			f.Here, f.Standing, f.CollectBy = order.Here{}, order.Ready, noon.Add(time.Duration(hours)*time.Hour)
		}
	}
	facts := []order.Facts{
		fact("1", "", "", toPack(1)), fact("2", "", "", toPack(1), func(f *order.Facts) { f.WarehouseID = "V" }),
		fact("3", "Aramex", "", toPack(1)), fact("4", "Best", order.PickedUp), fact("5", "Ninja Van", order.PickedUp, due(5)), fact("6", "Ninja Van", order.PickedUp, due(9)),
		fact("7", "SPX", order.PickedUp, due(3)), fact("8", "Flash", "", toPack(2), func(f *order.Facts) { f.CollectBy = noon.Add(30 * time.Minute) }),
		fact("9", "", order.PickedUp, due(8)),
	}
	open := []order.Sheet{{ID: "H1", Carrier: "Zed", Mode: order.PickedUp, Warehouse: "W", Parcels: []order.OnSheet{{Parcel: "a"}}}}
	inOrder := func(when string) {
		t.Helper()
		var got []string
		for _, c := range (handover.Rules{}).Columns(open, facts, noon, noon.Add(12*time.Hour)) {
			got = append(got, handover.Named(c.Carrier))
		}
		if diff := cmp.Diff([]string{"—", "Best", "Ninja Van", "SPX", "Zed", "Flash", "Aramex"}, got); diff != "" {
			t.Error(when, diff)
		}
	}
	inOrder("before a scan")
	facts[6].Here.HandedOverAt = noon // all of SPX, which was the most urgent
	open = append(open, order.Sheet{ID: "H2", Carrier: "SPX", Mode: order.PickedUp, Warehouse: "W", Parcels: []order.OnSheet{{Parcel: "7"}}})
	inOrder("after it")
}

func TestWhatASheetIsClosedWith(t *testing.T) {
	boss := order.Person{Badge: "B", Name: "Siti", Supervisor: true}
	row := []handover.Row{{Parcel: "9", Tracking: "JX9"}}
	full := order.Sheet{ID: "H1", Parcels: []order.OnSheet{{Parcel: "1"}}}
	for name, test := range map[string]struct {
		closing handover.Closing
		want    string // the problem; empty: it closes
	}{
		"all is there":                       {handover.Closing{Column: handover.Column{Sheet: full}}, ""},
		"nothing is on it":                   {handover.Closing{Column: handover.Column{Sheet: order.Sheet{ID: "H1"}}}, "handover.empty"},
		"one is missing":                     {handover.Closing{Column: handover.Column{Sheet: full, Missing: row}}, "handover.missing"},
		"one is missing, nobody allowed it":  {handover.Closing{Column: handover.Column{Sheet: full, Missing: row}, Incomplete: true, Reason: "r"}, "handover.no_badge"},
		"one is missing, nobody asked":       {handover.Closing{Column: handover.Column{Sheet: full, Missing: row}, Allowed: boss, Reason: "r"}, "handover.missing"},
		"one is missing, no reason":          {handover.Closing{Column: handover.Column{Sheet: full, Missing: row}, Incomplete: true, Allowed: boss, Reason: " "}, "handover.no_reason"},
		"one is missing, and it is allowed":  {handover.Closing{Column: handover.Column{Sheet: full, Missing: row}, Incomplete: true, Allowed: boss, Reason: "r"}, ""},
		"one must not go, whoever allows it": {handover.Closing{Column: handover.Column{Sheet: full, Recall: row}, Incomplete: true, Allowed: boss, Reason: "r"}, "handover.recall"},
		"the platform is silent":             {handover.Closing{Column: handover.Column{Sheet: full}, HeardAgo: 16 * time.Minute}, "handover.old_word"},
		"it is silent, and that is allowed":  {handover.Closing{Column: handover.Column{Sheet: full}, HeardAgo: 16 * time.Minute, Allowed: boss}, ""},
		"it was silent for a moment":         {handover.Closing{Column: handover.Column{Sheet: full}, HeardAgo: 14 * time.Minute}, ""},
	} {
		events, err := test.closing.Close(noon)
		switch {
		case test.want == "" && (err != nil || len(events) != 1):
			t.Errorf("%s: %v", name, err)
		case test.want != "" && (err == nil || order.AsProblem(err).Key != test.want || len(events) > 0):
			t.Errorf("%s: %v, %+v", name, err, events)
		case test.want == "":
			e := events[0]
			if len(e.Handover.Missing) != len(test.closing.Column.Missing) || (e.Supervisor != "") != test.closing.NeedsSupervisor() {
				t.Errorf("%s: %+v", name, e)
			}
		}
	}
}
