package store

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"packbench/internal/order"
)

// Few different texts, so that neighbours often have something in common.
var someText = rapid.OneOf(rapid.SampledFrom([]string{"", "", "a", "579200070060790073", "速干毛巾", `<"&\`}), rapid.String())

// Times of whole seconds, the zero time and the Unix epoch among them.
var someTime = rapid.Custom(func(t *rapid.T) time.Time {
	if rapid.IntRange(0, 3).Draw(t, "set") == 0 {
		return time.Time{}
	}
	return time.Unix(rapid.Int64Range(-1, 1<<33).Draw(t, "second"), 0).In(time.FixedZone("", rapid.IntRange(-12, 14).Draw(t, "zone")*3600))
})

var someBool = rapid.Bool()

func someLines(deep int) *rapid.Generator[[]order.Line] {
	line := rapid.Custom(func(t *rapid.T) order.Line {
		l := order.Line{
			ID: someText.Draw(t, "id"), SKUID: someText.Draw(t, "sku id"), SellerSKU: someText.Draw(t, "sku"),
			ProductName: someText.Draw(t, "product"), VariantName: someText.Draw(t, "variant"), PictureURL: someText.Draw(t, "picture"),
			Status: order.Status(someText.Draw(t, "status")), PackageID: someText.Draw(t, "package"), Tracking: someText.Draw(t, "tracking"),
			Gift: someBool.Draw(t, "gift"), DangerousGood: someBool.Draw(t, "dangerous"),
		}
		if deep > 0 {
			l.Parts = someLines(deep-1).Draw(t, "parts")
		}
		return l
	})
	return rapid.SliceOfN(line, 0, 4)
}

var someOrder = rapid.Custom(func(t *rapid.T) order.Order {
	text := func(what string) string { return someText.Draw(t, what) }
	at := func(what string) time.Time { return someTime.Draw(t, what) }
	return order.Order{
		ID: "O" + text("id"), ShopID: text("shop"), Market: order.Market(text("market")), Status: order.Status(text("status")), Type: text("type"),
		FulfillmentType: text("fulfillment"), ShippingType: order.ShippingType(text("shipping")), WarehouseID: text("warehouse"),
		Provider: text("provider"), WentThroughHold: someBool.Draw(t, "hold"), CancelRequested: someBool.Draw(t, "cancel"),
		CancelRequestedAt: at("cancel at"), AddressUpdated: someBool.Draw(t, "address"), Sample: someBool.Draw(t, "sample"),
		BuyerMessage: text("message"), SellerNote: text("note"), Tag: text("tag"),
		CreatedAt: at("created"), PaidAt: at("paid"), UpdatedAt: at("updated"), DeliveredAt: at("delivered"), CancelledAt: at("cancelled"),
		Times: order.PlatformTimes{
			ArrangeBy: at("arrange"), CollectBy: at("collect"), DeliverBy: at("deliver"),
			ArrangeOrCancelBy: at("arrange or cancel"), CollectOrCancelBy: at("collect or cancel"),
		},
		PackageIDs: rapid.SliceOfN(someText, 0, 3).Draw(t, "packages"), Lines: someLines(2).Draw(t, "lines"),
	}
})

// sameOrder compares times by their instant; a list that is empty and one that was never set say the same.
var sameOrder = cmp.Options{cmpopts.EquateEmpty(), cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) && a.IsZero() == b.IsZero() })}

func TestOrdersComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := orderRecord{Order: someOrder.Draw(t, "order"), ReadAt: time.Unix(0, rapid.Int64().Draw(t, "read at"))}
		data, err := json.Marshal(keep(want))
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeOrder(nil, want.Order.ID, data)
		if err != nil || !cmp.Equal(got, want, sameOrder) {
			t.Fatalf("%v, %s", err, cmp.Diff(want, got, sameOrder))
		}
	})
}

// Every field is kept, also one that order.Order or order.Line gains one day: each is set to something else than its zero value here.
func TestEveryFieldOfAnOrderIsKept(t *testing.T) {
	var want order.Order
	set := 0
	setAll(t, reflect.ValueOf(&want).Elem(), &set, 2)
	data, err := json.Marshal(keep(orderRecord{Order: want}))
	if err != nil {
		t.Fatal(err)
	}
	got, err := decodeOrder(nil, want.ID, data)
	if err != nil || set < 50 || !cmp.Equal(got.Order, want, sameOrder) {
		t.Errorf("of %d fields, %v, %s", set, err, cmp.Diff(want, got.Order, sameOrder))
	}
}

// setAll gives everything in a value another content, lists two elements, and lists within lists down to a depth.
func setAll(t *testing.T, v reflect.Value, set *int, deep int) {
	if _, isTime := v.Interface().(time.Time); isTime {
		*set++
		v.Set(reflect.ValueOf(noon.Add(time.Duration(*set) * time.Second)))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			setAll(t, v.Field(i), set, deep)
		}
	case reflect.Slice:
		if deep == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			setAll(t, v.Index(i), set, deep-1)
		}
	case reflect.Array:
		for i := range v.Len() {
			setAll(t, v.Index(i), set, deep)
		}
	case reflect.String:
		*set++
		v.SetString(fmt.Sprint("text ", *set))
	case reflect.Bool:
		*set++
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		*set++
		v.SetInt(int64(*set))
	case reflect.Uint16:
		*set++
		v.SetUint(uint64(*set))
	default:
		t.Fatalf("orders hold a %s now: make sure that it is kept, and set it here", v.Type())
	}
}
