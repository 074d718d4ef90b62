package cli

import (
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// What is promised, packed and waited for is told of each article, and moves with what happens.
func TestStockIsToldAsItIs(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 3})
	stock := func() map[string]stockLine {
		bySKU := map[string]stockLine{}
		for _, line := range read[stockLine](t, p.run("", &Stock{All: true, JSON: true}).stdout) {
			bySKU[line.SKU] = line
		}
		return bySKU
	}
	before := stock()
	made := read[waveLine](t, p.must("", &WaveMake{Filter: []string{"pieces:1"}, Most: 1, Waves: 1, JSON: true}))[0]
	sku := read[PickStop](t, p.must("", &WavePick{Wave: made.Wave, JSON: true}))[0].SKU
	promised := stock()[sku]
	if promised.Promised != before[sku].Promised+1 || promised.Waiting != before[sku].Waiting-1 || promised.Free != before[sku].Free-1 || promised.Stock != before[sku].Stock {
		t.Errorf("%+v, before %+v", promised, before[sku])
	}
	p.packed(t, string(made.PackageIDs[0]), sku)
	if packed := stock()[sku]; packed.Packed != 1 || packed.Promised != before[sku].Promised || packed.Free != promised.Free {
		t.Errorf("%+v, promised %+v", packed, promised)
	}
	bench, err := OpenBench(p.environment())
	if err != nil {
		t.Fatal(err)
	}
	if err := bench.Store.ImportGoods([]order.Good{{SKU: sku, Barcodes: []string{p.barcodes[sku]}, Name: "last one", Bin: "A-01", Stock: 0, Safety: 3}}); err != nil {
		t.Fatal(err)
	}
	if err := bench.Close(); err != nil {
		t.Fatal(err)
	}
	end := p.run("", &Stock{})
	if fresh := stock()[sku]; end.code != ExitNeedsPerson || !strings.Contains(end.stdout, "below 3") || fresh.Packed != 0 || !fresh.BelowSafety || fresh.Oversold != fresh.Waiting+fresh.Promised {
		t.Errorf("%+v: %+v", fresh, end)
	}
	if kept := read[stockLine](t, p.run("", &Stock{All: true, Safety: 1_000_000, JSON: true}).stdout); !kept[len(kept)-1].BelowSafety {
		t.Errorf("%+v", kept)
	}
}

// packed packs a parcel of one piece to its end.
func (p *place) packed(t *testing.T, parcel, sku string) {
	t.Helper()
	_, lines := p.pack(parcel, p.barcodes[sku], "wait", "label")
	if len(lines) == 0 || lines[len(lines)-1].Outcome != "confirmed" {
		t.Fatalf("%+v", lines)
	}
}
