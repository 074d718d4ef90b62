package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// A copy holds what was journalled when it was made, and the bench goes on.
func TestBackupAndRestore(t *testing.T) {
	dir := aBench(t, 40)
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	name, err := s.Installation()
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "usb stick [1]", "mine.db")
	if err := s.Backup(copied); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := s.Append([]order.Event{numbered(41)}); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(dir, copied, noon); keyOf(err) != "store.in_use" {
		t.Errorf("restored under an open bench: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	aside, err := Restore(dir, copied, noon)
	if err != nil || filepath.Base(aside) != "replaced-2026-11-20T120000.db" {
		t.Fatalf("aside is %q, %v", aside, err)
	}
	s = checked(t, dir)
	if n := journalled(t, s); n != 40 {
		t.Errorf("%d events are back", n)
	}
	if is, err := s.Installation(); err != nil || is != name {
		t.Errorf("the installation was %q, is %q, %v", name, is, err)
	}
	if _, found, err := s.Parcel("P1"); err != nil || !found {
		t.Errorf("the orders are gone: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if back, err := Restore(dir, aside, noon.Add(time.Second)); err != nil || back == "" {
		t.Fatalf("aside is %q, %v", back, err)
	}
	if n := journalled(t, checked(t, dir)); n != 41 {
		t.Errorf("%d events are in what was kept aside", n)
	}
}

// A journal that is damaged, or gone, is what restoring is for: the damaged one is kept.
func TestRestoreOverDamage(t *testing.T) {
	dir := aBench(t, 40)
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.NightlyCopy(noon), s.Close()); err != nil {
		t.Fatal(err)
	}
	path, night := filepath.Join(dir, journalName), filepath.Join(dir, copyFolder, "journal-2026-11-20.db")
	if err := os.WriteFile(path, []byte("bad"), 0o600); err != nil {
		t.Fatal(err)
	}
	aside, err := Restore(dir, night, noon)
	if err != nil {
		t.Fatal(err)
	}
	if is, err := os.ReadFile(aside); err != nil || string(is) != "bad" {
		t.Errorf("%q was kept, %v", is, err)
	}
	s = checked(t, dir)
	if n := journalled(t, s); n != 40 {
		t.Errorf("%d events", n)
	}
	if err := errors.Join(s.Close(), os.Remove(path)); err != nil {
		t.Fatal(err)
	}
	if aside, err := Restore(dir, night, noon); err != nil || aside != "" {
		t.Errorf("aside is %q, %v", aside, err)
	}
	if n := journalled(t, checked(t, dir)); n != 40 {
		t.Errorf("%d events", n)
	}
}

// Nothing is changed for a file that is no good copy.
func TestBadCopiesAreNotRestored(t *testing.T) {
	dir := aBench(t, 40)
	newer := filepath.Join(t.TempDir(), "newer.db")
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Backup(newer), s.Close()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(newer)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cut, nothing := write("cut.db", whole[:len(whole)/3]), write("nothing.db", nil)
	db, err := bolt.Open(newer, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketMeta).Put(keySchema, number(journalSchema+1)) }), db.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, journalName))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		cut: "store.bad_copy", nothing: "store.bad_copy", filepath.Join(dir, cacheName): "store.bad_copy", newer: "store.newer",
		filepath.Join(dir, "missing.db"): "store.bad_copy",
	} {
		if aside, err := Restore(dir, path, noon); keyOf(err) != want || aside != "" {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
	if after, err := os.ReadFile(filepath.Join(dir, journalName)); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the journal was changed, %v", err)
	}
	if left, err := os.ReadDir(CopyFolder(dir)); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// A good copy is not replaced by a bad one, and never the bench's own files by a copy.
func TestBackupSparesWhatIsThere(t *testing.T) {
	dir := aBench(t, 3000)
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := os.Symlink(filepath.Join(dir, journalName), filepath.Join(dir, "alias.db")); err != nil {
		t.Fatal(err)
	}
	for _, own := range []string{journalName, cacheName, lockName, "alias.db"} {
		if err := s.Backup(filepath.Join(dir, own)); keyOf(err) != "store.copy_here" {
			t.Errorf("%s: %v", own, err)
		}
	}
	copied := filepath.Join(dir, "mine.db")
	if err := s.Backup(copied); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	journal, err := os.OpenFile(filepath.Join(dir, journalName), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := journal.WriteAt(make([]byte, 200_000), 3*4096); err != nil {
		t.Fatal(err)
	}
	if err := journal.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(copied); keyOf(err) != "store.damaged_journal_alone" {
		t.Errorf("%v", err)
	}
	if is, err := os.ReadFile(copied); err != nil || !bytes.Equal(is, good) {
		t.Errorf("the good copy was changed, %v", err)
	}
	if err := s.Backup(filepath.Join(copied, "below a file", "x.db")); keyOf(err) != "store.copy_failed" {
		t.Errorf("%v", err)
	}
}

// Of a label that waited when the copy was made nobody knows what became of it; one that went out since is not printed again by itself.
func TestRestoredLabelsAreInDoubt(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	way := []order.EventKind{order.Opened, order.ShipTried, order.ShipArranged, order.DocumentKept, order.LabelQueued, order.LabelSending, order.LabelSent}
	for key, steps := range map[order.ParcelKey]int{"ARRANGED": 3, "QUEUED": 5, "SENDING": 6, "SENT": 7} {
		for _, kind := range way[:steps] {
			if err := s.Append([]order.Event{{Kind: kind, Parcel: key, At: noon}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	copied := filepath.Join(dir, "mine.db")
	if err := errors.Join(s.Backup(copied), s.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(dir, copied, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(copied); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the copy was changed, %v", err)
	}
	s = checked(t, dir)
	queue, err := s.PrintQueue()
	if err != nil || !cmp.Equal(queue, []order.ParcelKey{"ARRANGED", "QUEUED", "SENDING", "SENT"}) {
		t.Errorf("in the queue: %v, %v", queue, err)
	}
	want := map[order.ParcelKey]order.LabelState{"ARRANGED": order.Sending, "QUEUED": order.Sending, "SENDING": order.Sending, "SENT": order.Sent}
	for key, state := range want {
		if err := s.journal.View(func(tx *bolt.Tx) error {
			work, err := get[order.Work](tx, bucketWork, []byte(key))
			if work.Label.State != state {
				t.Errorf("the label of %s is %q", key, work.Label.State)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	}
}

// The labels of a run that are in doubt lie on its paper in the order in which they would have gone out, which is not that of their keys.
func TestRestoredLabelsOfARunAreInOrder(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	parcels := []order.ParcelKey{"C", "A", "B"}
	events := []order.Event{{Kind: order.RunMade, Run: "R", Parcels: parcels, At: noon}}
	for _, key := range parcels {
		events = append(events, order.Event{Kind: order.LabelQueued, Run: "R", Parcel: key, At: noon})
	}
	copied := filepath.Join(dir, "mine.db")
	if err := errors.Join(s.Append(events), s.Backup(copied), s.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(dir, copied, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	run, err := checked(t, dir).OpenRun()
	if err != nil || !cmp.Equal(run.Paper, parcels) {
		t.Errorf("on the paper %v, want %v, %v", run.Paper, parcels, err)
	}
}

func TestSevenNightsAreKept(t *testing.T) {
	s := open1(t)
	own := []string{"journal-2020-01-01T000000.db", "mine.db", "journal-schema1-2020-01-01T000000.db", "journal-2020-13-41.db", "journal-2020-01-01.db.txt"}
	for _, name := range own {
		if err := os.WriteFile(filepath.Join(CopyFolder(s.dir), name), []byte("a person's"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for night := range 10 {
		for range 2 {
			if err := s.Append([]order.Event{{Kind: order.Opened, Parcel: "P", At: noon}}); err != nil {
				t.Fatal(err)
			}
			if err := s.NightlyCopy(noon.AddDate(0, 0, night)); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := slices.Clone(own)
	for night := 3; night < 10; night++ {
		want = append(want, noon.AddDate(0, 0, night).Format("journal-2006-01-02.db"))
	}
	entries, err := os.ReadDir(CopyFolder(s.dir))
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, entry := range entries {
		have = append(have, entry.Name())
	}
	slices.Sort(want)
	if !cmp.Equal(have, want) {
		t.Error(cmp.Diff(want, have))
	}
	first := filepath.Join(CopyFolder(s.dir), "journal-2026-11-23.db")
	db, err := bolt.Open(first, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.View(func(tx *bolt.Tx) error {
		if n := tx.Bucket(bucketEvents).Sequence(); n != 7 {
			t.Errorf("the fourth night's copy holds %d events", n)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// A journal of the first version gets its installation, after it was copied; the copy is still of the first version, and can be restored.
func TestOlderJournalIsMigrated(t *testing.T) {
	dir := aBench(t, 40)
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.Installation()
	if err != nil || len(first) != 16 {
		t.Fatalf("%q, %v", first, err)
	}
	if err := errors.Join(s.journal.Update(asSchema1), s.Close()); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, copyFolder, "journal-schema1-2026-11-20T120000.db")
	for range 2 {
		s = checked(t, dir)
		name, err := s.Installation()
		if err != nil || len(name) != 16 || name == first {
			t.Errorf("%q, %v", name, err)
		}
		if n := journalled(t, s); n != 40 {
			t.Errorf("%d events", n)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := checkJournal(copied); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(dir, copied, noon); err != nil {
			t.Fatal(err)
		}
	}
	again := checked(t, dir)
	name, err := again.Installation()
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if is, err := checked(t, dir).Installation(); err != nil || is != name {
		t.Errorf("the installation was %q, is %q, %v", name, is, err)
	}
}

// A migration that fails changes nothing.
func TestFailedMigrationChangesNothing(t *testing.T) {
	dir := aBench(t, 40)
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.journal.Update(asSchema1), s.Close()); err != nil {
		t.Fatal(err)
	}
	right := migrations
	defer func() { migrations = right }()
	migrations[0] = func(tx *bolt.Tx) error {
		return errors.Join(tx.DeleteBucket(bucketEvents), errors.New("half done"))
	}
	if _, err := Open(dir, clock); err == nil {
		t.Fatal("opened")
	}
	migrations = right
	if n := journalled(t, checked(t, dir)); n != 40 {
		t.Errorf("%d events", n)
	}
}
