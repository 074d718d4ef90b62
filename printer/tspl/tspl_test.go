package tspl_test

import (
	"errors"
	"io"
	"testing"

	"packbench/internal/page"
	"packbench/printer/medium"
	"packbench/printer/state"
	"packbench/printer/tspl"
)

func TestEncode(t *testing.T) {
	small := page.New(9, 2, 203)
	small.Set(0, 0)
	small.Set(8, 1)
	small.Bits[3] |= 0x7f // beyond the width
	const picture = "CLS\r\nBITMAP 0,0,2,2,0,\x7f\xff\xff\x7f\r\nPRINT 1,1\r\n"
	fine := page.New(1181, 1, 300)
	for _, c := range []struct {
		name     string
		page     *page.Page
		settings tspl.Settings
		want     string
	}{
		{"nothing set", small, tspl.Settings{}, "\r\nSIZE 1.125 mm,0.25 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\n" + picture},
		{"everything set", small, tspl.Settings{Darkness: 15, Speed: 6, Tracking: medium.Mark, GapMM: 3.5, Taking: medium.Peel},
			"\r\nSIZE 1.125 mm,0.25 mm\r\nBLINE 3.5 mm,0 mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\nDENSITY 15\r\nSPEED 6\r\nSET PEEL ON\r\n" + picture},
		{"a roll, torn off", small, tspl.Settings{Tracking: medium.Continuous, Taking: medium.Tear},
			"\r\nSIZE 1.125 mm,0.25 mm\r\nGAP 0 mm,0 mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\nSET PEEL OFF\r\nSET TEAR ON\r\n" + picture},
	} {
		if got := string(tspl.Encode(c.page, c.settings)); got != c.want {
			t.Errorf("%s:\n%q, want\n%q", c.name, got, c.want)
		}
	}
	if got, want := string(tspl.Encode(fine, tspl.Settings{})[:40]), "\r\nSIZE 99.991 mm,0.085 mm\r\nGAP 2 mm,0 mm"; got != want {
		t.Errorf("at 300 dpi: %q, want %q", got, want)
	}
}

func TestStatus(t *testing.T) {
	told := func(now state.Condition, unknown uint64) state.State {
		return state.State{Told: true, Now: now, Unknown: unknown, Held: state.HeldUnknown}
	}
	for b, want := range map[byte]state.State{
		0x00: told(0, 0),
		0x01: told(state.HeadOpen, 0),
		0x02: told(state.PaperJam, 0),
		0x04: told(state.PaperOut, 0),
		0x05: told(state.PaperOut|state.HeadOpen, 0),
		0x08: told(state.RibbonOut, 0),
		0x0b: told(state.RibbonOut|state.PaperJam|state.HeadOpen, 0),
		0x10: told(state.Paused, 0),
		0x20: told(state.Busy, 0),
		0x40: told(state.HeadOpen, 0),
		0x80: told(0, 0x80),
		0xa0: told(state.Busy, 0x80),
	} {
		if got, err := tspl.Status([]byte{b}); got != want || err != nil {
			t.Errorf("%#02x: %v, %v, want %v", b, got, err, want)
		}
	}
	if s, err := tspl.Status(nil); s.Told || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("no answer is %v, %v", s, err)
	}
	if s, err := tspl.Status([]byte{0, 0}); s.Told || err == nil || errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("two answers are %v, %v", s, err)
	}
}

func FuzzStatus(f *testing.F) {
	f.Add([]byte{0x05})
	f.Add([]byte{0x00, 0x00})
	f.Fuzz(func(t *testing.T, answer []byte) {
		s, err := tspl.Status(answer)
		if (err == nil) != s.Told || err == nil && (len(answer) != 1 || s.Ready() != (answer[0] == 0)) {
			t.Fatalf("%q: %+v, %v", answer, s, err)
		}
	})
}
