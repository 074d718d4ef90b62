package station

import (
	"context"
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/spool"
)

// While nobody knows a parcel and the platform cannot be asked, its label waits; it is not kept back for good.
func TestALabelWaitsForAPlatformThatCannotBeAsked(t *testing.T) {
	s := newShop(t)
	if err := s.store.Append([]order.Event{
		{Kind: order.ShipTried, Parcel: "P50"}, {Kind: order.ShipArranged, Parcel: "P50"}, {Kind: order.RunMade, Run: "R", Parcels: []order.ParcelKey{"P50"}},
	}); err != nil {
		t.Fatal(err)
	}
	s.refresh = func(context.Context, order.ParcelKey) (order.Parcel, bool, error) {
		return order.Parcel{}, false, order.Trouble(nil, "platform.unreachable")
	}
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintGoOn})
	r.until(func(s Snapshot) bool { return s.Run.Trouble.Key == "platform.unreachable" })
	s.save(s.order(50, order.AwaitingCollection, "tee"))
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got := s.onPaper(); !slices.Equal(got, []int{50}) {
		t.Errorf("printed %v", got)
	}
}

// A parcel that stops after its label's turn came does not get it.
func TestALabelDoesNotGoOutOnceItsParcelStopped(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(2)
	reached, goOn := make(chan struct{}), make(chan struct{})
	first := true
	s.reach = func(context.Context) error {
		if first {
			first = false
			close(reached)
			<-goOn
		}
		return nil
	}
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	<-reached
	if err := r.Record(t.Context(), order.Event{Kind: order.Stopped, Parcel: "P10", Standing: order.Gone}); err != nil {
		t.Fatal(err)
	}
	close(goOn)
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	if got := s.onPaper(); !slices.Equal(got, []int{11}) {
		t.Errorf("printed %v", got)
	}
}

// A run of which a label was kept back does not end by itself: a person hears why first.
func TestARunWithALabelKeptBackWaitsForAPerson(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(1)
	s.save(s.order(10, order.Cancelled, "tee"))
	r := s.start(nil)
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	shot := r.until(func(s Snapshot) bool { return len(s.Run.Held) > 0 && s.Run.AllSent })
	r.settle()
	if shot = r.Snapshot(); shot.Run.State != order.RunGoing || shot.Run.Held["P10"].Key != "refused.cancelled" {
		t.Errorf("%+v", shot.Run)
	}
	r.print("", PrintWish{Act: PrintGiveUp})
}

// A label that the platform made anew while the old one waited for its turn is the one that is written down, so that it is not refused on its parcel.
func TestALabelThatChangedBeforeItsTurn(t *testing.T) {
	s := newShop(t)
	keys := s.arranged(2)
	late := time.Duration(0)
	now := func() time.Time {
		s.mu.Lock()
		defer s.mu.Unlock()
		return time.Now().Add(late)
	}
	s.refresh = func(_ context.Context, key order.ParcelKey) (order.Parcel, bool, error) {
		known, found, err := s.store.Parcel(key)
		known.ReadAt = now()
		return known.Parcel, found, err
	}
	r := s.start(nil, func(c *Config) { c.Unproven, c.Now = 1, now })
	r.print("", PrintWish{Act: PrintThese, Parcels: keys})
	r.until(func(s Snapshot) bool { return s.Run.Wait == spool.ScanLabel && s.Run.Labels[1].State == order.Queued })
	changed := s.order(11, order.AwaitingCollection, "tee")
	changed.AddressUpdated = true
	s.save(changed)
	s.mu.Lock()
	late = drawnFor + time.Second
	s.mu.Unlock()
	r.print("", PrintWish{Act: PrintScan, Code: trackingOf(10)})
	r.until(func(s Snapshot) bool { return s.Run.AllSent })
	r.at = now()
	r.scan(trackingOf(11), packing.OpenedOut)
	r.scan("tee", packing.TakenOut)
	r.scan(trackingOf(11), packing.ConfirmedOut)
}

// A document that carries another parcel's number, or cannot be drawn, is not kept: the next run fetches it anew, whoever kept it.
func TestADocumentThatIsNoGoodIsFetchedAnew(t *testing.T) {
	for name, bad := range map[string]string{"foreign": "label of P11", "damaged": "nothing"} {
		for _, kept := range []bool{false, true} {
			s := newShop(t)
			keys := s.arranged(2)
			good := s.document
			wrong := func() ([]byte, string, string, error) {
				document, err := s.store.KeepDocument([]byte(bad))
				return []byte(bad), document, trackingOf(10), err
			}
			s.document = func(ctx context.Context, p order.Parcel) ([]byte, string, string, error) {
				if p.Key == "P10" {
					return wrong()
				}
				return good(ctx, p)
			}
			if kept {
				_, document, tracking, err := wrong()
				known, _, unread := s.store.Parcel("P10")
				if err != nil || unread != nil {
					t.Fatal(err, unread)
				}
				if err := s.store.Append([]order.Event{
					{Kind: order.DocumentKept, Parcel: "P10", Document: document, Tracking: tracking, Version: known.LabelVersion},
				}); err != nil {
					t.Fatal(err)
				}
			}
			r := s.start(nil)
			r.print("", PrintWish{Act: PrintThese, Parcels: keys[:1]})
			r.until(func(s Snapshot) bool { return s.Run.Held["P10"].Key != "" })
			r.print("", PrintWish{Act: PrintGiveUp})
			r.end()
			s.document = good
			r = s.start(nil)
			r.print("", PrintWish{Act: PrintThese, Parcels: keys[:1]})
			r.until(func(s Snapshot) bool { return s.Run.AllSent })
			if got := s.onPaper(); !slices.Equal(got, []int{10}) {
				t.Errorf("%s, kept %v: printed %v", name, kept, got)
			}
			r.end()
		}
	}
}
