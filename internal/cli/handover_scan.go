package cli

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"time"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/station"
	"packbench/scanner"
)

// HandoverScan scans parcels onto sheets.
type HandoverScan struct {
	Scans   string `required:"" placeholder:"FILE" help:"Scans, a line each; - is standard input. Lines: CODE, @150ms CODE, back CODE (take it off its sheet), bag CODE (what follows lies in that bag), bag."`
	Carrier string `placeholder:"NAME" help:"Only this carrier's parcels; without it each goes onto its own carrier's sheet."`
}

// handoverScanLine is what came of one scan.
type handoverScanLine struct {
	Scan      string           `json:"scan"`
	Outcome   handover.Outcome `json:"outcome"`
	PackageID order.ParcelKey  `json:"package_id"`
	Sheet     string           `json:"sheet"`
	Message   string           `json:"message"`
}

// Served tells that a program that has the folder open does it.
func (v *HandoverScan) Served() bool { return true }

// Run scans until the lines end. It ends with ErrNeedsPerson where something was refused.
func (v *HandoverScan) Run(e *Environment) error {
	name := v.Scans
	if name == "-" {
		name = "/dev/stdin"
	}
	scans, err := e.OpenFile(name, "scans.unreadable")
	if err != nil {
		return err
	}
	err = e.atDesk(func(bench *Bench, desk *station.Desk) error {
		defer bench.shelfChanged()
		s := &shelfScans{environment: e, desk: desk, by: bench.packer(), at: e.Now(), place: handover.Place{Carrier: v.Carrier}}
		if err := eachLine(scans, s.line); err != nil {
			return err
		}
		if s.refused {
			return ErrNeedsPerson
		}
		return nil
	})
	return errors.Join(err, scans.Close())
}

// eachLine gives the lines of a list of scans that are not empty, each as it comes.
func eachLine(scans io.Reader, take func(string) error) error {
	lines := bufio.NewScanner(scans)
	for lines.Scan() {
		if line := strings.TrimSpace(lines.Text()); line != "" {
			if err := take(line); err != nil {
				return err
			}
		}
	}
	if err := lines.Err(); err != nil {
		return order.Trouble(err, "scans.unreadable", "file", "-")
	}
	return nil
}

// shelfScans takes the lines of scans at the shelf.
type shelfScans struct {
	environment *Environment
	desk        *station.Desk
	by          string
	at          time.Time // the scans' clock
	place       handover.Place
	shelf       handover.State
	refused     bool
}

func (s *shelfScans) line(line string) error {
	pause, code, err := timed(line)
	if err != nil {
		return err
	}
	s.at = s.at.Add(pause)
	var v handover.Verdict
	verb, rest, _ := strings.Cut(code, " ")
	switch {
	case verb == "bag":
		s.shelf, v = s.shelf.Bag(strings.TrimSpace(rest))
	case verb == "back" && rest != "":
		v, err = s.desk.TakeBack(scanner.Clean(strings.TrimSpace(rest)), s.by)
	default:
		scan := order.Scan{Code: scanner.Clean(code), Device: "handover", At: s.at}
		if s.shelf, v = s.shelf.Scan(s.desk.Rules, scan); v.Outcome == "" {
			v, err = s.desk.Scan(s.environment.Context, scan, s.place, s.shelf.Bundle, s.by)
		}
	}
	if err != nil {
		return err
	}
	s.refused = s.refused || !v.Outcome.Passed()
	return s.environment.Line(handoverScanLine{Scan: code, Outcome: v.Outcome, PackageID: v.Known.Key, Sheet: v.Sheet, Message: s.environment.Tongue.Say(v.Said)})
}
