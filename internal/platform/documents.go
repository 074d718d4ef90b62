package platform

import (
	"cmp"
	"context"
	"net/http"
	"net/url"

	"packbench/internal/order"
)

// The kinds of documents, their sizes, formats and periods (platform API 3.7).
const (
	ShippingLabel        = "SHIPPING_LABEL"
	PackingSlip          = "PACKING_SLIP"
	LabelAndSlip         = "SHIPPING_LABEL_AND_PACKING_SLIP"
	ShippingLabelPicture = "SHIPPING_LABEL_PICTURE" // PNG
	HazmatLabel          = "HAZMAT_LABEL"           // A4; only with dangerous goods
	InvoiceLabel         = "INVOICE_LABEL"          // A6; Brazil

	SizeA6 = "A6"
	SizeA5 = "A5"

	FormatPDF = "PDF"
	FormatZPL = "ZPL" // Brazil and Mexico

	WholeWay = "DEFAULT"
	LastMile = "LAST_MILE" // cross-border parcels of the platform's shipping
)

// DocumentRequest says which document of a package. The zero value is the shipping label as an A6 PDF for the whole way.
type DocumentRequest struct {
	Type, Size, Format, Period string
}

// zplMarkets are those whose documents come as ZPL (platform API 3.7).
var zplMarkets = map[order.Market]bool{"BR": true, "MX": true}

// query is what is asked of the platform. It fails where there is no such document (platform API 3.7).
func (r DocumentRequest) query(market order.Market) (url.Values, error) {
	kind := cmp.Or(r.Type, ShippingLabel)
	query := url.Values{"document_type": {kind}}
	sized, formatted := false, false
	switch kind {
	case ShippingLabel, PackingSlip, LabelAndSlip:
		sized, formatted = true, true
	case HazmatLabel, InvoiceLabel: // of one size
		formatted = true
	case ShippingLabelPicture:
	default:
		return nil, noSuchDocument("type", kind)
	}
	format, size, period := cmp.Or(r.Format, FormatPDF), cmp.Or(r.Size, SizeA6), cmp.Or(r.Period, WholeWay)
	switch { // what a market nobody told allows, the platform decides
	case format != FormatPDF && format != FormatZPL || !formatted && r.Format != "":
		return nil, noSuchDocument("format", format)
	case format == FormatZPL && market != "" && !zplMarkets[market]:
		return nil, noSuchDocument("market", string(market))
	case size != SizeA6 && size != SizeA5 || !sized && r.Size != "" || format == FormatZPL && r.Size != "":
		return nil, noSuchDocument("size", size)
	case period != WholeWay && period != LastMile:
		return nil, noSuchDocument("period", period)
	}
	if formatted {
		query.Set("document_format", format)
	}
	if sized && format == FormatPDF {
		query.Set("document_size", size)
	}
	if r.Period != "" {
		query.Set("shipping_period", period)
	}
	return query, nil
}

func noSuchDocument(what, value string) error {
	return order.Trouble(unsent("document %s %q", what, value), "platform.no_such_document")
}

// Document is where a parcel's label lies.
type Document struct {
	// URL holds for 24 hours, for anybody who has it (platform API 3.7): never log or keep it.
	URL      string
	Tracking string
}

// ShippingDocument asks for a document of a package (platform API 3.7, Get Package Shipping Document). One the platform does
// not make fails as platform.no_such_document before anything is sent: an unknown type, size, format or period, ZPL outside
// Brazil and Mexico, a size of a document that has one size, a format of a picture.
func (c *Client) ShippingDocument(ctx context.Context, shop order.Shop, packageID string, d DocumentRequest) (Document, error) {
	path, err := packagePath(packageID, "/shipping_documents")
	if err != nil {
		return Document{}, err
	}
	query, err := d.query(shop.Market)
	if err != nil {
		return Document{}, err
	}
	r := request{method: http.MethodGet, path: path, shop: &shop, query: query}
	var data struct {
		URL      text `json:"doc_url"`
		Tracking text `json:"tracking_number"`
	}
	if err := c.call(ctx, r, &data); err != nil {
		return Document{}, err
	}
	if data.URL == "" {
		return Document{}, r.garbled("no document in the answer")
	}
	return Document{URL: string(data.URL), Tracking: string(data.Tracking)}, nil
}
