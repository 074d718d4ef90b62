package platform

import (
	"context"
	"net/http"
	"time"

	"packbench/internal/order"
)

// maxPackages is the most a page of packages holds (platform API 3.5).
const maxPackages = 50

// PackageSearch says which packages to list; the zero value is all of them.
type PackageSearch struct {
	UpdatedSince time.Time // inclusive, whole seconds; the zero time is all of them
	// Status is PROCESSING, FULFILLING, COMPLETED, CANCELLED or empty. The platform has no word for those to fulfil here.
	Status    string
	PageToken string // PackagePage.Next of the page before; empty for the first. Never kept across runs.
	PageSize  int    // 1 to 50; 0 and more than 50 mean 50
}

// PackagePage is one page of a search. Of its packages the platform tells the ids, the status, the number, the carrier and the
// last change only.
type PackagePage struct {
	Packages []Package
	Next     string // empty on the last page
	Total    int
}

// SearchPackages lists a shop's packages, those whose last change is the longest ago first (platform API 3.5, Search Package).
func (c *Client) SearchPackages(ctx context.Context, shop order.Shop, s PackageSearch) (PackagePage, error) {
	filter := struct {
		UpdatedSince int64  `json:"update_time_ge,omitempty"`
		Status       string `json:"package_status,omitempty"`
	}{secondsOf(s.UpdatedSince), s.Status}
	var data struct {
		Packages []wireListed `json:"packages"`
		Next     text         `json:"next_page_token"`
		Total    whole        `json:"total_count"`
	}
	err := c.call(ctx, request{
		method: http.MethodPost, path: "/fulfillment/202309/packages/search", shop: &shop, body: filter,
		query: pageQuery(s.PageToken, s.PageSize, maxPackages),
	}, &data)
	if err != nil {
		return PackagePage{}, err
	}
	page := PackagePage{Next: string(data.Next), Total: int(data.Total)}
	for _, w := range data.Packages {
		page.Packages = append(page.Packages, w.parcel())
	}
	return page, nil
}

// wireListed is a package in a list, where its id and status are named differently (platform API 3.5).
type wireListed struct {
	ID     text `json:"id"`
	Status text `json:"status"`
	wirePackage
}

func (w wireListed) parcel() Package {
	w.wirePackage.ID, w.wirePackage.Status = w.ID, w.Status
	return w.wirePackage.parcel()
}
