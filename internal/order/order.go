// Package order is the vocabulary of the bench: what the platform sells and ships, in its own words, as plain values.
// It reads nothing, asks no clock and imports nothing of this project.
package order

import "time"

// Status is the state of an order or of one of its units as the platform names it (platform API 3.2).
// Values the platform adds later are kept as they came.
type Status string

// The states of an order, in the order in which an undisturbed one passes through them.
const (
	Unpaid             Status = "UNPAID"
	OnHold             Status = "ON_HOLD"
	AwaitingShipment   Status = "AWAITING_SHIPMENT"
	PartiallyShipping  Status = "PARTIALLY_SHIPPING"
	AwaitingCollection Status = "AWAITING_COLLECTION"
	InTransit          Status = "IN_TRANSIT"
	Delivered          Status = "DELIVERED"
	Completed          Status = "COMPLETED"
	Cancelled          Status = "CANCELLED"
)

// Market is the ISO 3166 code of the country a shop sells in, such as MY.
type Market string

// ShippingType says whose label a parcel carries (platform API 3.3, shipping_type).
type ShippingType string

// The shipping types that reach a warehouse.
const (
	ByPlatform ShippingType = "TIKTOK"
	BySeller   ShippingType = "SELLER"
)

// FulfillmentByPlatform is the fulfillment_type of orders that the platform's own warehouse packs (platform API 3.3).
const FulfillmentByPlatform = "FULFILLMENT_BY_TIKTOK"

// PreOrder is the order_type of orders whose handling starts at their release (platform API 3.3).
const PreOrder = "PRE_ORDER"

// LocalSeller is the SellerType of a shop whose seller sits in its market (platform API 1.5).
const LocalSeller = "LOCAL"

// Shop is one shop the seller authorized (platform API 1.5).
type Shop struct {
	ID     string
	Name   string
	Market Market
	// SellerType is LocalSeller or CROSS_BORDER, as the platform says it (platform API 1.5).
	SellerType string `json:",omitempty"`
	// Cipher goes into every call about this shop. It is a secret: never log it.
	Cipher string
}

// Order is a buyer's order as the platform described it at UpdatedAt. Ids are strings of digits, up to 19 of them:
// they are never numbers. A time the platform did not send is the zero time.
type Order struct {
	ID              string
	ShopID          string
	Market          Market
	Status          Status
	Type            string // order_type: NORMAL, PRE_ORDER … ; may be empty
	FulfillmentType string
	ShippingType    ShippingType
	WarehouseID     string
	Provider        string // shipping_provider, for people to read
	Invoice         string // need_upload_invoice, Brazil: see FlowOf

	// WentThroughHold is is_on_hold_order: the platform kept the buyer's hour of remorse itself.
	// Where it is false the seller waits an hour after PaidAt (platform API 3.2).
	WentThroughHold bool
	// CancelRequested is is_buyer_request_cancel: the buyer asked, nobody has answered yet.
	CancelRequested   bool
	CancelRequestedAt time.Time
	// AddressUpdated is has_updated_recipient_address: a label made before is stale (platform API 3.3).
	AddressUpdated bool
	Sample         bool
	// Postcode is the shape of the recipient's postcode, see PostcodeShape, and NotLatin what NotLatin says of the address. The address itself is not kept.
	Postcode     string
	NotLatin     bool
	BuyerMessage string
	SellerNote   string
	// Tag is split_or_combine_tag: COMBINED, SPLIT or empty.
	Tag string
	// Priority is fulfillment_priority_level, 0 where the platform tells none (platform API 3.3). Currency is that of the lines' prices.
	Priority int
	Currency string

	CreatedAt, PaidAt, UpdatedAt time.Time
	DeliveredAt, CancelledAt     time.Time // delivery_time, cancel_time: when it was really so (platform API 3.3, Times)
	Times                        PlatformTimes
	ReleaseAt                    time.Time // release_date: handling of a pre-order starts
	// ArrangedAt and CollectedAt are when it really reached AWAITING_COLLECTION and IN_TRANSIT (platform API 3.3, rts_time and collection_time).
	ArrangedAt, CollectedAt time.Time
	// Transit is what carriers said of the order's parcels (platform API 3.6, Get Tracking). It does not come with the order.
	Transit Transit

	PackageIDs []string
	Lines      []Line
}

// PlatformTimes are the deadlines the platform itself sent with an order (platform API 3.3, Times). They win over any rule.
type PlatformTimes struct {
	ArrangeBy time.Time // rts_sla_time: arrange shipment by
	CollectBy time.Time // tts_sla_time: the carrier must have it by
	DeliverBy time.Time // delivery_sla_time
	PickUpBy  time.Time // pick_up_cut_off_time, South-East Asia: to be picked up by
	// The platform cancels by itself when shipment is not arranged by ArrangeOrCancelBy (shipping_due_time), the parcel not
	// collected by CollectOrCancelBy (collection_due_time).
	ArrangeOrCancelBy time.Time
	CollectOrCancelBy time.Time
}

// Line is one unit of an order: the platform sends a line a piece and no quantity (platform API 3.3).
type Line struct {
	ID            string
	SKUID         string
	SellerSKU     string // may be empty: see SKU
	ProductName   string
	VariantName   string // sku_name
	PictureURL    string
	Status        Status // display_status
	PackageID     string // empty until the platform gives one
	Tracking      string
	Gift          bool
	DangerousGood bool
	Price         int64 // sale_price, in hundredths of the order's currency
	// Parts are the real units of a bundle (sub_item_info). Where there are any, they are picked and the line itself is not.
	Parts []Line
}

// SKU is the key to the seller's own catalogue: the seller's SKU, or the platform's where the seller left it empty.
func (l Line) SKU() string {
	if l.SellerSKU != "" {
		return l.SellerSKU
	}
	return l.SKUID
}

// Units are the pieces a hand can take: every line that is not cancelled, a bundle by its parts. Gifts count like goods.
// A part that says nothing of its package or state has its bundle's. Of an order that is cancelled as a whole they are what was in it.
func (o Order) Units() []Line {
	gone := func(line Line) bool { return line.Status == Cancelled && o.Status != Cancelled }
	var units []Line
	for _, line := range o.Lines {
		if gone(line) {
			continue
		}
		if len(line.Parts) == 0 {
			units = append(units, line)
			continue
		}
		for _, part := range line.Parts {
			if gone(part) {
				continue
			}
			if part.PackageID == "" {
				part.PackageID = line.PackageID
			}
			if part.Status == "" {
				part.Status = line.Status
			}
			part.Gift = part.Gift || line.Gift
			units = append(units, part)
		}
	}
	return units
}

// Due is the platform's next deadline for the order, the zero time where it sent none or nothing more is owed.
func (o Order) Due() time.Time {
	switch o.Status {
	case AwaitingShipment, PartiallyShipping:
		return firstSet(o.Times.ArrangeBy, o.Times.CollectBy, o.Times.ArrangeOrCancelBy)
	case AwaitingCollection:
		return firstSet(o.Times.CollectBy, o.Times.CollectOrCancelBy)
	}
	return time.Time{}
}

func firstSet(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}
