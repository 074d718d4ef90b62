package cli

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/scanner"
)

// PutBack lists the pieces that left parcels and are not back in their bins, and takes them off the list by scans.
type PutBack struct {
	Scans string `placeholder:"FILE" help:"Scans, a line each; - is standard input. A bin, then the pieces that are laid into it. Lines: CODE, @150ms CODE."`
	JSON  bool   `name:"json" help:"One object a line."`
}

// putBackLine is one entry of the list.
type putBackLine struct {
	SKU       string          `json:"sku"`
	Name      string          `json:"name"`
	Bin       string          `json:"bin"` // empty where the catalogue has none
	Pieces    int             `json:"pieces"`
	PackageID order.ParcelKey `json:"package_id"` // empty where no parcel was open
	Since     string          `json:"since"`
	Why       order.Leaving   `json:"why"`
}

// returnLine is what came of one scan.
type returnLine struct {
	Scan    string          `json:"scan"`
	Outcome packing.Outcome `json:"outcome"`
	Message string          `json:"message"`
}

// leavings are how people call why pieces go back.
var leavings = map[order.Leaving]order.Said{
	order.OfStopped: order.Say("putback.why.stopped"), order.OfAside: order.Say("putback.why.aside"), order.OfDamaged: order.Say("putback.why.damaged"),
	order.OfExtra: order.Say("putback.why.extra"), order.OfRestart: order.Say("putback.why.restart"),
}

// Served tells that a program that has the folder open does it.
func (v *PutBack) Served() bool { return true }

// Run lists what is to go back, or takes in scans. As long as something is not back it ends with ErrNeedsPerson.
func (v *PutBack) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	if v.Scans != "" {
		if err := v.scans(e, bench); err != nil {
			return err
		}
	}
	list, err := bench.Store.PutBacks()
	if err != nil {
		return err
	}
	if v.Scans == "" {
		if err := v.list(e, list); err != nil {
			return err
		}
	}
	if len(list) > 0 {
		return ErrNeedsPerson
	}
	return nil
}

func (v *PutBack) list(e *Environment, entries []order.ToPutBack) error {
	list := e.listing(v.JSON, "putback.header")
	for _, b := range entries {
		line := putBackLine{SKU: b.SKU, Name: b.Name, Bin: b.Bin, Pieces: b.Pieces, PackageID: b.Parcel, Since: moment(b.Since), Why: b.Why}
		if err := list.add(line, b.Bin, strconv.Itoa(b.Pieces), b.SKU, b.Name, string(b.Parcel), line.Since, e.Tongue.Say(leavings[b.Why])); err != nil {
			return err
		}
	}
	return list.end()
}

// scans takes in a list of scans; its clock advances as that of pack does.
func (v *PutBack) scans(e *Environment, bench *Bench) (err error) {
	var from io.ReadCloser = io.NopCloser(e.Stdin)
	if v.Scans != "-" {
		if from, err = e.OpenFile(v.Scans, "scans.unreadable"); err != nil {
			return err
		}
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	walk, at, lines := packing.Returning{}, e.Now(), bufio.NewScanner(from)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" {
			continue
		}
		pause, code, err := timed(line)
		if err != nil {
			return err
		}
		at = at.Add(pause)
		if walk, err = returned(e, bench, walk, order.Scan{Code: scanner.Clean(code), Device: "putback", At: at}); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return order.Trouble(err, "scans.unreadable", "file", v.Scans)
	}
	return nil
}

// returned takes in one scan, on the list as it stands now: a bench may be at work on it too.
func returned(e *Environment, bench *Bench, walk packing.Returning, scan order.Scan) (packing.Returning, error) {
	in := packing.BackScan{Scan: scan}
	var err error
	if walk.List, err = bench.Store.PutBacks(); err != nil {
		return walk, err
	}
	candidates, err := bench.Store.Candidates(scan.Code)
	if err != nil {
		return walk, err
	}
	if in.SKUs = candidates.SKUs; len(in.SKUs) == 0 {
		if in.Lies, err = bench.Store.Bin(scan.Code); err != nil {
			return walk, err
		}
	}
	next, turn := walk.Next(in, e.Now())
	if len(turn.Events) > 0 {
		if err := bench.record(e.Context, turn.Events...); err != nil {
			return walk, err
		}
	}
	return next, e.Line(returnLine{Scan: scan.Code, Outcome: turn.Outcome, Message: e.Tongue.Say(turn.Said)})
}

// timed reads a line of scans: how long after the last one it comes, and what it says.
func timed(line string) (pause time.Duration, code string, err error) {
	if !strings.HasPrefix(line, "@") {
		return scanPause, line, nil
	}
	gap, rest, _ := strings.Cut(line[1:], " ")
	pause, err = time.ParseDuration(gap)
	if code = strings.TrimSpace(rest); err != nil || pause < 0 || code == "" {
		return 0, "", order.Trouble(err, "scans.line", "line", "@"+gap) // what stands behind it may be a PIN
	}
	return pause, code, nil
}
