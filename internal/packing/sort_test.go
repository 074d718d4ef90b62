package packing

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/internal/order"
)

// hall is a wave, its totes and slots, and a bench beside them: what the store does, by values.
type hall struct {
	wave  order.Wave
	works map[order.ParcelKey]order.Work
	all   map[order.ParcelKey]order.Parcel
	slots []order.Slot
	lies  map[string][]string // by slot: the units that were laid into it
	back  int                 // pieces that went back to their bins
	state State
	now   time.Time
	log   []Outcome
}

// newHall has a wave of parcels that hold the articles given.
func newHall(shape order.Shape, slots int, parcels ...[]string) *hall {
	h := &hall{wave: order.Wave{ID: "W261122-01", Shape: shape}, works: map[order.ParcelKey]order.Work{}, all: map[order.ParcelKey]order.Parcel{},
		lies: map[string][]string{}, state: State{Phase: Idle}, now: noon}
	for i, skus := range parcels {
		key := order.ParcelKey(fmt.Sprint("P", i+1))
		p := order.Parcel{Key: key, Standing: order.Ready, OrderIDs: []string{"O" + string(key)}, Number: 1, Of: 1}
		for n, sku := range skus {
			p.Units = append(p.Units, order.Unit{Line: order.Line{ID: fmt.Sprint(key, "-", n), SellerSKU: sku}})
		}
		h.wave.Parcels = append(h.wave.Parcels, key)
		h.all[key] = p
	}
	for n := range slots {
		if shape == order.Totes {
			h.slots = append(h.slots, order.Slot{Code: fmt.Sprint("TOTE-", n+1)})
		} else {
			h.slots = append(h.slots, order.Slot{Code: order.SlotCode("A", n+1), Wall: "A", Number: n + 1})
		}
	}
	return h
}

func (h *hall) known(key order.ParcelKey) order.Known {
	p := h.all[key]
	p.ReadAt = h.now
	return order.Known{Parcel: p, Work: h.works[key]}
}

func (h *hall) sorting() (s order.Sorting) {
	s = order.Sorting{Wave: h.wave, Slots: h.slots}
	pieces := map[string]int{}
	for _, key := range h.wave.Parcels {
		s.Parcels = append(s.Parcels, h.known(key))
		for _, u := range h.all[key].Units {
			pieces[u.SKU()]++
		}
	}
	for _, sku := range slices.Sorted(maps.Keys(pieces)) {
		s.Walk = append(s.Walk, order.WalkStop{Bin: "B-" + sku, SKU: sku, Pieces: pieces[sku]})
	}
	return s
}

// do hands an input in and folds what follows, as the store does.
func (h *hall) do(in Input) Turn {
	h.now = h.now.Add(2 * time.Second)
	if scanned, is := in.(Scanned); is {
		scanned.At = h.now
		in = scanned
	}
	next, turn := Next(h.state, in, h.now)
	h.state = next
	h.log = append(h.log, turn.Outcome)
	for _, e := range turn.Events {
		if e.Parcel != "" {
			before := h.works[e.Parcel]
			h.works[e.Parcel] = before.After(e)
			for i := range h.slots {
				switch {
				case e.Kind == order.Slotted && h.slots[i].Code == e.Slot.Code:
					h.slots[i].Parcel = e.Parcel
				case h.works[e.Parcel].Slot == "" && h.slots[i].Parcel == e.Parcel:
					h.slots[i].Parcel = ""
				}
			}
		}
		switch e.Kind {
		case order.Picked:
			h.wave = h.wave.After(e)
		case order.Sorted:
			h.lies[e.Slot.Code] = append(h.lies[e.Slot.Code], e.Unit)
		case order.LeftBox:
			h.back++
		}
	}
	return turn
}

// scan hands in a code, with all that it can mean.
func (h *hall) scan(code string) Turn {
	in := Scanned{Scan: order.Scan{Code: code, Device: "gun"}}
	switch {
	case code == h.wave.ID:
		in.Candidates.Wave = code
	case slices.ContainsFunc(h.slots, func(s order.Slot) bool { return s.Code == code }):
		in.Candidates.Slot = h.slot(code)
		if holder := in.Candidates.Slot.Parcel; holder != "" {
			in.Candidates.Parcels = []order.Known{h.known(holder)}
		}
	case len(code) == 1:
		in.Candidates.SKUs = []string{code}
	}
	if in.Candidates.Wave != "" || h.state.Sort.Wave != "" {
		in.Sorting = h.sorting()
	}
	return h.do(in)
}

func (h *hall) slot(code string) order.Slot {
	return h.slots[slices.IndexFunc(h.slots, func(s order.Slot) bool { return s.Code == code })]
}

func (h *hall) expect(t *testing.T, code string, want Outcome) Turn {
	t.Helper()
	turn := h.scan(code)
	if turn.Outcome != want {
		t.Fatalf("%s: %s (%s), not %s", code, turn.Outcome, turn.Said.Key, want)
	}
	return turn
}

func TestAPieceGoesIntoItsSlotAndNoOther(t *testing.T) {
	h := newHall(order.PutWall, 4, []string{"a", "b"}, []string{"a"})
	h.expect(t, "a", WrongItem) // no wave is at hand
	h.expect(t, h.wave.ID, WaveOut)
	h.expect(t, "a", SlotOut)
	if h.works["P1"].Slot != "WALL-A-1" || h.works["P2"].Slot != "" {
		t.Fatalf("slots %q and %q", h.works["P1"].Slot, h.works["P2"].Slot)
	}
	h.expect(t, "b", SlotFirst)
	h.expect(t, "WALL-A-2", WrongSlot)
	h.expect(t, "WALL-A-1", SortedOut)
	h.expect(t, "WALL-A-1", SlotLacks)
	h.expect(t, "WALL-A-3", SlotFree)
	h.expect(t, "c", WrongItem)
	h.expect(t, "b", SlotOut)
	h.expect(t, "WALL-A-1", SortedOut)
	h.expect(t, "b", WrongItem) // there is no second one in the wave
	h.expect(t, "a", SlotOut)
	turn := h.expect(t, "WALL-A-2", SortedOut)
	if turn.Said.Key != "say.sorted_last" || h.state.Sort.Wave != "" {
		t.Errorf("the wave is still at hand after %s", turn.Said.Key)
	}
	turn = h.expect(t, "WALL-A-1", OpenedOut)
	if turn.Parcel != "P1" || h.state.Phase != Packing {
		t.Errorf("slot 1 opened %s, phase %s", turn.Parcel, h.state.Phase)
	}
}

func TestTotesAreTakenAsTheyCome(t *testing.T) {
	h := newHall(order.Totes, 3, []string{"a", "a"}, []string{"a"}, []string{"b"})
	h.expect(t, h.wave.ID, WaveOut)
	h.expect(t, "a", SlotOut)
	h.expect(t, "a", SlotFirst)
	h.expect(t, "TOTE-2", SortedOut)
	h.expect(t, "a", SlotOut)
	h.expect(t, "TOTE-1", WrongSlot) // P1's other piece goes where the first one lies
	h.expect(t, "TOTE-2", SortedOut)
	h.expect(t, "a", SlotOut)
	h.expect(t, "TOTE-2", WrongSlot) // it is P1's
	h.expect(t, "TOTE-1", SortedOut)
	h.expect(t, "b", SlotOut)
	h.do(Undo{})
	h.expect(t, "B-b", PickBinOut)
	h.expect(t, "b", SlotOut)
}

func TestAPickerCountsAtTheBin(t *testing.T) {
	h := newHall(order.PutWall, 4, []string{"a", "b"}, []string{"a"})
	h.expect(t, h.wave.ID, WaveOut)
	if stop := NextStop(h.sorting(), h.state.Sort); stop != (order.WalkStop{Bin: "B-a", SKU: "a", Pieces: 2}) {
		t.Errorf("first stop %v", stop)
	}
	h.expect(t, "B-a", PickBinOut)
	h.expect(t, "b", WrongItem)
	h.expect(t, "a", PickedOut)
	h.expect(t, "a", PickedOut)
	h.expect(t, "a", AlreadyFull)
	if stop := NextStop(h.sorting(), h.state.Sort); stop.SKU != "b" {
		t.Errorf("next stop %v", stop)
	}
	h.expect(t, "B-b", PickBinOut)
	h.do(Short{Sorting: h.sorting()})
	turn := h.do(Choose{1})
	if turn.Outcome != ShortOut || h.works["P1"].Parked.SKU != "b" || h.works["P1"].Parked.Shortage != order.OutOfStock {
		t.Errorf("%s; P1 is parked as %v", turn.Outcome, h.works["P1"].Parked)
	}
	if !h.works["P2"].Parked.At.IsZero() {
		t.Error("P2, which lacks nothing, is parked")
	}
	if stop := NextStop(h.sorting(), h.state.Sort); stop.SKU != "" {
		t.Errorf("there is still %v to pick", stop)
	}
	h.do(Aside{}) // from the bin to the wall
	turn = h.expect(t, "a", SlotOut)
	if turn.Parcel != "P2" {
		t.Errorf("the piece is for %s, which is parked", turn.Parcel)
	}
}

func TestAStoppedParcelLeavesItsSlot(t *testing.T) {
	h := newHall(order.PutWall, 4, []string{"a", "b"}, []string{"a"})
	h.expect(t, h.wave.ID, WaveOut)
	h.expect(t, "a", SlotOut)
	h.expect(t, "WALL-A-1", SortedOut)
	h.expect(t, "b", SlotOut)
	cancelled := h.all["P1"]
	cancelled.Standing = order.Gone
	h.all["P1"] = cancelled
	h.expect(t, "WALL-A-1", NotPackable) // the piece in the hand is for nobody now
	h.expect(t, "WALL-A-1", CancelledOut)
	if h.back != 2 || h.slot("WALL-A-1").Parcel != "" || len(h.works["P1"].Sorted) != 0 {
		t.Errorf("%d pieces go back, slot 1 holds %q, %v lie in it", h.back, h.slot("WALL-A-1").Parcel, h.works["P1"].Sorted)
	}
	h.expect(t, "a", SlotOut)
	h.expect(t, "WALL-A-1", SortedOut)
}

func TestAFullWallAsksForRoom(t *testing.T) {
	h := newHall(order.PutWall, 1, []string{"a"}, []string{"b"})
	h.expect(t, h.wave.ID, WaveOut)
	h.expect(t, "a", SlotOut)
	h.expect(t, "WALL-A-1", SortedOut)
	h.expect(t, "b", NoSlot)
	h.works["P1"] = h.works["P1"].After(order.Event{Kind: order.Confirmed, Parcel: "P1", At: h.now})
	h.slots[0].Parcel = ""
	h.expect(t, "b", SlotOut)
}

// TestSortingMixesNothing sorts random waves by hands that err: every piece ends in the slot of its own parcel, or went back; no slot holds two parcels.
func TestSortingMixesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parcels [][]string
		for range rapid.IntRange(1, 6).Draw(t, "parcels") {
			parcels = append(parcels, rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 4).Draw(t, "skus"))
		}
		shape := rapid.SampledFrom([]order.Shape{order.PutWall, order.Totes}).Draw(t, "shape")
		h := newHall(shape, rapid.IntRange(1, 8).Draw(t, "slots"), parcels...)
		codes := []string{h.wave.ID, "a", "b", "c", "B-a", "B-b", "nothing"}
		for _, s := range h.slots {
			codes = append(codes, s.Code)
		}
		for range rapid.IntRange(1, 60).Draw(t, "scans") {
			switch act := rapid.IntRange(0, 20).Draw(t, "act"); {
			case act == 0:
				h.do(Undo{})
			case act == 1:
				h.do(Aside{})
			case act == 2:
				h.do(Short{Why: order.OutOfStock, Sorting: h.sorting()})
			case act == 3:
				key := rapid.SampledFrom(h.wave.Parcels).Draw(t, "cancelled")
				p := h.all[key]
				p.Standing = order.Gone
				h.all[key] = p
			default:
				h.scan(rapid.SampledFrom(codes).Draw(t, "code"))
			}
			if h.state.Phase != Idle { // a slot opened its parcel: the packer lets it be
				h.state = State{Phase: Idle, Sort: h.state.Sort}
				for key, w := range h.works {
					w.Open = false
					h.works[key] = w
				}
			}
			h.check(t)
		}
	})
}

// check tells whether each piece lies where it belongs, once.
func (h *hall) check(t *rapid.T) {
	holders := map[order.ParcelKey]string{}
	for _, slot := range h.slots {
		if slot.Parcel == "" {
			continue
		}
		if other, twice := holders[slot.Parcel]; twice {
			t.Fatalf("%s has the slots %s and %s", slot.Parcel, other, slot.Code)
		}
		holders[slot.Parcel] = slot.Code
	}
	for key, w := range h.works {
		if w.Slot != holders[key] {
			t.Fatalf("%s is in %q by its own word, in %q by the slots'", key, w.Slot, holders[key])
		}
		units := map[string]bool{}
		for _, u := range h.all[key].Units {
			units[u.ID] = true
		}
		for _, piece := range w.Sorted {
			if !units[piece.Unit] || !slices.Contains(h.lies[w.Slot], piece.Unit) {
				t.Fatalf("%s counts %s, which is not its own or was never laid into %s", key, piece.Unit, w.Slot)
			}
			delete(units, piece.Unit) // and not a second time
		}
	}
	for sku, n := range h.wave.Picked {
		if stop, _ := stopOf(h.sorting(), []string{sku}); n > stop.Pieces {
			t.Fatalf("%d of %s picked, %d wanted", n, sku, stop.Pieces)
		}
	}
}

func TestTheLaneTakesTheMostUrgentParcel(t *testing.T) {
	h := newHall(order.FastLane, 0, []string{"a"}, []string{"a"}, []string{"b"})
	h.expect(t, "a", WrongItem) // its wave is not at hand: a piece that is scanned ships nothing
	gone := h.all["P1"]
	gone.Standing = order.Gone
	h.all["P1"] = gone
	h.expect(t, h.wave.ID, WaveOut)
	h.expect(t, "c", WrongItem)
	two := Scanned{Scan: order.Scan{Code: "x", Device: "gun"}, Sorting: h.sorting(), Candidates: order.Candidates{SKUs: []string{"a", "b"}}}
	if turn := h.do(two); turn.Outcome != AmbiguousOut {
		t.Fatalf("%s where the code is of two articles", turn.Outcome)
	}
	if turn := h.do(Choose{2}); turn.Outcome != TakenOut || turn.Parcel != "P3" {
		t.Errorf("the second article was chosen: %s of %s", turn.Outcome, turn.Parcel)
	}
	h.state = State{Phase: Idle, Sort: h.state.Sort}
	if turn := h.expect(t, "a", TakenOut); turn.Parcel != "P2" || len(h.state.Missing()) != 0 {
		t.Errorf("%s was opened, %v missing", turn.Parcel, h.state.Missing())
	}
}

// TestASlotOfOldNewsAsksThePlatform: a parcel that must not go on by news older than ten seconds is read anew before its slot is cleared.
func TestASlotOfOldNewsAsksThePlatform(t *testing.T) {
	h := newHall(order.PutWall, 4, []string{"a"}, []string{"a"})
	h.expect(t, h.wave.ID, WaveOut)
	h.expect(t, "a", SlotOut)
	h.expect(t, "WALL-A-1", SortedOut)
	old := h.known("P1")
	old.Standing, old.ReadAt = order.CancelRequest, h.now.Add(-time.Minute)
	in := Scanned{Scan: order.Scan{Code: "WALL-A-1"}, Sorting: h.sorting(), Candidates: order.Candidates{Slot: h.slot("WALL-A-1"), Parcels: []order.Known{old}}}
	turn := h.do(in)
	if turn.Outcome != "" || len(turn.Effects) != 1 {
		t.Fatalf("%s, effects %v", turn.Outcome, turn.Effects)
	}
	read := old.Parcel
	read.ReadAt = h.now
	turn = h.do(Read{Key: "P1", Parcel: read, Found: true})
	if turn.Outcome != CancelledOut || h.slot("WALL-A-1").Parcel != "" {
		t.Errorf("%s; slot 1 holds %q", turn.Outcome, h.slot("WALL-A-1").Parcel)
	}
}

// TestGoodsOfAnOpenedSlotGoBack: what lies in the slot and was not taken yet goes back with what was.
func TestGoodsOfAnOpenedSlotGoBack(t *testing.T) {
	h := newHall(order.PutWall, 4, []string{"a", "b"})
	for _, code := range []string{h.wave.ID, "a", "WALL-A-1", "b", "WALL-A-1", "WALL-A-1", "a"} {
		h.scan(code)
	}
	if in, of := h.state.Pieces(); in != 1 || of != 2 {
		t.Fatalf("%d of %d pieces in", in, of)
	}
	h.do(Aside{})
	if turn := h.do(OK{}); turn.Outcome != PutBackOut || h.back != 2 || h.slot("WALL-A-1").Parcel != "" {
		t.Errorf("%s, %d pieces go back, slot 1 holds %q", turn.Outcome, h.back, h.slot("WALL-A-1").Parcel)
	}
}

// TestAPieceOfACancelledLineLeaves: what lies in a slot and belongs to its parcel no more is named when the parcel is opened, and goes back.
func TestAPieceOfACancelledLineLeaves(t *testing.T) {
	h := newHall(order.PutWall, 4, []string{"a", "b"}, []string{"a"})
	for _, code := range []string{h.wave.ID, "a", "WALL-A-1", "b", "WALL-A-1"} {
		h.scan(code)
	}
	p := h.all["P1"]
	p.Units = p.Units[:1]
	h.all["P1"] = p
	turn := h.expect(t, "WALL-A-1", OpenedOut)
	if turn.Said.Key != "say.opened_strays" || h.back != 1 || len(h.works["P1"].Sorted) != 1 {
		t.Errorf("%s, %d pieces go back, %v lie in the slot", turn.Said.Key, h.back, h.works["P1"].Sorted)
	}
}

// TestASlotOpenedByMistakeKeepsItsGoods: nothing was scanned yet, so all lies where it lay; a parcel that waits for a supervisor waits again.
func TestASlotOpenedByMistakeKeepsItsGoods(t *testing.T) {
	h := newHall(order.PutWall, 4, []string{"a"}, []string{"b", "c"})
	for _, code := range []string{h.wave.ID, "a", "WALL-A-1", "b", "WALL-A-2"} {
		h.scan(code)
	}
	h.expect(t, "WALL-A-1", OpenedOut)
	if turn := h.do(Aside{}); turn.Outcome != Accepted || h.state.Phase != Idle || h.back != 0 || h.slot("WALL-A-1").Parcel != "P1" {
		t.Errorf("%s, phase %s, %d pieces go back, slot 1 holds %q", turn.Outcome, h.state.Phase, h.back, h.slot("WALL-A-1").Parcel)
	}
	h.do(Short{Why: order.OutOfStock, Sorting: h.sorting()})
	h.expect(t, "WALL-A-2", OpenedOut)
	h.expect(t, "WALL-A-1", OpenedOut) // in its place
	if parked := h.works["P2"].Parked; parked.SKU != "c" || parked.Shortage != order.OutOfStock {
		t.Errorf("P2 waits for %+v", parked)
	}
}

func TestWithoutAFreeToteNothingIsPutDown(t *testing.T) {
	h := newHall(order.Totes, 1, []string{"a"}, []string{"b"})
	for _, code := range []string{h.wave.ID, "a", "TOTE-1"} {
		h.scan(code)
	}
	h.expect(t, "b", NoSlot)
}

// TestALaneKeepsToItsWarehouse: a parcel of another warehouse is not opened by its piece, though its wave is at hand.
func TestALaneKeepsToItsWarehouse(t *testing.T) {
	h := newHall(order.FastLane, 0, []string{"a"}, []string{"a"})
	elsewhere := h.all["P1"]
	elsewhere.WarehouseID = "W2"
	h.all["P1"] = elsewhere
	h.state.Warehouse = "W1"
	h.expect(t, h.wave.ID, WaveOut)
	if turn := h.expect(t, "a", TakenOut); turn.Parcel != "P2" {
		t.Errorf("%s was opened", turn.Parcel)
	}
}
