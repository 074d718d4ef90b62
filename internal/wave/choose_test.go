package wave

import (
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

func TestFilters(t *testing.T) {
	p := parcel("P1", "TEE-L", "CAP").Parcel
	p.Units[1].Gift = true
	p.Notes = []order.Note{{Text: "x"}}
	for text, want := range map[string]bool{
		"": true, "market:my,SG": true, "market:GB": false, "shop:7": true, "shop:8": false, `carrier:"j&t ex"`: true, "carrier:ninja": false,
		"pieces:2": true, "pieces:1": false, "pieces:2-": true, "pieces:3-": false, "pieces:-2": true, "pieces:1-3 gift:yes": true, "gift:no": false,
		"sku:TEE-*": true, "sku:MUG,CAP": true, "sku:TEE": false, "note:yes": true, "note:no": false, "battery:no sample:no": true, "battery:yes": false,
		"due:16:00": true, "due:15:00": false, "due:2026-11-23T09:00": true, "due:2026-11-22T14:59": false,
	} {
		f, err := ParseFilter(text, noon)
		if err != nil || f.Fits(p) != want {
			t.Errorf("%s: %v, %v", text, f.Fits(p), err)
		}
	}
	for _, text := range []string{"market", "market:", "colour:red", "pieces:0", "pieces:x", "pieces:3-2", "due:25:00", "note:maybe", "sku:[", `carrier:"j&t`, "tee"} {
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
	parcels := []order.Known{parcel("P1", "TEE", "TEE"), parcel("P2", "TEE", "TEE"), parcel("P3", "MUG"), parcel("P4", "CAP", "TEE"), parcel("P5", "TEE")}
	served, short := Promise(parcels, stock)
	var keys []order.ParcelKey
	for _, p := range served {
		keys = append(keys, p.Key)
	}
	if !slices.Equal(keys, []order.ParcelKey{"P1", "P3", "P5"}) || len(short) != 2 || short[0].Parcel != "P2" || short[0].SKUs[0] != "TEE" || !slices.Equal(short[1].SKUs, []string{"CAP"}) {
		t.Errorf("%v served, %v short", keys, short)
	}
	if stock["TEE"] != 3 {
		t.Error("the stock it was given changed")
	}
	if left := stock.Less(served); left["TEE"] != 0 {
		t.Errorf("%v left", left)
	}
}

func TestShapes(t *testing.T) {
	for want, parcels := range map[order.Shape][]order.Known{
		order.FastLane: {parcel("P1", "TEE"), parcel("P2", "CAP")},
		order.Bulk:     {parcel("P1", "TEE", "CAP"), parcel("P2", "CAP", "TEE")},
		order.Totes:    {parcel("P1", "TEE", "CAP"), parcel("P2", "CAP")},
		order.PutWall:  {parcel("P1", "TEE", "CAP"), parcel("P2", "CAP"), parcel("P3", "TEE")},
	} {
		if got := Shape(parcels, 2); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestUrgency(t *testing.T) {
	late, soon, never := parcel("P1", "TEE"), parcel("P2", "TEE"), parcel("P3", "TEE")
	soon.Due, never.Due = noon, time.Time{}
	all := []order.Known{never, late, soon}
	ByUrgency(all)
	if all[0].Key != "P2" || all[2].Key != "P3" {
		t.Errorf("%v", all)
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
	if waves := (Layout{}).Divide(parcels, bins, 1); len(waves) != 2 || waves[0][0].Key != "P1" {
		t.Errorf("%v", waves)
	}
	if waves := warehouses["small"].Divide(parcels, bins, 2); len(waves) != 1 || len(waves[0]) != 2 {
		t.Errorf("%v", waves)
	}
}
