package scanner_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/scanner"
)

// came are the three codes as a scanner gave them, at a pace, with what ended them.
func came(pace time.Duration, suffix string, texts ...string) []scanner.Heard {
	var heard []scanner.Heard
	for _, text := range texts {
		var at []time.Time
		for i := range len(text) + len(suffix) {
			at = append(at, splitStart.Add(time.Duration(i)*pace))
		}
		heard = append(heard, scanner.Recording([]byte(text+suffix), at))
	}
	return heard
}

func TestCheck(t *testing.T) {
	const ms = time.Millisecond
	all := scanner.TestCodes
	for name, c := range map[string]struct {
		kind  scanner.Kind
		heard []scanner.Heard
		want  []scanner.Finding
		well  bool
	}{
		"a keyboard that is right":    {scanner.Wedge, came(3*ms, "\r", all...), nil, true},
		"serial, CR LF":               {scanner.Serial, came(0, "\r\n", all...), nil, true},
		"serial without suffix":       {scanner.Serial, came(0, "", all...), []scanner.Finding{scanner.NoSuffix}, true},
		"a keyboard without Enter":    {scanner.Wedge, came(3*ms, "", all...), []scanner.Finding{scanner.NoEnter}, false},
		"a keyboard with tab":         {scanner.Wedge, came(3*ms, "\t", all...), []scanner.Finding{scanner.NoEnter}, false},
		"input device with tab":       {scanner.Input, came(3*ms, "\t", all...), nil, true},
		"a slow keyboard":             {scanner.Wedge, came(40*ms, "\r", all...), []scanner.Finding{scanner.Slow}, false},
		"a slow serial port":          {scanner.Serial, came(40*ms, "\r", all...), nil, true},
		"German keyboard, right":      {scanner.Wedge, came(3*ms, "\r", "PBß0123456789", "yzYZaqwm-\"§", all[2]), []scanner.Finding{scanner.Qwertz}, false},
		"German keyboard, Caps Lock":  {scanner.Wedge, came(3*ms, "\r", "pbß0123456789", "YZyzAQWM-\"§", "10ab\x1d21CD"), []scanner.Finding{scanner.Qwertz, scanner.CapsLock}, false},
		"French keyboard":             {scanner.Wedge, came(3*ms, "\r", "PB)à&é\"'(-è_ç", "wyWYqaz,!23", "&àQB\x1dé&cd"), []scanner.Finding{scanner.Azerty}, false},
		"British keyboard":            {scanner.Wedge, came(3*ms, "\r", all[0], "zyZYaqwm/\"£", all[2]), []scanner.Finding{scanner.British}, false},
		"Caps Lock":                   {scanner.Wedge, came(3*ms, "\r", "pb-0123456789", "ZYzyAQWM/@#", "10ab\x1d21CD"), []scanner.Finding{scanner.CapsLock}, false},
		"separators left out":         {scanner.Wedge, came(3*ms, "\r", all[0], all[1], "10AB21cd"), []scanner.Finding{scanner.Separators}, true},
		"full width":                  {scanner.Wedge, came(1*ms, "\r", "ＰＢ－０１２３４５６７８９", "ｚｙＺＹａｑｗｍ／＠＃", "１０ＡＢ\x1d２１ｃｄ"), []scanner.Finding{scanner.FullWidth}, true},
		"Pinyin":                      {scanner.Wedge, came(3*ms, "\r", "PB——0123456789", "这样ZY啊、@#", "10AB21从的"), []scanner.Finding{scanner.Composed}, false},
		"AIM identifiers":             {scanner.Serial, came(0, "\r", "]C0"+all[0], "]C0"+all[1], "]C1"+all[2]), []scanner.Finding{scanner.Identifier}, true},
		"FNC1 before a GS1 code":      {scanner.Serial, came(0, "\r", all[0], all[1], "\x1d"+all[2]), nil, true},
		"STX before and ETX behind":   {scanner.Serial, came(0, "\x03\r", "\x02"+all[0], "\x02"+all[1], "\x02"+all[2]), nil, true},
		"characters missing":          {scanner.Wedge, came(3*ms, "\r", "PB-012346789", all[1], all[2]), []scanner.Finding{scanner.Cutoff}, false},
		"another code":                {scanner.Wedge, came(3*ms, "\r", "69365801422071", all[1], all[2]), []scanner.Finding{scanner.Unread}, false},
		"one did not come":            {scanner.Serial, came(0, "\r", all[0], "", all[2]), []scanner.Finding{scanner.Mute}, false},
		"two alone":                   {scanner.Serial, came(0, "\r", all[:2]...), []scanner.Finding{scanner.Mute}, false},
		"ended now so and now so":     {scanner.Serial, append(came(0, "\r", all[:2]...), came(0, "\n", all[2])...), []scanner.Finding{scanner.MixedEnds}, false},
		"nothing at all":              {scanner.Serial, nil, []scanner.Finding{scanner.Mute}, false},
		"several things at once":      {scanner.Wedge, came(50*ms, "\t", "pb-0123456789", "ZYzyAQWM/@#", "10ab21CD"), []scanner.Finding{scanner.CapsLock, scanner.Slow, scanner.NoEnter, scanner.Separators}, false},
		"identifiers of a full width": {scanner.Serial, came(0, "\r", "］Ｃ０ＰＢ－０１２３４５６７８９", all[1], all[2]), []scanner.Finding{scanner.FullWidth, scanner.Identifier}, true},
	} {
		r := scanner.Check(c.kind, c.heard)
		if diff := cmp.Diff(c.want, r.Findings); diff != "" || r.Well() != c.well {
			t.Errorf("%s: well %v, %s", name, r.Well(), diff)
		}
	}
}

func TestCheckMeasures(t *testing.T) {
	r := scanner.Check(scanner.Wedge, came(8*time.Millisecond, "\r\n", "]C0"+scanner.TestCodes[0], scanner.TestCodes[1], scanner.TestCodes[2]))
	if r.Gap != 8*time.Millisecond || r.Pause != 8*time.Millisecond || r.Suffix != "\r\n" || r.Identifier != "]C0" {
		t.Errorf("%+v", r)
	}
}

// What the check calls well comes out of Clean as the code that was printed, but for what it says is lost.
func TestWellMeansClean(t *testing.T) {
	for _, text := range []string{"]C0PB-0123456789", "ＰＢ－０１２３４５６７８９", "PB-0123456789", "\x02PB-0123456789"} {
		if got := scanner.Clean(text); got != scanner.TestCodes[0] {
			t.Errorf("%q is cleaned to %q", text, got)
		}
	}
}
