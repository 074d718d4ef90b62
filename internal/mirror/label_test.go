package mirror

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
)

// The label is asked for again until the platform has made it, then fetched and kept.
func TestDocumentWaitsForTheLabel(t *testing.T) {
	var clock atomic.Int64 // ns ahead
	m := newMirrored(t, sandbox.Options{Orders: 20, Seed: 5, LabelDelay: time.Minute,
		Clock: func() time.Time { return time.Now().Add(time.Duration(clock.Load())) }})
	m.sync()
	parcel := m.ready()
	if _, err := m.Ship(t.Context(), parcel); err != nil {
		t.Fatal(err)
	}
	m.wait = []time.Duration{time.Millisecond, time.Millisecond}
	if _, _, _, err := m.Document(t.Context(), parcel); platform.ReactionTo(err) != platform.LabelNotReady {
		t.Errorf("%v", err)
	}
	if n := m.sandbox.Calls(callDocument); n != 3 {
		t.Errorf("asked %d times", n)
	}
	asked := 0
	ready := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked == 2 {
			clock.Store(int64(2 * time.Minute))
		}
		m.sandbox.ServeHTTP(w, r)
	})
	m.stand.Store(&ready)
	document, name, tracking, err := m.Document(t.Context(), parcel)
	if err != nil || !strings.HasPrefix(string(document), "%PDF") || tracking == "" || m.sandbox.Calls(callDocument) != 5 {
		t.Fatalf("%d bytes, %q, %v, asked %d times", len(document), tracking, err, m.sandbox.Calls(callDocument))
	}
	if kept, err := m.store.Document(name); err != nil || string(kept) != string(document) {
		t.Errorf("kept %d bytes, %v", len(kept), err)
	}
}

func TestDocumentOfAParcelThatIsNotShipped(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Data: shopFile(t, orderFile("A", "1", time.Now()))})
	cancelled := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "shipping_documents") {
			fmt.Fprint(w, `{"code":21023059,"message":"The package is cancelled.","request_id":"1"}`)
			return
		}
		m.sandbox.ServeHTTP(w, r)
	})
	m.sync()
	m.stand.Store(&cancelled)
	if _, _, _, err := m.Document(t.Context(), m.ready()); StandingFrom(err) != order.Gone {
		t.Errorf("%v", err)
	}
}

// The pauses between asks add up to about two minutes and end at once with the bench.
func TestPausesBetweenAsks(t *testing.T) {
	var all time.Duration
	for _, pause := range labelWaits {
		all += pause
	}
	if all < 110*time.Second || all > 130*time.Second {
		t.Errorf("the pauses add up to %s", all)
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		began := time.Now()
		if err := sleep(ctx, 3*time.Second); err != nil || time.Since(began) != 3*time.Second {
			t.Errorf("%s, %v", time.Since(began), err)
		}
		time.AfterFunc(time.Second, cancel)
		if p := order.AsProblem(sleep(ctx, time.Minute)); p == nil || p.Key != "bench.closing" || time.Since(began) != 4*time.Second {
			t.Errorf("%v after %s", p, time.Since(began))
		}
	})
}

// refusedWith is an error of the platform's client for a code, as its ship or label call gives it.
func refusedWith(t *testing.T, m *mirrored, code int) error {
	t.Helper()
	stand := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"code":%d,"message":"no","request_id":"1"}`, code)
	})
	m.stand.Store(&stand)
	return m.client.Ship(t.Context(), order.Shop{ID: "A", Cipher: "x"}, platform.Shipment{PackageID: "P1"})
}

func TestShipEnds(t *testing.T) {
	m := newMirrored(t, sandbox.Options{})
	for name, c := range map[string]struct {
		code     int
		result   packing.ShipResult
		standing order.Standing
	}{
		"arranged":                    {0, packing.ShipDone, ""},
		"shipped before":              {21011040, packing.ShipAlready, ""},
		"cancelled":                   {21011041, packing.ShipNo, order.Gone},
		"the buyer asked to cancel":   {21008044, packing.ShipNo, order.CancelRequest},
		"on hold":                     {21011044, packing.ShipNo, order.Held},
		"the platform packs it":       {21008025, packing.ShipNo, order.PlatformPacks},
		"wrong secret":                {106001, packing.ShipNo, ""},
		"too many requests":           {36009002, packing.ShipNo, ""},
		"a code nobody has heard of":  {99999999, packing.ShipNo, ""},
		"the gateway did not wait":    {36009007, packing.ShipUnknown, ""},
		"the carrier has it (labels)": {21042102, packing.ShipNo, order.Collected},
	} {
		err := refusedWith(t, m, c.code)
		got := ShipEnd("P1", "P1", err)
		if got.Key != "P1" || got.Result != c.result || got.Standing != c.standing || (got.Problem == nil) != (err == nil) {
			t.Errorf("%s: %+v from %v", name, got, err)
		}
		if standing := StandingFrom(err); standing != c.standing {
			t.Errorf("%s: stands as %q", name, standing)
		}
	}
	if got := ShipEnd("P1", "P1", errors.New("something else")); got.Result != packing.ShipNo || got.Problem.Key != "bench.failed" {
		t.Errorf("%+v", got)
	}
	lost := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		conn.Close()
	})
	m.stand.Store(&lost)
	if got := ShipEnd("P1", "P1", m.client.Ship(t.Context(), order.Shop{ID: "A", Cipher: "x"}, platform.Shipment{PackageID: "P1"})); got.Result != packing.ShipUnknown {
		t.Errorf("an answer that was lost: %+v", got)
	}
}
