package cli

import (
	"context"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/label"
	"packbench/internal/page"
	"packbench/internal/settings"
	"packbench/internal/setup"
	"packbench/internal/virtual"
	"packbench/internal/words"
)

// person types what is in the script, a line at a time; for "scan" the code on the label that came out last.
type person struct {
	*sheetBench
	dpi    int
	script []string
}

func (p *person) Read(b []byte) (int, error) {
	if len(p.script) == 0 {
		return 0, io.EOF
	}
	text := p.script[0]
	p.script = p.script[1:]
	if text == "scan" {
		text = ""
		if came := p.last(p.dpi); came != nil {
			text = label.Codes(came)[0].Text
		}
	}
	return copy(b, text+"\n"), nil
}

// setUp runs the set-up with a person and gives how it ended and what the settings are then.
func (b *sheetBench) setUp(script ...string) (code int, stored settings.Printer) {
	b.t.Helper()
	e := b.environment(words.English)
	e.Stdin = &person{b, 203, script}
	b.stdout.Reset()
	b.stderr.Reset()
	v := &Printers{Setup: true, JSON: true}
	code = e.Finish(v.Run(e))
	s, err := settings.Load(b.dir)
	if err != nil {
		b.t.Fatal(err)
	}
	return code, s.Printer
}

func TestAPrinterIsSetUpByTypingAndScanning(t *testing.T) {
	t.Setenv("CUPS_SERVER", "127.0.0.1:1") // no queues
	b := newSheetBench(t, settings.Printer{Lang: "zpl", DPI: 300, Darkness: 9, RightMM: 3})
	at := "file:" + b.labels
	// The first label, in TSPL, brings nothing; the second, in ZPL, is scanned, once a wrong one. It is printed once more, darker, and lies to the left.
	code, stored := b.setUp(at, "nothing", "PB99999999", "scan", "fits", "2", "darker", "1", "2", "-1.5")
	want := settings.Printer{URI: at, Lang: "zpl", DPI: 203, Darkness: 13, RightMM: 2, DownMM: -1.5}
	if code != ExitDone || stored != want {
		t.Fatalf("exit code %d, stored %+v, want %+v\n%s", code, stored, want, b.stderr.String())
	}
	lines := read[profileLine](t, b.stdout.String())
	if len(lines) != 1 || lines[0] != (profileLine{URI: at, Lang: "zpl", DPI: 203, Darkness: 13, RightMM: 2, DownMM: -1.5}) {
		t.Errorf("said %q", b.stdout.String())
	}
	for _, want := range []string{"Which printer?", "“PB99999999” is not on the test label", "  2  letters, signs or stripes",
		"goes to " + at + ": tspl, 203 dpi\n", "goes to " + at + ": zpl, 203 dpi\n"} {
		if !strings.Contains(b.stderr.String(), want) {
			t.Errorf("%q was not said in\n%s", want, b.stderr.String())
		}
	}
}

func TestASetUpThatIsBrokenOffChangesNothing(t *testing.T) {
	t.Setenv("CUPS_SERVER", "127.0.0.1:1")
	b := newSheetBench(t, settings.Printer{Lang: "zpl", DPI: 300, Darkness: 9})
	before, err := settings.Load(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	code, stored := b.setUp("file:"+b.labels, "scan", "fits")
	if code != ExitFailed || stored != before.Printer || !strings.Contains(b.stderr.String(), "[setup.unfinished") {
		t.Errorf("exit code %d, stored %+v, %s", code, stored, b.stderr.String())
	}
}

func TestASetUpSaysThatAHeadIsTooNarrow(t *testing.T) {
	t.Setenv("CUPS_SERVER", "127.0.0.1:1")
	b := newSheetBench(t, settings.Printer{})
	code, stored := b.setUp("pigeon:grey", "another", "file:"+b.labels, "scan", "cut", "576", "good", "0", "0")
	if code != ExitNeedsPerson || stored.HeadDots != 576 || stored.Lang != "tspl" || !strings.Contains(b.stderr.String(), "576 dots wide") ||
		!strings.Contains(b.stderr.String(), "where the print head ends goes to file:") {
		t.Errorf("exit code %d, stored %+v, %s", code, stored, b.stderr.String())
	}
	if !strings.Contains(b.stderr.String(), "“pigeon:grey” is no printer address") {
		t.Errorf("said %s", b.stderr.String())
	}
}

// A person who says nothing keeps nobody from ending the program.
func TestASetUpEndsWithTheProgram(t *testing.T) {
	t.Setenv("CUPS_SERVER", "127.0.0.1:1")
	b := newSheetBench(t, settings.Printer{})
	e := b.environment(words.English)
	silent, end := io.Pipe()
	defer end.Close()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	e.Stdin, e.Context = silent, ctx
	ended := make(chan error, 1)
	go func() { ended <- (&Printers{Setup: true}).Run(e) }()
	stop()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("it ended well")
		}
	case <-time.After(20 * time.Second):
		t.Fatal("it waits for the person")
	}
}

// counted counts who dials.
type counted struct {
	net.Listener
	dialled atomic.Int32
}

func (c *counted) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.dialled.Add(1)
	}
	return conn, err
}

// A printer the bench is at work on takes the test label over the bench's own connection: many take no second one, and labels would mix.
func TestATestLabelGoesOverTheBenchsConnection(t *testing.T) {
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener := &counted{Listener: port}
	machine := virtual.NewDevice(virtual.ZPL{DPI: 203, Medium: page.Label}, virtual.Body{})
	ended := make(chan error, 1)
	go func() { ended <- machine.Serve(t.Context(), listener) }()
	t.Cleanup(func() {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	e := newSheetBench(t, settings.Printer{Lang: "zpl", DPI: 203}).environment(words.English)
	bench, err := OpenBench(e)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := bench.Close(); err != nil {
			t.Error(err)
		}
	}()
	uri := "tcp:" + listener.Addr().String()
	at, err := bench.takePrinter(uri)
	if err != nil {
		t.Fatal(err)
	}
	if err := at.Reach(t.Context()); err != nil {
		t.Fatal(err)
	}
	darker := settings.Printer{URI: uri, Lang: "zpl", DPI: 203, Darkness: 9}
	if err := bench.Device(e).Print(t.Context(), darker, setup.TestPage, "PB12345678"); err != nil {
		t.Fatal(err)
	}
	answers, _, err := bench.Device(e).Probe(t.Context(), darker)
	if err != nil || !answers {
		t.Errorf("it answers: %v, %v", answers, err)
	}
	if n := listener.dialled.Load(); n != 1 {
		t.Errorf("the printer was dialled %d times", n)
	}
	if out := machine.Out(); len(out) != 1 || label.Codes(out[0].Page)[0].Text != "PB12345678" {
		t.Errorf("%d labels came out", len(out))
	}
	if err := bench.leavePrinter(); err != nil {
		t.Error(err)
	}
}
