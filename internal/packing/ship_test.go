package packing

import (
	"fmt"
	"testing"
	"time"

	"packbench/internal/order"
)

func TestNoLabelWithoutFreshWord(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.now = b.now.Add(time.Minute)
	b.want(b.scan("tee"), TakenOut)
	if b.state.Phase != Checking || len(b.effects) != 1 {
		t.Fatalf("phase %s, effects %v", b.state.Phase, b.effects)
	}
	b.effects = nil
	b.give(Read{Key: "P1", Problem: order.Trouble(nil, "platform.unreachable")})
	if b.state.Phase != Asked || b.state.Question != TryAgain || b.state.Trouble.Key != "platform.unreachable" {
		t.Fatalf("phase %s, %s, %s", b.state.Phase, b.state.Question, b.state.Trouble.Key)
	}
	b.want(b.scan("tee"), NeedsPerson)
	b.want(b.give(OK{}), Accepted)
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
}

func TestAlreadyShippedIsSuccessOnlyAfterOurOwnAttempt(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.effects = nil
	b.give(ShipAnswered{Key: "P1", Result: ShipAlready})
	if b.state.Phase != Halted || b.works["P1"].Stopped != order.Arranged || b.works["P1"].Tries != 0 {
		t.Fatalf("phase %s, work %+v", b.state.Phase, b.works["P1"])
	}
	b.want(b.scan("tee"), ElsewhereOut)

	b = newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.effects = nil
	b.give(ShipAnswered{Key: "P1", Result: ShipUnknown, Problem: order.Trouble(nil, "platform.outcome_unknown")})
	if b.state.Phase != Checking || len(b.effects) != 1 {
		t.Fatalf("phase %s, effects %v: read before writing again", b.state.Phase, b.effects)
	}
	turns := b.settle() // still ready: asked again
	if b.count(order.ShipTried, turns...) != 1 || b.state.Phase != LabelScan {
		t.Fatalf("phase %s", b.state.Phase)
	}
}

func TestAnAttemptThatGotThroughIsNotRepeated(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.effects = nil
	b.give(ShipAnswered{Key: "P1", Result: ShipUnknown})
	arranged := b.parcels["P1"]
	arranged.Standing = order.Arranged
	b.parcels["P1"] = arranged
	turns := b.settle()
	if b.count(order.ShipTried, turns...) != 0 || b.count(order.ShipArranged, turns...) != 1 || b.state.Phase != LabelScan {
		t.Fatalf("tried %d times, phase %s", b.count(order.ShipTried, turns...), b.state.Phase)
	}
}

func TestThreeUnknownEndsAskAPerson(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	for range 2 * maximumTries {
		for _, effect := range b.effects {
			b.effects = b.effects[1:]
			switch effect.(type) {
			case Refresh:
				p := b.parcels["P1"]
				b.now = b.now.Add(time.Millisecond)
				p.ReadAt = b.now
				b.give(Read{Key: "P1", Parcel: p, Found: true})
			case Ship:
				b.give(ShipAnswered{Key: "P1", Result: ShipUnknown})
			}
		}
	}
	if b.works["P1"].Tries != maximumTries || b.state.Phase != Asked {
		t.Fatalf("%d tries, phase %s", b.works["P1"].Tries, b.state.Phase)
	}
	b.now = b.now.Add(time.Minute) // the reading is old by the time somebody comes
	b.want(b.give(OK{}), Accepted)
	turns := b.settle()
	if b.count(order.ShipTried, turns...) != 1 || b.state.Phase != LabelScan {
		t.Errorf("one yes is enough: phase %s, %d tries", b.state.Phase, b.works["P1"].Tries)
	}
}

func TestLabelTroubles(t *testing.T) {
	made := func(v order.Verdict, p *order.Problem) *bench {
		b := newBench(t, parcel("P1", "tee"))
		b.scan("P1")
		b.scan("tee")
		b.effects = nil
		b.give(ShipAnswered{Key: "P1", Result: ShipDone})
		b.effects = nil
		b.give(LabelMade{Key: "P1", Document: "doc", Version: "v1", Tracking: "TP1", Verdict: v, Problem: p})
		return b
	}
	b := made(order.Verdict{Kind: order.Foreign, Matched: "TP9"}, nil)
	if b.state.Question != TryAgain || b.works["P1"].Label.State != order.NoLabel || b.works["P1"].Document != "" {
		t.Errorf("foreign: %+v", b.works["P1"])
	}
	b = made(order.Verdict{}, order.Trouble(nil, "label.damaged"))
	if b.state.Question != TryAgain || b.works["P1"].Document != "" {
		t.Errorf("damaged: %+v", b.works["P1"])
	}
	b.give(OK{})
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)

	b = made(order.Verdict{Kind: order.Unreadable}, nil)
	if b.state.Question != AcceptLabel || len(b.effects) != 0 {
		t.Fatalf("unreadable: %s, %v", b.state.Question, b.effects)
	}
	b.want(b.scan("TP1"), NeedsPerson)
	b.want(b.give(OK{}), Accepted)
	if !b.works["P1"].Allowed {
		t.Error("the acceptance is not journalled")
	}
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
}

func TestAddressChangeMakesTheLabelStale(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.settle()
	changed := b.parcels["P1"]
	changed.LabelVersion = "v2"
	b.parcels["P1"] = changed
	b.now = b.now.Add(time.Minute)
	if turn := b.scan("TP1"); turn.Outcome != "" {
		t.Fatalf("outcome %q on old news", turn.Outcome)
	}
	b.want(b.settle()[0], StaleLabel)
	b.want(b.scan("TP1"), StaleLabel)
	b.want(b.give(OK{}), Accepted)
	turns := b.settle()
	if b.count(order.LabelQueued, turns...) != 1 || b.works["P1"].Label.Version != "v2" {
		t.Fatalf("work %+v", b.works["P1"])
	}
	b.want(b.scan("TP1"), ConfirmedOut)
}

func TestResumeAtEveryStep(t *testing.T) {
	p := parcel("P1", "tee", "cap")
	taken := order.Work{Parcel: "P1", Taken: []order.Piece{{Unit: "P1-0", SKU: "tee"}, {Unit: "P1-1", SKU: "cap"}}}
	arranged := taken
	arranged.Tries, arranged.Arranged, arranged.Tracking, arranged.Document = 1, true, "TP1", "doc"
	label := func(s order.LabelState) order.Work {
		w := arranged
		w.Label = order.LabelWork{State: s, Number: 1, Matched: "TP1", Version: "v1"}
		return w
	}
	tried := taken
	tried.Tries, tried.TriedAt = 1, noon
	for name, c := range map[string]struct {
		work   order.Work
		phase  Phase
		effect string
	}{
		"one piece in":      {order.Work{Parcel: "P1", Taken: []order.Piece{{Unit: "P1-0", SKU: "tee"}}}, Packing, ""},
		"all in":            {taken, Shipping, "packing.Ship"},
		"asked, no answer":  {tried, Checking, "packing.Refresh"},
		"arranged":          {arranged, Labelling, "packing.MakeLabel"},
		"queued":            {label(order.Queued), Printing, "packing.Send"},
		"perhaps sent":      {label(order.Sending), Asked, ""},
		"sent and not seen": {label(order.Sent), LabelScan, ""},
	} {
		b := newBench(t, p)
		b.give(Resumed{order.Known{Parcel: p, Work: c.work}})
		effect := ""
		if len(b.effects) > 0 {
			effect = fmt.Sprintf("%T", b.effects[0])
		}
		if b.state.Phase != c.phase || effect != c.effect {
			t.Errorf("%s: phase %s with %q, want %s with %q", name, b.state.Phase, effect, c.phase, c.effect)
		}
	}
}

func TestPerhapsSentIsForAPersonToSay(t *testing.T) {
	p := parcel("P1", "tee")
	p.Standing = order.Arranged
	work := order.Work{Parcel: "P1", Taken: []order.Piece{{Unit: "P1-0", SKU: "tee"}}, Tries: 1, Arranged: true, Tracking: "TP1", Document: "doc",
		Label: order.LabelWork{State: order.Sending, Number: 1, Matched: "TP1", Version: "v1"}}
	b := newBench(t, p)
	b.works["P1"] = work
	b.give(Resumed{order.Known{Parcel: p, Work: work}})
	b.want(b.scan("tee"), WrongLabel)
	turn := b.scan("TP1")
	b.want(turn, ConfirmedOut) // it had come out
	if len(turn.Events) != 2 || turn.Events[0].Kind != order.LabelSent {
		t.Errorf("it went out, and the labels do not balance: %+v", turn.Events)
	}

	b = newBench(t, p)
	b.works["P1"] = work
	b.give(Resumed{order.Known{Parcel: p, Work: work}})
	b.want(b.give(OK{}), Accepted) // it had not
	b.settle()
	if b.works["P1"].Label.Number != 2 || b.works["P1"].Label.State != order.Sent {
		t.Fatalf("work %+v", b.works["P1"])
	}
}

// A restored journal knows that shipment was arranged, and not whether a label came out since: the same parcel is not given a second one unasked.
func TestALabelThatARestoredJournalKnowsNothingOf(t *testing.T) {
	p := parcel("P1", "tee")
	p.Standing, p.Tracking = order.Arranged, "TP1"
	work := order.Work{Parcel: "P1", Taken: []order.Piece{{Unit: "P1-0", SKU: "tee"}}, Tries: 1, Arranged: true, Tracking: "TP1", Document: "doc", DocumentVersion: "v1"}
	work = work.After(order.Event{Kind: order.LabelSending, Parcel: "P1", Version: "v1"})
	for _, out := range []bool{true, false} {
		b := newBench(t, p)
		b.works["P1"] = work
		b.give(Resumed{order.Known{Parcel: p, Work: work}})
		if b.state.Question != PrintAgain || len(b.effects) != 0 {
			t.Fatalf("%s, %v", b.state.Question, b.effects)
		}
		if !out {
			b.want(b.give(OK{}), Accepted)
			turns := b.settle()
			if b.count(order.LabelQueued, turns...) != 1 || b.works["P1"].Label.Matched != "TP1" {
				t.Fatalf("%+v", b.works["P1"].Label)
			}
		}
		b.want(b.scan("TP1"), ConfirmedOut)
	}
}

func TestALabelThatDidNotComeOutIsPrintedOnceMoreOnlyWhenAPersonSaysSo(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.want(b.give(Again{}), NothingAsked)
	b.scan("P1")
	b.scan("tee")
	b.settle()
	b.state.Supervisors = []string{"badge"}
	turn := b.give(Again{})
	b.want(turn, NeedsPerson)
	if b.state.Question != WhyAgain || len(turn.Effects) != 0 {
		t.Fatalf("%s, %v", b.state.Question, turn.Effects)
	}
	b.want(b.give(OK{}), NeedsPerson) // yes is no reason
	b.want(b.give(Again{Why: order.Interrupted}), NeedsPerson)
	turn = b.give(Again{Why: order.Jammed})
	b.want(turn, Accepted)
	b.settle()
	if l := b.works["P1"].Label; l.Number != 2 || l.Reprints != 1 || turn.Events[0].Spoiling != order.Jammed || turn.Events[0].Doubtful {
		t.Errorf("%+v after %+v", l, turn.Events)
	}
	b.give(Again{})
	b.want(b.scan("TP1"), ConfirmedOut) // it had come out after all
}

// A new label is another thing than the same one again: the platform is asked for it, and the old one does not count.
func TestANewLabelInThePlaceOfTheOld(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.want(b.give(NewLabel{}), NothingAsked)
	b.scan("P1")
	b.scan("tee")
	b.settle()
	b.want(b.give(Again{}), NeedsPerson)
	turn := b.give(NewLabel{})
	b.want(turn, Accepted)
	if b.count(order.LabelSpoiled, turn) != 1 || b.count(order.LabelVoided, turn) != 1 || len(turn.Effects) != 1 || turn.Effects[0].(MakeLabel).Document != "" {
		t.Fatalf("%+v, %+v", turn.Events, turn.Effects)
	}
	b.settle()
	b.want(b.scan("TP1"), ConfirmedOut)
	if l := b.works["P1"].Label; l.Number != 2 || l.Reprints != 0 {
		t.Errorf("%+v", l)
	}
}

func TestASecondReprintTakesASupervisor(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.state.Supervisors = []string{"badge"}
	b.scan("P1")
	b.scan("tee")
	b.settle()
	b.want(b.give(Again{Why: order.Lost}), Accepted)
	b.settle()
	b.want(b.give(Again{Why: order.Lost}), NeedsPerson)
	if b.state.Question != Supervisor {
		t.Fatalf("%s", b.state.Question)
	}
	b.want(b.give(OK{}), NeedsPerson)
	b.want(b.scan("tee"), NeedsPerson)
	turn := b.scan("badge")
	b.want(turn, Accepted)
	if e := turn.Events[0]; e.Kind != order.LabelSpoiled || e.Supervisor != "badge" || e.Spoiling != order.Lost {
		t.Errorf("%+v", e)
	}
	b.settle()
	b.want(b.give(Again{Why: order.Lost}), NeedsPerson)
	b.want(b.scan("TP1"), ConfirmedOut)
	if b.state.Supervisors == nil {
		t.Error("the next parcel knows no supervisor")
	}
}

func TestASecondReprintWhereNoSupervisorIsKnown(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.settle()
	b.want(b.give(Again{Why: order.Lost}), Accepted)
	b.settle()
	for _, turn := range []Turn{b.give(Again{Why: order.Lost}), b.scan("badge")} {
		b.want(turn, NeedsPerson)
		if turn.Said.Key != "ask.no_supervisor" {
			t.Errorf("said %s", turn.Said.Key)
		}
	}
	b.want(b.scan("TP1"), ConfirmedOut)
}

func TestPrinterTroubleKeepsTheLabelQueued(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.effects = nil
	b.give(ShipAnswered{Key: "P1", Result: ShipDone})
	b.give(LabelMade{Key: "P1", Document: "d", Version: "v1", Tracking: "TP1", Verdict: order.Verdict{Kind: order.Passed, Matched: "TP1"}})
	b.give(SendStarted{"P1"})
	b.effects = nil
	b.give(SendAnswered{Key: "P1", End: SendNot, Problem: order.Trouble(nil, "printer.cut")})
	if b.works["P1"].Label.State != order.Queued || b.state.Question != TryAgain {
		t.Fatalf("%+v, %s", b.works["P1"].Label, b.state.Question)
	}
	b.want(b.give(OK{}), Accepted)
	turns := b.settle()
	if b.count(order.LabelQueued, turns...) != 0 || b.count(order.LabelSent, turns...) != 1 {
		t.Error("the same label must go out, once")
	}
}

// While a packer looks for the supervisor, the print run takes the label back: the badge then has it made anew, not one queued that no code names.
func TestALabelThatItsRunTookBackIsMadeAnew(t *testing.T) {
	for name, answer := range map[string]func(b *bench) Turn{
		"badge":  func(b *bench) Turn { return b.scan("badge") },
		"reason": func(b *bench) Turn { return b.give(Again{Why: order.Jammed}) },
	} {
		p := parcel("P1", "tee")
		p.Standing = order.Arranged
		work := order.Work{Parcel: "P1", Taken: []order.Piece{{Unit: "P1-0", SKU: "tee"}}, Tries: 1, Arranged: true, Tracking: "TP1", Document: "doc",
			Label: order.LabelWork{State: order.Sent, Number: 1, Reprints: 1, Matched: "TP1", Version: "v1", Run: "R"}}
		b := newBench(t, p)
		b.works["P1"] = work
		b.give(Resumed{order.Known{Parcel: p, Work: work}})
		b.state.Supervisors = []string{"badge"}
		b.give(Again{})
		if name == "badge" {
			b.give(Again{Why: order.Jammed})
		}
		b.give(Recorded{order.Event{Kind: order.LabelSpoiled, Parcel: "P1", Run: "R", Spoiling: order.Lost}})
		turn := answer(b)
		if len(turn.Events) != 0 || len(turn.Effects) != 1 || b.state.Phase != Labelling {
			t.Errorf("%s: phase %s, %+v", name, b.state.Phase, turn)
		}
	}
}
