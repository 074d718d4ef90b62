package packing

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
)

func TestAgainSaysWhatComesFirst(t *testing.T) {
	b := newBench(t, parcel("P1", "tee", "mug"))
	said := func(give Input, outcome Outcome, want order.Said) {
		t.Helper()
		turn := b.give(give)
		b.want(turn, outcome)
		if diff := cmp.Diff(want, turn.Said); diff != "" {
			t.Error(diff)
		}
	}
	said(Again{Why: order.Lost}, NothingAsked, order.Say("say.no_label_out"))
	b.scan("P1")
	said(Again{Why: order.Lost}, NothingAsked, order.Say("say.pack_first", "count", 2))
	b.scan("tee")
	said(NewLabel{}, NothingAsked, order.Say("say.pack_first", "count", 1))
	b.scan("mug")
	said(Again{}, NothingAsked, order.Say("say.label_coming"))
	b.settle()
	said(Again{}, NeedsPerson, order.Say("ask.why_again"))
}

func TestAnUnknownReasonIsNamedWithThoseThereAre(t *testing.T) {
	unknown := order.Say("say.unknown_reason", "reason", "bogus", "reasons", "jammed, unreadable, lost, test")
	b := newBench(t, parcel("P1", "tee"))
	for _, get := range []func(){func() {}, func() { b.scan("P1") }, func() { b.scan("tee"); b.settle() }, func() {}} {
		get()
		if turn := b.give(Again{Why: "bogus"}); cmp.Diff(unknown, turn.Said) != "" {
			t.Errorf("in phase %s it said %v", b.state.Phase, turn.Said)
		}
	}
	if b.state.Question != WhyAgain || b.state.Trouble.Key != "ask.why_again" {
		t.Errorf("asked %s: %s", b.state.Question, b.state.Trouble.Key)
	}
	b.want(b.give(Again{Why: order.Jammed}), Accepted)
}
