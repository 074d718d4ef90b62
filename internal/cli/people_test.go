package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/people"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
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
	p.must("", &PeopleRole{Name: "Bo", Role: "packer"})
	p.must("", &PeopleBadge{Name: "Bo", Badge: "]C1S-7"})
	if lines := read[personLine](t, p.must("", &PeopleList{JSON: true})); lines[2] != (personLine{Name: "Bo", Role: people.Packer, Badge: "S-7", PIN: true}) {
		t.Errorf("%+v", lines)
	}
	p.must("", &PeopleRole{Name: "S-7", Role: "supervisor"})
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

// TestPeopleAtTheBench packs a parcel whose label is printed three times, with PINs on the way. No PIN is anywhere afterwards.
func TestPeopleAtTheBench(t *testing.T) {
	p := staffed(t)
	parcel := p.waiting(1)[0]
	code, piece := string(parcel.Packages[0].PackageID), p.scansOf(parcel)[0]
	end, lines := p.pack(code, "pin 24680975", "P-1", code, piece, "wait", "again lost", "wait", "again jammed", "P-1", "S-1", "pin 97531864", "86429753", "pin 24680975", "wait", "label")
	want := []string{"signed_out", "nothing_asked", "signed_in", "opened", "taken", "accepted", "needs_person", "needs_person", "needs_person",
		"wrong_pin", "wrong_pin", "accepted", "confirmed"}
	if got := outcomesOf(lines); !slices.Equal(got, want) || end.code != ExitDone {
		t.Fatalf("exit code %d, %v\n%s", end.code, got, end.stderr)
	}
	for _, at := range []int{1, 9, 10, 11} {
		if lines[at].Scan != "pin" {
			t.Errorf("the scan of a PIN is told: %+v", lines[at])
		}
	}
	if n := p.printed(); n != 3 {
		t.Errorf("%d labels came out", n)
	}
	if roster := read[personLine](t, p.must("", &PeopleList{JSON: true})); roster[0].Wrong != 0 {
		t.Errorf("%+v", roster)
	}
	packers := map[string]int{}
	for _, line := range read[historyLine](t, p.must("", &History{Code: code, JSON: true})) {
		if line.By == "bench" {
			packers[line.Packer]++
		}
	}
	if len(packers) != 1 || packers["Li"] < 10 {
		t.Errorf("by whom: %v", packers)
	}
	over := read[overrideLine](t, p.must("", &PeopleList{Overrides: true, JSON: true}))
	if len(over) != 1 || over[0].Name != "Mei" || over[0].Badge != "S-1" || over[0].Overrides != 1 || over[0].Reasons[order.Jammed] != 1 {
		t.Errorf("%+v", over)
	}
	if before := p.must("", &PeopleList{Overrides: true, JSON: true, Day: "2020-02-29"}); before != "" {
		t.Error(before)
	}
	for _, secret := range []string{"24680975", "97531864", "86429753"} {
		notIn(t, p.dir, secret)
		if strings.Contains(end.stdout+end.stderr, secret) {
			t.Errorf("%s was told:\n%s%s", secret, end.stdout, end.stderr)
		}
	}
}

// Five wrong PINs lock, over a restart too; another supervisor unlocks.
func TestFiveWrongPINsAtTheBenchLock(t *testing.T) {
	p := staffed(t)
	p.must("13579\n", &PeopleAdd{Name: "Bo", Role: "supervisor", Badge: "S-2"})
	set, err := settings.Load(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	set.Bench.PIN = true
	if err := settings.Save(p.dir, set); err != nil {
		t.Fatal(err)
	}
	_, first := p.pack("S-1", "pin 1111", "pin 1111", "pin 1111")
	_, then := p.pack("S-1", "pin 1111", "pin 1111", "S-1", "S-2", "pin 13579")
	want := []string{"needs_person", "wrong_pin", "wrong_pin", "needs_person", "needs_person", "signed_in"}
	if got := outcomesOf(then); !slices.Equal(got, want) || first[3].Outcome != packing.WrongPINOut || !strings.Contains(then[2].Message, "locked") {
		t.Errorf("%v\n%+v", got, then)
	}
	p.must("13579\n", &PeopleUnlock{Name: "Mei", By: "S-2"})
	_, last := p.pack("S-1", "pin 24680975")
	if got := outcomesOf(last); !slices.Equal(got, []string{"needs_person", "signed_in"}) {
		t.Errorf("%v", got)
	}
}

// A line of scans that is not understood is told without what may be a PIN.
func TestALineWithAPINIsNotRepeated(t *testing.T) {
	p := staffed(t)
	end, _ := p.pack("@soon pin 24680975")
	if end.code != ExitUsage || strings.Contains(end.stderr, "24680975") || !strings.Contains(end.stderr, "@soon") {
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
