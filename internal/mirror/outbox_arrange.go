package mirror

import (
	"context"
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
)

// arrange puts the parcels that are to be arranged to the platform, in batches where their flow has batches. Each is read first: what was
// cancelled meanwhile must not be arranged, least where that would refuse the buyer (platform API 3.9, United States).
func (o *Outbox) arrange(ctx context.Context, tasks []task) error {
	for batch := range slices.Chunk(of(tasks, order.Arrange), platform.MaxBatch) {
		read, err := o.readAnew(ctx, batch)
		if err != nil {
			return err
		}
		shipments := map[string][]task{} // by shop
		for _, t := range read {
			said := o.refusal(t)
			switch {
			case t.Standing == order.Arranged && (t.Work.Arranged || t.Work.Tries > 0): // this bench did it
				err = o.did(t)
			case said.Key != "":
				err = o.park(t, said)
			case t.Flow == order.ShipPackage:
				shipments[t.ShopID] = append(shipments[t.ShopID], t)
			default:
				err = o.arrangeOne(ctx, t)
			}
			if err != nil {
				return err
			}
		}
		for id, batch := range shipments {
			if err := o.arrangeBatch(ctx, id, batch); err != nil {
				return err
			}
		}
	}
	return nil
}

// arrangeBatch arranges parcels of one shop in one call. What the answer does not name as failed is done (platform API 6, point 16).
func (o *Outbox) arrangeBatch(ctx context.Context, shopID string, batch []task) error {
	shop, err := o.shop(ctx, shopID)
	if err != nil {
		return err
	}
	if err := o.tried(batch...); err != nil {
		return err
	}
	var shipments []platform.Shipment
	for _, t := range batch {
		shipment := platform.Shipment{PackageID: string(t.Known.Key), Method: t.Request.Handover}
		if !t.SlotFrom.IsZero() {
			shipment.Slot = &platform.Slot{Start: t.SlotFrom, End: t.SlotTo}
		}
		shipments = append(shipments, shipment)
	}
	failed, err := o.platform.ShipBatch(ctx, shop, shipments)
	at := o.now() // one for all: what failed together goes together again
	for _, t := range batch {
		reason := err
		if reason == nil {
			reason = failed[string(t.Known.Key)]
		}
		if err := o.arranged(t, t.Known.Key, reason, at); err != nil {
			return err
		}
	}
	return nil
}

func (o *Outbox) arrangeOne(ctx context.Context, t task) error {
	if err := o.tried(t); err != nil {
		return err
	}
	made, err := o.Ship(ctx, t.Parcel)
	return o.arranged(t, made, err, o.now())
}

// arranged takes in what came of one parcel. "Already shipped" is success only where this bench had tried before.
func (o *Outbox) arranged(t task, made order.ParcelKey, err error, at time.Time) error {
	switch platform.ReactionTo(err) {
	case platform.Nothing:
		events := o.renamed(&t, made, o.event(t, order.ShipArranged))
		return o.done(t, events...)
	case platform.AlreadyShipped:
		if t.Work.Tries > 0 {
			return o.did(t)
		}
	}
	return o.failed(t, err, at)
}

// renamed puts before an event that the parcel has a package id now, where that is new.
func (o *Outbox) renamed(t *task, made order.ParcelKey, then order.Event) []order.Event {
	was := t.key()
	if made == was {
		return []order.Event{then}
	}
	rename := order.Event{At: then.At, Kind: order.Renamed, Parcel: made, Was: was}
	t.Work.Parcel, then.Parcel = made, made
	return []order.Event{rename, then}
}

// readAnew reads the orders of parcels from the platform and gives the parcels as they are now. What cannot be read is delayed.
func (o *Outbox) readAnew(ctx context.Context, tasks []task) ([]task, error) {
	byShop := map[string][]task{}
	for _, t := range tasks {
		byShop[t.ShopID] = append(byShop[t.ShopID], t)
	}
	var read []task
	for id, mine := range byShop {
		failed := o.readShop(ctx, id, mine)
		for _, t := range mine {
			if err := failed[t.Request.ID]; err != nil {
				if err := o.delay(t, err); err != nil {
					return nil, err
				}
				continue
			}
			known, found, err := o.store.Parcel(t.Known.Key)
			if err != nil {
				return nil, err
			}
			if !found {
				known.Parcel = order.Parcel{Key: t.Known.Key, Standing: order.Reformed}
			}
			read = append(read, task{order.Known{Parcel: known.Parcel, Work: t.Work}, t.Request})
		}
	}
	slices.SortFunc(read, func(a, b task) int { return a.MadeAt.Compare(b.MadeAt) })
	return read, nil
}

// readShop reads the orders of parcels of one shop and tells, by request, which could not be read. One order that is no longer the shop's would fail
// them all (platform API 3.4), so they are asked about one by one then.
func (o *Outbox) readShop(ctx context.Context, shopID string, tasks []task) map[string]error {
	failed := map[string]error{}
	shop, err := o.shop(ctx, shopID)
	if err == nil {
		err = o.readOrders(ctx, shop, ordersOf(tasks))
	}
	if platform.ReactionTo(err) == platform.NotOurs && len(tasks) > 1 {
		for _, t := range tasks {
			failed[t.Request.ID] = o.readOrders(ctx, shop, t.OrderIDs)
		}
		return failed
	}
	for _, t := range tasks {
		failed[t.Request.ID] = err
	}
	return failed
}

func ordersOf(tasks []task) []string {
	var ids []string
	for _, t := range tasks {
		ids = append(ids, t.OrderIDs...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// readOrders reads orders of one shop into the store.
func (m *Mirror) readOrders(ctx context.Context, shop order.Shop, ids []string) error {
	readAt := m.now()
	orders, err := m.platform.Orders(ctx, shop, ids)
	if err != nil {
		return err
	}
	return m.store.SaveOrders(orders, readAt)
}
