package link

import (
	"context"
	"strings"
	"time"

	"packbench/printer/ipp"
	"packbench/printer/state"
)

// Tell asks the print service about the queue: printer-state and printer-state-reasons (RFC 8011, 5.4.11 and 5.4.12). It need not wait for
// labels.
func (l *cups) Tell(ctx context.Context, _ time.Duration) (state.State, error) {
	if l.closed.Load() {
		return state.State{}, ErrClosed
	}
	found, err := l.ask(ctx, ipp.GetPrinter, nil, ipp.Text(ipp.Keyword, "requested-attributes", "printer-state", "printer-state-reasons", "printer-is-accepting-jobs"))
	if err != nil {
		return state.State{}, l.problem(ctx, err)
	}
	if len(found) == 0 {
		return state.State{}, nil
	}
	return queueState(found[0]), nil
}

// reasons are what RFC 8011, 5.4.12 and CUPS' own keywords mean to a label printer. Those that keep no printer from printing are left out.
var reasons = map[string]state.Condition{
	"media-empty": state.PaperOut, "media-needed": state.PaperOut, "input-tray-missing": state.PaperOut,
	"media-jam":  state.PaperJam,
	"cover-open": state.HeadOpen, "door-open": state.HeadOpen, "interlock-open": state.HeadOpen,
	"paused": state.Paused, "moving-to-paused": state.Paused,
	"fuser-over-temp": state.Overheated, "fuser-under-temp": state.TooCold,
	"marker-supply-empty": state.RibbonOut, "toner-empty": state.RibbonOut,
	"output-area-full": state.LabelInWay, "output-tray-missing": state.LabelInWay,
	"spool-area-full": state.BufferFull,
	"shutdown":        state.Offline, "timed-out": state.Offline, "offline": state.Offline, "connecting-to-device": state.Offline,
}

// queueState is what a queue tells of its printer. That it is idle and knows no reason is not the printer's word: a raw queue hears nothing of it.
func queueState(queue ipp.Object) state.State {
	const processing = 4 // RFC 8011, 5.4.11
	s := state.State{Held: state.HeldUnknown}
	if queue.Number("printer-state") == processing {
		s.Now |= state.Busy
	}
	for _, reason := range queue["printer-state-reasons"] {
		name, isReport := strings.CutSuffix(reason, "-report")
		name, isWarning := strings.CutSuffix(name, "-warning")
		if (isReport || isWarning) && name != "offline" { // it prints nevertheless; CUPS says offline-report of a printer that is not there
			continue
		}
		s.Now |= reasons[strings.TrimSuffix(name, "-error")]
	}
	if s.Now&^state.Busy == 0 {
		switch {
		case queue.Number("printer-state") == ipp.PrinterStopped:
			s.Now |= state.Paused
		case queue.Text("printer-is-accepting-jobs") == "\x00":
			s.Now |= state.Offline
		}
	}
	if s.Told = s.Now != 0; !s.Told {
		return state.State{}
	}
	return s
}
