package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
	"pgregory.net/rapid"
)

// What bbolt writes is sound, whatever is put in and taken out of it, also where values need pages of their own and buckets lie in buckets.
func TestWhatBoltWritesIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "packbench-sound-")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "x.db")
		db, err := bolt.Open(path, 0o600, &bolt.Options{NoSync: true, PageSize: rapid.SampledFrom([]int{1024, 4096, 16384}).Draw(t, "page size")})
		if err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		for range rapid.IntRange(0, 8).Draw(t, "transactions") {
			if err := db.Update(func(tx *bolt.Tx) error { return somewhere(tx, random) }); err != nil {
				t.Fatal(err)
			}
			if err := sound(path); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

// somewhere puts things into buckets and takes others out.
func somewhere(tx *bolt.Tx, random *rand.Rand) error {
	for range 1 + random.IntN(4) {
		bucket, err := tx.CreateBucketIfNotExists(fmt.Appendf(nil, "bucket %d", random.IntN(4)))
		if err != nil {
			return err
		}
		if random.IntN(3) == 0 {
			if bucket, err = bucket.CreateBucketIfNotExists([]byte("~inner")); err != nil {
				return err
			}
		}
		for range random.IntN(400) {
			key := fmt.Appendf(nil, "key %d", random.IntN(600))
			if random.IntN(3) == 0 {
				err = bucket.Delete(key)
			} else {
				size := random.IntN(200)
				if random.IntN(50) == 0 {
					size = random.IntN(40_000)
				}
				err = bucket.Put(key, make([]byte, size))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// spoiled are ways in which a file gets damaged.
var spoiled = map[string]func(random *rand.Rand, data []byte) []byte{
	"zero length": func(*rand.Rand, []byte) []byte { return nil },
	"cut short":   func(random *rand.Rand, data []byte) []byte { return data[:random.IntN(len(data))] },
	"garbage": func(random *rand.Rand, data []byte) []byte {
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		return data
	},
	"a block of zeros": func(random *rand.Rand, data []byte) []byte {
		at := random.IntN(len(data)) / 512 * 512
		clear(data[at:min(at+4096, len(data))])
		return data
	},
	"a flipped bit": func(random *rand.Rand, data []byte) []byte {
		data[random.IntN(len(data)/4096)*4096+random.IntN(1024)] ^= 1 << random.IntN(8)
		return data
	},
	"a flipped bit in a page's head": func(random *rand.Rand, data []byte) []byte {
		data[random.IntN(len(data)/4096)*4096+random.IntN(64)] ^= 1 << random.IntN(8)
		return data
	},
}

// A file that is called sound can be walked by bbolt to its end, by its own check too: a fault there would end this test program.
func TestSoundFilesCanBeWalked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(7, 7))
	for range 2 {
		if err := db.Update(func(tx *bolt.Tx) error { return somewhere(tx, random) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range spoiled {
		passed, refused := 0, 0
		for range 25 {
			bad := filepath.Join(t.TempDir(), "bad.db")
			if err := os.WriteFile(bad, spoil(random, append([]byte(nil), whole...)), 0o600); err != nil {
				t.Fatal(err)
			}
			var u unsound
			if err := sound(bad); errors.As(err, &u) {
				refused++
				continue
			} else if err != nil {
				t.Fatal(err)
			}
			passed++
			walkAll(t, bad)
		}
		t.Logf("%s: %d refused, %d can be walked", name, refused, passed)
		if refused == 0 { // what changes no structure is not found: a bit within a value, or in a page that is free
			t.Errorf("%s was never found", name)
		}
	}
}

// walkAll reads and checks all of a file with bbolt. Its check wants both meta pages whole, which a power cut need not leave: it gets a copy.
func walkAll(t *testing.T, path string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second, FreelistType: bolt.FreelistMapType})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := db.View(func(tx *bolt.Tx) error { return tx.CopyFile(copied, 0o600) }); err != nil {
		t.Fatal(err)
	}
	if err := bolt.Compact(scratch(t), db, 0); err != nil {
		t.Error(err)
	}
	again, err := bolt.Open(copied, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			t.Error(err)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func scratch(t *testing.T) *bolt.DB {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "scratch.db"), 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
