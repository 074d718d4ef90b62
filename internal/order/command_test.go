package order

import (
	"strings"
	"testing"
)

func TestCommandCodes(t *testing.T) {
	const installation, other = "7f3a91c2deadbeef", "7f3a91c3deadbeef"
	seen := map[string]bool{}
	for _, c := range Commands {
		code := CommandCode(installation, c)
		if seen[code] || CommandOf(installation, code) != c || CommandOf(installation, strings.ToLower(code)) != c {
			t.Errorf("%s is %q, read as %q", c, code, CommandOf(installation, code))
		}
		if got := CommandOf(other, code) + CommandOf("", code) + CommandOf(installation, code+"1") + CommandOf(installation, ""); got != "" {
			t.Errorf("%s is a command elsewhere: %q", code, got)
		}
		seen[code] = true
	}
	if SayDone.Number() != 0 || Command("3").Number() != 3 || len(Commands) != 13 {
		t.Errorf("%v", Commands)
	}
}
