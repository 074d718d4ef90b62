package packing

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// asksToCancel has the buyer of a parcel ask to cancel, and the bench hear of it.
func (b *bench) asksToCancel(key order.ParcelKey) {
	b.owed = order.Owed{
		Cancellation: order.Cancellation{ID: "C1", OrderID: "O" + string(key), AnswerBy: b.now.Add(30 * time.Hour)},
		Reasons:      []order.RejectReason{{Name: order.PackedReason, Text: "Packed"}, {Name: "agreed", Text: "The buyer agreed"}},
	}
	b.stands(key, order.CancelRequest)
}

// stands has the platform say how a parcel stands, and the bench hear of it.
func (b *bench) stands(key order.ParcelKey, standing order.Standing) Turn {
	p := b.parcels[key]
	p.Standing, p.ReadAt = standing, b.now
	b.parcels[key] = p
	turn := b.give(Read{Key: key, Parcel: p, Found: true})
	b.settle()
	return turn
}

// done has the outbox tell that the platform took the answer.
func (b *bench) done(t *testing.T, key order.ParcelKey) {
	t.Helper()
	if len(b.works[key].Requests) != 1 {
		t.Fatalf("requests %+v", b.works[key].Requests)
	}
	e := order.Event{At: b.now, Kind: order.RequestDone, Parcel: key, Request: order.Request{ID: b.works[key].Requests[0].ID}}
	b.works[key] = b.works[key].After(e)
	b.give(Recorded{e})
}

// A parcel that is stopped because its buyer asked to cancel is answered with the reasons of the platform; goes on once nobody wants it cancelled.
func TestABuyerIsRejected(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.scan("P1")
	b.scan("tee")
	b.asksToCancel("P1")
	if b.state.Phase != Halted || b.state.Question != GoodsAreBack || !b.state.MayAnswer() {
		t.Fatalf("phase %s, %s, owed %+v", b.state.Phase, b.state.Question, b.state.Buyer)
	}
	b.want(b.give(Help{}), NeedsPerson)
	if answers := b.state.BuyerAnswers(); len(answers) != 2 || answers[1].Reason != "agreed" {
		t.Fatalf("not packed, and offered %+v", answers)
	}
	b.want(b.scan("cap"), CancelledOut) // counts nothing
	b.want(b.give(OK{}), NeedsPerson)
	turn := b.give(Choose{2})
	b.want(turn, Accepted)
	if made := turn.Events[0].Request; made.Kind != order.AnswerCancel || made.CancelID != "C1" || made.Accept || made.Reason != "agreed" || made.Comment != "" {
		t.Fatalf("%+v", made)
	}
	if b.state.MayAnswer() || b.state.Question != GoodsAreBack {
		t.Errorf("offered again while the answer is on its way, %s", b.state.Question)
	}
	b.want(b.give(Help{}), NeedsPerson) // and nothing more is put into the outbox
	b.done(t, "P1")
	b.stands("P1", order.Ready)
	if b.state.Question != PackOn || b.state.Phase != Halted {
		t.Fatalf("phase %s, %s", b.state.Phase, b.state.Question)
	}
	b.want(b.scan("cap"), CancelledOut)
	turn = b.give(OK{})
	b.want(turn, Accepted)
	if b.state.Phase != Packing || b.works["P1"].Stopped != "" || len(b.works["P1"].Taken) != 1 {
		t.Fatalf("phase %s, work %+v", b.state.Phase, b.works["P1"])
	}
	b.want(b.scan("cap"), TakenOut)
	b.settle()
	b.scan("TP1")
	b.settle()
	if b.works["P1"].ConfirmedAt.IsZero() {
		t.Errorf("phase %s", b.state.Phase)
	}
}

// That the goods are packed is offered once they are, and says when and how many pieces were scanned.
func TestPackedAlreadyHasItsGround(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.scan("tee")
	b.asksToCancel("P1")
	b.effects = nil
	b.settle()
	b.commandIs(t, order.SayHelp, NeedsPerson)
	turn := b.commandIs(t, "2", Accepted)
	if made := turn.Events[0].Request; made.Reason != order.PackedReason || made.Comment != order.PackedGround(2, b.state.Buyer.PackedAt) || turn.Events[0].Code == "" {
		t.Fatalf("%+v", turn.Events)
	}
}

// commandIs scans a code of the command card.
func (b *bench) commandIs(t *testing.T, c order.Command, want Outcome) Turn {
	t.Helper()
	b.now = b.now.Add(2 * time.Second)
	turn := b.give(Scanned{Scan: order.Scan{Code: "PB00000000" + string(c), Device: "one", At: b.now}, Candidates: order.Candidates{Command: c}})
	b.want(turn, want)
	return turn
}

// Yes to a buyer cancels an order for good: it is asked twice. Then the goods go back.
func TestABuyerIsAccepted(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.scan("P1")
	b.scan("tee")
	b.asksToCancel("P1")
	b.give(Help{})
	turn := b.give(Choose{1})
	if b.want(turn, NeedsPerson); b.state.Question != AcceptCancel || len(turn.Events) != 0 {
		t.Fatalf("%s, %+v", b.state.Question, turn.Events)
	}
	b.want(b.give(Aside{}), Accepted)
	if b.state.Question != GoodsAreBack || len(b.works["P1"].Requests) != 0 {
		t.Fatalf("%s", b.state.Question)
	}
	b.give(Help{})
	b.give(Choose{1})
	turn = b.give(OK{})
	if made := turn.Events[0].Request; !made.Accept {
		t.Fatalf("%+v", made)
	}
	b.done(t, "P1")
	b.stands("P1", order.Gone)
	if b.works["P1"].Stopped != order.Gone || b.state.Question != GoodsAreBack {
		t.Fatalf("stopped as %s, %s", b.works["P1"].Stopped, b.state.Question)
	}
	b.want(b.give(OK{}), PutBackOut)
}

// A parcel that was not opened because its buyer asked to cancel can be answered about, too; the next scan is work.
func TestABuyerIsAnsweredFromTheIdleBench(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"), parcel("P2", "cap"))
	b.asksToCancel("P1")
	b.want(b.scan("P1"), CancelledOut)
	b.settle()
	b.want(b.give(Help{}), NeedsPerson)
	b.want(b.scan("P2"), OpenedOut)
	if b.state.MayAnswer() || b.state.Buyer.Known.Key != "" {
		t.Errorf("still %+v", b.state.Buyer)
	}
	b.want(b.scan("P1"), CancelledOut)
	if b.state.MayAnswer() {
		t.Error("another parcel is open")
	}
	b.give(Aside{})
	b.give(OK{})
	b.want(b.scan("P1"), CancelledOut)
	b.settle()
	b.give(Help{})
	turn := b.give(Choose{2})
	b.want(turn, Accepted)
	if turn.Parcel != "P1" || turn.Events[0].Parcel != "P1" || turn.Events[0].Request.Reason != "agreed" || b.state.Phase != Idle {
		t.Errorf("%+v, phase %s", turn, b.state.Phase)
	}
}

// What the platform did not take is given again in its place; and goods may go back all the same.
func TestAnAnswerIsGivenAgain(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.scan("P1")
	b.scan("tee")
	b.asksToCancel("P1")
	b.give(Help{})
	b.give(Choose{2})
	parked := order.Event{At: b.now, Kind: order.RequestParked, Parcel: "P1", Request: order.Request{ID: b.works["P1"].Requests[0].ID, Parked: order.Say("platform.reject_reason")}}
	b.works["P1"] = b.works["P1"].After(parked)
	b.give(Recorded{parked})
	if !b.state.MayAnswer() {
		t.Fatal("a parked answer is given again")
	}
	b.now = b.now.Add(time.Second)
	b.give(Help{})
	turn := b.give(Choose{2})
	if b.count(order.RequestDropped, turn) != 1 || b.count(order.RequestMade, turn) != 1 || len(b.works["P1"].Requests) != 1 {
		t.Fatalf("%+v", turn.Events)
	}
	b.stands("P1", order.Ready)
	b.stands("P1", order.CancelRequest)
	if b.state.Question != GoodsAreBack {
		t.Errorf("asked once more: %s", b.state.Question)
	}
	b.stands("P1", order.Ready)
	b.give(Aside{})
	if b.state.Phase != Idle || len(b.works["P1"].Taken) != 0 {
		t.Errorf("phase %s, %+v", b.state.Phase, b.works["P1"])
	}
}

// What is too late is not asked, and not sent: the platform is asked again how it stands, and a new time can be answered in.
func TestAnAnswerThatIsTooLate(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.scan("P1")
	b.scan("tee")
	b.asksToCancel("P1")
	b.give(Help{})
	b.now = b.now.Add(31 * time.Hour)
	if turn := b.give(Choose{2}); turn.Outcome != NeedsPerson || turn.Said.Key != "window.stop.owed.over" || len(turn.Events) != 0 {
		t.Errorf("sent too late: %+v", turn)
	}
	b.give(Aside{})
	turn := b.give(Help{})
	if b.state.Question != GoodsAreBack || len(turn.Effects) != 1 {
		t.Fatalf("asked %q, %+v", b.state.Question, turn.Effects)
	}
	if _, asks := turn.Effects[0].(AskOwed); !asks {
		t.Errorf("%+v", turn.Effects)
	}
	renewed := b.owed
	renewed.AnswerBy = b.now.Add(time.Hour)
	b.owed = renewed
	b.give(OwedRead{Key: "P1", Owed: renewed})
	if b.give(Help{}); b.state.Question != AnswerBuyer {
		t.Errorf("a new time is not answered in: %q", b.state.Question)
	}
}

// Somebody else's answer, or trouble with the platform, is said.
func TestNothingOwed(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.scan("P1")
	b.scan("tee")
	b.asksToCancel("P1")
	b.give(Help{})
	b.now = b.now.Add(time.Minute)
	b.owed = order.Owed{}
	b.give(OwedRead{Key: "P1"})
	if b.state.Question != GoodsAreBack || b.state.MayAnswer() {
		t.Errorf("%s", b.state.Question)
	}
	b.give(OwedRead{Key: "P1", Problem: order.Trouble(nil, "platform.unreachable")})
	if b.state.Buyer.Trouble.Key != "platform.unreachable" {
		t.Errorf("%+v", b.state.Buyer)
	}
	b.give(OwedRead{Key: "P9", Owed: order.Owed{Cancellation: order.Cancellation{ID: "C9"}}})
	if b.state.MayAnswer() {
		t.Error("another parcel's buyer")
	}
}
