package station

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"packbench/internal/label"
	"packbench/internal/label/pdfium"
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
	"packbench/printer"
)

// TestMain makes the tests' program a worker that draws documents where it is asked to be one.
func TestMain(m *testing.M) {
	pdfium.WorkIfAsked()
	os.Exit(m.Run())
}

// BenchmarkLastPieceToFirstByte is what a packer waits for whose parcel is arranged and its label document kept (design 5): from handing in the scan of
// the last piece until the label's first byte is read at the other end of a TCP connection that stands. The store is on this computer's disk with 100,000
// orders cached, the platform's word is fresh. "to be drawn" is the same for a page that is not ready.
//
// Three events are journalled in between, each in a commit of its own: journal is the time in them. commit is what one takes that holds an event of no
// parcel, in the same file.
func BenchmarkLastPieceToFirstByte(b *testing.B) {
	dir := filledFolder(b, 100_000)
	for n, name := range []string{"page ready", "to be drawn"} {
		b.Run(name, func(b *testing.B) { benchFirstByte(b, dir, n == 0, 1_000_000*(n+1)) })
	}
}

// benchFirstByte packs parcels numbered from first on.
func benchFirstByte(b *testing.B, dir string, ready bool, first int) {
	maker := label.NewMaker(filepath.Join(os.TempDir(), "packbench-test-cache"))
	b.Cleanup(func() {
		if err := maker.Close(context.Background()); err != nil {
			b.Error(err)
		}
	})
	labels := &unready{Maker: maker, failing: !ready}
	far := listen(b)
	device, err := printer.Open("tcp:"+far.Addr().String(), printer.Options{Lang: printer.ZPL, DPI: 203, Medium: page.Label})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := device.Close(); err != nil {
			b.Error(err)
		}
	})
	s := shopIn(b, dir)
	files := &timed{Store: s.store}
	r := s.start(files, func(c *Config) { c.Labels, c.Printer = labels, device })
	document, err := os.ReadFile(filepath.Join("..", "label", "testdata", "a6_cairo.pdf"))
	if err != nil {
		b.Fatal(err)
	}
	var waits, journals, commits []time.Duration
	pack := func() {
		b.StopTimer()
		labels.again()
		r.scan(string(s.benchParcel(first, document)), packing.OpenedOut)
		first++
		r.scan("tee", packing.TakenOut)
		r.settle()
		if (r.Snapshot().Label != nil) != ready {
			b.Fatal("whether the page is ready is not as it is to be measured")
		}
		last := r.next("tee")
		far.expect()
		b.StartTimer()
		began := time.Now()
		r.Submit(last)
		arrived := <-far.first
		b.StopTimer()
		waits, journals = append(waits, arrived.Sub(began)), append(journals, files.between(began, arrived))
		r.phase(packing.LabelScan)
		r.scan(benchTracking, packing.ConfirmedOut)
		r.settle()
		began = time.Now()
		if err := s.store.Append([]order.Event{{At: began}}); err != nil {
			b.Fatal(err)
		}
		commits = append(commits, time.Since(began))
		b.StartTimer()
	}
	pack() // the connection, the worker
	waits, journals, commits = nil, nil, nil
	for b.Loop() {
		pack()
	}
	r.end()
	b.ReportMetric(0, "ns/op")
	for name, took := range map[string][]time.Duration{"": waits, "journal_": journals, "commit_": commits} {
		slices.Sort(took)
		for _, percent := range []int{50, 95} {
			b.ReportMetric(took[(len(took)*percent-1)/100].Seconds()*1000, fmt.Sprintf("%sp%d_ms", name, percent))
		}
	}
}

// benchTracking is the number on the label that is printed.
const benchTracking = "JX100000000000"

// benchParcel makes a parcel of two pieces, arranged by this bench, its label document kept.
func (s *shop) benchParcel(n int, document []byte) order.ParcelKey {
	s.t.Helper()
	o := s.order(n, order.AwaitingCollection, "tee", "tee")
	for i := range o.Lines {
		o.Lines[i].Tracking = benchTracking
	}
	s.save(o)
	key := order.ParcelKey(o.PackageIDs[0])
	name, err := s.store.KeepDocument(document)
	if err != nil {
		s.t.Fatal(err)
	}
	s.keptDocument(key, name, benchTracking)
	return key
}

// unready draws as the Maker it has, but for the first time after again where it is failing: what is drawn ahead comes to nothing.
type unready struct {
	*label.Maker
	failing bool
	mu      sync.Mutex
	fail    bool
}

func (u *unready) again() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.fail = u.failing
}

func (u *unready) Make(ctx context.Context, document []byte, medium page.Size, dpi int) (*page.Page, error) {
	u.mu.Lock()
	fail := u.fail
	u.fail = false
	u.mu.Unlock()
	if fail {
		return nil, errors.New("it is not to be ready")
	}
	return u.Maker.Make(ctx, document, medium, dpi)
}

// timed tells how long the journal took.
type timed struct {
	Store
	mu    sync.Mutex
	began []time.Time
	ended []time.Time
}

func (f *timed) Append(events []order.Event) error {
	began := time.Now()
	err := f.Store.Append(events)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.began, f.ended = append(f.began, began), append(f.ended, time.Now())
	return err
}

// between is the time in the journal between two moments.
func (f *timed) between(from, to time.Time) (took time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, began := range f.began {
		if !began.Before(from) && !f.ended[i].After(to) {
			took += f.ended[i].Sub(began)
		}
	}
	f.began, f.ended = nil, nil
	return took
}

// farEnd is a printer that takes all bytes at once, and tells when the first one after expect came.
type farEnd struct {
	net.Listener
	first  chan time.Time
	mu     sync.Mutex
	waited bool
}

func (f *farEnd) expect() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waited = true
}

// take reads all that comes on the first connection.
func (f *farEnd) take() {
	conn, err := f.Accept()
	if err != nil {
		return // closed before there was one
	}
	defer conn.Close()
	some := make([]byte, 64<<10)
	for {
		n, err := conn.Read(some)
		at := time.Now()
		f.mu.Lock()
		if n > 0 && f.waited {
			f.waited = false
			f.first <- at
		}
		f.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func listen(b *testing.B) *farEnd {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	f := &farEnd{Listener: listener, first: make(chan time.Time, 1)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.take()
	}()
	b.Cleanup(func() {
		listener.Close()
		<-done
	})
	return f
}
