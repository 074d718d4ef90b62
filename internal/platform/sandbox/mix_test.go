package sandbox

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"
)

// shows tells by what each happening can be known.
var shows = map[string]func(s *Sandbox, o object) bool{
	"gift":         func(_ *Sandbox, o object) bool { return anyLine(o, func(l object) bool { return l.truth("is_gift") }) },
	"buyer's note": func(_ *Sandbox, o object) bool { return o.text("buyer_message") != "" && o.text("seller_note") == "" },
	"both notes":   func(_ *Sandbox, o object) bool { return o.text("seller_note") != "" },
	"near deadline": func(_ *Sandbox, o object) bool {
		return dueIn(o, "rts_sla_time", 0, 2*time.Hour) && o["release_date"] == nil
	},
	"missed deadline":                  func(_ *Sandbox, o object) bool { return dueIn(o, "rts_sla_time", -11*time.Hour, 0) },
	"nearly cancelled by the platform": func(_ *Sandbox, o object) bool { return dueIn(o, "shipping_due_time", 0, 3*time.Hour) },
	"request to cancel": func(s *Sandbox, o object) bool {
		return o.text("status") == "AWAITING_SHIPMENT" && s.pendingOf(o.id()) != nil
	},
	"request after arranging": func(s *Sandbox, o object) bool {
		return o.text("status") == "AWAITING_COLLECTION" && s.pendingOf(o.id()) != nil
	},
	"bundle": func(_ *Sandbox, o object) bool {
		return anyLine(o, func(l object) bool { return len(l.list("sub_item_info")) > 1 })
	},
	"combined": func(s *Sandbox, o object) bool {
		return o.text("split_or_combine_tag") == "COMBINED" && len(s.parcels[packageIDs(o)[0]].orders) == 2
	},
	"split": func(_ *Sandbox, o object) bool {
		return o.text("split_or_combine_tag") == "SPLIT" && len(packageIDs(o)) == 2
	},
	"partly shipped":        func(_ *Sandbox, o object) bool { return o.text("status") == "PARTIALLY_SHIPPING" },
	"shipped by the seller": func(_ *Sandbox, o object) bool { return o.text("shipping_type") == "SELLER" },
	"line cancelled": func(_ *Sandbox, o object) bool {
		return o.text("status") == "AWAITING_SHIPMENT" && anyLine(o, func(l object) bool { return !alive(l) }) && len(unitsOf(o)) > 0
	},
	"no seller_sku": func(_ *Sandbox, o object) bool {
		return anyLine(o, func(l object) bool { return l.text("seller_sku") == "" })
	},
	"fast delivery": func(_ *Sandbox, o object) bool {
		return o.number("fulfillment_priority_level") < 500 && o.number("fulfillment_priority_level") > 0
	},
	"cash on delivery": func(_ *Sandbox, o object) bool { return o.truth("is_cod") },
	"invoice missing":  func(_ *Sandbox, o object) bool { return o.text("need_upload_invoice") == "NEED_INVOICE" },
	"invoice there":    func(_ *Sandbox, o object) bool { return o.text("need_upload_invoice") == "INVOICE_UPLOADED" },
	"pre-order on hold": func(_ *Sandbox, o object) bool {
		return o.text("status") == "ON_HOLD" && o.number("release_date") > now.Unix()
	},
	"pre-order released": func(_ *Sandbox, o object) bool {
		return o.text("status") == "AWAITING_SHIPMENT" && o.number("release_date") > 0 && o.number("release_date") < now.Unix()
	},
	"hazardous": func(_ *Sandbox, o object) bool {
		return anyLine(o, func(l object) bool { return l.truth("is_dangerous_good") })
	},
	"sample":                      func(_ *Sandbox, o object) bool { return o.truth("is_sample_order") },
	"address changed":             func(_ *Sandbox, o object) bool { return o.truth("has_updated_recipient_address") },
	"by the platform's warehouse": func(_ *Sandbox, o object) bool { return o.text("fulfillment_type") == "FULFILLMENT_BY_TIKTOK" },
	"replacement": func(_ *Sandbox, o object) bool {
		return o.truth("is_replacement_order") && o.text("replaced_order_id") != ""
	},
	"from a live show": func(_ *Sandbox, o object) bool { return o.text("auto_combine_group_id") != "" },
	"collection point": func(_ *Sandbox, o object) bool { return o.text("delivery_type") == "COLLECTION_POINT" },
	"many pieces":      func(_ *Sandbox, o object) bool { return len(o.list("line_items")) == 24 },
	"on hold":          func(_ *Sandbox, o object) bool { return o.text("status") == "ON_HOLD" && o["release_date"] == nil },
	"arranged":         func(_ *Sandbox, o object) bool { return o.text("status") == "AWAITING_COLLECTION" },
	"unpaid":           func(_ *Sandbox, o object) bool { return o.text("status") == "UNPAID" },
	"cancelled":        func(_ *Sandbox, o object) bool { return o.text("status") == "CANCELLED" },
	"on its way":       func(_ *Sandbox, o object) bool { return o.text("status") == "IN_TRANSIT" },
	"delivered":        func(_ *Sandbox, o object) bool { return o.text("status") == "DELIVERED" },
	"completed":        func(_ *Sandbox, o object) bool { return o.text("status") == "COMPLETED" },
}

func anyLine(o object, holds func(object) bool) bool {
	return slices.ContainsFunc(o.list("line_items"), holds)
}

func dueIn(o object, key string, least, most time.Duration) bool {
	at := time.Unix(o.number(key), 0)
	return o.text("status") == "AWAITING_SHIPMENT" && !at.Before(now.Add(least)) && !at.After(now.Add(most))
}

func TestFullMixHasEverything(t *testing.T) {
	s := made(t, Options{Orders: 300, Seed: 1, Mix: MixFull})
	checkWhole(t, s)
	count, regions, houses, sold := map[string]int{}, map[string]int{}, map[string]bool{}, map[string]int{}
	american := 0
	for _, r := range s.sorted(false) {
		o := s.read(t, r.ID)
		for name, is := range shows {
			if is(s, o) {
				count[name]++
			}
		}
		region := s.region(r.shop)
		regions[region]++
		houses[o.text("warehouse_id")] = true
		if region == "US" && r.Status == "AWAITING_SHIPMENT" && len(r.shares) == 0 {
			american++
		}
		for _, u := range unitsOf(o) {
			sold[skuOf(u.object)]++
		}
		checkMoney(t, o)
	}
	for _, h := range happenings {
		if shows[h.name] == nil || count[h.name] == 0 {
			t.Errorf("nothing shows %q", h.name)
		}
	}
	if len(regions) != 5 || len(houses) < 6 || american < 10 {
		t.Errorf("regions %v, warehouses %v, %d in the US without a package", regions, houses, american)
	}
	plain := 0
	for _, r := range s.orders {
		if r.Status == "AWAITING_SHIPMENT" {
			plain++
		}
	}
	if plain < 150 {
		t.Errorf("only %d of 300 wait for shipment", plain)
	}
	rows := map[string]bool{}
	for _, good := range s.Goods() {
		if rows[good.SKU] || len(good.Barcodes) == 0 {
			t.Errorf("good %+v", good)
		}
		rows[good.SKU] = true
	}
	for sku := range sold {
		if !rows[sku] {
			t.Errorf("%s is sold and not in the catalogue", sku)
		}
	}
}

// checkMoney checks that an order's sums are sums, in one currency.
func checkMoney(t *testing.T, o object) {
	t.Helper()
	sum := 0.0
	for _, line := range o.list("line_items") {
		price, err := strconv.ParseFloat(line.text("sale_price"), 64)
		if err != nil || line.text("currency") != o.child("payment").text("currency") {
			t.Errorf("order %s: line %v", o.id(), line)
		}
		sum += price
	}
	if total, err := strconv.ParseFloat(o.child("payment").text("total_amount"), 64); err != nil || total-sum > 0.001 || sum-total > 0.001 {
		t.Errorf("order %s: total %v, sum %v", o.id(), o.child("payment"), sum)
	}
}

func TestFullMixAtAnyNumber(t *testing.T) {
	for orders := range 45 {
		s := made(t, Options{Orders: orders, Seed: int64(orders), Mix: MixFull})
		if len(s.orders) != orders || len(s.shops) != 5 {
			t.Errorf("%d orders, want %d; %d shops", len(s.orders), orders, len(s.shops))
		}
		checkWhole(t, s)
	}
}

func TestFullMixIsDeterministic(t *testing.T) {
	first, again := made(t, Options{Orders: 60, Seed: 7, Mix: MixFull}), made(t, Options{Orders: 60, Seed: 7, Mix: MixFull})
	if !bytes.Equal(everything(first), everything(again)) || fmt.Sprint(first.Goods()) != fmt.Sprint(again.Goods()) {
		t.Error("the same seed gives another shop")
	}
	if bytes.Equal(everything(first), everything(made(t, Options{Orders: 60, Seed: 8, Mix: MixFull}))) {
		t.Error("another seed gives the same shop")
	}
	if _, err := New(Options{Mix: "wild"}); err == nil {
		t.Error("a mix that nobody knows is taken")
	}
}

// Every order of the full mix is shipped, labelled or refused with the code of its state.
func TestFullMixAnswersShipping(t *testing.T) {
	s := made(t, Options{Orders: 300, Seed: 2, Mix: MixFull})
	codes := map[int]int{}
	for _, id := range slices.Sorted(func(yield func(string) bool) {
		for id := range s.parcels {
			if !yield(id) {
				return
			}
		}
	}) {
		p := s.parcels[id]
		parts, err := s.open(p)
		if err != nil {
			t.Fatal(err)
		}
		if refused := s.refuseShipping(p.shop, parts); refused != nil {
			codes[refused.code]++
			continue
		}
		if err := s.arrange(p, parts); err != nil {
			t.Fatal(err)
		}
		codes[0]++
	}
	checkWhole(t, s)
	for _, code := range []int{0, 21011041, 21008025, 21008044, 21011027, 21011040, 21004006} {
		if codes[code] == 0 {
			t.Errorf("no package was answered %d: %v", code, codes)
		}
	}
}
