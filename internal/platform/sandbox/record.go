package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// object is a JSON object with its numbers as they were written.
type object map[string]any

func readObject(raw []byte) (object, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var o object
	if err := decoder.Decode(&o); err != nil {
		return nil, err
	}
	return o, nil
}

func (o object) write() ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(o); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(buffer.Bytes()), nil
}

// text is a string field, or "" where there is none.
func (o object) text(key string) string {
	switch v := o[key].(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// number is a whole number, whether it was read or made here; 0 where there is none.
func (o object) number(key string) int64 {
	switch v := o[key].(type) {
	case int64:
		return v
	case int:
		return int64(v)
	}
	return wholeOf(json.Number(o.text(key)))
}

func (o object) truth(key string) bool {
	v, _ := o[key].(bool)
	return v
}

// child is an object field, empty where there is none.
func (o object) child(key string) object {
	v, _ := asObject(o[key])
	return v
}

// asObject accepts objects that were read and objects that were made here.
func asObject(v any) (object, bool) {
	switch v := v.(type) {
	case map[string]any:
		return v, true
	case object:
		return v, true
	}
	return nil, false
}

// list is the objects of an array field. They are the array's own: a change to one changes o.
func (o object) list(key string) []object {
	values, _ := o[key].([]any)
	var objects []object
	for _, v := range values {
		if child, ok := asObject(v); ok {
			objects = append(objects, child)
		}
	}
	return objects
}

func (o object) id() string { return o.text("id") }

// record is an order as it is served, and what a search asks of it.
type record struct {
	shop string
	json []byte // as version 202507 has it
	old  []byte // as version 202309 has it
	face
	shares     []share
	warehouses []string // the order's, and those of its bundles' parts
}

// share is what an order has in one package.
type share struct {
	packageID string
	stage     stage // the least of its pieces there; cancelled where none is left
}

func sharesOf(o object) []share {
	ids := packageIDs(o)
	shares := make([]share, len(ids))
	for i, id := range ids {
		shares[i] = share{id, cancelled}
	}
	for _, u := range unitsOf(o) {
		if i := slices.Index(ids, u.packageID()); i >= 0 {
			shares[i].stage = min(shares[i].stage, u.stage())
		}
	}
	return shares
}

// face is the part of an order that a search filters and sorts by.
type face struct {
	ID              string      `json:"id"`
	Status          string      `json:"status"`
	ShippingType    string      `json:"shipping_type"`
	WarehouseID     string      `json:"warehouse_id"`
	UserID          string      `json:"user_id"`
	CancelRequested bool        `json:"is_buyer_request_cancel"`
	Created         json.Number `json:"create_time"`
	Updated         json.Number `json:"update_time"`
	Paid            json.Number `json:"paid_time"`
	created         int64
	updated         int64
	paid            int64
}

// newFields are those that version 202507 added (platform API 3.3).
var newFields = []string{
	"payment_method_code", "payment_card_type", "payment_auth_code", "channel_entity_national_registry_id",
}

func newRecord(shopID string, o object) (*record, error) {
	raw, err := o.write()
	if err != nil {
		return nil, err
	}
	r := &record{shop: shopID, json: raw, old: raw, shares: sharesOf(o)}
	if err := json.Unmarshal(raw, &r.face); err != nil {
		return nil, err
	}
	r.warehouses = warehousesIn(o)
	if r.ID == "" {
		return nil, fmt.Errorf("it has no id")
	}
	r.created, r.updated, r.paid = wholeOf(r.Created), wholeOf(r.Updated), wholeOf(r.Paid)
	if slices.ContainsFunc(newFields, func(name string) bool { _, has := o[name]; return has }) {
		older := object{}
		for name, value := range o {
			if !slices.Contains(newFields, name) {
				older[name] = value
			}
		}
		if r.old, err = older.write(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// warehousesIn are the warehouses an order is packed in.
func warehousesIn(o object) []string {
	ids := appendNew(nil, o.text("warehouse_id"))
	for _, line := range o.list("line_items") {
		for _, part := range line.list("sub_item_info") {
			ids = appendNew(ids, part.text("warehouse_id"))
		}
	}
	return ids
}

// wholeOf is a whole number, 0 for what is none.
func wholeOf(n json.Number) int64 {
	whole, err := n.Int64()
	if err != nil {
		return 0
	}
	return whole
}

// keep stores an order, new or changed, and the parcels it names. A parcel that no order names any more is forgotten: its id is
// unknown from then on.
func (s *Sandbox) keep(shopID string, o object) error {
	s.picture(o)
	r, err := newRecord(shopID, o)
	if err != nil {
		return err
	}
	for _, part := range r.shares {
		if p := s.parcels[part.packageID]; p != nil && p.shop != shopID {
			return fmt.Errorf("package %s is another shop's too", p.id)
		}
	}
	old := s.orders[r.ID]
	s.orders[r.ID] = r
	s.listing(shopID).put(old, r)
	for _, part := range r.shares {
		s.parcel(part.packageID, shopID).hold(r.ID)
	}
	if old != nil {
		s.leave(old, r)
		if s.remembers {
			s.earlier[r.ID] = old
		}
	}
	s.plan(old, r, o)
	return nil
}

// leave takes an order out of the parcels that it names no more.
func (s *Sandbox) leave(old, r *record) {
	for _, part := range old.shares {
		if slices.ContainsFunc(r.shares, func(now share) bool { return now.packageID == part.packageID }) {
			continue
		}
		p := s.parcels[part.packageID]
		p.orders = slices.DeleteFunc(p.orders, func(id string) bool { return id == r.ID })
		if len(p.orders) == 0 {
			delete(s.parcels, p.id)
		}
	}
}

// parcel is the parcel of an id, made where there is none.
func (s *Sandbox) parcel(id, shopID string) *parcel {
	p := s.parcels[id]
	if p == nil {
		p = &parcel{id: id, shop: shopID}
		s.parcels[id] = p
	}
	return p
}

// packageIDs are all packages an order names: its own list, its lines', and those of bundles' parts.
func packageIDs(o object) []string {
	var ids []string
	for _, p := range o.list("packages") {
		ids = appendNew(ids, p.id())
	}
	for _, id := range namedByLines(o) {
		ids = appendNew(ids, id)
	}
	return ids
}

// namedByLines are the packages that an order's lines and their parts name.
func namedByLines(o object) []string {
	var ids []string
	for _, line := range o.list("line_items") {
		ids = appendNew(ids, line.text("package_id"))
		for _, part := range line.list("sub_item_info") {
			ids = appendNew(ids, part.text("package_id"))
		}
	}
	return ids
}

// appendNew appends an id unless it is empty or there already.
func appendNew(ids []string, id string) []string {
	if id == "" || slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}
