package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/setup"
	"packbench/internal/spool"
	"packbench/printer"
	"packbench/printer/zpl"
	"packbench/scanner"
)

// Validate tells, before anything is done, what was not said or does not go together.
func (v *Print) Validate() error {
	sheet := v.Test || v.Calibrate || v.Commands
	switch {
	case !sheet && len(v.Files) == 0:
		return errors.New(`expected "<FILE> ...", --test, --calibrate or --commands`)
	case v.Test && v.Calibrate, v.Commands && (v.Test || v.Calibrate), sheet && len(v.Files) > 0:
		return errors.New("files, --test, --calibrate and --commands: one of them at a time")
	case !v.Test && (v.Token != "" || v.Scanned != ""):
		return errors.New("--token and --scanned go with --test")
	case v.Scanned != "" && v.Token == "":
		return errors.New("--scanned needs the --token of the page that was printed")
	}
	return nil
}

// sheetLine tells how far one of our own sheets came. Token is what a scan of a test page gives; a calibrating page has none.
type sheetLine struct {
	Sheet setup.Sheet      `json:"sheet"`
	State order.LabelState `json:"state"`
	Token string           `json:"token,omitempty"`
}

// sheet prints one of our own sheets, or compares a scan with the token of one.
func (v *Print) sheet(e *Environment) (err error) {
	kind, token := setup.CalibratingPage, v.Token
	if v.Test {
		kind = setup.TestPage
	}
	if v.Scanned != "" {
		if code := scanner.Clean(v.Scanned); code != token {
			return order.Trouble(nil, "setup.other_code", "code", code)
		}
		return e.Line(sheetLine{kind, order.Seen, token})
	}
	uri, o, err := v.options(e)
	if err != nil {
		return err
	}
	var drawn *page.Page
	if kind == setup.TestPage && token == "" {
		drawn, token, err = newTestPage(e, uri, o)
	} else {
		drawn, err = drawSheet(e, uri, o, kind, token)
	}
	if err == nil {
		err = sendSheet(e.Context, e, uri, o, drawn)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(e.Stderr, e.Tongue.Say(nextWith(kind, token)))
	return e.Line(sheetLine{kind, order.Sent, token})
}

// nextWith is what a person does with a sheet once it has come out.
func nextWith(kind setup.Sheet, token string) order.Said {
	if kind == setup.CalibratingPage {
		return order.Say("sheet.then_read")
	}
	return order.Say("sheet.then_scan", "token", token)
}

// NewToken is the token of another test page.
func NewToken() string { return paper.Token(rand.Uint32()) }

// newTestPage draws a test page with a token of its own. Readers take a part of one in 150 QR codes for a finder pattern and give the code up; such a page
// would blame the printer, so it is drawn with another token.
func newTestPage(e *Environment, uri string, o printer.Options) (drawn *page.Page, token string, err error) {
	const tries = 10
	for range tries {
		token = NewToken()
		if drawn, err = drawSheet(e, uri, o, setup.TestPage, token); err != nil {
			return nil, "", err
		}
		if slices.Contains(label.Codes(drawn), label.Code{Text: token, Format: label.QR}) {
			break
		}
	}
	return drawn, token, nil
}

// evenIfNarrow lets a sheet that is to show where the head ends go out at one that is too narrow for it.
func evenIfNarrow(o printer.Options) printer.Options {
	if width, _ := o.Medium.Dots(o.DPI); width > o.Setup.HeadDots {
		o.Setup.HeadDots = 0
	}
	return o
}

// printSheet prints one of our own sheets at a printer.
func printSheet(ctx context.Context, e *Environment, uri string, o printer.Options, kind setup.Sheet, token string) error {
	drawn, err := drawSheet(e, uri, o, kind, token)
	if err != nil {
		return err
	}
	return sendSheet(ctx, e, uri, o, drawn)
}

// sendSheet sends a sheet that is drawn.
func sendSheet(ctx context.Context, e *Environment, uri string, o printer.Options, drawn *page.Page) (err error) {
	device, leave, err := e.Bench.printerFor(uri, evenIfNarrow(o))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, leave()) }()
	if state, err := spool.Send(ctx, device, device.Encode(drawn), func() error { return nil }); state != order.Sent {
		return err
	}
	return nil
}

func drawSheet(e *Environment, uri string, o printer.Options, kind setup.Sheet, token string) (*page.Page, error) {
	say := e.Tongue.Text
	if kind == setup.CalibratingPage {
		return paper.CalibratingPage(o.Medium, o.DPI, say("sheet.calibrating"))
	}
	facts := []string{
		say("sheet.printer", "address", uri),
		say("sheet.language", "lang", cmp.Or(o.Lang, printer.ZPL)),
		say("sheet.resolution", "dpi", o.DPI, "width", o.Medium.WidthMM, "height", o.Medium.HeightMM),
		say("sheet.burning", "darkness", o.Setup.Darkness, "speed", o.Setup.Speed),
		say("sheet.offset", "right", o.Setup.RightMM, "down", o.Setup.DownMM),
		e.Now().Local().Format("2006-01-02 15:04"),
	}
	if o.Lang == "" || o.Lang == printer.ZPL {
		facts[1] = say("sheet.encoded", "lang", printer.ZPL, "encoding", cmp.Or(o.Setup.Encoding, zpl.ACS))
	}
	return paper.TestPage(o.Medium, o.DPI, paper.Test{Token: token, Title: say("sheet.test"), Facts: facts})
}
