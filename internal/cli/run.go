package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/internal/spool"
	"packbench/internal/station"
)

// PrintRun prints labels of many parcels one after the other, and says how far the last such run came.
type PrintRun struct {
	Parcels    []string `arg:"" optional:"" name:"parcel" help:"Package numbers, in the order they are packed."`
	Ready      bool     `help:"The parcels that are arranged and wait for their labels, the most urgent first."`
	Wave       string   `placeholder:"WAVE" help:"The parcels of a wave that wait for their labels, in the order they are packed."`
	Most       int      `default:"50" help:"With --ready: at most so many, 50 at most."`
	FirstOnTop bool     `help:"Print the last parcel's label first, so that the first one's lies on top of the pile."`
	Stop       bool     `help:"Something on the paper is wrong: send no more labels until --last-good says how far it came."`
	LastGood   string   `placeholder:"CODE" help:"The code on the last good label: only the labels after it go out again."`
	NoneGood   bool     `help:"No label came out well since the last one that was scanned."`
	Missing    bool     `help:"Once all that came out are packed: print those labels again that went out and that nobody has scanned."`
	Badge      string   `placeholder:"CODE" help:"The supervisor's badge, which --missing takes for labels that were printed again before. Where people are registered their PIN is read from standard input."`
	GiveUp     bool     `help:"Send no more labels of the run."`
	Status     bool     `help:"Only say how far the run is."`
	Printer    string   `placeholder:"URI" help:"Printer address; without it the configured one."`
	JSON       bool     `name:"json" help:"One object a line."`
}

// runLine is a label of a run.
type runLine struct {
	Run       string          `json:"run"`
	Label     int             `json:"label"` // its place on the paper, from 1
	PackageID order.ParcelKey `json:"package_id"`
	Tracking  string          `json:"tracking_number"`
	State     string          `json:"state"` // queued, sending, sent, seen, held or elsewhere
	Message   string          `json:"message,omitempty"`
}

// runSum is how a run stands.
type runSum struct {
	Run     string         `json:"run"`
	State   order.RunState `json:"state"` // going, paused, standing, over, or sent: nothing is left to go out
	Of      int            `json:"of"`
	Sent    int            `json:"sent"`
	Seen    int            `json:"seen"`
	Held    int            `json:"held"`
	Waiting int            `json:"waiting"`
	Message string         `json:"message,omitempty"`
}

// Served tells that a program that has the folder open does it, on the printer that program has open.
func (v *PrintRun) Served() bool { return true }

// asks asks for the PIN of the supervisor whose badge was given, where people are registered.
func (v *PrintRun) asks(e *Environment) string {
	roster, err := people.Load(e.Dir)
	if !v.Missing || v.Badge == "" || err != nil || len(roster.People) == 0 { // what cannot be read is told when the bench is opened
		return ""
	}
	return order.Say("people.ask.own_pin").Key
}

// Run begins a run or goes on with it, and waits until nothing more comes of waiting.
func (v *PrintRun) Run(e *Environment) (err error) {
	wishes, err := v.wishes()
	if err != nil {
		return err
	}
	if v.asks(e) != "" {
		if wishes[0].PIN, err = e.confided(); err != nil {
			return err
		}
	}
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	printer, err := v.printer(bench)
	if err != nil {
		return err
	}
	running := bench.atWork.Load()
	if running == nil {
		if running, err = bench.Start(e.Context, printer, 0, nil); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, running.Stop(context.WithoutCancel(e.Context))) }()
	} else if at := bench.printsOn(); printer != "" && printer != at {
		return order.Trouble(nil, "run.other_printer", "printer", at, "other", printer)
	}
	if err := running.Begun(e.Context); err != nil {
		return err
	}
	for _, wish := range wishes {
		wish.Printer = v.Printer
		if wish.Act == station.PrintThese {
			wish.Wave = v.Wave
			if wish.Parcels, err = v.parcels(bench, running); err != nil {
				return err
			}
		}
		if err := running.Print(e.Context, wish); err != nil {
			return errors.Join(v.tellAlso(e, running.Snapshot().Run), err)
		}
	}
	view, err := v.wait(e, running)
	if err != nil {
		return err
	}
	return v.tell(e, view)
}

// begins tells whether a new run is asked for.
func (v *PrintRun) begins() bool { return len(v.Parcels) > 0 || v.Ready || v.Wave != "" }

// printer is where the run is printed: where it was begun, unless somebody says otherwise.
func (v *PrintRun) printer(bench *Bench) (string, error) {
	if v.Printer != "" || v.begins() || v.Status || v.Stop || v.GiveUp { // the last three print nothing
		return v.Printer, nil
	}
	run, err := bench.Store.OpenRun()
	return run.Printer, err
}

// wishes are what the run is told, in order.
func (v *PrintRun) wishes() ([]station.PrintWish, error) {
	named := 0
	for _, said := range []bool{len(v.Parcels) > 0, v.Ready, v.Wave != "", v.LastGood != "", v.NoneGood, v.Missing, v.GiveUp, v.Status, v.Stop} {
		if said {
			named++
		}
	}
	if named > 1 || v.Most < 1 || v.Most > order.LabelsARun {
		return nil, order.Trouble(nil, "usage.run")
	}
	switch {
	case v.begins():
		return []station.PrintWish{{Act: station.PrintThese}}, nil
	case v.LastGood != "":
		return []station.PrintWish{{Act: station.PrintLastGood, Code: v.LastGood}}, nil
	case v.NoneGood:
		return []station.PrintWish{{Act: station.PrintNone}}, nil
	case v.Stop:
		return []station.PrintWish{{Act: station.PrintDoubt}}, nil
	case v.Missing:
		return []station.PrintWish{{Act: station.PrintMissing, Supervisor: v.Badge}}, nil
	case v.GiveUp:
		return []station.PrintWish{{Act: station.PrintGiveUp}}, nil
	case v.Status:
		return nil, nil
	}
	return []station.PrintWish{{Act: station.PrintGoOn}}, nil
}

// parcels are the labels of a new run, in the order of the paper.
func (v *PrintRun) parcels(bench *Bench, running *Running) (keys []order.ParcelKey, err error) {
	printable := running.Snapshot().Printable
	if v.Wave != "" {
		wave, err := bench.Store.Wave(v.Wave)
		if err != nil {
			return nil, err
		}
		for _, key := range wave.Parcels {
			if slices.ContainsFunc(printable, func(k order.Known) bool { return k.Key == key }) {
				keys = append(keys, key)
			}
		}
	}
	for _, parcel := range v.Parcels {
		keys = append(keys, order.ParcelKey(parcel))
	}
	if v.Ready {
		for _, known := range printable[:min(len(printable), v.Most)] {
			keys = append(keys, known.Key)
		}
	}
	if v.FirstOnTop {
		keys = spool.Reversed(keys)
	}
	return keys, nil
}

// lookEvery is the pause between two looks at a run.
const lookEvery = 20 * time.Millisecond

// wait waits until a run is over, or waits for a person. A run that only a scan can bring on is paused, so that nobody doubts later what was sent.
func (v *PrintRun) wait(e *Environment, running *Running) (station.RunView, error) {
	said := spool.NoWait
	for {
		view := running.Snapshot().Run
		switch {
		case view.State != order.RunGoing || view.AllSent || v.Status:
			return view, nil
		case view.Wait == spool.ScanLabel:
			if err := running.Print(e.Context, station.PrintWish{Act: station.PrintPause}); err != nil {
				return view, err
			}
			return view, nil
		case view.Wait != said && view.Wait.NeedsPerson():
			fmt.Fprintf(e.Stderr, "packbench: %s\n", e.Tongue.Say(waitSays[view.Wait]))
		}
		said = view.Wait
		select {
		case <-e.Context.Done():
			return view, order.Trouble(e.Context.Err(), "bench.closing")
		case <-time.After(lookEvery):
		}
	}
}

// waitSays are what a person does about a run that waits for them.
var waitSays = map[spool.Wait]order.Said{
	spool.NeedPaper: order.Say("run.wait.paper_out"), spool.OpenHead: order.Say("run.wait.head_open"), spool.Stopped: order.Say("run.wait.stopped"),
	spool.SilentPrinter: order.Say("run.wait.silent"), spool.ScanLabel: order.Say("run.wait.scan_label"),
}

// labelNames are how people call how far a label is.
var labelNames = map[string]order.Said{
	"queued": order.Say("run.state.queued"), "sending": order.Say("run.state.sending"), "sent": order.Say("run.state.sent"),
	"seen": order.Say("run.state.seen"), "held": order.Say("run.state.held"), "elsewhere": order.Say("run.state.elsewhere"),
}

// tell lists the labels and sums up. What a person has to see to ends it with ErrNeedsPerson.
func (v *PrintRun) tell(e *Environment, view station.RunView) error {
	if view.ID == "" {
		return order.Trouble(nil, "run.no_run")
	}
	list := e.listing(v.JSON, "run.header")
	for i, l := range view.Labels {
		line := runLine{Run: view.ID, Label: i + 1, PackageID: l.Parcel, Tracking: l.Code, State: string(l.State)}
		switch {
		case l.Held.Key != "":
			line.State, line.Message = "held", e.Tongue.Say(l.Held)
		case l.Elsewise:
			line.State = "elsewhere"
		case l.State == order.NoLabel:
			line.State = string(order.Queued)
		}
		if err := list.add(line, strconv.Itoa(line.Label), string(line.PackageID), line.Tracking, e.Tongue.Say(labelNames[line.State]), line.Message); err != nil {
			return err
		}
	}
	if err := list.end(); err != nil {
		return err
	}
	if err := v.tellAlso(e, view); err != nil {
		return err
	}
	if c := view.Counts(); (c.Waiting > 0 || c.Held > 0 || view.State == order.RunStanding) && view.State != order.RunOver {
		return ErrNeedsPerson
	}
	return nil
}

// allSent is the state of a run that goes on, and has nothing left to send.
const allSent order.RunState = "sent"

// joined is what happened, and what to do about it.
func joined(e *Environment, why string, how order.Said) string {
	return e.Tongue.Text("run.joined", "why", strings.TrimRight(why, ".。 "), "how", e.Tongue.Say(how))
}

// tellAlso sums up.
func (v *PrintRun) tellAlso(e *Environment, view station.RunView) error {
	if view.ID == "" {
		return nil
	}
	c := view.Counts()
	sum := runSum{Run: view.ID, State: view.State, Of: len(view.Labels), Sent: c.Sent + c.Seen, Seen: c.Seen, Held: c.Held, Waiting: c.Waiting}
	switch {
	case view.AllSent && view.State == order.RunGoing:
		sum.State = allSent
	case view.State == order.RunStanding:
		how := order.Say("run.how.go_on")
		if view.Doubts {
			how = order.Say("run.how.last_good")
		}
		sum.Message = joined(e, e.Tongue.Say(view.Why), how)
	case view.State == order.RunPaused && view.Unproven == 0:
		sum.Message = joined(e, e.Tongue.Text("run.paused"), order.Say("run.how.go_on"))
	case view.State == order.RunPaused || view.Wait == spool.ScanLabel:
		sum.Message = joined(e, e.Tongue.Say(waitSays[spool.ScanLabel]), order.Say("run.how.scan"))
	case view.Trouble.Key != "":
		sum.Message = e.Tongue.Say(view.Trouble)
	}
	if v.JSON {
		return e.Line(sum)
	}
	_, err := fmt.Fprintln(e.Stdout, e.Tongue.Text("run.sum", "run", sum.Run, "sent", sum.Sent, "of", sum.Of, "seen", sum.Seen, "held", sum.Held), sum.Message)
	return err
}
