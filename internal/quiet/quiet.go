// Package quiet keeps Fyne from complaining about a plain locale.
//
// Fyne reads the locale while the program's packages are initialized and writes three lines of error where it is C, C.UTF-8 or
// not set, as it is for cron, for CI and on a fresh Debian. Every verb would write them. Packages are initialized in the order of
// their import paths as far as their imports allow (Go specification, Program initialization), so this package has a module of its own, whose path
// comes before Fyne's.
package quiet

import (
	"os"
	"strings"
)

func init() {
	for _, name := range []string{"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"} {
		switch value, _, _ := strings.Cut(os.Getenv(name), "."); value {
		case "":
			continue
		case "C", "POSIX":
		default:
			return
		}
		break
	}
	// Fyne asks LANGUAGE first. It has no say in what language the program speaks.
	if err := os.Setenv("LANGUAGE", "en"); err != nil {
		return // then Fyne complains
	}
}
