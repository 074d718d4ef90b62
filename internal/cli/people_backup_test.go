package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/internal/people"
)

// A bench that is lost and restored from its copy knows its people, and their PINs.
func TestARestoredBenchKnowsItsPeople(t *testing.T) {
	p := staffed(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	p.must("", &Backup{To: copied})
	if said := p.must("", &Restore{File: copied}); !strings.Contains(said, "restore --people") {
		t.Errorf("said %q", said)
	}
	if err := os.Remove(filepath.Join(p.dir, people.FileName)); err != nil {
		t.Fatal(err)
	}
	if said := p.must("", &Restore{File: copied}); !strings.Contains(said, "people of the copy are back") {
		t.Errorf("said %q", said)
	}
	r, err := people.Load(p.dir)
	if err != nil || len(r.People) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := r.Vouch("S-1", "24680975"); err != nil {
		t.Error(err)
	}
	p.must("", &PeopleRemove{Name: "Li"})
	if said := p.must("", &Restore{File: copied}); !strings.Contains(said, "stay as they are") {
		t.Errorf("said %q", said)
	}
	if r, err := people.Load(p.dir); err != nil || len(r.People) != 1 {
		t.Errorf("an old copy lets in again who was removed: %+v, %v", r, err)
	}
	p.must("", &Restore{File: copied, People: true})
	if r, err := people.Load(p.dir); err != nil || len(r.People) != 2 {
		t.Errorf("the people of the copy were asked for: %+v, %v", r, err)
	}
	notIn(t, filepath.Dir(copied), "24680975")
}
