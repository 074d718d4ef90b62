package mirror

import (
	"context"
	"errors"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
)

// overlap is how far behind the last change seen a reading starts again, because the platform's data settles while it is paged
// through (platform API 3.1: 5 to 10 minutes).
const overlap = 10 * time.Minute

// pageSize is the most orders the platform gives at once (platform API 3.1).
const pageSize = 100

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
		err := m.syncShop(ctx, shop, told)
		if err == nil {
			err = errors.Join(m.readWarehouses(ctx, shop), m.readCancellations(ctx, shop))
		}
		if err != nil {
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
