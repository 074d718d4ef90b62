// Package mirror keeps the store and the platform in step: it reads orders into the store, arranges shipment and fetches labels.
package mirror

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform"
)

// Platform is what the mirror asks of the platform's client.
type Platform interface {
	Shops(ctx context.Context) ([]order.Shop, error)
	SearchOrders(ctx context.Context, shop order.Shop, s platform.Search) (platform.OrderPage, error)
	Orders(ctx context.Context, shop order.Shop, ids []string) ([]order.Order, error)
	Ship(ctx context.Context, shop order.Shop, s platform.Shipment) error
	ShippingDocument(ctx context.Context, shop order.Shop, packageID string, d platform.DocumentRequest) (platform.Document, error)
	Download(ctx context.Context, address string) ([]byte, error)
}

// Store is what the mirror asks of the store.
type Store interface {
	SaveShops(shops []order.Shop) error
	Reading(shopID string) (seenTo, readAt time.Time, err error)
	SavePage(shopID string, orders []order.Order, readAt, seenTo time.Time) error
	SaveReading(shopID string, seenTo, readAt time.Time) error
	SaveOrders(orders []order.Order, readAt time.Time) error
	Parcel(key order.ParcelKey) (order.Known, bool, error)
	KeepDocument(document []byte) (string, error)
}

// overlap is how far behind the last change seen a reading starts again, because the platform's data settles while it is paged
// through (platform API 3.1: 5 to 10 minutes).
const overlap = 10 * time.Minute

// pageSize is the most orders the platform gives at once (platform API 3.1).
const pageSize = 100

// Mirror is safe for use by several goroutines.
type Mirror struct {
	platform Platform
	store    Store
	now      func() time.Time
	wait     []time.Duration // between two asks for a label that is not ready

	mu    sync.Mutex
	shops []order.Shop // with their ciphers; empty until first asked for
}

// labelWaits are the pauses between asks for a label that is still being made; they add up to about two minutes
// (platform API 3.7).
var labelWaits = slices.Concat(
	[]time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond, 800 * time.Millisecond,
		1500 * time.Millisecond, 3 * time.Second, 5 * time.Second},
	slices.Repeat([]time.Duration{8 * time.Second}, 13))

// New makes a mirror between a platform and a store.
func New(p Platform, s Store, now func() time.Time) *Mirror {
	return &Mirror{platform: p, store: s, now: now, wait: labelWaits}
}

// Progress is how far a reading has come.
type Progress struct {
	Shop order.Shop
	Read int // orders read so far
	Of   int // orders the platform has to tell of, as it said on the first page
}

// Sync reads all orders that changed since the last complete reading, of every shop, a page a transaction. told, if not nil, hears of each page.
// A shop that cannot be read keeps none of the others from being read.
func (m *Mirror) Sync(ctx context.Context, told func(Progress)) error {
	shops, err := m.authorized(ctx, true)
	if err != nil {
		return err
	}
	var failed []error
	for _, shop := range shops {
		if err := m.syncShop(ctx, shop, told); err != nil {
			failed = append(failed, err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(failed...)
}

// syncShop reads what changed, the longest ago first. Every page is kept together with how far it came, so that a reading that breaks off goes on there.
//
// Orders change while they are read, and go to the end of the list then; a page token might skip those that move up into their places. So each
// page begins at the second the last one ended in, and a token is followed only where a page holds nothing but that second.
func (m *Mirror) syncShop(ctx context.Context, shop order.Shop, told func(Progress)) error {
	seenTo, _, err := m.store.Reading(shop.ID)
	if err != nil {
		return err
	}
	search := platform.Search{PageSize: pageSize}
	if !seenTo.IsZero() {
		search.UpdatedSince = seenTo.Add(-overlap)
	}
	began := m.now()
	progress, counted := Progress{Shop: shop}, map[string]struct{}{}
	for {
		readAt := m.now()
		page, err := m.platform.SearchOrders(ctx, shop, search)
		if err != nil {
			return err
		}
		last := newest(page.Orders)
		if last.After(seenTo) {
			seenTo = last
		}
		if err := m.store.SavePage(shop.ID, page.Orders, readAt, seenTo); err != nil {
			return err
		}
		for _, o := range page.Orders {
			counted[o.ID] = struct{}{}
		}
		if progress.Of == 0 {
			progress.Of = page.Total
		}
		progress.Read = len(counted)
		progress.Of = max(progress.Of, progress.Read)
		if told != nil {
			told(progress)
		}
		switch {
		case page.Next == "":
			return m.store.SaveReading(shop.ID, seenTo, began)
		case last.After(search.UpdatedSince):
			search.UpdatedSince, search.PageToken = last, ""
		default:
			search.PageToken = page.Next
		}
	}
}

func newest(orders []order.Order) time.Time {
	var last time.Time
	for _, o := range orders {
		if o.UpdatedAt.After(last) {
			last = o.UpdatedAt
		}
	}
	return last
}

// authorized are the shops with their ciphers, asked for anew or as last heard.
func (m *Mirror) authorized(ctx context.Context, anew bool) ([]order.Shop, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.shops) > 0 && !anew {
		return m.shops, nil
	}
	shops, err := m.platform.Shops(ctx)
	if err != nil {
		return nil, err
	}
	if len(shops) == 0 {
		return nil, order.Trouble(nil, "mirror.no_shops")
	}
	if err := m.store.SaveShops(shops); err != nil {
		return nil, err
	}
	m.shops = shops
	return shops, nil
}

func (m *Mirror) shop(ctx context.Context, id string) (order.Shop, error) {
	for _, anew := range []bool{false, true} {
		shops, err := m.authorized(ctx, anew)
		if err != nil {
			return order.Shop{}, err
		}
		for _, shop := range shops {
			if shop.ID == id {
				return shop, nil
			}
		}
	}
	return order.Shop{}, order.Trouble(nil, "mirror.shop_gone")
}

// Refresh reads the orders of a parcel anew and returns it as it is now. found is false when those orders no longer make such
// a parcel, or the platform does not tell of them any more.
func (m *Mirror) Refresh(ctx context.Context, key order.ParcelKey) (parcel order.Parcel, found bool, err error) {
	known, found, err := m.store.Parcel(key)
	if err != nil || !found {
		return order.Parcel{}, false, err
	}
	shop, err := m.shop(ctx, known.ShopID)
	if err != nil {
		return order.Parcel{}, false, err
	}
	readAt := m.now()
	orders, err := m.platform.Orders(ctx, shop, known.OrderIDs)
	if err != nil {
		return order.Parcel{}, false, err
	}
	if err := m.store.SaveOrders(orders, readAt); err != nil {
		return order.Parcel{}, false, err
	}
	if !answered(orders, known.OrderIDs) { // its old word would be asked about over and over
		return order.Parcel{}, false, nil
	}
	known, found, err = m.store.Parcel(key)
	return known.Parcel, found, err
}

// answered tells whether the platform told of every order it was asked about.
func answered(orders []order.Order, ids []string) bool {
	for _, id := range ids {
		if !slices.ContainsFunc(orders, func(o order.Order) bool { return o.ID == id }) {
			return false
		}
	}
	return true
}

// Ship asks the platform once to arrange shipment of a parcel.
func (m *Mirror) Ship(ctx context.Context, parcel order.Parcel) error {
	shop, err := m.shop(ctx, parcel.ShopID)
	if err != nil {
		return err
	}
	return m.platform.Ship(ctx, shop, platform.Shipment{PackageID: string(parcel.Key)})
}

// Document fetches a parcel's label, waiting up to about two minutes while the platform makes it, and keeps it. It returns the document, its
// SHA-256 and the tracking number.
func (m *Mirror) Document(ctx context.Context, parcel order.Parcel) (document []byte, name, tracking string, err error) {
	shop, err := m.shop(ctx, parcel.ShopID)
	if err != nil {
		return nil, "", "", err
	}
	link, err := m.readyDocument(ctx, shop, parcel)
	if err != nil {
		return nil, "", "", err
	}
	document, err = m.platform.Download(ctx, link.URL)
	if err != nil {
		return nil, "", "", err
	}
	name, err = m.store.KeepDocument(document)
	return document, name, link.Tracking, err
}

func (m *Mirror) readyDocument(ctx context.Context, shop order.Shop, parcel order.Parcel) (platform.Document, error) {
	for try := 0; ; try++ {
		link, err := m.platform.ShippingDocument(ctx, shop, string(parcel.Key), platform.DocumentRequest{})
		switch platform.ReactionTo(err) {
		case platform.Nothing:
			return link, nil
		case platform.LabelNotReady:
		default:
			return platform.Document{}, err
		}
		if try == len(m.wait) {
			return platform.Document{}, err
		}
		if err := sleep(ctx, m.wait[try]); err != nil {
			return platform.Document{}, err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return order.Trouble(ctx.Err(), "bench.closing")
	case <-timer.C:
		return nil
	}
}

// StandingFrom is what a refusal of the platform says has become of a parcel; empty where it says nothing of it.
func StandingFrom(err error) order.Standing {
	switch platform.ReactionTo(err) {
	case platform.Cancelled:
		return order.Gone
	case platform.CancelPending:
		return order.CancelRequest
	case platform.OnHold:
		return order.Held
	case platform.PlatformPacks:
		return order.PlatformPacks
	case platform.LabelTooLate:
		return order.Collected
	}
	return ""
}

// ShipEnd is how a request to arrange shipment ended, told from its error.
func ShipEnd(key order.ParcelKey, err error) packing.ShipAnswered {
	answer := packing.ShipAnswered{Key: key, Problem: order.AsProblem(err)}
	switch platform.ReactionTo(err) {
	case platform.Nothing:
		answer.Result = packing.ShipDone
	case platform.AlreadyShipped:
		answer.Result = packing.ShipAlready
	case platform.UnknownOutcome:
		answer.Result = packing.ShipUnknown
	default:
		answer.Result = packing.ShipNo
		answer.Standing = StandingFrom(err)
	}
	return answer
}
