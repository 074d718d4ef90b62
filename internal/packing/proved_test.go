package packing

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/internal/order"
)

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
		return LabelMade{Key: key, Document: "d", Version: effect.Parcel.LabelVersion, Tracking: "T" + string(key), Verdict: order.Verdict{Kind: order.Passed, Matched: "T" + string(key)}}
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
