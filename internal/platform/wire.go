package platform

import (
	"cmp"
	"math"
	"slices"

	"packbench/internal/order"
)

// wireOrder is an order as the platform sends it (platform API 3.3), as far as a bench needs it. Fields that do not
// apply are absent on the wire.
type wireOrder struct {
	ID              text `json:"id"`
	Status          text `json:"status"`
	OrderType       text `json:"order_type"`
	FulfillmentType text `json:"fulfillment_type"`
	ShippingType    text `json:"shipping_type"`
	WarehouseID     text `json:"warehouse_id"`
	Provider        text `json:"shipping_provider"`
	Tracking        text `json:"tracking_number"`
	NeedInvoice     text `json:"need_upload_invoice"`

	IsOnHoldOrder     flag  `json:"is_on_hold_order"`
	CancelRequested   flag  `json:"is_buyer_request_cancel"`
	RequestCancelTime whole `json:"request_cancel_time"`
	AddressUpdated    flag  `json:"has_updated_recipient_address"`
	Sample            flag  `json:"is_sample_order"`
	BuyerMessage      text  `json:"buyer_message"`
	SellerNote        text  `json:"seller_note"`
	Tag               text  `json:"split_or_combine_tag"`
	Priority          whole `json:"fulfillment_priority_level"`

	CreateTime        whole `json:"create_time"`
	PaidTime          whole `json:"paid_time"`
	UpdateTime        whole `json:"update_time"`
	RTSTime           whole `json:"rts_time"`
	CollectionTime    whole `json:"collection_time"`
	DeliveryTime      whole `json:"delivery_time"`
	CancelTime        whole `json:"cancel_time"`
	RTSSLATime        whole `json:"rts_sla_time"`
	TTSSLATime        whole `json:"tts_sla_time"`
	DeliverySLATime   whole `json:"delivery_sla_time"`
	ShippingDueTime   whole `json:"shipping_due_time"`
	CollectionDueTime whole `json:"collection_due_time"`
	PickUpCutOffTime  whole `json:"pick_up_cut_off_time"`
	ReleaseDate       whole `json:"release_date"`

	Address wireAddress `json:"recipient_address"`

	Packages []struct {
		ID text `json:"id"`
	} `json:"packages"`
	Lines []wireLine `json:"line_items"`
}

// wireLine is one unit of an order, or one of a bundle (platform API 3.3, line_items and sub_item_info).
type wireLine struct {
	ID            text       `json:"id"`
	SKUID         text       `json:"sku_id"`
	SellerSKU     text       `json:"seller_sku"`
	ProductName   text       `json:"product_name"`
	SKUName       text       `json:"sku_name"`
	SKUImage      text       `json:"sku_image"`
	Status        text       `json:"display_status"`
	PackageID     text       `json:"package_id"`
	Tracking      text       `json:"tracking_number"`
	ProviderName  text       `json:"shipping_provider_name"`
	Gift          flag       `json:"is_gift"`
	DangerousGood flag       `json:"is_dangerous_good"`
	Price         price      `json:"sale_price"`
	Currency      text       `json:"currency"`
	Parts         []wireLine `json:"sub_item_info"`
}

// order makes the bench's own value. The platform does not repeat in an order whose it is: shop tells.
func (w wireOrder) order(shop order.Shop) order.Order {
	o := order.Order{
		ID:              string(w.ID),
		ShopID:          shop.ID,
		Market:          shop.Market,
		Status:          order.Status(w.Status),
		Type:            string(w.OrderType),
		FulfillmentType: string(w.FulfillmentType),
		ShippingType:    order.ShippingType(w.ShippingType),
		WarehouseID:     string(w.WarehouseID),
		Provider:        string(cmp.Or(w.Provider, w.lineProvider())),
		Invoice:         string(w.NeedInvoice),

		WentThroughHold:   bool(w.IsOnHoldOrder),
		CancelRequested:   bool(w.CancelRequested),
		CancelRequestedAt: w.RequestCancelTime.time(),
		AddressUpdated:    bool(w.AddressUpdated),
		Sample:            bool(w.Sample),
		BuyerMessage:      string(w.BuyerMessage),
		SellerNote:        string(w.SellerNote),
		Postcode:          order.PostcodeShape(string(w.Address.Postcode)),
		NotLatin:          w.Address.notLatin(),
		Tag:               string(w.Tag),
		Priority:          int(max(0, min(w.Priority, math.MaxInt32))),
		Currency:          string(w.currency()),

		CreatedAt: w.CreateTime.time(), PaidAt: w.PaidTime.time(),
		UpdatedAt: w.UpdateTime.time(), DeliveredAt: w.DeliveryTime.time(), CancelledAt: w.CancelTime.time(),
		Times: order.PlatformTimes{
			ArrangeBy: w.RTSSLATime.time(), CollectBy: w.TTSSLATime.time(), DeliverBy: w.DeliverySLATime.time(),
			PickUpBy:          w.PickUpCutOffTime.time(),
			ArrangeOrCancelBy: w.ShippingDueTime.time(), CollectOrCancelBy: w.CollectionDueTime.time(),
		},
		ReleaseAt: w.ReleaseDate.time(), ArrangedAt: w.RTSTime.time(), CollectedAt: w.CollectionTime.time(),
	}
	for _, p := range w.Packages {
		if p.ID != "" {
			o.PackageIDs = append(o.PackageIDs, string(p.ID))
		}
	}
	// The order's own number is that of its parcel only where there are not several.
	var tracking text
	if len(w.packageIDs()) <= 1 {
		tracking = w.Tracking
	}
	for _, line := range w.Lines {
		o.Lines = append(o.Lines, line.line(tracking))
	}
	return o
}

// line makes the bench's own value. tracking is the number of a unit that brings none of its own.
func (w wireLine) line(tracking text) order.Line {
	l := order.Line{
		ID:            string(w.ID),
		SKUID:         string(w.SKUID),
		SellerSKU:     string(w.SellerSKU),
		ProductName:   string(w.ProductName),
		VariantName:   string(w.SKUName),
		PictureURL:    string(w.SKUImage),
		Status:        order.Status(w.Status),
		PackageID:     string(w.PackageID),
		Tracking:      string(cmp.Or(w.Tracking, tracking)),
		Gift:          bool(w.Gift),
		DangerousGood: bool(w.DangerousGood),
		Price:         int64(w.Price),
	}
	for _, part := range w.Parts {
		inherited := tracking
		if part.PackageID == "" || part.PackageID == w.PackageID {
			inherited = text(l.Tracking)
		}
		l.Parts = append(l.Parts, part.line(inherited))
	}
	if len(l.Parts) > 0 && !slices.ContainsFunc(l.Parts, func(part order.Line) bool { return part.Price != 0 }) {
		l.Parts[0].Price = l.Price // a bundle that is priced as a whole
	}
	return l
}

// currency is that of the first line that names one.
func (w wireOrder) currency() text {
	for _, line := range w.Lines {
		if line.Currency != "" {
			return line.Currency
		}
	}
	return ""
}

// lineProvider is the first carrier any unit names.
func (w wireOrder) lineProvider() text {
	for _, line := range w.Lines {
		if line.ProviderName != "" {
			return line.ProviderName
		}
		for _, part := range line.Parts {
			if part.ProviderName != "" {
				return part.ProviderName
			}
		}
	}
	return ""
}

// packageIDs are all packages the order names anywhere.
func (w wireOrder) packageIDs() []text {
	var ids []text
	add := func(id text) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	for _, p := range w.Packages {
		add(p.ID)
	}
	for _, line := range w.Lines {
		add(line.PackageID)
		for _, part := range line.Parts {
			add(part.PackageID)
		}
	}
	return ids
}
