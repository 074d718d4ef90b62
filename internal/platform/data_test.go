package platform_test

import (
	"os"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
)

// given makes a bench on the data of a file, with the shop of that id.
func given(t *testing.T, shopID string) *bench {
	t.Helper()
	data, err := os.ReadFile("testdata/shop.json")
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, sandbox.Options{Data: data}, nil)
	shops, err := b.Shops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, shop := range shops {
		if shop.ID == shopID {
			b.shop = shop
		}
	}
	return b
}

func TestDataShipping(t *testing.T) {
	b := given(t, "71")
	for packageID, want := range map[string]struct {
		code     int
		key      string
		reaction platform.Reaction
	}{
		"1153000000000000004": {21011041, "platform.cancelled", platform.Cancelled},
		"1153000000000000005": {21011044, "platform.on_hold", platform.OnHold},
		"1153000000000000006": {21008044, "platform.cancel_pending", platform.CancelPending},
		"1153000000000000007": {21008025, "platform.platform_packs", platform.PlatformPacks},
		"1153000000000000008": {21001001, "platform.refused", platform.AskPerson},
		"1153000000000000009": {21011028, "platform.not_ours", platform.NotOurs}, // the other shop's
	} {
		err := b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: packageID})
		wantRefusal(t, err, want.code, want.key, want.reaction)
	}
}

func TestDataTwoOrdersInOnePackage(t *testing.T) {
	b := given(t, "71")
	if err := b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: "1153000000000000001"}); err != nil {
		t.Fatal(err)
	}
	p, err := b.Package(t.Context(), b.shop, "1153000000000000001")
	if err != nil || len(p.OrderIDs) != 2 || p.Tracking == "" {
		t.Fatalf("%+v, %v", p, err)
	}
	orders, err := b.Orders(t.Context(), b.shop, p.OrderIDs)
	if err != nil {
		t.Fatal(err)
	}
	parcels := order.Parcels(orders, time.Time{})
	if len(parcels) != 1 || parcels[0].Standing != order.Arranged || parcels[0].Tracking != p.Tracking || len(parcels[0].Units) != 3 {
		t.Errorf("parcels %+v", parcels)
	}
}

// A bundle whose parts lie in two packages: the order is half shipped after the first.
func TestDataBundle(t *testing.T) {
	b := given(t, "71")
	read := func() order.Order {
		orders, err := b.Orders(t.Context(), b.shop, []string{"580100000000000003"})
		if err != nil {
			t.Fatal(err)
		}
		return orders[0]
	}
	if err := b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: "1153000000000000002"}); err != nil {
		t.Fatal(err)
	}
	half := read()
	if half.Status != order.PartiallyShipping || half.Lines[0].Parts[0].Status != order.AwaitingCollection ||
		half.Lines[0].Parts[1].Status != order.AwaitingShipment || half.Lines[0].Status != order.AwaitingShipment {
		t.Errorf("half shipped: %+v", half)
	}
	wantRefusal(t, b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: "1153000000000000002"}), 21011040, "platform.already_shipped", platform.AlreadyShipped)
	if err := b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: "1153000000000000003"}); err != nil {
		t.Fatal(err)
	}
	whole := read()
	if whole.Status != order.AwaitingCollection || whole.Lines[0].Status != order.AwaitingCollection ||
		whole.Lines[0].Parts[0].Tracking == whole.Lines[0].Parts[1].Tracking {
		t.Errorf("shipped: %+v", whole)
	}
}

func TestDataInTheUS(t *testing.T) {
	b := given(t, "72")
	if err := b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: "1153000000000000009"}); err != nil {
		t.Fatal(err)
	}
	orders, err := b.Orders(t.Context(), b.shop, []string{"580100000000000009"})
	if err != nil || orders[0].CancelRequested || orders[0].Lines[0].Tracking != "GIVEN1" {
		t.Errorf("shipping must reject the request and keep the number given: %+v, %v", orders, err)
	}
}

func TestDataGoods(t *testing.T) {
	skus := map[string]order.Good{}
	for _, good := range given(t, "71").sandbox.Goods() {
		skus[good.SKU] = good
	}
	again := given(t, "71").sandbox.Goods()
	for _, sku := range []string{"MUG-WHT", "SET-TEA", "TEA-GRN", "TEA-BLK", "1729000000000000099"} {
		if good, has := skus[sku]; !has || len(good.Barcodes) != 1 || len(good.Barcodes[0]) != 13 {
			t.Errorf("%s: %+v", sku, good)
		}
	}
	for _, good := range again {
		if skus[good.SKU].Barcodes[0] != good.Barcodes[0] {
			t.Errorf("%s has another barcode the second time", good.SKU)
		}
	}
}

func TestDataThatCannotBe(t *testing.T) {
	const shop = `"shops":[{"id":"71","region":"MY"}]`
	for name, data := range map[string]string{
		"no JSON":            `{`,
		"no shops":           `{"orders":[]}`,
		"shop without id":    `{"shops":[{}]}`,
		"one shop twice":     `{"shops":[{"id":"1"},{"id":"1"}]}`,
		"order without id":   `{` + shop + `,"orders":[{}]}`,
		"order of no shop":   `{` + shop + `,"orders":[{"id":"1","shop_id":"9"}]}`,
		"one order twice":    `{` + shop + `,"orders":[{"id":"1"},{"id":"1"}]}`,
		"not an order":       `{` + shop + `,"orders":[7]}`,
		"a time that is not": `{` + shop + `,"orders":[{"id":"1","update_time":"soon"}]}`,
	} {
		if _, err := sandbox.New(sandbox.Options{Data: []byte(data)}); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestDataInPages(t *testing.T) {
	b := given(t, "71")
	for size := 1; size <= 9; size++ {
		if orders := b.all(size); len(orders) != 8 || orders[0].Type != "TYPE_OF_TOMORROW" {
			t.Errorf("pages of %d: %d orders, the first %+v", size, len(orders), orders[0])
		}
	}
}
