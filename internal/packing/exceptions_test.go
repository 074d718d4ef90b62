package packing

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/internal/order"
	"packbench/internal/words"
)

func TestAShortArticleParksItsParcel(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"), parcel("P2", "mug"))
	b.want(b.give(Short{Why: order.OutOfStock}), NothingAsked)
	b.want(b.scan("P1"), OpenedOut)
	b.want(b.scan("tee"), TakenOut)
	b.want(b.give(Short{}), NeedsPerson)
	if b.state.Question != WhyShort {
		t.Fatalf("asked %s", b.state.Question)
	}
	b.want(b.give(OK{}), NeedsPerson) // yes is no reason
	b.want(b.give(Choose{9}), NeedsPerson)
	turn := b.give(Choose{3})
	b.want(turn, ParkedOut)
	w := b.works["P1"]
	if b.state.Phase != Idle || w.Open || len(w.Taken) != 1 || w.Parked.SKU != "cap" || w.Parked.Shortage != order.OtherGoods || !w.Parked.At.Equal(b.now) {
		t.Fatalf("phase %s, work %+v", b.state.Phase, w)
	}
	said := said(t, turn.Said)
	for _, part := range []string{"cap is missing", "other goods", "tee × 1", "stock of cap to 0"} {
		if !strings.Contains(said, part) {
			t.Errorf("%q is not in %q", part, said)
		}
	}
	if state := (order.Known{Parcel: b.parcels["P1"], Work: w}).State(); state != "parked" {
		t.Errorf("state %s", state)
	}
	b.want(b.scan("P2"), OpenedOut) // the bench is free
	turn = b.scan("P1")
	b.want(turn, OpenedOut)
	if text := saidIn(t, turn.Said, words.English); !strings.Contains(text, "cap was missing") || len(b.state.Missing()) != 1 || !b.works["P1"].Parked.At.IsZero() {
		t.Errorf("%q, %d missing", text, len(b.state.Missing()))
	}
	b.want(b.scan("cap"), TakenOut)
	b.settle()
	b.want(b.give(Park{}), ParkedOut) // with its label
	turn = b.scan("TP1")
	b.settle()
	if b.state.Phase != LabelScan || b.state.Parcel.Key != "P1" {
		t.Fatalf("phase %s, %v", b.state.Phase, turn.Said.Key)
	}
	b.scan("TP1") // the platform is asked once more by then
	b.want(b.settle()[0], ConfirmedOut)
}

func TestABrokenPieceIsReplaced(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "tee", "cap"))
	b.scan("P1")
	b.want(b.give(Damaged{}), NothingAsked) // nothing is in
	b.scan("tee")
	turn := b.give(Damaged{})
	b.want(turn, LeftBoxOut)
	if e := turn.Events[0]; e.Kind != order.LeftBox || e.SKU != "tee" || e.Leaving != order.OfDamaged || len(b.state.Missing()) != 3 {
		t.Fatalf("%+v, %d missing", e, len(b.state.Missing()))
	}
	b.scan("tee")
	b.scan("cap")
	b.want(b.give(Damaged{}), NeedsPerson) // of two kinds
	b.want(b.scan("?"), UnknownCode)
	turn = b.scan("tee")
	b.want(turn, LeftBoxOut)
	if len(b.works["P1"].Taken) != 1 || b.works["P1"].Taken[0].SKU != "cap" {
		t.Fatalf("%+v", b.works["P1"].Taken)
	}
	b.scan("tee")
	b.scan("tee")
	b.settle()
	b.want(b.give(Damaged{}), NeedsPerson) // while its label is waited for
	b.want(b.give(OK{}), LeftBoxOut)
	if b.state.Phase != Packing || len(b.state.Missing()) != 1 || b.state.Work.Label.State != order.Sent {
		t.Fatalf("phase %s, label %s", b.state.Phase, b.state.Work.Label.State)
	}
	b.want(b.scan("TP1"), OpenedOut) // not without the piece
	b.want(b.scan("tee"), TakenOut)
	if turns := b.settle(); b.count(order.LabelQueued, turns...) != 0 {
		t.Error("another label")
	}
	b.want(b.scan("TP1"), ConfirmedOut)
}

func TestAPieceTooMany(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"), parcel("P2", "mug"))
	b.want(b.scan("mug"), WrongItem)
	turn := b.give(Extra{}) // no parcel is open
	b.want(turn, LeftBoxOut)
	if e := turn.Events[0]; e.SKU != "mug" || e.Parcel != "" || e.Leaving != order.OfExtra || b.state.Phase != Idle {
		t.Fatalf("%+v in phase %s", e, b.state.Phase)
	}
	b.want(b.give(Extra{}), NeedsPerson)
	b.want(b.give(Aside{}), Accepted)
	b.scan("P1")
	b.scan("tee")
	b.want(b.give(Extra{}), NeedsPerson)
	b.want(b.scan("cap"), NeedsPerson) // that one is wanted
	turn = b.scan("tee")
	b.want(turn, LeftBoxOut)
	if e := turn.Events[0]; e.Parcel != "P1" || e.Unit != "" || len(b.works["P1"].Taken) != 1 || b.state.Phase != Packing {
		t.Fatalf("%+v, %+v", e, b.works["P1"])
	}
	b.want(b.scan("cap"), TakenOut)
}

func TestUndoAndStartOver(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap", "mug"))
	b.want(b.give(Undo{}), NothingAsked)
	b.scan("P1")
	b.scan("tee")
	b.scan("cap")
	turn := b.give(Undo{})
	b.want(turn, UndoneOut)
	if b.count(order.LeftBox, turn) != 0 || len(b.works["P1"].Taken) != 1 {
		t.Fatalf("%+v", b.works["P1"])
	}
	b.want(b.scanAfter(100*time.Millisecond, "cap"), TakenOut) // no double read: it was out
	turn = b.give(StartOver{})
	b.want(turn, LeftBoxOut)
	if b.count(order.LeftBox, turn) != 2 || len(b.state.Missing()) != 3 || b.state.Parcel.Key != "P1" {
		t.Fatalf("%d missing", len(b.state.Missing()))
	}
	for _, code := range []string{"tee", "cap", "mug"} {
		b.want(b.scan(code), TakenOut)
	}
	b.settle()
	b.want(b.give(Undo{}), NothingAsked) // too late
	if b.state.Phase != LabelScan {
		t.Fatalf("phase %s", b.state.Phase)
	}
}

// What is wrong is offered by number, and any scan goes on with the work.
func TestWhatIsWrongByNumber(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "cap"))
	b.want(b.give(Help{}), NothingAsked)
	b.want(b.give(Choose{1}), NothingAsked)
	b.scan("P1")
	b.scan("tee")
	b.want(b.give(Help{}), NeedsPerson)
	b.want(b.give(Aside{}), Accepted)
	b.want(b.give(Help{}), NeedsPerson)
	b.want(b.give(Choose{5}), UndoneOut)
	b.want(b.give(Help{}), NeedsPerson)
	b.want(b.scan("tee"), TakenOut)
	b.scan("cap")
	b.settle()
	b.want(b.give(Help{}), NeedsPerson)
	b.want(b.scan("TP1"), ConfirmedOut)
}

// A buyer who cancels while the packer looks at a list of what is wrong is heard all the same.
func TestCancelledWhileAskedWhatIsWrong(t *testing.T) {
	for _, wish := range []Input{Help{}, Short{}, Extra{}, Aside{}} {
		b := newBench(t, parcel("P1", "tee", "cap"))
		b.scan("P1")
		b.scan("tee")
		b.want(b.give(wish), NeedsPerson)
		b.now = b.now.Add(9 * time.Second)
		b.give(Tick{})
		gone := b.parcels["P1"]
		gone.Standing = order.Gone
		b.parcels["P1"] = gone
		b.settle()
		if b.state.Phase != Halted {
			t.Errorf("%T: phase %s", wish, b.state.Phase)
		}
		b.want(b.give(Park{}), NeedsPerson) // its goods come out first
	}
}

func said(t *testing.T, s order.Said) string {
	t.Helper()
	saidIn(t, s, words.Chinese)
	return saidIn(t, s, words.English)
}

// saidIn speaks a sentence and tells where it has no translation or a blank is left empty.
func saidIn(t interface {
	Helper()
	Fatalf(string, ...any)
}, s order.Said, language words.Language) string {
	t.Helper()
	tongue, err := words.In(language)
	if err != nil {
		t.Fatalf("%v", err)
	}
	text := tongue.Say(s)
	if text == "" || text == s.Key || strings.Contains(text, "<no value>") {
		t.Fatalf("%s says %q in %s", s.Key, text, language)
	}
	return text
}

// However scans, wishes, commands, cancellations and effects follow each other: what was taken and not undone lies in a box or was put on the put-back list, a label
// is made of full parcels only, and every answer is a sentence in both languages.
func TestEveryPieceIsSomewhere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t, parcel("P1", "tee", "tee", "cap"), parcel("P2", "cap"))
		readSinceTry := map[order.ParcelKey]bool{}
		in, back := map[string]int{}, map[string]int{} // the plain model: by SKU
		check := func(turn Turn) {
			for _, e := range turn.Events {
				switch e.Kind {
				case order.Taken:
					in[e.SKU]++
				case order.Undone:
					in[e.SKU]--
				case order.LeftBox:
					if e.Leaving == "" {
						rt.Fatalf("a piece left for no reason: %+v", e)
					}
					if back[e.SKU]++; e.Unit != "" {
						in[e.SKU]--
					}
				case order.PutBack:
					if n := len(b.works[e.Parcel].Taken); n != 0 {
						rt.Fatalf("closed with %d pieces in the box", n)
					}
				case order.LabelQueued:
					if len(b.works[e.Parcel].Taken) != len(b.parcels[e.Parcel].Units) {
						rt.Fatalf("a label of %+v", b.works[e.Parcel])
					}
				case order.Confirmed:
					if len(b.works[e.Parcel].Taken) != len(b.parcels[e.Parcel].Units) {
						rt.Fatalf("confirmed with %+v", b.works[e.Parcel])
					}
				}
			}
			boxes := map[string]int{}
			for _, work := range b.works {
				for _, piece := range work.Taken {
					boxes[piece.SKU]++
				}
			}
			for _, sku := range []string{"tee", "cap", "mug"} {
				if boxes[sku] != in[sku] {
					rt.Fatalf("%d of %s in boxes, %d by the model", boxes[sku], sku, in[sku])
				}
			}
			if turn.Outcome != "" {
				saidIn(rt, turn.Said, words.English)
				saidIn(rt, turn.Said, words.Chinese)
			}
		}
		asked := []Input{OK{}, OK{}, Aside{}, Again{}, NewLabel{}, Short{}, Short{Why: order.AllDamaged}, Damaged{}, Extra{}, Park{}, Undo{}, StartOver{}, Help{}}
		codes := []string{"P1", "P2", "tee", "cap", "TP1", "TP2", "?"}
		for range rapid.IntRange(5, 80).Draw(rt, "steps") {
			b.now = b.now.Add(time.Duration(rapid.IntRange(10, 12000).Draw(rt, "ms")) * time.Millisecond)
			free := !b.state.Busy()
			switch kind := rapid.IntRange(0, 11).Draw(rt, "kind"); {
			case len(b.effects) > 0 && (!free || kind < 4):
				effect := b.effects[0]
				b.effects = b.effects[1:]
				check(b.give(b.anyEnd(rt, effect, readSinceTry)))
			case kind == 0:
				key := rapid.SampledFrom([]order.ParcelKey{"P1", "P2"}).Draw(rt, "parcel")
				p := b.parcels[key]
				if p.Standing == order.Ready || p.Standing == order.Gone {
					p.Standing = rapid.SampledFrom([]order.Standing{order.Ready, order.Gone}).Draw(rt, "standing")
					b.parcels[key] = p
				}
			case kind == 1 && free:
				check(b.give(Tick{}))
			case kind < 6 && free:
				wish := rapid.SampledFrom(append(asked, Choose{rapid.IntRange(1, 7).Draw(rt, "number")})).Draw(rt, "wish")
				turn := b.give(wish)
				if check(turn); turn.Outcome == "" {
					rt.Fatalf("%T without an outcome in phase %s", wish, b.state.Phase)
				}
			case kind == 6 && free:
				c := rapid.SampledFrom(order.Commands).Draw(rt, "command")
				turn := b.give(Scanned{Scan: order.Scan{Code: "PB" + string(c), Device: "one", At: b.now}, Candidates: order.Candidates{Command: c}})
				if check(turn); turn.Outcome == "" {
					rt.Fatalf("command %s without an outcome in phase %s", c, b.state.Phase)
				}
			case free:
				turn := b.scanAfter(0, rapid.SampledFrom(codes).Draw(rt, "code"))
				if check(turn); turn.Outcome == "" && !b.state.Busy() {
					rt.Fatalf("a scan without an outcome in phase %s", b.state.Phase)
				}
			}
			if b.state.Busy() && len(b.effects) == 0 {
				rt.Fatalf("busy for ever in phase %s", b.state.Phase)
			}
		}
	})
}
