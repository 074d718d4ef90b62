package platform

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"packbench/internal/order"
)

// Package is a parcel as the platform describes it (platform API 3.5, Get Package Detail).
type Package struct {
	ID string
	// Status is TO_FULFILL, PROCESSING, FULFILLING, COMPLETED or CANCELLED, always without a blank.
	Status string
	// SubStatus is the finer state; at RTS_success the label can be had.
	SubStatus string
	Tracking  string
	LastMile  string // the second carrier's number of a cross-border parcel; often empty
	Provider  string
	OrderIDs  []string
}

// Package reads a package as it is now. An id that is not the shop's fails as platform.not_ours.
func (c *Client) Package(ctx context.Context, shop order.Shop, packageID string) (Package, error) {
	path, err := packagePath(packageID, "")
	if err != nil {
		return Package{}, err
	}
	var data struct {
		ID        text `json:"package_id"`
		Status    text `json:"package_status"`
		SubStatus text `json:"package_sub_status"`
		Tracking  text `json:"tracking_number"`
		LastMile  text `json:"last_mile_tracking_number"`
		Provider  text `json:"shipping_provider_name"`
		Orders    []struct {
			ID text `json:"id"`
		} `json:"orders"`
	}
	if err := c.call(ctx, request{method: http.MethodGet, path: path, shop: &shop}, &data); err != nil {
		return Package{}, err
	}
	p := Package{
		ID: string(data.ID),
		// The platform writes this one with a blank here and with an underscore in orders (platform API 6.11).
		Status:    strings.ReplaceAll(string(data.Status), " ", "_"),
		SubStatus: string(data.SubStatus),
		Tracking:  string(data.Tracking),
		LastMile:  string(data.LastMile),
		Provider:  string(data.Provider),
	}
	for _, o := range data.Orders {
		p.OrderIDs = append(p.OrderIDs, string(o.ID))
	}
	return p, nil
}

// Ship arranges shipment of a package the platform ships (platform API 3.6, Ship Package). It cannot be undone, and is
// sent once: where the answer is lost, ReactionTo says UnknownOutcome and the caller reads the package first.
func (c *Client) Ship(ctx context.Context, shop order.Shop, packageID string) error {
	path, err := packagePath(packageID, "/ship")
	if err != nil {
		return err
	}
	return c.call(ctx, request{method: http.MethodPost, path: path, shop: &shop, body: struct{}{}, write: true}, nil)
}

// Document is where a parcel's label lies.
type Document struct {
	// URL holds for 24 hours, for anybody who has it (platform API 3.7): never log or keep it.
	URL      string
	Tracking string
}

// ShippingDocument asks for a package's label as an A6 PDF (platform API 3.7, Get Package Shipping Document).
func (c *Client) ShippingDocument(ctx context.Context, shop order.Shop, packageID string) (Document, error) {
	path, err := packagePath(packageID, "/shipping_documents")
	if err != nil {
		return Document{}, err
	}
	var data struct {
		URL      text `json:"doc_url"`
		Tracking text `json:"tracking_number"`
	}
	err = c.call(ctx, request{
		method: http.MethodGet, path: path, shop: &shop,
		query: url.Values{"document_type": {"SHIPPING_LABEL"}, "document_size": {"A6"}, "document_format": {"PDF"}},
	}, &data)
	if err != nil {
		return Document{}, err
	}
	if data.URL == "" {
		return Document{}, order.Trouble(&Error{HTTP: http.StatusOK, Path: path, Message: "no document in the answer"}, keyGarbled)
	}
	return Document{URL: string(data.URL), Tracking: string(data.Tracking)}, nil
}

// packagePath is the path of a call about one package. Ids are digits so far; whatever could change the path, such as the key of a
// parcel that has no package yet, must not become part of one.
func packagePath(packageID, call string) (string, error) {
	const allowed = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
	if packageID == "" || strings.Trim(packageID, allowed) != "" {
		return "", order.Trouble(nil, "platform.no_package")
	}
	return "/fulfillment/202309/packages/" + packageID + call, nil
}
