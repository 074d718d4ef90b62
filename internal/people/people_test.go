package people

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/internal/order"
)

// lowCost makes hashes cheap for a test.
func lowCost(t *testing.T) {
	before := today
	today = hashing{memory: 64, passes: 1, lanes: 1}
	t.Cleanup(func() { today = before })
}

// crew is a supervisor Mei (S-1, 2468), another, Bo (S-2, 1357), and a packer Li (P-1).
func crew(t *testing.T) Roster {
	t.Helper()
	var r Roster
	var err error
	for _, p := range []struct {
		name, badge string
		role        Role
		pin         string
	}{{"Mei", "S-1", Supervisor, "2468"}, {"Bo", "S-2", Supervisor, "13579"}, {"Li", "P-1", Packer, ""}} {
		if r, err = r.Add(Person{Name: p.name, Badge: p.badge, Role: p.role}, p.pin); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	if p := order.AsProblem(err); p == nil || p.Key != key {
		t.Errorf("error %v, want %s", err, key)
	}
}

func TestWhoCanBeAdded(t *testing.T) {
	lowCost(t)
	for _, c := range []struct {
		person Person
		pin    string
		key    string
	}{
		{Person{Name: " ", Badge: "X", Role: Packer}, "", "people.name"},
		{Person{Name: "Xu", Badge: " ", Role: Packer}, "", "people.badge"},
		{Person{Name: "Xu", Badge: "123456", Role: Packer}, "", "people.badge"}, // reads like a PIN
		{Person{Name: "Xu", Badge: "X", Role: "boss"}, "", "people.role"},
		{Person{Name: "mei", Badge: "X", Role: Packer}, "", "people.twice"},
		{Person{Name: "Xu", Badge: "P-1", Role: Packer}, "", "people.twice"},
		{Person{Name: "Xu", Badge: "X", Role: Supervisor}, "", "people.needs_pin"},
		{Person{Name: "Xu", Badge: "X", Role: Packer}, "123", "people.pin"},
		{Person{Name: "Xu", Badge: "X", Role: Packer}, "123456789", "people.pin"},
		{Person{Name: "Xu", Badge: "X", Role: Packer}, "12a4", "people.pin"},
	} {
		_, err := crew(t).Add(c.person, c.pin)
		wantKey(t, err, c.key)
	}
	_, err := Roster{}.Add(Person{Name: "Li", Badge: "P-1", Role: Packer}, "")
	wantKey(t, err, "people.first")
	r, err := crew(t).Add(Person{Name: "Xu", Badge: "X", Role: Packer, Locked: true, PIN: "nonsense"}, "")
	if err != nil || r.People[3].Locked || r.People[3].PIN != "" {
		t.Errorf("%+v, %v", r.People, err)
	}
}

func TestTheLastSupervisorGoesLast(t *testing.T) {
	lowCost(t)
	r, err := crew(t).Remove("bo")
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Remove("S-1")
	wantKey(t, err, "people.last_supervisor")
	_, err = r.Remove("nobody")
	wantKey(t, err, "people.nobody")
	if r, err = r.Remove("P-1"); err != nil {
		t.Fatal(err)
	}
	if r, err = r.Remove("Mei"); err != nil || len(r.People) != 0 {
		t.Errorf("%+v, %v", r, err)
	}
}

func try(t *testing.T, r Roster, badge, pin string, want Verdict) Roster {
	t.Helper()
	r, got, err := r.Try(badge, pin)
	if err != nil || got != want {
		t.Fatalf("%s: verdict %d, %v, want %d", badge, got, err, want)
	}
	return r
}

func TestFiveWrongPINsInARowLock(t *testing.T) {
	lowCost(t)
	r := crew(t)
	for range MostWrong - 1 {
		r = try(t, r, "S-1", "0000", Wrong)
	}
	r = try(t, r, "S-1", "2468", Right) // the row is broken
	for range MostWrong - 1 {
		r = try(t, r, "S-1", "0000", Wrong)
	}
	r = try(t, r, "S-2", "0000", Wrong) // somebody else's do not count
	r = try(t, r, "S-1", "0000", Locked)
	r = try(t, r, "S-1", "2468", Locked) // the right one comes too late
	if known := r.Known(); !known[0].Locked || known[1].Locked || known[2].PIN {
		t.Errorf("%+v", known)
	}
	for _, c := range []struct{ by, pin, key string }{
		{"S-1", "2468", "people.by_other"}, {"P-1", "", "people.by_other"}, {"S-9", "", "people.by_other"}, {"S-2", "2468", "people.wrong_pin"},
	} {
		_, err := r.Unlock("Mei", c.by, c.pin)
		wantKey(t, err, c.key)
	}
	r, err := r.Unlock("Mei", "S-2", "13579")
	if err != nil {
		t.Fatal(err)
	}
	try(t, r, "S-1", "2468", Right)
}

func TestWrongPINsOfWhoUnlocksCountToo(t *testing.T) {
	lowCost(t)
	r := crew(t)
	for range MostWrong {
		r, _, _ = r.Try("S-1", "0000")
	}
	for range MostWrong - 1 {
		var err error
		r, err = r.Unlock("Mei", "S-2", "0000")
		wantKey(t, err, "people.wrong_pin")
	}
	r, err := r.Unlock("Mei", "S-2", "0000")
	wantKey(t, err, "people.locked")
	if !r.People[1].Locked || !r.People[0].Locked {
		t.Errorf("%+v", r.Known())
	}
}

func TestOnlyTheVeryPINIsRight(t *testing.T) {
	lowCost(t)
	rapid.Check(t, func(t *rapid.T) {
		pin, other := rapid.StringMatching(`[0-9]{4,8}`).Draw(t, "pin"), rapid.StringMatching(`[0-9]{4,8}`).Draw(t, "other")
		encoded := hash(pin)
		if right, err := matches(encoded, pin); err != nil || !right {
			t.Fatalf("%s is refused: %v", pin, err)
		}
		if right, err := matches(encoded, other); err != nil || right != (pin == other) {
			t.Fatalf("%s passes for %s: %v", other, pin, err)
		}
		if encoded == hash(pin) {
			t.Fatal("two hashes of one PIN are the same")
		}
	})
}

func TestAHashSaysHowItWasMade(t *testing.T) {
	if encoded := hash("2468"); !strings.HasPrefix(encoded, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Error(encoded)
	}
	for _, broken := range []string{"", "2468", "$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43),
		"$argon2id$v=19$m=4294967295,t=1,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43), "$argon2id$v=19$m=64,t=0,p=1$c2FsdHNhbHQ$" + strings.Repeat("A", 43)} {
		if _, err := matches(broken, "2468"); err == nil {
			t.Errorf("%q was heeded", broken)
		}
	}
}

func TestTheFileKeepsWhatCounts(t *testing.T) {
	lowCost(t)
	dir := t.TempDir()
	if r, err := Load(dir); err != nil || len(r.People) != 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if err := Update(dir, func(Roster) (Roster, error) { return crew(t), nil }); err != nil {
		t.Fatal(err)
	}
	for n := range MostWrong {
		verdict, known, err := Folder(dir).Try("S-1", "0000")
		if want := n == MostWrong-1; err != nil || (verdict == Locked) != want || known[0].Locked != want {
			t.Fatalf("try %d: %d, %+v, %v", n, verdict, known, err)
		}
	}
	if verdict, _, err := Folder(dir).Try("S-1", "2468"); err != nil || verdict != Locked {
		t.Errorf("verdict %d, %v", verdict, err)
	}
	path := filepath.Join(dir, FileName)
	text, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(text), "2468") || strings.Contains(string(text), "13579") {
		t.Errorf("%s, %v", text, err)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestAFileNobodyUnderstandsIsLeftAsItIs(t *testing.T) {
	for _, text := range []string{"[[person]", "[[person]]\nname = 'Li'\n", "[[person]]\nname='Li'\nbadge='P'\nrole='boss'\n",
		"[[person]]\nname='Li'\nbadge='P'\nrole='packer'\npin='2468'\n", "[[person]]\nname='Li'\nbadge='P'\nrole='packer'\nage=3\n"} {
		dir := t.TempDir()
		path := filepath.Join(dir, FileName)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Load(dir)
		wantKey(t, err, "people.unreadable")
		if err != nil && strings.Contains(err.Error(), "2468") {
			t.Errorf("the error repeats what stands there: %v", err)
		}
		wantKey(t, Update(dir, func(r Roster) (Roster, error) { return r, nil }), "people.unreadable")
		if now, err := os.ReadFile(path); err != nil || string(now) != text {
			t.Errorf("changed to %q, %v", now, err)
		}
	}
}

// BenchmarkPIN is what one PIN costs.
func BenchmarkPIN(b *testing.B) {
	encoded := hash("2468")
	for b.Loop() {
		if right, err := matches(encoded, "2468"); err != nil || !right {
			b.Fatal(err)
		}
	}
}
