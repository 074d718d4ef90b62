package mirror

import (
	"net/http"
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

const callSplit = "POST /fulfillment/202309/orders/{order_id}/split"

// toSplit is a parcel that waits, of one order, with two articles.
func (m *mirrored) toSplit() order.Known {
	m.t.Helper()
	waiting, _, err := m.store.Waiting(1000, "")
	if err != nil {
		m.t.Fatal(err)
	}
	for _, known := range waiting {
		if n := len(known.Units); n > 1 && len(known.OrderIDs) == 1 && known.Of == 1 && known.Key.HasPackage() && known.Units[0].SKU() != known.Units[n-1].SKU() {
			return known
		}
	}
	m.t.Fatal("no parcel can be split")
	return order.Known{}
}

// askSplit takes the first article of a parcel into its box, and asks for it to go by itself.
func (m *mirrored) askSplit(parcel order.Known) []string {
	m.t.Helper()
	var taken []order.Piece
	var events []order.Event
	for _, u := range parcel.Units {
		if u.SKU() == parcel.Units[0].SKU() {
			taken = append(taken, order.Piece{Unit: u.ID, SKU: u.SKU()})
			events = append(events, order.Event{Kind: order.Taken, Parcel: parcel.Key, Unit: u.ID, SKU: u.SKU()})
		}
	}
	here, left := parcel.SplitOff(taken)
	if len(here) != len(taken) || len(left) > 0 {
		m.t.Fatalf("%v, %v", here, left)
	}
	var units []string
	for _, u := range here {
		units = append(units, u.ID)
	}
	if err := m.store.Append(events); err != nil {
		m.t.Fatal(err)
	}
	m.request(parcel.Key, order.Request{ID: "s", Kind: order.SplitOrder, OrderID: parcel.OrderIDs[0], Here: units, SKU: parcel.Units[len(parcel.Units)-1].SKU()})
	return units
}

// isSplit holds the two parcels of a split order against what was asked.
func (m *mirrored) isSplit(parcel order.Known, units []string) {
	m.t.Helper()
	asked, _, err := m.store.Order(parcel.OrderIDs[0])
	if err != nil {
		m.t.Fatal(err)
	}
	here, rest, split := asked.SplitInto(units)
	if !split || here == parcel.Key || rest == parcel.Key {
		m.t.Fatalf("split: %t, %s and %s of %s", split, here, rest, parcel.Key)
	}
	if w := m.work(here); len(w.Taken) != len(units) || len(w.Requests) != 0 || w.Parcel != here {
		m.t.Errorf("what was there: %+v", w)
	}
	if w := m.work(rest); w.Parked.Shortage != order.SplitRest || w.Parked.SKU == "" || len(w.Taken) != 0 {
		m.t.Errorf("the rest: %+v", w)
	}
	for _, code := range []string{string(parcel.Key), string(here)} { // the old number stands on the pick list
		found, err := m.store.Candidates(code)
		if err != nil || len(found.Parcels) != 1 || found.Parcels[0].Key != here || len(found.Parcels[0].Work.Taken) != len(units) {
			m.t.Errorf("%s: %+v, %v", code, found.Parcels, err)
		}
	}
	if keys, err := m.store.ParcelsOf(string(parcel.Key)); err != nil || len(keys) != 1 || keys[0] != here {
		m.t.Errorf("its history is under %v, %v", keys, err)
	}
	waiting, _, err := m.store.Waiting(1000, "")
	if err != nil {
		m.t.Fatal(err)
	}
	for _, known := range waiting {
		if known.Key == rest {
			m.t.Error("the rest stands in the queue, though it is short")
		}
	}
	if n := m.sandbox.Calls(callSplit); n != 1 {
		m.t.Errorf("split %d times", n)
	}
}

// What is there becomes a parcel of its own, with the pieces that were scanned; the rest waits as short.
func TestSplit(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Orders: 60, Seed: 3})
	m.sync()
	parcel := m.toSplit()
	units := m.askSplit(parcel)
	m.pushAll()
	m.isSplit(parcel, units)
}

// A split that got no answer is looked into, and made once.
func TestSplitWithoutAnAnswer(t *testing.T) {
	for name, arrives := range map[string]bool{"it had arrived": true, "it had not": false} {
		t.Run(name, func(t *testing.T) {
			m := newMirrored(t, sandbox.Options{Orders: 60, Seed: 3})
			m.sync()
			parcel := m.toSplit()
			cut := false
			stand := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/split") && !cut {
					cut = true
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
			m.stand.Store(&stand)
			units := m.askSplit(parcel)
			if arrives { // somebody scans it before the outbox has found out
				if _, err := m.outbox("").Push(t.Context()); err != nil {
					t.Fatal(err)
				}
				if err := m.Sync(t.Context(), nil); err != nil {
					t.Fatal(err)
				}
				found, err := m.store.Candidates(parcel.OrderIDs[0])
				if err != nil || len(found.Parcels) != 2 {
					t.Fatalf("%+v, %v", found.Parcels, err)
				}
				asks := 0
				for _, known := range found.Parcels {
					if _, splitting := known.Work.Splitting(); splitting && len(known.Work.Taken) == len(units) {
						asks++
					}
				}
				if asks != 1 {
					t.Errorf("%d of them know that they are being made", asks)
				}
			}
			m.pushAll()
			m.isSplit(parcel, units)
		})
	}
}

// What the platform does not split stays as it is, with its pieces in the box, and says why and what to do.
func TestSplitIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		entry sandbox.Entry
		why   string
	}{
		"not this order":    {sandbox.Entry{What: "error", Code: 21011035, Call: "POST /fulfillment/*/split", Times: 1}, "platform.no_split"},
		"its label is out":  {sandbox.Entry{What: "error", Code: 21022025, Call: "POST /fulfillment/*/split", Times: 1}, "platform.label_bought"},
		"lines are wanted":  {sandbox.Entry{What: "error", Code: 21011048, Call: "POST /fulfillment/*/split", Times: 1}, "platform.name_units"},
		"not in this state": {sandbox.Entry{What: "error", Code: 21042057, Call: "POST /fulfillment/*/split", Times: 1}, "platform.not_now"},
		"combined":          {sandbox.Entry{What: "error", Code: 21011046, Call: "POST /fulfillment/*/split", Times: 1}, "platform.combined"},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMirrored(t, sandbox.Options{Orders: 60, Seed: 3, Scenario: &sandbox.Scenario{Entries: []sandbox.Entry{c.entry}}})
			m.sync()
			parcel := m.toSplit()
			units := m.askSplit(parcel)
			m.pushAll()
			w := m.work(parcel.Key)
			if len(w.Requests) != 1 || w.Requests[0].Parked.Key != c.why || len(w.Taken) != len(units) {
				t.Fatalf("%+v", w)
			}
			if NextAct(w.Requests[0].Parked).Key == "" {
				t.Error("no next act")
			}
		})
	}
}

// An order that is on its way, or was cancelled, is not asked to be split.
func TestSplitComesTooLate(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Orders: 60, Seed: 3})
	m.sync()
	parcel := m.toSplit()
	if _, err := m.Ship(t.Context(), parcel.Parcel); err != nil {
		t.Fatal(err)
	}
	m.askSplit(parcel)
	m.pushAll()
	if w := m.work(parcel.Key); len(w.Requests) != 1 || w.Requests[0].Parked.Key != "refused.elsewhere" || m.sandbox.Calls(callSplit) != 0 {
		t.Errorf("%+v, %d calls", w, m.sandbox.Calls(callSplit))
	}
}
