package order

import (
	"regexp"
	"slices"
	"testing"
)

func TestPostcodeShape(t *testing.T) {
	for postcode, want := range map[string]string{
		"LS1 4AP": "AA9 9AA", " 10115 ": "99999", "150-0001": "999-9999", "32***": "", "": "", "１０１": "???", "D02/AF": "A99?AA", "ls1 4ap": "AA9 9AA",
	} {
		if got := PostcodeShape(postcode); got != want {
			t.Errorf("%q has shape %q, want %q", postcode, got, want)
		}
	}
}

func TestNotLatin(t *testing.T) {
	for text, want := range map[string]bool{
		"12 Sample Road": false, "Việt Nam, Hà Nội": false, "São Paulo 2º andar": false, "上海市": true, "Улица 5": true, "قرية": true, "ถนน 4": true,
		"": false, "张*****": false, "A*** 张": false, "#12-03 / 4": false,
	} {
		if got := NotLatin(text); got != want {
			t.Errorf("%q not Latin: %t", text, got)
		}
	}
	if !NotLatin("A****", "Clear Road", "北京") {
		t.Error("one clear field in another script is enough")
	}
}

// Each check in a market where it is on, off, and where every market's rule holds.
func TestFindings(t *testing.T) {
	checks := &Checks{
		Postcodes: map[Market]*regexp.Regexp{"GB": regexp.MustCompile(`^AA9 9AA$`)},
		Prefixes:  []Prefix{{Market: "GB", Carrier: "Evri", Begins: []string{"H0", "T0"}}},
		Handover:  map[string]string{"shop": "PICKUP"},
	}
	for _, check := range AllChecks {
		checks.Rules = append(checks.Rules, CheckRule{EveryMarket, check, Warns, "all"}, CheckRule{"US", check, Unchecked, ""}, CheckRule{"GB", check, AsksPacker, "Britain"})
	}
	bad := Parcel{
		ShopID: "shop", Market: "GB", NotLatin: true, Postcode: "99999", Tracking: "X1", Provider: "evri", Handover: "DROP_OFF",
		Units: []Unit{{Line: Line{ID: "1", DangerousGood: true}}}, Notes: []Note{{Text: "fragile"}, {FromBuyer: true, Text: "no price list"}},
	}
	good := Parcel{
		ShopID: "shop", Market: "GB", Postcode: "AA9 9AA", Tracking: "T01", Provider: "Evri", Handover: "PICKUP", Flow: ShipOwn,
		Units: []Unit{{Line: Line{ID: "1", ProductName: "tee"}}},
	}
	ofParcel := slices.DeleteFunc(slices.Clone(AllChecks), func(c CheckID) bool { return c == CheckInserts || c == CheckMaterial }) // those are of the work
	for _, c := range []struct {
		name     string
		p        Parcel
		w        Work
		severity Severity
		source   string
		want     []CheckID
	}{
		{"all that is wrong", bad, Work{}, AsksPacker, "Britain", ofParcel},
		{"but for what is seen to", bad, Work{Heeded: AllChecks[1:]}, AsksPacker, "Britain", AllChecks[:1]},
		{"nothing is wrong", good, Work{}, "", "", nil},
		{"off in its market", under(bad, "US"), Work{}, "", "", nil},
		{"no format and no prefix known there", under(bad, "MY"), Work{}, Warns, "all", []CheckID{CheckScript, CheckName, CheckHazmat, CheckQR, CheckHandover, CheckNote}},
		{"by the seller's own carrier", with(bad, func(p *Parcel) { p.Flow = MarkShipped }), Work{}, AsksPacker, "Britain", append(AllChecks[:4:4], CheckNote)},
		{"of a seller in the market", with(bad, func(p *Parcel) { p.LocalSeller = true }), Work{}, AsksPacker, "Britain",
			slices.DeleteFunc(slices.Clone(ofParcel), func(c CheckID) bool { return c == CheckQR })},
		{"under the seller's own number", bad, Work{OwnCarrier: true}, AsksPacker, "Britain", append(AllChecks[:4:4], CheckNote)},
		{"not judged", with(bad, func(p *Parcel) { p.Postcode, p.Tracking, p.Handover, p.NotLatin = "", "", "", false }), Work{}, AsksPacker, "Britain",
			[]CheckID{CheckName, CheckHazmat, CheckQR, CheckNote}},
		{"another carrier, whose numbers nobody knows", with(bad, func(p *Parcel) { p.Provider = "Yodel" }), Work{Heeded: AllChecks[:5]}, AsksPacker, "Britain",
			[]CheckID{CheckHandover, CheckNote}},
	} {
		var got []CheckID
		for _, f := range checks.Findings(c.p, c.w) {
			got = append(got, f.Check)
			if f.Severity != c.severity || f.Source != c.source || f.Said.Key == "" {
				t.Errorf("%s: %+v", c.name, f)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: found %v, want %v", c.name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: found %v, want %v", c.name, got, c.want)
			}
		}
	}
	var none *Checks
	if none.Findings(bad, Work{}) != nil || none.WantsHandover(bad) {
		t.Error("no rules found something")
	}
}

func under(p Parcel, m Market) Parcel { p.Market = m; return p }

func with(p Parcel, change func(*Parcel)) Parcel { change(&p); return p }
