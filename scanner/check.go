package scanner

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/width"
)

// TestCodes are what a scanner reads in its test, three Code 128 (paper.ScannerPage). Together they show what is between it and this program: signs and
// letters that stand elsewhere on other keyboards, capitals, and the separator of GS1 fields.
var TestCodes = []string{"PB-0123456789", `zyZYaqwm/@#`, "10AB\x1d21cd"}

// Heard is one test code as it came.
type Heard struct {
	Text   string // with everything but the suffix
	Suffix string // the characters that ended it; empty where silence did
	// Took is the time from the first character to the last, Pause the longest between two of them.
	Took, Pause time.Duration
}

// Recording makes one Heard of the bytes of a code and the time of each.
func Recording(b []byte, at []time.Time) (h Heard) {
	end := len(b)
	for end > 0 && strings.IndexByte("\r\n\t\x03", b[end-1]) >= 0 {
		end--
	}
	h.Text, h.Suffix = text(b[:end]), string(b[end:])
	for i := 1; i < end; i++ {
		h.Pause = max(h.Pause, at[i].Sub(at[i-1]))
		h.Took = at[i].Sub(at[0])
	}
	return h
}

// Finding is something about a scanner that its user should know.
type Finding string

// The findings. The first group keeps codes from being read right.
const (
	Qwertz     Finding = "qwertz" // the computer's keyboard is German, the scanner types on an American one
	Azerty     Finding = "azerty" // the same, French
	British    Finding = "british"
	CapsLock   Finding = "caps_lock" // capitals are small letters and the other way round
	Composed   Finding = "composed"  // an input method has made something else of it
	Unread     Finding = "unread"    // something else came, for no reason that is known
	Cutoff     Finding = "cut_off"   // characters are missing
	Mute       Finding = "mute"      // nothing came
	Slow       Finding = "slow"      // a keyboard's scans look typed by hand
	NoEnter    Finding = "no_enter"  // a keyboard's scan does not end
	NoSuffix   Finding = "no_suffix" // a code is known to be over only by silence
	MixedEnds  Finding = "mixed_ends"
	FullWidth  Finding = "full_width"  // read right all the same
	Separators Finding = "separators"  // those of GS1 fields do not come
	Identifier Finding = "identifiers" // AIM identifiers come, and are taken off
)

// Grave tells a finding with which the scanner cannot be worked with.
func (f Finding) Grave() bool {
	switch f {
	case NoSuffix, FullWidth, Separators, Identifier:
		return false
	}
	return true
}

// Report is what the test of a scanner came to.
type Report struct {
	// Gap is the mean time between two characters, Pause the longest.
	Gap, Pause time.Duration
	Suffix     string // as it came; empty where there is none, or not always the same
	Identifier string // the AIM identifier of its Code 128, such as ]C0
	Findings   []Finding
}

// Ending writes what ended the codes: CR, CR LF, TAB; - is nothing.
func (r Report) Ending() string {
	var names []string
	for _, c := range r.Suffix {
		names = append(names, map[rune]string{'\r': "CR", '\n': "LF", '\t': "TAB", '\x03': "ETX"}[c])
	}
	if len(names) == 0 {
		return "-"
	}
	return strings.Join(names, " ")
}

// Well tells whether the scanner can be worked with.
func (r Report) Well() bool {
	for _, f := range r.Findings {
		if f.Grave() {
			return false
		}
	}
	return true
}

// Between characters a scanner is slow from slowGap on in the mean and slowPause once: scanner/wedge takes it for a hand.
const (
	slowGap   = 35 * time.Millisecond
	slowPause = 120 * time.Millisecond
)

// Check tells from the test codes, heard in their order, how a scanner of a kind comes through.
func Check(kind Kind, heard []Heard) Report { return check(kind, TestCodes, heard) }

// check is Check of other codes than all.
func check(kind Kind, codes []string, heard []Heard) (r Report) {
	found := map[Finding]bool{}
	ends := map[string]bool{}
	characters := 0
	for i, want := range codes {
		if i >= len(heard) || heard[i].Text == "" {
			found[Mute] = true
			continue
		}
		h := heard[i]
		r.Pause = max(r.Pause, h.Pause)
		r.Gap += h.Took
		characters += len([]rune(h.Text)) - 1
		ends[h.Suffix] = true
		r.Suffix = h.Suffix
		identifier, rest := identified(h.Text)
		if identifier != "" {
			found[Identifier] = true
			if r.Identifier == "" {
				r.Identifier = identifier
			}
		}
		for _, f := range mistakes(want, rest) {
			found[f] = true
		}
	}
	if characters > 0 {
		r.Gap /= time.Duration(characters)
	}
	switch {
	case len(ends) > 1:
		r.Suffix = ""
		found[MixedEnds] = true
	case len(ends) == 1 && kind == Wedge && !strings.ContainsAny(r.Suffix, "\r\n"):
		found[NoEnter] = true
	case len(ends) == 1 && r.Suffix == "":
		found[NoSuffix] = true
	}
	found[Slow] = kind == Wedge && (r.Gap > slowGap || r.Pause > slowPause)
	for _, f := range []Finding{Mute, Qwertz, Azerty, British, CapsLock, Composed, Cutoff, Unread, Slow, MixedEnds, NoEnter, NoSuffix, FullWidth, Separators, Identifier} {
		if found[f] {
			r.Findings = append(r.Findings, f)
		}
	}
	return r
}

// identified takes the AIM identifier off what came, in whatever width.
func identified(text string) (identifier, rest string) {
	folded := width.Fold.String(composed.Replace(text))
	if identifier = symbology.FindString(folded); identifier == "" {
		return "", text
	}
	return identifier, string([]rune(text)[len([]rune(identifier)):])
}

// mistakes tells what lies between a code and what came of it: the fewest things that explain it.
func mistakes(want, got string) []Finding {
	got = strings.Trim(got, "\x02\x1d") // FNC1 at the beginning is sent or not
	var best []Finding
	explained := false
	for _, layout := range []Finding{"", Qwertz, Azerty, British} {
		for _, caps := range []Finding{"", CapsLock} {
			for _, gs := range []Finding{"", Separators} {
				for _, full := range []Finding{"", FullWidth} {
					all := some(layout, caps, gs, full)
					if explain(want, all) == got && (!explained || len(all) < len(best)) {
						best, explained = all, true
					}
				}
			}
		}
	}
	switch {
	case explained:
		return best
	case strings.ContainsFunc(got, chinese):
		return []Finding{Composed}
	case len([]rune(got)) < len([]rune(want)):
		return []Finding{Cutoff}
	}
	return []Finding{Unread}
}

func some(findings ...Finding) (all []Finding) {
	for _, f := range findings {
		if f != "" {
			all = append(all, f)
		}
	}
	return all
}

// explain is what comes of a code where all of this is in its way.
func explain(code string, findings []Finding) string {
	for _, f := range findings {
		switch f {
		case Qwertz, Azerty, British:
			code = strings.Map(func(r rune) rune { return elsewhere(f, r) }, code)
		case CapsLock:
			code = strings.Map(flipped, code)
		case Separators:
			code = strings.ReplaceAll(code, string(Separator), "")
		case FullWidth:
			code = width.Widen.String(code)
		}
	}
	return code
}

// keyboards are the keys that say something else than on an American keyboard: what they say there, and here.
var keyboards = map[Finding][2]string{
	Qwertz:  {`yzYZ-_[{]};:'"\|/?@#^&*()<>~`, `zyZYß?üÜ+*öÖäÄ#'-_"§&/()=;:°`},
	Azerty:  {`aqzwAQZWmM,<.>/?;:1234567890!@#$%^&*()-_'"\|` + "`", `qawzQAWZ,?;.:/!§mM&é"'(-è_çà1234567890)°ù%*µ²`},
	British: {`@"#~\|`, `"@£¬#~`},
}

// elsewhere is what the key of a character says on another keyboard.
func elsewhere(keyboard Finding, r rune) rune {
	from, to := []rune(keyboards[keyboard][0]), []rune(keyboards[keyboard][1])
	for i, key := range from {
		if key == r {
			return to[i]
		}
	}
	return r
}

func flipped(r rune) rune {
	if unicode.IsUpper(r) {
		return unicode.ToLower(r)
	}
	return unicode.ToUpper(r)
}

// chinese tells a character that only an input method makes.
func chinese(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF ||
		r >= 0x2014 && r <= 0x2026
}
