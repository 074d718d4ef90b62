package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/settings"
	"packbench/scanner"
)

// page prints the page with the test codes.
func (v *Scanners) page(e *Environment) error {
	uri, o, err := (&Print{Printer: v.Printer, Size: labelSize}).options(e)
	if err != nil {
		return err
	}
	drawn, err := paper.ScannerPage(o.Medium, o.DPI, e.Tongue.Text("scanners.page"), e.Tongue.Text("scanners.page.todo"), scanner.TestCodes)
	if err != nil {
		return err
	}
	return sendSheet(e.Context, e, uri, o, drawn)
}

// labelSize is the platform's label, as --size of print has it.
var labelSize = fmt.Sprintf("%gx%g", page.Label.WidthMM, page.Label.HeightMM)

// checkLine is what the test of a scanner came to. Times are in milliseconds; OK tells that the scanner can be worked with.
type checkLine struct {
	URI        string            `json:"uri"`
	OK         bool              `json:"ok"`
	GapMS      float64           `json:"gap_ms"`
	PauseMS    float64           `json:"longest_gap_ms"`
	Suffix     string            `json:"suffix"`
	Identifier string            `json:"identifier"`
	Findings   []scanner.Finding `json:"findings"`
	Verdict    []string          `json:"verdict"`
}

// test has three codes scanned and tells what lies between the scanner and this program. It ends with ErrNeedsPerson where the scanner cannot be
// worked with.
func (v *Scanners) test(e *Environment) error {
	at, ok := scanner.ParseAddress(v.Setup)
	if !ok {
		return order.Trouble(nil, "scanner.address", "address", v.Setup, "forms", scanner.Forms)
	}
	trial, err := v.record(e, at)
	if err != nil {
		return err
	}
	report := trial.Report(at.Kind)
	if err := v.tell(e, report); err != nil {
		return err
	}
	if !report.Well() {
		return ErrNeedsPerson
	}
	return nil
}

// Verdict says what the test of a scanner came to: of each finding what to do, and that it can be worked with where that is so.
func Verdict(r scanner.Report) (all []order.Said) {
	for _, f := range r.Findings {
		all = append(all, order.Said{Key: "scanners.found." + string(f)})
	}
	if r.Well() {
		all = append(all, order.Say("scanners.well"))
	}
	return all
}

func (v *Scanners) tell(e *Environment, r scanner.Report) error {
	line := checkLine{URI: v.Setup, OK: r.Well(), GapMS: scanner.Milliseconds(r.Gap), PauseMS: scanner.Milliseconds(r.Pause), Suffix: r.Ending(), Identifier: r.Identifier, Findings: r.Findings}
	for _, said := range Verdict(r) {
		line.Verdict = append(line.Verdict, e.Tongue.Say(said))
	}
	if v.JSON {
		return e.Line(line)
	}
	fmt.Fprintln(e.Stdout, e.Tongue.Text("scanners.measured", "gap", line.GapMS, "pause", line.PauseMS, "suffix", line.Suffix))
	for _, said := range line.Verdict {
		fmt.Fprintln(e.Stdout, said)
	}
	return nil
}

// record has the test codes scanned, one after the other.
func (v *Scanners) record(e *Environment, at scanner.Address) (*scanner.Trial, error) {
	from, leave, err := v.open(e, at)
	if err != nil {
		return nil, err
	}
	r, trial := newRecorder(from), &scanner.Trial{}
	for !trial.Whole() {
		fmt.Fprint(e.Stderr, e.Tongue.Text("scanners.scan", "n", trial.Done()+1, "of", len(scanner.TestCodes)), "\r\n")
		err := r.code(e.Context, trial)
		if errors.Is(err, errNothing) {
			fmt.Fprint(e.Stderr, e.Tongue.Text("scanners.nothing"), "\r\n")
			trial.Skip()
		} else if err != nil {
			return nil, errors.Join(err, leave())
		}
	}
	return trial, leave()
}

// open opens the scanner, or the keyboard of the terminal, whose keys come one by one then.
func (v *Scanners) open(e *Environment, at scanner.Address) (from io.Reader, leave func() error, err error) {
	if at.Kind == scanner.Wedge {
		terminal, ok := e.Stdin.(*os.File)
		if !ok || !term.IsTerminal(int(terminal.Fd())) {
			return e.Stdin, func() error { return nil }, nil
		}
		before, err := term.MakeRaw(int(terminal.Fd()))
		if err != nil {
			return nil, nil, order.Trouble(err, "setup.unfinished")
		}
		return terminal, func() error { return term.Restore(int(terminal.Fd()), before) }, nil
	}
	configured, err := settings.Load(e.Dir)
	if err != nil {
		return nil, nil, err
	}
	chosen, err := ChooseScanners(configured.Scanners, []string{v.Setup})
	if err != nil {
		return nil, nil, err
	}
	port, err := opener(chosen[0].Name, at)()
	if err != nil {
		return nil, nil, err
	}
	return port, port.Close, nil
}

// waited is how long a person may take to find the next code.
const waited = time.Minute

// errNothing tells that no code came.
var errNothing = errors.New("nothing was scanned")

// piece is bytes that came together.
type piece struct {
	bytes []byte
	at    time.Time
	err   error
}

// recorder takes codes with the times of their characters.
type recorder struct{ pieces chan piece }

// newRecorder reads until the reader fails. A read of a terminal that nobody types at cannot be ended: it is left behind.
func newRecorder(from io.Reader) *recorder {
	r := &recorder{make(chan piece, 1024)}
	go func() {
		for {
			b := make([]byte, 256)
			n, err := from.Read(b)
			r.pieces <- piece{b[:n], time.Now(), err}
			if err != nil {
				return
			}
		}
	}()
	return r
}

// interrupt is what a terminal whose keys come one by one gives for Ctrl and C.
const interrupt = "\x03"

// code takes the next code. It fails with errNothing where none comes, and setup.unfinished where none can come any more.
func (r *recorder) code(ctx context.Context, trial *scanner.Trial) error {
	wait := waited
	for {
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return order.Trouble(ctx.Err(), "setup.unfinished")
		case <-timer.C:
			if _, none := trial.End(); none {
				return errNothing
			}
			return nil
		case p := <-r.pieces:
			timer.Stop()
			if !trial.Pending() && (string(p.bytes) == interrupt || p.err != nil && len(p.bytes) == 0) {
				return order.Trouble(p.err, "setup.unfinished")
			}
			trial.Take(p.bytes, p.at)
			if p.err != nil {
				r.pieces <- piece{err: p.err} // for who asks for another one
				if _, none := trial.End(); none {
					return errNothing
				}
				return nil
			}
			wait = scanner.Over
		}
	}
}
