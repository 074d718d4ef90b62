package platform

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
)

// Limits of the order calls (platform API 3.1, 3.4).
const (
	defaultPageSize = 50
	maxPageSize     = 100
	maxDetailIDs    = 50
)

// Shops gives the shops of this authorization (platform API 1.5, Get Authorized Shops).
func (c *Client) Shops(ctx context.Context) ([]order.Shop, error) {
	var data struct {
		Shops []struct {
			ID     text `json:"id"`
			Name   text `json:"name"`
			Region text `json:"region"`
			Type   text `json:"seller_type"`
			Cipher text `json:"cipher"`
		} `json:"shops"`
	}
	err := c.call(ctx, request{method: http.MethodGet, path: "/authorization/202309/shops"}, &data)
	if err != nil {
		return nil, err
	}
	shops := make([]order.Shop, 0, len(data.Shops))
	for _, s := range data.Shops {
		shops = append(shops, order.Shop{
			ID: string(s.ID), Name: string(s.Name), Market: order.Market(s.Region), SellerType: string(s.Type), Cipher: string(s.Cipher),
		})
	}
	return shops, nil
}

// Search says which orders to list.
type Search struct {
	UpdatedSince time.Time // inclusive, whole seconds; the zero time is all of them
	PageToken    string    // OrderPage.Next of the page before; empty for the first. Never kept across runs.
	PageSize     int       // 1 to 100 orders; 0 means 50, more than 100 means 100
}

// OrderPage is one page of a search.
type OrderPage struct {
	Orders []order.Order
	Next   string // empty on the last page
	Total  int    // orders the whole search finds, as the platform counts them
}

// SearchOrders lists a shop's orders, those whose last change is the longest ago first (platform API 3.1, Get Order
// List). Orders change while one pages through them: an order may come twice, and with an UpdatedAt before
// Search.UpdatedSince.
func (c *Client) SearchOrders(ctx context.Context, shop order.Shop, s Search) (OrderPage, error) {
	if s.PageSize <= 0 {
		s.PageSize = defaultPageSize
	}
	query := url.Values{
		"page_size":  {strconv.Itoa(min(s.PageSize, maxPageSize))},
		"sort_field": {"update_time"},
		"sort_order": {"ASC"},
	}
	if s.PageToken != "" {
		query.Set("page_token", s.PageToken)
	}
	// Even an empty filter is sent as a body: without one the platform ignores or refuses the search (platform API 6.6).
	var filter struct {
		UpdatedSince int64 `json:"update_time_ge,omitempty"`
	}
	if !s.UpdatedSince.IsZero() {
		filter.UpdatedSince = s.UpdatedSince.Unix()
	}
	var data struct {
		Orders []wireOrder `json:"orders"`
		Next   text        `json:"next_page_token"`
		Total  whole       `json:"total_count"`
	}
	err := c.call(ctx, request{
		method: http.MethodPost, path: "/order/202309/orders/search", shop: &shop, query: query, body: filter,
	}, &data)
	if err != nil {
		return OrderPage{}, err
	}
	return OrderPage{Orders: ordersOf(data.Orders, shop), Next: string(data.Next), Total: int(data.Total)}, nil
}

// Orders reads orders by their ids as they are now, in calls of 50 (platform API 3.4, Get Order Detail). One id the shop
// does not have fails the whole call (platform.not_ours).
func (c *Client) Orders(ctx context.Context, shop order.Shop, ids []string) ([]order.Order, error) {
	var found []order.Order
	for some := range slices.Chunk(ids, maxDetailIDs) {
		var data struct {
			Orders []wireOrder `json:"orders"`
		}
		err := c.call(ctx, request{
			method: http.MethodGet, path: "/order/202507/orders", shop: &shop,
			query: url.Values{"ids": {strings.Join(some, ",")}},
		}, &data)
		if err != nil {
			return nil, err
		}
		found = append(found, ordersOf(data.Orders, shop)...)
	}
	return found, nil
}

func ordersOf(wire []wireOrder, shop order.Shop) []order.Order {
	orders := make([]order.Order, 0, len(wire))
	for _, w := range wire {
		orders = append(orders, w.order(shop))
	}
	return orders
}
