package handover_test

import (
	"strings"
	"testing"
	"time"

	"packbench/internal/handover"
	"packbench/internal/order"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.Local)

// packed is a parcel that may leave, as the platform said a second ago.
func packed(key string) order.Known {
	return order.Known{
		Parcel: order.Parcel{
			Key: order.ParcelKey(key), ShopID: "S", OrderIDs: []string{"O" + key}, Tracking: "JX" + key, Provider: "J&T", Standing: order.Arranged, Flow: order.ShipPackage,
			LabelVersion: key + "/1", WarehouseID: "W", Of: 1, ReadAt: noon.Add(-time.Second), Units: []order.Unit{{Line: order.Line{ID: "u" + key, SellerSKU: "TEE"}}},
		},
		Work: order.Work{
			Parcel: order.ParcelKey(key), Taken: []order.Piece{{Unit: "u" + key, SKU: "TEE"}}, Tries: 1, Arranged: true, Tracking: "JX" + key, Handover: order.PickedUp,
			Label: order.LabelWork{State: order.Seen, Matched: "JX" + key, Version: key + "/1", Codes: []string{"JX" + key, "ROUTE-7"}}, ConfirmedAt: noon.Add(-time.Hour),
		},
	}
}

func TestWhatAScanAtTheShelfComesTo(t *testing.T) {
	sheet := order.Sheet{ID: "H261122-01", Carrier: "J&T", Mode: order.PickedUp, Warehouse: "W", OpenedAt: noon}
	down := order.Say("platform.unreachable")
	cases := []struct {
		name   string
		change func(*order.Known, *handover.Case)
		rules  handover.Rules
		want   handover.Outcome
		asks   string // "stand" or "mode": the platform is to be asked, and nothing is decided
	}{
		{name: "packed, and the platform's word is fresh", want: handover.OnSheet},
		{name: "by another code of its label", change: func(_ *order.Known, c *handover.Case) { c.Code = "ROUTE-7" }, want: handover.OnSheet},
		{name: "by its order's number", change: func(_ *order.Known, c *handover.Case) { c.Code = "O1" }, want: handover.NotTheLabel},
		{name: "cancelled", change: func(k *order.Known, _ *handover.Case) { k.Standing = order.Gone }, want: handover.Cancelled},
		{name: "the buyer asks to cancel", change: func(k *order.Known, _ *handover.Case) { k.Standing = order.CancelRequest }, want: handover.CancelRequested},
		{name: "on hold", change: func(k *order.Known, _ *handover.Case) { k.Standing = order.Held }, want: handover.OnHold},
		{name: "the address changed since", change: func(k *order.Known, _ *handover.Case) { k.LabelVersion = "1/1+address" }, want: handover.Stale},
		{name: "another label took its place", change: func(k *order.Known, c *handover.Case) {
			c.Candidates = order.Candidates{Replaced: []order.Known{*k}}
		}, want: handover.Stale},
		{name: "another carrier's", change: func(_ *order.Known, c *handover.Case) { c.At.Carrier = "Ninja Van" }, want: handover.WrongCarrier},
		{name: "its carrier's, in other letters", change: func(_ *order.Known, c *handover.Case) { c.At.Carrier = "j&t" }, want: handover.OnSheet},
		{name: "to be dropped off", change: func(_ *order.Known, c *handover.Case) { c.At.Mode = order.DroppedOff }, want: handover.WrongMode},
		{name: "not packed here", change: func(k *order.Known, _ *handover.Case) { k.Work = order.Work{} }, want: handover.NotConfirmed},
		{name: "not packed here, and cancelled", change: func(k *order.Known, _ *handover.Case) { k.Work, k.Standing = order.Work{}, order.Gone }, want: handover.Cancelled},
		{name: "its label is out, and was never scanned on it", change: func(k *order.Known, _ *handover.Case) { k.Work.ConfirmedAt = time.Time{} }, want: handover.NotConfirmed},
		{name: "on this sheet already", change: func(k *order.Known, c *handover.Case) {
			k.Work.HandedOverAt, k.Work.Sheet = noon, sheet.ID
			c.Open = []order.Sheet{sheet}
		}, want: handover.Twice},
		{name: "on this sheet, and cancelled since", change: func(k *order.Known, c *handover.Case) {
			k.Work.HandedOverAt, k.Work.Sheet, k.Standing = noon, sheet.ID, order.Gone
			c.Open = []order.Sheet{sheet}
		}, want: handover.Cancelled},
		{name: "on a sheet that is closed", change: func(k *order.Known, _ *handover.Case) { k.Work.HandedOverAt, k.Work.Sheet = noon, "H261121-01" }, want: handover.AlreadyGone},
		{name: "nobody knows it", change: func(_ *order.Known, c *handover.Case) { c.Code, c.Candidates = "NOPE", order.Candidates{} }, want: handover.Unknown},
		{name: "a command", change: func(_ *order.Known, c *handover.Case) { c.Candidates = order.Candidates{Command: "ok"} }, want: handover.NothingToDo},
		{name: "another warehouse's", rules: handover.Rules{Warehouse: "V"}, want: handover.OtherWarehouse},
		{name: "shipment is not arranged", change: func(k *order.Known, _ *handover.Case) { k.Standing = order.Ready }, want: handover.NotArranged},
		{name: "arranged by somebody else", change: func(k *order.Known, _ *handover.Case) { k.Work.Tries, k.Work.Arranged = 0, false }, want: handover.Elsewhere},
		{name: "the carrier has it", change: func(k *order.Known, _ *handover.Case) { k.Standing = order.Collected }, want: handover.Collected},
		{name: "a piece of it was cancelled", change: func(k *order.Known, _ *handover.Case) { k.Units = nil }, want: handover.NotPackable},
		{name: "the seller's own carrier's, which the platform takes for collected", change: func(k *order.Known, c *handover.Case) {
			k.Standing, k.Work.OwnCarrier, k.Work.Waybill, k.Work.WaybillVersion, k.Work.Handover = order.Collected, true, "OWN123456", k.WaybillVersion(), ""
			c.Code = "OWN123456"
		}, want: handover.OnSheet},
		{name: "the word is 11 s old", change: func(k *order.Known, _ *handover.Case) { k.ReadAt = noon.Add(-11 * time.Second) }, asks: "stand"},
		{name: "cancelled, 11 s ago", change: func(k *order.Known, _ *handover.Case) {
			k.ReadAt, k.Standing = noon.Add(-11*time.Second), order.Gone
		}, asks: "stand"},
		{name: "the word is 11 s old, and the platform does not answer", change: func(k *order.Known, c *handover.Case) {
			k.ReadAt, c.Unreachable = noon.Add(-11*time.Second), down
		}, want: handover.NeedsPerson},
		{name: "cancelled 11 s ago, and the platform does not answer", change: func(k *order.Known, c *handover.Case) {
			k.ReadAt, k.Standing, c.Unreachable = noon.Add(-11*time.Second), order.Gone, down
		}, want: handover.Cancelled},
		{name: "nobody has told how it is handed over", change: func(k *order.Known, _ *handover.Case) { k.Work.Handover = "" }, asks: "mode"},
		{name: "nobody can tell how it is handed over", change: func(k *order.Known, c *handover.Case) { k.Work.Handover, c.ModeAsked = "", true }, want: handover.OnSheet},
		{name: "the platform does not answer how it is handed over", change: func(k *order.Known, c *handover.Case) {
			k.Work.Handover, c.ModeAsked, c.Unreachable = "", true, down
		}, want: handover.NeedsPerson},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			k := packed("1")
			c := handover.Case{Code: "JX1", Now: noon}
			if test.change != nil {
				test.change(&k, &c)
			}
			if c.Candidates.Command == "" && c.Candidates.Replaced == nil && c.Code != "NOPE" {
				c.Candidates.Parcels = []order.Known{k}
			}
			v := test.rules.Judge(c)
			asks := map[bool]string{true: "stand"}[v.Ask] + map[bool]string{true: "mode"}[v.AskMode]
			if v.Outcome != test.want || asks != test.asks {
				t.Fatalf("%q (%s), asks %q; want %q, asks %q", v.Outcome, v.Said.Key, asks, test.want, test.asks)
			}
			events := v.Onto(c.Open, 0, noon, order.Scan{Code: c.Code}, order.Handover{})
			if on := len(events) > 0; on != (test.want == handover.OnSheet) {
				t.Errorf("%d events follow", len(events))
			}
		})
	}
}

func TestASwitchOfTheFirstMileIsOneSheet(t *testing.T) {
	rules := handover.Rules{Together: []handover.Together{{Name: "First mile", Carriers: []string{"j&t"}, Prefixes: []string{"WS"}, From: noon, To: noon.Add(time.Hour)}}}
	for _, test := range []struct {
		provider, tracking string
		after              time.Duration
		want               string
	}{
		{"J&T", "JX1", 0, "First mile"},
		{"Ninja Van", "WS1", 0, "First mile"},
		{"Ninja Van", "NV1", 0, "Ninja Van"},
		{"J&T", "JX1", -time.Second, "J&T"},
		{"J&T", "JX1", time.Hour, "J&T"},
	} {
		if got := rules.Carrier(test.provider, test.tracking, noon.Add(test.after)); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
}

func TestTheCardOfTheWarehouseComesBeforeThatOfAll(t *testing.T) {
	rules := handover.Rules{Cards: []handover.Card{{Carrier: "J&T", Person: "all"}, {Carrier: "J&T", Warehouse: "W", Person: "here"}, {Carrier: "J&T", Warehouse: "V", Person: "there"}}}
	for warehouse, want := range map[string]string{"W": "here", "X": "all"} {
		if got := rules.Card(handover.Place{Carrier: "J&T", Warehouse: warehouse}).Person; got != want {
			t.Errorf("at %s: %q", warehouse, got)
		}
	}
}

// Goods at the shelf are no parcel that nobody knows: only its label is what to scan.
func TestGoodsAtTheShelfAreNoUnknownParcel(t *testing.T) {
	for name, c := range map[string]order.Candidates{"a piece": {SKUs: []string{"TEE"}}, "a closed case": {Cases: []order.CaseOf{{SKU: "TEE", Pieces: 12}}}} {
		v := handover.Rules{}.Judge(handover.Case{Code: "6941057733289", Candidates: c, Now: noon})
		if v.Outcome != handover.Unknown || v.Said.Key != "handover.goods" {
			t.Errorf("%s: %s, %+v", name, v.Outcome, v.Said)
		}
	}
}

// A code from a foreign label may hold an address: no sentence repeats it.
func TestNoSentenceRepeatsMoreThanANumber(t *testing.T) {
	for code, want := range map[string]string{"JX-123": "JX-123", "[)>01Jane Doe, 5 High St": "…", strings.Repeat("1", 51): "…"} {
		v := handover.Rules{}.Judge(handover.Case{Code: code, Now: noon})
		if v.Outcome != handover.Unknown || v.Said.With["code"] != want {
			t.Errorf("%s: %+v", code, v.Said)
		}
	}
}
