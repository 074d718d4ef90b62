package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// scanCase scans the barcode of a closed case.
func (b *bench) scanCase(after time.Duration, code string, cases ...order.CaseOf) Turn {
	b.now = b.now.Add(after)
	return b.give(Scanned{Scan: order.Scan{Code: code, At: b.now}, Candidates: order.Candidates{Cases: cases}})
}

func TestACaseCountsAllItsPieces(t *testing.T) {
	six := order.CaseOf{SKU: "tee", Pieces: 3}
	b := newBench(t, parcel("P1", "tee", "tee", "tee", "tee", "tee", "tee", "cap", "tee"))
	b.want(b.scanCase(time.Second, "C3", six), WrongItem) // nothing is open
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanCase(2*time.Second, "C3", six), TakenOut)
	if in, of := b.state.Pieces(); in != 3 || of != 8 {
		t.Fatalf("%d of %d in", in, of)
	}
	b.want(b.scanCase(150*time.Millisecond, "C3", six), Repeat)
	turn := b.scanCase(2*time.Second, "C3", six)
	b.want(turn, TakenOut)
	if n := b.count(order.Taken, turn); n != 3 || turn.SKU != "tee" {
		t.Errorf("%d pieces of %s journalled", n, turn.SKU)
	}
	b.want(b.scanCase(2*time.Second, "C3", six), TooMany) // one is wanted
	if b.state.Wrong.Outcome != TooMany || b.state.Wrong.Scanned[0] != "tee" {
		t.Errorf("mistake %+v", b.state.Wrong)
	}
	b.want(b.scanCase(2*time.Second, "C1", order.CaseOf{SKU: "mug", Pieces: 2}), WrongItem)
	b.want(b.scan("tee"), TakenOut)
	b.want(b.scanCase(2*time.Second, "C3", six), AlreadyFull)
	b.want(b.scan("cap"), TakenOut)
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
}

// Of two articles whose cases have the same barcode the one that fits is taken.
func TestOfTwoCasesTheOneThatIsWantedIsTaken(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "tee", "cap", "cap", "cap"))
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanCase(2*time.Second, "C3", order.CaseOf{SKU: "tee", Pieces: 3}, order.CaseOf{SKU: "cap", Pieces: 3}), TakenOut)
	if left := b.state.Missing(); len(left) != 2 || left[0].SKU() != "tee" {
		t.Errorf("missing %v", left)
	}
}

// While the screen asks what is wrong, a case is a scan that goes on with the work like any other.
func TestACaseGoesOnWithTheWork(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "tee", "cap"))
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.give(Help{}), NeedsPerson)
	b.want(b.scanCase(2*time.Second, "C2", order.CaseOf{SKU: "tee", Pieces: 2}), TakenOut)
	if in, _ := b.state.Pieces(); in != 2 || b.state.Phase != Packing {
		t.Errorf("%d pieces in, phase %s", in, b.state.Phase)
	}
}
