package order

import "testing"

// The table of platform API 3.0, row by row, and what it leaves open.
func TestFlowOf(t *testing.T) {
	waiting := Order{Status: AwaitingShipment, ShippingType: ByPlatform}
	with := func(market Market, change func(*Order)) Order {
		o := waiting
		o.Market = market
		if change != nil {
			change(&o)
		}
		return o
	}
	own := func(o *Order) { o.ShippingType = BySeller }
	invoice := func(state string) func(*Order) { return func(o *Order) { o.Invoice = state } }
	for name, c := range map[string]struct {
		order Order
		want  Flow
	}{
		"Malaysia, platform":                {with("MY", nil), ShipPackage},
		"Vietnam, platform":                 {with("VN", nil), ShipPackage},
		"Britain, platform":                 {with("GB", nil), ShipPackage},
		"Mexico, platform":                  {with("MX", nil), ShipPackage},
		"a market nobody has heard of":      {with("ZZ", nil), ShipPackage},
		"United States, platform":           {with("US", nil), BuyLabel},
		"Japan, platform":                   {with("JP", nil), BuyLabel},
		"Malaysia, own carrier":             {with("MY", own), ShipOwn},
		"Mexico, own carrier":               {with("MX", own), ShipOwn},
		"United States, own carrier":        {with("US", own), MarkShipped},
		"Germany, own carrier":              {with("DE", own), MarkShipped},
		"Japan, own carrier":                {with("JP", own), MarkShipped},
		"own carrier, unknown market":       {with("ZZ", own), UnknownFlow},
		"digital goods":                     {with("US", func(o *Order) { o.ShippingType = "TIKTOK_DIGITAL" }), UnknownFlow},
		"Brazil, invoice missing":           {with("BR", invoice("NEED_INVOICE")), UploadInvoice},
		"Brazil, invoice under way":         {with("BR", invoice("INVOICE_PROCESSING")), UploadInvoice},
		"Brazil, invoice there":             {with("BR", invoice("INVOICE_UPLOADED")), ShipPackage},
		"Brazil, none wanted, own carrier":  {with("BR", func(o *Order) { o.Invoice = "NO_NEED"; own(o) }), ShipOwn},
		"the platform's warehouse":          {with("US", func(o *Order) { o.FulfillmentType = FulfillmentByPlatform; own(o) }), PlatformShips},
		"on hold":                           {with("MY", func(o *Order) { o.Status = OnHold }), NothingToArrange},
		"arranged":                          {with("US", func(o *Order) { o.Status = AwaitingCollection }), NothingToArrange},
		"a part of it is arranged":          {with("US", func(o *Order) { o.Status = PartiallyShipping }), BuyLabel},
		"cancelled":                         {with("MY", func(o *Order) { o.Status = Cancelled }), NothingToArrange},
		"a state this program has not seen": {with("MY", func(o *Order) { o.Status = "FROZEN" }), NothingToArrange},
	} {
		if got := FlowOf(c.order); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
