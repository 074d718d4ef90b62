package link

import (
	"testing"

	"packbench/printer/ipp"
	"packbench/printer/state"
)

func TestWhereThePrintServiceIs(t *testing.T) {
	for server, base := range map[string]string{
		"": "http://localhost:631", "office": "http://office:631", "office:8631": "http://office:8631", "office:8631/version=1.1": "http://office:8631",
		"[::1]:631": "http://[::1]:631", "/run/cups/cups.sock": "http://localhost",
	} {
		if got := newPrintService(server).base; got != base {
			t.Errorf("%q is %s, want %s", server, got, base)
		}
	}
}

func TestWhatAQueueTells(t *testing.T) {
	for _, c := range []struct {
		state   int
		reasons []string
		refuses bool
		want    state.Condition
	}{
		{3, []string{"none"}, false, 0},
		{3, nil, false, 0},
		{3, []string{"media-low-warning", "com.example-something", "cover-open-warning", "media-empty-report"}, false, 0},
		{4, []string{"none"}, false, state.Busy},
		{4, []string{"media-empty-error"}, false, state.Busy | state.PaperOut},
		{5, []string{"media-empty", "cover-open-error"}, false, state.PaperOut | state.HeadOpen},
		{5, []string{"paused"}, true, state.Paused},
		{5, []string{"none"}, true, state.Paused},
		{3, []string{"offline-report"}, false, state.Offline},
		{3, []string{"none"}, true, state.Offline},
		{4, []string{"media-jam", "marker-supply-empty-error", "fuser-over-temp"}, false, state.Busy | state.PaperJam | state.RibbonOut | state.Overheated},
	} {
		accepting := ipp.Yes("printer-is-accepting-jobs").Values
		if c.refuses {
			accepting = []string{"\x00"}
		}
		queue := ipp.Object{
			"printer-state": ipp.Number(ipp.Enum, "", c.state).Values, "printer-state-reasons": c.reasons, "printer-is-accepting-jobs": accepting,
		}
		want := state.State{Told: true, Now: c.want, Held: state.HeldUnknown}
		if c.want == 0 {
			want = state.State{}
		}
		if got := queueState(queue); got != want {
			t.Errorf("%d %v: %+v, want %+v", c.state, c.reasons, got, want)
		}
	}
}
