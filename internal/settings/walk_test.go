package settings

import (
	"os"
	"path/filepath"
	"testing"

	"packbench/internal/order"
)

func TestWalks(t *testing.T) {
	for text, want := range map[string]string{
		"[walk]\nfloors = [[\"A\", \"B\"], [\"2A\"]]\nbays = 12\n": "", "[walk]\nfloors = [[\"A\"], [\"A\"]]\n": "walk.twice", "[walk]\nbay_m = -1.0\n": "walk.figure",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(dir)
		if want != "" {
			if err == nil || order.AsProblem(err).Key != want {
				t.Errorf("%s: %v", text, err)
			}
			continue
		}
		if whole := s.Walk.Whole(); err != nil || len(whole.Floors) != 2 || whole.Bays != 12 || whole.BayM != 1.2 || whole.Totes != 12 {
			t.Errorf("%+v, %v", s.Walk, err)
		}
	}
}
