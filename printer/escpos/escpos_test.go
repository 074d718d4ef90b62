package escpos_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"packbench/internal/page"
	"packbench/printer/escpos"
	"packbench/printer/medium"
	"packbench/printer/state"
)

func TestEncode(t *testing.T) {
	p := page.New(9, 25, 203)
	p.Set(0, 0)
	p.Set(8, 23)
	p.Set(8, 24)
	p.Bits[49] |= 0x7f // beyond the width
	first := make([]byte, 48)
	first[0], first[47] = 0x80, 0x80
	want := "\x1b@" + "\x1dv0\x00\x02\x00\x18\x00" + string(first) + "\x1dv0\x00\x02\x00\x01\x00" + "\x00\x80"
	for tracking, end := range map[medium.Tracking]string{"": "\x0c", medium.Gap: "\x0c", medium.Mark: "\x0c", medium.Continuous: "\x1dVB\x00"} {
		if got := escpos.Encode(p, escpos.Settings{Tracking: tracking}); string(got) != want+end {
			t.Errorf("%q: %q, want %q", tracking, got, want+end)
		}
	}
}

func TestAWideLabelSaysItsWidthInTwoBytes(t *testing.T) {
	if got := escpos.Encode(page.New(8*300, 1, 203), escpos.Settings{}); !bytes.HasPrefix(got, []byte("\x1b@\x1dv0\x00\x2c\x01\x01\x00")) {
		t.Errorf("%q", got[:10])
	}
}

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		answer string
		want   state.Condition
		err    string
	}{
		{"\x12\x12\x12\x12", 0, ""},
		{"\x76\x12\x16\x1e", 0, ""}, // a drawer, bits that mean nothing, a roll near its end
		{"\x1a\x12\x12\x12", state.Offline, ""},
		{"\x1a\x52\x12\x12", state.Offline, ""},
		{"\x1a\x16\x52\x12", state.HeadOpen, ""},
		{"\x1a\x32\x12\x72", state.PaperOut, ""},
		{"\x12\x12\x12\x72", state.PaperOut, ""},
		{"\x1a\x36\x12\x72", state.PaperOut | state.HeadOpen, ""},
		{"\x1a\x52\x52\x12", state.Overheated, ""},
		{"\x1a\x52\x1a\x12", state.CutterFault, ""},
		{"\x1a\x52\x32\x12", state.Faulty, ""},
		{"\x1a\x1a\x12\x12", state.Busy, ""},
		{"", 0, "EOF"},
		{"\x12\x12\x12", 0, "EOF"},
		{"\x12\x12\x12\x12\x12", 0, "5 bytes"},
		{"\x12\x12\x00\x12", 0, "DLE EOT 3"},
		{"\x13", 0, "DLE EOT 1"}, // XOFF
	} {
		got, err := escpos.Status([]byte(c.answer))
		want := state.State{Told: true, Now: c.want, Held: state.HeldUnknown}
		if c.err != "" {
			want = state.State{}
		}
		if got != want {
			t.Errorf("%q: %v, want %v", c.answer, got, want)
		}
		if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) || errors.Is(err, io.ErrUnexpectedEOF) != (c.err == "EOF") {
			t.Errorf("%q: %v, want %q", c.answer, err, c.err)
		}
	}
}

func FuzzStatus(f *testing.F) {
	f.Add([]byte("\x12\x12\x12\x12"))
	f.Add([]byte("\x1a\x36\x52\x72"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		s, err := escpos.Status(answer)
		if (err == nil) != s.Told || err == nil && len(answer) != 4 {
			t.Fatalf("%q: %+v, %v", answer, s, err)
		}
	})
}
