package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/settings"
	"packbench/internal/words"
)

// The window names the key of the settings file that keeps the bench from starting.
func TestABadSettingsFileIsNamed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, settings.FileName), []byte("[bench]\nlanguages = \"en\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := settings.Load(dir)
	for _, language := range words.Languages {
		tongue, reading := words.In(language)
		if reading != nil {
			t.Fatal(reading)
		}
		if said := tongue.Say(troubled(order.AsProblem(err)).State.Trouble); !strings.Contains(said, "unknown key bench.languages") {
			t.Errorf("%s: %s", language, said)
		}
	}
}
