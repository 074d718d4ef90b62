package sandbox

import (
	"slices"
	"strconv"
	"strings"
)

// cancellationFilter is the body of Search Cancellations (platform API 3.9).
type cancellationFilter struct {
	IDs           []string `json:"cancel_ids"`
	Orders        []string `json:"order_ids"`
	Buyers        []string `json:"buyer_user_ids"`
	Kinds         []string `json:"cancel_types"`
	Statuses      []string `json:"cancel_status"`
	CreatedFrom   int64    `json:"create_time_ge"`
	CreatedBefore *int64   `json:"create_time_lt"`
	UpdatedFrom   int64    `json:"update_time_ge"`
	UpdatedBefore *int64   `json:"update_time_lt"`
	Locale        string   `json:"locale"`
}

// closedAsAsked is how the filter's documentation spells requestClosed (platform API 3.9).
const closedAsAsked = "CANCELLATION_REQUEST_CANCEL"

func (f cancellationFilter) check() *refusal {
	known := []string{requestPending, requestAccepted, requestRefunded, requestClosed, closedAsAsked}
	for _, status := range f.Statuses {
		if !slices.Contains(known, status) {
			return invalid("Invalid cancel_status.")
		}
	}
	for _, kind := range f.Kinds {
		if kind != "CANCEL" && kind != "BUYER_CANCEL" {
			return invalid("Invalid cancel_types.")
		}
	}
	return nil
}

// cancellationRow is a cancellation as it stands now.
type cancellationRow struct {
	*cancellation
	status  string
	updated int64
}

func (s *Sandbox) holdsCancellation(f cancellationFilter, r cancellationRow) bool {
	in := func(value string, allowed []string) bool { return len(allowed) == 0 || slices.Contains(allowed, value) }
	return in(r.id, f.IDs) && in(r.order, f.Orders) && in(s.orders[r.order].UserID, f.Buyers) && in(r.kind, f.Kinds) &&
		(in(r.status, f.Statuses) || r.status == requestClosed && slices.Contains(f.Statuses, closedAsAsked)) &&
		r.created >= f.CreatedFrom && (f.CreatedBefore == nil || r.created < *f.CreatedBefore) &&
		r.updated >= f.UpdatedFrom && (f.UpdatedBefore == nil || r.updated < *f.UpdatedBefore)
}

// searchCancellations is Search Cancellations in both versions (platform API 3.9), the oldest first unless it is asked otherwise.
func (s *Sandbox) searchCancellations(c call) (any, *refusal) {
	query := c.URL.Query()
	if !query.Has("page_size") {
		query.Set("page_size", "10")
	}
	size, refused := pageSize(query, 50)
	if refused != nil {
		return nil, refused
	}
	byUpdate, _, refused := sorting(query)
	if refused != nil {
		return nil, refused
	}
	descending, _ := sortOrder(query, false)
	after, refused := pageToken(query)
	if refused != nil {
		return nil, refused
	}
	var wanted cancellationFilter
	if refused := readBody(c, &wanted); refused != nil {
		return nil, refused
	}
	if refused := wanted.check(); refused != nil {
		return nil, refused
	}
	var found []cancellationRow
	for _, stop := range s.stops {
		row := cancellationRow{cancellation: stop}
		row.status, row.updated = stop.at(s.now().Unix())
		if stop.shop == c.shop && s.holdsCancellation(wanted, row) {
			found = append(found, row)
		}
	}
	rows, next := pageOf(found, after, size, func(r cancellationRow) place {
		if byUpdate {
			return place{r.updated, r.id}
		}
		return place{r.created, r.id}
	}, descending)
	shown := []object{}
	for _, row := range rows {
		one, refused := s.shownCancellation(row, languageOf(wanted.Locale), strings.Contains(c.URL.Path, "/202602/"))
		if refused != nil {
			return nil, refused
		}
		shown = append(shown, one)
	}
	return listAnswer("cancellations", shown, len(found), next), nil
}

// shownCancellation is a cancellation as a search lists it (platform API 3.9); the parts of bundles came with version 202602.
func (s *Sandbox) shownCancellation(r cancellationRow, language string, withParts bool) (object, *refusal) {
	o, refused := s.orderOf(r.shop, r.order)
	if refused != nil {
		return nil, refused
	}
	next := []object{}
	if r.status == requestPending {
		next = append(next, object{"action": "SELLER_RESPOND_CANCEL", "deadline": r.deadline()})
	}
	items, sum := []object{}, 0
	for i, line := range linesNamed(o, r.lines) {
		sum += cents(line.text("sale_price"))
		item := cancelledLine(r.id, i, line)
		if parts := line.list("sub_item_info"); withParts && len(parts) > 0 {
			subs := []object{}
			for n, part := range parts {
				subs = append(subs, cancelledLine(r.id, 100*(i+1)+n, part))
			}
			item["cancel_sub_line_items"] = subs
		}
		items = append(items, item)
	}
	shown := object{
		"cancel_id": r.id, "order_id": r.order, "cancel_type": r.kind, "cancel_status": r.status, "role": r.role,
		"cancel_reason": r.reason, "cancel_reason_text": reasonText(r.reason, language),
		"create_time": r.created, "update_time": r.updated, "should_replenish_stock": true,
		"seller_next_action_response": next, "cancel_line_items": items,
	}
	pay := o.child("payment")
	if len(r.lines) == len(o.list("line_items")) { // the whole order, shipping with it
		shown["refund_amount"] = refund(pay.text("currency"), cents(pay.text("sub_total")), cents(pay.text("shipping_fee")), cents(pay.text("tax")))
	} else {
		shown["refund_amount"] = refund(pay.text("currency"), sum, 0, 0)
	}
	return shown, nil
}

// cancelledLine is a line of a cancellation; number tells it from the others.
func cancelledLine(cancelID string, number int, line object) object {
	return object{
		"cancel_line_item_id": cancelID[:len(cancelID)-5] + strconv.Itoa(10000+number), "order_line_item_id": line.id(),
		"sku_id": line.text("sku_id"), "sku_name": line.text("sku_name"), "product_name": line.text("product_name"),
		"seller_sku":    line.text("seller_sku"),
		"product_image": object{"url": line.text("sku_image"), "width": 200, "height": 200},
		"refund_amount": refund(line.text("currency"), cents(line.text("sale_price")), 0, 0),
	}
}

// linesNamed are an order's lines and parts of bundles with the given ids.
func linesNamed(o object, ids []string) []object {
	var named []object
	for _, line := range linesAndParts(o) {
		if slices.Contains(ids, line.id()) {
			named = append(named, line)
		}
	}
	return named
}

// cents is an amount of money in hundredths; 0 for what is none.
func cents(amount string) int {
	value, err := strconv.ParseFloat(amount, 64)
	if err != nil {
		return 0
	}
	return int(value*100 + 0.5)
}

func refund(currency string, goods, shipping, tax int) object {
	return object{
		"currency": currency, "refund_subtotal": money(goods), "refund_shipping_fee": money(shipping), "refund_tax": money(tax),
		"refund_total": money(goods + shipping + tax),
	}
}

// answer is what was said to a call with an idempotency key.
type answer struct {
	data    any
	refused *refusal
}

// once acts once for a key and gives the same answer to whoever brings it again (platform API 3.9). Without a key it acts.
func (s *Sandbox) once(c call, act func() (any, *refusal)) (any, *refusal) {
	key := c.URL.Query().Get("idempotency_key")
	switch {
	case len(key) > 255:
		return nil, invalid("IdempotencyKey must be at most 255 characters")
	case key == "":
		return act()
	}
	key = c.shop + " " + c.URL.Path + " " + key
	if said, known := s.answers[key]; known {
		return said.data, said.refused
	}
	data, refused := act()
	s.answers[key] = answer{data, refused}
	return data, refused
}

// requestOf finds the request a call is about.
func (s *Sandbox) requestOf(shopID, id string) (*cancellation, *refusal) {
	i := slices.IndexFunc(s.stops, func(c *cancellation) bool { return c.id == id && c.shop == shopID })
	if i < 0 {
		return nil, refuse(25007006, "The cancellation was not found.")
	}
	return s.stops[i], nil
}

// approve is Approve Cancellation (platform API 3.9). It has no body.
func (s *Sandbox) approve(c call) (any, *refusal) {
	return s.once(c, func() (any, *refusal) {
		request, refused := s.requestOf(c.shop, c.PathValue("cancel_id"))
		if refused != nil {
			return nil, refused
		}
		o, refused := s.orderOf(c.shop, request.order)
		if refused == nil {
			refused = refuseAnswer(request, o, 25011012)
		}
		if refused != nil {
			return nil, refused
		}
		if err := s.endCancellation(request, requestAccepted); err != nil {
			return nil, internal()
		}
		return struct{}{}, nil
	})
}

// reject is Reject Cancellation (platform API 3.9).
func (s *Sandbox) reject(c call) (any, *refusal) {
	var body struct {
		Reason  string `json:"reject_reason"`
		Comment string `json:"comment"`
		Images  []struct {
			ID string `json:"image_id"`
		} `json:"images"`
	}
	if refused := readBody(c, &body); refused != nil {
		return nil, refused
	}
	return s.once(c, func() (any, *refusal) {
		request, refused := s.requestOf(c.shop, c.PathValue("cancel_id"))
		if refused != nil {
			return nil, refused
		}
		o, refused := s.orderOf(c.shop, request.order)
		if refused == nil {
			refused = refuseAnswer(request, o, 25011011)
		}
		switch {
		case refused != nil:
			return nil, refused
		case body.Reason == "":
			return nil, invalid("RejectReason is a required field")
		case !slices.Contains(rejectReasons(s.region(c.shop)), body.Reason):
			return nil, refuse(25001014, "The reject reason is invalid.")
		}
		for _, image := range body.Images {
			if image.ID == "" {
				return nil, invalid("ImageID is a required field")
			}
		}
		if err := s.endCancellation(request, requestClosed); err != nil {
			return nil, internal()
		}
		return struct{}{}, nil
	})
}

// refuseAnswer gives the reason why a request cannot be answered any more; late is the code where it does not wait.
func refuseAnswer(request *cancellation, o object, late int) *refusal {
	switch {
	case request.status == requestAccepted && request.kind == "BUYER_CANCEL":
		return refuse(25020010, "The cancellation has been approved.")
	case request.status != requestPending && o.text("status") == "CANCELLED":
		return refuse(25020009, "The order has been cancelled.")
	case request.status != requestPending:
		return refuse(late, "The cancellation does not wait for an answer.")
	case onItsWay(o):
		return refuse(25001045, "The order has been shipped; the carrier cannot stop it.")
	}
	return nil
}
