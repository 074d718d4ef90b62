package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/settings"
	"packbench/internal/setup"
	"packbench/printer/guess"
	"packbench/printer/link"
	"packbench/printer/state"
)

// profileLine is a printer that was set up, named as in the settings file.
type profileLine struct {
	URI      string  `json:"uri"`
	Lang     string  `json:"lang"`
	DPI      int     `json:"dpi"`
	Encoding string  `json:"encoding,omitempty"`
	RightMM  float64 `json:"right_mm"`
	DownMM   float64 `json:"down_mm"`
	HeadDots int     `json:"head_dots,omitempty"`
	Darkness int     `json:"darkness,omitempty"`
	Speed    int     `json:"speed,omitempty"`
	Answers  bool    `json:"answers"`
}

// setUp leads a person through the set-up, by typing or scanning, and stores the printer. It ends with ErrNeedsPerson where labels will not fit.
func (v *Printers) setUp(e *Environment) (err error) {
	bench, err := OpenBench(e) // whoever else has the folder open is found out before the first label
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	configured, err := settings.Load(e.Dir)
	if err != nil {
		return err
	}
	found, err := FindPrinters(e.Context)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		fmt.Fprintln(e.Stderr, e.Tongue.Text("setup.none_found"))
	}
	done, err := setup.Run(e.Context, setup.Begin(found, configured.Printer), newCounter(e, bench), NewToken)
	if err != nil {
		return err
	}
	if _, err := StorePrinter(e.Dir, done); err != nil {
		return err
	}
	return v.tellStored(e, done)
}

// FindPrinters lists the printers this computer knows of, with what can be guessed of them. It takes as long as the system's print service.
func FindPrinters(ctx context.Context) ([]setup.Found, error) {
	devices, err := link.Find(ctx)
	if err != nil {
		return nil, err
	}
	var found []setup.Found
	for _, d := range devices {
		known := guess.Known{Name: d.Name, ID: d.ID, VendorID: d.VendorID, ProductID: d.ProductID}
		found = append(found, setup.Found{Name: d.Name, URI: d.URI, Guess: guess.Of(known)})
	}
	return found, nil
}

// StorePrinter writes a printer that was set up into the settings of a folder, which it gives. A bench that is open uses it from its next start on, or by Running.UsePrinter.
func StorePrinter(dir string, p settings.Printer) (now settings.Settings, err error) {
	err = settings.Update(dir, func(s *settings.Settings) error {
		noteIn(&s.Printer, p)
		now = *s
		return nil
	})
	return now, err
}

// noteIn writes what the set-up found out into the settings, and nothing else of them.
func noteIn(to *settings.Printer, p settings.Printer) {
	to.URI, to.Lang, to.DPI, to.Encoding, to.HeadDots = p.URI, p.Lang, p.DPI, p.Encoding, p.HeadDots
	to.RightMM, to.DownMM, to.Darkness, to.Speed = p.RightMM, p.DownMM, p.Darkness, p.Speed
	to.Tracking, to.GapMM, to.Taking, to.Answers = p.Tracking, p.GapMM, p.Taking, p.Answers
}

func (v *Printers) tellStored(e *Environment, p settings.Printer) error {
	if v.JSON {
		line := profileLine{p.URI, p.Lang, p.DPI, p.Encoding, p.RightMM, p.DownMM, p.HeadDots, p.Darkness, p.Speed, p.Answers}
		if err := e.Line(line); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(e.Stdout, e.Tongue.Text("setup.stored", "address", p.URI, "lang", p.Lang, "dpi", p.DPI))
	}
	if said := TooNarrow(p); said.Key != "" {
		fmt.Fprintln(e.Stderr, e.Tongue.Say(said))
		return ErrNeedsPerson
	}
	return nil
}

// TooNarrow says that the head of a printer that was set up is narrower than a label; it says nothing where labels fit.
func TooNarrow(p settings.Printer) order.Said {
	if width, _ := page.Label.Dots(p.DPI); p.HeadDots > 0 && p.HeadDots < width {
		return order.Say("setup.narrow", "head", p.HeadDots, "label", width)
	}
	return order.Said{}
}

// counter is where a printer is set up by lines of text: questions go to standard error, answers come from standard input, where a scanner types, too.
type counter struct {
	setup.Device
	e     *Environment
	lines *bufio.Reader
}

func newCounter(e *Environment, b *Bench) *counter {
	return &counter{b.Device(e), e, bufio.NewReader(e.Stdin)}
}

// read takes one line. A person who thinks must not keep the program from ending: then the reading is left behind.
func (c *counter) read(ctx context.Context) (string, error) {
	var text string
	read := make(chan error, 1)
	go func() {
		var err error
		if text, err = c.lines.ReadString('\n'); text != "" {
			err = nil
		}
		read <- err
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case err := <-read:
		if errors.Is(err, io.EOF) {
			return "", order.Trouble(nil, "setup.unfinished")
		}
		if err != nil {
			return "", order.Trouble(err, "setup.unfinished")
		}
		return strings.TrimSpace(text), nil
	}
}

// Print says which way to print is tried next, for whoever sees something else come out than was expected.
func (c *counter) Print(ctx context.Context, p settings.Printer, sheet setup.Sheet, token string) error {
	key := "setup.trying"
	if sheet == setup.CalibratingPage {
		key = "setup.trying_page"
	}
	c.Tell(order.Say(key, "address", p.URI, "lang", strings.Join(strings.Fields(p.Lang+" "+p.Encoding), ", "), "dpi", p.DPI))
	return c.Device.Print(ctx, p, sheet, token)
}

// Ask puts a question and its choices, each with a number, a line each, and takes one line: a number is a choice's.
func (c *counter) Ask(ctx context.Context, q setup.Question) (string, error) {
	fmt.Fprintln(c.e.Stderr, c.e.Tongue.Say(q.Said))
	for i, choice := range q.Choices {
		fmt.Fprintf(c.e.Stderr, "  %d  %s\n", i+1, c.e.Tongue.Say(choice.Said))
	}
	text, err := c.read(ctx)
	if n, bad := strconv.Atoi(text); bad == nil && n >= 1 && n <= len(q.Choices) {
		return q.Choices[n-1].Word, err
	}
	return text, err
}

// Tell says what was wrong with an answer.
func (c *counter) Tell(said order.Said) { fmt.Fprintln(c.e.Stderr, c.e.Tongue.Say(said)) }

// proof is the printer that is set up.
type proof struct{ e Environment }

// Device is the printer that is set up in an environment. One the bench is at work on is used as it is open.
func (b *Bench) Device(e *Environment) setup.Device {
	own := *e
	own.Bench = b
	return &proof{own}
}

// Print prints a sheet for the platform's labels.
func (d *proof) Print(ctx context.Context, p settings.Printer, sheet setup.Sheet, token string) error {
	return printSheet(ctx, &d.e, p.URI, PrinterOptions(p, p.URI, page.Label), sheet, token)
}

// Probe asks the printer. What its port or queue alone knows of it is no answer of its own.
func (d *proof) Probe(ctx context.Context, p settings.Printer) (answers bool, id state.Identity, err error) {
	device, leave, err := d.e.Bench.printerFor(p.URI, evenIfNarrow(PrinterOptions(p, p.URI, page.Label)))
	if err != nil {
		return false, id, err
	}
	defer func() { err = errors.Join(err, leave()) }()
	port, err := device.State(ctx)
	if err != nil {
		return false, id, err
	}
	said, err := device.Probe(ctx)
	if err != nil {
		return false, id, err
	}
	id, err = device.Identify(ctx)
	return said.Told && !port.Told || id.Told(), id, err
}
