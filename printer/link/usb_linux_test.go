package link

import (
	"testing"

	"packbench/printer/state"
)

func TestPortState(t *testing.T) {
	for status, want := range map[int32]state.State{
		0x18: {}, 0x00: {}, // what clones always say
		0x38: {Told: true, Now: state.PaperOut, Held: state.HeldUnknown},
		0x20: {Told: true, Now: state.PaperOut, Held: state.HeldUnknown},
		0x10: {Told: true, Now: state.Offline, Held: state.HeldUnknown},
		0x08: {Told: true, Now: state.Offline, Held: state.HeldUnknown},
	} {
		if got := portState(status); got != want {
			t.Errorf("%#x: %+v, want %+v", status, got, want)
		}
	}
}
