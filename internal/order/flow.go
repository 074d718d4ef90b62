package order

// Flow says how the shipment of an order's parcels is arranged (platform API 3.0, which flow applies where).
type Flow string

// The flows.
const (
	NothingToArrange Flow = "nothing"        // not yet, or not any more
	ShipPackage      Flow = "ship_package"   // Ship Package or Batch Ship; the package has been there since payment
	BuyLabel         Flow = "buy_label"      // an eligible service is chosen and a label bought, which makes the package
	ShipOwn          Flow = "ship_own"       // Ship Package with the number of the seller's own carrier
	MarkShipped      Flow = "mark_shipped"   // Mark Package As Shipped with that number, which makes the package
	UploadInvoice    Flow = "upload_invoice" // Brazil: the platform wants the invoice first
	PlatformShips    Flow = "platform_ships" // the platform's own warehouse does it all
	UnknownFlow      Flow = "unknown"        // a market or shipping type this program has not heard of
)

// way is how the markets of one region arrange shipment.
type way int

const (
	southEast way = iota + 1
	unitedStates
	europe
	latin
	japan
)

// ways are the markets by region (platform API 3.0 and 3.6, Mark Package As Shipped).
var ways = map[Market]way{
	"ID": southEast, "TH": southEast, "SG": southEast, "MY": southEast, "VN": southEast, "PH": southEast,
	"US": unitedStates,
	"GB": europe, "ES": europe, "IE": europe, "IT": europe, "DE": europe, "FR": europe,
	"BR": latin, "MX": latin,
	"JP": japan,
}

// invoiceMissing are the values of need_upload_invoice that keep a parcel from being shipped (platform API 3.3).
var invoiceMissing = map[string]bool{"NEED_INVOICE": true, "INVOICE_PROCESSING": true}

// FlowOf is the way shipment of an order's parcels is arranged as the order stands.
func FlowOf(o Order) Flow {
	switch {
	case o.FulfillmentType == FulfillmentByPlatform:
		return PlatformShips
	case o.Status != AwaitingShipment && o.Status != PartiallyShipping:
		return NothingToArrange
	case o.Market == "BR" && invoiceMissing[o.Invoice]:
		return UploadInvoice
	}
	region := ways[o.Market]
	switch o.ShippingType {
	case ByPlatform, "":
		// A market that is new here is taken for one of the many where the package is made at payment.
		if region == unitedStates || region == japan {
			return BuyLabel
		}
		return ShipPackage
	case BySeller:
		switch region {
		case southEast, latin:
			return ShipOwn
		case unitedStates, europe, japan:
			return MarkShipped
		}
	}
	return UnknownFlow
}

// NeedsPackage tells whether the platform has to give the parcel a package id before its shipment can be arranged. In the other flows
// arranging makes the package.
func (f Flow) NeedsPackage() bool { return f == ShipPackage || f == ShipOwn }

// OwnCarrier tells whether the seller's own carrier takes the parcel, so that its number arranges shipment.
func (f Flow) OwnCarrier() bool { return f == ShipOwn || f == MarkShipped }

// Handing tells what a person may choose when shipment of a parcel is arranged: the method, pick-up or drop-off, and the time of a pick-up. In South-East Asia
// neither is heeded, and in Europe the Seller Center's setting of the method wins (platform API 3.6, Ship Package). Where a label is bought, shipment is arranged
// without.
func (p Parcel) Handing() (method, slot bool) {
	if p.Flow != ShipPackage {
		return false, false
	}
	region := ways[p.Market]
	return region != southEast && region != europe, region != southEast
}
