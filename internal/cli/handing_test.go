package cli

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// A pick-up is arranged at the time that was chosen, a drop-off where it was; where the market has no choice the parcel says so.
func TestParcelsAreHandedOverAsChosen(t *testing.T) {
	var orders []string
	for i, shop := range []string{"71", "71", "71", "72", "73"} {
		orders = append(orders, fmt.Sprintf(`{"id":"58000000000000000%d","shop_id":"%s","status":"AWAITING_SHIPMENT","shipping_type":"TIKTOK","is_on_hold_order":true,"update_time":1793250001,
			"rts_sla_time":%d,"packages":[{"id":"115300000000000000%d"}],"line_items":[{"id":"%d","sku_id":"17","seller_sku":"TEE","display_status":"AWAITING_SHIPMENT","package_id":"115300000000000000%d"}]}`,
			i, shop, 1793336400+i, i, i, i))
	}
	p := newPlace(t, sandbox.Options{Data: []byte(`{"shops":[{"id":"71","region":"MX"},{"id":"72","region":"MY"},{"id":"73","region":"ES"}],"orders":[` + strings.Join(orders, ",") + `]}`)})
	key := func(n int) string { return fmt.Sprint("115300000000000000", n) }
	slots := read[pickupLine](t, p.must("", &Arrange{Parcels: []string{key(0)}, Slots: true, JSON: true}))
	free := firstFree(t, slots)
	if !slots[0].Pickup || !slots[0].DropOff {
		t.Fatalf("%+v", slots)
	}
	var bodies []string
	p.asked = func(path, body string) {
		if strings.HasSuffix(path, "/packages/ship") {
			bodies = append(bodies, body)
		}
	}
	arrange := func(v Arrange, n ...int) ended {
		for _, n := range n {
			v.Parcels = append(v.Parcels, key(n))
		}
		v.Within, v.JSON = time.Minute, true
		return p.run("", &v)
	}
	at := free.Local().Format("2006-01-02T15:04")
	end := arrange(Arrange{Slot: at}, 0, 3)
	lines := read[arrangeLine](t, end.stdout)
	if end.code != ExitNeedsPerson || len(lines) != 2 || lines[0].Reason != "arrange.no_slot" || lines[0].PackageID != order.ParcelKey(key(3)) || lines[1].Outcome != "arranged" {
		t.Errorf("%+v", end)
	}
	if end := arrange(Arrange{Handover: "dropoff"}, 1, 4); end.code != ExitNeedsPerson || !strings.Contains(end.stdout, "arrange.no_handover") || !strings.Contains(end.stdout, `"arranged"`) {
		t.Errorf("%+v", end)
	}
	want := fmt.Sprintf(`"handover_method":"PICKUP","pickup_slot":{"start_time":%d,`, free.Unix())
	if len(bodies) != 2 || !strings.Contains(bodies[0], want) || !strings.Contains(bodies[1], `"handover_method":"DROP_OFF"`) || strings.Contains(bodies[1], "pickup_slot") {
		t.Errorf("asked for %v, want %s", bodies, want)
	}
	for problem, v := range map[string]Arrange{
		"arrange.slot":           {Slot: free.Local().Add(time.Minute).Format("2006-01-02T15:04")},
		"usage.arrange_handover": {Slot: "soon"},
	} {
		if end := arrange(v, 2); end.code == ExitDone || !strings.Contains(end.stderr, problem) {
			t.Errorf("%s: %+v", problem, end)
		}
	}
	for _, v := range []Arrange{{Handover: "by hand"}, {Handover: "dropoff", Slot: at}} {
		if end := arrange(v, 2); end.code != ExitUsage || !strings.Contains(end.stderr, "usage.arrange_handover") {
			t.Errorf("%+v", end)
		}
	}
	spanish := firstFree(t, read[pickupLine](t, p.must("", &Arrange{Parcels: []string{key(4)}, Slots: true, JSON: true})))
	end = arrange(Arrange{Slot: spanish.Local().Format("2006-01-02T15:04")}, 4)
	if last := bodies[len(bodies)-1]; end.code != ExitDone || len(bodies) != 3 || !strings.Contains(last, fmt.Sprintf(`"start_time":%d`, spanish.Unix())) || strings.Contains(last, "handover_method") {
		t.Errorf("in Europe the time counts and the method does not: %s, %+v", last, end)
	}
}

// firstFree is when the first pick-up that can be had begins.
func firstFree(t *testing.T, slots []pickupLine) time.Time {
	t.Helper()
	for _, slot := range slots {
		if slot.Available {
			at, err := time.Parse(time.RFC3339, slot.Start)
			if err != nil {
				t.Fatal(err)
			}
			return at
		}
	}
	t.Fatalf("all are taken: %+v", slots)
	return time.Time{}
}

func TestWhatCanBeChosen(t *testing.T) {
	for name, c := range map[string]struct {
		parcel       order.Parcel
		method, slot bool
	}{
		"Malaysia": {order.Parcel{Market: "MY", Flow: order.ShipPackage}, false, false}, "Britain": {order.Parcel{Market: "GB", Flow: order.ShipPackage}, false, true},
		"Mexico": {order.Parcel{Market: "MX", Flow: order.ShipPackage}, true, true}, "label bought": {order.Parcel{Market: "US", Flow: order.BuyLabel}, false, false},
	} {
		if method, slot := c.parcel.Handing(); method != c.method || slot != c.slot {
			t.Errorf("%s: %v, %v", name, method, slot)
		}
	}
}
