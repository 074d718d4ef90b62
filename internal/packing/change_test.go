package packing

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
)

// passage is one parcel's way from being opened to being confirmed, on which its order changes at one moment.
type passage struct {
	*bench
	random *rand.Rand
	moment int // counts down to the change
	change func(*order.Parcel)
	told   bool // the mirror reads the change at once; else the bench finds it by asking
	untold bool // the mirror knows, and the bench is too busy to be told
	heard  bool // the bench knows
	at     time.Time
	box    []string // the pieces in it
}

// pass lets a moment go by: the change happens now, or before, or later.
func (p *passage) pass() {
	if p.moment--; p.moment == 0 {
		parcel := p.parcels["P1"]
		p.change(&parcel)
		p.parcels["P1"] = parcel
		p.at, p.untold = p.now, p.told
	}
	if p.untold && (!p.state.Busy() || p.state.Phase == Labelling) {
		p.untold = false
		p.give(p.read())
	}
}

// read is the platform's word at this moment.
func (p *passage) read() Read {
	p.heard = p.moment <= 0
	p.now = p.now.Add(time.Millisecond)
	parcel := p.parcels["P1"]
	parcel.ReadAt = p.now
	return Read{Key: "P1", Parcel: parcel, Found: true}
}

// hands are a packer's: a moment between two scans, in which the bench does its work and looks at the clock.
func (p *passage) hands(code string) Turn {
	for wait := time.Duration(1000+p.random.IntN(5000)) * time.Millisecond; wait > 0; wait -= time.Second {
		p.now = p.now.Add(min(wait, time.Second))
		p.give(Tick{})
		p.work()
	}
	p.pass()
	turn := p.give(Scanned{Scan: order.Scan{Code: code, Device: "one", At: p.now}, Candidates: p.candidates(code)})
	if turn.Outcome == TakenOut {
		p.box = append(p.box, code)
	}
	if late := p.work(); turn.Outcome == "" { // it waited for the platform
		return late
	}
	return turn
}

// work ends what the bench began, as a platform does that is not surprised, and gives the turn that told the packer something.
func (p *passage) work() (told Turn) {
	for len(p.effects) > 0 {
		effect := p.effects[0]
		p.effects = p.effects[1:]
		p.now = p.now.Add(time.Duration(p.random.IntN(800)) * time.Millisecond)
		p.pass()
		for _, in := range p.end(effect) {
			if turn := p.give(in); turn.Outcome != "" {
				told = turn
			}
			p.pass()
		}
	}
	return told
}

func (p *passage) end(effect Effect) []Input {
	parcel := p.parcels["P1"]
	switch effect := effect.(type) {
	case Ship:
		switch {
		case parcel.Standing == order.Arranged:
			return []Input{ShipAnswered{Key: "P1", Result: ShipAlready}}
		case parcel.Standing != order.Ready:
			p.heard = true
			return []Input{ShipAnswered{Key: "P1", Result: ShipNo, Standing: parcel.Standing}}
		}
		parcel.Standing, parcel.Tracking = order.Arranged, "TP1"
		p.parcels["P1"] = parcel
		return []Input{ShipAnswered{Key: "P1", Result: ShipDone}}
	case MakeLabel:
		made := LabelMade{
			Key: "P1", Document: "of " + effect.Parcel.LabelVersion, Version: effect.Parcel.LabelVersion, Tracking: "TP1",
			Verdict: order.Verdict{Kind: order.Passed, Matched: "TP1"},
		}
		return []Input{p.read(), made} // it reads the parcel with its document
	case Send:
		return []Input{SendStarted{"P1"}, SendAnswered{Key: "P1", End: SendDone}}
	}
	return []Input{p.read()}
}

// changes are what can happen to an order under a packer's hands.
var changes = map[string]func(*order.Parcel){
	"cancelled":                 func(p *order.Parcel) { p.Standing, p.Units = order.Gone, nil },
	"held":                      func(p *order.Parcel) { p.Standing = order.Held },
	"the buyer asked to cancel": func(p *order.Parcel) { p.Standing = order.CancelRequest },
	"a line cancelled":          func(p *order.Parcel) { p.Units = p.Units[1:] },
	"an address changed":        func(p *order.Parcel) { p.LabelVersion = "v2" },
	"nothing":                   func(*order.Parcel) {},
}

// Orders change at a random moment between being opened and being confirmed. None goes out that the bench knew to be stopped, or under a label of before the
// change, and none that changed longer ago than the platform's word counts as fresh; what is stopped names the goods that are in its box.
func TestOrdersThatChangeUnderTheHands(t *testing.T) {
	parcels := 500
	if os.Getenv("PACKBENCH_SOAK") != "" {
		parcels = 10_000
	}
	random := rand.New(rand.NewPCG(7, 7))
	names := []string{"cancelled", "held", "the buyer asked to cancel", "a line cancelled", "an address changed", "nothing"}
	stopped, confirmed, unheard := map[string]int{}, map[string]int{}, 0
	for n := range parcels {
		skus := []string{"tee", "cap", "mug", "tee", "sock"}[:2+random.IntN(4)]
		what := names[n%len(names)]
		p := &passage{
			bench: newBench(t, parcel("P1", skus...)), random: random, moment: 1 + random.IntN(8+2*len(skus)), change: changes[what], told: random.IntN(2) == 0,
		}
		end := p.walk(skus)
		switch {
		case end == ConfirmedOut:
			confirmed[what]++
			switch what {
			case "cancelled", "held", "the buyer asked to cancel":
				if p.heard {
					t.Errorf("parcel %d: confirmed, though the bench knew: %s", n, what)
				}
			case "a line cancelled":
				if units := len(p.parcels["P1"].Units); p.heard && len(p.box) != units {
					t.Errorf("parcel %d: confirmed with %v in it, %d pieces belong into it", n, p.box, units)
				}
			}
			if version := p.works["P1"].Label.Version; what == "an address changed" && p.heard && version != "v2" {
				t.Errorf("parcel %d: confirmed with a label %s from before its address changed", n, version)
			}
			if late := p.now.Sub(p.at); !p.heard && !p.at.IsZero() && what != "nothing" {
				if unheard++; late > Fresh || p.told {
					t.Errorf("parcel %d: confirmed %v after: %s", n, late, what)
				}
			}
		case p.state.Phase == Idle && refusals[p.parcels["P1"].Standing].outcome == end && len(p.box) == 0: // it was never opened
			stopped[what]++
		case p.state.Phase == Halted:
			stopped[what]++
			var back []string
			for _, piece := range p.state.Work.Taken {
				back = append(back, piece.SKU)
			}
			if !slices.Equal(back, p.box) || p.state.Question != GoodsAreBack || p.state.Trouble.Key == "" {
				t.Errorf("parcel %d, %s: %v to be put back, %v in the box, asked %q", n, what, back, p.box, p.state.Question)
			}
			p.want(p.give(OK{}), PutBackOut)
			if w := p.works["P1"]; len(w.Taken) > 0 || w.Label.State != order.NoLabel || p.state.Phase != Idle {
				t.Errorf("parcel %d, %s: %+v is left", n, what, w)
			}
		default:
			t.Errorf("parcel %d, %s: ended with %s in phase %s (%s)", n, what, end, p.state.Phase, p.state.Question)
		}
	}
	t.Logf("%d parcels: confirmed %v, stopped %v; %d were confirmed before anybody here could know", parcels, confirmed, stopped, unheard)
	for _, what := range names[:4] {
		if stopped[what] == 0 {
			t.Errorf("none was stopped because of: %s", what)
		}
	}
	if stopped["nothing"] > 0 || stopped["an address changed"] > 0 || confirmed["an address changed"] == 0 {
		t.Errorf("stopped %v, confirmed %v", stopped, confirmed)
	}
}

// walk packs the parcel as far as it goes and gives the last outcome.
func (p *passage) walk(skus []string) Outcome {
	var last Outcome
	for _, code := range append([]string{"P1"}, skus...) {
		if last = p.hands(code).Outcome; p.state.Phase == Halted || p.state.Phase == Idle {
			return last
		}
	}
	for range 4 { // a label that is out of date is destroyed, and another one comes
		if p.state.Phase == Halted {
			break
		}
		if p.state.Phase == Asked && p.state.Question == DestroyedOld {
			p.give(OK{})
			p.work()
		}
		if last = p.hands("TP1").Outcome; last == ConfirmedOut {
			break
		}
	}
	return last
}
