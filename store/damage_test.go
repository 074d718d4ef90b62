package store

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
)

// keyOf is the key of an error's Problem.
func keyOf(err error) string {
	var problem *order.Problem
	if !errors.As(err, &problem) {
		return ""
	}
	return problem.Key
}

// aBench is a closed folder with orders and a journal in it.
func aBench(t *testing.T, events uint64) string {
	t.Helper()
	dir := t.TempDir()
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	var orders []order.Order
	for n := range 300 {
		o := make1(fmt.Sprint("O", n), fmt.Sprint("P", n), "tee", "cap")
		o.BuyerMessage = strings.Repeat("please ", n%40)
		orders = append(orders, o)
	}
	save(t, s, orders...)
	var journal []order.Event
	for n := range events {
		journal = append(journal, numbered(n+1))
	}
	if err := errors.Join(s.SaveShops([]order.Shop{{ID: "S"}}), s.SaveReading("S", noon, noon), s.Append(journal), s.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// damageFile spoils a file in one of the ways, and tells what it was and is.
func damageFile(t *testing.T, path string, spoil func(*rand.Rand, []byte) []byte, random *rand.Rand) (was, is []byte) {
	t.Helper()
	was, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	is = spoil(random, bytes.Clone(was))
	if err := os.WriteFile(path, is, 0o600); err != nil {
		t.Fatal(err)
	}
	return was, is
}

// Whatever happened to cache.db, the bench opens, keeps what happened here, and reads the orders anew; at the latest at the second start, where the damage
// showed only when a value was read.
func TestDamagedCacheIsMadeAnew(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	for name, spoil := range spoiled {
		t.Run(name, func(t *testing.T) {
			dir := aBench(t, 20)
			path := filepath.Join(dir, cacheName)
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			thrown, later := 0, 0
			for range 25 {
				damageFile(t, path, spoil, random)
				s, err := Open(dir, clock)
				if err != nil {
					t.Fatal(err)
				}
				if s.CacheThrownAway() != nil {
					thrown++
					if key := s.CacheThrownAway().Key; key != "store.cache_thrown_away" {
						t.Errorf("said %s", key)
					}
				} else if err := readAll(s); err != nil {
					later++
					if keyOf(err) != "store.damaged_cache" {
						t.Errorf("reading: %v", err)
					}
					if err := s.Close(); err != nil {
						t.Fatal(err)
					}
					if s, err = Open(dir, clock); err != nil {
						t.Fatal(err)
					}
					if s.CacheThrownAway() == nil {
						t.Error("a cache with a value nobody can read was opened again")
					}
				}
				if thrown+later > 0 && s.CacheThrownAway() != nil {
					if seen, read, err := s.Reading("S"); err != nil || !seen.IsZero() || !read.IsZero() {
						t.Errorf("the mark stays: %v, %v", seen, err)
					}
				}
				if n := journalled(t, s); n != 20 {
					t.Errorf("%d events", n)
				}
				save(t, s, make1("O1", "P1", "tee"))
				if err := readAll(s); err != nil {
					t.Error(err)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, whole, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			t.Logf("%d thrown away when opened, %d when read", thrown, later)
		})
	}
}

func readAll(s *Store) error {
	_, err := s.LastReading()
	_, _, failed := s.Waiting(5, "")
	return errors.Join(err, failed, s.Orders(func(OrderParcels) error { return nil }))
}

// A value in cache.db that cannot be decoded is damage too.
func TestValueNobodyCanRead(t *testing.T) {
	dir := aBench(t, 1)
	s, err := Open(dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cache.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketOrders).Put([]byte("O7"), []byte("{")) }); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Parcel("P7"); keyOf(err) != "store.damaged_cache" {
		t.Errorf("%v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, clock); err != nil || s.CacheThrownAway() == nil {
		t.Fatalf("%v, thrown away: %v", err, s.CacheThrownAway())
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, clock); err != nil || s.CacheThrownAway() != nil {
		t.Errorf("said again: %v, %v", s.CacheThrownAway(), err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// A damaged journal stops the bench, is left as it is, and the newest good copy is named: not a newer one that is damaged too.
func TestDamagedJournalIsExplained(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	for name, spoil := range spoiled {
		t.Run(name, func(t *testing.T) {
			dir := aBench(t, 300)
			s, err := Open(dir, clock)
			if err != nil {
				t.Fatal(err)
			}
			good := filepath.Join(dir, copyFolder, "journal-2026-11-19.db")
			if err := errors.Join(s.NightlyCopy(noon.AddDate(0, 0, -1)), s.NightlyCopy(noon), s.Close()); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, copyFolder, "journal-2026-11-20.db"), []byte("bad"), 0o600); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, journalName)
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			found := 0
			for range 25 {
				_, bad := damageFile(t, path, spoil, random)
				if sound(path) != nil { // else it met nothing that matters
					found++
					_, err := Open(dir, clock)
					var problem *order.Problem
					if !errors.As(err, &problem) || problem.Key != "store.damaged_journal" || problem.With["copy"] != good {
						t.Errorf("%v", err)
					}
				}
				if is, err := os.ReadFile(path); err != nil || !bytes.Equal(is, bad) {
					t.Errorf("the file was changed, %v", err)
				}
				if err := os.WriteFile(path, whole, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			t.Logf("%d of 25 matter", found)
			if found == 0 {
				t.Error("no damage mattered")
			}
			if n := journalled(t, checked(t, dir)); n != 300 {
				t.Errorf("%d events in the file put back", n)
			}
		})
	}
}

// A journal that a power cut left empty when the folder was made is made; one that is suddenly empty, or gone, is not.
func TestEmptyJournal(t *testing.T) {
	for name, content := range map[string][]byte{"zero length": nil, "zeros": make([]byte, 16384)} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, journalName), content, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(dir, clock)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := errors.Join(s.NightlyCopy(noon), s.Close()); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, journalName), content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, clock); keyOf(err) != "store.damaged_journal" {
			t.Errorf("%s: %v", name, err)
		}
		if is, err := os.ReadFile(filepath.Join(dir, journalName)); err != nil || !bytes.Equal(is, content) {
			t.Errorf("%s: the file was changed, %v", name, err)
		}
		if err := os.Remove(filepath.Join(dir, journalName)); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, clock); keyOf(err) != "store.damaged_journal" {
			t.Errorf("gone: %v", err)
		}
	}
}

// Whatever happens to an open file under the program, the program stays and says so.
func TestFileThatIsCutShortWhileOpen(t *testing.T) {
	for _, name := range []string{cacheName, journalName} {
		dir := aBench(t, 3000)
		s, err := Open(dir, clock)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(filepath.Join(dir, name), 8192); err != nil {
			t.Fatal(err)
		}
		want := "store.damaged_cache"
		if name == journalName {
			want = "store.damaged_journal_alone"
		}
		for range 2 {
			_, historyFailed := s.History("P1")
			if err := errors.Join(readAll(s), historyFailed); keyOf(err) != want {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A mistake of this program within a transaction is no damage of the file.
func TestMistakesAreNoDamage(t *testing.T) {
	s := open1(t)
	save(t, s, make1("O1", "P1", "tee"))
	for name, mistake := range map[string]func(){
		"a panic":       func() { panic("mistake") },
		"a nil pointer": func() { var s *Store; s.dir = "" },
		"an index":      func() { var none []int; none[len(s.dir)]++ },
	} {
		thrown := func() (thrown any) {
			defer func() { thrown = recover() }()
			return s.Orders(func(OrderParcels) error { mistake(); return nil })
		}()
		if err, ok := thrown.(error); thrown == nil || ok && keyOf(err) != "" {
			t.Errorf("%s came out as %v", name, thrown)
		}
	}
	if _, found, err := s.Parcel("P1"); err != nil || !found {
		t.Errorf("afterwards: %v, %v", found, err)
	}
}
