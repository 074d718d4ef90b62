package scanner_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"packbench/scanner"
)

func TestClean(t *testing.T) {
	for name, c := range map[string]struct{ raw, want string }{
		"as it is":             {"6936580142207", "6936580142207"},
		"EAN with identifier":  {"]E06936580142207", "6936580142207"},
		"GS1-128 with FNC1":    {"]C1\x1d0106936580142207", "0106936580142207"},
		"FNC1 inside stays":    {"\x1d10LOT\x1d21SER\x1d", "10LOT\x1d21SER"},
		"suffix and blanks":    {" JMX730054482913\r\n", "JMX730054482913"},
		"full width":           {"ＪＭＸ７３００５４－４８２", "JMX730054-482"},
		"full-width blank":     {"　A-03-2　", "A-03-2"},
		"blank inside":         {"BLACK L", "BLACK L"},
		"byte order mark":      {"\ufeff12345", "12345"},
		"half a katakana":      {"ｱ", "ア"},
		"bracket of a product": {"] 12 V", "] 12 V"},
		"nothing":              {"\r\n\t", ""},
		"GS1 DataMatrix":       {"]d20106936580142207\x1d10LOT", "0106936580142207\x1d10LOT"},
		"GS1 QR code":          {"]Q3\x1d0106936580142207", "0106936580142207"},
		"GS1 DataBar":          {"]e00106936580142207", "0106936580142207"},
		"FNC1 before":          {"\x1d]C1\x1d10LOT\x1d", "10LOT"},
		"STX and ETX":          {"\x02]C0JMX730054482913\x03\r", "JMX730054482913"},
		"PDF417, ITF, Code 39": {"]L0]I0]A0TEE-M", "TEE-M"},
		"Chinese brackets":     {"】C1A【1】。5", "A[1].5"},
	} {
		if got := scanner.Clean(c.raw); got != c.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", name, c.raw, got, c.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"]C1\x1d01069", "ＪＭＸ　", "\x1d]E0]E0 ", "", "]C1]C1x", "\u00ad]C\u200b1a", "】C1【。"} {
		f.Add(seed)
	}
	identifier := regexp.MustCompile(`^\][A-Za-z][0-9A-Za-z]`)
	f.Fuzz(func(t *testing.T, raw string) {
		code := scanner.Clean(raw)
		if again := scanner.Clean(code); again != code {
			t.Errorf("%q became %q and then %q", raw, code, again)
		}
		if code != strings.TrimFunc(code, func(r rune) bool { return unicode.IsSpace(r) || r == '\x1d' }) || identifier.MatchString(code) {
			t.Errorf("%q became %q", raw, code)
		}
		for _, r := range code {
			if unicode.IsControl(r) && r != '\x1d' {
				t.Errorf("%q kept %U", raw, r)
			}
		}
	})
}
