package printer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"testing"
	"time"

	"packbench/internal/page"
	"packbench/internal/testkit"
	"packbench/internal/virtual"
	"packbench/printer"
	"packbench/printer/link/linktest"
	"packbench/printer/zpl"
)

type decoding interface {
	Decode([]byte) ([]*page.Page, error)
}

var halfSize = page.Size{WidthMM: 100, HeightMM: 150}

// lined is a page with a line of its own.
func lined(number int) *page.Page {
	p := page.New(800, 1200, 203)
	for i := range 700 {
		p.Set(i+number, i*3/2+number)
		p.Set(799-i, i+7*number)
	}
	return p
}

// A label that broke off at a serial printer, which stays in the middle of it, does not run into the next one, whether the program goes on or
// died; the same label goes on where it stopped.
func TestHalfALabelAtASerialPrinter(t *testing.T) {
	for lang, machine := range map[string]decoding{
		"zpl":    virtual.ZPL{DPI: 203, Medium: halfSize},
		"escpos": virtual.ESCPOS{DPI: 203, Medium: halfSize},
		"tspl":   virtual.TSPL{DPI: 203, Medium: halfSize},
	} {
		for _, then := range []string{"another label", "the same label", "the program dies"} {
			t.Run(lang+", "+then, func(t *testing.T) {
				t.Parallel()
				pty, taker := testkit.NewPty(t), linktest.NewTaker()
				taken := make(chan struct{})
				go func() { defer close(taken); taker.Take(pty.Far) }()
				defer func() { taker.End(); pty.Unplug(); <-taken }()
				open := func(interrupted bool) *printer.Printer {
					p, err := printer.Open(fmt.Sprintf("serial:%s?baud=20000000", pty.Name()), printer.Options{
						Lang: lang, DPI: 203, Medium: halfSize, Setup: printer.Setup{Answers: true, Encoding: hexFor(lang)}, Interrupted: interrupted,
					})
					if err != nil {
						t.Fatal(err)
					}
					return p
				}
				p := open(false)
				first, second := lined(1), lined(2)
				label := p.Encode(first)
				taker.Stop()
				n, err := 0, error(nil)
				for n == 0 && (err == nil || errors.Is(err, context.DeadlineExceeded)) { // a busy computer may not come to it
					ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
					n, err = p.Send(ctx, label)
					cancel()
				}
				if n == len(label) || !errors.Is(err, context.DeadlineExceeded) {
					t.Fatalf("sent %d of %d: %v", n, len(label), err)
				}
				if got, err := p.State(t.Context()); err != nil || got.Told {
					t.Errorf("within a label it is %v, %v", got, err)
				}
				taker.Start()
				if then == "the program dies" {
					if err := p.Close(); err != nil {
						t.Fatal(err)
					}
					p = open(true)
				}
				next := p.Encode(second)
				if then == "the same label" {
					next = label
				}
				if n, err := p.Send(t.Context(), next); n != len(next) || err != nil {
					t.Fatalf("sent %d of %d: %v", n, len(next), err)
				}
				if err := p.Close(); err != nil {
					t.Fatal(err)
				}
				drawn, err := machine.Decode(arrived(t, taker, next))
				if err != nil || len(drawn) == 0 {
					t.Fatalf("%d labels, %v", len(drawn), err)
				}
				last, want := drawn[len(drawn)-1], second
				if then == "the same label" {
					want = first
				}
				if !bytes.Equal(last.Bits, want.Bits) {
					t.Error("the last label is not whole")
				}
				for _, before := range drawn[:len(drawn)-1] {
					if bytes.Equal(before.Bits, first.Bits) {
						t.Error("the half label came out whole")
					}
				}
				if then == "the same label" && len(drawn) != 1 {
					t.Errorf("%d labels came out", len(drawn))
				}
			})
		}
	}
}

// hexFor makes ZPL large enough to stall.
func hexFor(lang string) zpl.Encoding {
	if lang == "zpl" {
		return "hex"
	}
	return ""
}

// arrived waits until all has arrived up to the end of a label, which no other ends alike.
func arrived(t *testing.T, taker *linktest.Taker, label []byte) []byte {
	t.Helper()
	tail := label[len(label)/2:]
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		got := taker.Received(t, 0)
		if bytes.HasSuffix(got, tail) {
			return got
		}
		if time.Now().After(late) {
			t.Fatalf("%d bytes arrived, and not the label", len(got))
		}
	}
}

// Over a network what ends a half label goes ahead of the next one only where the printer answers.
func TestHalfALabelAtANetworkPrinter(t *testing.T) {
	for _, answers := range []bool{false, true} {
		t.Run(fmt.Sprint(answers), func(t *testing.T) {
			t.Parallel()
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer listener.Close()
			p := opened(t, listener.Addr().String(), printer.Options{Setup: printer.Setup{Answers: answers}})
			ctx, cancel := context.WithCancel(t.Context())
			dead := make(chan net.Conn, 1)
			go func() {
				conn, err := listener.Accept()
				if err == nil {
					_, err = conn.Read(make([]byte, 1))
				}
				if err != nil {
					t.Error(err)
				}
				cancel()
				dead <- conn
			}()
			half := bytes.Repeat([]byte("^XA"), 10<<20)
			if n, err := p.Send(ctx, half); n == 0 || n == len(half) || !errors.Is(err, context.Canceled) {
				t.Fatalf("sent %d: %v", n, err)
			}
			if conn := <-dead; conn != nil {
				conn.Close()
			}
			label := p.Encode(lined(1))
			if _, err := p.Send(t.Context(), label); err != nil {
				t.Fatal(err)
			}
			conn, err := listener.Accept()
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			want := label
			if answers {
				want = append([]byte("~JX\r\n"), label...)
			}
			taker := linktest.NewTaker()
			go taker.Take(conn)
			if got := taker.Received(t, len(want)); !bytes.Equal(got, want) {
				t.Errorf("%d bytes arrived instead of %d: %.20q", len(got), len(want), got)
			}
		})
	}
}
