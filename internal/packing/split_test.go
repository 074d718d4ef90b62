package packing

import (
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
)

// splittable is a parcel of one order in a market whose units may be packed apart.
func splittable(key string, skus ...string) order.Parcel {
	p := parcel(key, skus...)
	p.Market, p.Flow, p.Number, p.Of = "GB", order.ShipPackage, 1, 1
	return p
}

// What is there is sent as a parcel of its own: asked for by the number of the answer, put to the platform once a person says yes, and the box is parked meanwhile.
func TestSendWhatIsHere(t *testing.T) {
	b := newBench(t, splittable("P1", "tee", "tee", "cap"), splittable("P2", "mug"))
	b.want(b.give(SendHere{}), NothingAsked)
	b.scan("P1")
	b.want(b.give(SendHere{}), NothingAsked) // nothing is here
	b.scan("tee")
	b.want(b.give(Short{}), NeedsPerson)
	if !b.state.MaySplit() {
		t.Fatal("not offered")
	}
	b.want(b.give(Choose{4}), NeedsPerson)
	if b.state.Question != SplitHere || b.state.Trouble.Key != "ask.split_here" {
		t.Fatalf("%s %+v", b.state.Question, b.state.Trouble)
	}
	b.want(b.scan("cap"), TakenOut) // any scan goes on
	b.want(b.give(Short{}), NeedsPerson)
	b.want(b.give(Choose{4}), NeedsPerson)
	turn := b.give(OK{})
	b.want(turn, ParkedOut)
	w := b.works["P1"]
	if len(w.Requests) != 1 || w.Requests[0].Kind != order.SplitOrder || !slices.Equal(w.Requests[0].Here, []string{"P1-0", "P1-2"}) || w.Requests[0].SKU != "tee" ||
		len(w.Taken) != 2 || w.Parked.Shortage != order.BeingSplit || b.state.Phase != Idle {
		t.Fatalf("%+v", w)
	}
	b.want(b.scan("P1"), NotPackable) // until the platform has answered
	if said := b.scan("P1").Said.Key; said != "refused.being_split" {
		t.Errorf("said %s", said)
	}
	// The platform made P8 of what is there and P9 of the rest.
	here, rest := splittable("P8"), splittable("P9", "tee")
	here.Units = []order.Unit{b.parcels["P1"].Units[0], b.parcels["P1"].Units[2]}
	delete(b.parcels, "P1")
	b.parcels["P8"], b.parcels["P9"] = here, rest
	for _, e := range []order.Event{
		{At: b.now, Kind: order.Renamed, Parcel: "P8", Was: "P1"}, {At: b.now, Kind: order.RequestDone, Parcel: "P8", Request: order.Request{ID: w.Requests[0].ID}},
		{At: b.now, Kind: order.WaitsShort, Parcel: "P9", SKU: "tee", Shortage: order.SplitRest},
	} {
		if e.Kind == order.Renamed {
			b.works["P8"] = b.works["P1"]
			delete(b.works, "P1")
		}
		b.works[e.Parcel] = b.works[e.Parcel].After(e)
		if turn := b.give(Recorded{e}); e.Kind == order.Renamed && turn.Said.Key != "say.split" {
			t.Errorf("said %s", turn.Said.Key)
		}
	}
	turn = b.scan("P8")
	b.want(turn, OpenedOut)
	b.settle()
	if b.state.Phase != LabelScan || len(b.state.Work.Taken) != 2 {
		t.Fatalf("phase %s, %+v", b.state.Phase, b.state.Work)
	}
	b.want(b.scan("TP8"), ConfirmedOut)
	turn = b.scan("P9")
	b.want(turn, OpenedOut)
	if turn.Said.Key != "say.opened_parked" || b.works["P9"].Parked != (order.Parked{}) {
		t.Errorf("%+v, %+v", turn.Said, b.works["P9"])
	}
}

// Where all units of an article have to go together, those that cannot go are put back; without a whole article there is nothing to send.
func TestSendWhatIsHereWhole(t *testing.T) {
	p := splittable("P1", "tee", "tee", "cap", "mug")
	p.Market = "MY"
	b := newBench(t, p)
	b.scan("P1")
	b.scan("tee")
	if b.state.MaySplit() {
		t.Fatal("a torn article is offered")
	}
	b.scan("cap")
	b.want(b.give(SendHere{}), NeedsPerson)
	if b.state.Trouble.Key != "ask.split_here_left" {
		t.Errorf("%+v", b.state.Trouble)
	}
	turn := b.give(OK{})
	b.want(turn, ParkedOut)
	w := b.works["P1"]
	if b.count(order.LeftBox, turn) != 1 || len(w.Taken) != 1 || w.Taken[0].SKU != "cap" || !slices.Equal(w.Requests[0].Here, []string{"P1-2"}) {
		t.Errorf("%+v", w)
	}
}

// A split that the platform refuses is told; the box is opened again with its pieces, and nothing is asked of the platform any more.
func TestNotSplit(t *testing.T) {
	b := newBench(t, splittable("P1", "tee", "cap"))
	b.scan("P1")
	b.scan("tee")
	b.give(SendHere{})
	b.give(OK{})
	parked := order.Event{At: b.now, Kind: order.RequestParked, Parcel: "P1", Request: order.Request{ID: b.works["P1"].Requests[0].ID, Kind: order.SplitOrder, Parked: order.Say("platform.no_split")}}
	b.works["P1"] = b.works["P1"].After(parked)
	if turn := b.give(Recorded{parked}); turn.Said.Key != "say.not_split" {
		t.Errorf("said %+v", turn.Said)
	}
	turn := b.scan("P1")
	b.want(turn, OpenedOut)
	why, _ := turn.Said.With["why"].(order.Said)
	if why.Key != "park.split_refused" || len(b.works["P1"].Requests) != 0 || len(b.works["P1"].Taken) != 1 || b.state.Phase != Packing {
		t.Errorf("%+v, %+v", turn.Said, b.works["P1"])
	}
}

// What cannot be split is not offered.
func TestNotOffered(t *testing.T) {
	for name, change := range map[string]func(*order.Parcel, *order.Work){
		"combined":            func(p *order.Parcel, _ *order.Work) { p.OrderIDs = append(p.OrderIDs, "O2") },
		"split already":       func(p *order.Parcel, _ *order.Work) { p.Of = 2 },
		"no package":          func(p *order.Parcel, _ *order.Work) { p.Key = "o:1" },
		"its label is bought": func(p *order.Parcel, _ *order.Work) { p.Flow = order.BuyLabel },
		"asked for shipment":  func(_ *order.Parcel, w *order.Work) { w.Tries = 1 },
		"arranged":            func(_ *order.Parcel, w *order.Work) { w.Arranged = true },
		"something is asked":  func(_ *order.Parcel, w *order.Work) { w.Requests = []order.Request{{ID: "a", Kind: order.Arrange}} },
		"all is here":         func(p *order.Parcel, _ *order.Work) { p.Units = p.Units[:1] },
		"nothing is":          func(_ *order.Parcel, w *order.Work) { w.Taken = nil },
	} {
		s := State{Phase: Packing, Parcel: splittable("P1", "tee", "cap"), Work: order.Work{Taken: []order.Piece{{Unit: "P1-0", SKU: "tee"}}}}
		if !s.MaySplit() {
			t.Fatal("the example is not offered")
		}
		change(&s.Parcel, &s.Work)
		if s.MaySplit() {
			t.Errorf("%s: offered", name)
		}
	}
}

// Of an order's parcels the one with pieces in its box is opened by the order's number.
func TestTheBegunParcelIsOpened(t *testing.T) {
	b := newBench(t, splittable("P8", "tee"), splittable("P9", "cap", "cap"))
	b.works["P9"] = order.Work{Parcel: "P9", Taken: []order.Piece{{Unit: "P9-0", SKU: "cap"}}}
	for key, p := range b.parcels {
		p.OrderIDs = []string{"O1"}
		b.parcels[key] = p
	}
	b.now = b.now.Add(2 * time.Second)
	both := order.Candidates{Parcels: []order.Known{{Parcel: b.parcels["P8"]}, {Parcel: b.parcels["P9"], Work: b.works["P9"]}}}
	turn := b.give(Scanned{Scan: order.Scan{Code: "O1", At: b.now}, Candidates: both})
	if b.want(turn, OpenedOut); b.state.Parcel.Key != "P9" {
		t.Errorf("opened %s", b.state.Parcel.Key)
	}
}
