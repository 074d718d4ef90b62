package wave

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"packbench/internal/order"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.FixedZone("UTC+8", 8*3600))

func parcel(key order.ParcelKey, skus ...string) order.Known {
	p := order.Parcel{Key: key, Market: "MY", ShopID: "7", Provider: "J&T Express", Due: noon.Add(3 * time.Hour)}
	for _, sku := range skus {
		p.Units = append(p.Units, order.Unit{Line: order.Line{SellerSKU: sku}})
	}
	return order.Known{Parcel: p}
}

func facts(key order.ParcelKey, skus ...string) *order.Facts {
	f := parcel(key, skus...).Facts()
	return &f
}

func of(parcels []order.Known) (all []*order.Facts) {
	for _, p := range parcels {
		f := p.Facts()
		all = append(all, &f)
	}
	return all
}

func TestFilters(t *testing.T) {
	p := facts("P1", "TEE-L", "CAP")
	p.Gift, p.Note, p.WeightG, p.Value, p.Currency, p.Tag, p.Shipping = true, true, 340, 2550, "MYR", "SPLIT", order.ByPlatform
	p.OrderIDs, p.Tracking, p.Standing = []string{"5792001"}, "JT84000", order.Ready
	for text, want := range map[string]bool{
		"": true, "market:my,SG": true, "market:GB": false, "shop:7": true, "shop:8": false, `carrier:"j&t ex"`: true, "carrier:ninja": false,
		"pieces:2": true, "pieces:1": false, "pieces:2-": true, "pieces:3-": false, "pieces:-2": true, "pieces:1-3 gift:yes": true, "gift:no": false,
		"sku:TEE-*": true, "sku:MUG,CAP": true, "sku:TEE": false, "note:yes": true, "note:no": false, "battery:no sample:no": true, "battery:yes": false,
		"shipping:platform": true, "shipping:own": false, "shipping:own,platform": true, "weight:340": true, "weight:-339": false, "weight:300-400": true,
		"value:25.5": true, "value:25.51-": false, "value:20-30": true, "tag:split": true, "tag:COMBINED": false, "state:ready": true, "state:on_hold": false,
		"wave:none": true, "wave:W261122-01": false, "text:92001": true, "jt84": true, "tee-l cap": true, "tee-l mug": false, "p1": true, "preorder:no": true,
		"due:16:00": true, "due:15:00": false, "due:2026-11-23T09:00": true, "due:2026-11-22T14:59": false,
	} {
		f, err := ParseFilter(text, noon)
		if err != nil || f.Fits(p) != want {
			t.Errorf("%s: %v, %v", text, f.Fits(p), err)
		}
	}
	for _, text := range []string{"market", "market:", "colour:red", "pieces:0", "pieces:x", "pieces:3-2", "due:25:00", "note:maybe", "sku:[", `carrier:"j&t`, "shipping:mine", "weight:0", "weight:1.5", "value:x", "value:1.234"} {
		_, err := ParseFilter(text, noon)
		if text == `carrier:"j&t` {
			if err != nil {
				t.Errorf("a quote may stay open: %v", err)
			}
			continue
		}
		if err == nil || order.AsProblem(err).Key != "wave.filter" {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestStockIsPromisedByUrgency(t *testing.T) {
	stock := Stock{"TEE": 3, "CAP": 0}
	parcels := []*order.Facts{facts("P1", "TEE", "TEE"), facts("P2", "TEE", "TEE"), facts("P3", "MUG"), facts("P4", "CAP", "TEE"), facts("P5", "TEE")}
	served, short := Promise(parcels, stock, 0)
	var keys []order.ParcelKey
	for _, p := range served {
		keys = append(keys, p.Key)
	}
	if !slices.Equal(keys, []order.ParcelKey{"P1", "P3", "P5"}) || len(short) != 2 || short[0].Parcel != "P2" || short[0].SKUs[0] != "TEE" || !slices.Equal(short[1].SKUs, []string{"CAP"}) {
		t.Errorf("%v served, %v short", keys, short)
	}
	if stock["TEE"] != 0 {
		t.Errorf("%v left", stock)
	}
	if served, _ := Promise(parcels, Stock{"TEE": 9}, 2); len(served) != 2 {
		t.Errorf("%v served of the first two", served)
	}
	if free := Free(map[string]order.Good{"TEE": {Stock: 9}}, map[string]int{"TEE": 2, "CAP": 5}, parcels[:2]); free["TEE"] != 3 || len(free) != 1 {
		t.Errorf("%v free", free)
	}
}

func TestShapes(t *testing.T) {
	for want, parcels := range map[order.Shape][]*order.Facts{
		order.FastLane: {facts("P1", "TEE"), facts("P2", "CAP")},
		order.Bulk:     {facts("P1", "TEE", "CAP"), facts("P2", "CAP", "TEE")},
		order.Totes:    {facts("P1", "TEE", "CAP"), facts("P2", "CAP")},
		order.PutWall:  {facts("P1", "TEE", "CAP"), facts("P2", "CAP"), facts("P3", "TEE")},
	} {
		if got := Shape(parcels, 2); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestPickList(t *testing.T) {
	bins := map[string]string{"TEE": "B-02", "CAP": "A-03"}
	parcels := []order.Known{parcel("P1", "TEE", "MUG"), parcel("P2", "CAP", "TEE")}
	for name, l := range map[string]Layout{"known": warehouses["small"], "by name": {}} {
		picks, metres := l.PickList(parcels, bins)
		if len(picks) != 3 || picks[0].SKU != "CAP" || picks[1].SKU != "TEE" || picks[1].Pieces != 2 || !slices.Equal(picks[1].For, []order.ParcelKey{"P1", "P2"}) || picks[2].SKU != "MUG" {
			t.Errorf("%s: %+v", name, picks)
		}
		if (metres > 0) != (name == "known") {
			t.Errorf("%s: %g m", name, metres)
		}
	}
	if waves := (Layout{}).Divide(of(parcels), bins, 1, 0); len(waves) != 2 || waves[0][0].Key != "P1" {
		t.Errorf("%v", waves)
	}
	if waves := warehouses["small"].Divide(of(parcels), bins, 2, 0); len(waves) != 1 || len(waves[0]) != 2 {
		t.Errorf("%v", waves)
	}
}

// TestAWaveFitsTheWall: what is sorted at put walls has no more parcels than they have slots, also where a rule wants more.
func TestAWaveFitsTheWall(t *testing.T) {
	var parcels []*order.Facts
	for n := range 50 {
		parcels = append(parcels, facts(order.ParcelKey(fmt.Sprintf("P%02d", n)), "TEE", "CAP", fmt.Sprint("S", n)))
	}
	sizes := func(w Wish) (all []int) {
		events, _ := w.Make(parcels, Stock{}, Layout{}, nil, 0, noon)
		for _, e := range events {
			all = append(all, len(e.Parcels))
		}
		return all
	}
	for want, w := range map[string]Wish{
		"[50]":      {Size: 50, Totes: 12},
		"[24 24 2]": {Size: 50, Totes: 12, Slots: 24},
		"[24 24]":   {Size: 50, Totes: 1, Slots: 24, Least: 30},
		"[12]":      {Size: 12, Waves: 1, Totes: 12, Slots: 8}, // in totes
	} {
		if want == "[24 24]" {
			w.Waves = 2
		}
		if got := fmt.Sprint(sizes(w)); got != want {
			t.Errorf("waves of %s parcels, want %s", got, want)
		}
	}
}
