package acceptance

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/store"
)

// power cuts a program's power at seeded moments.
type power struct {
	*testing.T
	random *rand.Rand
	cuts   int
}

func newPower(t *testing.T, seed uint64) power {
	p := power{t, rand.New(rand.NewPCG(seed, 1)), 3}
	if os.Getenv("PACKBENCH_SOAK") != "" {
		p.cuts = 60
	}
	return p
}

// cut starts the program and kills it within a time. It tells whether the program had ended by itself before.
func (p power) cut(within time.Duration, args ...string) (ended bool) {
	p.Helper()
	cmd := program(p, args...)
	if err := cmd.Start(); err != nil {
		p.Fatal(err)
	}
	time.Sleep(time.Duration(p.random.Int64N(int64(within)))) // a moment, not a state: that is what a power cut is
	if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.Fatal(err)
	}
	return cmd.Wait() == nil
}

// each is the time in which to cut so that all cuts fall into a work that lasts so long, whatever it goes on with after a cut.
func (p power) each(whole time.Duration) time.Duration {
	return whole*2/time.Duration(p.cuts) + 100*time.Millisecond
}

// lasts is how long a run of the program takes, with some time on top.
func lasts(t *testing.T, args ...string) time.Duration {
	t.Helper()
	began := time.Now()
	must(t, "", args...)
	return time.Since(began) * 5 / 4
}

// copied is a copy of a folder.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "bench")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// worked is a bench on which some parcels are packed and some arranged.
type worked struct {
	dir  string
	keys []string
}

func newWorked(t *testing.T) worked {
	t.Helper()
	s := newShop(t, sandbox.Options{Mix: sandbox.MixFull, Orders: 300, Seed: 8, LabelDelay: time.Millisecond})
	w := worked{dir: s.dir}
	for _, line := range linesOf[arrangeLine](t, must(t, "", "arrange", "--ready", "--most", "12", "--json", "--dir", s.dir)) {
		w.keys = append(w.keys, line.PackageID)
	}
	bench := folder{dir: s.dir, codes: s.codes}
	packed, _ := chosen(t, listOrders(t, s.dir), "VN", "ready")
	must(t, bench.scansOf(t, packed), "pack", "--scans", "-", "--printer", "file:"+t.TempDir(), "--dir", s.dir)
	w.keys = append(w.keys, packed)
	return w
}

// withoutDoubt leaves out what a restore adds: that nobody knows whether a label came out since the copy.
func withoutDoubt(events []order.Event) []order.Event {
	last := len(events) - 1
	if events[last].Kind == order.LabelSending && events[last-1].Kind != order.LabelQueued {
		return events[:last]
	}
	return events
}

// journalled is all that the journal of a folder tells of the worked parcels.
func (w worked) journalled(t *testing.T, dir string) string {
	t.Helper()
	files, err := store.Open(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	var all []order.Event
	for _, key := range w.keys {
		events, err := files.History(order.ParcelKey(key))
		if err != nil || len(events) < 3 {
			t.Fatalf("%d events of %s, %v", len(events), key, err)
		}
		all = append(all, withoutDoubt(events)...)
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestKillFileWork(t *testing.T) {
	t.Parallel()
	w := newWorked(t)
	want := w.journalled(t, w.dir)
	same := func(t *testing.T, dir, when string) {
		t.Helper()
		if got := w.journalled(t, dir); got != want {
			t.Errorf("%s: the journal tells\n%s\nand told\n%s", when, got, want)
		}
	}
	t.Run("backup", func(t *testing.T) {
		p, dir := newPower(t, 1), copied(t, w.dir)
		file := filepath.Join(t.TempDir(), "copy.db")
		took := lasts(t, "backup", file, "--dir", dir)
		for n := range p.cuts {
			p.cut(took, "backup", file, "--dir", dir)
			same(t, dir, fmt.Sprint("cut ", n))
			elsewhere := filepath.Join(t.TempDir(), "bench")
			must(t, "", "restore", file, "--dir", elsewhere) // the last whole copy
			same(t, elsewhere, fmt.Sprint("restored after cut ", n))
		}
	})
	t.Run("restore", func(t *testing.T) {
		p, dir := newPower(t, 2), copied(t, w.dir)
		file := filepath.Join(t.TempDir(), "copy.db")
		must(t, "", "backup", file, "--dir", dir)
		took := lasts(t, "restore", file, "--dir", dir)
		for n := range p.cuts {
			p.cut(took, "restore", file, "--dir", dir)
			same(t, dir, fmt.Sprint("cut ", n))
		}
		must(t, "", "restore", file, "--dir", dir)
		same(t, dir, "at last")
	})
	t.Run("purge", func(t *testing.T) {
		p := newPower(t, 3)
		purge := []string{"purge", "--at", time.Now().AddDate(0, 0, 400).Format(time.RFC3339), "--dir"}
		took := lasts(t, append(purge, copied(t, w.dir))...)
		for n := range p.cuts {
			dir := copied(t, w.dir)
			p.cut(took, append(purge, dir)...)
			same(t, dir, fmt.Sprint("cut ", n))
			must(t, "", append(purge, dir)...)
			same(t, dir, fmt.Sprint("purged after cut ", n))
			withoutNotes(t, dir)
		}
	})
	t.Run("a first start with an old journal", func(t *testing.T) {
		p, dir := newPower(t, 4), copied(t, w.dir)
		asSchema1(t, dir)
		took := lasts(t, "history", w.keys[0], "--dir", copied(t, dir))
		for n := range p.cuts {
			dir := copied(t, dir)
			p.cut(took, "history", w.keys[0], "--dir", dir)
			must(t, "", "history", w.keys[0], "--dir", dir)
			same(t, dir, fmt.Sprint("cut ", n))
			if copies, err := filepath.Glob(filepath.Join(dir, "backups", "*schema*")); err != nil || len(copies) == 0 {
				t.Errorf("no copy of the old journal: %v", err)
			}
		}
	})
}

// asSchema1 makes a folder's journal one as the first version kept it.
func asSchema1(t *testing.T, dir string) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "journal.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		meta := tx.Bucket([]byte("meta"))
		return errors.Join(meta.Delete([]byte("installation")), meta.Put([]byte("schema"), binary.BigEndian.AppendUint64(nil, 1)))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

// withoutNotes checks that of orders that have ended no note is left.
func withoutNotes(t *testing.T, dir string) {
	t.Helper()
	files, err := store.Open(dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	ended := 0
	err = files.Orders(func(row store.OrderParcels) error {
		if s := row.Order.Status; s == order.Completed || s == order.Delivered || s == order.Cancelled {
			ended++
			if row.Order.BuyerMessage+row.Order.SellerNote != "" {
				t.Errorf("order %s keeps its notes", row.Order.ID)
			}
		}
		return nil
	})
	if err != nil || ended == 0 {
		t.Errorf("%d orders have ended, %v", ended, err)
	}
}

// A first reading of 3,000 orders that is cut again and again goes on where it was: each cut costs a page at most.
func TestKillFirstSync(t *testing.T) {
	t.Parallel()
	const orders, page = 3000, 100
	p := newPower(t, 5)
	home := t.TempDir()
	record := filepath.Join(home, "record.jsonl")
	dir := filepath.Join(home, "bench")
	startSandbox(t, "--orders", fmt.Sprint(orders), "--seed", "5", "--record", record, "--write-settings", dir)
	took := lasts(t, "sync", "--once", "--dir", copied(t, dir))
	searches := func() (n int) {
		for _, call := range readRecord(t, record) {
			if strings.HasSuffix(call.Path, "/orders/search") {
				n++
			}
		}
		return n
	}
	whole := searches()
	if whole < orders/page {
		t.Fatalf("%d searches read %d orders", whole, orders)
	}
	cuts, known := 0, 0
	for range p.cuts {
		if p.cut(p.each(took), "sync", "--once", "--dir", dir) {
			break
		}
		cuts++
		now := len(listOrders(t, dir))
		if now < known {
			t.Errorf("%d orders after cut %d, %d before", now, cuts, known)
		}
		known = now
	}
	must(t, "", "sync", "--once", "--dir", dir)
	if n := len(listOrders(t, dir)); n != orders {
		t.Errorf("%d orders are there", n)
	}
	// Of the reading that ended last a search that finds nothing new belongs to every start.
	if n := searches() - whole; n > whole+2*cuts+1 { // and one to the start after the last cut
		t.Errorf("%d searches with %d cuts, %d without", n, cuts, whole)
	}
	t.Logf("%d cuts, %d orders known after the last, %d searches; %d without a cut", cuts, known, searches()-whole, whole)
}

// Two hundred parcels are arranged with the power cut again and again: each is asked for once, and each has its label.
func TestKillArrange(t *testing.T) {
	t.Parallel()
	const parcels = 200
	p := newPower(t, 6)
	home := t.TempDir()
	record := filepath.Join(home, "record.jsonl")
	file, err := os.OpenFile(record, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	s := newShop(t, sandbox.Options{Orders: 400, Seed: 12, LabelDelay: time.Millisecond, Record: io.Writer(file)})
	files, err := store.Open(s.dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	waiting, _, err := files.Waiting(parcels, "")
	if err := errors.Join(err, files.Close()); err != nil || len(waiting) != parcels {
		t.Fatalf("%d wait, %v", len(waiting), err)
	}
	arrange := []string{"arrange", "--json", "--dir", s.dir}
	var packages []string
	for _, known := range waiting {
		packages = append(packages, string(known.Key))
	}
	arrange = append(arrange, packages...)
	cuts := 0
	for range p.cuts {
		if p.cut(p.each(4*time.Second), arrange...) {
			break
		}
		cuts++
	}
	arranged := 0
	for _, line := range linesOf[arrangeLine](t, must(t, "", arrange...)) {
		if line.Outcome == "arranged" && line.Tracking != "" {
			arranged++
		}
	}
	if arranged != parcels {
		t.Errorf("%d of %d are arranged after %d cuts", arranged, parcels, cuts)
	}
	asked := map[string]int{}
	for _, call := range readRecord(t, record) {
		if strings.HasSuffix(call.Path, "/packages/ship") {
			for _, one := range call.Body.Packages {
				asked[one.ID]++
			}
		}
	}
	for _, id := range packages {
		if asked[id] != 1 {
			t.Errorf("%s was asked for %d times", id, asked[id])
		}
	}
	for _, book := range s.sandbox.Books().Parcels {
		if slices.Contains(packages, book.PackageID) && book.ShipCalls() != 1 {
			t.Errorf("%+v", book)
		}
	}
	documents(t, s.dir, parcels)
	t.Logf("%d cuts", cuts)
}
