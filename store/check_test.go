package store

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestCheckFindsDamageUnderAnOpenStore(t *testing.T) {
	for name, key := range map[string]string{"": "", journalName: "store.damaged_journal_alone", cacheName: "store.damaged_cache"} {
		dir := aBench(t, 20)
		s, err := Open(dir, clock)
		if err != nil {
			t.Fatal(err)
		}
		if name != "" { // the map reaches further than the file then, which is a fault for who reads there
			if err := os.Truncate(filepath.Join(dir, name), 8192); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Check(); keyOf(err) != key || (err == nil) != (key == "") {
			t.Errorf("%s cut off: %v, want %q", name, err, key)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestFree(t *testing.T) {
	free, err := Free(t.TempDir())
	if err != nil || free == 0 {
		t.Errorf("%d bytes, %v", free, err)
	}
	if _, err := Free(filepath.Join(t.TempDir(), "nowhere")); !errors.Is(err, syscall.ENOENT) {
		t.Errorf("%v", err)
	}
}
