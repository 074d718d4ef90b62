package settings

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"packbench/internal/order"
)

func TestRulesInTheFile(t *testing.T) {
	for text, problem := range map[string]string{
		"name = \"a\"": "",
		"name = \"a\"\nmost = 20\nleast = 20\nevery_min = 5": "",
		"filter = \"pieces:1\"":                              "auto_wave.name",
		"name = \"a\"\n[[auto_wave]]\nname = \"a\"":          "auto_wave.name",
		"name = \"a\"\nmost = 51":                            "auto_wave.figure",
		"name = \"a\"\nmost = 20\nleast = 21":                "auto_wave.figure",
		"name = \"a\"\nevery_min = -1":                       "auto_wave.figure",
		"name = \"a\"\nshape = \"heap\"":                     "auto_wave.shape",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte("[[auto_wave]]\n"+text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(dir)
		switch {
		case problem == "" && (err != nil || len(s.AutoWaves) != 1):
			t.Errorf("%s: %+v, %v", text, s.AutoWaves, err)
		case problem != "" && (err == nil || order.AsProblem(err).Key != problem):
			t.Errorf("%s: %v, want %s", text, err, problem)
		}
	}
	if whole := (AutoWave{}).Whole(); whole.Most != order.ParcelsAWave || whole.Least != 1 || whole.Every() != 30*time.Minute {
		t.Errorf("%+v", whole)
	}
}
