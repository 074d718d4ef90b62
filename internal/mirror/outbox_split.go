package mirror

import (
	"context"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform"
)

// The groups of a split, by which the platform's answer names the packages.
const (
	groupHere = "1"
	groupRest = "2"
)

// split makes two parcels of orders of which a part is there.
func (o *Outbox) split(ctx context.Context, tasks []task) error {
	for _, t := range of(tasks, order.SplitOrder) {
		if err := o.splitOne(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// splitOne reads the order first, and again afterwards: what was split is known by other ids (platform API 6, point 17). It was not split before the store
// knows these; until then nobody knows, and it is looked into like any other try without an answer.
func (o *Outbox) splitOne(ctx context.Context, t task) error {
	shop, err := o.shop(ctx, t.ShopID)
	if err == nil {
		err = o.readOrders(ctx, shop, []string{t.OrderID})
	}
	if err != nil {
		return o.delay(t, err)
	}
	if split, err := o.wasSplit(t); err != nil || split {
		return o.didSplit(t, err)
	}
	groups, said, err := o.groups(ctx, shop, t)
	if err != nil {
		return o.delay(t, err)
	}
	if said.Key != "" {
		return o.park(t, said)
	}
	if err := o.tried(t); err != nil {
		return err
	}
	_, err = o.platform.Split(ctx, shop, t.OrderID, groups)
	if err == nil {
		if later := o.readOrders(ctx, shop, []string{t.OrderID}); later != nil {
			err = platform.Unseen(later)
		}
	}
	if err != nil {
		return o.failed(t, err, o.now())
	}
	split, err := o.wasSplit(t)
	if err == nil && !split { // an old answer
		return o.failed(t, platform.Unseen(order.Trouble(nil, "mirror.old_answer")), o.now())
	}
	return o.didSplit(t, err)
}

// groups are what the platform is to make parcels of, or why it cannot.
func (o *Outbox) groups(ctx context.Context, shop order.Shop, t task) ([]platform.SplitGroup, order.Said, error) {
	known, found, err := o.store.Parcel(t.Known.Key)
	if err != nil {
		return nil, order.Said{}, err
	}
	asked, _, err := o.store.Order(t.OrderID)
	if err != nil {
		return nil, order.Said{}, err
	}
	_, said := packing.Refusal(order.Reformed)
	switch {
	case !found:
		return nil, said, nil
	case known.Standing != order.Ready && known.Standing != order.SellerShips:
		_, said = packing.Refusal(known.Standing)
		return nil, said, nil
	}
	lines, others, whole := asked.LinesOf(t.Here)
	switch {
	case !whole:
		return nil, order.Say("split.bundle"), nil
	case len(lines) == 0 || len(others) == 0: // a line was cancelled: it need not be split any more
		_, said = packing.Refusal(order.Changed)
		return nil, said, nil
	}
	attributes, err := o.platform.SplitAttributes(ctx, shop, []string{t.OrderID})
	if err != nil {
		return nil, order.Said{}, err
	}
	for _, a := range attributes {
		if a.OrderID == t.OrderID && !a.CanSplit {
			return nil, order.Say("split.refused", "reason", a.Reason), nil
		}
	}
	return []platform.SplitGroup{{ID: groupHere, LineIDs: lines}, {ID: groupRest, LineIDs: others}}, order.Said{}, nil
}

// wasSplit tells whether the order lies in parcels as a task asks for.
func (o *Outbox) wasSplit(t task) (bool, error) {
	asked, found, err := o.store.Order(t.OrderID)
	if err != nil || !found {
		return false, err
	}
	_, _, split := asked.SplitInto(t.Here)
	return split, nil
}

// didSplit notes that an order is split: all that happened to its parcel belongs to the one of what is there, and the rest waits for what is short.
func (o *Outbox) didSplit(t task, err error) error {
	if err != nil {
		return err
	}
	asked, _, err := o.store.Order(t.OrderID)
	if err != nil {
		return err
	}
	here, rest, _ := asked.SplitInto(t.Here)
	waits := order.Event{At: o.now(), Kind: order.WaitsShort, Parcel: rest, SKU: t.Request.SKU, Shortage: order.SplitRest}
	done := o.event(t, order.RequestDone)
	return o.journal(append(o.renamed(&t, here, done), waits)...)
}
