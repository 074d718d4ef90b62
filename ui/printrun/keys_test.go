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
	data, err := assets.Translations.ReadFile("translations/printrun.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var known map[string]any
	if err := json.Unmarshal(data, &known); err != nil {
		t.Fatal(err)
	}
	literal := regexp.MustCompile(`"((?:run|reprint|setup|machine)\.[a-z.]+)"`)
	spoken := map[string]bool{}
	for _, folder := range []string{"ask", "printrun"} {
		files, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal("no source of", folder, err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range literal.FindAllStringSubmatch(string(source), -1) {
				if strings.HasSuffix(file, "_test.go") {
					continue
				}
				if known[match[1]] == nil {
					t.Errorf("%s says %s, which has no translation", file, match[1])
				}
				spoken[match[1]], spoken[match[1]+".next"] = true, true
			}
		}
	}
	for key := range known {
		if !spoken[key] {
			t.Errorf("%s is translated and never said", key)
		}
	}
}
