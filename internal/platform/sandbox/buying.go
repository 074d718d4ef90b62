package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// purchase is the label a seller bought for a parcel, and what the parcel was said to weigh and measure.
type purchase struct {
	service   service
	weight    weight
	dimension dimension
}

// weight and dimension are a parcel's, numbers as texts (platform API 3.5).
type weight struct {
	Value string `json:"value"`
	Unit  string `json:"unit"` // GRAM or POUND
}

type dimension struct {
	Length string `json:"length"`
	Width  string `json:"width"`
	Height string `json:"height"`
	Unit   string `json:"unit"` // CM or INCH
}

// measures are those a request may give.
type measures struct {
	Weight    *weight    `json:"weight"`
	Dimension *dimension `json:"dimension"`
}

// check gives the reason why measures cannot be.
func (m measures) check() *refusal {
	positive := func(text string) bool {
		n, err := strconv.ParseFloat(text, 64)
		return err == nil && n > 0 && n < 1e6
	}
	if w := m.Weight; w != nil && (!positive(w.Value) || w.Unit != "GRAM" && w.Unit != "POUND") {
		return refuse(21001001, "The weight is invalid.")
	}
	if d := m.Dimension; d != nil && (!positive(d.Length) || !positive(d.Width) || !positive(d.Height) || d.Unit != "CM" && d.Unit != "INCH") {
		return refuse(21001001, "The dimension is invalid: length, width and height must be given together.")
	}
	return nil
}

// orMade are measures with those made up that were not given.
func (m measures) orMade(grams, pieces int) (weight, dimension) {
	w, d := weight{strconv.Itoa(grams), "GRAM"}, boxFor(pieces)
	if m.Weight != nil {
		w = *m.Weight
	}
	if m.Dimension != nil {
		d = *m.Dimension
	}
	return w, d
}

// boxFor is the carton that so many pieces go into.
func boxFor(pieces int) dimension {
	return dimension{"22", "16", strconv.Itoa(4 + 3*min(pieces, 8)), "CM"}
}

// service is a carrier's offer for one parcel (platform API 3.6).
type service struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	IsDefault    *bool  `json:"is_default,omitempty"` // in the list of services only
	Price        string `json:"price"`
	Currency     string `json:"currency"`
	Earliest     int    `json:"earliest_delivery_days"`
	Latest       int    `json:"latest_delivery_days"`
	ProviderID   string `json:"shipping_provider_id"`
	ProviderName string `json:"shipping_provider_name"`
}

// services are what a market's carriers offer for a parcel, the default first. Prices are made up: a base and so much a kg.
func services(region string, w weight) []service {
	heavy, err := strconv.ParseFloat(w.Value, 64)
	if err != nil {
		heavy = 0 // never: it was checked
	}
	if w.Unit == "GRAM" {
		heavy /= 453.59237 // g a pound
	}
	currency, unit := "USD", 1.0
	if region == "JP" {
		currency, unit = "JPY", 150
	}
	var all []service
	for i, by := range carriers(region) {
		first := i == 0
		all = append(all, service{
			ID: "28823355912386001" + strconv.Itoa(i), Name: by.Name + []string{" Ground", " Saver", " Express"}[i%3], IsDefault: &first,
			Price: fmt.Sprintf("%.2f", unit*(3.5+1.25*float64(i)+0.6*heavy)), Currency: currency,
			Earliest: 4 - i, Latest: 6 - i, ProviderID: by.ID, ProviderName: by.Name,
		})
	}
	return all
}

// shippingServices is Get Eligible Shipping Service (platform API 3.6).
func (s *Sandbox) shippingServices(c call) (any, *refusal) {
	var body struct {
		selection
		measures
	}
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	if !buysLabels(s.region(c.shop)) {
		return nil, refuse(21008106, "The API is not available in this region.")
	}
	o, refused := s.orderOf(c.shop, c.PathValue("order_id"))
	if refused != nil {
		return nil, refused
	}
	units, refused := body.of(o)
	if refused == nil {
		refused = body.check()
	}
	parts := content{orders: []object{o}, units: units}
	if refused == nil {
		refused = s.refuseBuying(c.shop, parts)
	}
	if refused != nil {
		return nil, refused
	}
	w, d := body.orMade(s.weight(parts), len(units))
	return object{
		"order_id": o.id(), "order_line_id": idsOf(units), "weight": w, "dimension": d,
		"shipping_services": services(s.region(c.shop), w),
	}, nil
}

// toBuy is the body of Create Packages in both versions.
type toBuy struct {
	OrderID string `json:"order_id"`
	selection
	measures
	Service string `json:"shipping_service_id"`
	// What version 202512 added.
	ShipType string    `json:"ship_type"`
	Items    []lineRef `json:"order_line_item"`
	OrderIDs []string  `json:"order_list_ids"`
}

// createPackage is Create Packages 202309 (platform API 3.6): the purchase of a label, in the US.
func (s *Sandbox) createPackage(c call) (any, *refusal) {
	var body toBuy
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	if s.region(c.shop) != "US" {
		return nil, refuse(21008106, "The API is not available in this region.")
	}
	if body.OrderID == "" {
		return nil, invalid("OrderID is a required field")
	}
	p, units, refused := s.buy(c.shop, []string{body.OrderID}, body)
	if refused != nil {
		return nil, refused
	}
	answer := bought(p)
	answer["order_id"], answer["order_line_item_ids"] = body.OrderID, idsOf(units)
	return answer, nil
}

// createPackages is Create Packages 202512: a whole order, a part of one, or several orders in one package. Official samples give
// the third form both an order_id and the further orders' ids.
func (s *Sandbox) createPackages(c call) (any, *refusal) {
	var body toBuy
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	if !buysLabels(s.region(c.shop)) {
		return nil, refuse(21008106, "The API is not available in this region.")
	}
	orders := []string{body.OrderID}
	switch {
	case body.ShipType == "1" && body.OrderID == "":
		return nil, invalid("OrderID is a required field")
	case body.ShipType == "2" && len(body.Items) == 0:
		return nil, invalid("OrderLineItem is a required field")
	case body.ShipType == "3" && len(body.OrderIDs) == 0:
		return nil, invalid("OrderListIDs is a required field")
	}
	body.selection = selection{}
	switch body.ShipType {
	case "1":
	case "2":
		body.selection.List = body.Items
		if body.OrderID == "" {
			orders[0] = s.orderWith(c.shop, body.Items[0].Line)
		}
	case "3":
		orders = body.OrderIDs
		if body.OrderID != "" && !slices.Contains(orders, body.OrderID) {
			orders = append([]string{body.OrderID}, orders...)
		}
	default:
		return nil, refuse(21001001, "ship_type must be 1, 2 or 3.")
	}
	p, _, refused := s.buy(c.shop, orders, body)
	if refused != nil {
		return nil, refused
	}
	return bought(p), nil
}

// orderWith is the id of the shop's order with a line.
func (s *Sandbox) orderWith(shopID, lineID string) string {
	for id, r := range s.orders {
		if r.shop == shopID && strings.Contains(string(r.json), `"`+lineID+`"`) && slices.Contains(lineIDsIn(r), lineID) {
			return id
		}
	}
	return ""
}

func lineIDsIn(r *record) []string {
	o, err := readObject(r.json)
	if err != nil {
		return nil // never: it was written here
	}
	return lineIDs(o)
}

// bought is what both versions tell of a purchase.
func bought(p *parcel) object {
	info := p.bought.service
	info.IsDefault = nil
	return object{
		"package_id": p.id, "shipping_service_info": info, "weight": p.bought.weight, "dimension": p.bought.dimension,
		"create_time": p.formed,
	}
}

// buy buys a label for what is selected of orders: they get a package whose shipment is arranged.
func (s *Sandbox) buy(shopID string, orderIDs []string, want toBuy) (*parcel, []unit, *refusal) {
	if refused := want.check(); refused != nil {
		return nil, nil, refused
	}
	var parts content
	for _, id := range orderIDs {
		o, refused := s.orderOf(shopID, id)
		if refused != nil {
			return nil, nil, refused
		}
		units, refused := want.of(o)
		if refused == nil {
			refused = s.refuseBuying(shopID, content{orders: []object{o}, units: units})
		}
		if refused != nil {
			return nil, nil, refused
		}
		parts.orders, parts.units = append(parts.orders, o), append(parts.units, units...)
	}
	if slices.ContainsFunc(parts.orders, func(o object) bool { return household(o) != household(parts.orders[0]) }) {
		return nil, nil, refuse(21011031, "The orders cannot be combined.")
	}
	w, d := want.orMade(s.weight(parts), len(parts.units))
	offers := services(s.region(shopID), w)
	chosen := 0
	if want.Service != "" {
		chosen = slices.IndexFunc(offers, func(offer service) bool { return offer.ID == want.Service })
	}
	if chosen < 0 {
		return nil, nil, refuse(21001001, "The shipping service is not eligible.")
	}
	p := s.form(shopID)
	p.bought = &purchase{offers[chosen], w, d}
	p.carrier = provider{offers[chosen].ProviderID, offers[chosen].ProviderName}
	for _, o := range parts.orders {
		wrap(o, parts.of(o), p.id)
		if len(parts.orders) > 1 {
			o["split_or_combine_tag"] = "COMBINED"
		}
		tagSplit(o)
	}
	if err := s.arrange(p, parts); err != nil {
		return nil, nil, internal()
	}
	return p, parts.units, nil
}

// refuseBuying gives the reason why no label can be bought for units of an order.
func (s *Sandbox) refuseBuying(shopID string, parts content) *refusal {
	if refused := s.refuseShipping(shopID, parts); refused != nil {
		return refused
	}
	if parts.bySeller() {
		return refuse(21008017, "The order is not shipped by the platform.")
	}
	return nil
}
