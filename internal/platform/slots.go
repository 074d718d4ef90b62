package platform

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/internal/order"
)

// Slot is a time a carrier may come at, in whole seconds.
type Slot struct {
	Start, End time.Time
	Available  bool // meaningless in what is sent
}

// Handover is how a parcel may leave (platform API 3.5, Get Package Handover Time Slots).
type Handover struct {
	CanPickup, CanDropOff bool
	CanVanCollection      bool   // UK
	DropOffPoint          string // the address of a page for people; may be empty
	Slots                 []Slot // those that are taken included
}

type wireSlot struct {
	Start int64 `json:"start_time"`
	End   int64 `json:"end_time"`
}

// wire makes the slot that is sent, nil for none.
func (s *Slot) wire() (*wireSlot, error) {
	if s == nil {
		return nil, nil
	}
	if s.Start.IsZero() || !s.End.After(s.Start) {
		return nil, order.Trouble(unsent("a slot that does not begin or end"), "platform.pickup_slot")
	}
	return &wireSlot{s.Start.Unix(), s.End.Unix()}, nil
}

// slotRead is a slot in an answer. The platform misspells available (platform API 6.11).
type slotRead struct {
	Start      whole `json:"start_time"`
	End        whole `json:"end_time"`
	Misspelled *flag `json:"avaliable"`
	Available  *flag `json:"available"`
}

func (w slotRead) slot() Slot {
	s := Slot{Start: w.Start.time(), End: w.End.time()}
	if said := cmp.Or(w.Available, w.Misspelled); said != nil {
		s.Available = bool(*said)
	}
	return s
}

type wireHandover struct {
	CanPickup        flag       `json:"can_pickup"`
	CanDropOff       flag       `json:"can_drop_off"`
	CanVanCollection flag       `json:"can_van_collection"`
	DropOffPoint     text       `json:"drop_off_point_url"`
	Slots            []slotRead `json:"pickup_slots"`
}

func (w wireHandover) handover() Handover {
	h := Handover{
		CanPickup: bool(w.CanPickup), CanDropOff: bool(w.CanDropOff), CanVanCollection: bool(w.CanVanCollection),
		DropOffPoint: string(w.DropOffPoint),
	}
	for _, s := range w.Slots {
		h.Slots = append(h.Slots, s.slot())
	}
	return h
}

// HandoverSlots asks how a package may be handed over (platform API 3.5, Get Package Handover Time Slots).
func (c *Client) HandoverSlots(ctx context.Context, shop order.Shop, packageID string) (Handover, error) {
	path, err := packagePath(packageID, "/handover_time_slots")
	if err != nil {
		return Handover{}, err
	}
	return c.handover(ctx, request{method: http.MethodGet, path: path, shop: &shop})
}

// OrderHandoverSlots asks how an order, or these units of it, may be handed over before there is a package: US only
// (platform API 3.5, Order Handover Time Slots). No lineIDs is the whole order.
func (c *Client) OrderHandoverSlots(ctx context.Context, shop order.Shop, orderID string, lineIDs []string) (Handover, error) {
	path, err := orderPath(orderID, "/handover_time_slots")
	if err != nil {
		return Handover{}, err
	}
	query := url.Values{}
	if len(lineIDs) > 0 {
		if err := onlyIDs(lineIDs...); err != nil {
			return Handover{}, err
		}
		query.Set("order_line_item_ids", strings.Join(lineIDs, ","))
	}
	return c.handover(ctx, request{method: http.MethodGet, path: path, shop: &shop, query: query})
}

func (c *Client) handover(ctx context.Context, r request) (Handover, error) {
	var data wireHandover
	if err := c.call(ctx, r, &data); err != nil {
		return Handover{}, err
	}
	return data.handover(), nil
}

// Appointment is when and how an order, or some units of it, is handed over.
type Appointment struct {
	OrderID string
	LineIDs []string // empty is the whole order
	Method  string   // Pickup or DropOff
	Slot    *Slot    // nil is none
}

// ScheduleHandover makes an appointment with the platform's carrier and gives the package it is for: US only (platform API
// 3.0, Schedule Package Handover). It is sent once.
func (c *Client) ScheduleHandover(ctx context.Context, shop order.Shop, a Appointment) (packageID string, err error) {
	if err := onlyIDs(append([]string{a.OrderID}, a.LineIDs...)...); err != nil {
		return "", err
	}
	slot, err := a.Slot.wire()
	if err != nil {
		return "", err
	}
	body := struct {
		OrderID string    `json:"order_id"`
		LineIDs []string  `json:"order_line_item_ids,omitempty"`
		Method  string    `json:"handover_method,omitempty"`
		Slot    *wireSlot `json:"pickup_slot,omitempty"`
	}{a.OrderID, a.LineIDs, a.Method, slot}
	var data struct {
		PackageID text `json:"package_id"`
	}
	err = c.call(ctx, request{
		method: http.MethodPost, path: "/fulfillment/202309/packages/schedule", shop: &shop, body: body, write: true,
	}, &data)
	return string(data.PackageID), err
}
