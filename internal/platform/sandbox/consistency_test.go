package sandbox

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Whatever buyers, carriers, the platform and the seller's calls do in whatever order: orders, parcels and cancellations agree.
func TestEverythingAgreesWhateverHappens(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := made(t, Options{Data: []byte(mixedShop(rt))})
		before := map[string]*record{}
		for range rapid.IntRange(1, 40).Draw(rt, "steps") {
			for id, r := range s.orders {
				before[id] = r
			}
			done := happen(t, rt, s)
			for id, r := range s.orders {
				if old := before[id]; !bytes.Equal(old.json, r.json) && r.updated <= old.updated {
					rt.Fatalf("%s: order %s changed, update_time from %d to %d", done, id, old.updated, r.updated)
				}
			}
			agree(rt, s, done)
		}
	})
}

// mixedShop is a few orders of three markets in the states that come before shipment.
func mixedShop(rt *rapid.T) string {
	var orders []string
	for i := range rapid.IntRange(2, 8).Draw(rt, "orders") {
		shop := rapid.SampledFrom([]string{"71", "72", "73"}).Draw(rt, "shop")
		id, packageID := strconv.Itoa(i+1), ""
		status := rapid.SampledFrom([]string{"AWAITING_SHIPMENT", "AWAITING_SHIPMENT", "AWAITING_SHIPMENT", "ON_HOLD", "UNPAID"}).Draw(rt, "status")
		if shop != "72" && status == "AWAITING_SHIPMENT" {
			packageID = strconv.Itoa(900 + i)
		}
		order := anOrder(shop, id, status, packageID, rapid.SliceOfN(rapid.SampledFrom([]string{"A", "B", "C"}), 1, 4).Draw(rt, "skus")...)
		if packageID != "" && rapid.Bool().Draw(rt, "bundle") {
			order = bundleOrder(shop, id, packageID)
		}
		if rapid.IntRange(0, 3).Draw(rt, "seller") == 0 {
			order = strings.Replace(order, `"shipping_type":"TIKTOK"`, `"shipping_type":"SELLER"`, 1)
		}
		buyer := rapid.SampledFrom([]string{"one", "two"}).Draw(rt, "buyer")
		orders = append(orders, strings.Replace(order, `"user_id":"u`+id+`"`, `"user_id":"`+buyer+`"`, 1))
	}
	return `{"shops":[` + shopMY + `,` + shopUS + `,` + shopGlobal + `],"orders":[` + strings.Join(orders, ",") + `]}`
}

// happen lets one thing happen, possible or not, and says what.
func happen(t *testing.T, rt *rapid.T, s *Sandbox) string {
	orders, parcels := []string{}, []string{}
	for id := range s.orders {
		orders = append(orders, id)
	}
	for id := range s.parcels {
		parcels = append(parcels, id)
	}
	slices.Sort(orders)
	slices.Sort(parcels)
	id := rapid.SampledFrom(orders).Draw(rt, "order")
	o, shop := s.read(t, id), s.orders[id].shop
	lines := lineIDs(o)
	line := rapid.SampledFrom(lines).Draw(rt, "line")
	own := fmt.Sprintf(`"tracking_number":"OWN-%d","shipping_provider_id":%q`, rapid.IntRange(1000, 1020).Draw(rt, "number"), carriers(s.region(shop))[0].ID)
	acts := map[string]func() error{
		"request":  func() error { _, err := s.requestCancel(o, shop, defaultBuyerReason); return err },
		"cancel":   func() error { return s.cancelOrder(o, shop, byPlatform, "system_cancel_order_reason_shipping_timeout") },
		"line":     func() error { return s.cancelLine(o, shop, line, bySeller, "seller_cancel_reason_out_of_stock") },
		"address":  func() error { return s.changeAddress(o, shop) },
		"complete": func() error { return s.complete(o, shop) },
		"release":  func() error { return s.release(o, shop) },
	}
	if c := s.pendingOf(id); c != nil {
		acts["accept"] = func() error { return s.endCancellation(c, requestAccepted) }
		acts["close"] = func() error { return s.endCancellation(c, requestClosed) }
	}
	calls := map[string]string{
		"orders/" + id + "/packages":             `{` + own + `,"order_line_item_ids":["` + line + `"]}`,
		"packages":                               `{"order_id":"` + id + `","order_line_item_ids":["` + line + `"]}`,
		"orders/" + id + "/shipping_info/update": `{` + own + `}`,
	}
	if len(lines) > 1 {
		calls["orders/"+id+"/split"] = `{"splittable_groups":[{"id":"a","order_line_item_ids":["` + lines[0] +
			`"]},{"id":"b","order_line_item_ids":["` + strings.Join(lines[1:], `","`) + `"]}]}`
	}
	if found, refused := s.combinables(shop); refused == nil && len(found) > 0 {
		calls["packages/combine"] = `{"combinable_packages":[{"id":"` + found[0].ID + `"}]}`
	}
	if len(parcels) > 0 {
		p := s.parcels[rapid.SampledFrom(parcels).Draw(rt, "parcel")]
		acts["elsewhere"] = func() error { return s.shipElsewhere(p) }
		acts["collect"] = func() error { return s.collect(p) }
		acts["deliver"] = func() error { return s.deliver(p) }
		acts["reform"] = func() error { return s.reform(p, p.shop) }
		if p.shop == shop {
			calls["packages/"+p.id+"/ship"] = `{"self_shipment":{` + own + `}}`
			calls["packages/"+p.id+"/uncombine"] = `{"order_ids":["` + p.orders[0] + `"]}`
		}
	}
	var names []string
	for name := range acts {
		names = append(names, name)
	}
	for path := range calls {
		names = append(names, path)
	}
	slices.Sort(names)
	name := rapid.SampledFrom(names).Draw(rt, "what")
	if act := acts[name]; act != nil {
		return fmt.Sprint(name, " of ", id, ": ", act())
	}
	code, _ := s.ask(t, shop, http.MethodPost, "/fulfillment/202309/"+name, "", calls[name])
	return fmt.Sprint(name, ": ", code)
}

// agree checks that nothing contradicts anything.
func agree(rt *rapid.T, s *Sandbox, done string) {
	for id, p := range s.parcels {
		if p.id != id || len(p.orders) == 0 || p.tracking != "" && s.trackings[p.tracking] != p {
			rt.Fatalf("%s: parcel %s: %+v", done, id, p)
		}
		for _, orderID := range p.orders {
			if !slices.ContainsFunc(s.orders[orderID].shares, func(part share) bool { return part.packageID == id }) {
				rt.Fatalf("%s: parcel %s holds order %s, which does not name it", done, id, orderID)
			}
		}
	}
	for id, r := range s.orders {
		o, err := readObject(r.json)
		if err != nil {
			rt.Fatal(err)
		}
		for _, part := range r.shares {
			p := s.parcels[part.packageID]
			if p == nil || !slices.Contains(p.orders, id) || p.shop != r.shop {
				rt.Fatalf("%s: order %s names package %s: %+v", done, id, part.packageID, p)
			}
		}
		if at := orderStage(o); at >= toShip && at != cancelled && r.Status != "COMPLETED" && statusOf(o) != r.Status {
			rt.Fatalf("%s: order %s is %s, its units make it %s", done, id, r.Status, statusOf(o))
		}
		if dead := !slices.ContainsFunc(o.list("line_items"), alive); dead != (r.Status == "CANCELLED") {
			rt.Fatalf("%s: order %s is %s, all lines cancelled: %t", done, id, r.Status, dead)
		}
		if pending := s.pendingOf(id) != nil; pending != o.truth("is_buyer_request_cancel") {
			rt.Fatalf("%s: order %s: request pending %t, order says %t", done, id, pending, !pending)
		}
		for _, u := range unitsOf(o) {
			p := s.parcels[u.packageID()]
			if u.stage() >= arranged && (p == nil || u.text("tracking_number") != p.tracking || p.tracking == "") {
				rt.Fatalf("%s: unit %s is shipped as %q in %+v", done, u.id(), u.text("tracking_number"), p)
			}
		}
	}
}
