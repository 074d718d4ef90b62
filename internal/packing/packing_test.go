package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

func TestOneParcelFromScanToConfirmation(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "tee", "cap"))
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	b.want(b.scan("cap"), TakenOut)
	if in, of := b.state.Pieces(); in != 2 || of != 3 || b.state.WantedSKU() != "tee" {
		t.Fatalf("%d of %d in, %s wanted", in, of, b.state.WantedSKU())
	}
	b.want(b.scan("tee"), TakenOut)
	turns := b.settle()
	for _, kind := range []order.EventKind{order.ShipArranged, order.DocumentKept, order.LabelQueued, order.LabelSending, order.LabelSent} {
		if n := b.count(kind, turns...); n != 1 {
			t.Errorf("%s journalled %d times", kind, n)
		}
	}
	if b.state.Phase != LabelScan {
		t.Fatalf("phase %s", b.state.Phase)
	}
	b.want(b.scan("cap"), WrongLabel)
	b.want(b.scan("P1"), WrongLabel)
	b.want(b.scan("TP1"), ConfirmedOut)
	if b.state.Phase != Idle || b.works["P1"].ConfirmedAt.IsZero() {
		t.Fatalf("phase %s, work %+v", b.state.Phase, b.works["P1"])
	}
	b.want(b.scan("P1"), NotPackable)
}

func TestRefusedScans(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"), parcel("P2", "mug"))
	b.want(b.scan("tee"), WrongItem) // nothing is open
	b.want(b.scan("nonsense"), UnknownCode)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("P2"), OpenedOut) // nothing was in P1
	if b.works["P1"].Parcel == "" || b.state.Parcel.Key != "P2" {
		t.Fatalf("open: %s", b.state.Parcel.Key)
	}
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	b.want(b.scan("P2"), ParcelOpen)
	b.want(b.scan("mug"), WrongItem)
	if b.state.Wrong.Wanted != "cap" || b.state.Wrong.Scanned[0] != "mug" {
		t.Errorf("mistake %+v", b.state.Wrong)
	}
	b.want(b.scan("tee"), AlreadyFull)
	b.want(b.scan("P1"), OpenedOut) // its own number again
	if b.state.Wrong.Outcome != "" {
		t.Error("the next scan must clear the mistake")
	}
	if len(b.state.Missing()) != 1 {
		t.Errorf("%d missing", len(b.state.Missing()))
	}
}

func TestDoubleReadsAndSecondPieces(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "tee", "tee", "cap"))
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanAfter(150*time.Millisecond, "P1"), Repeat)
	b.want(b.scan("tee"), TakenOut)
	b.want(b.scanAfter(150*time.Millisecond, "tee"), Repeat)
	b.want(b.scanAfter(700*time.Millisecond, "tee"), Repeat) // 0.7 s after the repeat: the scanner still sees the same print
	b.want(b.scanAfter(850*time.Millisecond, "tee"), TakenOut)
	b.want(b.scanAfter(100*time.Millisecond, "cap"), TakenOut) // another code at once is another piece
	b.want(b.scanAfter(100*time.Millisecond, "tee"), Repeat)
	b.now = b.now.Add(time.Second)
	turn := b.give(Scanned{Scan: order.Scan{Code: "tee", Device: "two", At: b.now}, Candidates: b.candidates("tee")})
	b.want(turn, TakenOut)
	if b.state.Missing() != nil {
		t.Fatalf("missing %v", b.state.Missing())
	}
	b.settle()
	b.want(b.scanAfter(900*time.Millisecond, "tee"), WrongLabel) // the other scanner's was 1.9 s ago here
	b.want(b.scan("TP1"), ConfirmedOut)
	b.want(b.scanAfter(300*time.Millisecond, "TP1"), Repeat)
}

func TestAnotherScannersReadIsNoDoubleRead(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "tee"))
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	b.now = b.now.Add(100 * time.Millisecond)
	b.want(b.give(Scanned{Scan: order.Scan{Code: "tee", Device: "two", At: b.now}, Candidates: b.candidates("tee")}), TakenOut)
}

func TestStandingsRefuseToOpen(t *testing.T) {
	for standing, outcome := range map[order.Standing]Outcome{
		order.Gone: CancelledOut, order.CancelRequest: CancelledOut, order.Held: HoldOut, order.Arranged: ElsewhereOut,
		order.Collected: NotPackable, order.NotPaid: NotPackable, order.PlatformPacks: NotPackable, order.SellerShips: NotPackable,
		order.InvoiceMissing: NotPackable, order.Reformed: NotPackable, order.OtherWarehouse: NotPackable, order.UnknownStanding: NotPackable,
	} {
		p := parcel("P1", "tee")
		p.Standing = standing
		b := newBench(t, p)
		turn := b.scan("P1")
		b.want(turn, outcome)
		if b.state.Phase != Idle || turn.Parcel != "P1" {
			t.Errorf("%s: phase %s, parcel %q", standing, b.state.Phase, turn.Parcel)
		}
		b.effects = nil                // what the buyer of one that is to be cancelled waits for
		b.now = b.now.Add(time.Minute) // old news: the platform is asked before anything is refused
		held := b.scan("P1")
		if held.Outcome != "" || !b.state.Busy() || len(b.effects) != 1 {
			t.Fatalf("%s: outcome %q of old news, effects %v", standing, held.Outcome, b.effects)
		}
		ready := b.parcels["P1"]
		ready.Standing = order.Ready
		b.parcels["P1"] = ready
		b.want(b.settle()[0], OpenedOut)
	}
}

func TestOldNewsRefusesWhenThePlatformIsAway(t *testing.T) {
	p := parcel("P1", "tee")
	p.Standing = order.Held
	b := newBench(t, p)
	b.now = noon.Add(time.Hour)
	b.scan("P1")
	b.effects = nil
	b.want(b.give(Read{Key: "P1", Problem: order.Trouble(nil, "platform.unreachable")}), HoldOut)
	if b.state.Busy() {
		t.Error("still busy")
	}
}

func TestCancelledWhileOpen(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"), parcel("P2", "mug"))
	b.scan("P1")
	b.scan("tee")
	gone := b.parcels["P1"]
	gone.Standing = order.Gone
	gone.Units = nil
	turn := b.give(Read{Key: "P1", Parcel: gone, Found: true})
	if b.state.Phase != Halted || b.state.Question != GoodsAreBack || b.count(order.Stopped, turn) != 1 {
		t.Fatalf("phase %s, events %v", b.state.Phase, turn.Events)
	}
	b.want(b.scan("cap"), CancelledOut)
	b.want(b.scan("P2"), CancelledOut) // first the goods go back
	b.want(b.give(OK{}), PutBackOut)
	b.want(b.scan("P2"), OpenedOut)
}

func TestALineCancelledAfterItsPieceWasTaken(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.scan("P1")
	b.scan("tee")
	less := b.parcels["P1"]
	less.Units = less.Units[1:]
	b.parcels["P1"] = less
	b.give(Read{Key: "P1", Parcel: less, Found: true})
	if b.state.Phase != Halted || b.works["P1"].Stopped != order.Changed || b.works["P1"].Taken[0].SKU != "tee" {
		t.Fatalf("phase %s, work %+v", b.state.Phase, b.works["P1"])
	}
	b.want(b.scan("cap"), NotPackable)
	b.want(b.give(OK{}), PutBackOut)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("cap"), TakenOut)
	b.settle()
	b.scan("TP1") // the platform is asked once more by then
	b.want(b.settle()[0], ConfirmedOut)
}

func TestPutAsideAndGoOn(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"), parcel("P2", "mug"))
	b.want(b.give(Aside{}), NothingAsked)
	b.scan("P1")
	b.scan("tee")
	b.want(b.give(Aside{}), NeedsPerson)
	b.want(b.scan("mug"), WrongItem) // a scan goes on with the parcel
	b.want(b.give(Aside{}), NeedsPerson)
	b.want(b.give(OK{}), PutBackOut)
	b.want(b.scan("P2"), OpenedOut)
	b.want(b.scan("P1"), OpenedOut)
	if len(b.state.Missing()) != 2 {
		t.Errorf("%d missing after the goods went back", len(b.state.Missing()))
	}
}

func TestTheOpenParcelIsReadAgainBeforeItsWordGrowsOld(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.give(Tick{})
	b.scan("P1")
	b.give(Tick{})
	if len(b.effects) != 0 {
		t.Fatalf("read too early: %v", b.effects)
	}
	b.now = noon.Add(9 * time.Second)
	b.give(Tick{})
	b.give(Tick{})
	if len(b.effects) != 1 {
		t.Fatalf("effects %v", b.effects)
	}
	gone := b.parcels["P1"]
	gone.Standing = order.Gone
	b.parcels["P1"] = gone
	b.settle()
	if b.state.Phase != Halted {
		t.Errorf("phase %s", b.state.Phase)
	}
}
