package sandbox

import "slices"

// What the platform does differently by market. Regions are ISO-2 codes.

// southEastAsia are the markets of the platform's own services there (platform API 3.0).
var southEastAsia = []string{"ID", "TH", "SG", "MY", "VN", "PH"}

// latinAmerica are the markets of LATAM whose packages are there at payment (platform API 3.0). The platform opened the last two
// in 2025; they follow the rules of the row.
var latinAmerica = []string{"BR", "MX", "CL", "CO"}

// marking are the markets of Mark Package As Shipped; the platform writes UK for GB (platform API 3.6).
var marking = []string{"US", "GB", "ES", "IE", "IT", "DE", "FR", "JP"}

// europeanUnion are the markets whose list of carriers needs to know both ends (platform API 3.8).
var europeanUnion = []string{"ES", "IE", "IT", "DE", "FR"}

// buysLabels tells whether a platform shipment begins with the purchase of a label (platform API 3.0, 3.6).
func buysLabels(region string) bool { return region == "US" || region == "JP" }

// packageAtPayment tells whether the platform forms a package as soon as an order may be packed (platform API 3.0).
func packageAtPayment(region, shippingType string) bool {
	switch shippingType {
	case "SELLER":
		return slices.Contains(southEastAsia, region) || slices.Contains(latinAmerica, region)
	case "TIKTOK_DIGITAL":
		return false
	}
	return !buysLabels(region)
}

// unitsStayTogether tells whether a split must leave all units of a SKU in one package (platform API 3.6).
func unitsStayTogether(shop shop) bool {
	if shop.Region == "MX" {
		return shop.SellerType != "CROSS_BORDER"
	}
	return shop.Region == "BR" || slices.Contains(southEastAsia, shop.Region)
}

// shippingAnswersRequests tells whether shipping is allowed while a buyer's request to cancel waits, and rejects it
// (platform API 3.9, market rules).
func shippingAnswersRequests(region string) bool { return region == "US" }

// handoverByCall tells whether handover_method counts: in South-East Asia it is ignored, and in the UK and the EU the setting in the
// Seller Center wins (platform API 3.6).
func handoverByCall(region string) bool {
	return region != "GB" && !slices.Contains(southEastAsia, region) && !slices.Contains(europeanUnion, region)
}

// provider is a carrier.
type provider struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// carriers are those that a market's sellers may hand parcels to; the platform's own shipping uses the first. Ids other than
// the first are made up.
func carriers(region string) []provider {
	name := func(number int, names ...string) []provider {
		var all []provider
		for i, name := range names {
			all = append(all, provider{ID: []string{"68417434413497062", "71174434413497062"}[i%2] + twoDigits(uint64(number+i)), Name: name})
		}
		return all
	}
	switch {
	case region == "US":
		return name(50, "USPS", "UPS", "FedEx")
	case region == "GB":
		return name(55, "Evri", "Royal Mail", "Yodel")
	case region == "JP":
		return name(60, "Yamato Transport", "Sagawa Express", "Japan Post")
	case region == "BR":
		return name(65, "Correios", "J&T Express BR", "Loggi")
	case region == "MX":
		return name(70, "Estafeta", "J&T Express MX", "iMile")
	case slices.Contains(europeanUnion, region):
		return name(75, "DHL", "GLS", "DPD")
	}
	return append([]provider{{carrierID, carrierName}}, name(42, "Ninja Van", "Flash Express")...)
}
