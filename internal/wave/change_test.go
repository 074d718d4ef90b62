package wave

import (
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
)

func ready(key order.ParcelKey, skus ...string) *order.Facts {
	f := facts(key, skus...)
	f.Standing = order.Ready
	return f
}

func TestParcelsJoinInTheMiddle(t *testing.T) {
	in := ready("P1", "TEE")
	in.Wave = "W1"
	held, begun, early, parked := ready("P3", "TEE"), ready("P4", "TEE"), ready("P5", "TEE"), ready("P6", "TEE")
	held.Standing, begun.Here.Taken, early.ReleaseAt, parked.Here.Parked = order.Held, 1, noon.Add(time.Minute), true
	parcels := []*order.Facts{in, ready("P2", "TEE"), held, begun, early, parked, ready("P7", "TEE"), ready("P8", "TEE", "CAP")}
	j := Joining{Wave: order.Wave{ID: "W1", Parcels: []order.ParcelKey{"P1"}, Shape: order.FastLane}, Members: []*order.Facts{in}, Free: Stock{"TEE": 2}, Totes: 12}
	events, refused := j.Join([]order.ParcelKey{"P2", "P2", "P1", "P3", "P4", "P5", "P6", "P0", "P8", "P7"}, parcels, noon)
	why := map[order.ParcelKey]string{}
	for _, r := range refused {
		why[r.Parcel] = r.Why.Key
	}
	for key, want := range map[order.ParcelKey]string{
		"P1": "wave.join.taken", "P3": "", "P4": "wave.join.begun", "P5": "wave.join.unreleased", "P6": "wave.join.begun", "P0": "refused.unknown_code", "P7": "wave.short",
	} {
		if got, ok := why[key]; !ok || got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	if len(why) != 7 || len(events) != 1 || !slices.Equal(events[0].Parcels, []order.ParcelKey{"P2", "P8"}) || events[0].Shape != order.Totes {
		t.Errorf("%+v, %v", events, why)
	}
	w := j.Wave.After(events[0])
	if !slices.Equal(w.Parcels, []order.ParcelKey{"P1", "P2", "P8"}) || w.Shape != order.Totes || w.After(events[0]).Parcels[2] != "P8" || len(w.After(events[0]).Parcels) != 3 {
		t.Errorf("%+v", w)
	}
	if len(j.Wave.Parcels) != 1 {
		t.Error("the wave it was given changed")
	}
}

func TestABegunWaveKeepsItsShapeAndNoneHasTooMany(t *testing.T) {
	in := ready("P1", "TEE")
	j := Joining{Wave: order.Wave{ID: "W1", Parcels: []order.ParcelKey{"P1"}, Shape: order.FastLane}, Begun: true, Members: []*order.Facts{in}, Free: Stock{}, Force: true}
	events, refused := j.Join([]order.ParcelKey{"P2", "P3"}, []*order.Facts{ready("P2", "CAP"), ready("P3", "CAP", "TEE")}, noon)
	if len(events) != 1 || events[0].Shape != "" || !slices.Equal(events[0].Parcels, []order.ParcelKey{"P2"}) || len(refused) != 1 || refused[0].Why.Key != "wave.join.shape" {
		t.Errorf("%+v, %+v", events, refused)
	}
	j.Wave.Parcels = make([]order.ParcelKey, order.ParcelsAWave)
	if events, refused := j.Join([]order.ParcelKey{"P2"}, []*order.Facts{ready("P2", "CAP")}, noon); len(events) != 0 || refused[0].Why.Key != "wave.join.full" {
		t.Errorf("%+v, %+v", events, refused)
	}
}

func TestParcelsLeave(t *testing.T) {
	w := order.Wave{ID: "W1", Parcels: []order.ParcelKey{"P1", "o:2", "P3"}}
	begun, renamed := ready("P1", "TEE"), ready("P2", "TEE")
	begun.Here.Label, renamed.OrderIDs = order.Queued, []string{"2"}
	events, refused := Leave(w, []order.ParcelKey{"P1", "P2", "P9"}, []*order.Facts{begun, renamed}, noon)
	if len(events) != 1 || !slices.Equal(events[0].Parcels, []order.ParcelKey{"o:2"}) || len(refused) != 2 || refused[0].Why.Key != "wave.leave.begun" || refused[1].Why.Key != "wave.leave.elsewhere" {
		t.Errorf("%+v, %+v", events, refused)
	}
	if left := w.After(events[0]); !slices.Equal(left.Parcels, []order.ParcelKey{"P1", "P3"}) || len(w.Parcels) != 3 {
		t.Errorf("%+v", left)
	}
	if events, _ := Leave(w, w.Parcels, nil, noon); len(events) != 1 || events[0].Kind != order.WaveUndone {
		t.Errorf("all leave: %+v", events)
	}
}

func TestRulesAreDue(t *testing.T) {
	rules := []Rule{{Name: "a", Every: 30 * time.Minute}, {Name: "b", Every: time.Hour}, {Name: "new", Every: time.Hour}}
	last := map[string]time.Time{"a": noon, "b": noon}
	for after, want := range map[time.Duration][]string{29 * time.Minute: {"new"}, 30 * time.Minute: {"a", "new"}, time.Hour: {"a", "b", "new"}} {
		var got []string
		for _, r := range Due(rules, last, noon.Add(after)) {
			got = append(got, r.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("after %s: %v, want %v", after, got, want)
		}
	}
}

func TestARuleMakesItsWave(t *testing.T) {
	parcels := []*order.Facts{ready("P1", "TEE"), ready("P2", "CAP"), ready("P3", "TEE"), ready("P4", "CAP")}
	wish := Rule{Name: "gb", Words: "market:GB", Most: 3, Least: 3, Shape: order.PutWall}.Wish(12)
	events, _ := wish.Make(parcels, Stock{}, Layout{}, nil, 6, noon)
	if len(events) != 1 || events[0].Rule != "gb" || events[0].Filter != "market:GB" || events[0].Shape != order.PutWall || len(events[0].Parcels) != 3 || events[0].Wave != order.WaveID(noon, 7) {
		t.Errorf("%+v", events)
	}
	if events, short := wish.Make(parcels, Stock{"TEE": 0}, Layout{}, nil, 6, noon); len(events) != 0 || len(short) != 2 {
		t.Errorf("fewer than least: %+v, %+v", events, short)
	}
	wish.Shape = order.Bulk
	if events, _ := wish.Make(parcels, Stock{}, Layout{}, nil, 6, noon); events[0].Shape != order.FastLane {
		t.Errorf("a shape that is not possible: %+v", events)
	}
}
