package sandbox

import (
	"slices"
	"strings"
)

// cancelOrderCall is Cancel Order in both versions (platform API 3.9).
func (s *Sandbox) cancelOrderCall(c call) (any, *refusal) {
	var body struct {
		OrderID string   `json:"order_id"`
		Reason  string   `json:"cancel_reason"`
		Lines   []string `json:"order_line_item_ids"`
		SKUs    []struct {
			ID       string `json:"sku_id"`
			Quantity int    `json:"quantity"`
		} `json:"skus"`
	}
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	switch {
	case body.OrderID == "":
		return nil, invalid("OrderID is a required field")
	case body.Reason == "":
		return nil, invalid("CancelReason is a required field")
	}
	o, refused := s.orderOf(c.shop, body.OrderID)
	if refused == nil {
		refused = s.refuseCancelling(c.shop, o, body.Reason)
	}
	if refused != nil {
		return nil, refused
	}
	lines := body.Lines
	for _, sku := range body.SKUs {
		more := unitsOfSKU(o, sku.ID, lines)
		if sku.Quantity < 1 || sku.Quantity > len(more) {
			return nil, refuse(25020003, "The order has fewer units of the SKU.")
		}
		lines = append(lines, more[:sku.Quantity]...)
	}
	if refused := s.refuseLines(c.shop, o, lines, body.Reason); refused != nil {
		return nil, refused
	}
	record, err := s.cancelBySeller(o, c.shop, lines, body.Reason)
	if err != nil {
		return nil, internal()
	}
	return object{"cancel_id": record.id, "cancel_status": record.status}, nil
}

// cancelBySeller cancels all of an order, or the lines named, and gives the record of it.
func (s *Sandbox) cancelBySeller(o object, shopID string, lines []string, reason string) (*cancellation, error) {
	if len(lines) == 0 {
		return s.cancelWhole(o, shopID, bySeller, reason)
	}
	return s.cancelUnits(o, shopID, lines, bySeller, reason)
}

// unitsOfSKU are the ids of an order's units of a SKU, without those named already.
func unitsOfSKU(o object, skuID string, named []string) []string {
	var ids []string
	for _, u := range unitsOf(o) {
		if u.text("sku_id") == skuID && !slices.Contains(named, u.id()) {
			ids = append(ids, u.id())
		}
	}
	return ids
}

// refuseCancelling gives the reason why a seller cannot cancel an order (platform API 3.2, 3.9).
func (s *Sandbox) refuseCancelling(shopID string, o object, reason string) *refusal {
	at := orderStage(o)
	switch {
	case at == cancelled:
		return refuse(25020009, "The order has been cancelled.")
	case onItsWay(o):
		return refuse(25001045, "The order has been shipped; the carrier cannot stop it.")
	case at == arranged && s.region(shopID) != "US":
		return refuse(25001003, "The order's shipment is arranged.")
	case at == held:
		return refuse(25001003, "The order is on hold.")
	case !slices.Contains(cancelReasons(s.shopByID(shopID)), reason):
		return refuse(25001021, "The reason does not fit the order's status.")
	}
	return nil
}

// refuseLines gives the reason why only some units of an order cannot be cancelled: it is for the US and the UK, and for what is
// out of stock (platform API 3.9).
func (s *Sandbox) refuseLines(shopID string, o object, lines []string, reason string) *refusal {
	if len(lines) == 0 {
		return nil
	}
	if _, refused := (selection{Lines: lines}).of(o); refused != nil {
		return refuse(25020004, refused.message)
	}
	region := s.region(shopID)
	if len(lines) < len(unitsOf(o)) && (region != "US" && region != "GB" || !strings.HasPrefix(reason, "seller_cancel_reason_out_of_stock")) {
		return refuse(25001046, "Only whole orders can be cancelled here, or for this reason.")
	}
	return nil
}

// rejectReasonsCall is Get Reject Reasons (platform API 3.9), in the first of the locales named.
func (s *Sandbox) rejectReasonsCall(c call) (any, *refusal) {
	query := c.URL.Query()
	id := query.Get("return_or_cancel_id")
	if id == "" {
		return nil, invalid("ReturnOrCancelID is a required field")
	}
	if _, refused := s.requestOf(c.shop, id); refused != nil {
		return nil, refused
	}
	reasons := []object{}
	for _, name := range rejectReasons(s.region(c.shop)) {
		reasons = append(reasons, object{"name": name, "text": reasonText(name, languageOf(query.Get("locale")))})
	}
	return object{"reasons": reasons}, nil
}

// aftersaleEligibility is Get Aftersale Eligibility (platform API 3.9): by SKU, what can be asked for its units.
func (s *Sandbox) aftersaleEligibility(c call) (any, *refusal) {
	who := c.URL.Query().Get("initiate_aftersale_user")
	if who == "" {
		who = bySeller
	}
	if who != bySeller && who != byBuyer {
		return nil, invalid("Invalid initiate_aftersale_user.")
	}
	o, refused := s.orderOf(c.shop, c.PathValue("order_id"))
	if refused != nil {
		return nil, refused
	}
	skus := []object{}
	lines := map[string][]string{}
	for _, line := range o.list("line_items") {
		sku := line.text("sku_id")
		if lines[sku] == nil {
			skus = append(skus, object{"sku_id": sku})
		}
		lines[sku] = append(lines[sku], line.id())
	}
	for _, sku := range skus {
		kinds := []object{}
		for _, kind := range []string{"CANCEL", "RETURN", "RETURN_AND_REFUND"} {
			code, why := s.ineligible(c.shop, o, who, kind)
			one := object{"request_type": kind, "eligible": code == 0, "order_line_items_ids": lines[sku.text("sku_id")]}
			if code != 0 {
				one["ineligible_code"], one["ineligible_reason"] = code, why
			}
			kinds = append(kinds, one)
		}
		sku["line_item_eligibility"] = kinds
	}
	return object{"sku_eligibility": skus}, nil
}

// ineligible tells why something cannot be asked for an order; 0 where it can. The platform documents no list of these codes:
// they are those of the calls that would refuse.
func (s *Sandbox) ineligible(shopID string, o object, who, kind string) (code int, why string) {
	if kind != "CANCEL" {
		if o.text("status") == "DELIVERED" {
			return 0, ""
		}
		return 25001003, "The order is not delivered, or its time for returns is over."
	}
	if who == bySeller {
		if refused := s.refuseCancelling(shopID, o, cancelReasons(s.shopByID(shopID))[0]); refused != nil {
			return refused.code, refused.message
		}
		return 0, ""
	}
	switch {
	case orderStage(o) == cancelled:
		return 25020009, "The order has been cancelled."
	case onItsWay(o):
		return 25001045, "The order has been shipped; the carrier cannot stop it."
	case o.truth("is_buyer_request_cancel"):
		return 25001028, "A request to cancel waits for an answer."
	}
	return 0, ""
}

// searchReturns is Search Returns (platform API 3.9). Nothing comes back in this sandbox; what is asked is checked all the same.
func (s *Sandbox) searchReturns(c call) (any, *refusal) {
	query := c.URL.Query()
	if query.Has("page_size") {
		size, refused := pageSize(query, 50)
		if refused != nil || size < 10 {
			return nil, invalid("PageSize must be between 10 and 50")
		}
	}
	if _, _, refused := sorting(query); refused != nil {
		return nil, refused
	}
	if _, refused := pageToken(query); refused != nil {
		return nil, refused
	}
	var wanted struct {
		IDs           []string `json:"return_ids"`
		Orders        []string `json:"order_ids"`
		Types         []string `json:"return_types"`
		Statuses      []string `json:"return_status"`
		Arbitration   []string `json:"arbitration_status"`
		CreatedFrom   int64    `json:"create_time_ge"`
		CreatedBefore *int64   `json:"create_time_lt"`
		UpdatedFrom   int64    `json:"update_time_ge"`
		UpdatedBefore *int64   `json:"update_time_lt"`
	}
	if refused := readBody(c, &wanted); refused != nil {
		return nil, refused
	}
	for _, kind := range wanted.Types {
		if !slices.Contains([]string{"REFUND", "RETURN_AND_REFUND", "REPLACEMENT"}, kind) {
			return nil, invalid("Invalid return_types.")
		}
	}
	for _, status := range wanted.Arbitration {
		if !slices.Contains([]string{"IN_PROGRESS", "SUPPORT_BUYER", "SUPPORT_SELLER", "CLOSED"}, status) {
			return nil, invalid("Invalid arbitration_status.")
		}
	}
	return listAnswer("return_orders", []object{}, 0, ""), nil
}
