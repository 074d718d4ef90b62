package zpl_test

import (
	"errors"
	"io"
	"testing"

	"packbench/printer/state"
	"packbench/printer/zpl"
)

func TestIdentity(t *testing.T) {
	zd421 := state.Identity{Model: "ZD421-300dpi", Firmware: "V84.20.18Z", DotsPerMM: 12, MemoryKB: 8192}
	garbled := errors.New("anything else")
	for _, c := range []struct {
		answer string
		want   state.Identity
		err    error
	}{
		{"\x02ZD421-300dpi,V84.20.18Z,12,8192KB,0\x03\r\n", zd421, nil},
		{"\x02ZD421-300dpi,V84.20.18Z,12,8192KB\x03\r\n", zd421, nil},
		{"ZD421-300dpi,V84.20.18Z,12,8192KB,0\r\n", zd421, nil},
		{"\r\nhello\r\nZD421-300dpi,V84.20.18Z,12,8192KB,0\r\n", zd421, nil},
		{"\x021234,0\x03\r\n\x02ZD421-300dpi,V84.20.18Z,12,8192KB,0\x03\r\n", zd421, nil},
		{"\x02GK888\x00t ,V61,8,?\x03", state.Identity{Model: "GK888t", Firmware: "V61", DotsPerMM: 8}, nil},
		{"\x02GK888t,V61,8,-5KB\x03", state.Identity{Model: "GK888t", Firmware: "V61", DotsPerMM: 8}, nil},
		{"", state.Identity{}, zpl.ErrNoAnswer},
		{"\r\n", state.Identity{}, zpl.ErrNoAnswer},
		{"hello\r\n", state.Identity{}, zpl.ErrNoAnswer},
		{"\x02ZD421-300dpi,V84.20", state.Identity{}, io.ErrUnexpectedEOF},
		{"ZD421-300dpi,V84.20.18Z,12,8192KB", state.Identity{}, io.ErrUnexpectedEOF},
		{"\x02ZD421-300dpi,V84.20.18Z,many,8192KB,0\x03", state.Identity{}, garbled},
		{"\x02ZD421-300dpi,V84.20.18Z,0,8192KB,0\x03", state.Identity{}, garbled},
		{"\x02,V84.20.18Z,12,8192KB,0\x03", state.Identity{}, garbled},
	} {
		got, err := zpl.Identity([]byte(c.answer))
		if got != c.want {
			t.Errorf("%q: %+v, want %+v", c.answer, got, c.want)
		}
		switch {
		case c.err == garbled:
			if err == nil || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, zpl.ErrNoAnswer) {
				t.Errorf("%q: %v", c.answer, err)
			}
		case !errors.Is(err, c.err):
			t.Errorf("%q: %v, want %v", c.answer, err, c.err)
		}
	}
}

func TestWhole(t *testing.T) {
	const host = "\x02030,0,0,1200,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
	const errs = "\x02\r\n  PRINTER STATUS\r\n   ERRORS:         0 00000000 00000000\r\n"
	for answer, want := range map[string]bool{"": false, host: false, errs: false, host + errs: true, errs + "\x03" + host: true, host + errs[:40]: false} {
		if got := zpl.Whole([]byte(answer)); got != want {
			t.Errorf("%q: %v", answer, got)
		}
	}
}

func FuzzIdentity(f *testing.F) {
	f.Add([]byte("\x02ZD421-300dpi,V84.20.18Z,12,8192KB,0\x03\r\n"))
	f.Add([]byte("\r\nhello\r\nGK888t,V61,8,512KB\r\n"))
	f.Fuzz(func(t *testing.T, answer []byte) {
		id, err := zpl.Identity(answer)
		if (err == nil) != id.Told() || err == nil && (id.Model == "" || id.DotsPerMM < 1 || id.DotsPerMM > 99 || id.MemoryKB < 0) {
			t.Fatalf("%q: %+v, %v", answer, id, err)
		}
	})
}
