package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"packbench/internal/order"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

func open1(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.TempDir(), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, db := range []*file{s.cache, s.journal} {
			if err := db.View(func(tx *bolt.Tx) error {
				for err := range tx.Check() {
					t.Error(err)
				}
				return nil
			}); err != nil && !errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
				t.Error(err)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// make1 makes an order of a package with a piece of each SKU.
func make1(id, pkg string, skus ...string) order.Order {
	o := order.Order{
		ID: id, ShopID: "S", Market: "MY", Status: order.AwaitingShipment, ShippingType: order.ByPlatform, WentThroughHold: true,
		UpdatedAt: noon, PackageIDs: []string{pkg}, Times: order.PlatformTimes{ArrangeBy: noon.Add(time.Hour)},
	}
	for i, sku := range skus {
		o.Lines = append(o.Lines, order.Line{ID: fmt.Sprintf("%s-%d", id, i), SellerSKU: sku, PackageID: pkg})
	}
	return o
}

func save(t *testing.T, s *Store, orders ...order.Order) {
	t.Helper()
	if err := s.SaveOrders(orders, noon); err != nil {
		t.Fatal(err)
	}
}

func parcelsOf(t *testing.T, s *Store, code string) []order.ParcelKey {
	t.Helper()
	keys, err := s.ParcelsOf(code)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestParcelsAreFoundByEveryNumber(t *testing.T) {
	s := open1(t)
	o := make1("O1", "P1", "tee", "cap")
	o.Lines[0].Tracking = "T1"
	save(t, s, o)
	for _, code := range []string{"O1", "o:O1", "P1", "T1"} {
		if got := parcelsOf(t, s, code); len(got) != 1 || got[0] != "P1" {
			t.Errorf("%s finds %v", code, got)
		}
	}
	if got := parcelsOf(t, s, "O"); got != nil {
		t.Errorf("a part of a number finds %v", got)
	}
	known, found, err := s.Parcel("P1")
	if err != nil || !found || len(known.Units) != 2 || known.Tracking != "T1" || !known.ReadAt.Equal(noon) {
		t.Errorf("%+v, %v, %v", known, found, err)
	}
}

func TestTwoOrdersInOneParcelAndSplitsAndNewPackages(t *testing.T) {
	s := open1(t)
	save(t, s, make1("O1", "P1", "tee"))
	save(t, s, make1("O2", "P1", "cap"))
	known, _, err := s.Parcel("P1")
	if err != nil || len(known.Units) != 2 || len(known.OrderIDs) != 2 {
		t.Fatalf("combined: %+v, %v", known, err)
	}
	split := make1("O1", "P3", "tee", "mug")
	split.Lines[1].PackageID, split.UpdatedAt = "P4", noon.Add(time.Minute)
	split.PackageIDs = []string{"P3", "P4"}
	save(t, s, split)
	known, _, err = s.Parcel("P1")
	if err != nil || len(known.Units) != 1 || len(known.OrderIDs) != 1 {
		t.Errorf("after the split: %+v, %v", known, err)
	}
	if got := parcelsOf(t, s, "O1"); len(got) != 2 || got[0] != "P3" || got[1] != "P4" {
		t.Errorf("O1 finds %v", got)
	}
	last := make1("O2", "P9", "cap")
	last.UpdatedAt = noon.Add(time.Minute)
	save(t, s, last)
	if _, found, err := s.Parcel("P1"); found || err != nil {
		t.Errorf("an empty parcel stays: %v", err)
	}
	if got := parcelsOf(t, s, "P1"); got != nil {
		t.Errorf("the number of a parcel that is gone finds %v", got)
	}
}

func TestOlderNewsChangeNothing(t *testing.T) {
	s := open1(t)
	now := make1("O1", "P1", "tee")
	now.Status, now.UpdatedAt = order.Cancelled, noon.Add(time.Hour)
	save(t, s, now)
	save(t, s, make1("O1", "P1", "tee"))
	known, found, err := s.Parcel("P1")
	if err != nil || !found || known.Standing != order.Gone {
		t.Errorf("%+v, %v, %v", known, found, err)
	}
}

func TestWaitingIsByDeadlineAndLeavesOutWhatIsDone(t *testing.T) {
	s := open1(t)
	for i, due := range []time.Duration{3, 1, 2, 0} {
		o := make1(fmt.Sprint("O", i), fmt.Sprint("P", i), "tee")
		o.Times.ArrangeBy = noon.Add(due * time.Hour)
		if due == 0 {
			o.Times.ArrangeBy = time.Time{}
		}
		save(t, s, o)
	}
	held := make1("O9", "P9", "tee")
	held.Status = order.OnHold
	save(t, s, held)
	if err := s.Append([]order.Event{{Kind: order.Opened, Parcel: "P1", At: noon}, {Kind: order.Confirmed, Parcel: "P1", At: noon}}); err != nil {
		t.Fatal(err)
	}
	first, total, err := s.Waiting(2, "")
	if err != nil || total.Total() != 3 || len(first) != 2 || first[0].Key != "P2" || first[1].Key != "P0" {
		t.Errorf("%v in all, %v, %v", total, first, err)
	}
}

func TestAParcelTellsWhetherItsSellerIsLocal(t *testing.T) {
	s := open1(t)
	save(t, s, make1("O1", "P1", "TEE"))
	known, _, err := s.Parcel("P1")
	if err != nil || known.LocalSeller {
		t.Errorf("of a shop nobody read: %+v, %v", known.LocalSeller, err)
	}
	if err := s.SaveShops([]order.Shop{{ID: known.ShopID, SellerType: order.LocalSeller}}); err != nil {
		t.Fatal(err)
	}
	if known, _, err = s.Parcel("P1"); err != nil || !known.LocalSeller {
		t.Errorf("of a local shop: %+v, %v", known.LocalSeller, err)
	}
}

func TestJournalIsTheTruth(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	events := []order.Event{
		{Kind: order.Opened, Parcel: "P1", At: noon}, {Kind: order.Taken, Parcel: "P1", Unit: "a", At: noon},
		{Kind: order.ShipTried, Parcel: "P1", At: noon},
	}
	if err := s.Append(events); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, clock); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	open, err := s.OpenParcel()
	if err != nil || open != "P1" {
		t.Errorf("open %q, %v", open, err)
	}
	if outbox, err := s.Outbox(); err != nil || len(outbox) != 1 {
		t.Errorf("outbox %v, %v", outbox, err)
	}
	if err := s.Append([]order.Event{{Kind: order.ShipArranged, Parcel: "P1"}, {Kind: order.LabelQueued, Parcel: "P1"}}); err != nil {
		t.Fatal(err)
	}
	outbox, err1 := s.Outbox()
	queue, err2 := s.PrintQueue()
	if err1 != nil || err2 != nil || len(outbox) != 0 || len(queue) != 1 {
		t.Errorf("outbox %v, queue %v, %v, %v", outbox, queue, err1, err2)
	}
	if err := s.Append([]order.Event{{Kind: order.Confirmed, Parcel: "P1", At: noon}}); err != nil {
		t.Fatal(err)
	}
	if open, err := s.OpenParcel(); err != nil || open != "" {
		t.Errorf("still open: %q, %v", open, err)
	}
	history, err := s.History("P1")
	if err != nil || len(history) != 6 || history[0].Seq != 1 || history[5].Kind != order.Confirmed {
		t.Errorf("history %v, %v", history, err)
	}
	work := order.Work{}
	for _, e := range history {
		work = work.After(e)
	}
	save(t, s, make1("O1", "P1", "tee"))
	if known, _, err := s.Parcel("P1"); err != nil || !cmp.Equal(known.Work, work) {
		t.Errorf("the kept work is not the fold of the history: %s, %v", cmp.Diff(work, known.Work), err)
	}
}

func TestSecondProgramIsToldSo(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = Open(dir, clock)
	var problem *order.Problem
	if !errors.As(err, &problem) || problem.Key != "store.in_use" {
		t.Errorf("%v", err)
	}
}

func TestDamagedAndNewerFilesAreRefusedAndLeft(t *testing.T) {
	for name, c := range map[string]struct {
		content func(path string) error
		key     string
	}{
		"damaged": {func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("nonsense"), 4096), 0o600) }, "store.damaged_journal_alone"},
		"newer": {func(path string) error {
			db, err := bolt.Open(path, 0o600, nil)
			if err != nil {
				return err
			}
			return errors.Join(db.Update(func(tx *bolt.Tx) error {
				meta, err := tx.CreateBucket(bucketMeta)
				if err != nil {
					return err
				}
				return meta.Put(keySchema, number(99))
			}), db.Close())
		}, "store.newer"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "journal.db")
		if err := c.content(path); err != nil {
			t.Fatal(err)
		}
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Open(dir, clock)
		var problem *order.Problem
		if !errors.As(err, &problem) || problem.Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
		after, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(before, after) {
			t.Errorf("%s: the file was changed, %v", name, err)
		}
	}
}

func TestDocuments(t *testing.T) {
	s := open1(t)
	name, err := s.KeepDocument([]byte("%PDF"))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.KeepDocument([]byte("%PDF")); err != nil || again != name {
		t.Errorf("%s, %v", again, err)
	}
	if got, err := s.Document(name); err != nil || string(got) != "%PDF" {
		t.Errorf("%q, %v", got, err)
	}
	path := filepath.Join(s.dir, labelFolder, name)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := os.WriteFile(path, []byte("%PD"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Document(name); err != nil || got != nil {
		t.Errorf("a damaged document is given out: %q, %v", got, err)
	}
	if got, err := s.Document("missing"); err != nil || got != nil {
		t.Errorf("%q, %v", got, err)
	}
}

func TestShopsKeepNoCipher(t *testing.T) {
	s := open1(t)
	if err := s.SaveShops([]order.Shop{{ID: "S", Name: "n", Market: "MY", Cipher: "very-secret-cipher"}}); err != nil {
		t.Fatal(err)
	}
	if last, err := s.LastReading(); err != nil || !last.IsZero() {
		t.Errorf("%v, %v", last, err)
	}
	if err := s.SaveReading("S", noon, noon.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	seen, read, err := s.Reading("S")
	if err != nil || !seen.Equal(noon) || !read.Equal(noon.Add(time.Second)) {
		t.Errorf("%v, %v, %v", seen, read, err)
	}
	file, err := os.ReadFile(filepath.Join(s.dir, "cache.db"))
	if err != nil || bytes.Contains(file, []byte("very-secret-cipher")) {
		t.Errorf("the cipher is in the file, %v", err)
	}
}
