package station

import (
	"slices"
	"testing"

	"packbench/internal/order"
)

// begun writes down a run whose first label is out and seen, and whose second was on its way.
func (s *shop) begun(keys []order.ParcelKey, ends ...order.EventKind) {
	s.t.Helper()
	s.begunOn("", keys, ends...)
}

// begunOn is begun on a printer. The ends that are a label's are the second one's.
func (s *shop) begunOn(printer string, keys []order.ParcelKey, ends ...order.EventKind) {
	s.t.Helper()
	events := []order.Event{{Kind: order.RunMade, Run: "R", Parcels: keys, Printer: printer}}
	for i, way := range [][]order.EventKind{{order.LabelQueued, order.LabelSending, order.LabelSent, order.LabelSeen}, {order.LabelQueued, order.LabelSending}} {
		for _, kind := range way {
			events = append(events, order.Event{Kind: kind, Run: "R", Parcel: keys[i], Matched: trackingOf(numberOf(keys[i]))})
		}
	}
	for _, kind := range ends {
		end := order.Event{Kind: kind, Run: "R"}
		if kind == order.LabelSent {
			end.Parcel = keys[1]
		}
		events = append(events, end)
	}
	if err := s.store.Append(events); err != nil {
		s.t.Fatal(err)
	}
}

// The program died while a label was on its way, be the run paused by then or not: nobody knows how far it came, and nothing waits for it for ever.
func TestARunThatDiedWithinALabelStands(t *testing.T) {
	for name, ends := range map[string][]order.EventKind{"going": nil, "paused": {order.RunPauses}} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			keys := s.arranged(3)
			s.begun(keys, ends...)
			r := s.start(nil)
			if shot := r.until(func(s Snapshot) bool { return s.Run.ID != "" }); shot.Run.State != order.RunStanding || !shot.Run.Doubts {
				t.Fatalf("%+v", shot.Run)
			}
			r.print("run.scan_last", PrintWish{Act: PrintGoOn})
			r.print("", PrintWish{Act: PrintScan, Code: trackingOf(10)})
			r.until(func(s Snapshot) bool { return s.Run.AllSent })
			if got := s.onPaper(); !slices.Equal(got, []int{11, 12}) {
				t.Errorf("printed %v", got)
			}
		})
	}
}

// A disk that is full when the bench opens does not keep it from opening, and the run stands all the same.
func TestARunThatDiedStandsOnAFullDisk(t *testing.T) {
	s := newShop(t)
	s.begun(s.arranged(3))
	files := &journal{Store: s.store}
	files.full(order.RunStands)
	r := s.start(files)
	r.until(func(s Snapshot) bool { return s.Run.Trouble.Key == "store.full" })
	files.full()
	r.until(func(s Snapshot) bool { return s.Run.State == order.RunStanding })
	if got := s.onPaper(); len(got) != 0 {
		t.Errorf("printed %v", got)
	}
}

// The file of the platform's orders was lost, as after damage: what the journal says of a run's labels counts all the same, and none goes out twice once
// the orders are back.
func TestARunWhoseOrdersAreNotThere(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(1)
	keys = append(keys, "P50", "P51")
	for _, key := range keys[1:] {
		if err := s.store.Append([]order.Event{{Kind: order.ShipTried, Parcel: key}, {Kind: order.ShipArranged, Parcel: key}}); err != nil {
			t.Fatal(err)
		}
	}
	slices.Reverse(keys)
	s.begun(keys)
	r := s.start(nil)
	shot := r.until(func(s Snapshot) bool { return s.Run.ID != "" })
	if l := shot.Run.Labels; shot.Run.State != order.RunStanding || l[0].State != order.Seen || l[1].State != order.Sending {
		t.Fatalf("%+v", shot.Run)
	}
	s.save(s.order(50, order.AwaitingCollection, "tee"), s.order(51, order.AwaitingCollection, "tee"))
	r.print("", PrintWish{Act: PrintScan, Code: trackingOf(50)})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got := s.onPaper(); !slices.Equal(got, []int{10}) {
		t.Errorf("printed %v", got)
	}
}
