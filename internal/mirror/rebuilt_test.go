package mirror

import (
	"encoding/binary"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"packbench/internal/platform/sandbox"
	"packbench/store"
)

// A new version that keeps orders otherwise throws the old cache away. The next reading brings every order back, also those that did
// not change since the last one.
func TestOrdersComeBackAfterANewVersion(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Orders: 150, Seed: 7})
	m.sync()
	before := m.orders()
	if len(before) != 150 {
		t.Fatalf("%d orders", len(before))
	}
	if err := m.store.Close(); err != nil {
		t.Fatal(err)
	}
	cache, err := bolt.Open(filepath.Join(m.dir, "cache.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := cache.Update(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put([]byte("schema"), binary.BigEndian.AppendUint64(nil, 1))
	}); err != nil {
		t.Fatal(err)
	}
	if err := cache.Close(); err != nil {
		t.Fatal(err)
	}
	if m.store, err = store.Open(m.dir, time.Now); err != nil {
		t.Fatal(err)
	}
	m.Mirror = New(m.client, m.store, time.Now)
	if left := m.orders(); len(left) != 0 {
		t.Errorf("%d orders of the old cache are left", len(left))
	}
	m.sync()
	if after := m.orders(); !cmp.Equal(after, before) {
		t.Errorf("other orders came back: %s", cmp.Diff(before, after))
	}
}
