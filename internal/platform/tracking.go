package platform

import (
	"context"
	"net/http"
	"slices"

	"packbench/internal/order"
)

// Tracking reads what the carriers said of an order's parcels, oldest first (platform API 3.6, Get Tracking).
func (c *Client) Tracking(ctx context.Context, shop order.Shop, orderID string) ([]order.TrackingEvent, error) {
	path, err := orderPath(orderID, "/tracking")
	if err != nil {
		return nil, err
	}
	var data wireTracking
	if err := c.call(ctx, request{method: http.MethodGet, path: path, shop: &shop}, &data); err != nil {
		return nil, err
	}
	return data.events(), nil
}

type wireTracking struct {
	Events []struct {
		Text text  `json:"description"`
		At   whole `json:"update_time_millis"`
	} `json:"tracking"`
}

func (w wireTracking) events() []order.TrackingEvent {
	events := make([]order.TrackingEvent, 0, len(w.Events))
	for _, e := range w.Events {
		events = append(events, order.TrackingEvent{At: e.At.millis(), Text: string(e.Text)})
	}
	slices.SortStableFunc(events, func(a, b order.TrackingEvent) int { return a.At.Compare(b.At) })
	return events
}
