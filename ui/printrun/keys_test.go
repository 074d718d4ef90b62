package printrun_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"packbench/assets"
)

// TestEveryKeyIsSpoken compares the sentences of the printing pages with their translations, both ways.
func TestEveryKeyIsSpoken(t *testing.T) {
	known := map[string]any{}
	for _, file := range []string{"printrun", "window-setup"} {
		data, err := assets.Translations.ReadFile("translations/" + file + ".en.json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &known); err != nil {
			t.Fatal(err)
		}
	}
	literal := regexp.MustCompile(`"((?:run|reprint|setup|machine)?\.[a-z.]+)"`)
	used, suffixes := map[string]bool{}, []string{""}
	for _, sources := range []string{"ask/*", "printrun/*", "printersetup/*", "demoprinter/*", "settings/*", "../internal/window/printersetup*"} {
		files, err := filepath.Glob(filepath.Join("..", sources+".go"))
		if err != nil || len(files) == 0 {
			t.Fatal("no source of", sources, err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range literal.FindAllStringSubmatch(string(source), -1) {
				switch key := match[1]; {
				case strings.HasSuffix(file, "_test.go"):
				case strings.HasPrefix(key, "."):
					suffixes = append(suffixes, key)
				case known[key] == nil && key != "setup.unproven" && key != "setup.halt": // those are said with suffixes only
					t.Errorf("%s says %s, which has no translation", file, key)
				default:
					used[key] = true
				}
			}
		}
	}
	spoken := map[string]bool{}
	for key := range used {
		for _, suffix := range suffixes {
			spoken[key+suffix] = true
		}
	}
	for key := range known {
		if !spoken[key] {
			t.Errorf("%s is translated and never said", key)
		}
	}
}
