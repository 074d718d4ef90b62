package packing

import (
	"testing"

	"packbench/internal/order"
)

// rules are checks with one severity for one check in the parcel's market, which is GB here.
func rules(check order.CheckID, severity order.Severity) *order.Checks {
	return &order.Checks{Rules: []order.CheckRule{{Market: "GB", Check: check, Severity: severity}}}
}

func british(skus ...string) order.Parcel {
	p := parcel("P1", skus...)
	p.Market = "GB"
	for i := range p.Units {
		p.Units[i].ProductName = "a " + p.Units[i].SellerSKU
	}
	return p
}

func TestABlockedParcelIsNotOpened(t *testing.T) {
	b := newBench(t, british("tee"))
	b.state.Checks = rules(order.CheckQR, order.Blocks)
	turn := b.scan("P1")
	b.want(turn, NotPackable)
	if turn.Said.Key != "refused.platform_qr" || b.state.Phase != Idle {
		t.Errorf("said %s in phase %s", turn.Said.Key, b.state.Phase)
	}
	other := british("tee")
	other.Market = "MY" // the rule is Britain's
	b.parcels["P1"] = other
	b.want(b.scan("P1"), OpenedOut)
}

func TestAParcelThatBecomesBlockedWhileOpenStops(t *testing.T) {
	p := british("tee", "cap")
	b := newBench(t, p)
	b.state.Checks = rules(order.CheckScript, order.Blocks)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	p.NotLatin = true // the buyer changed the address
	turn := b.give(Read{Key: "P1", Parcel: p, Found: true})
	if b.state.Phase != Halted || b.works["P1"].Stopped != order.StandingOf(order.CheckScript) || b.count(order.Stopped, turn) != 1 {
		t.Fatalf("phase %s, work %+v", b.state.Phase, b.works["P1"])
	}
	b.want(b.scan("cap"), NotPackable)
	b.want(b.give(OK{}), PutBackOut)
}

func TestWarningsAreSaidAndStopNothing(t *testing.T) {
	p := british("tee")
	p.NotLatin = true
	b := newBench(t, p)
	b.state.Checks = rules(order.CheckScript, order.Warns)
	turn := b.scan("P1")
	b.want(turn, OpenedOut)
	if said, warning := turn.Said.With["said"], turn.Said.With["warning"]; turn.Said.Key != "say.warned" ||
		said.(order.Said).Key != "say.opened" || warning.(order.Said).Key != "check.address_script" {
		t.Errorf("said %+v", turn.Said)
	}
	turn = b.scan("tee")
	b.want(turn, TakenOut)
	if turn.Said.Key != "say.warned" {
		t.Errorf("said %+v", turn.Said)
	}
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
}

func TestThePackerSeesToAFindingBeforeTheLabel(t *testing.T) {
	p := british("tee")
	p.Units[0].DangerousGood = true
	b := newBench(t, p)
	b.state.Checks = rules(order.CheckHazmat, order.AsksPacker)
	b.scan("P1")
	b.want(b.scan("tee"), TakenOut)
	if b.state.Phase != Asked || b.state.Question != SeeTo || b.state.Trouble.Key != "check.hazmat_label" || len(b.effects) != 0 {
		t.Fatalf("phase %s, question %s, effects %v", b.state.Phase, b.state.Question, b.effects)
	}
	b.want(b.scan("tee"), NeedsPerson)
	turn := b.give(OK{})
	b.want(turn, Accepted)
	if b.count(order.CheckHeeded, turn) != 1 || b.works["P1"].Heeded[0] != order.CheckHazmat {
		t.Errorf("events %+v", turn.Events)
	}
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
}

// What is to be on the box is proved by its scan alone, and is asked for again once the bench was started anew.
func TestTheQRLabelIsScannedOnTheBox(t *testing.T) {
	b := newBench(t, british("tee"))
	b.state.Checks = rules(order.CheckQR, order.Blocks)
	b.state.Checks.QR = map[string]string{"GB": "QR-OF-THE-PLATFORM"}
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	b.want(b.give(OK{}), NeedsPerson)
	b.give(Resumed{order.Known{Parcel: b.parcels["P1"], Work: b.works["P1"]}})
	if b.state.Question != SeeTo || !b.state.TakesScan() {
		t.Fatalf("question %s after a new start", b.state.Question)
	}
	b.want(b.scan("SOMETHING-ELSE"), NeedsPerson)
	b.want(b.scan("QR-OF-THE-PLATFORM"), Accepted)
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
}

// A number that does not begin as expected is known only with the label, and takes a supervisor before it is printed.
func TestASupervisorAllowsAStrangeNumber(t *testing.T) {
	b := newBench(t, british("tee"))
	b.state.Checks = rules(order.CheckCarrier, order.AsksASuperior)
	b.state.Checks.Prefixes = []order.Prefix{{Market: "GB", Begins: []string{"WS"}}}
	b.state.Supervisors = []string{"BADGE"}
	b.scan("P1")
	b.scan("tee")
	turns := b.settle()
	if b.state.Question != AllowCheck || b.count(order.LabelQueued, turns...) != 0 {
		t.Fatalf("question %s, %d labels queued", b.state.Question, b.count(order.LabelQueued, turns...))
	}
	b.want(b.give(OK{}), NeedsPerson)
	b.want(b.scan("nobody"), NeedsPerson)
	turn := b.scan("BADGE")
	b.want(turn, Accepted)
	if turn.Events[0].Supervisor != "BADGE" || turn.Events[0].Check != order.CheckCarrier {
		t.Errorf("journalled %+v", turn.Events[0])
	}
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
}

// Nobody need wait for a supervisor with hands on a box.
func TestAParcelThatACheckHoldsCanBeShelved(t *testing.T) {
	p := british("tee")
	p.Units[0].DangerousGood = true
	b := newBench(t, p)
	b.state.Checks = rules(order.CheckHazmat, order.AsksASuperior)
	b.scan("P1")
	b.scan("tee")
	b.want(b.give(Aside{}), ShelvedOut)
	b.want(b.scan("P1"), OpenedOut)
	if b.state.Question != AllowCheck {
		t.Errorf("question %s, want the check's again", b.state.Question)
	}
}
