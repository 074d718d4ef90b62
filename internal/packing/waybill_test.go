package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// own is a parcel of the seller's own carrier, and a bench that has one chosen.
func own(t *testing.T, flow order.Flow, more ...order.Parcel) *bench {
	p := parcel("P1", "tee")
	p.Standing, p.Flow = order.SellerShips, flow
	b := newBench(t, append(more, p)...)
	b.state.OwnCarrier = "CARRIER"
	return b
}

// outbox journals what the outbox would of the request that waits.
func (b *bench) outbox(kinds ...order.EventKind) {
	b.t.Helper()
	for _, kind := range kinds {
		upload, waits := b.works[b.state.Parcel.Key].Upload()
		if !waits {
			b.t.Fatal("nothing waits in the outbox")
		}
		e := order.Event{At: b.now, Kind: kind, Parcel: b.state.Parcel.Key, Request: order.Request{ID: upload.ID}}
		switch kind {
		case order.RequestParked:
			e.Request.Parked = order.Say("platform.tracking_number")
		case order.RequestDelayed:
			e.Request.NotBefore = b.now.Add(longUpload)
		}
		b.works[e.Parcel] = b.works[e.Parcel].After(e)
		b.give(Recorded{e})
	}
}

// confirms is that a scan confirms the open parcel, once the platform was asked if that takes it.
func (b *bench) confirms(code string) {
	b.t.Helper()
	turn := b.scan(code)
	if turn.Outcome == "" {
		turn = b.settle()[0]
	}
	b.want(turn, ConfirmedOut)
}

func TestTheSellersOwnCarrierByTwoScansOfItsNumber(t *testing.T) {
	b := own(t, order.ShipOwn)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	if b.state.Phase != Asked || b.state.Question != Waybill || len(b.effects) != 0 {
		t.Fatalf("phase %s, question %s, effects %v", b.state.Phase, b.state.Question, b.effects)
	}
	b.want(b.give(OK{}), NeedsPerson) // it takes a scan
	turn := b.scan("OWN0000001")
	b.want(turn, Accepted)
	made := turn.Events[0]
	if made.Kind != order.RequestMade || made.Request.Kind != order.UploadTracking || made.Request.Tracking != "OWN0000001" || made.Request.Provider != "CARRIER" {
		t.Fatalf("%+v", made)
	}
	if !b.state.Busy() {
		t.Fatal("the second scan must wait for the platform")
	}
	b.outbox(order.RequestTried)
	b.outbox(order.ShipArranged, order.RequestDone)
	if b.state.Phase != LabelScan || b.works["P1"].Printable() {
		t.Fatalf("phase %s, printable %t", b.state.Phase, b.works["P1"].Printable())
	}
	b.want(b.scan("OWN0000002"), WrongLabel)
	b.want(b.scan("P1"), WrongLabel)
	b.confirms("OWN0000001")
	if b.state.Phase != Idle || b.works["P1"].ConfirmedAt.IsZero() {
		t.Errorf("phase %s, %+v", b.state.Phase, b.works["P1"])
	}
}

// Marking makes the package: the bench goes on under its id.
func TestTheNumberMakesThePackage(t *testing.T) {
	p := parcel("o:1", "tee")
	p.Standing, p.Flow, p.LabelVersion = order.SellerShips, order.MarkShipped, "o:1/1"
	b := newBench(t, p)
	b.state.OwnCarrier = "CARRIER"
	b.scan("o:1")
	b.scan("tee")
	b.want(b.scan("OWN0000001"), Accepted)
	upload, _ := b.works["o:1"].Upload()
	b.works["77"] = b.works["o:1"]
	for _, e := range []order.Event{
		{Kind: order.Renamed, Parcel: "77", Was: "o:1"}, {Kind: order.ShipArranged, Parcel: "77"},
		{Kind: order.RequestDone, Parcel: "77", Request: order.Request{ID: upload.ID}},
	} {
		b.works["77"] = b.works["77"].After(e)
		b.give(Recorded{e})
	}
	turn := b.scan("OWN0000001")
	b.want(turn, ConfirmedOut)
	if turn.Events[0].Parcel != "77" {
		t.Errorf("confirmed %s", turn.Events[0].Parcel)
	}
}

func TestANumberTheBenchRefuses(t *testing.T) {
	other := parcel("P2", "mug")
	other.Tracking = "OWN0000009"
	b := own(t, order.ShipOwn, other)
	b.state.Supervisors = []string{"BADGE001"}
	b.scan("P1")
	b.scan("tee")
	for code, said := range map[string]string{
		"tee": "refused.waybill_goods", "OWN0000009": "refused.waybill_used", "P2": "refused.waybill_used", "P1": "refused.waybill_form",
		"X1": "refused.waybill_form", "NO NUMBER 1": "refused.waybill_form", "LETTERS": "refused.waybill_form", "BADGE001": "refused.waybill_form",
	} {
		turn := b.scan(code)
		b.want(turn, WrongLabel)
		if turn.Said.Key != said {
			t.Errorf("%s: %s, want %s", code, turn.Said.Key, said)
		}
	}
	b.now = b.now.Add(1)
	used := Scanned{Scan: order.Scan{Code: "OWN0000003", Device: "one", At: b.now}, Candidates: order.Candidates{Waybills: []order.ParcelKey{"GONE"}}}
	if turn := b.give(used); turn.Said.Key != "refused.waybill_used" {
		t.Errorf("a number that was scanned for a parcel which is no more: %s", turn.Said.Key)
	}
	if b.state.Question != Waybill || len(b.works["P1"].Requests) != 0 {
		t.Errorf("question %s, requests %v", b.state.Question, b.works["P1"].Requests)
	}
}

// A number the platform refuses holds the parcel with its sentence until another one is scanned, or the same once more.
func TestANumberThePlatformRefuses(t *testing.T) {
	b := own(t, order.ShipOwn)
	b.scan("P1")
	b.scan("tee")
	b.scan("OWN0000001")
	b.outbox(order.RequestTried, order.RequestParked)
	why, _ := b.state.Trouble.With["why"].(order.Said)
	if b.state.Question != Waybill || b.state.Trouble.Key != "ask.waybill_refused" || why.Key != "platform.tracking_number" {
		t.Fatalf("question %s, %+v", b.state.Question, b.state.Trouble)
	}
	turn := b.scan("OWN0000002")
	b.want(turn, Accepted)
	if requests := b.works["P1"].Requests; len(requests) != 1 || requests[0].Tracking != "OWN0000002" || b.works["P1"].Waybill != "OWN0000002" {
		t.Fatalf("%+v", b.works["P1"])
	}
	b.outbox(order.RequestTried, order.ShipArranged, order.RequestDone)
	b.want(b.scan("OWN0000001"), WrongLabel)
	b.confirms("OWN0000002")
}

// Where the platform does not answer, the packer need not wait: the parcel goes to the shelf, and is confirmed later.
func TestAnUploadThatTakesLong(t *testing.T) {
	b := own(t, order.ShipOwn)
	b.scan("P1")
	b.scan("tee")
	b.scan("OWN0000001")
	b.outbox(order.RequestTried, order.RequestDelayed)
	if b.state.Phase != Asked || !b.state.MayShelve() {
		t.Fatalf("phase %s after a delay", b.state.Phase)
	}
	b.want(b.give(Aside{}), ShelvedOut)
	w := b.works["P1"]
	if len(w.Requests) != 1 {
		t.Errorf("requests %v", w.Requests)
	}
	upload, _ := w.Upload()
	for _, e := range []order.Event{{Kind: order.ShipArranged, Parcel: "P1"}, {Kind: order.RequestDone, Parcel: "P1", Request: order.Request{ID: upload.ID}}} {
		b.works["P1"] = b.works["P1"].After(e)
	}
	p := b.parcels["P1"]
	p.Standing, p.Flow = order.Arranged, order.NothingToArrange
	b.parcels["P1"] = p
	b.want(b.scan("P1"), OpenedOut)
	b.confirms("OWN0000001")

	silent := own(t, order.ShipOwn)
	silent.scan("P1")
	silent.scan("tee")
	silent.scan("OWN0000001")
	silent.now = silent.now.Add(longUpload + 1)
	silent.give(Tick{})
	if silent.state.Phase != Asked {
		t.Errorf("phase %s after %s of silence", silent.state.Phase, longUpload)
	}
}

// The carrier's waybill is of the address it was made for.
func TestTheAddressChangesUnderTheWaybill(t *testing.T) {
	b := own(t, order.ShipOwn)
	b.scan("P1")
	b.scan("tee")
	b.scan("OWN0000001")
	b.outbox(order.RequestTried, order.ShipArranged, order.RequestDone)
	p := b.parcels["P1"]
	p.Standing, p.Flow, p.LabelVersion, p.ReadAt = order.Arranged, order.NothingToArrange, "v1+address", b.now
	b.parcels["P1"] = p
	b.give(Read{Key: "P1", Parcel: p, Found: true})
	b.want(b.scan("OWN0000001"), StaleLabel)
	b.want(b.scan("OWN0000001"), WrongLabel)
	b.want(b.scan("OWN0000002"), Accepted)
	b.outbox(order.RequestTried, order.ShipArranged, order.RequestDone)
	b.confirms("OWN0000002")
}

func TestCancelledWhileTheWaybillIsLookedFor(t *testing.T) {
	b := own(t, order.MarkShipped)
	b.scan("P1")
	b.scan("tee")
	p := b.parcels["P1"]
	p.Standing = order.CancelRequest
	b.parcels["P1"] = p
	b.now = noon.Add(9 * Fresh / 10)
	b.give(Tick{})
	b.settle()
	if b.state.Phase != Halted {
		t.Fatalf("phase %s", b.state.Phase)
	}
	b.want(b.scan("OWN0000001"), CancelledOut)
}

func TestWithoutACarrierTheSellersParcelsAreRefused(t *testing.T) {
	b := own(t, order.ShipOwn)
	b.state.OwnCarrier = ""
	turn := b.scan("P1")
	b.want(turn, NotPackable)
	if turn.Said.Key != "refused.seller_ships" {
		t.Errorf("said %s", turn.Said.Key)
	}
}

func TestResumedWithANumberUnderWay(t *testing.T) {
	b := own(t, order.ShipOwn)
	b.scan("P1")
	b.scan("tee")
	b.scan("OWN0000001")
	b.state = State{Phase: Idle, Setup: Setup{OwnCarrier: "CARRIER"}}
	b.give(Resumed{order.Known{Parcel: b.parcels["P1"], Work: b.works["P1"]}})
	if b.state.Phase != Shipping {
		t.Fatalf("phase %s", b.state.Phase)
	}
	b.outbox(order.RequestTried, order.ShipArranged, order.RequestDone)
	b.confirms("OWN0000001")
}

// What is on the goods, and a label that another replaced, is no carrier's number.
func TestWhatIsNoWaybill(t *testing.T) {
	for name, c := range map[string]order.Candidates{
		"a closed case":   {Cases: []order.CaseOf{{SKU: "tee", Pieces: 2}}},
		"a serial number": {NumberIn: []order.ParcelKey{"P9"}},
		"an old label":    {Replaced: []order.Known{{Parcel: order.Parcel{Key: "P9"}}}},
	} {
		b := own(t, order.ShipOwn)
		b.scan("P1")
		b.scan("tee")
		b.now = b.now.Add(2 * time.Second)
		turn := b.give(Scanned{Scan: order.Scan{Code: "OWN0000001", Device: "one", At: b.now}, Candidates: c})
		if turn.Outcome != WrongLabel || b.count(order.RequestMade, turn) != 0 {
			t.Errorf("%s: %s, %+v", name, turn.Outcome, turn.Events)
		}
	}
}
