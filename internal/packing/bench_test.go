package packing

import (
	"fmt"
	"slices"
	"testing"
	"time"

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
	owed    order.Owed // what the platform says is owed to a buyer
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
		if e.Kind == order.Renamed {
			b.works[e.Parcel] = b.works[e.Was]
			delete(b.works, e.Was)
		}
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
		case AskOwed:
			turns = append(turns, b.give(OwedRead{Key: effect.Parcel.Key, Owed: b.owed, PackedAt: b.now}))
		case Ship:
			p := b.parcels[effect.Parcel.Key]
			p.Standing, p.Tracking = order.Arranged, "T"+string(p.Key)
			b.parcels[p.Key] = p
			turns = append(turns, b.give(ShipAnswered{Key: p.Key, Result: ShipDone}))
		case MakeLabel:
			key := effect.Parcel.Key
			turns = append(turns, b.give(LabelMade{Key: key, Document: "doc" + string(key), Version: effect.Parcel.LabelVersion, Tracking: "T" + string(key),
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
