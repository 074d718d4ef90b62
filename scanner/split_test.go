package scanner_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"packbench/scanner"
)

var splitStart = time.Date(2026, 11, 20, 14, 48, 0, 0, time.UTC)

// short is what a reading says, for comparing.
func short(reads []scanner.Read) []string {
	said := []string{}
	for _, r := range reads {
		if r.Fault != "" {
			said = append(said, "!"+string(r.Fault))
		} else {
			said = append(said, r.Code)
		}
	}
	return said
}

// hear gives a splitter pieces, each after a pause; a piece "" is a cut.
type piece struct {
	after time.Duration
	bytes string
}

const cut = "\x00cut"

func hear(pieces ...piece) []string {
	var s scanner.Splitter
	var reads []scanner.Read
	now := splitStart
	for _, p := range pieces {
		now = now.Add(p.after)
		reads = append(reads, s.Lapse(now)...)
		if p.bytes == cut {
			reads = append(reads, s.Cut()...)
			continue
		}
		reads = append(reads, s.Take([]byte(p.bytes), now)...)
	}
	return short(append(reads, s.Lapse(now.Add(time.Hour))...))
}

func TestSplitter(t *testing.T) {
	const ms = time.Millisecond
	long := strings.Repeat("7", scanner.Longest)
	for name, c := range map[string]struct {
		pieces []piece
		want   []string
	}{
		"CR":                                  {[]piece{{0, "111\r222\r"}}, []string{"111", "222"}},
		"LF":                                  {[]piece{{0, "111\n222\n"}}, []string{"111", "222"}},
		"CRLF":                                {[]piece{{0, "111\r\n222\r\n"}}, []string{"111", "222"}},
		"CRLF torn":                           {[]piece{{0, "111\r"}, {time.Second, "\n222\r"}, {ms, "\n"}}, []string{"111", "222"}},
		"TAB":                                 {[]piece{{0, "111\t222\t"}}, []string{"111", "222"}},
		"STX, ETX":                            {[]piece{{0, "\x02111\x03\x02222\x03"}}, []string{"111", "222"}},
		"STX, ETX, CR":                        {[]piece{{0, "\x02111\x03\r\x02222\r\x03"}}, []string{"111", "222"}},
		"no suffix":                           {[]piece{{0, "111"}, {200 * ms, "222"}}, []string{"111", "222"}},
		"no suffix, in pieces":                {[]piece{{0, "11"}, {140 * ms, "1"}, {time.Second, "222"}}, []string{"111", "222"}},
		"half a code of one with suffix":      {[]piece{{0, "111\r22"}, {1100 * ms, "333\r"}}, []string{"111", "!half", "333"}},
		"a long pause within a code":          {[]piece{{0, "111\r22"}, {900 * ms, "2\r"}}, []string{"111", "222"}},
		"a new beginning within a code":       {[]piece{{0, "\x02111\x03\x0222\x02333\x03"}}, []string{"111", "!half", "333"}},
		"cut within a code":                   {[]piece{{0, "111\r22"}, {0, cut}, {0, "333\r"}}, []string{"111", "!half", "333"}},
		"cut between codes":                   {[]piece{{0, "111\r"}, {0, cut}, {0, "333\r"}}, []string{"111", "333"}},
		"cut before the silence":              {[]piece{{0, "111"}, {100 * ms, cut}, {0, "333"}}, []string{"!half", "333"}},
		"another scanner at the same plug":    {[]piece{{0, "111\r"}, {0, cut}, {0, "333"}}, []string{"111", "333"}},
		"the longest":                         {[]piece{{0, long + "\r"}}, []string{long}},
		"too long":                            {[]piece{{0, long + "77777\r222\r"}}, []string{"!too_long", "222"}},
		"too long without end":                {[]piece{{0, long + long + long}}, []string{"!too_long"}},
		"too long, cut":                       {[]piece{{0, long + "7"}, {0, cut}, {0, "222\r"}}, []string{"!too_long", "222"}},
		"bytes missing within a code":         {[]piece{{0, "111\r22\x182\r333\r"}}, []string{"111", "!half", "333"}},
		"bytes missing before a code":         {[]piece{{0, "111\r\x18222\r333\r"}}, []string{"111", "!half", "333"}},
		"the end of a code missing":           {[]piece{{0, "111\r22\x18"}, {1100 * ms, "333\r"}}, []string{"111", "!half", "333"}},
		"nothing but ends":                    {[]piece{{0, "\r\n\t\x02\x03 \r"}}, []string{}},
		"cleaned":                             {[]piece{{0, "]C1\x1d0106936580142207\x1d\r"}}, []string{"0106936580142207"}},
		"UTF-8":                               {[]piece{{0, "货架-3\r"}}, []string{"货架-3"}},
		"GBK":                                 {[]piece{{0, "\xbb\xf5\xbc\xdc-3\r"}}, []string{"货架-3"}},
		"Latin-1":                             {[]piece{{0, "CAF\xc9 9\r"}}, []string{"CAFÉ 9"}},
		"Latin-1 at the end":                  {[]piece{{0, "9 CAF\xc9\r"}}, []string{"9 CAFÉ"}},
		"full width of an input method, UTF8": {[]piece{{0, "ＪＭＸ７３\r"}}, []string{"JMX73"}},
	} {
		if diff := cmp.Diff(c.want, hear(c.pieces...)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// In whatever pieces the bytes come, and however long the system held them, the codes are the same.
func TestPiecesDoNotChangeTheCodes(t *testing.T) {
	alphabet := []byte("0123ABCé\r\r\n\t\x02\x03\x18\x1d] \xbb\xf5")
	rapid.Check(t, func(rt *rapid.T) {
		stream := rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 1500).Draw(rt, "stream")
		var whole scanner.Splitter
		want := short(append(whole.Take(stream, splitStart), whole.Cut()...))
		var torn scanner.Splitter
		got, now := []scanner.Read{}, splitStart
		for rest := stream; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(rt, "piece")
			now = now.Add(time.Duration(rapid.IntRange(0, 10_000).Draw(rt, "held")) * time.Millisecond)
			got = append(got, torn.Take(rest[:n], now)...)
			rest = rest[n:]
		}
		if diff := cmp.Diff(want, short(append(got, torn.Cut()...))); diff != "" {
			rt.Fatal(diff)
		}
	})
}

// Nothing a device sends makes a code that is not clean, or longer than a code may be.
func FuzzSplitter(f *testing.F) {
	f.Add([]byte("111\r\n222\t\x02333\x03"), 2)
	f.Add([]byte("\xbb\xf5\xbc\xdc\xff\r"), 1)
	f.Fuzz(func(t *testing.T, stream []byte, size int) {
		size = max(size, 1)
		var s scanner.Splitter
		now := splitStart
		var reads []scanner.Read
		for len(stream) > 0 {
			n := min(size, len(stream))
			reads = append(reads, s.Take(stream[:n], now)...)
			stream, now = stream[n:], now.Add(60*time.Millisecond)
			reads = append(reads, s.Lapse(now)...)
		}
		reads = append(reads, s.Lapse(now.Add(time.Hour))...)
		if !s.Due().IsZero() {
			t.Error("something is still waited for")
		}
		for _, r := range reads {
			if (r.Code == "") == (r.Fault == "") || scanner.Clean(r.Code) != r.Code || len(r.Code) > 6*scanner.Longest {
				t.Errorf("%+v", r)
			}
		}
	})
}
