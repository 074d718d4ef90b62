package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// scanMaterial scans packing material 2 s after the last scan.
func (b *bench) scanMaterial(code string) Turn {
	b.now = b.now.Add(2 * time.Second)
	return b.give(Scanned{Scan: order.Scan{Code: code, Device: "one", At: b.now}, Candidates: order.Candidates{Material: code}})
}

var boxed = order.Good{SKU: "tee", Box: "BOX-S"}

func (b *bench) takes(want ...string) {
	b.t.Helper()
	got := b.works["P1"].Materials
	if len(got) != len(want) {
		b.t.Fatalf("the parcel takes %+v, want %v", got, want)
	}
	for i := range want {
		if got[i].Code != want[i] {
			b.t.Errorf("the parcel takes %+v, want %v", got, want)
		}
	}
}

// A box is scanned whenever the parcel is open; it is no piece, and stops nothing.
func TestMaterialIsScannedAtAnyTime(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "tee"))
	turn := b.scanMaterial("BOX-S")
	b.want(turn, NothingAsked)
	if turn.Said.Key != "refused.material_first" {
		t.Errorf("said %+v", turn.Said)
	}
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scanMaterial("BOX-S"), MaterialOut)
	b.want(b.scanGood(boxed), TakenOut)
	b.want(b.scanMaterial("BOX-L"), MaterialOut)
	b.want(b.give(Undo{}), UndoneOut) // the box, not the piece
	b.takes("BOX-S")
	b.want(b.give(Undo{}), UndoneOut) // the piece: the box was there before it
	if in, _ := b.state.Pieces(); in != 0 {
		t.Errorf("%d pieces are in", in)
	}
	b.want(b.scanGood(boxed), TakenOut)
	b.want(b.scanGood(boxed), TakenOut)
	b.settle()
	b.want(b.scanMaterial("TAPE"), MaterialOut)
	b.takes("BOX-S", "TAPE")
	b.want(b.scan("TP1"), ConfirmedOut)
}

// What is sold can be packing material too: as long as it is wanted it is a piece.
func TestMaterialThatIsSold(t *testing.T) {
	b := newBench(t, parcel("P1", "mailer", "tee"))
	scan := func() Turn {
		b.now = b.now.Add(2 * time.Second)
		c := b.candidates("mailer")
		c.Material = "mailer"
		return b.give(Scanned{Scan: order.Scan{Code: "mailer", Device: "one", At: b.now}, Candidates: c})
	}
	b.want(b.scan("P1"), OpenedOut)
	b.want(scan(), TakenOut)
	b.want(scan(), MaterialOut)
	b.takes("mailer")
}

// Where the rules say confirm, a parcel with a proposed box is not labelled before one is scanned or the proposed one is said to be taken.
func TestMaterialCanBeAskedFor(t *testing.T) {
	for answer, want := range map[string]string{"ok": "BOX-S", "scan": "BOX-L"} {
		b := newBench(t, british("tee"))
		b.state.Checks = rules(order.CheckMaterial, order.AsksPacker)
		b.want(b.scan("P1"), OpenedOut)
		b.want(b.scanGood(boxed), TakenOut)
		if !b.state.Boxing() || b.state.Trouble.With["box"] != "BOX-S" {
			t.Fatalf("question %s, %+v", b.state.Question, b.state.Trouble)
		}
		if answer == "ok" {
			b.want(b.give(OK{}), Accepted)
		} else {
			b.want(b.scanMaterial("BOX-L"), MaterialOut)
		}
		b.takes(want)
		b.settle()
		b.want(b.scan("TP1"), ConfirmedOut)
	}
	b := newBench(t, british("tee"))
	b.state.Checks = rules(order.CheckMaterial, order.AsksPacker)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut) // nothing is proposed
	if b.state.Phase == Asked {
		t.Errorf("asked %s", b.state.Question)
	}
}
