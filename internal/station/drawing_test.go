package station

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/page"
)

// draws counts how often each document is drawn.
type draws struct {
	mu    sync.Mutex
	times map[string]int
}

func (d *draws) want(t *testing.T, want map[string]int) {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.times) != len(want) {
		t.Errorf("drawn %v, want %v", d.times, want)
	}
	for document, times := range want {
		if d.times[document] != times {
			t.Errorf("%q was drawn %d times, want %d", document, d.times[document], times)
		}
	}
}

// countDraws counts from now on, and has documents other than the first of a parcel differ on paper.
func (s *shop) countDraws() *draws {
	d := &draws{times: map[string]int{}}
	draw := s.draw
	s.draw = func(document []byte) (*page.Page, error) {
		d.mu.Lock()
		d.times[string(document)]++
		d.mu.Unlock()
		drawn, err := draw(document)
		if err == nil && strings.HasPrefix(string(document), "new ") {
			drawn.Set(drawn.Width-1, drawn.Height-1)
		}
		return drawn, err
	}
	return d
}

const oldDocument, newDocument = "label of P20", "new label of P20"

// labelFirst makes parcel P20 (tee, tee), arranged by this bench, its label document kept. What the platform gives from now on is the new document.
func (s *shop) labelFirst() {
	s.t.Helper()
	s.save(s.order(20, order.AwaitingCollection, "tee", "tee"))
	name, err := s.store.KeepDocument([]byte(oldDocument))
	if err != nil {
		s.t.Fatal(err)
	}
	s.keptDocument("P20", name, trackingOf(20))
	s.document = func(context.Context, order.Parcel) ([]byte, string, string, error) {
		name, err := s.store.KeepDocument([]byte(newDocument))
		return []byte(newDocument), name, trackingOf(20), err
	}
}

// keptDocument journals that this bench arranged a parcel and that its document is kept.
func (s *shop) keptDocument(key order.ParcelKey, name, tracking string) {
	s.t.Helper()
	known, _, err := s.store.Parcel(key)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.store.Append([]order.Event{
		{Kind: order.ShipTried, Parcel: key}, {Kind: order.ShipArranged, Parcel: key},
		{Kind: order.DocumentKept, Parcel: key, Document: name, Tracking: tracking, Version: known.LabelVersion},
	}); err != nil {
		s.t.Fatal(err)
	}
}

// moved changes the address P20 goes to, as the platform tells it.
func (s *shop) moved() {
	o := s.order(20, order.AwaitingCollection, "tee", "tee")
	o.AddressUpdated = true
	s.save(o)
}

// wantPrinted checks that these documents' labels, and no others, came out.
func (s *shop) wantPrinted(documents ...string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.printed) != len(documents) {
		s.t.Fatalf("%d labels were printed, want %d", len(s.printed), len(documents))
	}
	for i, document := range documents {
		drawn, err := labelPage(trackingOf(20))
		if err != nil {
			s.t.Fatal(err)
		}
		if document == newDocument {
			drawn.Set(drawn.Width-1, drawn.Height-1)
		}
		if !slices.Equal(s.printed[i], s.Encode(drawn)) {
			s.t.Errorf("label %d is not of %q", i+1, document)
		}
	}
}

func (r *running) pageReady() {
	r.t.Helper()
	r.until(func(s Snapshot) bool { return s.Label != nil })
}

// later sets the bench's clock ahead.
func later(by *atomic.Int64) func(*Config) {
	return func(c *Config) { c.Now = func() time.Time { return time.Now().Add(time.Duration(by.Load())) } }
}

func TestAKeptDocumentIsDrawnWhileThePiecesAreScanned(t *testing.T) {
	s := newShop(t)
	s.labelFirst()
	drawn := s.countDraws()
	r := s.start(nil)
	r.scan("P20", packing.OpenedOut)
	r.pageReady()
	drawn.want(t, map[string]int{oldDocument: 1})
	r.scan("tee", packing.TakenOut)
	r.scan("tee", packing.TakenOut)
	r.phase(packing.LabelScan)
	if got := s.history("P20"); !slices.Equal(got[3:], []order.EventKind{order.Opened, order.Taken, order.Taken, order.LabelQueued, order.LabelSending, order.LabelSent}) {
		t.Errorf("the journal holds %v", got)
	}
	if a, err := r.Again(t.Context(), order.Jammed); err != nil || a.Outcome != packing.Accepted {
		t.Fatalf("%+v, %v", a, err)
	}
	r.until(func(s Snapshot) bool { return s.State.Phase == packing.LabelScan && s.State.Work.Label.Number == 2 })
	r.scan(trackingOf(20), packing.ConfirmedOut)
	s.wantPrinted(oldDocument, oldDocument)
	drawn.want(t, map[string]int{oldDocument: 1})
}

// The last piece is in before the page is drawn: the label waits for that page and has no other drawn.
func TestThePageIsStillBeingDrawnWhenTheLastPieceIsIn(t *testing.T) {
	s := newShop(t)
	s.labelFirst()
	release := make(chan struct{})
	draw := s.draw
	s.draw = func(document []byte) (*page.Page, error) { <-release; return draw(document) }
	drawn := s.countDraws()
	r := s.start(nil)
	r.scan("P20", packing.OpenedOut)
	r.scan("tee", packing.TakenOut)
	r.scan("tee", packing.TakenOut)
	r.phase(packing.Labelling)
	close(release)
	r.phase(packing.LabelScan)
	s.wantPrinted(oldDocument)
	drawn.want(t, map[string]int{oldDocument: 1})
}

// The platform's word that the address is another one comes before the last piece is in, or while its label is made. Either way the page that was drawn
// before stays here.
func TestThePageOfAnOldAddressIsNotSent(t *testing.T) {
	t.Run("heard while packing", func(t *testing.T) {
		s := newShop(t)
		s.labelFirst()
		drawn := s.countDraws()
		var ahead atomic.Int64
		r := s.start(nil, later(&ahead))
		r.scan("P20", packing.OpenedOut)
		r.pageReady()
		version := r.Snapshot().State.Parcel.LabelVersion
		s.moved()
		ahead.Store(int64(packing.Fresh * 3 / 4)) // the word is old enough to be asked for again before the last piece
		r.scan("tee", packing.TakenOut)
		r.until(func(s Snapshot) bool { return s.State.Parcel.LabelVersion != version })
		r.scan("tee", packing.TakenOut)
		r.phase(packing.LabelScan)
		s.wantPrinted(newDocument)
		drawn.want(t, map[string]int{oldDocument: 1, newDocument: 1})
	})
	t.Run("heard while the label is made", func(t *testing.T) {
		s := newShop(t)
		s.labelFirst()
		heard, release := make(chan struct{}), make(chan struct{})
		refresh, draw := s.refresh, s.draw
		s.refresh = func(ctx context.Context, key order.ParcelKey) (order.Parcel, bool, error) {
			<-heard
			return refresh(ctx, key)
		}
		s.draw = func(document []byte) (*page.Page, error) { <-release; return draw(document) }
		drawn := s.countDraws()
		var ahead atomic.Int64
		ahead.Store(int64(2 * packing.Fresh))
		r := s.start(nil, later(&ahead))
		r.scan("P20", packing.OpenedOut)
		version := r.Snapshot().State.Parcel.LabelVersion
		r.scan("tee", packing.TakenOut)
		r.scan("tee", packing.TakenOut)
		r.phase(packing.Labelling)
		s.moved()
		close(heard)
		r.until(func(s Snapshot) bool { return s.State.Parcel.LabelVersion != version })
		close(release)
		r.phase(packing.LabelScan)
		s.wantPrinted(newDocument)
		drawn.want(t, map[string]int{oldDocument: 1, newDocument: 1})
	})
	t.Run("known before it was opened", func(t *testing.T) {
		s := newShop(t)
		s.labelFirst()
		s.moved()
		drawn := s.countDraws()
		r := s.start(nil)
		r.scan("P20", packing.OpenedOut)
		r.scan("tee", packing.TakenOut)
		r.scan("tee", packing.TakenOut)
		r.phase(packing.LabelScan)
		s.wantPrinted(newDocument)
		drawn.want(t, map[string]int{newDocument: 1})
	})
}

func TestAfterARestartThePageIsDrawnOnce(t *testing.T) {
	s := newShop(t)
	s.labelFirst()
	r := s.start(nil)
	r.scan("P20", packing.OpenedOut)
	r.scan("tee", packing.TakenOut)
	r.end()
	drawn := s.countDraws()
	r = s.start(nil) // between two pieces
	r.pageReady()
	r.scan("tee", packing.TakenOut)
	r.phase(packing.LabelScan)
	r.end()
	s.wantPrinted(oldDocument)
	drawn.want(t, map[string]int{oldDocument: 1})
	r = s.start(nil) // with the label out
	r.pageReady()
	if a, err := r.Again(t.Context(), order.Jammed); err != nil || a.Outcome != packing.Accepted {
		t.Fatalf("%+v, %v", a, err)
	}
	r.until(func(s Snapshot) bool { return s.State.Phase == packing.LabelScan && s.State.Work.Label.Number == 2 })
	s.wantPrinted(oldDocument, oldDocument)
	drawn.want(t, map[string]int{oldDocument: 2}) // once by each program
}

// A page that could not be drawn ahead is drawn when it is wanted, and a document that is gone is fetched.
func TestNoPageIsReady(t *testing.T) {
	t.Run("drawing failed", func(t *testing.T) {
		s := newShop(t)
		s.labelFirst()
		draw, failed := s.draw, false
		s.draw = func(document []byte) (*page.Page, error) {
			if !failed {
				failed = true
				return nil, errors.New("the worker was killed")
			}
			return draw(document)
		}
		drawn := s.countDraws()
		r := s.start(nil)
		r.scan("P20", packing.OpenedOut)
		r.settle()
		r.scan("tee", packing.TakenOut)
		r.settle()
		drawn.want(t, map[string]int{oldDocument: 1}) // once ahead, however often the bench looks
		r.scan("tee", packing.TakenOut)
		r.phase(packing.LabelScan)
		s.wantPrinted(oldDocument)
		drawn.want(t, map[string]int{oldDocument: 2})
	})
	t.Run("the document is gone", func(t *testing.T) {
		s := newShop(t)
		s.labelFirst()
		s.keptDocument("P20", "gone", trackingOf(20))
		drawn := s.countDraws()
		r := s.start(nil)
		r.scan("P20", packing.OpenedOut)
		r.scan("tee", packing.TakenOut)
		r.scan("tee", packing.TakenOut)
		r.phase(packing.LabelScan)
		s.wantPrinted(newDocument)
		drawn.want(t, map[string]int{newDocument: 1})
	})
}

// A run that prints the label of the parcel on the bench takes the page that is drawn already.
func TestARunTakesThePageThatIsReady(t *testing.T) {
	s := newShop(t)
	s.labelFirst()
	drawn := s.countDraws()
	r := s.start(nil)
	r.scan("P20", packing.OpenedOut)
	r.pageReady()
	r.print("", PrintWish{Act: PrintThese, Parcels: []order.ParcelKey{"P20"}})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	r.scan("tee", packing.TakenOut)
	r.scan("tee", packing.TakenOut)
	r.phase(packing.LabelScan)
	s.wantPrinted(oldDocument)
	drawn.want(t, map[string]int{oldDocument: 1})
}
