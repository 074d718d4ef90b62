package cli

import (
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/store"
)

// travelling are parcels that have left, each as its key in the test says: what the carrier said of it, and when it was last asked.
func travelling(t *testing.T, p *place, now time.Time) {
	t.Helper()
	files, err := store.Open(p.dir, func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	hour := func(h int) time.Time { return now.Add(time.Duration(h) * time.Hour) }
	for id, said := range map[string][]order.TrackingEvent{
		"1": {{At: hour(-60), Text: "picked up by the carrier"}, {At: hour(-50), Text: "somewhere"}},
		"2": {{At: hour(-60), Text: "picked up by the carrier"}, {At: hour(-10), Text: "Delivery can't be completed"}},
		"3": {{At: hour(-160), Text: "picked up by the carrier"}, {At: hour(-150), Text: "somewhere"}},
		"4": {{At: hour(-20), Text: "picked up by the carrier"}, {At: hour(-2), Text: "somewhere"}},
		"5": {},
	} {
		o := order.Order{
			ID: "90000000000000000" + id, ShopID: "7", Market: "US", Status: order.InTransit, ShippingType: order.ByPlatform, Currency: "USD", Provider: "USPS",
			CreatedAt: hour(-170), PaidAt: hour(-170), ArrangedAt: hour(-165), CollectedAt: hour(-161), UpdatedAt: hour(-1), PackageIDs: []string{"80" + id},
			Lines: []order.Line{{ID: "1" + id, SKUID: "S", SellerSKU: "TEE", PackageID: "80" + id, Tracking: "TRK" + id, Price: 150_00, Status: order.InTransit}},
		}
		if id == "5" {
			o.Status, o.Lines[0].Status, o.CollectedAt = order.AwaitingCollection, order.AwaitingCollection, time.Time{}
			if err := files.Append([]order.Event{{At: hour(-30), Kind: order.HandedOver, Parcel: "805", Handover: order.Handover{Sheet: "H1"}}}); err != nil {
				t.Fatal(err)
			}
		}
		if err := files.SaveOrders([]order.Order{o}, now); err != nil {
			t.Fatal(err)
		}
		phrases := order.Phrases{order.NewPhrase(order.TakenByCarrier, "en", []string{"picked up"}, nil), order.NewPhrase(order.Undeliverable, "en", []string{"can't be completed"}, nil)}
		if err := files.SaveTracking(o.ID, said, order.TransitOf(said, phrases), now); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTransit(t *testing.T) {
	now := time.Now().Truncate(time.Second)
	p := newPlace(t, sandbox.Options{})
	travelling(t, p, now)
	list := func() (causes map[order.ParcelKey]transitLine) {
		t.Helper()
		end := p.run("", &TransitList{At: now.Format(time.RFC3339), JSON: true})
		if end.code != ExitNeedsPerson {
			t.Fatalf("exit code %d: %s", end.code, end.stderr)
		}
		causes = map[order.ParcelKey]transitLine{}
		for _, line := range read[transitLine](t, end.stdout) {
			if causes[line.PackageID].Cause != "" {
				t.Errorf("%s is listed twice", line.PackageID)
			}
			causes[line.PackageID] = line
		}
		return causes
	}
	check := func(what string, want map[order.ParcelKey][2]string) {
		t.Helper()
		got := list()
		if len(got) != len(want) {
			t.Errorf("%s: %+v", what, got)
		}
		for key, is := range want {
			if line := got[key]; string(line.Cause) != is[0] || string(line.Next) != is[1] || line.Say == "" || strings.Contains(line.Say, "transit.") {
				t.Errorf("%s: %s: %+v, want %v", what, key, line, is)
			}
		}
	}
	all := map[order.ParcelKey][2]string{"801": {"tracking_quiet", "compare_track"}, "802": {"delivery_failed", "redeliver"}, "803": {"tracking_silent", "compare_track"}, "805": {"no_carrier_scan", "ask_carrier"}}
	check("at first", all)
	if line := list()["803"]; line.AgeS != 150*3600 || line.Tracking != "TRK3" || line.Carrier != "USPS" || line.ClaimUSD != "" || line.Value != "150.00" || line.OrderIDs[0] != "900000000000000003" {
		t.Errorf("%+v", line)
	}

	text := p.must("", &TransitRedelivery{Order: "900000000000000002"})
	for _, part := range []string{"900000000000000002", "802", "TRK2", "USPS", now.Add(-10 * time.Hour).UTC().Format("2006-01-02 15:04 UTC"), "name: [[", "phone: [[", "house number: [[", "Postcode: [["} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in %s", part, text)
		}
	}
	for _, refused := range []struct {
		verb verb
		says string
	}{
		{&TransitRedelivery{Order: "900000000000000001"}, "transit.not_failed"},
		{&TransitFiled{Order: "900000000000000001"}, "transit.not_failed"},
		{&TransitRedelivery{Order: "123"}, "refused.unknown_code"},
		{&TransitLost{Package: "nothing"}, "refused.unknown_code"},
		{&TransitFound{Package: "801"}, "transit.not_lost"},
	} {
		if end := p.run("", refused.verb); end.code != ExitFailed || !strings.Contains(end.stderr, refused.says) {
			t.Errorf("%+v: %d, %s", refused.verb, end.code, end.stderr)
		}
	}
	p.must("", &TransitFiled{Order: "900000000000000002"})
	p.must("", &TransitFiled{Order: "900000000000000003", Sync: true})
	p.must("", &TransitLost{Package: "TRK1"})
	all["801"], all["802"], all["803"] = [2]string{"lost", "claim"}, [2]string{"delivery_failed", "wait"}, [2]string{"tracking_silent", "wait"}
	check("once it is seen to", all)
	if line := list()["801"]; line.ClaimUSD != "100.00" || line.Value != "150.00" || line.Currency != "USD" {
		t.Errorf("%+v", line)
	}
	for _, twice := range []verb{&TransitFiled{Order: "900000000000000002"}, &TransitRedelivery{Order: "900000000000000002"}} {
		if end := p.run("", twice); end.code != ExitFailed || !strings.Contains(end.stderr, "transit.filed_before") {
			t.Errorf("%+v: %d, %s", twice, end.code, end.stderr)
		}
	}
	p.must("", &TransitFound{Package: "801"})
	all["801"] = [2]string{"tracking_quiet", "compare_track"}
	check("found again", all)
	if history := p.must("", &History{Code: "802"}); !strings.Contains(history, "request to deliver again filed") {
		t.Error(history)
	}
	people := p.run("", &TransitList{At: now.Format(time.RFC3339)}).stdout
	if lines := strings.Split(strings.TrimSpace(people), "\n"); len(lines) != 5 || !strings.Contains(people, "a logistics exception") {
		t.Error(people)
	}
}

// Where the platform did not say when the authorisation ends, the rule counts from the day it was given: it is warned of, and what is silent then is no carrier's fault.
func TestTheAuthorisationsClock(t *testing.T) {
	now := time.Now().Truncate(time.Second)
	p := newPlace(t, sandbox.Options{})
	travelling(t, p, now)
	told := now.Add(400 * 24 * time.Hour)
	for name, test := range map[string]struct {
		authorized, expires time.Time
		warns               string
		next                order.Remedy
	}{
		"given 80 days ago":                  {now.AddDate(0, 0, -80), time.Time{}, Day(now.AddDate(0, 0, 10)), order.RemedyCompare},
		"given 91 days ago":                  {now.AddDate(0, 0, -91), time.Time{}, "ended", order.RemedyLogin},
		"the platform says later":            {now.AddDate(0, 0, -91), told, "", order.RemedyCompare},
		"nobody knows":                       {time.Time{}, time.Time{}, "", order.RemedyCompare},
		"given yesterday, and nothing ended": {now.AddDate(0, 0, -1), time.Time{}, "", order.RemedyCompare},
	} {
		p.with(func(s *settings.Settings) {
			s.Platform.AuthorizedAt, s.Platform.RefreshExpires = test.authorized, test.expires
		})
		end := p.run("", &TransitList{At: now.Format(time.RFC3339), JSON: true})
		if (end.stderr != "") != (test.warns != "") || !strings.Contains(end.stderr, test.warns) {
			t.Errorf("%s: it says %q", name, end.stderr)
		}
		for _, line := range read[transitLine](t, end.stdout) {
			if line.PackageID == "803" && line.Next != test.next {
				t.Errorf("%s: %+v", name, line)
			}
		}
	}
}
