package settings

import (
	"os"
	"path/filepath"
	"testing"

	"packbench/internal/order"
)

func TestFiltersInTheFile(t *testing.T) {
	for text, problem := range map[string]string{
		"[[filter]]\nname = \"a\"\nwords = \"pieces:1\"\n":     "",
		"[[filter]]\nname = \"a\"\n[[filter]]\nname = \"a\"\n": "filter.twice",
		"[[filter]]\nwords = \"pieces:1\"\n":                   "filter.name",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(dir)
		switch {
		case problem == "" && (err != nil || s.SavedFilters()["a"] != "pieces:1"):
			t.Errorf("%+v, %v", s.Filters, err)
		case problem != "" && (err == nil || order.AsProblem(err).Key != problem):
			t.Errorf("%v, want %s", err, problem)
		}
	}
}
