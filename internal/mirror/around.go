package mirror

import (
	"context"
	"errors"
	"slices"

	"packbench/internal/order"
	"packbench/internal/platform"
)

// readWarehouses reads a shop's warehouses, once: they do not change from day to day.
func (m *Mirror) readWarehouses(ctx context.Context, shop order.Shop) error {
	known, err := m.store.Warehouses(shop.ID)
	if err != nil || known != nil {
		return err
	}
	warehouses, err := m.platform.Warehouses(ctx, shop)
	if err != nil {
		return err
	}
	return m.store.SaveWarehouses(shop.ID, append([]order.Warehouse{}, warehouses...))
}

// cancelsAtOnce is for how many orders cancellations are searched in one call: a page holds as many (platform API 3.9).
const cancelsAtOnce = 50

// readCancellations reads what buyers want who asked to cancel, and until when they wait for an answer.
func (m *Mirror) readCancellations(ctx context.Context, shop order.Shop) error {
	wanted, err := m.store.CancellationsWanted(shop.ID)
	if err != nil {
		return err
	}
	for ids := range slices.Chunk(wanted, cancelsAtOnce) {
		search := platform.CancellationSearch{OrderIDs: ids}
		for {
			page, err := m.platform.SearchCancellations(ctx, shop, search)
			if err != nil {
				return err
			}
			if err := m.store.SaveCancellations(page.Cancellations); err != nil {
				return err
			}
			if search.PageToken = page.Next; page.Next == "" {
				break
			}
		}
	}
	return nil
}

// RejectReasons are the platform's reasons to say no to a buyer who asks to cancel, in a language such as en or zh-Hans.
func (m *Mirror) RejectReasons(ctx context.Context, c order.Cancellation, language string) ([]order.RejectReason, error) {
	known, found, err := m.store.Order(c.OrderID)
	if err != nil || !found {
		return nil, err
	}
	shop, err := m.shop(ctx, known.ShopID)
	if err != nil {
		return nil, err
	}
	return m.platform.RejectReasons(ctx, shop, c.ID, language)
}

// Owed is the answer that one of a parcel's buyers waits for who asked to cancel, the one whose time ends first, with the reasons to say no that the platform
// takes now, in a language such as en or zh-Hans. It is the zero value where nobody waits.
func (m *Mirror) Owed(ctx context.Context, parcel order.Parcel, language string) (order.Owed, error) {
	shop, err := m.shop(ctx, parcel.ShopID)
	if err != nil {
		return order.Owed{}, err
	}
	var owed order.Owed
	search := platform.CancellationSearch{OrderIDs: parcel.OrderIDs}
	for more := true; more; more = search.PageToken != "" {
		page, err := m.platform.SearchCancellations(ctx, shop, search)
		if err != nil {
			return order.Owed{}, err
		}
		if err := m.store.SaveCancellations(page.Cancellations); err != nil {
			return order.Owed{}, err
		}
		for _, c := range page.Cancellations {
			if c.Pending() && (owed.ID == "" || c.AnswerBy.Before(owed.AnswerBy)) {
				owed.Cancellation = c
			}
		}
		search.PageToken = page.Next
	}
	if owed.ID == "" {
		return owed, nil
	}
	owed.Reasons, err = m.platform.RejectReasons(ctx, shop, owed.ID, language)
	return owed, err
}

// tracksAtOnce bounds how many orders' carriers are asked about in one round, a call each: a round comes every half minute, and the shop's
// reads are few (platform API 4.4).
const tracksAtOnce = 25

// Track asks the platform what the carriers say of the parcels that are on their way, of each as often as order.TrackAgain has it. An order that
// cannot be asked about keeps none of the others from it.
func (m *Mirror) Track(ctx context.Context) error {
	shops, err := m.authorized(ctx, false)
	if err != nil {
		return err
	}
	var failed []error
	for _, shop := range shops {
		ids, err := m.store.ToTrack(shop.ID, tracksAtOnce)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := m.track(ctx, shop, id); err != nil {
				failed = append(failed, err)
			}
			if ctx.Err() != nil {
				return errors.Join(failed...)
			}
		}
	}
	return errors.Join(failed...)
}

// track asks about one order. One the platform refuses to tell of is asked about later like the others, so that it does not stand in their way.
func (m *Mirror) track(ctx context.Context, shop order.Shop, id string) error {
	asked := m.now()
	events, err := m.platform.Tracking(ctx, shop, id)
	if err != nil && platform.ReactionTo(err) == platform.Retry {
		return err
	}
	return errors.Join(err, m.store.SaveTracking(id, events, order.TransitOf(events, m.phrases), asked))
}
