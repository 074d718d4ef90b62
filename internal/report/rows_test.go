package report

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
)

// cellOf is what stands in a row under a name.
func cellOf(t *testing.T, columns []Column, row []Cell, name string) Cell {
	t.Helper()
	at := slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })
	if at < 0 || len(row) != len(columns) {
		t.Fatalf("%d cells, %s is column %d", len(row), name, at)
	}
	return row[at]
}

// known is an order of two parcels: a gift and an article with a serial number in the one, which is confirmed, a bundle's part in the other.
func known() (order.Order, []order.Known) {
	o := order.Order{
		ID: "579200000100000007", ShopID: "71", Market: "MY", Status: order.AwaitingCollection, ShippingType: order.ByPlatform, Provider: "J&T", Currency: "MYR", CreatedAt: noon, PaidAt: noon.Add(time.Minute),
		Times: order.PlatformTimes{CollectBy: noon.Add(72 * time.Hour), DeliverBy: noon.Add(100 * time.Hour)},
		Lines: []order.Line{
			{ID: "1", SKUID: "172", SellerSKU: "TEE", ProductName: "Tee", PackageID: "115", Tracking: "MY1", Price: 1990},
			{ID: "2", SKUID: "173", PackageID: "115", Tracking: "MY1", Gift: true},
			{ID: "3", SKUID: "174", PackageID: "116", Price: 501, Parts: []order.Line{{ID: "3a", SKUID: "175", SellerSKU: "SOCK", DangerousGood: true, Price: 501}}},
		},
	}
	var parcels []order.Known
	for _, p := range order.Parcels([]order.Order{o}, noon.Add(2*time.Hour)) {
		parcels = append(parcels, order.Known{Parcel: p})
	}
	parcels[0].Work = order.Work{ConfirmedAt: noon.Add(3 * time.Hour), Taken: []order.Piece{{Unit: "1", SKU: "TEE", Serial: "SN-9", Lot: "L1", Expiry: "2027-03-31"}}}
	return o, parcels
}

func TestAnOrderAndItsLines(t *testing.T) {
	o, parcels := known()
	row := OrderRow(o, parcels, "Shop 1")
	for name, want := range map[string]string{
		"order_id": "579200000100000007", "shop": "Shop 1", "package_id": "115 116", "tracking_number": "MY1", "pieces": "3", "value": "24.91", "currency": "MYR", "state": "confirmed arranged", "cancel_requested": "",
	} {
		if got := cellOf(t, OrderColumns, row, name).Text; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := cellOf(t, OrderColumns, row, "confirmed").At; !got.Equal(noon.Add(3 * time.Hour)) {
		t.Errorf("confirmed %v", got)
	}
	if got := cellOf(t, OrderColumns, row, "due").At; !got.Equal(o.Times.CollectBy) {
		t.Errorf("due %v", got)
	}
	rows := LineRows(o, parcels, "Shop 1")
	if len(rows) != 3 {
		t.Fatalf("%d lines", len(rows))
	}
	for i, want := range []map[string]string{
		{"line_id": "1", "seller_sku": "TEE", "serial": "SN-9", "lot": "L1", "expiry": "2027-03-31", "taken": "yes", "gift": "", "price": "19.90", "state": "confirmed"},
		{"line_id": "2", "seller_sku": "", "sku_id": "173", "gift": "yes", "taken": "", "price": "0.00"},
		{"line_id": "3a", "package_id": "116", "battery": "yes", "price": "5.01", "tracking_number": ""},
	} {
		for name, value := range want {
			if got := cellOf(t, LineColumns, rows[i], name).Text; got != value {
				t.Errorf("line %d: %s is %q, want %q", i, name, got, value)
			}
		}
	}
}

func TestWhatBecameOfLabels(t *testing.T) {
	event := func(minute int, kind order.EventKind, more order.Event) order.Event {
		more.Kind, more.At = kind, noon.Add(time.Duration(minute)*time.Minute)
		return more
	}
	labels := LabelsOf([]order.Event{
		event(0, order.LabelSent, order.Event{}), // of a label before the first that is known
		event(1, order.LabelQueued, order.Event{Matched: "MY1", Version: "v1", Packer: "Ann"}), event(2, order.LabelSending, order.Event{Printer: "tcp:1"}), event(3, order.LabelSent, order.Event{}),
		event(4, order.LabelSpoiled, order.Event{Spoiling: order.Jammed, Supervisor: "B-7", SupervisorName: "Eve"}),
		event(5, order.LabelQueued, order.Event{Matched: "MY1", Version: "v1"}), event(6, order.LabelSending, order.Event{}), event(7, order.LabelUnsent, order.Event{}), event(8, order.LabelVoided, order.Event{}),
		event(9, order.LabelQueued, order.Event{Matched: "MY2", Version: "v2"}), event(10, order.LabelSending, order.Event{}), event(11, order.LabelSent, order.Event{}), event(12, order.LabelVoided, order.Event{}),
		event(13, order.LabelQueued, order.Event{Matched: "MY3", Version: "v3"}), event(14, order.LabelSent, order.Event{}), event(15, order.Confirmed, order.Event{Packer: "Bo"}),
		event(16, order.LabelQueued, order.Event{Matched: "MY4"}), event(17, order.Confirmed, order.Event{Tracking: "own carrier"}),
	})
	var fates []Fate
	for i, l := range labels {
		if fates = append(fates, l.Fate); l.Number != i+1 {
			t.Errorf("label %d is number %d", i, l.Number)
		}
	}
	if want := []Fate{Spoiled, Dropped, Voided, Scanned, Waiting}; !slices.Equal(fates, want) {
		t.Errorf("%v, want %v", fates, want)
	}
	if l := labels[0]; l.Reason != order.Jammed || l.Supervisor != "Eve" || l.Printer != "tcp:1" || l.Packer != "Ann" || !l.Ended.Equal(noon.Add(4*time.Minute)) {
		t.Errorf("%+v", l)
	}
	if l := labels[3]; l.Packer != "Bo" || !l.Seen.Equal(noon.Add(15*time.Minute)) {
		t.Errorf("%+v", l)
	}
}

// What a buyer is told follows from the order and the moment alone.
func TestWhatBuyersAreTold(t *testing.T) {
	at := func(hours int) time.Time { return noon.Add(time.Duration(hours) * time.Hour) }
	confirmed := []order.Known{{Work: order.Work{ConfirmedAt: noon}}}
	half := append([]order.Known{{}}, confirmed...)
	for name, c := range map[string]struct {
		order   order.Order
		parcels []order.Known
		want    About
	}{
		"waits in time":                {order.Order{Status: order.AwaitingShipment, Times: order.PlatformTimes{ArrangeBy: at(1)}}, nil, Nothing},
		"arranged too late":            {order.Order{Status: order.AwaitingShipment, Times: order.PlatformTimes{ArrangeBy: at(-1)}}, nil, Delayed},
		"arranged, the time was met":   {order.Order{Status: order.AwaitingCollection, Times: order.PlatformTimes{ArrangeBy: at(-1), CollectBy: at(1)}}, nil, Nothing},
		"not collected in time":        {order.Order{Status: order.AwaitingCollection, Times: order.PlatformTimes{CollectBy: at(-1), DeliverBy: at(9)}}, confirmed, Delayed},
		"packed":                       {order.Order{Status: order.AwaitingCollection, Times: order.PlatformTimes{CollectBy: at(1), DeliverBy: at(9)}}, confirmed, Expected},
		"half of it packed":            {order.Order{Status: order.AwaitingCollection, Times: order.PlatformTimes{CollectBy: at(1), DeliverBy: at(9)}}, half, Nothing},
		"packed, no day is known":      {order.Order{Status: order.AwaitingCollection}, confirmed, Nothing},
		"on its way":                   {order.Order{Status: order.InTransit, Times: order.PlatformTimes{CollectBy: at(-1), DeliverBy: at(9)}}, confirmed, Dispatched},
		"on its way for too long":      {order.Order{Status: order.InTransit, Times: order.PlatformTimes{DeliverBy: at(-1)}}, confirmed, DeliveryDelayed},
		"delivered":                    {order.Order{Status: order.Delivered, Times: order.PlatformTimes{DeliverBy: at(-1)}}, confirmed, Nothing},
		"late, but asked to cancel":    {order.Order{Status: order.AwaitingShipment, CancelRequested: true, Times: order.PlatformTimes{ArrangeBy: at(-1)}}, nil, Nothing},
		"late at the platform's own":   {order.Order{Status: order.AwaitingShipment, FulfillmentType: order.FulfillmentByPlatform, Times: order.PlatformTimes{ArrangeBy: at(-1)}}, nil, Nothing},
		"cancelled":                    {order.Order{Status: order.Cancelled, Times: order.PlatformTimes{ArrangeBy: at(-1)}}, nil, Nothing},
		"partly shipped, too late now": {order.Order{Status: order.PartiallyShipping, Times: order.PlatformTimes{ArrangeBy: at(-1)}}, half, Delayed},
	} {
		if got := AboutOf(c.order, c.parcels, noon); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTextsForBuyers(t *testing.T) {
	o := order.Order{ID: "5792", Times: order.PlatformTimes{DeliverBy: noon.Add(31 * time.Hour)}} // 2026-11-23, 19:00 UTC
	tokyo := time.FixedZone("", 9*3600)
	for _, c := range []struct {
		language string
		about    About
		zone     *time.Location
		want     string
	}{
		{"en", Dispatched, time.UTC, "Your order 5792 is on its way. Carrier: J&T. Tracking number: MY1. It should reach you by 23 November 2026 at the latest."},
		{"de", Delayed, time.UTC, "Es tut uns leid: Ihre Bestellung 5792 verlässt unser Lager später als geplant. Wir versenden sie so schnell wie möglich."},
		{"ja", Expected, tokyo, "ご注文 5792 の梱包が完了し、配送業者の集荷を待っています。2026年11月24日までにお届けする予定です。"},
		{"zh-Hans", Dispatched, time.UTC, "您的订单 5792 已发货。承运商：J&T。运单号：MY1。预计不晚于2026年11月23日送达。"},
	} {
		if got := BuyerText(c.language, c.about, o, "J&T", "MY1", c.zone, noon); got != c.want {
			t.Errorf("%s, %s:\n%q, want\n%q", c.language, c.about, got, c.want)
		}
	}
	if got := BuyerText("en", Dispatched, order.Order{ID: "5792"}, "", "", time.UTC, noon); got != "Your order 5792 is on its way." {
		t.Errorf("%q", got)
	}
}

// Every language has every sentence with its blanks, and no market has two.
func TestBuyersLanguagesAreWhole(t *testing.T) {
	of := map[order.Market]string{}
	for tag, l := range languages() {
		for sentence, blank := range map[string]string{
			l.Dispatched: "{order}", l.Packed: "{order}", l.Delayed: "{order}", l.DeliveryDelayed: "{order}", l.Carrier: "{carrier}", l.Tracking: "{tracking}", l.Expected: "{day}",
		} {
			if strings.Count(sentence, "{") != 1 || !strings.Contains(sentence, blank) {
				t.Errorf("%s: %q lacks %s", tag, sentence, blank)
			}
		}
		if day := noon.Format(l.Day); !strings.Contains(day, "2026") || !strings.Contains(day, "22") || len(l.Markets) == 0 {
			t.Errorf("%s: writes the day %q, for %v", tag, day, l.Markets)
		}
		for _, market := range l.Markets {
			if of[market] != "" {
				t.Errorf("%s speaks %s and %s", market, tag, of[market])
			}
			of[market] = tag
		}
	}
	for market, want := range map[order.Market]string{"MY": "ms", "BR": "pt", "MX": "es", "SG": "en", "JP": "ja", "TH": "th", "XX": "en"} {
		if got := LanguageOf(market); got != want {
			t.Errorf("%s speaks %s, want %s", market, got, want)
		}
	}
}
