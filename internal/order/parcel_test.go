package order

import (
	"fmt"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// waiting makes an order of one package that can be packed.
func waiting(id, pkg string, skus ...string) Order {
	o := Order{ID: id, Status: AwaitingShipment, ShippingType: ByPlatform, WentThroughHold: true, PackageIDs: []string{pkg}}
	for i, sku := range skus {
		o.Lines = append(o.Lines, Line{ID: fmt.Sprintf("%s.%d", id, i), SellerSKU: sku, PackageID: pkg, Status: AwaitingShipment})
	}
	return o
}

func skusOf(p Parcel) string {
	text := ""
	for _, unit := range p.Units {
		text += unit.SKU() + " "
	}
	return text
}

func TestUnitsOfBundlesGiftsAndCancelledLines(t *testing.T) {
	o := waiting("O1", "P1", "tee", "bundle", "gift", "gone")
	o.Lines[1].Parts = []Line{{ID: "a", SellerSKU: "cup"}, {ID: "b", SKUID: "1729"}, {ID: "c", SellerSKU: "x", Status: Cancelled}}
	o.Lines[2].Gift = true
	o.Lines[3].Status = Cancelled
	parcels := Parcels([]Order{o}, noon)
	if len(parcels) != 1 || skusOf(parcels[0]) != "tee cup 1729 gift " {
		t.Fatalf("%d parcels, %q", len(parcels), skusOf(parcels[0]))
	}
	if part := parcels[0].Units[1]; part.PackageID != "P1" || part.Status != AwaitingShipment || part.OrderID != "O1" {
		t.Errorf("a part does not inherit from its bundle: %+v", part)
	}
}

func TestCombinedAndSplitOrders(t *testing.T) {
	a, b := waiting("A", "P1", "tee"), waiting("B", "P1", "cap", "mug")
	b.Lines[1].PackageID = "P2"
	b.PackageIDs = []string{"P1", "P2"}
	a.BuyerMessage, b.SellerNote = "no price list", "blue tape"
	parcels := Parcels([]Order{a, b}, noon)
	if len(parcels) != 2 || skusOf(parcels[0]) != "tee cap " || skusOf(parcels[1]) != "mug " || len(parcels[0].Notes) != 2 {
		t.Fatalf("%+v", parcels)
	}
	if parcels[1].Number != 2 || parcels[1].Of != 2 {
		t.Errorf("parcel %d of %d", parcels[1].Number, parcels[1].Of)
	}
	a.Status = Cancelled
	parcels = Parcels([]Order{a, b}, noon)
	if skusOf(parcels[0]) != "cap " || parcels[0].Standing != Ready {
		t.Errorf("one of two orders cancelled: %q is %s", skusOf(parcels[0]), parcels[0].Standing)
	}
	b.CancelRequested = true
	if p := Parcels([]Order{a, b}, noon)[0]; p.Standing != CancelRequest {
		t.Errorf("standing %s", p.Standing)
	}
}

func TestStandings(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Order)
		want   Standing
	}{
		"ready":                     {func(*Order) {}, Ready},
		"unpaid":                    {func(o *Order) { o.Status = Unpaid }, NotPaid},
		"held":                      {func(o *Order) { o.Status = OnHold }, Held},
		"hour of remorse":           {func(o *Order) { o.WentThroughHold, o.PaidAt = false, noon.Add(-59*time.Minute) }, Held},
		"hour of remorse is over":   {func(o *Order) { o.WentThroughHold, o.PaidAt = false, noon.Add(-time.Hour) }, Ready},
		"no word of hold":           {func(o *Order) { o.WentThroughHold = false }, Ready},
		"cancelled":                 {func(o *Order) { o.Status = Cancelled }, Gone},
		"cancel requested":          {func(o *Order) { o.CancelRequested = true }, CancelRequest},
		"requested after the label": {func(o *Order) { o.CancelRequested, o.Status = true, AwaitingCollection }, CancelRequest},
		"arranged":                  {func(o *Order) { o.Status = AwaitingCollection }, Arranged},
		"in transit":                {func(o *Order) { o.Status = InTransit }, Collected},
		"completed":                 {func(o *Order) { o.Status = Completed }, Collected},
		"platform packs":            {func(o *Order) { o.FulfillmentType = FulfillmentByPlatform }, PlatformPacks},
		"seller ships":              {func(o *Order) { o.ShippingType = BySeller }, SellerShips},
		"no package yet":            {func(o *Order) { o.PackageIDs, o.Lines[0].PackageID = nil, "" }, WithoutPackage},
		"unheard of":                {func(o *Order) { o.Status = "TELEPORTED" }, UnknownStanding},
		"every line cancelled":      {func(o *Order) { o.Lines[0].Status = Cancelled }, Gone},
		"partly shipped, this not":  {func(o *Order) { o.Status = PartiallyShipping }, Ready},
		"partly shipped, no word":   {func(o *Order) { o.Status, o.Lines[0].Status = PartiallyShipping, "" }, Ready},
		"partly shipped, this too":  {func(o *Order) { o.Status, o.Lines[0].Status = PartiallyShipping, AwaitingCollection }, Arranged},
	} {
		o := waiting("O1", "P1", "tee")
		c.change(&o)
		if got := Parcels([]Order{o}, noon); len(got) != 1 || got[0].Standing != c.want {
			t.Errorf("%s: %+v, want %s", name, got, c.want)
		}
	}
}

func TestACancelledOrderStillTellsWhatWasInIt(t *testing.T) {
	o := waiting("O1", "P1", "tee", "cap")
	o.Status, o.Lines[0].Status, o.Lines[1].Status = Cancelled, Cancelled, Cancelled
	if p := Parcels([]Order{o}, noon); len(p) != 1 || p[0].Standing != Gone || skusOf(p[0]) != "tee cap " {
		t.Errorf("%+v", p)
	}
}

func TestKeysWithAndWithoutPackage(t *testing.T) {
	o := waiting("O1", "", "tee")
	o.PackageIDs = nil
	p := Parcels([]Order{o}, noon)[0]
	if p.Key != "o:O1" || p.Key.HasPackage() {
		t.Errorf("key %s", p.Key)
	}
	o.PackageIDs = []string{"P7"}
	if p := Parcels([]Order{o}, noon)[0]; p.Key != "P7" || !p.Key.HasPackage() {
		t.Errorf("key %s", p.Key)
	}
}

func TestAddressChangeIsANewLabelVersion(t *testing.T) {
	o := waiting("O1", "P1", "tee")
	before := Parcels([]Order{o}, noon)[0].LabelVersion
	o.AddressUpdated = true
	if after := Parcels([]Order{o}, noon)[0].LabelVersion; after == before || before == "" {
		t.Errorf("version %q stays %q", before, after)
	}
}

func TestDue(t *testing.T) {
	o := waiting("O1", "P1", "tee")
	if !o.Due().IsZero() {
		t.Error("a deadline out of nothing")
	}
	o.Times = PlatformTimes{ArrangeBy: noon, CollectBy: noon.Add(time.Hour)}
	if !o.Due().Equal(noon) || !Parcels([]Order{o}, noon)[0].Due.Equal(noon) {
		t.Error("to be arranged by noon")
	}
	o.Status = AwaitingCollection
	if !o.Due().Equal(noon.Add(time.Hour)) {
		t.Error("to be collected an hour later")
	}
	o.Status = Delivered
	if !o.Due().IsZero() {
		t.Error("a delivered order owes nothing")
	}
}

// A label bought for some units of an order leaves the others without a package.
func TestUnitsWithoutPackageBesideOneThatHas(t *testing.T) {
	o := Order{ID: "1", Market: "US", Status: PartiallyShipping, WentThroughHold: true, ShippingType: ByPlatform, PackageIDs: []string{"P1"}, Lines: []Line{
		{ID: "a", SKUID: "7", PackageID: "P1", Status: AwaitingCollection}, {ID: "b", SKUID: "7", Status: AwaitingShipment},
	}}
	parcels := Parcels([]Order{o}, time.Now())
	if len(parcels) != 2 || parcels[0].Key != "P1" || parcels[0].Standing != Arranged || parcels[1].Key != "o:1" || parcels[1].Standing != Ready || len(parcels[1].Units) != 1 {
		t.Errorf("%+v", parcels)
	}
	o.Lines[0].PackageID = "" // the platform names packages only in the order
	if parcels := Parcels([]Order{o}, time.Now()); len(parcels) != 1 || parcels[0].Key != "P1" || len(parcels[0].Units) != 2 {
		t.Errorf("%+v", parcels)
	}
}

// A package all units of which are cancelled, of an order that lives on, is a cancelled parcel and counts for nothing.
func TestPackageThatIsCancelledAlone(t *testing.T) {
	o := waiting("1", "P1", "tee", "cap")
	o.Lines[1].PackageID, o.Lines[1].Status = "P2", Cancelled
	parcels := Parcels([]Order{o}, noon)
	if len(parcels) != 2 || parcels[0].Key != "P1" || parcels[0].Standing != Ready || parcels[0].Of != 1 || len(parcels[0].Units) != 1 {
		t.Fatalf("%+v", parcels)
	}
	if dead := parcels[1]; dead.Key != "P2" || dead.Standing != Gone || len(dead.Units) != 0 || dead.Number != 1 || dead.Of != 1 {
		t.Errorf("%+v", dead)
	}
}
