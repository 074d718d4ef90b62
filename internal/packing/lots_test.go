package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

var cream = order.Good{SKU: "cream", Lotted: true, Expires: true}

// scanGS1 scans a GS1 code of an article of the catalogue 2 s after the last scan.
func (b *bench) scanGS1(good order.Good, code string) Turn {
	b.now = b.now.Add(2 * time.Second)
	return b.give(Scanned{Scan: order.Scan{Code: code, Device: "one", At: b.now}, Candidates: order.Candidates{
		SKUs: []string{good.SKU}, Goods: map[string]order.Article{good.SKU: {Good: good}},
	}})
}

const gtin = "0104006381333931"

func (b *bench) holds(want ...order.Piece) {
	b.t.Helper()
	got := b.works["P1"].Taken
	if len(got) != len(want) {
		b.t.Fatalf("%d pieces are in, want %d", len(got), len(want))
	}
	for i, piece := range got {
		if piece.SKU != want[i].SKU || piece.Lot != want[i].Lot || piece.Expiry != want[i].Expiry || piece.Serial != want[i].Serial {
			b.t.Errorf("piece %d is %+v, want %+v", i, piece, want[i])
		}
	}
}

// Lot and day are asked for with the first piece of a line; the others are of the same, unless their own code says otherwise.
func TestLotAndDayOnceALine(t *testing.T) {
	b := newBench(t, parcel("P1", "cream", "cream", "cream", "cap"))
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanGood(cream), LotOut)
	b.want(b.scanGood(cream), LotOut) // its barcode is no lot
	b.want(b.scan("P1"), LotOut)
	b.want(b.scan("L-42"), ExpiryOut)
	b.want(b.scan("soon"), ExpiryOut)
	b.want(b.scan("2027-03"), TakenOut)
	b.want(b.scanGood(cream), TakenOut)
	b.want(b.scanGS1(cream, gtin+"17270630"+"10L-43"), TakenOut)
	b.want(b.scan("cap"), TakenOut) // nothing is captured of a cap
	first := order.Piece{SKU: "cream", Lot: "L-42", Expiry: "2027-03-31"}
	b.holds(first, first, order.Piece{SKU: "cream", Lot: "L-43", Expiry: "2027-06-30"}, order.Piece{SKU: "cap"})
}

// A code that carries both costs no question; one that carries a part is asked for the rest.
func TestGS1CodesTellOfThePiece(t *testing.T) {
	b := newBench(t, parcel("P1", "cream", "cream", "cream"))
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanGS1(cream, gtin+"10L-42\x1d17270331"), TakenOut)
	b.want(b.scanGS1(cream, gtin+"10L-43"), ExpiryOut) // another lot: the day of the first is not its
	b.want(b.scan("17270630"), TakenOut)
	b.want(b.scanGS1(cream, gtin+"10L-43"), TakenOut)
	b.holds(order.Piece{SKU: "cream", Lot: "L-42", Expiry: "2027-03-31"}, order.Piece{SKU: "cream", Lot: "L-43", Expiry: "2027-06-30"},
		order.Piece{SKU: "cream", Lot: "L-43", Expiry: "2027-06-30"})
}

// While the lot is asked for, a second code on the piece answers with or without the article's number, and another article's does not.
func TestASecondCodeOnThePieceAnswers(t *testing.T) {
	b := newBench(t, parcel("P1", "cream", "cap"))
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanGood(cream), LotOut)
	b.want(b.scanGS1(order.Good{SKU: "cap"}, gtin+"17270331"+"10L-42"), LotOut)
	b.want(b.give(Aside{}), Accepted) // laid back
	b.want(b.scanGood(cream), LotOut)
	b.want(b.scan("1727033110L-42"), TakenOut)
	b.holds(order.Piece{SKU: "cream", Lot: "L-42", Expiry: "2027-03-31"})
}

func TestAnExpiredPieceIsNotPacked(t *testing.T) {
	b := newBench(t, parcel("P1", "cream"))
	b.want(b.scan("P1"), OpenedOut)
	turn := b.scanGS1(cream, gtin+"17"+noon.AddDate(0, 0, -1).Format("060102")+"10L-1")
	b.want(turn, ExpiredOut)
	if len(turn.Events) > 0 || b.state.AtHand.ID != "" || b.state.Wrong.Outcome != ExpiredOut || turn.Said.With["day"] != noon.AddDate(0, 0, -1).Format(time.DateOnly) {
		t.Errorf("events %v, said %+v, mistake %+v", turn.Events, turn.Said, b.state.Wrong)
	}
	b.want(b.scanGS1(cream, gtin+"17"+noon.Format("060102")+"10L-1"), TakenOut) // its last day
}

// All of a closed case is of one lot.
func TestACaseIsOfOneLot(t *testing.T) {
	b := newBench(t, parcel("P1", "cream", "cream", "cap"))
	b.want(b.scan("P1"), OpenedOut)
	b.now = b.now.Add(2 * time.Second)
	b.want(b.give(Scanned{Scan: order.Scan{Code: "C2", Device: "one", At: b.now}, Candidates: order.Candidates{
		Cases: []order.CaseOf{{SKU: "cream", Pieces: 2}}, Goods: map[string]order.Article{"cream": {Good: cream}},
	}}), LotOut)
	b.want(b.scan("L-42"), ExpiryOut)
	turn := b.scan("270331")
	b.want(turn, TakenOut)
	if b.count(order.Taken, turn) != 2 {
		t.Errorf("journalled %+v", turn.Events)
	}
	both := order.Piece{SKU: "cream", Lot: "L-42", Expiry: "2027-03-31"}
	b.holds(both, both)
}

// A serial number that the piece's own code carries is captured with it, and is unique all the same.
func TestASerialNumberInTheCode(t *testing.T) {
	b := newBench(t, parcel("P1", "phone", "phone"))
	b.want(b.scan("P1"), OpenedOut)
	give := func(c order.Candidates, code string) Turn {
		b.now = b.now.Add(2 * time.Second)
		c.SKUs, c.Numbered = []string{"phone"}, []string{"phone"}
		return b.give(Scanned{Scan: order.Scan{Code: code, Device: "one", At: b.now}, Candidates: c})
	}
	b.want(give(order.Candidates{}, gtin+"21SN-1"), TakenOut)
	b.want(give(order.Candidates{}, gtin+"21SN-1"), NumberUsed)
	b.want(give(order.Candidates{NumberIn: []order.ParcelKey{"P9"}}, gtin+"21SN-2"), NumberUsed)
	b.want(give(order.Candidates{}, gtin+"21SN-3"), TakenOut)
	b.holds(order.Piece{SKU: "phone", Serial: "SN-1"}, order.Piece{SKU: "phone", Serial: "SN-3"})
}
