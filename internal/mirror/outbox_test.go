package mirror

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
	"packbench/internal/words"
)

func TestPauses(t *testing.T) {
	for tries, want := range map[int]time.Duration{1: 2 * time.Second, 2: 4 * time.Second, 5: 32 * time.Second, 8: 256 * time.Second, 9: 5 * time.Minute, 90: 5 * time.Minute} {
		if got := pause(tries); got != want {
			t.Errorf("after %d tries %s, want %s", tries, got, want)
		}
	}
}

// What a try comes to that the platform did not carry out.
func TestEndOf(t *testing.T) {
	m := newMirrored(t, sandbox.Options{})
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		code, tries int
		park        string
		again       time.Duration
		whole       bool
	}{
		"too many requests":            {36009002, 0, "", 2 * time.Second, false},
		"too many requests, for long":  {36009002, mostTries - 1, "platform.busy", 0, false},
		"frozen":                       {10007014, 2, "", 8 * time.Second, false},
		"cancelled":                    {21011041, 0, "platform.cancelled", 0, false},
		"label not ready":              {11034037, 0, "", labelWaits[0], false},
		"label not ready, for minutes": {11034037, len(labelWaits), "platform.label_not_ready", 0, false},
		"the consent has ended":        {105005, 0, "", longestPause, true},
		"a code nobody knows":          {99999999, 0, "platform.refused", 0, false},
	} {
		err := refusedWith(t, m, c.code)
		got := endOf(order.Request{Tries: c.tries}, err, now)
		if got.park.Key != c.park || got.whole != c.whole || !got.certain || c.park == "" && got.again.Sub(now) != c.again {
			t.Errorf("%s: %+v from %v", name, got, err)
		}
	}
	unknown := endOf(order.Request{}, platform.Unseen(fmt.Errorf("lost")), now)
	if unknown.certain || unknown.park.Key != "" || unknown.again.Sub(now) > 5*time.Second {
		t.Errorf("arranged, and not read: %+v", unknown)
	}
}

// Every reason with an act of its own is a sentence of the program, and every act is one.
func TestActsAreForReasonsThereAre(t *testing.T) {
	tongue, err := words.In(words.English)
	if err != nil {
		t.Fatal(err)
	}
	for reason := range acts {
		if tongue.Say(order.Say(reason)) == reason {
			t.Errorf("nobody says %s", reason)
		}
		if act := NextAct(order.Say(reason)); tongue.Say(act) == act.Key {
			t.Errorf("nobody says %s", act.Key)
		}
	}
	if NextAct(order.Say("platform.busy")).Key != "next.try_again" {
		t.Error("what has no act of its own is tried again")
	}
}

// outbox is the outbox of a bench without a packer.
func (m *mirrored) outbox(open order.ParcelKey) *Outbox {
	return m.Outbox(func(events ...order.Event) error { return m.store.Append(events) }, func() order.ParcelKey { return open }, "")
}

func (m *mirrored) request(key order.ParcelKey, r order.Request) {
	m.t.Helper()
	if err := m.store.Append([]order.Event{{At: time.Now(), Kind: order.RequestMade, Parcel: key, Request: r}}); err != nil {
		m.t.Fatal(err)
	}
}

func (m *mirrored) work(key order.ParcelKey) order.Work {
	m.t.Helper()
	known, found, err := m.store.Parcel(key)
	if err != nil || !found {
		m.t.Fatalf("%s: %t, %v", key, found, err)
	}
	return known.Work
}

// The parcel on the bench is the bench's to arrange; another warehouse's is nobody's here.
func TestOutboxLeavesAlone(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Orders: 20, Seed: 5})
	m.sync()
	parcel := m.ready()
	m.request(parcel.Key, order.Request{ID: "a", Kind: order.Arrange})
	if next, err := m.outbox(parcel.Key).Push(t.Context()); err != nil || !next.IsZero() {
		t.Fatalf("%s, %v", next, err)
	}
	if w := m.work(parcel.Key); w.Tries != 0 || len(w.Requests) != 1 {
		t.Errorf("%+v", w)
	}
	elsewhere := m.Outbox(func(events ...order.Event) error { return m.store.Append(events) }, func() order.ParcelKey { return "" }, "another")
	if _, err := elsewhere.Push(t.Context()); err != nil {
		t.Fatal(err)
	}
	if w := m.work(parcel.Key); w.Tries != 0 || w.Requests[0].Parked.Key != "refused.other_warehouse" {
		t.Errorf("%+v", w)
	}
}

// A batch that got no answer is read before anything is asked again: what it did is not done twice, what it did not do is done.
func TestBatchWithoutAnAnswer(t *testing.T) {
	for name, arrives := range map[string]bool{"it had arrived": true, "it had not": false} {
		t.Run(name, func(t *testing.T) {
			m := newMirrored(t, sandbox.Options{Orders: 30, Seed: 5})
			m.sync()
			waiting, _, err := m.store.Waiting(5, "")
			if err != nil || len(waiting) != 5 {
				t.Fatalf("%v, %v", waiting, err)
			}
			var asked []string
			cut := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked = append(asked, r.URL.Path)
				if strings.HasSuffix(r.URL.Path, "/packages/ship") && len(asked) < 4 {
					if arrives {
						m.sandbox.ServeHTTP(discard{http.Header{}}, r)
					}
					conn, _, err := w.(http.Hijacker).Hijack()
					if err != nil {
						t.Error(err)
						return
					}
					conn.Close()
					return
				}
				m.sandbox.ServeHTTP(w, r)
			})
			m.stand.Store(&cut)
			for i, parcel := range waiting {
				m.request(parcel.Key, order.Request{ID: fmt.Sprint(i), Kind: order.Arrange})
			}
			m.pushAll()
			for _, book := range m.sandbox.Books().Parcels {
				if len(book.Arranged) > 1 {
					t.Errorf("%s was arranged %d times", book.PackageID, len(book.Arranged))
				}
			}
			for _, parcel := range waiting {
				if w := m.work(parcel.Key); !w.Arranged || len(w.Requests) != 0 {
					t.Errorf("%s: %+v", parcel.Key, w)
				}
			}
			ships := m.sandbox.Calls("POST /fulfillment/202309/packages/ship")
			if ships != 1 {
				t.Errorf("%d batches reached the platform, asked %v", ships, asked)
			}
		})
	}
}

// discard is a connection that is gone.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(p []byte) (int, error) { return len(p), nil }
func (d discard) WriteHeader(int)             {}

// pushAll empties the outbox, waiting as long as it says.
func (m *mirrored) pushAll() {
	m.t.Helper()
	for range 20 {
		next, err := m.outbox("").Push(m.t.Context())
		if err != nil {
			m.t.Fatal(err)
		}
		if next.IsZero() {
			return
		}
		time.Sleep(time.Until(next))
	}
	m.t.Fatal("the outbox does not become empty")
}

// Two outboxes of one mirror take turns, and one that is told to stop does.
func TestOutboxesTakeTurns(t *testing.T) {
	m := newMirrored(t, sandbox.Options{})
	m.pushing <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := m.outbox("").Push(ctx); order.AsProblem(err).Key != "bench.closing" {
		t.Errorf("%v", err)
	}
	<-m.pushing
	if _, err := m.outbox("").Push(t.Context()); err != nil {
		t.Error(err)
	}
}

// The service the platform proposes comes before all others, then the cheapest.
func TestCheaper(t *testing.T) {
	dear, cheap, proposed, odd := platform.ShippingService{ID: "d", Price: "10.5"}, platform.ShippingService{ID: "c", Price: "9.90"},
		platform.ShippingService{ID: "p", Price: "99", Default: true}, platform.ShippingService{ID: "o", Price: "free"}
	for name, c := range map[string]struct{ a, b platform.ShippingService }{
		"by price, not by letters": {cheap, dear}, "proposed": {proposed, cheap}, "a price nobody can read": {dear, odd},
	} {
		if cheaper(c.a, c.b) >= 0 || cheaper(c.b, c.a) <= 0 {
			t.Errorf("%s: %v and %v", name, c.a, c.b)
		}
	}
}
