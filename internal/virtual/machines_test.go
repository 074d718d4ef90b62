package virtual_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/internal/page"
	"packbench/internal/virtual"
	"packbench/printer/escpos"
	"packbench/printer/medium"
	"packbench/printer/state"
	"packbench/printer/tspl"
	"packbench/printer/zpl"
)

// drawing is a machine.
type drawing interface {
	Decode(stream []byte) ([]*page.Page, error)
	Serve(ctx context.Context, listener net.Listener, onLabel func(n int, p *page.Page) error) error
}

// exactly is the size whose dots are the page's.
func exactly(p *page.Page) page.Size {
	perMM := page.DotsPerMM(p.DPI)
	return page.Size{WidthMM: float64(p.Width) / perMM, HeightMM: float64(p.Height) / perMM}
}

var (
	trackings = []medium.Tracking{"", medium.Gap, medium.Mark, medium.Continuous}
	takings   = []medium.Taking{"", medium.Tear, medium.Peel}
)

// spoken is a page in a language, with any settings, and a machine for it.
func spoken(t *rapid.T, lang string, p *page.Page) ([]byte, drawing) {
	tracking, taking := rapid.SampledFrom(trackings).Draw(t, "tracking"), rapid.SampledFrom(takings).Draw(t, "taking")
	switch lang {
	case "escpos":
		return escpos.Encode(p, escpos.Settings{Tracking: tracking}), virtual.ESCPOS{DPI: p.DPI, Medium: exactly(p)}
	case "tspl":
		return tspl.Encode(p, tspl.Settings{
			Darkness: rapid.IntRange(0, tspl.MaxDarkness).Draw(t, "darkness"), Speed: rapid.IntRange(0, tspl.MaxSpeed).Draw(t, "speed"),
			Tracking: tracking, GapMM: rapid.Float64Range(0, tspl.MaxGap).Draw(t, "gap"), Taking: taking,
		}), virtual.TSPL{DPI: p.DPI, Medium: page.Label}
	}
	return zpl.Encode(p, zpl.Settings{
		Darkness: rapid.IntRange(-zpl.MaxDarkness, zpl.MaxDarkness).Draw(t, "darkness"), Speed: rapid.SampledFrom([]int{0, 2, 6, 14}).Draw(t, "speed"),
		Tracking: tracking, Taking: taking, Encoding: zpl.Encoding(strings.TrimPrefix(lang, "zpl ")),
	}), virtual.ZPL{DPI: p.DPI, Medium: page.Label}
}

var spokenLanguages = []string{"zpl acs", "zpl hex", "zpl z64", "escpos", "tspl"}

func TestWhatIsEncodedIsDrawnAgain(t *testing.T) {
	for _, lang := range spokenLanguages {
		t.Run(lang, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				p := anyPage(t)
				label, machine := spoken(t, lang, p)
				pages, err := machine.Decode(append(label, label...))
				if err != nil {
					t.Fatal(err)
				}
				if len(pages) != 2 || !same(pages[0], p) || !same(pages[1], p) {
					t.Fatalf("another page came back (%d pages)", len(pages))
				}
			})
		})
	}
}

// TestNothingIsDrawnOfACutLabel cuts each language's label anywhere: what is missing must show, and nothing may panic.
func TestNothingIsDrawnOfACutLabel(t *testing.T) {
	for _, lang := range spokenLanguages {
		t.Run(lang, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				label, machine := spoken(t, lang, anyPage(t))
				whole := len(bytes.TrimRight(label, "\r\n"))
				cut := rapid.IntRange(1, whole-1).Draw(t, "cut")
				pages, err := machine.Decode(label[:cut])
				// A label that has not begun is no half of one: settings alone put nothing on paper.
				if len(pages) > 0 {
					t.Fatalf("%d labels of %d bytes of %d", len(pages), cut, whole)
				}
				for _, begun := range []string{"^XA", "\x1dv0", "BITMAP"} {
					if err == nil && bytes.Contains(label[:cut], []byte(begun)) {
						t.Fatalf("%d bytes of %d are no label, and nobody says so", cut, whole)
					}
				}
			})
		})
	}
}

func TestDecodeESCPOS(t *testing.T) {
	machine := virtual.ESCPOS{DPI: 203, Medium: page.Size{WidthMM: 1.25, HeightMM: 0.375}} // 10 × 3 dots
	const (
		row    = "\x1dv0\x00\x01\x00\x01\x00"
		square = row + "\xff" + row + "\x81"
	)
	for _, c := range []struct {
		name, stream string
		dots         []string
	}{
		{"two rows", "\x1b@" + square + "\x0c", []string{"########../#......#../.........."}},
		{"an empty label", "\x0c", []string{"........../........../.........."}},
		{"two labels", square + "\x0c" + row + "\x80\x0c", []string{"########../#......#../..........", "#........./........../.........."}},
		{"a cut", square + "\x1dVB\x00", []string{"########../#......#.."}},
		{"a cut of nothing", "\x1dVB\x00", nil},
		{"beyond the head", "\x1dv0\x00\x02\x00\x01\x00\xff\xff\x0c", []string{"##########/........../.........."}},
		{"beyond the label", square + square + "\x0c", []string{"########../#......#../########.."}},
		{"a question between rows", row + "\xff" + "\x10\x04\x01" + row + "\x81\x0c", []string{"########../#......#../.........."}},
		{"NULs between commands", "\x00\x1b@\x00\x00" + square + "\x00\x0c\x00", []string{"########../#......#../.........."}},
		{"commands that NULs break off", row + "\xff\x1b\x00\x1d\x00\x1dv\x00\x1dv0\x00\x01\x00\x00\x00" + row + "\x81\x0c", []string{"########../#......#../.........."}},
		{"a cut without its feed", square + "\x1dV\x00\x00", []string{"########../#......#.."}},
		{"what is on paper stays", row + "\xff\x1b@" + row + "\x81\x0c", []string{"########../#......#../.........."}},
		{"no end", square, nil},
		{"half a row", row, nil},
		{"double size", "\x1dv0\x01\x01\x00\x01\x00\xff\x0c", nil},
		{"no width", "\x1dv0\x00\x00\x00\x01\x00\x0c", nil},
		{"too many rows", "\x1dv0\x00\x01\x00\x00\x09" + strings.Repeat("\xff", 2304) + "\x0c", nil},
		{"text", "hello\x0c", nil},
		{"another command", "\x1bE\x01\x0c", nil},
		{"another question", "\x10\x04\x05", nil},
	} {
		wants(t, c.name, machine, c.stream, c.dots, c.name != "a cut of nothing")
	}
}

// wants draws a stream; no dots are an error where nothing is refused.
func wants(t *testing.T, name string, machine drawing, stream string, dots []string, noneIsAnError bool) {
	t.Helper()
	pages, err := machine.Decode([]byte(stream))
	if want := dots == nil && noneIsAnError; (err != nil) != want {
		t.Errorf("%s: %v", name, err)
	}
	var got []string
	for _, p := range pages {
		got = append(got, drawn(p))
	}
	if !slices.Equal(got, dots) {
		t.Errorf("%s: drawn %q, want %q", name, got, dots)
	}
}

func TestDecodeTSPL(t *testing.T) {
	machine := virtual.TSPL{DPI: 203, Medium: page.Size{WidthMM: 1, HeightMM: 0.25}} // 8 × 2 dots
	const (
		begin  = "SIZE 1.25 mm,0.25 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 0\r\nCLS\r\n" // 10 × 2 dots
		square = "BITMAP 0,0,1,2,0,\x00\x7e\r\n"
		once   = "PRINT 1,1\r\n"
	)
	for _, c := range []struct {
		name, stream string
		dots         []string
	}{
		{"a square", begin + square + once, []string{"########../#......#.."}},
		{"the size it has", "CLS\n" + square + once, []string{"########/#......#"}},
		{"the size in dots", "size 10 dot, 1 DOT\ncls\nbitmap 0,0,1,1,0,\x00\nprint 1\n", []string{"########.."}},
		{"the size in inches", "SIZE 0.05,0.01\nCLS\n" + square + once, []string{"########../#......#.."}},
		{"moved", begin + "BITMAP 4,1,1,1,0,\x00\r\n" + once, []string{"........../....######"}},
		{"from another origin", begin + "REFERENCE 1,1\r\nBITMAP 3,0,1,1,0,\x00\r\n" + once, []string{"........../....######"}},
		{"white overwrites", begin + square + "BITMAP 0,0,1,1,0,\xf0\r\n" + once, []string{"....####../#......#.."}},
		{"copies", begin + square + "PRINT 2,1\r\n", []string{"########../#......#..", "########../#......#.."}},
		{"the picture stays, and the label too", begin + square + once + "BITMAP 0,1,1,1,0,\x00\r\n" + once, []string{"########../#......#..", "########../########.."}},
		{"cleared between", begin + square + once + "CLS\r\n" + once, []string{"########../#......#..", "........../.........."}},
		{"data like commands", begin + "BITMAP 0,0,1,2,0,\r\n\r\n" + once, []string{"####..#.../####.#.#.."}},
		{"a question between", begin + "\x1b!?" + square + "\x1b!?" + once, []string{"########../#......#.."}},
		{"nonsense is passed over", begin + square + "PRI?\r\nBITMAP 0,0?\r\n\r\nPRINT 1,1\r?\r\n" + once, []string{"########../#......#.."}},
		{"data like nonsense", begin + "BITMAP 0,0,1,2,0,?\n" + once, []string{"##......../####.#.#.."}},
		{"nothing printed", begin + square, nil},
		{"a line without end", begin + square + "PRINT 1", nil},
		{"half a picture", begin + "BITMAP 0,0,1,2,0,\x00", nil},
		{"another mode", begin + "BITMAP 0,0,1,2,1,\x00\x00\r\n" + once, nil},
		{"no picture size", begin + "BITMAP 0,0,0,2,0,\r\n" + once, nil},
		{"values missing", begin + "BITMAP 0,0\r\n" + once, nil},
		{"not cleared", square + once, nil},
		{"nothing to print", once, nil},
		{"too many", begin + square + "PRINT 101,1\r\n", nil},
		{"no size", "SIZE x,1 mm\r\n", nil},
		{"not a size", "SIZE NaN mm,1 mm\r\n", nil},
		{"a vast size", "SIZE 9999 mm,1 mm\r\n", nil},
		{"a vast label", "SIZE 2500 mm,2500 mm\r\nCLS\r\n", nil},
		{"upside down", "DIRECTION 1\r\n", nil},
		{"another command", "TEXT 1,1,\"x\"\r\n", nil},
		{"another setting", "SET CUTTER ON\r\n", nil},
		{"another question", "\x1b!S", nil},
		{"noise", strings.Repeat("\x90", 300), nil},
	} {
		wants(t, c.name, machine, c.stream, c.dots, true)
	}
}

// language is how to speak with a machine.
type language struct {
	ask    string
	label  []byte
	status func([]byte) (state.State, error)
}

var states = []state.State{
	{Told: true}, {Told: true, Now: state.HeadOpen}, {Told: true, Now: state.PaperOut}, {Told: true, Now: state.PaperOut | state.HeadOpen},
}

func TestMachinesSayHowTheyAre(t *testing.T) {
	p := page.New(16, 8, 203)
	p.Set(3, 3)
	var now state.State
	tell := func() state.State { return now }
	for name, c := range map[string]struct {
		machine drawing
		language
		further []state.Condition
	}{
		"zpl": {virtual.ZPL{DPI: 203, Medium: exactly(p), Now: tell}, language{zpl.Ask, zpl.Encode(p, zpl.Settings{}), zpl.Status},
			[]state.Condition{state.Paused, state.RibbonOut, state.CutterFault, state.Overheated, state.TooCold, state.BufferFull, state.LabelInWay, state.Faulty}},
		"escpos": {virtual.ESCPOS{DPI: 203, Medium: exactly(p), Now: tell}, language{escpos.Ask, escpos.Encode(p, escpos.Settings{}), escpos.Status},
			[]state.Condition{state.CutterFault, state.Overheated, state.Faulty, state.Offline}},
		"tspl": {virtual.TSPL{DPI: 203, Medium: exactly(p), Now: tell}, language{tspl.Ask, tspl.Encode(p, tspl.Settings{}), tspl.Status},
			[]state.Condition{state.Paused, state.RibbonOut, state.PaperJam, state.Busy}},
	} {
		t.Run(name, func(t *testing.T) {
			labels := make(chan *page.Page, 1)
			conn := connected(t, c.machine, labels)
			all := slices.Clone(states)
			for _, further := range c.further {
				all = append(all, state.State{Told: true, Now: further})
			}
			for _, now = range all {
				if got := asked(t, conn, c.language); got.Now != now.Now || !got.Told || got.Unknown != 0 {
					t.Errorf("says %v, is %v", got, now)
				}
				if _, err := conn.Write(c.label); err != nil {
					t.Fatal(err)
				}
				if got := <-labels; !same(got, p) {
					t.Error("another label came out")
				}
			}
		})
	}
}

// connected serves a machine on a port of its own until the test ends, and dials it.
func connected(t *testing.T, machine drawing, labels chan<- *page.Page) net.Conn {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- machine.Serve(ctx, listener, func(_ int, p *page.Page) error { labels <- p; return nil })
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// asked reads the answer byte by byte until it is whole, as one does over a slow line.
func asked(t *testing.T, conn net.Conn, l language) state.State {
	t.Helper()
	if _, err := io.WriteString(conn, l.ask); err != nil {
		t.Fatal(err)
	}
	var answer []byte
	for one := make([]byte, 1); ; {
		if _, err := conn.Read(one); err != nil {
			t.Fatal(err)
		}
		answer = append(answer, one[0])
		// The last of ZPL's two answers ends with ETX; the other languages' have a fixed length.
		if bytes.Contains([]byte(l.ask), []byte("~HQES")) && !bytes.HasSuffix(answer, []byte("\r\n\x03")) {
			continue
		}
		if s, err := l.status(answer); err == nil {
			return s
		}
	}
}

func TestAMuteMachineSaysNothing(t *testing.T) {
	mute := func() state.State { return state.State{} }
	p := page.New(16, 8, 203)
	for name, c := range map[string]struct {
		machine drawing
		stream  string
	}{
		"zpl":    {virtual.ZPL{DPI: 203, Medium: exactly(p), Now: mute}, zpl.Ask + string(zpl.Encode(p, zpl.Settings{}))},
		"escpos": {virtual.ESCPOS{DPI: 203, Medium: exactly(p), Now: mute}, escpos.Ask + string(escpos.Encode(p, escpos.Settings{}))},
		"tspl":   {virtual.TSPL{DPI: 203, Medium: exactly(p), Now: mute}, tspl.Ask + string(tspl.Encode(p, tspl.Settings{}))},
	} {
		t.Run(name, func(t *testing.T) {
			labels := make(chan *page.Page, 1)
			conn := connected(t, c.machine, labels)
			if _, err := io.WriteString(conn, c.stream); err != nil {
				t.Fatal(err)
			}
			if !same(<-labels, p) {
				t.Error("another label came out")
			}
			if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
				t.Fatal(err)
			}
			if said, err := io.ReadAll(conn); err != nil || len(said) > 0 {
				t.Errorf("said %q, %v", said, err)
			}
		})
	}
}

func TestAGarbledStreamIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		machine drawing
		stream  string
	}{
		"escpos": {virtual.ESCPOS{DPI: 203, Medium: page.Label}, "\x1b@\x1dv0\x09"},
		"tspl":   {virtual.TSPL{DPI: 203, Medium: page.Label}, "SIZE 100 mm,150 mm\r\nCLX\r\n"},
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.machine.Serve(t.Context(), listener, func(int, *page.Page) error { return nil }) }()
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, c.stream+"\x00\x00\x00\x00"); err != nil {
			t.Fatal(err)
		}
		if err := <-ended; err == nil {
			t.Errorf("%s: took it", name)
		}
		conn.Close()
	}
}

func FuzzESCPOS(f *testing.F) {
	machine := virtual.ESCPOS{DPI: 203, Medium: page.Size{WidthMM: 12, HeightMM: 5}}
	f.Add([]byte("\x1b@\x1dv0\x00\x01\x00\x02\x00\xff\x81\x0c"))
	f.Add([]byte("\x10\x04\x01\x1dv0\x00\x01\x00\x01\x00\x80\x1dVB\x00"))
	f.Add(escpos.Encode(numbered(-4), escpos.Settings{}))
	f.Fuzz(func(t *testing.T, stream []byte) {
		again(t, machine, stream, func(p *page.Page) []byte { return escpos.Encode(p, escpos.Settings{Tracking: medium.Continuous}) })
	})
}

func FuzzTSPL(f *testing.F) {
	machine := virtual.TSPL{DPI: 203, Medium: page.Size{WidthMM: 12, HeightMM: 5}}
	f.Add([]byte("SIZE 1.25 mm,0.25 mm\r\nGAP 2 mm,0\r\nCLS\r\nBITMAP 0,0,1,2,0,\x00\x7e\r\nPRINT 1,1\r\n"))
	f.Add([]byte("SIZE 10 dot,1 dot\ncls\nREFERENCE 1,1\nbitmap 0,0,1,1,0,\x00\nprint 2\n\x1b!?"))
	f.Add(tspl.Encode(numbered(3), tspl.Settings{Darkness: 5, Speed: 4, Taking: medium.Peel}))
	f.Fuzz(func(t *testing.T, stream []byte) {
		again(t, machine, stream, func(p *page.Page) []byte { return tspl.Encode(p, tspl.Settings{}) })
	})
}

// again checks that what a machine draws of any bytes is a page that comes back from the language.
func again(t *testing.T, machine drawing, stream []byte, encode func(p *page.Page) []byte) {
	pages, err := machine.Decode(stream)
	if err != nil {
		return
	}
	for _, p := range pages {
		back, err := machine.Decode(encode(p))
		if err != nil || len(back) != 1 || !same(back[0], p) {
			t.Fatalf("drawn, encoded and drawn again it is another page: %v", fmt.Sprint(err))
		}
	}
}
