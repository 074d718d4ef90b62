package printer_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/internal/page"
	"packbench/internal/virtual"
	"packbench/printer"
	"packbench/printer/state"
)

// answering is a printer at a TCP port that says what it is told to when it has heard a question.
type answering struct {
	listener net.Listener
	replies  map[string]string

	mu    sync.Mutex
	heard []byte
}

func newAnswering(t *testing.T, replies map[string]string) *answering {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	a := &answering{listener: listener, replies: replies}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go a.serve(conn)
		}
	}()
	return a
}

func (a *answering) serve(conn net.Conn) {
	defer conn.Close()
	chunk := make([]byte, 4<<10)
	for {
		n, err := conn.Read(chunk)
		a.mu.Lock()
		a.heard = append(a.heard, chunk[:n]...)
		a.mu.Unlock()
		for question, reply := range a.replies {
			if bytes.Contains(chunk[:n], []byte(question)) {
				_, _ = io.WriteString(conn, reply)
			}
		}
		if err != nil {
			return
		}
	}
}

func (a *answering) everything() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return string(a.heard)
}

func opened(t *testing.T, address string, o printer.Options) *printer.Printer {
	t.Helper()
	o.DPI, o.Medium = 203, page.Label
	p, err := printer.Open("tcp:"+address, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// Each language's machine is asked, over a network, how it is.
func TestStateIsWhatThePrinterAnswers(t *testing.T) {
	for _, c := range []struct {
		now  state.Condition
		said map[string]string // by language
	}{
		{0, map[string]string{"zpl": "ready", "escpos": "ready", "tspl": "ready"}},
		{state.PaperOut, map[string]string{"zpl": "paper_out", "escpos": "paper_out", "tspl": "paper_out"}},
		{state.HeadOpen, map[string]string{"zpl": "head_open", "escpos": "head_open", "tspl": "head_open"}},
		{state.Paused, map[string]string{"zpl": "paused", "escpos": "offline", "tspl": "paused"}},
	} {
		for lang, want := range c.said {
			now := func() state.State { return state.State{Told: true, Now: c.now} }
			machine := map[string]interface {
				Serve(ctx context.Context, listener net.Listener, onLabel func(int, *page.Page) error) error
			}{
				"zpl": virtual.ZPL{DPI: 203, Now: now}, "escpos": virtual.ESCPOS{DPI: 203, Now: now}, "tspl": virtual.TSPL{DPI: 203, Now: now},
			}[lang]
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			served := make(chan error, 1)
			go func() {
				served <- machine.Serve(ctx, listener, func(int, *page.Page) error { return nil })
			}()
			p := opened(t, listener.Addr().String(), printer.Options{Lang: lang, Setup: printer.Setup{Answers: true}})
			for range 2 {
				if got, err := p.State(t.Context()); err != nil || got.String() != want {
					t.Errorf("%s: %v, %v, want %s", lang, got, err, want)
				}
			}
			stop()
			if err := <-served; err != nil {
				t.Errorf("%s: %v", lang, err)
			}
		}
	}
}

// To a printer that nobody said answers, nothing but labels goes; Probe asks it all the same.
func TestNothingIsAskedUnlessThePrinterAnswers(t *testing.T) {
	a := newAnswering(t, map[string]string{"\x1b!?": "\x04"})
	p := opened(t, a.listener.Addr().String(), printer.Options{Lang: "tspl", Interrupted: true})
	if got, err := p.State(t.Context()); err != nil || got.Told {
		t.Errorf("%v, %v", got, err)
	}
	label := p.Encode(page.New(8, 8, 203))
	if _, err := p.Send(t.Context(), label); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Probe(t.Context()); err != nil || got.String() != "paper_out" {
		t.Errorf("%v, %v", got, err)
	}
	if heard := a.everything(); heard != string(label)+"\x1b!?" {
		t.Errorf("heard %q", heard)
	}
}

const hostStatus = "\x02030,0,0,1200,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"

func TestPrintersThatAnswerOtherwise(t *testing.T) {
	for name, c := range map[string]struct {
		lang    string
		replies map[string]string
		want    string
		key     string
	}{
		"silent":                    {"zpl", nil, "unknown", ""},
		"only ~HS":                  {"zpl", map[string]string{"~HS": hostStatus}, "ready", ""},
		"only ~HQES":                {"zpl", map[string]string{"~HQES": "\x02\r\n   ERRORS:         1 00000000 00000005\r\n\x03"}, "paper_out,head_open", ""},
		"both":                      {"zpl", map[string]string{"~HS": hostStatus + "ERRORS: 1 00000000 00010000\r\n"}, "paused", ""},
		"half an answer":            {"zpl", map[string]string{"~HS": hostStatus[:50]}, "unknown", "printer.answer"},
		"another language's answer": {"escpos", map[string]string{"\x10\x04": hostStatus}, "unknown", "printer.answer"},
		"too much":                  {"tspl", map[string]string{"\x1b!?": "\x00\x00"}, "unknown", "printer.answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // it mostly waits
			a := newAnswering(t, c.replies)
			p := opened(t, a.listener.Addr().String(), printer.Options{Lang: c.lang, Setup: printer.Setup{Answers: true}})
			if got, err := p.State(t.Context()); got.String() != c.want || keyOf(err) != c.key || (err == nil) != (c.key == "") {
				t.Errorf("%v, %v, want %s %s", got, err, c.want, c.key)
			}
		})
	}
}

func TestAPrinterThatIsNotThereIsSaid(t *testing.T) {
	a := newAnswering(t, nil)
	a.listener.Close()
	for _, answers := range []bool{false, true} {
		p := opened(t, a.listener.Addr().String(), printer.Options{Setup: printer.Setup{Answers: answers}})
		if got, err := p.State(t.Context()); got.Told || keyOf(err) != "printer.absent" {
			t.Errorf("%v, %v", got, err)
		}
		if got, err := p.Identify(t.Context()); got.Told() || keyOf(err) != "printer.absent" {
			t.Errorf("%v, %v", got, err)
		}
	}
}

func TestALinkThatCannotAskSaysNothing(t *testing.T) {
	p, err := printer.Open("file:"+t.TempDir(), options)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := p.Probe(t.Context()); err != nil || got.Told {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := p.Identify(t.Context()); err != nil || got.Told() {
		t.Errorf("%v, %v", got, err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

func TestPrintersSayWhatTheyAre(t *testing.T) {
	for _, c := range []struct {
		lang, question, reply string
		want                  state.Identity
	}{
		{"zpl", "~HI\r\n", "\x02ZD421-300dpi,V84.20.18Z,12,8192KB,0\x03\r\n", state.Identity{Model: "ZD421-300dpi", Firmware: "V84.20.18Z", DotsPerMM: 12, MemoryKB: 8192}},
		{"tspl", "~!T\r\n", "TTP-244 Pro\r\n", state.Identity{Model: "TTP-244 Pro"}},
		{"tspl", "~!T\r\n", "BY-480BT", state.Identity{Model: "BY-480BT"}},
		{"escpos", "\x1dIC", "\x5fTM-L90\x00", state.Identity{Model: "TM-L90"}},
		{"zpl", "~HI", "", state.Identity{}},
	} {
		t.Run(c.reply, func(t *testing.T) {
			t.Parallel()
			a := newAnswering(t, map[string]string{c.question: c.reply})
			p := opened(t, a.listener.Addr().String(), printer.Options{Lang: c.lang})
			if got, err := p.Identify(t.Context()); err != nil || got != c.want {
				t.Errorf("%+v, %v, want %+v", got, err, c.want)
			}
			if heard := a.everything(); !strings.HasPrefix(heard, c.question) {
				t.Errorf("heard %q", heard)
			}
		})
	}
}

// While a label is on its way, nobody asks: that a printer says nothing then is no error.
func TestStateWhileALabelIsOnItsWay(t *testing.T) {
	t.Parallel() // it mostly waits
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	p := opened(t, listener.Addr().String(), printer.Options{Setup: printer.Setup{Answers: true}})
	if err := p.Reach(t.Context()); err != nil { // and it reads nothing
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	sent := make(chan error, 1)
	go func() {
		_, err := p.Send(ctx, make([]byte, 32<<20))
		sent <- err
	}()
	time.Sleep(50 * time.Millisecond) // until it has begun; otherwise the printer is merely silent
	if got, err := p.State(t.Context()); err != nil || got.Told {
		t.Errorf("%v, %v", got, err)
	}
	stop()
	<-sent
}
