package platform

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"packbench/internal/order"
)

// maxCombinable is the most a page of combinable packages holds (platform API 3.6).
const maxCombinable = 50

// Combination is a package of several orders: one that could be made, or was.
type Combination struct {
	ID       string
	OrderIDs []string
}

// CombinablePage is one page of packages that could be made.
type CombinablePage struct {
	Combinations []Combination
	Next         string // empty on the last page
	Total        int
}

type wireCombination struct {
	ID       text   `json:"id"`
	OrderIDs []text `json:"order_ids"`
}

func combinations(wire []wireCombination) []Combination {
	var all []Combination
	for _, w := range wire {
		all = append(all, Combination{string(w.ID), plain(w.OrderIDs)})
	}
	return all
}

// CombinablePackages lists which orders could travel together, 50 at a time (platform API 3.6, Search Combinable Packages).
// pageToken is CombinablePage.Next of the page before; empty for the first.
func (c *Client) CombinablePackages(ctx context.Context, shop order.Shop, pageToken string) (CombinablePage, error) {
	query := url.Values{"page_size": {strconv.Itoa(maxCombinable)}}
	if pageToken != "" {
		query.Set("page_token", pageToken)
	}
	var data struct {
		Packages []wireCombination `json:"combinable_packages"`
		Next     text              `json:"next_page_token"`
		Total    whole             `json:"total_count"`
	}
	err := c.call(ctx, request{
		method: http.MethodGet, path: "/fulfillment/202309/combinable_packages/search", shop: &shop, query: query,
	}, &data)
	if err != nil {
		return CombinablePage{}, err
	}
	return CombinablePage{Combinations: combinations(data.Packages), Next: string(data.Next), Total: int(data.Total)}, nil
}

// Combine makes packages of what CombinablePackages named (platform API 3.6, Combine Package). It is sent once. made are the
// packages there are now, under new ids. failed holds, by the id asked for, only those that failed, as with ShipBatch; so
// does the error.
func (c *Client) Combine(ctx context.Context, shop order.Shop, asked []Combination) (made []Combination, failed map[string]error, err error) {
	if len(asked) == 0 {
		return nil, nil, nil
	}
	type wireAsked struct {
		ID       string   `json:"id"`
		OrderIDs []string `json:"order_ids,omitempty"`
	}
	var body struct {
		Packages []wireAsked `json:"combinable_packages"`
	}
	ids := map[string]bool{}
	for _, a := range asked {
		if err := onlyIDs(append([]string{a.ID}, a.OrderIDs...)...); err != nil {
			return nil, nil, err
		}
		if ids[a.ID] {
			return nil, nil, unsent("a combination twice")
		}
		ids[a.ID] = true
		body.Packages = append(body.Packages, wireAsked(a))
	}
	r := request{method: http.MethodPost, path: "/fulfillment/202309/packages/combine", shop: &shop, body: body, write: true, id: new(string)}
	var data struct {
		Packages []wireCombination `json:"packages"`
		Errors   []wireFailure     `json:"errors"`
	}
	if err := c.call(ctx, r, &data); err != nil {
		return nil, nil, err
	}
	failed, err = c.failures(r, data.Errors, func(id string) bool { return ids[id] })
	if err != nil {
		return nil, nil, err
	}
	return combinations(data.Packages), failed, nil
}

// Uncombine takes orders out of a package of several, before it is shipped, and gives the packages there are now (platform API
// 3.6, Uncombine Packages). It is sent once.
func (c *Client) Uncombine(ctx context.Context, shop order.Shop, packageID string, orderIDs []string) ([]Combination, error) {
	path, err := packagePath(packageID, "/uncombine")
	if err != nil {
		return nil, err
	}
	if err := onlyIDs(orderIDs...); err != nil {
		return nil, err
	}
	body := struct {
		OrderIDs []string `json:"order_ids"`
	}{orderIDs}
	var data struct {
		Packages []wireCombination `json:"packages"`
	}
	if err := c.call(ctx, request{method: http.MethodPost, path: path, shop: &shop, body: body, write: true}, &data); err != nil {
		return nil, err
	}
	return combinations(data.Packages), nil
}
