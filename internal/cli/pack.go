package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/scanner"
)

// scanPause is how far the scans' clock advances from line to line (design 4, pack).
const scanPause = 2 * time.Second

// Pack packs parcels from a list of scans.
type Pack struct {
	Scans   string   `placeholder:"FILE" help:"Scans, a line each; - is standard input. Lines: CODE, @150ms CODE, wait, ok, label, aside, again REASON, new label, short REASON, damaged, extra, park, undo, start over, help, choose N, send here, learn, pin DIGITS."`
	Printer string   `placeholder:"URI" help:"Printer address; without it the configured one."`
	Scanner []string `placeholder:"URI" sep:"none" help:"A scanner's address, more than once for several: the verb packs what they read until it is interrupted."`
	Carrier string   `name:"own-carrier" placeholder:"ID" help:"The carrier of the parcels that the seller ships, by its id in the list of packbench carriers; without it the configured one."`
}

// Validate refuses a call without anything to pack from.
func (v *Pack) Validate() error {
	if v.Scans == "" && len(v.Scanner) == 0 {
		return errors.New("missing flags: --scans=FILE or --scanner=URI")
	}
	return nil
}

// scanLine is what came of one scan (design 4, pack).
type scanLine struct {
	Scan      string          `json:"scan"`
	Outcome   packing.Outcome `json:"outcome"`
	PackageID order.ParcelKey `json:"package_id"`
	State     string          `json:"state"`
	Message   string          `json:"message"`
}

// Run packs until the scans end, or until it is interrupted where a scanner is named.
func (v *Pack) Run(e *Environment) (err error) {
	if err := v.checkScanners(); err != nil {
		return err
	}
	scans, err := openScans(e, v.Scans)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, scans.Close()) }()
	bench, err := OpenBench(e)
	if err != nil {
		return hasPacker(err)
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	bench.Settings.Bench.OwnCarrier = cmp.Or(v.Carrier, bench.Settings.Bench.OwnCarrier)
	endServing := bench.Serve(e, "pack")
	defer endServing()
	notices := &notices{environment: e}
	running, err := bench.Start(e.Context, v.Printer, 0, notices.hear)
	if err != nil {
		return err
	}
	p := &packer{environment: e, running: running, at: e.Now(), refused: map[order.ParcelKey]bool{}}
	err = v.pack(p, bench, scans)
	endServing() // before the printer is closed, through which others print
	return errors.Join(err, running.Stop(context.WithoutCancel(e.Context)))
}

// openScans opens the list of scans; without a name it is empty.
func openScans(e *Environment, name string) (io.ReadCloser, error) {
	switch name {
	case "":
		return io.NopCloser(strings.NewReader("")), nil
	case "-":
		return io.NopCloser(e.Stdin), nil
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, order.Trouble(err, "scans.unreadable", "file", name)
	}
	return file, nil
}

// packer feeds lines to a running bench.
type packer struct {
	environment *Environment
	running     *Running
	at          time.Time  // the scans' clock
	telling     sync.Mutex // guards refused and what is written
	refused     map[order.ParcelKey]bool
}

func (p *packer) all(scans io.Reader) error {
	ctx := p.environment.Context
	lines := bufio.NewScanner(scans)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		if err := p.line(ctx, line); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return order.Trouble(err, "scans.unreadable", "file", "-")
	}
	return p.running.Settle(ctx)
}

func (p *packer) line(ctx context.Context, line string) error {
	pause, code, err := timed(line)
	if err != nil {
		return err
	}
	if code == "wait" {
		return p.running.Settle(ctx)
	}
	p.at = p.at.Add(pause)
	if in, is := wish(code); is {
		return p.wishes(code, in)
	}
	if code == "ok" || code == "label" || code == "again" || code == "new label" || strings.HasPrefix(code, "again ") { // a person answers what the screen shows, so the screen comes first
		if err := p.running.Settle(ctx); err != nil {
			return err
		}
	}
	if why, again := strings.CutPrefix(code, "again "); again || code == "again" {
		answer, err := p.running.Again(ctx, order.Spoiling(strings.TrimSpace(strings.TrimPrefix(why, "again"))))
		if err != nil {
			return err
		}
		answer.Code = code
		return p.tell(answer)
	}
	if digits, pin := strings.CutPrefix(code, "pin "); pin {
		if err := p.running.Settle(ctx); err != nil {
			return err
		}
		answer, err := p.running.PIN(ctx, strings.TrimSpace(digits))
		if err != nil {
			return err
		}
		answer.Code = "pin"
		return p.tell(answer)
	}
	switch code {
	case "new label":
		answer, err := p.running.NewLabel(ctx)
		if err != nil {
			return err
		}
		answer.Code = code
		return p.tell(answer)
	case "aside":
		answer, err := p.running.Aside(ctx)
		if err != nil {
			return err
		}
		answer.Code = "aside"
		return p.tell(answer)
	case "ok":
		answer, err := p.running.OK(ctx)
		if err != nil {
			return err
		}
		answer.Code = "ok"
		return p.tell(answer)
	case "label":
		state := p.running.Snapshot().State
		if code = onPaper(state.Work.Label); code == "" {
			return p.tell(withoutLabel(state))
		}
	}
	answer, err := p.running.Scan(ctx, order.Scan{Code: scanner.Clean(code), Device: "pack", At: p.at})
	if err != nil {
		return err
	}
	return p.tell(answer)
}

// onPaper is the code a label carries, empty as long as none can have come out of the printer.
func onPaper(l order.LabelWork) string {
	if l.Out() {
		return l.Matched
	}
	return ""
}

// noLabel is the outcome of the line label where there is no label to scan. Nothing was scanned then.
const noLabel packing.Outcome = "no_label"

// withoutLabel says why there is no label: what the screen asks first, or else just that.
func withoutLabel(state packing.State) station.Answer {
	answer := station.Answer{Code: "label", Outcome: noLabel, Parcel: state.Parcel.Key, Said: order.Say("say.no_label")}
	if state.Parcel.Key != "" {
		answer.State = order.Known{Parcel: state.Parcel, Work: state.Work}.State()
	}
	if state.Question != "" {
		answer.Outcome, answer.Said = packing.NeedsPerson, state.Trouble
	}
	return answer
}

func (p *packer) tell(a station.Answer) error {
	p.telling.Lock()
	defer p.telling.Unlock()
	p.note(a)
	return p.environment.Line(scanLine{
		Scan: a.Code, Outcome: a.Outcome, PackageID: a.Parcel, State: a.State, Message: p.environment.Tongue.Say(a.Said),
	})
}

// note keeps count of the parcels that were to be packed and must not be: a person has to see to them.
func (p *packer) note(a station.Answer) {
	switch a.Outcome {
	case packing.CancelledOut, packing.HoldOut, packing.ElsewhereOut, packing.NotPackable, packing.ShelvedOut, packing.ParkedOut:
		if a.State != string(packing.ConfirmedOut) {
			p.refused[a.Parcel] = true
		}
	case packing.ConfirmedOut:
		delete(p.refused, a.Parcel)
	}
}

// left tells what is left undone when the scans have ended.
func (p *packer) left() error {
	switch state := p.running.Snapshot().State; {
	case state.Phase == packing.Idle && len(p.refused) == 0:
		return nil
	case state.Phase == packing.Asked && state.Question == packing.TryAgain:
		return &order.Problem{Said: state.Trouble}
	}
	return ErrNeedsPerson
}

// notices writes to standard error what the bench says by itself, such as trouble with the printer.
type notices struct {
	environment *Environment
	mu          sync.Mutex
	last        time.Time
	scale       time.Time
}

func (n *notices) hear(s station.Snapshot) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if s.Scale.At.After(n.scale) {
		n.scale = s.Scale.At
		fmt.Fprintf(n.environment.Stderr, "packbench: %s\n", n.environment.Tongue.Say(s.Scale.Said))
	}
	if s.Strip.Outcome != "" || s.Strip.Said.Key == "" || !s.Strip.At.After(n.last) {
		return
	}
	n.last = s.Strip.At
	fmt.Fprintf(n.environment.Stderr, "packbench: %s: %s\n", s.State.Parcel.Key, n.environment.Tongue.Say(s.Strip.Said))
}
