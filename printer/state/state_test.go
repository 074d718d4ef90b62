package state_test

import (
	"strings"
	"testing"

	"packbench/printer/state"
)

func TestNotKnowingIsNotReady(t *testing.T) {
	for _, c := range []struct {
		state         state.State
		ready, person bool
		text          string
	}{
		{state.State{}, false, false, "unknown"},
		{state.State{Told: true}, true, false, "ready"},
		{state.State{Told: true, Now: state.Busy}, false, false, "busy"},
		{state.State{Told: true, Now: state.Overheated | state.BufferFull}, false, false, "overheated,buffer_full"},
		{state.State{Told: true, Now: state.PaperOut | state.HeadOpen}, false, true, "paper_out,head_open"},
		{state.State{Told: true, Now: state.Offline}, false, true, "offline"},
		{state.State{Told: true, Unknown: 0x90}, false, true, "bits_90"},
		{state.State{Told: true, Now: state.Paused, Unknown: 1}, false, true, "paused,bits_1"},
	} {
		if c.state.Ready() != c.ready || c.state.NeedsPerson() != c.person || c.state.String() != c.text {
			t.Errorf("%+v: ready %v, needs a person %v, %q", c.state, c.state.Ready(), c.state.NeedsPerson(), c.state)
		}
	}
}

func TestEveryConditionHasAName(t *testing.T) {
	seen := map[string]bool{}
	for c := state.Busy; c <= state.Offline; c <<= 1 {
		name := state.State{Told: true, Now: c}.String()
		if name == "ready" || seen[name] || strings.Contains(name, ",") {
			t.Errorf("condition %b is %q", c, name)
		}
		seen[name] = true
	}
}

func TestTwoAnswersAreOneState(t *testing.T) {
	silent := state.State{}
	paused := state.State{Told: true, Now: state.Paused, Held: 2}
	open := state.State{Told: true, Now: state.HeadOpen, Unknown: 4, Held: state.HeldUnknown}
	if paused.And(silent) != paused || silent.And(paused) != paused || silent.And(silent) != silent {
		t.Error("a printer that said nothing changed what it said")
	}
	if got, want := paused.And(open), (state.State{Told: true, Now: state.Paused | state.HeadOpen, Unknown: 4, Held: 2}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
