// Package mirror keeps the store and the platform in step: it reads orders into the store, arranges shipment and fetches labels.
package mirror

import (
	"context"
	"sync"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
)

// Platform is what the mirror asks of the platform's client.
type Platform interface {
	ClockOffset() time.Duration
	Shops(ctx context.Context) ([]order.Shop, error)
	SearchOrders(ctx context.Context, shop order.Shop, s platform.Search) (platform.OrderPage, error)
	Orders(ctx context.Context, shop order.Shop, ids []string) ([]order.Order, error)
	Ship(ctx context.Context, shop order.Shop, s platform.Shipment) error
	ShipBatch(ctx context.Context, shop order.Shop, shipments []platform.Shipment) (failed map[string]error, err error)
	ShippingServices(ctx context.Context, shop order.Shop, p platform.Parcelling) ([]platform.ShippingService, error)
	CreatePackage(ctx context.Context, shop order.Shop, p platform.Parcelling) (platform.Created, error)
	MarkShipped(ctx context.Context, shop order.Shop, m platform.Marking) (platform.Marked, error)
	UpdatePackageTracking(ctx context.Context, shop order.Shop, packageID, tracking, providerID string) error
	SearchCancellations(ctx context.Context, shop order.Shop, s platform.CancellationSearch) (platform.CancellationPage, error)
	ApproveCancellation(ctx context.Context, shop order.Shop, cancelID, idempotencyKey string) error
	RejectCancellation(ctx context.Context, shop order.Shop, cancelID, idempotencyKey, reason, comment string) error
	RejectReasons(ctx context.Context, shop order.Shop, cancelID, locale string) ([]order.RejectReason, error)
	SplitAttributes(ctx context.Context, shop order.Shop, orderIDs []string) ([]platform.SplitAttributes, error)
	Split(ctx context.Context, shop order.Shop, orderID string, groups []platform.SplitGroup) ([]platform.SplitPackage, error)
	Warehouses(ctx context.Context, shop order.Shop) ([]order.Warehouse, error)
	DeliveryOptions(ctx context.Context, shop order.Shop, warehouseID string) ([]platform.DeliveryOption, error)
	ShippingProviders(ctx context.Context, shop order.Shop, deliveryOptionID string) ([]platform.Provider, error)
	Tracking(ctx context.Context, shop order.Shop, orderID string) ([]order.TrackingEvent, error)
	ShippingDocument(ctx context.Context, shop order.Shop, packageID string, d platform.DocumentRequest) (platform.Document, error)
	Download(ctx context.Context, address string) ([]byte, error)
	Picture(ctx context.Context, address string) ([]byte, error)
	Package(ctx context.Context, shop order.Shop, packageID string) (platform.Package, error)
	HandoverSlots(ctx context.Context, shop order.Shop, packageID string) (platform.Handover, error)
}

// Store is what the mirror asks of the store.
type Store interface {
	SaveShops(shops []order.Shop) error
	Reading(shopID string) (seenTo, readAt time.Time, err error)
	SavePage(shopID string, orders []order.Order, readAt, seenTo time.Time) error
	SaveReading(shopID string, seenTo, readAt time.Time) error
	SaveOrders(orders []order.Order, readAt time.Time) error
	Parcel(key order.ParcelKey) (order.Known, bool, error)
	Order(id string) (order.Order, bool, error)
	KeepDocument(document []byte) (string, error)
	Article(sku string) (order.Article, error)
	Requests() ([]order.Known, error)
	Warehouses(shopID string) ([]order.Warehouse, error)
	SaveWarehouses(shopID string, warehouses []order.Warehouse) error
	CancellationsWanted(shopID string) ([]string, error)
	SaveCancellations(cancellations []order.Cancellation) error
	ToTrack(shopID string, most int) ([]string, error)
	PicturesWanted() ([]string, error)
	KeepPicture(address string, picture []byte) error
	SaveTracking(orderID string, events []order.TrackingEvent, transit order.Transit, asked time.Time) error
}

// Mirror is safe for use by several goroutines.
type Mirror struct {
	platform Platform
	store    Store
	now      func() time.Time
	wait     []time.Duration // between two asks for a label that is not ready

	pushing chan struct{} // holds one while an outbox is at work: two would put the same request to the platform

	phrases order.Phrases // what carriers' words mean

	inVain map[string]bool // addresses of pictures that cannot be had, of whoever calls Pictures

	mu    sync.Mutex
	shops []order.Shop // with their ciphers; empty until first asked for
}

// New makes a mirror between a platform and a store.
func New(p Platform, s Store, now func() time.Time) *Mirror {
	return &Mirror{platform: p, store: s, now: now, wait: labelWaits, pushing: make(chan struct{}, 1), inVain: map[string]bool{}}
}

// Understanding has the mirror know what carriers' words mean; without it every word counts, and none is a node. It is called before the mirror is used.
func (m *Mirror) Understanding(phrases order.Phrases) *Mirror {
	m.phrases = phrases
	return m
}

// ClockOff is how far the platform's clock is ahead of this computer's, as far as it has answered. Nobody need do anything about it but those who
// read the computer's clock.
func (m *Mirror) ClockOff() time.Duration { return m.platform.ClockOffset() }

// Shops asks the platform anew which shops the authorization is for.
func (m *Mirror) Shops(ctx context.Context) ([]order.Shop, error) { return m.authorized(ctx, true) }

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
