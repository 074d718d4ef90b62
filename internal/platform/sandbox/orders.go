package sandbox

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// filter is the body of an order search (platform API 3.1). A missing end is no end: what was given with a time yet to
// come is found as well.
type filter struct {
	Status          string   `json:"order_status"`
	CreatedFrom     int64    `json:"create_time_ge"`
	CreatedBefore   *int64   `json:"create_time_lt"`
	UpdatedFrom     int64    `json:"update_time_ge"`
	UpdatedBefore   *int64   `json:"update_time_lt"`
	ShippingType    string   `json:"shipping_type"`
	Buyer           string   `json:"buyer_user_id"`
	CancelRequested *bool    `json:"is_buyer_request_cancel"`
	Warehouses      []string `json:"warehouse_ids"`
}

// onlySince tells whether the filter asks for nothing but a time of the last change.
func (f filter) onlySince() bool {
	f.UpdatedFrom = 0
	return f.everything()
}

// everything tells whether the filter leaves nothing out.
func (f filter) everything() bool {
	return f.Status == "" && f.CreatedFrom <= 0 && f.CreatedBefore == nil && f.UpdatedFrom <= 0 && f.UpdatedBefore == nil &&
		f.ShippingType == "" && f.Buyer == "" && f.CancelRequested == nil && len(f.Warehouses) == 0
}

func (f filter) holds(r *record) bool {
	return (f.Status == "" || f.Status == r.Status) &&
		r.created >= f.CreatedFrom && (f.CreatedBefore == nil || r.created < *f.CreatedBefore) &&
		r.updated >= f.UpdatedFrom && (f.UpdatedBefore == nil || r.updated < *f.UpdatedBefore) &&
		(f.ShippingType == "" || f.ShippingType == r.ShippingType) &&
		(f.Buyer == "" || f.Buyer == r.UserID) &&
		(f.CancelRequested == nil || *f.CancelRequested == r.CancelRequested) &&
		(len(f.Warehouses) == 0 || slices.Contains(f.Warehouses, r.WarehouseID))
}

// place is where a page ends: behind this order.
type place struct {
	At int64  `json:"t"`
	ID string `json:"i"`
}

func (p place) compare(q place) int {
	return cmp.Or(cmp.Compare(p.At, q.At), cmp.Compare(p.ID, q.ID))
}

// tokenLead makes base64 begin with every character that must be escaped in a query, as recorded tokens do.
const tokenLead = "\xfb\xef\xbe\xff\xff\xff"

func (p place) token() string {
	text, err := json.Marshal(p)
	if err != nil {
		return "" // never: a number and a string
	}
	raw := tokenLead + string(text)
	for len(raw)%3 != 1 { // so that it ends in ==
		raw += " "
	}
	return base64.StdEncoding.EncodeToString([]byte(raw))
}

func placeOf(token string) (place, bool) {
	raw, err := base64.StdEncoding.DecodeString(token)
	text, led := strings.CutPrefix(string(raw), tokenLead)
	var p place
	if err != nil || !led || json.Unmarshal([]byte(text), &p) != nil {
		return place{}, false
	}
	return p, true
}

// maxWarehouses is how many warehouses a search may name (platform API 3.1).
const maxWarehouses = 100

// searchOrders is Get Order List (platform API 3.1).
func (s *Sandbox) searchOrders(c call) (any, *refusal) {
	query := c.URL.Query()
	size, refused := pageSize(query, 100)
	if refused != nil {
		return nil, refused
	}
	byUpdate, descending, refused := sorting(query)
	if refused != nil {
		return nil, refused
	}
	after, refused := pageToken(query)
	if refused != nil {
		return nil, refused
	}
	var wanted filter
	if refused := readBody(c, &wanted); refused != nil {
		return nil, refused
	}
	if len(wanted.Warehouses) > maxWarehouses {
		return nil, invalid("WarehouseIDs must contain at most 100 items")
	}
	found := s.listed(c.shop, byUpdate)
	page, more := found.page(wanted, after, size, descending)
	texts, next := make([]json.RawMessage, len(page)), ""
	for i, r := range page {
		texts[i] = r.old
	}
	if more {
		next = page[len(page)-1].place(byUpdate).token()
	}
	return listAnswer("orders", texts, found.count(wanted), next), nil
}

// pageSize reads how many results a page is to have, 1 to most.
func pageSize(query url.Values, most int) (int, *refusal) {
	if query.Get("page_size") == "" {
		return 0, invalid("PageSize is a required field")
	}
	size, err := strconv.Atoi(query.Get("page_size"))
	if err != nil || size < 1 || size > most {
		return 0, invalid("PageSize must be between 1 and " + strconv.Itoa(most))
	}
	return size, nil
}

func sorting(query url.Values) (byUpdate, descending bool, refused *refusal) {
	switch query.Get("sort_field") {
	case "update_time":
		byUpdate = true
	case "", "create_time":
	default:
		return false, false, invalid("Invalid sort_field.")
	}
	descending, refused = sortOrder(query, true)
	return byUpdate, descending, refused
}

// readBody reads a JSON body, which has to be there, be it {} (platform API 6.6).
func readBody(c call, into any) *refusal {
	if media, _, _ := mime.ParseMediaType(c.Header.Get("Content-Type")); media != "application/json" {
		return &refusal{36009022, 400, "Invalid content type."}
	}
	if len(c.body) == 0 {
		return invalid("Request body is a required field")
	}
	if err := json.Unmarshal(c.body, into); err != nil {
		return invalid("Invalid request body.")
	}
	return nil
}

func (r *record) place(byUpdate bool) place {
	if byUpdate {
		return place{r.updated, r.ID}
	}
	return place{r.created, r.ID}
}

// maxDetailIDs is how many orders one detail call gives (platform API 3.4).
const maxDetailIDs = 50

// orderDetail is Get Order Detail in both versions (platform API 3.4). One unknown id refuses all.
func (s *Sandbox) orderDetail(c call) (any, *refusal) {
	given := c.URL.Query().Get("ids")
	if given == "" {
		return nil, invalid("Ids is a required field")
	}
	ids := strings.Split(given, ",")
	if len(ids) > maxDetailIDs {
		return nil, invalid("Ids must contain at most 50 items")
	}
	orders := []json.RawMessage{}
	for _, id := range ids {
		r := s.orders[id]
		if r == nil || r.shop != c.shop {
			return nil, refuse(21008111, "The order does not belong to the shop.")
		}
		if strings.Contains(c.URL.Path, "/202507/") {
			orders = append(orders, r.json)
		} else {
			orders = append(orders, r.old)
		}
	}
	return map[string]any{"orders": orders}, nil
}
