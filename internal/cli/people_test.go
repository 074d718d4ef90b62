package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/internal/people"
	"packbench/internal/platform/sandbox"
)

// staffed is a place with the supervisor Mei (badge S-1, PIN 24680975) and the packer Li (badge P-1).
func staffed(t *testing.T) *place {
	p := newPlace(t, sandbox.Options{Orders: 10, Seed: 1})
	p.must("24680975\n", &PeopleAdd{Name: "Mei", Role: "supervisor", Badge: "S-1"})
	p.must("", &PeopleAdd{Name: "Li", Role: "packer", Badge: "P-1"})
	return p
}

func TestPeopleAreRegistered(t *testing.T) {
	p := staffed(t)
	p.must("13579\n", &PeopleAdd{Name: "Bo", Role: "supervisor", Badge: "S-2"})
	lines := read[personLine](t, p.must("", &PeopleList{JSON: true}))
	if len(lines) != 3 || lines[0] != (personLine{Name: "Mei", Role: people.Supervisor, Badge: "S-1", PIN: true}) || lines[1].PIN || lines[1].Role != people.Packer {
		t.Errorf("%+v", lines)
	}
	if said := p.must("", &PeopleList{}); !strings.HasPrefix(said, "NAME  ROLE        BADGE  PIN  WRONG\nMei   supervisor  S-1    yes  0\n") {
		t.Error(said)
	}
	p.must("", &PeopleRemove{Name: "P-1"})
	if lines := read[personLine](t, p.must("", &PeopleList{JSON: true})); len(lines) != 2 {
		t.Errorf("%+v", lines)
	}
	p.must("9999\n", &PeoplePIN{Name: "mei"})
	if end := p.run("24680975\n", &PeopleUnlock{Name: "Bo", By: "S-1"}); end.code != ExitFailed || !strings.Contains(end.stderr, "[people.wrong_pin]") {
		t.Errorf("the old PIN is good still: %+v", end)
	}
	p.must("9999\n", &PeopleUnlock{Name: "Bo", By: "S-1"})
	if lines := read[personLine](t, p.must("", &PeopleList{JSON: true})); lines[0].Wrong != 0 {
		t.Errorf("%+v", lines)
	}
	notIn(t, p.dir, "24680975")
}

func TestABadgeIsNoGood(t *testing.T) {
	p := staffed(t)
	for _, barcode := range p.barcodes {
		if end := p.run("24680975\n", &PeopleAdd{Name: "Bo", Role: "supervisor", Badge: barcode}); !strings.Contains(end.stderr, "[people.badge_taken]") {
			t.Fatalf("%+v", end)
		}
		break
	}
	if end := p.run("246\n", &PeopleAdd{Name: "Bo", Role: "supervisor", Badge: "S-2"}); end.code != ExitUsage || !strings.Contains(end.stderr, "[people.pin]") {
		t.Errorf("%+v", end)
	}
}

// notIn fails where a text stands in a file of a folder.
func notIn(t *testing.T, dir, text string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(name)
		if strings.Contains(string(data), text) {
			t.Errorf("%s stands in %s", text, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
