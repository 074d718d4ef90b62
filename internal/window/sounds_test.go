package window

import (
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/sound"
)

func TestWhatIsHeard(t *testing.T) {
	const silence = sound.Family(-1)
	into := station.Snapshot{Strip: station.Strip{Outcome: packing.SlotOut, Said: order.Said{Key: "say.into_slot"}, At: now}}
	into.State.Phase, into.State.Sort.Hand.Slot = packing.Idle, order.Slot{Code: "WALL-A-17", Wall: "A", Number: 17}
	if f, loud := soundOf(into); !loud || f != sound.Slot(17) {
		t.Errorf("the slot for a piece: sound %d, %v", f, loud)
	}
	for _, c := range []struct {
		name    string
		phase   packing.Phase
		outcome packing.Outcome
		said    string
		want    sound.Family
	}{
		{"a piece", packing.Packing, packing.TakenOut, "say.taken", sound.Good},
		{"a badge", packing.Idle, packing.SignedInOut, "say.signed_in", sound.Good},
		{"a piece for a tote", packing.Idle, packing.SlotOut, "say.into_tote", sound.Good},
		{"a piece in its slot", packing.Idle, packing.SortedOut, "say.sorted", sound.Good},
		{"a wrong slot", packing.Idle, packing.WrongSlot, "refused.wrong_slot", sound.Wrong},
		{"a done parcel", packing.Idle, packing.ConfirmedOut, "say.confirmed", sound.Confirmed},
		{"a wrong piece", packing.Packing, packing.WrongItem, "refused.wrong_item", sound.Wrong},
		{"a wrong PIN", packing.Idle, packing.WrongPINOut, "people.wrong_pin", sound.Wrong},
		{"a double read", packing.Packing, packing.Repeat, "say.repeat", silence},
		{"a question", packing.Asked, packing.NeedsPerson, "ask.why_again", sound.Ask},
		{"trouble of its own", packing.Asked, "", "printer.absent", sound.Ask},
		{"news that need nobody", packing.LabelScan, "", "say.something", silence},
		{"a cancelled parcel scanned", packing.Idle, packing.CancelledOut, "refused.cancelled", sound.Stop},
		{"cancelled in the middle", packing.Halted, "", "refused.cancelled", sound.Stop},
		{"a scan while stopped", packing.Halted, packing.CancelledOut, "refused.cancelled", sound.Stop},
		{"the start", packing.Packing, packing.OpenedOut, "say.resumed", silence},
		{"nothing yet", packing.Idle, "", "", silence},
	} {
		s := station.Snapshot{State: packing.State{Phase: c.phase}, Strip: station.Strip{Outcome: c.outcome, Said: order.Said{Key: c.said}, At: now}}
		got, loud := soundOf(s)
		if !loud {
			got = silence
		}
		if got != c.want {
			t.Errorf("%s: sound %d, want %d", c.name, got, c.want)
		}
	}
}
