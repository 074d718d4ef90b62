package escpos_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"packbench/printer/escpos"
	"packbench/printer/medium"
)

func TestIdentity(t *testing.T) {
	for _, c := range []struct {
		answer, model string
		waits         bool
	}{
		{"\x5fTM-L90\x00", "TM-L90", false},
		{"\x12\x5fTM-L90\x00\x12", "TM-L90", false},
		{"\x5fTM_L90\x00", "TM_L90", false},
		{"\x5fTM-L90", "", true},
		{"", "", true},
		{"TM-L90\x00", "", true},
		{"\x5f\x00", "", false},
	} {
		id, err := escpos.Identity([]byte(c.answer))
		if id.Model != c.model || (err == nil) != (c.model != "") || errors.Is(err, io.ErrUnexpectedEOF) != c.waits {
			t.Errorf("%q: %+v, %v", c.answer, id, err)
		}
	}
}

func TestResync(t *testing.T) {
	nuls := strings.Repeat("\x00", 8+24*100)
	for tracking, end := range map[medium.Tracking]string{"": "\x0c", medium.Gap: "\x0c", medium.Continuous: "\x1dVB\x00"} {
		if got := escpos.Resync(100, escpos.Settings{Tracking: tracking}); string(got) != nuls+"\x1b@"+end {
			t.Errorf("%q: %d bytes, %q", tracking, len(got), got[len(nuls):])
		}
	}
}

func FuzzIdentity(f *testing.F) {
	f.Add([]byte("\x5fTM-L90\x00"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		if id, err := escpos.Identity(answer); (err == nil) != id.Told() {
			t.Fatalf("%q: %+v, %v", answer, id, err)
		}
	})
}
