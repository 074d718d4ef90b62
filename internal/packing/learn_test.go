package packing

import (
	"testing"

	"packbench/internal/order"
)

const unknownEAN = "4006381333931"

// event is the only event of a kind of a turn.
func event(t *testing.T, turn Turn, kind order.EventKind) order.Event {
	t.Helper()
	var found []order.Event
	for _, e := range turn.Events {
		if e.Kind == kind {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d events %s in %+v", len(found), kind, turn.Events)
	}
	return found[0]
}

// The code is scanned, refused, allowed by a badge, scanned again: it is learnt, and the piece counts.
func TestABarcodeIsLearnt(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.state.Supervisors = []string{boss}
	b.want(b.give(Learn{}), NothingAsked)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.give(Learn{}), NothingAsked) // nothing was scanned
	b.want(b.scan("mug"), UnknownCode)
	b.want(b.scan("tee"), TakenOut)
	b.want(b.give(Learn{}), NothingAsked) // what was scanned last is known
	b.want(b.scan(unknownEAN), UnknownCode)
	turn := b.give(Learn{})
	b.want(turn, NeedsPerson)
	b.said(turn, "ask.learn_supervisor")
	if b.state.Question != AllowLearn || b.state.Learning != (Learning{Code: unknownEAN, SKU: "cap"}) {
		t.Fatalf("%s, %+v", b.state.Question, b.state.Learning)
	}
	b.want(b.give(OK{}), NeedsPerson) // yes is no badge
	b.want(b.scan(unknownEAN), UnknownCode)
	if b.state.Question != AllowLearn {
		t.Fatalf("asked %s", b.state.Question)
	}
	b.want(b.scan(boss), NeedsPerson)
	if b.state.Question != ScanLearn {
		t.Fatalf("asked %s", b.state.Question)
	}
	b.want(b.give(OK{}), NeedsPerson)
	turn = b.scan("4006381333900") // another unknown code
	b.want(turn, NeedsPerson)
	b.said(turn, "learn.another")
	turn = b.scan(unknownEAN)
	b.want(turn, TakenOut)
	if e := event(t, turn, order.BarcodeLearnt); e.SKU != "cap" || e.Code != unknownEAN || e.Supervisor != boss || e.Parcel != "P1" {
		t.Errorf("%+v", e)
	}
	if e := event(t, turn, order.Taken); e.SKU != "cap" || turn.SKU != "cap" || len(b.state.Missing()) != 0 || b.state.Learning != (Learning{}) {
		t.Errorf("%+v, %+v", e, b.state.Learning)
	}
	if all := order.Overrides(turn.Events); len(all) != 1 || all[0].Times != 1 {
		t.Errorf("%+v", all)
	}
}

// Where people are registered the badge alone is not enough, and whoever allowed it is named.
func TestABarcodeIsLearntWithAPIN(t *testing.T) {
	b := staffedBench(t, parcel("P1", "tee"))
	b.badge("P-1")
	b.badge("P1")
	b.want(b.badge(unknownEAN), UnknownCode)
	b.want(b.give(Help{}), NeedsPerson)
	b.want(b.give(OK{}), NeedsPerson) // yes to “this is the wanted article”
	if b.state.Question != AllowLearn {
		t.Fatalf("asked %s", b.state.Question)
	}
	b.want(b.badge("P-2"), NeedsPerson) // a packer's
	b.want(b.badge("S-1"), NeedsPerson)
	b.give(PIN{wrongPIN})
	b.want(b.checkPIN(false), WrongPINOut)
	b.give(PIN{rightPIN})
	b.want(b.checkPIN(false), NeedsPerson)
	if b.state.Question != ScanLearn {
		t.Fatalf("asked %s", b.state.Question)
	}
	turn := b.badge(unknownEAN)
	b.want(turn, TakenOut)
	if e := event(t, turn, order.BarcodeLearnt); e.Supervisor != "S-1" || e.SupervisorName != "Mei" || b.state.Staff.Packer != li {
		t.Errorf("%+v", e)
	}
}

// Whoever changes their mind goes on: by the key, by a scan of the work, and by an end of the parcel.
func TestABarcodeIsNotLearntAfterAll(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.state.Supervisors = []string{boss}
	begin := func() {
		t.Helper()
		b.want(b.scan(unknownEAN), UnknownCode)
		b.want(b.give(Learn{}), NeedsPerson)
	}
	b.scan("P1")
	begin()
	b.want(b.give(Aside{}), Accepted)
	if b.state.Phase != Packing || b.state.Learning != (Learning{}) {
		t.Fatalf("%s, %+v", b.state.Phase, b.state.Learning)
	}
	begin()
	b.scan(boss)
	turn := b.scan("tee")
	b.want(turn, TakenOut)
	if b.count(order.BarcodeLearnt, turn) != 0 || b.state.Phase != Packing {
		t.Fatalf("%+v", turn)
	}
	begin()
	b.scan(boss)
	b.want(b.give(Park{}), ParkedOut)
	if b.state.Learning != (Learning{}) {
		t.Errorf("%+v", b.state.Learning)
	}
	b.scan("P1")
	b.state.Supervisors = nil
	b.want(b.scan(unknownEAN), UnknownCode)
	turn = b.give(Learn{})
	b.said(turn, "ask.learn_no_supervisor")
}

// A code that turns out to mean something else is refused at the last moment too.
func TestACodeThatMeansSomethingElseIsNotLearnt(t *testing.T) {
	for name, c := range map[string]struct {
		candidates order.Candidates
		code, key  string
	}{
		"a bin":           {order.Candidates{Else: true}, unknownEAN, "learn.names_else"},
		"a slot":          {order.Candidates{Slot: order.Slot{Code: unknownEAN}}, unknownEAN, "learn.names_else"},
		"a wave":          {order.Candidates{Wave: "W-1"}, unknownEAN, "learn.names_else"},
		"a serial":        {order.Candidates{NumberIn: []order.ParcelKey{"P9"}}, unknownEAN, "learn.serial"},
		"an old label":    {order.Candidates{Replaced: []order.Known{{}}}, unknownEAN, "learn.parcel"},
		"a waybill":       {order.Candidates{Waybills: []order.ParcelKey{"P9"}}, unknownEAN, "learn.parcel"},
		"another's":       {order.Candidates{SKUs: []string{"mug"}}, unknownEAN, "learn.other"},
		"its own":         {order.Candidates{SKUs: []string{"cap"}}, unknownEAN, "learn.already"},
		"a case":          {order.Candidates{Cases: []order.CaseOf{{SKU: "cap", Pieces: 6}}}, unknownEAN, "learn.case"},
		"a badge":         {order.Candidates{Badge: mei}, unknownEAN, "learn.badge"},
		"a command":       {order.Candidates{Command: order.SayDone}, unknownEAN, "learn.command"},
		"a material":      {order.Candidates{Material: "BOX"}, unknownEAN, "learn.material"},
		"what no code is": {order.Candidates{}, "", "learn.no_barcode"},
		"nothing":         {order.Candidates{}, unknownEAN, ""},
	} {
		if got := WhyNotLearn(c.code, c.candidates, "cap", false); got.Key != c.key {
			t.Errorf("%s: %s, want %s", name, got.Key, c.key)
		}
	}
	if got := WhyNotLearn(unknownEAN, order.Candidates{SKUs: []string{"mug"}}, "cap", true); got.Key != "" {
		t.Errorf("shared: %s", got.Key)
	}
	b := newBench(t, parcel("P1", "cap"))
	b.state.Supervisors = []string{boss}
	b.scan("P1")
	b.scan(unknownEAN)
	b.give(Learn{})
	b.scan(boss)
	turn := b.give(Scanned{Scan: order.Scan{Code: unknownEAN, Device: "one", At: b.now.Add(5e9)}, Candidates: order.Candidates{Else: true}})
	b.want(turn, NeedsPerson)
	b.said(turn, "learn.names_else")
	if len(turn.Events) != 0 || b.state.Question != ScanLearn {
		t.Errorf("%+v, asked %s", turn, b.state.Question)
	}
	b.want(b.scan("cap"), TakenOut)
}

// Of a GS1 code the number is learnt, and its serial number is the piece's.
func TestTheNumberOfAGS1CodeIsLearnt(t *testing.T) {
	const code = "0104006381333931" + "21SN-7"
	b := newBench(t, parcel("P1", "cap"))
	b.state.Supervisors = []string{boss}
	b.scan("P1")
	b.want(b.scan(code), UnknownCode)
	b.give(Learn{})
	b.scan(boss)
	b.now = b.now.Add(5e9)
	goods := map[string]order.Article{"cap": {Good: order.Good{SKU: "cap", Numbered: true}}}
	turn := b.give(Scanned{Scan: order.Scan{Code: code, Device: "one", At: b.now}, Candidates: order.Candidates{Goods: goods}})
	b.want(turn, TakenOut)
	if learnt, taken := event(t, turn, order.BarcodeLearnt), event(t, turn, order.Taken); learnt.Code != unknownEAN || taken.Serial != "SN-7" {
		t.Errorf("%+v, %+v", learnt, taken)
	}
}
