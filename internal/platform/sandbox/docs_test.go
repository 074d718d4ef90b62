package sandbox

import (
	"os"
	"strings"
	"testing"
)

// The page about the sandbox names every fault and act, and its examples can be used.
func TestPageAboutTheSandbox(t *testing.T) {
	page, err := os.ReadFile("../../../docs/sandbox.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Faults() {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("%s is not on the page", name)
		}
	}
	examples := strings.Split(string(page), "```json\n")[1:]
	for _, example := range examples {
		text, _, _ := strings.Cut(example, "```")
		read, err := ReadScenario(strings.NewReader(text))
		if err != nil {
			t.Errorf("%v in %s", err, text)
			continue
		}
		if _, err := New(Options{Orders: 5, Now: fixed, Clock: fixed, Scenario: &read}); err != nil {
			t.Errorf("%v in %s", err, text)
		}
	}
	if len(examples) < 4 {
		t.Errorf("only %d examples", len(examples))
	}
}
