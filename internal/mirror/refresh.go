package mirror

import (
	"context"
	"slices"

	"packbench/internal/order"
)

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
	if err == nil && found && known.ReadAt.Before(readAt) { // the store knew better: what it kept is no news
		return order.Parcel{}, false, order.Trouble(nil, "mirror.old_answer")
	}
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
