package mirror

import (
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
)

// callBuy makes a package of an order and buys its label.
const callBuy = "POST /fulfillment/202309/packages"

// toBuy is a parcel without a package id whose label is bought.
func (m *mirrored) toBuy() order.Known {
	m.t.Helper()
	waiting, _, err := m.store.Waiting(1000, "")
	if err != nil {
		m.t.Fatal(err)
	}
	at := slices.IndexFunc(waiting, func(k order.Known) bool { return k.Flow == order.BuyLabel })
	if at < 0 {
		m.t.Fatal("no parcel's label is bought")
	}
	return waiting[at]
}

// A parcel whose label was bought is known by the number it got, at once: its label can be fetched, and a scan of it is no stranger's.
func TestBoughtLabelIsKnownAtOnce(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Mix: sandbox.MixFull, Orders: 60, Seed: 4, LabelDelay: time.Millisecond})
	m.sync()
	parcel := m.toBuy()
	made, err := m.Ship(t.Context(), parcel.Parcel)
	if err != nil || !made.HasPackage() {
		t.Fatalf("%s, %v", made, err)
	}
	for _, key := range []order.ParcelKey{made, parcel.Key} {
		got, found, err := m.store.Parcel(key)
		if err != nil || !found || got.Key != made || got.Standing != order.Arranged || got.Tracking == "" {
			t.Errorf("%s: %+v, %t, %v", key, got.Parcel, found, err)
		}
	}
	if got, found, err := m.Refresh(t.Context(), made); err != nil || !found || got.Key != made {
		t.Errorf("%+v, %t, %v", got, found, err)
	}
}

// Where the order cannot be read after its label was bought, nobody claims to know: the next reading finds the package, and none is bought twice.
func TestBoughtLabelThatCannotBeRead(t *testing.T) {
	scenario := sandbox.Scenario{Entries: []sandbox.Entry{{What: "error", Code: 36009003, Call: "GET /order/*/orders", Times: 2}}}
	m := newMirrored(t, sandbox.Options{Mix: sandbox.MixFull, Orders: 60, Seed: 4, LabelDelay: time.Millisecond, Scenario: &scenario})
	m.sync()
	parcel := m.toBuy()
	made, err := m.Ship(t.Context(), parcel.Parcel)
	if platform.ReactionTo(err) != platform.UnknownOutcome || made != parcel.Key {
		t.Fatalf("%s, %v", made, err)
	}
	got, found, err := m.Refresh(t.Context(), parcel.Key)
	if err != nil || !found || !got.Key.HasPackage() || got.Standing != order.Arranged {
		t.Errorf("%+v, %t, %v", got, found, err)
	}
	if n := m.sandbox.Calls(callBuy); n != 1 {
		t.Errorf("bought %d times", n)
	}
}
