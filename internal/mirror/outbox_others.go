package mirror

import (
	"context"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/platform"
)

// fetchLabels fetches the labels of parcels whose shipment is arranged, ahead of the packer.
func (o *Outbox) fetchLabels(ctx context.Context, tasks []task) error {
	for _, t := range of(tasks, order.FetchLabel) {
		if err := o.fetchLabel(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (o *Outbox) fetchLabel(ctx context.Context, t task) error {
	shop, err := o.shop(ctx, t.ShopID)
	if err != nil {
		return o.delay(t, err)
	}
	if err := o.tried(t); err != nil {
		return err
	}
	link, err := o.platform.ShippingDocument(ctx, shop, string(t.Known.Key), platform.DocumentRequest{})
	if err != nil {
		return o.failed(t, err, o.now())
	}
	_, name, tracking, err := o.fetch(ctx, shop, t.Parcel, link)
	if err != nil {
		return o.failed(t, err, o.now())
	}
	kept := o.event(t, order.DocumentKept)
	kept.Document, kept.Tracking, kept.Version = name, tracking, t.LabelVersion
	return o.done(t, kept)
}

// answer gives buyers the answers they wait for.
func (o *Outbox) answer(ctx context.Context, tasks []task) error {
	for _, t := range of(tasks, order.AnswerCancel) {
		shop, err := o.shop(ctx, t.ShopID)
		if err != nil {
			if err := o.delay(t, err); err != nil {
				return err
			}
			continue
		}
		if err := o.tried(t); err != nil {
			return err
		}
		if t.Accept {
			err = o.platform.ApproveCancellation(ctx, shop, t.CancelID, t.Request.ID)
		} else {
			err = o.platform.RejectCancellation(ctx, shop, t.CancelID, t.Request.ID, t.Reason, t.Comment)
		}
		if err := o.ended(t, err); err != nil {
			return err
		}
	}
	return nil
}

// ended takes in what came of a request that is done when it is answered well.
func (o *Outbox) ended(t task, err error) error {
	if platform.ReactionTo(err) == platform.AlreadyAnswered { // by somebody else, or the buyer's mind has changed: nothing is owed any more
		return o.done(t)
	}
	if err != nil {
		return o.failed(t, err, o.now())
	}
	var over []order.Event
	for _, r := range t.Work.Requests { // the order is cancelled: nothing of it is shipped
		if t.Accept && (r.Kind == order.Arrange || r.Kind == order.FetchLabel) {
			over = append(over, o.event(task{t.Known, r}, order.RequestDropped))
		}
	}
	return o.done(t, over...)
}

// answered tells whether a cancellation has the answer a request wanted to give. Any other answer, such as the buyer's own change of mind, is
// left to the platform's refusal of the next try.
func (o *Outbox) answered(ctx context.Context, t task) (bool, error) {
	shop, err := o.shop(ctx, t.ShopID)
	if err != nil {
		return false, err
	}
	page, err := o.platform.SearchCancellations(ctx, shop, platform.CancellationSearch{CancelIDs: []string{t.CancelID}})
	if err != nil {
		return false, err
	}
	for _, c := range page.Cancellations {
		if c.ID == t.CancelID {
			return t.Accept && (c.Status == order.CancelRequestSuccess || c.Status == order.CancelRequestComplete) ||
				!t.Accept && c.Status == order.CancelRequestClosed, nil
		}
	}
	return false, nil
}

// upload tells the platform the numbers of the seller's own carriers, in the way the parcel's flow has it.
func (o *Outbox) upload(ctx context.Context, tasks []task) error {
	for _, t := range of(tasks, order.UploadTracking) {
		if err := o.uploadOne(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (o *Outbox) uploadOne(ctx context.Context, t task) error {
	shop, err := o.shop(ctx, t.ShopID)
	if err != nil {
		return o.delay(t, err)
	}
	if t.Standing == order.Arranged && !t.Work.Arranged {
		_, said := packing.Refusal(order.Arranged) // by somebody else
		return o.park(t, said)
	}
	if err := o.tried(t); err != nil {
		return err
	}
	made := t.Known.Key
	switch {
	case t.Flow == order.ShipOwn:
		err = o.platform.Ship(ctx, shop, platform.Shipment{PackageID: string(t.Known.Key), Tracking: t.Request.Tracking, ProviderID: t.Request.Provider})
	case t.Flow == order.MarkShipped:
		var marked platform.Marked
		if marked, err = o.platform.MarkShipped(ctx, shop, marking(t)); err == nil && marked.PackageID != "" {
			made = order.ParcelKey(marked.PackageID)
			if later := o.readOrders(ctx, shop, t.OrderIDs); later != nil { // the store knows of the package only then
				err = platform.Unseen(later)
			}
		}
	case t.Standing == order.Arranged && t.Known.Key.HasPackage() && t.Work.Arranged: // a number that was wrong is replaced
		err = o.platform.UpdatePackageTracking(ctx, shop, string(t.Known.Key), t.Request.Tracking, t.Request.Provider)
	default:
		err = order.Trouble(nil, "mirror.no_own_carrier")
	}
	if err != nil {
		return o.failed(t, err, o.now())
	}
	events := o.renamed(&t, made, o.event(t, order.ShipArranged))
	return o.done(t, events...)
}

// marking says what of an order is shipped under a number.
func marking(t task) platform.Marking {
	m := platform.Marking{OrderID: t.OrderIDs[0], Tracking: t.Request.Tracking, ProviderID: t.Request.Provider}
	for _, unit := range t.Units {
		m.LineIDs = append(m.LineIDs, unit.ID)
	}
	return m
}
