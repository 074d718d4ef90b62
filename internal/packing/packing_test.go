package packing

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/internal/order"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// parcel makes a parcel ready to be packed with the SKUs given, a piece each.
func parcel(key string, skus ...string) order.Parcel {
	p := order.Parcel{Key: order.ParcelKey(key), OrderIDs: []string{"O" + key}, Standing: order.Ready, LabelVersion: "v1", ReadAt: noon}
	for i, sku := range skus {
		p.Units = append(p.Units, order.Unit{Line: order.Line{ID: fmt.Sprintf("%s-%d", key, i), SellerSKU: sku}, OrderID: "O" + key})
	}
	return p
}

// bench plays the station for the rules: it keeps the state, the journal and the clock.
type bench struct {
	t       *testing.T
	state   State
	now     time.Time
	parcels map[order.ParcelKey]order.Parcel
	works   map[order.ParcelKey]order.Work
	effects []Effect
}

func newBench(t *testing.T, parcels ...order.Parcel) *bench {
	b := &bench{t: t, state: State{Phase: Idle}, now: noon, parcels: map[order.ParcelKey]order.Parcel{}, works: map[order.ParcelKey]order.Work{}}
	for _, p := range parcels {
		b.parcels[p.Key] = p
	}
	return b
}

func (b *bench) give(in Input) Turn {
	next, turn := Next(b.state, in, b.now)
	b.state = next
	for _, e := range turn.Events {
		b.works[e.Parcel] = b.works[e.Parcel].After(e)
	}
	b.effects = append(b.effects, turn.Effects...)
	return turn
}

// scan scans a code 2 s after the last one: a parcel's key, its tracking number "T"+key, or else an article.
func (b *bench) scan(code string) Turn { return b.scanAfter(2*time.Second, code) }

func (b *bench) scanAfter(gap time.Duration, code string) Turn {
	b.now = b.now.Add(gap)
	return b.give(Scanned{Scan: order.Scan{Code: code, Device: "one", At: b.now}, Candidates: b.candidates(code)})
}

func (b *bench) candidates(code string) order.Candidates {
	var c order.Candidates
	for key, p := range b.parcels {
		if code == string(key) || code == p.Tracking && code != "" {
			c.Parcels = append(c.Parcels, order.Known{Parcel: p, Work: b.works[key]})
		}
		for _, unit := range p.Units {
			if unit.SKU() == code && !slices.Contains(c.SKUs, code) {
				c.SKUs = append(c.SKUs, code)
			}
		}
	}
	return c
}

// settle ends every effect well, as a platform and a printer in good health do.
func (b *bench) settle() (turns []Turn) {
	for len(b.effects) > 0 {
		effect := b.effects[0]
		b.effects = b.effects[1:]
		switch effect := effect.(type) {
		case Refresh:
			p, found := b.parcels[effect.Key]
			b.now = b.now.Add(time.Millisecond) // an answer takes its time
			p.ReadAt = b.now
			turns = append(turns, b.give(Read{Key: effect.Key, Parcel: p, Found: found}))
		case Ship:
			p := b.parcels[effect.Parcel.Key]
			p.Standing, p.Tracking = order.Arranged, "T"+string(p.Key)
			b.parcels[p.Key] = p
			turns = append(turns, b.give(ShipAnswered{Key: p.Key, Result: ShipDone}))
		case MakeLabel:
			key := effect.Parcel.Key
			turns = append(turns, b.give(LabelMade{Key: key, Document: "doc" + string(key), Tracking: "T" + string(key),
				Verdict: order.Verdict{Kind: order.Passed, Matched: "T" + string(key)}}))
		case Send:
			turns = append(turns, b.give(SendStarted{effect.Parcel.Key}), b.give(SendAnswered{Key: effect.Parcel.Key, End: SendDone}))
		}
	}
	return turns
}

func (b *bench) want(turn Turn, outcome Outcome) {
	b.t.Helper()
	if turn.Outcome != outcome {
		b.t.Fatalf("outcome %q (%s), want %q in phase %s", turn.Outcome, turn.Said.Key, outcome, b.state.Phase)
	}
}

func (b *bench) count(kind order.EventKind, turns ...Turn) (n int) {
	for _, turn := range turns {
		for _, e := range turn.Events {
			if e.Kind == kind {
				n++
			}
		}
	}
	return n
}

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
		order.WithoutPackage: NotPackable, order.UnknownStanding: NotPackable,
	} {
		p := parcel("P1", "tee")
		p.Standing = standing
		b := newBench(t, p)
		turn := b.scan("P1")
		b.want(turn, outcome)
		if b.state.Phase != Idle || turn.Parcel != "P1" {
			t.Errorf("%s: phase %s, parcel %q", standing, b.state.Phase, turn.Parcel)
		}
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
}

func TestLabelTroubles(t *testing.T) {
	made := func(v order.Verdict, p *order.Problem) *bench {
		b := newBench(t, parcel("P1", "tee"))
		b.scan("P1")
		b.scan("tee")
		b.effects = nil
		b.give(ShipAnswered{Key: "P1", Result: ShipDone})
		b.effects = nil
		b.give(LabelMade{Key: "P1", Document: "doc", Tracking: "TP1", Verdict: v, Problem: p})
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
	b.want(b.scan("TP1"), ConfirmedOut) // it had come out

	b = newBench(t, p)
	b.works["P1"] = work
	b.give(Resumed{order.Known{Parcel: p, Work: work}})
	b.want(b.give(OK{}), Accepted) // it had not
	b.settle()
	if b.works["P1"].Label.Number != 2 || b.works["P1"].Label.State != order.Sent {
		t.Fatalf("work %+v", b.works["P1"])
	}
}

func TestALabelThatDidNotComeOutIsPrintedOnceMoreOnlyWhenAPersonSaysSo(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.want(b.give(Again{}), NothingAsked)
	b.scan("P1")
	b.scan("tee")
	b.settle()
	turn := b.give(Again{})
	b.want(turn, NeedsPerson)
	if b.state.Question != PrintAgain || len(turn.Effects) != 0 {
		t.Fatalf("%s, %v", b.state.Question, turn.Effects)
	}
	b.want(b.give(OK{}), Accepted)
	b.settle()
	if n := b.works["P1"].Label.Number; n != 2 {
		t.Errorf("%d labels", n)
	}
	b.give(Again{})
	b.want(b.scan("TP1"), ConfirmedOut) // it had come out after all
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

func TestPrinterTroubleKeepsTheLabelQueued(t *testing.T) {
	b := newBench(t, parcel("P1", "tee"))
	b.scan("P1")
	b.scan("tee")
	b.effects = nil
	b.give(ShipAnswered{Key: "P1", Result: ShipDone})
	b.give(LabelMade{Key: "P1", Document: "d", Tracking: "TP1", Verdict: order.Verdict{Kind: order.Passed, Matched: "TP1"}})
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

// Whatever is scanned and whatever the platform and the printer do, a parcel is confirmed only with every piece in, its
// shipment arranged and its label sent, and shipment is asked for again only after a reading.
func TestNothingLeavesUnproved(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t, parcel("P1", "tee", "tee"), parcel("P2", "cap"))
		codes := []string{"P1", "P2", "tee", "cap", "TP1", "TP2", "?"}
		readSinceTry := map[order.ParcelKey]bool{"P1": true, "P2": true}
		check := func(turn Turn) {
			for _, e := range turn.Events {
				work := b.works[e.Parcel]
				switch e.Kind {
				case order.Confirmed:
					if len(work.Taken) != len(b.parcels[e.Parcel].Units) || !work.Arranged || work.Label.SentAt.IsZero() && work.Label.State != order.Seen {
						rt.Fatalf("confirmed with %+v", work)
					}
				case order.ShipTried:
					if !readSinceTry[e.Parcel] {
						rt.Fatalf("asked for shipment of %s again without reading", e.Parcel)
					}
					readSinceTry[e.Parcel] = false
				}
			}
		}
		for range rapid.IntRange(5, 60).Draw(rt, "steps") {
			b.now = b.now.Add(time.Duration(rapid.IntRange(10, 20000).Draw(rt, "ms")) * time.Millisecond)
			switch {
			case len(b.effects) > 0 && (b.state.Busy() || rapid.Bool().Draw(rt, "effect first")):
				effect := b.effects[0]
				b.effects = b.effects[1:]
				check(b.give(b.anyEnd(rt, effect, readSinceTry)))
			case rapid.IntRange(0, 5).Draw(rt, "yes") == 0:
				check(b.give(OK{}))
			case !b.state.Busy():
				turn := b.scanAfter(0, rapid.SampledFrom(codes).Draw(rt, "code"))
				check(turn)
				if turn.Outcome == "" && !b.state.Busy() {
					rt.Fatalf("a scan without an outcome in phase %s", b.state.Phase)
				}
			}
			if b.state.Busy() && len(b.effects) == 0 {
				rt.Fatalf("busy for ever in phase %s", b.state.Phase)
			}
		}
	})
}

// anyEnd ends an effect in one of the ways it can end.
func (b *bench) anyEnd(rt *rapid.T, effect Effect, readSinceTry map[order.ParcelKey]bool) Input {
	trouble := order.Trouble(nil, "bench.failed")
	well := rapid.IntRange(0, 3).Draw(rt, "end") > 0
	switch effect := effect.(type) {
	case Refresh:
		if !well {
			return Read{Key: effect.Key, Problem: trouble}
		}
		readSinceTry[effect.Key] = true
		p := b.parcels[effect.Key]
		b.now = b.now.Add(time.Millisecond) // an answer takes its time
		p.ReadAt = b.now
		return Read{Key: effect.Key, Parcel: p, Found: true}
	case Ship:
		p := b.parcels[effect.Parcel.Key]
		result := rapid.SampledFrom([]ShipResult{ShipDone, ShipUnknown, ShipNo}).Draw(rt, "ship")
		if result == ShipDone || result == ShipUnknown && well {
			p.Standing, p.Tracking = order.Arranged, "T"+string(p.Key)
			b.parcels[p.Key] = p
		}
		if result == ShipNo {
			readSinceTry[p.Key] = true // it certainly did not happen
		}
		return ShipAnswered{Key: p.Key, Result: result, Problem: trouble}
	case MakeLabel:
		key := effect.Parcel.Key
		if !well {
			return LabelMade{Key: key, Problem: trouble}
		}
		return LabelMade{Key: key, Document: "d", Tracking: "T" + string(key), Verdict: order.Verdict{Kind: order.Passed, Matched: "T" + string(key)}}
	case Send:
		if well {
			b.give(SendStarted{effect.Parcel.Key})
			return SendAnswered{Key: effect.Parcel.Key, End: SendDone}
		}
		return SendAnswered{Key: effect.Parcel.Key, End: SendNot, Problem: trouble}
	}
	rt.Fatalf("unknown effect %T", effect)
	return nil
}
