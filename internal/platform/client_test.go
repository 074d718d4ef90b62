package platform_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
)

func TestPaging(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 120}, nil)
	orders := b.all(50)
	if len(orders) != 120 {
		t.Fatalf("%d orders, want 120", len(orders))
	}
	seen := map[string]bool{}
	for i, o := range orders {
		if seen[o.ID] || o.ShopID != b.shop.ID || o.Market != "MY" {
			t.Errorf("order %s of %s in %s, twice: %t", o.ID, o.ShopID, o.Market, seen[o.ID])
		}
		seen[o.ID] = true
		if i > 0 && o.UpdatedAt.Before(orders[i-1].UpdatedAt) {
			t.Errorf("order %d is older than the one before", i)
		}
	}
	if calls := b.sandbox.Calls("POST /order/202309/orders/search"); calls != 3 {
		t.Errorf("%d calls, want 3", calls)
	}
}

func TestSearchSince(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 40}, nil)
	orders := b.all(0)
	middle := orders[20].UpdatedAt
	page, err := b.SearchOrders(t.Context(), b.shop, platform.Search{UpdatedSince: middle, PageSize: 500})
	if err != nil {
		t.Fatal(err)
	}
	want := slices.DeleteFunc(slices.Clone(orders), func(o order.Order) bool { return o.UpdatedAt.Before(middle) })
	if diff := cmp.Diff(want, page.Orders); diff != "" || page.Total != len(want) || page.Next != "" {
		t.Errorf("since %v: total %d, next %q, (-want +got):\n%s", middle, page.Total, page.Next, diff)
	}
}

func TestOrdersInFifties(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 120}, nil)
	var ids []string
	found := b.all(100)
	for _, o := range found {
		ids = append(ids, o.ID)
	}
	orders, err := b.Orders(t.Context(), b.shop, ids)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(found, orders); diff != "" {
		t.Errorf("detail differs from the list (-list +detail):\n%s", diff)
	}
	if calls := b.sandbox.Calls("GET /order/202507/orders"); calls != 3 {
		t.Errorf("%d calls, want 3", calls)
	}
	if orders, err := b.Orders(t.Context(), b.shop, nil); err != nil || len(orders) != 0 {
		t.Errorf("no ids: %v, %v", orders, err)
	}
	_, err = b.Orders(t.Context(), b.shop, append(ids[:2:2], "579999999999999999"))
	wantRefusal(t, err, 21008111, "platform.not_ours", platform.NotOurs)
}

func TestFromShippingToLabel(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 20, LabelDelay: 300 * time.Millisecond}, nil)
	ctx, o := t.Context(), b.first(order.AwaitingShipment)
	id := o.PackageIDs[0]

	before, err := b.Package(ctx, b.shop, id)
	want := platform.Package{ID: id, Status: "TO_FULFILL", SubStatus: "STOCKING", OrderIDs: []string{o.ID}, UpdatedAt: o.UpdatedAt}
	for _, unit := range o.Units() {
		want.LineIDs = append(want.LineIDs, unit.ID)
	}
	if diff := cmp.Diff(want, before); diff != "" || err != nil {
		t.Errorf("before: %v (-want +got):\n%s", err, diff)
	}
	_, err = b.ShippingDocument(ctx, b.shop, id, platform.DocumentRequest{})
	wantRefusal(t, err, 21023035, "platform.label_too_early", platform.LabelTooEarly)

	if err := b.Ship(ctx, b.shop, platform.Shipment{PackageID: id}); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, b.Ship(ctx, b.shop, platform.Shipment{PackageID: id}), 21011040, "platform.already_shipped", platform.AlreadyShipped)
	if calls := b.sandbox.Calls("POST /fulfillment/202309/packages/" + id + "/ship"); calls != 2 {
		t.Errorf("%d calls of ship, want 2", calls)
	}

	_, err = b.ShippingDocument(ctx, b.shop, id, platform.DocumentRequest{})
	wantRefusal(t, err, 11034037, "platform.label_not_ready", platform.LabelNotReady)
	making, err := b.Package(ctx, b.shop, id)
	if err != nil || making.SubStatus != "RTSING" || making.Status != "PROCESSING" || making.Tracking == "" {
		t.Errorf("in production: %+v, %v", making, err)
	}
	b.clock.move(time.Second)
	done, err := b.Package(ctx, b.shop, id)
	if err != nil || done.SubStatus != "RTS_success" || done.Tracking != making.Tracking || done.Provider != "J&T Express" {
		t.Errorf("ready: %+v, %v", done, err)
	}

	again, err := b.Orders(ctx, b.shop, []string{o.ID})
	if err != nil {
		t.Fatal(err)
	}
	if again[0].Status != order.AwaitingCollection || !again[0].UpdatedAt.After(o.UpdatedAt) || again[0].Provider != done.Provider {
		t.Errorf("order after shipping: %+v", again[0])
	}
	for _, unit := range again[0].Units() {
		if unit.Tracking != done.Tracking || unit.Status != order.AwaitingCollection {
			t.Errorf("unit after shipping: %+v", unit)
		}
	}
	if pdf := b.label(id); !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Errorf("no PDF: %q", pdf[:8])
	}
}

// label fetches the label of a package.
func (b *bench) label(id string) []byte {
	b.t.Helper()
	document, err := b.ShippingDocument(b.t.Context(), b.shop, id, platform.DocumentRequest{})
	if err != nil {
		b.t.Fatal(err)
	}
	pdf, err := b.Download(b.t.Context(), document.URL)
	if err != nil {
		b.t.Fatal(err)
	}
	return pdf
}

func TestLabelsDiffer(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 60}, nil)
	labels := map[string]string{}
	for _, o := range b.all(100) {
		if o.Status != order.AwaitingCollection {
			continue
		}
		pdf := b.label(o.PackageIDs[0])
		if other := labels[string(pdf)]; other != "" {
			t.Errorf("%s has the label of %s", o.PackageIDs[0], other)
		}
		labels[string(pdf)] = o.PackageIDs[0]
		if !bytes.Equal(pdf, b.label(o.PackageIDs[0])) {
			t.Errorf("%s: two downloads differ", o.PackageIDs[0])
		}
	}
	if len(labels) < 2 {
		t.Fatalf("%d parcels were arranged from the start", len(labels))
	}
}

func TestLabelLink(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 20}, nil)
	id := b.first(order.AwaitingCollection).PackageIDs[0]
	b.put(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("expire") != "" && (r.Header.Get("x-tts-access-token") != "" || r.Header.Get("Referer") != "") {
				t.Error("a document was asked for with a token or a referer")
			}
			next.ServeHTTP(w, r)
		})
	})
	document, err := b.ShippingDocument(t.Context(), b.shop, id, platform.DocumentRequest{})
	if err != nil {
		t.Fatal(err)
	}
	b.clock.move(24*time.Hour - time.Second)
	if _, err := b.Download(t.Context(), document.URL); err != nil {
		t.Errorf("within a day: %v", err)
	}
	_, err = b.Download(t.Context(), document.URL+"0")
	wantProblem(t, err, "platform.link_expired", platform.AskPerson)
	b.clock.move(time.Second)
	_, err = b.Download(t.Context(), document.URL)
	wantProblem(t, err, "platform.link_expired", platform.AskPerson)
}

func TestStatesThatCannotBeShipped(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 80}, nil)
	for status, want := range map[order.Status]struct {
		ship, label int
		shipKey     string
		reaction    platform.Reaction
	}{
		order.AwaitingCollection: {21011040, 0, "platform.already_shipped", platform.AlreadyShipped},
		order.InTransit:          {21011040, 21042102, "platform.already_shipped", platform.AlreadyShipped},
		order.Delivered:          {21011027, 21042102, "platform.delivered", platform.AskPerson},
		order.Cancelled:          {21011041, 21023059, "platform.cancelled", platform.Cancelled},
	} {
		t.Run(string(status), func(t *testing.T) {
			id := b.first(status).PackageIDs[0]
			wantRefusal(t, b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: id}), want.ship, want.shipKey, want.reaction)
			_, err := b.ShippingDocument(t.Context(), b.shop, id, platform.DocumentRequest{})
			switch want.label {
			case 0:
				if err != nil {
					t.Error(err)
				}
			case 21042102:
				wantRefusal(t, err, want.label, "platform.label_too_late", platform.LabelTooLate)
			default:
				wantRefusal(t, err, want.label, "platform.cancelled", platform.Cancelled)
			}
		})
	}
	_, err := b.Package(t.Context(), b.shop, "1159999999999999999")
	wantRefusal(t, err, 21011028, "platform.not_ours", platform.NotOurs)
}

func TestOnlyPackageIDsBecomePaths(t *testing.T) {
	b := open(t, sandbox.Options{}, nil)
	for _, id := range []string{"", "o:579200000000000000", "1/../../x", "1?x=1", "一"} {
		wantProblem(t, b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: id}), "platform.no_package", platform.AskPerson)
		_, err := b.Package(t.Context(), b.shop, id)
		wantProblem(t, err, "platform.no_package", platform.AskPerson)
		_, err = b.ShippingDocument(t.Context(), b.shop, id, platform.DocumentRequest{})
		wantProblem(t, err, "platform.no_package", platform.AskPerson)
	}
}

func TestNewRefuses(t *testing.T) {
	for address, key := range map[string]string{
		"http://open-api.tiktokglobalshop.com": "platform.insecure_address",
		"ftp://localhost":                      "platform.insecure_address",
		"http://127.0.0.1.example.com":         "platform.insecure_address",
		"https://user:pass@localhost":          "platform.bad_address",
		"https://localhost/api":                "platform.bad_address",
		"https://localhost?x=1":                "platform.bad_address",
		"localhost:80":                         "platform.bad_address",
		"":                                     "platform.bad_address",
		"https://%zz":                          "platform.bad_address",
	} {
		_, err := platform.New(platform.Config{BaseURL: address, AppKey: "k", AppSecret: "s", AccessToken: "t"})
		wantProblem(t, err, key, platform.AskPerson)
	}
	for _, address := range []string{"https://open-api.tiktokglobalshop.com", "http://127.0.0.9:1", "http://[::1]:1", "http://localhost/"} {
		if _, err := platform.New(platform.Config{BaseURL: address, AppKey: "k", AppSecret: "s", AccessToken: "t"}); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, missing := range []platform.Config{{AppSecret: "s", AccessToken: "t"}, {AppKey: "k", AccessToken: "t"}, {AppKey: "k", AppSecret: "s"}} {
		missing.BaseURL = "https://localhost"
		_, err := platform.New(missing)
		wantProblem(t, err, "platform.not_connected", platform.AskPerson)
	}
}

func TestOwnLimit(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 4}, func(c *platform.Config) { c.ReadsPerSecond, c.WritesPerSecond = 20, 1 })
	began := time.Now()
	for range 30 {
		if _, err := b.Shops(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took < 400*time.Millisecond {
		t.Errorf("30 reads at 20 a second with a burst of 20 took %v", took)
	}
	_, err := b.Shops(expired(t))
	wantProblem(t, err, "platform.interrupted", platform.Retry)
}

func ExampleReactionTo() {
	fmt.Println(platform.ReactionTo(&platform.Error{Code: 21021010, Path: "/fulfillment/202309/packages/1/ship"}))
	fmt.Println(platform.ReactionTo(&platform.Error{Code: 21021010, Path: "/fulfillment/202309/packages/1/shipping_documents"}))
	// Output:
	// ask_person
	// cancel_pending
}
