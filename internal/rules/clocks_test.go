package rules

import (
	"testing"
	"time"

	"packbench/internal/order"
)

// when is a moment as a row of the table writes it, with its offset: 2026-11-20 10:00 +08:00.
func when(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04 -07:00", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// passage is which points a parcel passed when; a point of the empty time was passed at a moment nobody told.
type passage map[order.Point]string

// sent are the deadlines the platform sent.
type sent map[order.SLA]string

// due is when clocks are due by their ids; of "none" there is no such clock.
type due map[order.RuleID]string

const (
	never = "none"
	tt    = order.ByPlatform
	self  = order.BySeller
)

// Each row of fulfilment rules 2, and each conflict between them. The due moments are worked out by hand in the remarks, in the market's own time.
func TestEveryClock(t *testing.T) {
	for _, c := range []struct {
		name    string
		market  order.Market
		mode    order.ShippingType
		pre     bool
		abroad  bool
		own     string // the bench's own file
		place   string // warehouse
		skus    []string
		passage passage
		sent    sent
		want    due
	}{
		// The rows.
		{name: "unpaid-cancel", market: "MY", mode: tt,
			passage: passage{order.Placed: "2026-11-20 10:00 +08:00"},
			want: due{"unpaid-cancel": "2026-11-22 10:00 +08:00", // 48 h after it was placed
				"ready": never, "dispatched": never, "auto-cancel": never}}, // nothing else starts before the payment
		{name: "acknowledge is off by itself", market: "GB", mode: tt, abroad: true,
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00", order.Paid: "2026-11-20 10:05 +00:00"},
			want:    due{"acknowledge": never, "collected-after-ack": never}},
		{name: "acknowledge, turned on by the shop", market: "GB", mode: tt, abroad: true, own: "[[rule]]\nid = \"acknowledge\"\non_for = [\"700\"]\n",
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00", order.Paid: "2026-11-20 10:05 +00:00"},
			want:    due{"acknowledge": "2026-11-21 10:00 +00:00"}}, // 24 h after it was placed
		{name: "acknowledge, turned on by another shop", market: "GB", mode: tt, abroad: true, own: "[[rule]]\nid = \"acknowledge\"\non_for = [\"701\"]\n",
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00"}, want: due{"acknowledge": never}},
		{name: "acknowledge is cross-border's", market: "GB", mode: tt, own: "[[rule]]\nid = \"acknowledge\"\non_for = [\"*\"]\n",
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00"}, want: due{"acknowledge": never}},
		{name: "ready, by default", market: "GB", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +00:00", order.Paid: "2026-11-20 10:00 +00:00"},
			want:    due{"ready": "2026-11-22 10:00 +00:00"}}, // 48 h after the payment, weekend or not
		{name: "ready in South-East Asia", market: "VN", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +07:00", order.Paid: "2026-11-20 10:00 +07:00"},
			want:    due{"ready": "2026-11-23 10:00 +07:00"}}, // 72 h
		{name: "ready in South-East Asia before 2024", market: "MY", mode: tt,
			passage: passage{order.Placed: "2023-12-31 23:59 +08:00", order.Paid: "2024-01-01 00:10 +08:00"},
			want:    due{"ready": "2024-01-03 00:10 +08:00"}}, // placed on the last day of the 48 h, paid on the first of the 72 h: the placing decides
		{name: "ready in Kuala Lumpur where 2024 has begun", market: "MY", mode: tt,
			passage: passage{order.Placed: "2024-01-01 00:30 +08:00", order.Paid: "2024-01-01 00:30 +08:00"},
			want:    due{"ready": "2024-01-04 00:30 +08:00"}}, // 72 h
		{name: "ready in Jakarta at that moment, where it has not", market: "ID", mode: tt,
			passage: passage{order.Placed: "2024-01-01 00:30 +08:00", order.Paid: "2024-01-01 00:30 +08:00"},
			want:    due{"ready": "2024-01-03 00:30 +08:00"}}, // 23:30 of 31 December there: 48 h
		{name: "collected", market: "GB", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +00:00", order.Paid: "2026-11-20 10:00 +00:00", order.ReadyToGo: "2026-11-20 15:00 +00:00"},
			want:    due{"collected": "2026-11-23 15:00 +00:00"}}, // 72 h after shipment was arranged
		{name: "dispatched", market: "DE", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +01:00", order.Paid: "2026-11-20 10:00 +01:00"},
			want:    due{"dispatched": "2026-11-25 10:00 +01:00"}}, // 120 h
		{name: "collected after acknowledging, by default", market: "FR", mode: tt, abroad: true, own: "[[rule]]\nid = \"collected-after-ack\"\non_for = [\"*\"]\n",
			passage: passage{order.Placed: "2026-11-20 09:50 +01:00", order.Paid: "2026-11-20 10:00 +01:00", order.Acknowledged: "2026-11-20 12:00 +01:00"},
			want:    due{"collected-after-ack": "2026-11-23 12:00 +01:00"}}, // 72 h after
		{name: "collected after acknowledging, GB", market: "GB", mode: tt, abroad: true, own: "[[rule]]\nid = \"collected-after-ack\"\non_for = [\"*\"]\n",
			passage: passage{order.Placed: "2026-11-20 09:50 +00:00", order.Paid: "2026-11-20 10:00 +00:00", order.Acknowledged: "2026-11-20 12:00 +00:00"},
			want:    due{"collected-after-ack": "2026-11-22 12:00 +00:00"}}, // 48 h after
		{name: "the countdown to cancel", market: "TH", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +07:00", order.Paid: "2026-11-20 10:00 +07:00"},
			want: due{"auto-cancel-warning": "2026-11-23 10:00 +07:00", // 72 h after the payment
				"auto-cancel": "2026-11-25 10:00 +07:00"}}, // 48 h more, 120 h in all
		{name: "cancel-answer", market: "SG", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +08:00", order.Paid: "2026-11-20 10:00 +08:00", order.CancelAsked: "2026-11-20 22:15 +08:00"},
			want:    due{"cancel-answer": "2026-11-22 22:15 +08:00"}}, // 48 h after the buyer asked
		{name: "us-self-ship over a weekend", market: "US", mode: self,
			passage: passage{order.Placed: "2026-11-19 10:00 -08:00", order.Paid: "2026-11-19 10:00 -08:00"},
			want: due{"us-self-ship": "2026-11-24 10:00 -08:00", // Thursday; Friday 1, Monday 2, Tuesday 3
				"us-ready": never, "us-collected": never}}, // those are for the platform's shipping
		{name: "us-self-ship over a holiday and a weekend", market: "US", mode: self,
			passage: passage{order.Placed: "2026-11-25 15:00 -08:00", order.Paid: "2026-11-25 15:00 -08:00"},
			want:    due{"us-self-ship": "2026-12-01 15:00 -08:00"}}, // Wednesday; Thanksgiving is off; Friday 1, Monday 2, Tuesday 3
		{name: "us-self-ship over the end of daylight saving", market: "US", mode: self,
			passage: passage{order.Placed: "2026-10-29 09:00 -07:00", order.Paid: "2026-10-29 09:00 -07:00"},
			want:    due{"us-self-ship": "2026-11-03 09:00 -08:00"}}, // Thursday; Friday 1, Monday 2, Tuesday 3: 09:00 by the wall's clock, 121 h later
		{name: "us-self-ship over its beginning, late in the evening", market: "US", mode: self,
			passage: passage{order.Placed: "2026-03-05 20:00 -08:00", order.Paid: "2026-03-05 20:00 -08:00"},
			want:    due{"us-self-ship": "2026-03-10 20:00 -07:00"}}, // Thursday there, Friday in UTC; Friday 1, Monday 2, Tuesday 3
		{name: "us-self-ship placed on a Saturday", market: "US", mode: self,
			passage: passage{order.Placed: "2026-11-14 11:00 -08:00", order.Paid: "2026-11-14 11:00 -08:00"},
			want:    due{"us-self-ship": "2026-11-18 11:00 -08:00"}}, // Monday 1, Tuesday 2, Wednesday 3
		{name: "us-self-ship where the warehouse is in New York", market: "US", mode: self, place: "7001", own: "[[zone]]\nwarehouse = \"7001\"\nzone = \"America/New_York\"\n",
			passage: passage{order.Placed: "2026-11-20 23:30 -08:00", order.Paid: "2026-11-20 23:30 -08:00"},
			want:    due{"us-self-ship": "2026-11-25 02:30 -05:00"}}, // Saturday 02:30 there; Monday 1, Tuesday 2, Wednesday 3. In Los Angeles Friday: it would be Wednesday 23:30
		{name: "us-self-ship with a holiday of the seller's", market: "US", mode: self, own: "[[holiday]]\nmarket = \"US\"\ndate = \"2026-11-20\"\nname = \"Stocktaking\"\n",
			passage: passage{order.Placed: "2026-11-19 10:00 -08:00", order.Paid: "2026-11-19 10:00 -08:00"},
			want:    due{"us-self-ship": "2026-11-25 10:00 -08:00"}}, // Friday is off; Monday 1, Tuesday 2, Wednesday 3
		{name: "us-ready and us-collected", market: "US", mode: tt,
			passage: passage{order.Placed: "2026-11-20 10:00 -08:00", order.Paid: "2026-11-20 10:30 -08:00", order.ReadyToGo: "2026-11-20 16:00 -08:00"},
			want: due{"us-ready": "2026-11-22 10:00 -08:00", // 48 running hours from the placing
				"us-collected": "2026-11-21 16:00 -08:00", // 24 h
				"us-self-ship": never}},
		{name: "the US cancel by themselves", market: "US", mode: tt,
			passage: passage{order.Placed: "2026-12-21 08:00 -08:00", order.Paid: "2026-12-21 08:00 -08:00"},
			want: due{"us-auto-cancel-ready": "2026-12-24 08:00 -08:00", // Monday; Tuesday 1, Wednesday 2, Thursday 3
				"us-auto-cancel-shipped": "2026-12-31 08:00 -08:00"}}, // Christmas is off; Monday 4, Tuesday 5, Wednesday 6, Thursday 7
		{name: "the US have none of the defaults", market: "US", mode: tt,
			passage: passage{order.Placed: "2026-11-20 10:00 -08:00", order.Paid: "2026-11-20 10:00 -08:00", order.ReadyToGo: "2026-11-20 16:00 -08:00"},
			want:    due{"ready": never, "collected": never, "dispatched": never, "auto-cancel-warning": never, "auto-cancel": never}},
		{name: "a pre-order", market: "US", mode: tt, pre: true,
			passage: passage{order.Placed: "2026-11-02 10:00 -08:00", order.Paid: "2026-11-02 10:00 -08:00", order.ShipDate: "2026-11-18 00:00 -08:00"},
			want: due{"presale-ready": "2026-11-18 00:00 -08:00", // the expected ship date itself
				"presale-shipped":      "2026-11-21 00:00 -08:00",                // 3 natural days after it
				"us-ready":             "2026-11-20 00:00 -08:00",                // its clocks begin with the release: 48 h after it
				"us-auto-cancel-ready": never, "us-auto-cancel-shipped": never}}, // those are for standard orders
		{name: "a pre-order elsewhere", market: "GB", mode: tt, pre: true,
			passage: passage{order.Placed: "2026-11-02 10:00 +00:00", order.Paid: "2026-11-02 10:00 +00:00", order.ShipDate: "2026-11-18 00:00 +00:00"},
			want: due{"presale-ready": "2026-11-18 00:00 +00:00", "presale-shipped": "2026-11-21 00:00 +00:00",
				"ready":       "2026-11-20 00:00 +00:00", // 48 h after the release
				"auto-cancel": never}},                   // the type beats the default of the family
		{name: "a pre-order whose ship date nobody told", market: "US", mode: tt, pre: true,
			passage: passage{order.Placed: "2026-11-02 10:00 -08:00", order.Paid: "2026-11-02 10:00 -08:00"},
			want: due{"presale-ready": "2026-12-16 10:00 -08:00", // 30 working days: 3 to 10 November 6, 12 and 13 8 (the 11th is Veterans Day), 16 to 20 13, 23 to 25 16, 27 17 (the 26th is Thanksgiving), 30 18, 1 to 4 December 22, 7 to 11 27, 14 to 16 30
				"presale-shipped": never}},
		{name: "first-tracking", market: "MY", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +08:00", order.Paid: "2026-11-20 10:00 +08:00", order.ReadyToGo: "2026-11-20 12:00 +08:00", order.Departed: "2026-11-20 16:40 +08:00"},
			want:    due{"first-tracking": "2026-11-21 16:40 +08:00"}}, // 24 h after it was handed over
		{name: "tracking-gap", market: "MY", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +08:00", order.Paid: "2026-11-20 10:00 +08:00", order.InCarriage: "2026-11-20 18:00 +08:00", order.LastTracked: "2026-11-22 07:00 +08:00"},
			want:    due{"tracking-gap": "2026-11-24 07:00 +08:00"}}, // 48 h after the carrier's last word
		{name: "tracking-gap where the carrier took it and has said nothing since", market: "MY", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +08:00", order.Paid: "2026-11-20 10:00 +08:00", order.InCarriage: "2026-11-20 18:00 +08:00"},
			want:    due{"tracking-gap": "2026-11-22 18:00 +08:00"}},
		{name: "delivered, GB, over the end of summer time", market: "GB", mode: tt,
			passage: passage{order.Placed: "2026-10-23 12:00 +01:00", order.Paid: "2026-10-23 12:00 +01:00"},
			want:    due{"delivered": "2026-10-28 12:00 +00:00"}}, // 5 days by the wall's clock
		{name: "delivered, TH", market: "TH", mode: tt, passage: passage{order.Placed: "2026-11-20 12:00 +07:00", order.Paid: "2026-11-20 12:00 +07:00"},
			want: due{"delivered": "2026-11-23 12:00 +07:00"}}, // 3 days
		{name: "delivered, another of South-East Asia", market: "PH", mode: tt, passage: passage{order.Placed: "2026-11-20 12:00 +08:00", order.Paid: "2026-11-20 12:00 +08:00"},
			want: due{"delivered": "2026-11-23 12:00 +08:00"}}, // 3 days
		{name: "delivered, US", market: "US", mode: tt, passage: passage{order.Placed: "2026-11-20 12:00 -08:00", order.Paid: "2026-11-20 12:00 -08:00"},
			want: due{"delivered": "2026-11-27 12:00 -08:00"}}, // 7 natural days, Thanksgiving among them
		{name: "delivered, a market without a promise", market: "JP", mode: tt, passage: passage{order.Placed: "2026-11-20 12:00 +09:00", order.Paid: "2026-11-20 12:00 +09:00"},
			want: due{"delivered": never}},
		{name: "tracking-nodes", market: "GB", mode: tt, abroad: true,
			passage: passage{order.Placed: "2026-11-20 12:00 +00:00", order.Paid: "2026-11-20 12:00 +00:00", order.Departed: "2026-11-21 16:00 +00:00"},
			want:    due{"tracking-nodes": "2026-11-25 12:00 +00:00"}}, // when it is to be delivered: 5 days after the placing
		{name: "tracking-nodes before it is handed over", market: "GB", mode: tt, abroad: true,
			passage: passage{order.Placed: "2026-11-20 12:00 +00:00", order.Paid: "2026-11-20 12:00 +00:00"}, want: due{"tracking-nodes": never}},
		{name: "tracking-nodes of a local seller", market: "GB", mode: tt,
			passage: passage{order.Placed: "2026-11-20 12:00 +00:00", order.Paid: "2026-11-20 12:00 +00:00", order.Departed: "2026-11-21 16:00 +00:00"}, want: due{"tracking-nodes": never}},
		{name: "pickup-review", market: "MY", mode: tt, passage: passage{order.PickUpAsked: "2026-11-20 09:00 +08:00"},
			want: due{"pickup-review": "2026-11-21 09:00 +08:00"}}, // 24 h
		{name: "redelivery, placed on the last day", market: "MY", mode: tt,
			passage: passage{order.Placed: "2022-03-21 23:00 +00:00", order.Paid: "2022-03-21 23:00 +00:00", order.CannotArrive: "2022-03-28 10:00 +08:00"},
			want:    due{"redelivery": "2022-04-09 10:00 +08:00"}}, // 12 days; a rule of every market is valid by days of UTC
		{name: "redelivery, placed after the last day", market: "MY", mode: tt,
			passage: passage{order.Placed: "2022-03-22 00:00 +00:00", order.Paid: "2022-03-22 00:00 +00:00", order.CannotArrive: "2022-03-28 10:00 +08:00"},
			want:    due{"redelivery": never}},
		{name: "redelivery, the last day lifted", market: "MY", mode: tt, own: "[[rule]]\nid = \"redelivery\"\nvalid_to = \"none\"\n",
			passage: passage{order.Placed: "2026-11-01 10:00 +08:00", order.Paid: "2026-11-01 10:00 +08:00", order.CannotArrive: "2026-11-10 10:00 +08:00"},
			want:    due{"redelivery": "2026-11-22 10:00 +08:00"}}, // 12 days
		{name: "scan-form-appeal", market: "US", mode: tt,
			passage: passage{order.Placed: "2026-10-30 10:00 -07:00", order.Paid: "2026-10-30 10:00 -07:00", order.ManifestRead: "2026-10-31 17:00 -07:00"},
			want:    due{"scan-form-appeal": "2026-11-02 16:00 -08:00"}}, // 48 running hours over the end of daylight saving
		{name: "scan-form-appeal is the US's", market: "GB", mode: tt,
			passage: passage{order.Placed: "2026-10-30 10:00 +00:00", order.ManifestRead: "2026-10-31 17:00 +00:00"}, want: due{"scan-form-appeal": never}},
		{name: "authorisation", market: "GB", passage: passage{order.Authorised: "2026-09-01 09:00 +01:00"},
			want: due{"authorisation": "2026-11-30 09:00 +00:00"}}, // 90 natural days: 29 left of September, 31, 30

		// The platform's own times win, one for one.
		{name: "the platform's times in Malaysia", market: "MY", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +08:00", order.Paid: "2026-11-20 10:00 +08:00", order.ReadyToGo: "2026-11-20 12:00 +08:00", order.CancelAsked: "2026-11-20 13:00 +08:00"},
			sent: sent{order.ArrangeSLA: "2026-11-21 01:00 +08:00", order.CollectSLA: "2026-11-21 02:00 +08:00", order.ArrangeOrCancelSLA: "2026-11-21 03:00 +08:00",
				order.CollectOrCancelSLA: "2026-11-21 04:00 +08:00", order.DeliverSLA: "2026-11-21 05:00 +08:00", order.AnswerSLA: "2026-11-21 06:00 +08:00"},
			want: due{"ready": "2026-11-21 01:00 +08:00", "dispatched": "2026-11-21 02:00 +08:00", "auto-cancel-ready": "2026-11-21 03:00 +08:00", "auto-cancel": "2026-11-21 04:00 +08:00",
				"delivered": "2026-11-21 05:00 +08:00", "cancel-answer": "2026-11-21 06:00 +08:00",
				"collected": "2026-11-23 12:00 +08:00", "auto-cancel-warning": "2026-11-23 10:00 +08:00", // of these the platform says nothing: 72 h each
				"us-auto-cancel-ready": never, "us-ready": never}},
		{name: "the platform's times in the US", market: "US", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 -08:00", order.Paid: "2026-11-20 10:00 -08:00"},
			sent:    sent{order.ArrangeSLA: "2026-11-21 01:00 -08:00", order.CollectSLA: "2026-11-21 02:00 -08:00", order.ArrangeOrCancelSLA: "2026-11-21 03:00 -08:00", order.CollectOrCancelSLA: "2026-11-21 04:00 -08:00"},
			want: due{"us-ready": "2026-11-21 01:00 -08:00", "dispatched": "2026-11-21 02:00 -08:00", "us-auto-cancel-ready": "2026-11-21 03:00 -08:00",
				"us-auto-cancel-shipped": "2026-11-21 04:00 -08:00", "ready": never, "auto-cancel-ready": never, "auto-cancel": never}},
		{name: "the platform's time against the seller's own shipping in the US", market: "US", mode: self,
			passage: passage{order.Placed: "2026-11-20 09:50 -08:00", order.Paid: "2026-11-20 10:00 -08:00"}, sent: sent{order.CollectSLA: "2026-11-21 02:00 -08:00"},
			want: due{"dispatched": "2026-11-21 02:00 -08:00", "us-self-ship": never}},
		{name: "an answer's deadline without a question", market: "MY", mode: tt,
			passage: passage{order.Placed: "2026-11-20 09:50 +08:00", order.Paid: "2026-11-20 10:00 +08:00"}, sent: sent{order.AnswerSLA: "2026-11-21 06:00 +08:00"}, want: due{"cancel-answer": never}},
		{name: "the platform's time against a pre-order's", market: "US", mode: tt, pre: true,
			passage: passage{order.Placed: "2026-11-02 10:00 -08:00", order.Paid: "2026-11-02 10:00 -08:00", order.ShipDate: "2026-11-18 00:00 -08:00"}, sent: sent{order.ArrangeOrCancelSLA: "2026-11-19 00:00 -08:00"},
			want: due{"us-auto-cancel-ready": "2026-11-19 00:00 -08:00", "presale-ready": never}},

		// Which rule.
		{name: "market, mode and type beat market, which beats the default", market: "GB", mode: tt,
			own: `
[[rule]]
id = "ready"
markets = ["GB"]
limit = "40 h"
[[rule]]
id = "ready-made-for-it"
family = "ready"
markets = ["GB"]
mode = "TIKTOK"
type = "STANDARD"
start = "paid"
end = "ready"
limit = "30 h"
consequence = "late"
source = "a guide of long ago"
source_at = "2019-01-01"
`,
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00", order.Paid: "2026-11-20 10:00 +00:00"},
			want:    due{"ready-made-for-it": "2026-11-21 16:00 +00:00", "ready": never}}, // 30 h, though its source is the oldest
		{name: "market beats the default", market: "GB", mode: self, own: "[[rule]]\nid = \"ready\"\nmarkets = [\"GB\"]\nlimit = \"40 h\"\n",
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00", order.Paid: "2026-11-20 10:00 +00:00"},
			want:    due{"ready": "2026-11-22 02:00 +00:00"}}, // 40 h
		{name: "of two for the same orders the newer source", market: "GB", mode: tt,
			own: `
[[rule]]
id = "by-the-older"
family = "collected"
markets = ["GB"]
start = "ready"
end = "collected"
limit = "10 h"
consequence = "late"
source = "a guide of 2025"
source_at = "2025-05-01"
[[rule]]
id = "by-the-newer"
family = "collected"
markets = ["GB"]
start = "ready"
end = "collected"
limit = "20 h"
consequence = "late"
source = "a guide of 2026"
source_at = "2026-05-01"
`,
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00", order.Paid: "2026-11-20 10:00 +00:00", order.ReadyToGo: "2026-11-20 12:00 +00:00"},
			want:    due{"by-the-newer": "2026-11-21 08:00 +00:00", "by-the-older": never, "collected": never}}, // 20 h
		{name: "the newer source, not valid yet when it was placed", market: "GB", mode: tt,
			own: `
[[rule]]
id = "collected"
markets = ["GB"]
limit = "20 h"
valid_from = "2026-12-01"
`,
			passage: passage{order.Placed: "2026-11-30 23:59 +00:00", order.Paid: "2026-11-30 23:59 +00:00", order.ReadyToGo: "2026-12-01 12:00 +00:00"},
			want:    due{"collected": "2026-12-04 12:00 +00:00"}}, // 72 h by the default
		{name: "switched off in its market", market: "TH", mode: tt, own: "[[rule]]\nid = \"delivered\"\nmarkets = [\"TH\"]\noff = true\n",
			passage: passage{order.Placed: "2026-11-20 12:00 +07:00", order.Paid: "2026-11-20 12:00 +07:00"}, want: due{"delivered": never, "ready": "2026-11-23 12:00 +07:00"}},

		// Extensions.
		{name: "the extension of S3", market: "TH", mode: tt, place: "7002",
			own:     "[[extension]]\nclock = \"ready\"\nwarehouse = \"7002\"\nmarket = \"TH\"\ncreated_from = \"2023-09-18\"\ncreated_to = \"2023-09-19\"\nadd = \"3 d\"\nwhy = \"storm\"\n",
			passage: passage{order.Placed: "2023-09-18 10:00 +07:00", order.Paid: "2023-09-18 10:00 +07:00"},
			want: due{"ready": "2023-09-23 10:00 +07:00", // 48 h and 3 days
				"dispatched": "2023-09-23 10:00 +07:00"}}, // 120 h, not lengthened: it is another clock
		{name: "the extension's last day, in the market's zone", market: "TH", mode: tt,
			own:     "[[extension]]\nclock = \"ready\"\nmarket = \"TH\"\ncreated_from = \"2023-09-18\"\ncreated_to = \"2023-09-19\"\nadd = \"3 d\"\nwhy = \"storm\"\n",
			passage: passage{order.Placed: "2023-09-19 23:59 +07:00", order.Paid: "2023-09-19 23:59 +07:00"},
			want:    due{"ready": "2023-09-24 23:59 +07:00"}},
		{name: "the day after the extension's last", market: "TH", mode: tt,
			own:     "[[extension]]\nclock = \"ready\"\nmarket = \"TH\"\ncreated_from = \"2023-09-18\"\ncreated_to = \"2023-09-19\"\nadd = \"3 d\"\nwhy = \"storm\"\n",
			passage: passage{order.Placed: "2023-09-20 00:00 +07:00", order.Paid: "2023-09-20 00:00 +07:00"},
			want:    due{"ready": "2023-09-22 00:00 +07:00"}}, // 48 h
		{name: "an extension of another warehouse", market: "TH", mode: tt, place: "7003",
			own:     "[[extension]]\nclock = \"ready\"\nwarehouse = \"7002\"\ncreated_from = \"2023-09-18\"\ncreated_to = \"2023-09-19\"\nadd = \"3 d\"\nwhy = \"storm\"\n",
			passage: passage{order.Placed: "2023-09-18 10:00 +07:00", order.Paid: "2023-09-18 10:00 +07:00"}, want: due{"ready": "2023-09-20 10:00 +07:00"}},
		{name: "an extension for one SKU", market: "GB", mode: tt, skus: []string{"TEE", "MUG"},
			own:     "[[extension]]\nclock = \"ready\"\nsku = \"MUG\"\ncreated_from = \"2026-11-20\"\ncreated_to = \"2026-11-20\"\nadd = \"5 wd\"\nwhy = \"pre-sale granted\"\n",
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00", order.Paid: "2026-11-20 10:00 +00:00"},
			want:    due{"ready": "2026-11-27 10:00 +00:00"}}, // Sunday 22 November 10:00 and 5 working days: Monday to Friday
		{name: "an extension for another SKU", market: "GB", mode: tt, skus: []string{"TEE"},
			own:     "[[extension]]\nclock = \"ready\"\nsku = \"MUG\"\ncreated_from = \"2026-11-20\"\ncreated_to = \"2026-11-20\"\nadd = \"5 wd\"\nwhy = \"pre-sale granted\"\n",
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00", order.Paid: "2026-11-20 10:00 +00:00"}, want: due{"ready": "2026-11-22 10:00 +00:00"}},
		{name: "an extension from an hour to an hour", market: "GB", mode: tt,
			own:     "[[extension]]\nclock = \"ready\"\nmarket = \"GB\"\ncreated_from = \"2026-11-20 08:00\"\ncreated_to = \"2026-11-20 10:00\"\nadd = \"12 h\"\nwhy = \"power cut\"\n",
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00", order.Paid: "2026-11-20 10:00 +00:00"}, want: due{"ready": "2026-11-22 10:00 +00:00"}}, // 10:00 is the first moment after it
		{name: "two extensions add up", market: "GB", mode: tt,
			own: "[[extension]]\nclock = \"ready\"\ncreated_from = \"2026-11-20\"\ncreated_to = \"2026-11-20\"\nadd = \"12 h\"\nwhy = \"power cut\"\n" +
				"[[extension]]\nclock = \"ready\"\ncreated_from = \"2026-11-19\"\ncreated_to = \"2026-11-21\"\nadd = \"1 d\"\nwhy = \"storm\"\n",
			passage: passage{order.Placed: "2026-11-20 10:00 +00:00", order.Paid: "2026-11-20 10:00 +00:00"}, want: due{"ready": "2026-11-23 22:00 +00:00"}}, // 48 h, 12 h, a day
		{name: "an extension of the countdown moves its end too", market: "TH", mode: tt,
			own:     "[[extension]]\nclock = \"auto-cancel-warning\"\nmarket = \"TH\"\ncreated_from = \"2026-11-20\"\ncreated_to = \"2026-11-20\"\nadd = \"1 d\"\nwhy = \"storm\"\n",
			passage: passage{order.Placed: "2026-11-20 09:50 +07:00", order.Paid: "2026-11-20 10:00 +07:00"},
			want:    due{"auto-cancel-warning": "2026-11-24 10:00 +07:00", "auto-cancel": "2026-11-26 10:00 +07:00"}}, // the countdown's 48 h begin a day later
		{name: "the platform's time wins over an extension of ours", market: "TH", mode: tt,
			own:     "[[extension]]\nclock = \"ready\"\nmarket = \"TH\"\ncreated_from = \"2026-11-20\"\ncreated_to = \"2026-11-20\"\nadd = \"3 d\"\nwhy = \"storm\"\n",
			passage: passage{order.Placed: "2026-11-20 09:50 +07:00", order.Paid: "2026-11-20 10:00 +07:00"}, sent: sent{order.ArrangeSLA: "2026-11-22 10:00 +07:00"},
			want: due{"ready": "2026-11-22 10:00 +07:00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := with(t, c.own)
			course := order.Course{ShopID: "700", WarehouseID: c.place, Market: c.market, Mode: c.mode, PreOrder: c.pre, Abroad: c.abroad}
			for point, at := range c.passage {
				course.Pass(point, order.MomentOf(when(t, at)))
			}
			for sla, at := range c.sent {
				course.Deadlines[sla] = order.MomentOf(when(t, at))
			}
			got := map[order.RuleID]order.Clock{}
			for _, clock := range r.Clocks(&course, c.skus, r.Calendar, when(t, "2026-11-20 12:00 +00:00")) {
				if _, twice := got[clock.ID]; twice {
					t.Errorf("two clocks %s", clock.ID)
				}
				got[clock.ID] = clock
			}
			for id, at := range c.want {
				clock, is := got[id]
				switch {
				case at == never && is:
					t.Errorf("there is a clock %s, due %s by %s", id, clock.Due, clock.Source)
				case at != never && !is:
					t.Errorf("there is no clock %s", id)
				case at != never && !clock.Due.Equal(when(t, at)):
					t.Errorf("%s is due %s, not %s", id, clock.Due.In(r.Calendar.Zone(c.market, c.place)), at)
				}
			}
			for sla, at := range c.sent {
				for _, clock := range got {
					if clock.Due.Equal(when(t, at)) && clock.Source != order.PlatformSource {
						t.Errorf("%s, which the platform sent as %d, has the source %q", clock.ID, sla, clock.Source)
					}
				}
			}
		})
	}
}

// How a clock stands: a quarter of the limit is near, and grace keeps it from being missed.
func TestHowAClockStands(t *testing.T) {
	r := brought(t)
	course := order.Course{Market: "GB", Mode: tt}
	course.Pass(order.Placed, order.MomentOf(when(t, "2026-11-20 10:00 +00:00")))
	course.Pass(order.Paid, order.MomentOf(when(t, "2026-11-20 10:00 +00:00")))
	met := course
	met.Pass(order.ReadyToGo, order.MomentOf(when(t, "2026-11-22 11:00 +00:00")))
	for _, c := range []struct {
		now  string
		of   order.Course
		id   order.RuleID
		want order.ClockState
		late bool
	}{
		{"2026-11-21 22:00 +00:00", course, "ready", order.Running, false}, // 48 h: near in the last 12
		{"2026-11-21 22:01 +00:00", course, "ready", order.Near, false},
		{"2026-11-22 10:00 +00:00", course, "ready", order.Near, false}, // due now, not missed yet
		{"2026-11-22 10:01 +00:00", course, "ready", order.Missed, false},
		{"2026-11-22 12:00 +00:00", met, "ready", order.Met, true},          // an hour late
		{"2026-11-26 10:00 +00:00", course, "delivered", order.Near, false}, // due on the 25th at 10:00, late 24 h past it
		{"2026-11-26 10:01 +00:00", course, "delivered", order.Missed, false},
	} {
		found := false
		for _, clock := range r.Clocks(&c.of, nil, r.Calendar, when(t, c.now)) {
			if clock.ID != c.id {
				continue
			}
			found = true
			if clock.State != c.want || clock.MetLate() != c.late {
				t.Errorf("at %s %s is %s, met late: %v", c.now, c.id, clock.State, clock.MetLate())
			}
		}
		if !found {
			t.Errorf("at %s there is no %s", c.now, c.id)
		}
	}
	course.Ended = true
	if clocks := r.Clocks(&course, nil, r.Calendar, when(t, "2026-11-21 22:00 +00:00")); len(clocks) > 0 {
		t.Errorf("what is cancelled has %v", clocks)
	}
}

// tracking-gap is expected within 48 h and an exception after 72 h.
func TestSilenceIsAnExceptionAfterThreeDays(t *testing.T) {
	r := brought(t)
	course := order.Course{Market: "MY", Mode: tt}
	course.Pass(order.InCarriage, order.MomentOf(when(t, "2026-11-20 18:00 +08:00")))
	for now, want := range map[string]order.ClockState{"2026-11-22 19:00 +08:00": order.Near, "2026-11-23 18:00 +08:00": order.Near, "2026-11-23 18:01 +08:00": order.Missed} {
		for _, clock := range r.Clocks(&course, nil, r.Calendar, when(t, now)) {
			if clock.ID == "tracking-gap" && clock.State != want {
				t.Errorf("at %s it is %s, not %s", now, clock.State, want)
			}
		}
	}
}
