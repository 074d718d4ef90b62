// Package scanner turns what scanners send into codes that can be looked up.
package scanner

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// symbology is the AIM identifier some scanners put in front of a code, such as ]C1 for GS1-128.
var symbology = regexp.MustCompile(`^\][A-Za-z][0-9A-Za-z]`)

// Separator is FNC1 as scanners send it. Inside a GS1 code it ends a field of variable length and must stay;
// at the ends it means nothing.
const Separator = '\x1d'

// composed are the signs a Chinese input method makes of those of a code, and what was typed; width folding knows the others.
var composed = strings.NewReplacer("【", "[", "】", "]", "。", ".")

// Widened tells a sign that a Chinese input method makes of one of a code's, and that Clean makes right again.
func Widened(r rune) bool {
	return r >= 0xFF01 && r <= 0xFF5E || r == 0x3000 || r == '【' || r == '】' || r == '。'
}

// ByInputMethod tells a sign that no scanner types: a Chinese one, or one of full width.
func ByInputMethod(r rune) bool { return chinese(r) }

// Clean brings a scanned or typed code into the one form under which codes are stored: without symbology identifier,
// control characters and blanks around it, and with half-width letters and signs, which a Chinese input method makes full-width.
// Clean of a clean code is the code itself.
func Clean(raw string) string {
	code := raw
	for {
		next := symbology.ReplaceAllString(trim(visible(width.Fold.String(composed.Replace(code)))), "")
		if next == code {
			return code
		}
		code = next
	}
}

// visible drops what no code is made of: control characters but Separator, and invisible marks such as a BOM.
func visible(code string) string {
	return strings.Map(func(r rune) rune {
		if r != Separator && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar) {
			return -1
		}
		return r
	}, code)
}

func trim(code string) string {
	return strings.TrimFunc(code, func(r rune) bool { return r == Separator || unicode.IsSpace(r) })
}
