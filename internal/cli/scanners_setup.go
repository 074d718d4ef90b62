package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
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
	heard, err := v.record(e, at)
	if err != nil {
		return err
	}
	report := scanner.Check(at.Kind, heard)
	if err := v.tell(e, report); err != nil {
		return err
	}
	if !report.Well() {
		return ErrNeedsPerson
	}
	return nil
}

func (v *Scanners) tell(e *Environment, r scanner.Report) error {
	line := checkLine{URI: v.Setup, OK: r.Well(), GapMS: milliseconds(r.Gap), PauseMS: milliseconds(r.Pause), Suffix: suffixName(r.Suffix), Identifier: r.Identifier, Findings: r.Findings}
	for _, f := range r.Findings {
		line.Verdict = append(line.Verdict, e.Tongue.Say(order.Said{Key: "scanners.found." + string(f)}))
	}
	if r.Well() {
		line.Verdict = append(line.Verdict, e.Tongue.Text("scanners.well"))
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

func milliseconds(d time.Duration) float64 {
	return float64(d.Round(10*time.Microsecond)) / float64(time.Millisecond)
}

// suffixName writes what ended a code: CR, CR LF, TAB; - is nothing.
func suffixName(suffix string) string {
	names := []string{}
	for _, c := range suffix {
		names = append(names, map[rune]string{'\r': "CR", '\n': "LF", '\t': "TAB", '\x03': "ETX"}[c])
	}
	if len(names) == 0 {
		return "-"
	}
	return strings.Join(names, " ")
}

// record has the test codes scanned, one after the other.
func (v *Scanners) record(e *Environment, at scanner.Address) ([]scanner.Heard, error) {
	from, leave, err := v.open(e, at)
	if err != nil {
		return nil, err
	}
	r := newRecorder(from)
	var heard []scanner.Heard
	for i := range scanner.TestCodes {
		fmt.Fprint(e.Stderr, e.Tongue.Text("scanners.scan", "n", i+1, "of", len(scanner.TestCodes)), "\r\n")
		h, err := r.code(e.Context)
		if errors.Is(err, errNothing) {
			fmt.Fprint(e.Stderr, e.Tongue.Text("scanners.nothing"), "\r\n")
		} else if err != nil {
			return nil, errors.Join(err, leave())
		}
		heard = append(heard, h)
	}
	return heard, leave()
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

const (
	// recorded is the silence after which a code is over, whatever ended it: longer than the pauses of any scanner.
	recorded = 300 * time.Millisecond
	// waited is how long a person may take to find the next code.
	waited = time.Minute
)

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
func (r *recorder) code(ctx context.Context) (scanner.Heard, error) {
	var bytes []byte
	var at []time.Time
	wait := waited
	for {
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return scanner.Heard{}, order.Trouble(ctx.Err(), "setup.unfinished")
		case <-timer.C:
			if len(bytes) == 0 {
				return scanner.Heard{}, errNothing
			}
			return scanner.Recording(bytes, at), nil
		case p := <-r.pieces:
			timer.Stop()
			if len(bytes) == 0 && (string(p.bytes) == interrupt || p.err != nil && len(p.bytes) == 0) {
				return scanner.Heard{}, order.Trouble(p.err, "setup.unfinished")
			}
			for _, b := range p.bytes {
				bytes, at = append(bytes, b), append(at, p.at)
			}
			if p.err != nil {
				r.pieces <- piece{err: p.err} // for who asks for another one
				return scanner.Recording(bytes, at), nil
			}
			wait = recorded
		}
	}
}
