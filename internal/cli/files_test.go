package cli

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform/sandbox"
	"packbench/store"
)

// copies are the names in the folder of copies.
func (p *place) copies() []string {
	p.t.Helper()
	entries, err := os.ReadDir(store.CopyFolder(p.dir))
	if err != nil {
		p.t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func TestBackupSaysWhere(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 5, Seed: 1})
	folder := t.TempDir()
	for to, want := range map[string]string{
		"":                                 store.CopyFolder(p.dir) + string(filepath.Separator) + "journal-",
		folder:                             filepath.Join(folder, "journal-"),
		filepath.Join(folder, "new") + "/": filepath.Join(folder, "new", "journal-"),
		filepath.Join(folder, "mine.db"):   filepath.Join(folder, "mine.db"),
	} {
		said := p.must("", &Backup{To: to})
		_, path, _ := strings.Cut(strings.TrimSpace(said), ": ")
		if info, err := os.Stat(path); err != nil || !strings.HasPrefix(path, want) || info.Size() == 0 {
			t.Errorf("%q was said to lie in %q, %v", to, path, err)
		}
	}
	if names := p.copies(); len(names) != 2 { // the night's and a person's
		t.Errorf("copies: %v", names)
	}
	p.dir = filepath.Join(folder, "nobody's")
	for _, v := range []verb{&Backup{}, &Purge{}} {
		if end := p.run("", v); end.code != ExitFailed || !strings.Contains(end.stderr, "store.no_folder") {
			t.Errorf("%d: %s", end.code, end.stderr)
		}
	}
}

// A parcel that was shipped after the copy stops as shipped elsewhere once the copy is restored: nothing is arranged or printed a second time.
func TestParcelShippedAfterTheCopyIsElsewhere(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 30, Seed: 4})
	waiting := p.waiting(1)
	before, after := waiting[0], waiting[1]
	scans := func(o orderLine) []string {
		return []string{string(o.Packages[0].PackageID), p.scansOf(o)[0], "label"}
	}
	if end, _ := p.pack(scans(before)...); end.code != ExitDone {
		t.Fatal(end.stderr)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	p.must("", &Backup{To: copied})
	if end, _ := p.pack(scans(after)...); end.code != ExitDone {
		t.Fatal(end.stderr)
	}
	labels := p.printed()
	said := p.must("", &Restore{File: copied})
	if !strings.Contains(said, copied) || !strings.Contains(said, "replaced-") {
		t.Errorf("said %q", said)
	}
	end, outcomes := p.pack(scans(after)[0])
	if len(outcomes) != 1 || outcomes[0].Outcome != packing.ElsewhereOut || end.code != ExitNeedsPerson {
		t.Errorf("%d: %+v", end.code, outcomes)
	}
	if _, outcomes := p.pack(scans(before)[0]); len(outcomes) != 1 || outcomes[0].State != "confirmed" {
		t.Errorf("the parcel packed before the copy: %+v", outcomes)
	}
	if now := p.printed(); now != labels {
		t.Errorf("%d labels came out, now %d", labels, now)
	}
}

// A bench that was left half packed, and whose parcel went out before the copy was restored, stops too.
func TestParcelOpenInTheCopyIsElsewhere(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 60, Seed: 4})
	o := p.waiting(2)[0]
	items := p.scansOf(o)
	if end, _ := p.pack(string(o.Packages[0].PackageID), items[0]); end.code != ExitNeedsPerson {
		t.Fatal(end.stderr)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	p.must("", &Backup{To: copied})
	if end, _ := p.pack(items[1], "label"); end.code != ExitDone {
		t.Fatal(end.stderr)
	}
	labels := p.printed()
	p.must("", &Restore{File: copied})
	end, outcomes := p.pack(items[1], "wait")
	if end.code != ExitNeedsPerson || p.printed() != labels {
		t.Errorf("%d, %d labels: %+v", end.code, p.printed(), outcomes)
	}
	bench := p.open()
	defer bench.Close()
	known, found, err := bench.Store.Parcel(o.Packages[0].PackageID)
	if err != nil || !found || known.Work.Stopped != order.Arranged || known.Work.Tries != 0 {
		t.Errorf("%+v, %v", known.Work, err)
	}
}

func (p *place) open() *Bench {
	p.t.Helper()
	bench, err := OpenBench(p.environment())
	if err != nil {
		p.t.Fatal(err)
	}
	return bench
}

// After a purge no file of the folder names a buyer: databases, labels, logs and copies.
func TestNothingOfBuyersIsLeftAfterAPurge(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 9})
	waiting := p.waiting(1)
	delivered := waiting[:3]
	for _, o := range delivered {
		if end, _ := p.pack(string(o.Packages[0].PackageID), p.scansOf(o)[0], "label"); end.code != ExitDone {
			t.Fatal(end.stderr)
		}
	}
	now := time.Now()
	notes := p.deliver(delivered, now)
	p.must("", &Backup{})
	if kept := p.documents(); kept != len(delivered) {
		t.Fatalf("%d documents: the test looks for nothing", kept)
	}
	later := &Purge{At: now.Add(31 * 24 * time.Hour).Format(time.RFC3339), DryRun: true}
	if said := p.must("", later); !strings.HasPrefix(said, "Would go: the notes of orders: 3, label documents: 3,") || p.documents() != 3 {
		t.Errorf("%q, %d documents", said, p.documents())
	}
	if said := p.must("", &Purge{}); !strings.HasPrefix(said, "Gone: the notes of orders: 0, label documents: 0,") {
		t.Errorf("too early: %q", said)
	}
	later.DryRun = false
	if said := p.must("", later); !strings.HasPrefix(said, "Gone: the notes of orders: 3, label documents: 3,") || p.documents() != 0 {
		t.Errorf("%q, %d documents", said, p.documents())
	}
	looked := 0
	err := filepath.WalkDir(p.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, note := range notes {
			if bytes.Contains(data, []byte(note)) {
				t.Errorf("%q stands in %s", note, path)
			}
		}
		looked++
		return err
	})
	if err != nil || looked < 5 {
		t.Errorf("%d files, %v", looked, err)
	}
}

func (p *place) documents() int {
	p.t.Helper()
	entries, err := os.ReadDir(filepath.Join(p.dir, "labels"))
	if err != nil {
		p.t.Fatal(err)
	}
	return len(entries)
}

// deliver makes orders delivered, with notes, as a reading would.
func (p *place) deliver(lines []orderLine, at time.Time) (notes []string) {
	p.t.Helper()
	bench := p.open()
	var orders []order.Order
	for _, line := range lines {
		err := bench.Store.Orders(func(row store.OrderParcels) error {
			if o := row.Order; o.ID == line.OrderID {
				o.Status, o.DeliveredAt, o.UpdatedAt = order.Delivered, at, at.Add(time.Minute)
				o.BuyerMessage, o.SellerNote = "a note of the buyer of "+o.ID, "a note about "+o.ID
				orders, notes = append(orders, o), append(notes, o.BuyerMessage, o.SellerNote)
			}
			return nil
		})
		if err != nil {
			p.t.Fatal(err)
		}
	}
	if err := errors.Join(bench.Store.SaveOrders(orders, at), bench.Close()); err != nil {
		p.t.Fatal(err)
	}
	return notes
}

// A cache that was thrown away is said once, on standard error and in the log, and read anew.
func TestCacheThrownAwayIsSaidOnce(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 20, Seed: 2})
	if err := os.WriteFile(filepath.Join(p.dir, "cache.db"), []byte("garbage"), 0o600); err != nil {
		t.Fatal(err)
	}
	said := p.run("", &Sync{Once: true})
	if said.code != ExitDone || !strings.Contains(said.stderr, "was damaged and is made anew") || !strings.Contains(said.stdout, "20") {
		t.Errorf("%d: %s%s", said.code, said.stderr, said.stdout)
	}
	if again := p.run("", &Sync{Once: true}); strings.Contains(again.stderr, "made anew") {
		t.Errorf("said again: %s", again.stderr)
	}
	log, err := os.ReadFile(filepath.Join(p.dir, "logs", "packbench.log"))
	if err != nil || bytes.Count(log, []byte("store.cache_thrown_away")) != 1 {
		t.Errorf("the log says %s, %v", log, err)
	}
	if got := len(p.orders(Orders{})); got != 20 {
		t.Errorf("%d orders", got)
	}
}

// A damaged journal is said with the way back, and the way leads back.
func TestDamagedJournalSaysTheWayBack(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 20, Seed: 2})
	if err := os.Truncate(filepath.Join(p.dir, "journal.db"), 5000); err != nil {
		t.Fatal(err)
	}
	end := p.run("", &Orders{})
	_, way, ok := strings.Cut(end.stderr, `packbench restore "`)
	copied, folder, _ := strings.Cut(way, `" --dir "`)
	if end.code != ExitFailed || !ok || !strings.HasPrefix(folder, p.dir+`"`) {
		t.Fatalf("%d: %s", end.code, end.stderr)
	}
	p.must("", &Restore{File: copied})
	p.must("", &Orders{})
}

// A program that runs on makes each day's copy and purges once a day.
func TestNightsOfAProgramThatRunsOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		now := func() time.Time { return time.Now().UTC() }
		files, err := store.Open(dir, now)
		if err != nil {
			t.Fatal(err)
		}
		b := &Bench{Store: files, Log: slog.New(slog.DiscardHandler), dir: dir, now: now}
		ctx, stop := context.WithCancel(t.Context())
		ended := b.nights(ctx)
		var purges []time.Time
		for range 3 * 24 {
			time.Sleep(time.Hour)
			synctest.Wait()
			last, err := files.LastPurge()
			if err != nil {
				t.Fatal(err)
			}
			if len(purges) == 0 || !last.Equal(purges[len(purges)-1]) {
				purges = append(purges, last)
			}
		}
		stop()
		<-ended
		if copies, err := os.ReadDir(store.CopyFolder(dir)); err != nil || len(purges) != 3 || len(copies) != 3 {
			t.Errorf("purged at %v, copies %v, %v", purges, copies, err)
		}
		if err := files.Close(); err != nil {
			t.Error(err)
		}
	})
}
