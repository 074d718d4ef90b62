package window

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/pack"
)

// What is to be laid into the box stands large, under its name, with the key that says it is in.
func TestInsertsAreAskedFor(t *testing.T) {
	w, s := newWindow(t), open()
	checks := &order.Checks{Rules: []order.CheckRule{{Market: "MY", Check: order.CheckInserts, Severity: order.AsksPacker}}}
	p := s.State.Parcel
	p.Market, p.Units = "MY", p.Units[:1]
	inserts := []string{"MAN", "warranty card"}
	work := order.Work{Parcel: "P1", Taken: []order.Piece{{Unit: "a", SKU: "TEE", Inserts: inserts}}}
	s.State, _ = packing.Next(packing.State{Setup: packing.Setup{Checks: checks}}, packing.Resumed{Known: order.Known{Parcel: p, Work: work}}, now)
	s.Goods["MAN"] = order.Article{Good: order.Good{SKU: "MAN", Name: "Manual"}}
	m := w.packModel(s, now)
	title := w.environment.Tongue.Say(m.Question.Title)
	if m.View != pack.Asked || !strings.Contains(title, "Manual + warranty card") || m.Question.Acts[0].Key != yesKey {
		t.Errorf("view %d, %q, %+v", m.View, title, m.Question)
	}
	if inserts[0] != "MAN" {
		t.Error("the work was changed by drawing it")
	}
}

// A lot is asked for like a serial number, and an expired piece is laid aside and not back into its bin.
func TestLotsAreAskedForAndExpiredPiecesRefused(t *testing.T) {
	w, s := newWindow(t), open()
	scan := func(code string, good order.Good) {
		turn := packing.Turn{}
		in := packing.Scanned{Scan: order.Scan{Code: code, At: now}, Candidates: order.Candidates{SKUs: []string{good.SKU}, Goods: map[string]order.Article{good.SKU: {Good: good}}}}
		if good.SKU == "" {
			in.Candidates = order.Candidates{}
		}
		s.State, turn = packing.Next(s.State, in, now)
		s.Strip = station.Strip{Outcome: turn.Outcome, Said: turn.Said}
	}
	scan("690", order.Good{SKU: "TEE", Lotted: true})
	m := w.packModel(s, now)
	if title := w.environment.Tongue.Say(m.Question.Title); m.View != pack.Asked || !strings.Contains(title, "lot") || m.Question.Acts[0].Key != asideKey {
		t.Errorf("view %d, %q, %+v", m.View, title, m.Question)
	}
	scan("L-42", order.Good{})
	if m = w.packModel(s, now); m.View != pack.Open || w.environment.Tongue.Say(m.Lines[0].Lot) != "lot L-42" {
		t.Errorf("view %d, %+v", m.View, m.Lines[0])
	}
	s = open()
	scan("010000000000069717200131", order.Good{SKU: "TEE", Expires: true})
	m = w.packModel(s, now)
	if m.View != pack.WrongItem || m.Wrong.Title.Key != "refused.expired" || m.Wrong.Back.Key == "" || m.Wrong.Want.SKU != "TEE" {
		t.Errorf("view %d, %+v", m.View, m.Wrong)
	}
}

// The proposed box stands beside the parcel's number until one is scanned.
func TestPackingMaterialIsProposed(t *testing.T) {
	w, s := newWindow(t), open()
	said := func() string { return w.environment.Tongue.Say(w.packModel(s, now).Parcel.Box) }
	if said() != "" {
		t.Errorf("proposed without a word of the catalogue: %q", said())
	}
	for sku, box := range map[string]string{"TEE": "BOX-S", "CAP": "BOX-M"} {
		article := s.Goods[sku]
		article.Box = box
		s.Goods[sku] = article
	}
	s.Goods["BOX-S"] = order.Article{Good: order.Good{SKU: "BOX-S", Name: "Small box"}}
	if said() != "Box: Small box / BOX-M" {
		t.Errorf("%q", said())
	}
	s.State.Work.Materials = []order.Material{{Code: "BOX-S"}}
	if said() != "Packed in Small box" {
		t.Errorf("%q", said())
	}
}

// What the catalogue says of an article stands on its card and in the parcel's head, with what the platform says.
func TestMarksOfTheCatalogue(t *testing.T) {
	w, s := newWindow(t), open()
	tee := s.Goods["TEE"]
	tee.Marks = []order.Mark{order.Battery, order.Fragile}
	s.Goods["TEE"] = tee
	m := w.packModel(s, now)
	if !slices.Equal(m.Take.Marks, []order.Mark{order.Fragile, order.Battery}) || !m.Parcel.Fragile || !m.Parcel.Battery || !m.Parcel.Gift || m.Parcel.Sample {
		t.Errorf("take %v, head %+v", m.Take.Marks, m.Parcel)
	}
}

// What a code can be stands side by side, each with the digit that says it.
func TestMeaningsAreOfferedByNumber(t *testing.T) {
	w, s := newWindow(t), open()
	s.State.Phase, s.State.Question = packing.Asked, packing.WhichMeant
	s.State.Meanings = []packing.Meaning{{SKU: "TEE"}, {SKU: "CAP", Pieces: 12}, {Parcel: "P7"}, {Bin: "A-1"}}
	m := w.packModel(s, now)
	var said []string
	for i, choice := range m.Question.Choices {
		if choice.Key != strconv.Itoa(i+1) {
			t.Errorf("choice %d has key %q", i, choice.Key)
		}
		said = append(said, w.environment.Tongue.Say(choice.Word))
	}
	want := []string{"Shirt M", "A case of 12: Cap", "Parcel P7", "Bin A-1: goods go back"}
	if m.View != pack.Asked || !slices.Equal(said, want) || !choosable(packing.WhichMeant) || m.Question.Acts[0].Key != asideKey {
		t.Errorf("view %d, %q, %+v", m.View, said, m.Question)
	}
}

// A look-alike stands beside the piece it was taken for, which need not be the one at hand.
func TestALookAlikeStandsBesideWhatItWasTakenFor(t *testing.T) {
	w, s := newWindow(t), open()
	s.State.Wrong = packing.Mistake{Outcome: packing.WrongItem, Code: "691", Scanned: []string{"MUG"}, Wanted: "CAP", Like: order.NearSKU}
	if m := w.packModel(s, now); m.View != pack.WrongItem || m.Wrong.Want.SKU != "CAP" || m.Wrong.Want.Bin != "B-2" || m.Take.SKU != "TEE" || m.Wrong.Got.Name != "Mug" {
		t.Errorf("%+v", m.Wrong)
	}
}
