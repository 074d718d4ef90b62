package packing

import (
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
)

// scanGood scans an article of the catalogue 2 s after the last scan.
func (b *bench) scanGood(good order.Good) Turn {
	b.now = b.now.Add(2 * time.Second)
	c := b.candidates(good.SKU)
	if !slices.Contains(c.SKUs, good.SKU) {
		c.SKUs = append(c.SKUs, good.SKU)
	}
	c.Goods = map[string]order.Article{good.SKU: {Good: good}}
	return b.give(Scanned{Scan: order.Scan{Code: good.SKU, Device: "one", At: b.now}, Candidates: c})
}

var phone = order.Good{SKU: "phone", Inserts: []string{"manual", "warranty card"}}

// Inserts are asked for once a parcel, between the last piece and the label, and one word says that they are in.
func TestInsertsAreAskedForBeforeTheLabel(t *testing.T) {
	b := newBench(t, british("phone", "phone", "cap"), parcel("P2", "cap"))
	b.state.Checks = rules(order.CheckInserts, order.AsksPacker)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanGood(phone), TakenOut)
	b.want(b.scanGood(phone), TakenOut)
	b.want(b.scan("cap"), TakenOut)
	if !b.state.Inserting() || b.state.Trouble.Key != "check.inserts" || b.state.Trouble.With["inserts"] != "manual, warranty card" {
		t.Fatalf("question %s, %+v", b.state.Question, b.state.Trouble)
	}
	for _, effect := range b.effects {
		if _, ships := effect.(Ship); ships {
			t.Error("shipment is asked for although nobody said that the inserts are in")
		}
	}
	b.want(b.scan("P2"), NeedsPerson)
	b.give(Resumed{order.Known{Parcel: b.parcels["P1"], Work: b.works["P1"]}})
	if !b.state.Inserting() {
		t.Fatalf("question %s after a new start", b.state.Question)
	}
	b.want(b.give(OK{}), Accepted)
	if left := b.works["P1"].InsertsLeft(); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)

	b.want(b.scan("P2"), OpenedOut) // nothing is laid beside a cap
	b.want(b.scan("cap"), TakenOut)
	if b.state.Phase == Asked {
		t.Errorf("asked %s of a parcel without inserts", b.state.Question)
	}
}

// An insert with a barcode is proved by its scan, while pieces are taken or once it is asked for.
func TestInsertsCanBeScanned(t *testing.T) {
	b := newBench(t, british("phone", "cap"))
	b.state.Checks = rules(order.CheckInserts, order.AsksPacker)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanGood(order.Good{SKU: "manual"}), WrongItem) // no piece asked for it yet
	b.want(b.scanGood(phone), TakenOut)
	turn := b.scanGood(order.Good{SKU: "manual"})
	b.want(turn, InsertOut)
	if b.count(order.InsertAdded, turn) != 1 || turn.Events[0].SKU != "manual" {
		t.Errorf("journalled %+v", turn.Events)
	}
	b.want(b.scan("cap"), TakenOut)
	if b.state.Trouble.With["inserts"] != "warranty card" {
		t.Errorf("asked for %+v", b.state.Trouble)
	}
	b.want(b.scanGood(order.Good{SKU: "manual"}), NeedsPerson)
	b.want(b.scan("warranty card"), InsertOut) // what is printed on it
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
}

// A box that was emptied holds no insert any more.
func TestInsertsLeaveWithTheGoods(t *testing.T) {
	b := newBench(t, british("phone"))
	b.state.Checks = rules(order.CheckInserts, order.AsksPacker)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanGood(phone), TakenOut)
	b.want(b.give(OK{}), Accepted)
	b.settle()
	b.want(b.give(Damaged{}), LeftBoxOut)
	b.want(b.scanGood(phone), TakenOut)
	if !b.state.Inserting() || b.state.Trouble.With["inserts"] != "manual, warranty card" {
		t.Errorf("question %s, %+v", b.state.Question, b.state.Trouble)
	}
}

// The serial number's scan brings no word of the catalogue; the piece's own did.
func TestAPieceWithANumberBringsItsInserts(t *testing.T) {
	b := newBench(t, british("phone"))
	b.want(b.scan("P1"), OpenedOut)
	b.now = b.now.Add(2 * time.Second)
	b.want(b.give(Scanned{Scan: order.Scan{Code: "phone", Device: "one", At: b.now}, Candidates: order.Candidates{
		SKUs: []string{"phone"}, Numbered: []string{"phone"}, Goods: map[string]order.Article{"phone": {Good: phone}},
	}}), NumberOut)
	b.want(b.scan("SN-1"), TakenOut)
	if got := b.works["P1"].InsertsLeft(); !slices.Equal(got, phone.Inserts) {
		t.Errorf("inserts %v", got)
	}
}
