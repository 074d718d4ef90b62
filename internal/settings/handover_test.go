package settings

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"packbench/internal/order"
)

func TestHandOverSettings(t *testing.T) {
	whole := `[handover]
bundle_prefix = "BAG-"
[[handover.carrier]]
carrier = "J&T Express"
warehouse = "7"
person = "Budi"
comes = "16:30"
[[handover.carrier]]
carrier = "J&T Express"
[[handover.together]]
name = "First mile"
carriers = ["J&T Express"]
prefixes = ["WS"]
from = "2026-11-01"
to = "2026-11-30"
`
	for text, want := range map[string]string{
		whole: "",
		"[[handover.carrier]]\nperson = \"Budi\"\n":                                                   "handover_setting.card",
		"[[handover.carrier]]\ncarrier = \"a\"\n[[handover.carrier]]\ncarrier = \"a\"\n":              "handover_setting.card",
		"[[handover.together]]\nname = \"a\"\n":                                                       "handover_setting.together",
		"[[handover.together]]\ncarriers = [\"a\"]\n":                                                 "handover_setting.together",
		"[[handover.together]]\nname = \"a\"\nprefixes = [\"W\"]\nfrom = \"1.11.\"\n":                 "handover_setting.day",
		"[[handover.together]]\nname = \"a\"\nprefixes = [\"W\"]\nto = \"2026-11-31\"\n":              "handover_setting.day",
		"[[handover.together]]\nname=\"a\"\nprefixes=[\"W\"]\nfrom=\"2026-11-02\"\nto=\"2026-11-01\"": "handover_setting.days",
		"[handover]\nbag = \"B\"\n":                                                                   "settings.unreadable",
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
		if err != nil || s.Handover.BundlePrefix != "BAG-" || len(s.Handover.Carriers) != 2 || s.Handover.Carriers[0].Comes != "16:30" {
			t.Fatalf("%+v, %v", s.Handover, err)
		}
		from, to, err := s.Handover.Together[0].Days()
		if err != nil || !from.Equal(time.Date(2026, 11, 1, 0, 0, 0, 0, time.Local)) || !to.Equal(time.Date(2026, 12, 1, 0, 0, 0, 0, time.Local)) {
			t.Errorf("%v to %v, %v", from, to, err)
		}
	}
}
