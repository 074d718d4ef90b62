package window

import (
	"fmt"
	"slices"
	"testing"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
	"packbench/internal/station"
	"packbench/printer/state"
	"packbench/ui/frame"
	"packbench/ui/printrun"
)

// aRun is a run of six labels: seen, sent, on its way, being made, waiting, held.
func aRun(runs order.RunState) station.Snapshot {
	v := station.RunView{Run: order.Run{ID: "1122-0900", State: runs}, Doubts: true}
	for i, s := range []order.LabelState{order.Seen, order.Sent, order.Sending, order.NoLabel, order.Queued, order.NoLabel} {
		v.Labels = append(v.Labels, station.RunLabel{Parcel: order.ParcelKey(fmt.Sprint("P", i)), State: s})
	}
	v.Labels[3].Making = true
	v.Labels[5].Held = order.Say("refused.cancelled")
	return station.Snapshot{Run: v}
}

func keysOf(acts []printrun.Act) (keys []string) {
	for _, a := range acts {
		keys = append(keys, a.Key)
	}
	return keys
}

func TestTheTilesOfARun(t *testing.T) {
	w := newWindow(t)
	m := w.runModel(aRun(order.RunGoing))
	want := []printrun.State{printrun.Seen, printrun.Sent, printrun.Sending, printrun.Making, printrun.Queued, printrun.Held}
	if m.View != printrun.Run || !slices.Equal(m.Tiles, want) || len(m.Held) != 1 || m.Held[0].Number != 6 || m.Held[0].Why.Key != "refused.cancelled" {
		t.Errorf("%+v", m)
	}
}

func TestWhatARunWaitsFor(t *testing.T) {
	w := newWindow(t)
	for name, c := range map[string]struct {
		change func(*station.RunView)
		stand  printrun.Stand
		next   string
		keys   []string
	}{
		"well":                {func(*station.RunView) {}, printrun.Going, "", []string{"F9", "F11", "F12"}},
		"paused":              {func(v *station.RunView) { v.State = order.RunPaused }, printrun.Paused, "", []string{"F9", "F11", "F12"}},
		"no paper":            {func(v *station.RunView) { v.Wait = spool.NeedPaper }, printrun.NoPaper, "", []string{"F11", "F12"}},
		"head open":           {func(v *station.RunView) { v.Wait = spool.OpenHead }, printrun.Faulty, "run.head.next", []string{"F11", "F12"}},
		"mute":                {func(v *station.RunView) { v.Wait, v.Unproven = spool.ScanLabel, 10 }, printrun.Unproven, "", []string{"F11", "F12"}},
		"the platform away":   {func(v *station.RunView) { v.Trouble = order.Say("platform.unreachable") }, printrun.Faulty, "run.tries_again", []string{"F9", "F12"}},
		"it stands":           {func(v *station.RunView) { v.State, v.Why = order.RunStanding, order.Say("printer.cut") }, printrun.LastGood, "run.cut", []string{"F11", "F12"}},
		"stopped by a person": {func(v *station.RunView) { v.State, v.Why = order.RunStanding, order.Say("run.doubted") }, printrun.LastGood, "", []string{"F11", "F12"}},
		"nothing in doubt": {func(v *station.RunView) {
			v.State, v.Why, v.Doubts = order.RunStanding, order.Say("printer.absent"), false
		}, printrun.Faulty, "run.no_doubt", []string{"F9", "F12"}},
	} {
		s := aRun(order.RunGoing)
		c.change(&s.Run)
		if m := w.runModel(s); m.Stand != c.stand || m.Next.Key != c.next || !slices.Equal(keysOf(m.Acts), c.keys) {
			t.Errorf("%s: %d, next %q, keys %q", name, m.Stand, m.Next.Key, keysOf(m.Acts))
		}
	}
	s := aRun(order.RunGoing)
	s.Run.AllSent = true
	if m := w.runModel(s); m.View != printrun.Ended || !slices.Equal(keysOf(m.Acts), []string{"F10", "F9", "F11"}) {
		t.Errorf("all sent: %+v", m)
	}
	w.run.question = whyMissing
	if m := w.runModel(s); m.View != printrun.Asked || m.Question.Title.With["count"] != 1 || len(m.Question.Choices) != 4 {
		t.Errorf("%+v", m.Question)
	}
}

func TestWhatCanBePrintedIsTickedByNumber(t *testing.T) {
	w := newWindow(t)
	var s station.Snapshot
	for i, carrier := range []string{"J&T", "Ninja Van", "J&T"} {
		s.Printable = append(s.Printable, order.Known{Parcel: order.Parcel{Key: order.ParcelKey(fmt.Sprint("P", i)), Market: "MY", Provider: carrier}})
	}
	s.Labels = order.Balance{Sent: 5, On: 3, Spoiled: 1, Bench: 2, Carried: 1}
	m := w.runModel(s)
	if m.View != printrun.None || m.Ready != 3 || len(m.Choices) != 2 || m.Choices[0].Count != 2 || !m.Choices[1].Ticked || m.Balance.Unfound() != 0 {
		t.Fatalf("%+v", m)
	}
	w.tickChoice(m.Choices[0].Name)
	if _, runs := w.printable(s); len(runs) != 1 || !slices.Equal(runs[0].parcels, []order.ParcelKey{"P1"}) || runs[0].wave != "" {
		t.Errorf("chosen %v", runs)
	}
	w.tickChoice(m.Choices[1].Name)
	if m := w.runModel(s); m.Print.Key != "" {
		t.Errorf("nothing is ticked, and %+v is offered", m.Print)
	}
}

// Open waves come first, each as runs of its own in the order in which it is packed; what is in none follows.
func TestRunsAreOfOneWave(t *testing.T) {
	w := newWindow(t)
	var s station.Snapshot
	var long []order.ParcelKey
	for i := range 60 {
		long = append(long, order.ParcelKey(fmt.Sprint("L", i)))
	}
	for _, key := range append(slices.Clone(long), "P0", "P1", "P2") { // by urgency
		s.Printable = append(s.Printable, order.Known{Parcel: order.Parcel{Key: key, Market: "MY", Provider: "J&T"}})
	}
	w.waves.all = []cli.WaveSum{
		{ID: "W1", Shape: order.PutWall, Parcels: []order.ParcelKey{"P2", "gone", "P0"}},
		{ID: "W2", Shape: order.FastLane, Parcels: []order.ParcelKey{"P9"}},
		{ID: "W3", Shape: order.Totes, Parcels: long},
	}
	m := w.runModel(s)
	if m.Ready != 63 || len(m.Choices) != 3 || m.Choices[0].Name != "Wave W1, put wall" || m.Choices[0].Count != 2 || m.Choices[1].Count != 60 || m.Choices[2].Count != 1 {
		t.Fatalf("%+v", m.Choices)
	}
	_, runs := w.printable(s)
	if len(runs) != 4 || runs[0].wave != "W1" || !slices.Equal(runs[0].parcels, []order.ParcelKey{"P2", "P0"}) || runs[1].wave != "W3" || len(runs[1].parcels) != 50 ||
		len(runs[2].parcels) != 10 || runs[3].wave != "" || !slices.Equal(runs[3].parcels, []order.ParcelKey{"P1"}) {
		t.Errorf("%+v", runs)
	}
	w.tickChoice(m.Choices[0].Name)
	if _, runs := w.printable(s); runs[0].wave != "W3" || len(runs) != 3 {
		t.Errorf("%+v", runs)
	}
}

func TestTheStatusBarBelievesAPrinterThatAnswers(t *testing.T) {
	for said, want := range map[state.State]frame.PrinterState{
		{}:           frame.PrinterSilent,
		{Told: true}: frame.PrinterReady,
		{Told: true, Now: state.PaperOut | state.Paused}: frame.PrinterNoPaper,
		{Told: true, Now: state.HeadOpen}:                frame.PrinterHeadOpen,
		{Told: true, Now: state.Paused}:                  frame.PrinterSilent,
		{Told: true, Now: state.Busy}:                    frame.PrinterReady,
	} {
		s := station.Snapshot{LabelSeen: true, Printer: station.PrinterHealth{Answers: true, State: said}}
		if got := printerState(s); got != want {
			t.Errorf("%s: %d, want %d", said, got, want)
		}
	}
	if got := printerState(station.Snapshot{Printer: station.PrinterHealth{Answers: true, Trouble: order.Say("printer.absent")}}); got != frame.PrinterAbsent {
		t.Errorf("%d", got)
	}
}

// Whether the run shall be cancelled is asked of the run as it stands: once something else was done the question is gone, and does not come up in the next run.
func TestAnotherActEndsTheQuestionOfTheRun(t *testing.T) {
	w := newWindow(t)
	going := station.Snapshot{Run: station.RunView{Run: order.Run{ID: "R", State: order.RunGoing}, Labels: []station.RunLabel{{Parcel: "P1"}}}}
	w.actOnRun(printrun.CancelAct.Word.Key, going)
	if m := w.runModel(going); m.Stand != printrun.Cancelling {
		t.Fatalf("it stands %v", m.Stand)
	}
	w.actOnRun(printrun.TurnAct.Word.Key, going)
	if m := w.runModel(going); m.Stand == printrun.Cancelling {
		t.Error("the question is still there")
	}
}

// The reason a packer gave is the one that is written down once the supervisor has come.
func TestTheReasonWaitsForTheBadge(t *testing.T) {
	w := newWindow(t)
	w.actOnRun(printrun.MissingAct(1).Word.Key, station.Snapshot{})
	w.answerOnRun("2", station.Snapshot{Run: station.RunView{NeedsBadge: true}})
	if w.run.question != badgeForMissing || w.run.why != order.Reasons[1] {
		t.Errorf("question %d for %q", w.run.question, w.run.why)
	}
}

// Where no badge is registered the page says so at once, and how to register one, instead of asking for a scan that cannot be.
func TestTheRunAsksForABadgeOnlyWhereOneIsRegistered(t *testing.T) {
	w := newWindow(t)
	w.run.question = badgeForMissing
	if q := w.runModel(station.Snapshot{}).Question; q.Badge || q.Title.Key != "reprint.unregistered" {
		t.Errorf("without one it asks %+v", q)
	}
	if q := w.runModel(station.Snapshot{State: packing.State{Setup: packing.Setup{Supervisors: []string{"badge"}}}}).Question; !q.Badge {
		t.Errorf("with one it asks %+v", q)
	}
	asked := packing.State{Phase: packing.Asked, Question: packing.Supervisor}
	if q := w.question(station.Snapshot{State: asked}); q.Badge || q.Title.Key != "reprint.unregistered" {
		t.Errorf("the bench asks %+v without one", q)
	}
	asked.Supervisors = []string{"badge"}
	if q := w.question(station.Snapshot{State: asked}); !q.Badge {
		t.Errorf("the bench asks %+v with one", q)
	}
}
