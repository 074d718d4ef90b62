//go:build unix

package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"packbench/internal/order"
)

func init() { childJobs["fill"] = workOnAFullDisk }

// limit is how long a file may get for this process: to write beyond fails as on a full disk.
func limit(bytes uint64) error {
	var is syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &is); err != nil {
		return err
	}
	if is.Cur = bytes; bytes == 0 {
		is.Cur = is.Max
	}
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &is)
}

// room is how long files may be on the full disk: longer than the lock, shorter than either database.
const room = 24 << 10

// workOnAFullDisk does all that writes, without room and with it.
func workOnAFullDisk(dir string) error {
	s, err := Open(dir, clock)
	if err != nil {
		return err
	}
	var many []order.Order
	for n := range 3000 {
		o := make1(fmt.Sprint("N", n), fmt.Sprint("Q", n), "tee")
		o.BuyerMessage, o.Status, o.DeliveredAt = secret, order.Delivered, noon
		many = append(many, o)
	}
	have, err := eventCount(s)
	if err != nil {
		return err
	}
	var events []order.Event
	for n := range uint64(3000) {
		events = append(events, numbered(have+n+1))
	}
	own := filepath.Join(dir, "own.db")
	work := []struct {
		name string
		do   func() error
	}{
		{"save orders", func() error { return s.SaveOrders(many, noon) }},
		{"keep a document", func() error { _, err := s.KeepDocument(bytes.Repeat([]byte(secret), 5000)); return err }},
		{"append", func() error { return s.Append(events) }},
		{"back up", func() error { return s.Backup(own) }},
		{"nightly copy", func() error { return s.NightlyCopy(noon) }},
		{"purge", func() error { _, err := s.Purge(noon.Add(keptAfterEnd), false); return err }},
	}
	for _, w := range work {
		if err := limit(room); err != nil {
			return err
		}
		if err := w.do(); keyOf(err) != "store.full" {
			return fmt.Errorf("%s without room: %w", w.name, err)
		}
		if err := limit(0); err != nil {
			return err
		}
		if err := onlyWhole(dir); err != nil {
			return fmt.Errorf("%s without room: %w", w.name, err)
		}
		if err := w.do(); err != nil {
			return fmt.Errorf("%s with room again: %w", w.name, err)
		}
	}
	if err := errors.Join(s.journal.Update(asSchema1), s.Close()); err != nil {
		return err
	}
	open := func() error {
		s, err := Open(dir, clock)
		if err != nil {
			return err
		}
		return s.Close()
	}
	restore := func() error { _, err := Restore(dir, own, noon.Add(time.Hour)); return err }
	for name, do := range map[string]func() error{"migrate": open, "restore": restore} {
		if err := limit(room); err != nil {
			return err
		}
		if err := do(); keyOf(err) != "store.full" {
			return fmt.Errorf("%s without room: %w", name, err)
		}
		if err := limit(0); err != nil {
			return err
		}
		if err := onlyWhole(dir); err != nil {
			return fmt.Errorf("%s without room: %w", name, err)
		}
	}
	return open()
}

// onlyWhole tells whether something half written was left.
func onlyWhole(dir string) error {
	for _, folder := range []string{"", labelFolder, copyFolder} {
		entries, err := os.ReadDir(filepath.Join(dir, folder))
		if err != nil {
			return err
		}
		for _, entry := range entries {
			if strings.HasPrefix(entry.Name(), newPrefix) {
				return fmt.Errorf("%s was left", entry.Name())
			}
		}
	}
	return nil
}

// On a full disk everything says so, leaves what was there, and works as soon as there is room.
func TestFullDiskLosesNothing(t *testing.T) {
	dir := aBench(t, 2000)
	if out, err := child(t, "fill", dir).Output(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s := checked(t, dir)
	if n := journalled(t, s); n != 5000 {
		t.Errorf("%d events", n)
	}
	orders := 0
	if err := s.Orders(func(o OrderParcels) error {
		if orders++; strings.HasPrefix(o.Order.ID, "N") && o.Order.BuyerMessage != "" {
			t.Errorf("order %s still has a note", o.Order.ID)
		}
		return nil
	}); err != nil || orders != 3300 {
		t.Errorf("%d orders, %v", orders, err)
	}
	goodCopies(t, dir)
}
