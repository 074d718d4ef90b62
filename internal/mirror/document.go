package mirror

import (
	"context"
	"slices"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
)

// labelWaits are the pauses between asks for a label that is still being made; they add up to about two minutes
// (platform API 3.7).
var labelWaits = slices.Concat(
	[]time.Duration{100 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond, 800 * time.Millisecond,
		1500 * time.Millisecond, 3 * time.Second, 5 * time.Second},
	slices.Repeat([]time.Duration{8 * time.Second}, 13))

// Document fetches a parcel's label, waiting up to about two minutes while the platform makes it, and keeps it. It returns the document, its
// SHA-256 and the tracking number.
func (m *Mirror) Document(ctx context.Context, parcel order.Parcel) (document []byte, name, tracking string, err error) {
	shop, err := m.shop(ctx, parcel.ShopID)
	if err != nil {
		return nil, "", "", err
	}
	link, err := m.readyDocument(ctx, shop, parcel, platform.DocumentRequest{})
	if err != nil {
		return nil, "", "", err
	}
	return m.fetch(ctx, shop, parcel, link)
}

// Hazmat fetches the platform's label for dangerous goods of a parcel whose shipment is arranged (platform API 3.7, HAZMAT_LABEL: an A4 page). It is not kept.
func (m *Mirror) Hazmat(ctx context.Context, parcel order.Parcel) ([]byte, error) {
	shop, err := m.shop(ctx, parcel.ShopID)
	if err != nil {
		return nil, err
	}
	link, err := m.readyDocument(ctx, shop, parcel, platform.DocumentRequest{Type: platform.HazmatLabel})
	if err != nil {
		return nil, err
	}
	return m.platform.Download(ctx, link.URL)
}

// Handover asks how a parcel whose shipment is arranged is handed over: PICKUP, DROP_OFF, or empty where the platform does not say
// (platform API 3.5, handover_method).
func (m *Mirror) Handover(ctx context.Context, parcel order.Parcel) (string, error) {
	shop, err := m.shop(ctx, parcel.ShopID)
	if err != nil {
		return "", err
	}
	described, err := m.platform.Package(ctx, shop, string(parcel.Key))
	return described.HandoverMethod, err
}

// Slots asks when the carrier may come for a parcel whose shipment is not arranged, and whether it may be dropped off (platform API 3.5).
func (m *Mirror) Slots(ctx context.Context, parcel order.Parcel) (platform.Handover, error) {
	shop, err := m.shop(ctx, parcel.ShopID)
	if err != nil {
		return platform.Handover{}, err
	}
	return m.platform.HandoverSlots(ctx, shop, string(parcel.Key))
}

// fetch downloads a label and keeps it. Where its address no longer holds, it asks for another one, once.
func (m *Mirror) fetch(ctx context.Context, shop order.Shop, parcel order.Parcel, link platform.Document) (document []byte, name, tracking string, err error) {
	document, err = m.platform.Download(ctx, link.URL)
	if problem := order.AsProblem(err); problem != nil && problem.Key == "platform.link_expired" {
		if link, err = m.platform.ShippingDocument(ctx, shop, string(parcel.Key), platform.DocumentRequest{}); err == nil {
			document, err = m.platform.Download(ctx, link.URL)
		}
	}
	if err != nil {
		return nil, "", "", err
	}
	name, err = m.store.KeepDocument(document)
	return document, name, link.Tracking, err
}

func (m *Mirror) readyDocument(ctx context.Context, shop order.Shop, parcel order.Parcel, d platform.DocumentRequest) (platform.Document, error) {
	for try := 0; ; try++ {
		link, err := m.platform.ShippingDocument(ctx, shop, string(parcel.Key), d)
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
