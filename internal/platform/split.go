package platform

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"packbench/internal/order"
)

// SplitAttributes says whether an order may, or must, become several packages.
type SplitAttributes struct {
	OrderID     string
	CanSplit    bool
	Reason      string // why it cannot be split, in the platform's words
	MustSplit   bool
	MustReasons []MustSplitReason
}

// MustSplitReason is one limit a single package would exceed.
type MustSplitReason struct {
	Type       string // CATEGORY_ITEM_LIMITATION or TOTAL_COUNT_LIMITATION
	CategoryID string // of the first type
	MaxCount   int    // units in one package; 0 where the platform did not say
}

// SplitAttributes reads whether orders may be split, in calls of 50 (platform API 3.6, Get Order Split Attributes).
func (c *Client) SplitAttributes(ctx context.Context, shop order.Shop, orderIDs []string) ([]SplitAttributes, error) {
	if err := onlyIDs(orderIDs...); err != nil {
		return nil, err
	}
	var found []SplitAttributes
	for some := range slices.Chunk(orderIDs, maxDetailIDs) {
		var data wireSplits
		err := c.call(ctx, request{
			method: http.MethodGet, path: "/fulfillment/202309/orders/split_attributes", shop: &shop,
			query: url.Values{"order_ids": {strings.Join(some, ",")}},
		}, &data)
		if err != nil {
			return nil, err
		}
		found = append(found, data.attributes()...)
	}
	return found, nil
}

type wireSplits struct {
	Attributes []struct {
		OrderID     text `json:"order_id"`
		CanSplit    flag `json:"can_split"`
		Reason      text `json:"reason"`
		MustSplit   flag `json:"must_split"`
		MustReasons []struct {
			Type       text  `json:"type"`
			CategoryID text  `json:"category_id"`
			MaxCount   whole `json:"max_count"`
		} `json:"must_split_reasons"`
	} `json:"split_attributes"`
}

func (w wireSplits) attributes() []SplitAttributes {
	all := make([]SplitAttributes, 0, len(w.Attributes))
	for _, a := range w.Attributes {
		one := SplitAttributes{
			OrderID: string(a.OrderID), CanSplit: bool(a.CanSplit), Reason: string(a.Reason), MustSplit: bool(a.MustSplit),
		}
		for _, r := range a.MustReasons {
			one.MustReasons = append(one.MustReasons, MustSplitReason{string(r.Type), string(r.CategoryID), int(r.MaxCount)})
		}
		all = append(all, one)
	}
	return all
}

// SplitGroup are the units that become one package.
type SplitGroup struct {
	ID      string // the caller's own, which names the package in the answer
	LineIDs []string
}

// SplitPackage is a package that a group became.
type SplitPackage struct{ GroupID, PackageID string }

// Split makes several packages of one order; the packages it had are gone (platform API 3.6, Split Orders). It is sent once.
// No unit may be in two groups.
func (c *Client) Split(ctx context.Context, shop order.Shop, orderID string, groups []SplitGroup) ([]SplitPackage, error) {
	path, err := orderPath(orderID, "/split")
	if err != nil {
		return nil, err
	}
	if len(groups) < 2 {
		return nil, unsent("a split into %d groups", len(groups))
	}
	type wireGroup struct {
		ID      string   `json:"id"`
		LineIDs []string `json:"order_line_item_ids"`
	}
	var body struct {
		Groups []wireGroup `json:"splittable_groups"`
	}
	seen := map[string]bool{}
	for _, g := range groups {
		if err := onlyIDs(append([]string{g.ID}, g.LineIDs...)...); err != nil {
			return nil, err
		}
		for _, id := range append([]string{"group " + g.ID}, g.LineIDs...) {
			if seen[id] {
				return nil, unsent("a split that names something twice")
			}
			seen[id] = true
		}
		if len(g.LineIDs) == 0 {
			return nil, unsent("an empty group")
		}
		body.Groups = append(body.Groups, wireGroup(g))
	}
	var data struct {
		Packages []struct {
			GroupID text `json:"splittable_group_id"`
			ID      text `json:"id"`
		} `json:"packages"`
	}
	if err := c.call(ctx, request{method: http.MethodPost, path: path, shop: &shop, body: body, write: true}, &data); err != nil {
		return nil, err
	}
	var packages []SplitPackage
	for _, p := range data.Packages {
		packages = append(packages, SplitPackage{string(p.GroupID), string(p.ID)})
	}
	return packages, nil
}
