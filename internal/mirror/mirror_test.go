package mirror

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
	"packbench/store"
)

const (
	callShops    = "GET /authorization/202309/shops"
	callSearch   = "POST /order/202309/orders/search"
	callOrders   = "GET /order/202507/orders"
	callDocument = "GET /fulfillment/202309/packages/{package_id}/shipping_documents"
)

// mirrored is a mirror between a sandbox and a store.
type mirrored struct {
	*Mirror
	t       testing.TB
	dir     string
	store   *store.Store
	client  *platform.Client
	sandbox *sandbox.Sandbox
	stand   atomic.Pointer[http.HandlerFunc] // in the sandbox's place, if any
}

// picturesHere has the sandbox's own address put into the orders.
const picturesHere = "here"

func newMirrored(t testing.TB, o sandbox.Options) *mirrored {
	t.Helper()
	m := &mirrored{t: t, dir: t.TempDir()}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if stand := m.stand.Load(); stand != nil {
			(*stand)(w, r)
			return
		}
		m.sandbox.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	if o.Pictures == picturesHere {
		o.Pictures = server.URL
	}
	var err error
	if m.sandbox, err = sandbox.New(o); err != nil {
		t.Fatal(err)
	}
	if m.store, err = store.Open(m.dir, time.Now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.store.Close(); err != nil {
			t.Error(err)
		}
	})
	c := m.sandbox.Credentials()
	m.client, err = platform.New(platform.Config{
		BaseURL: server.URL, AppKey: c.AppKey, AppSecret: c.AppSecret, AccessToken: c.AccessToken,
		Patience: platform.Patience{Tries: 2, First: time.Millisecond, Within: time.Second},
	})
	if err != nil {
		t.Fatal(err)
	}
	m.Mirror = New(m.client, m.store, time.Now)
	return m
}

func (m *mirrored) sync() {
	m.t.Helper()
	if err := m.Sync(m.t.Context(), nil); err != nil {
		m.t.Fatal(err)
	}
}

// orders are the orders in the store, by id.
func (m *mirrored) orders() map[string]order.Order {
	m.t.Helper()
	all := map[string]order.Order{}
	if err := m.store.Orders(func(row store.OrderParcels) error {
		all[row.Order.ID] = row.Order
		return nil
	}); err != nil {
		m.t.Fatal(err)
	}
	return all
}

// shopOf is the id of the only shop.
func shopOf(m *mirrored) string {
	m.t.Helper()
	shops, err := m.client.Shops(m.t.Context())
	if err != nil || len(shops) != 1 {
		m.t.Fatalf("%v, %v", shops, err)
	}
	return shops[0].ID
}

// ready is the first parcel that can be packed.
func (m *mirrored) ready() order.Parcel {
	m.t.Helper()
	first, _, err := m.store.Waiting(1, "")
	if err != nil || len(first) != 1 {
		m.t.Fatalf("%v, %v", first, err)
	}
	return first[0].Parcel
}

// shopFile is a sandbox's data: shops A and B, and orders each given as shop, number and changed at.
func shopFile(t testing.TB, orders ...string) []byte {
	t.Helper()
	var all []json.RawMessage
	for _, o := range orders {
		all = append(all, json.RawMessage(o))
	}
	data, err := json.Marshal(map[string]any{"shops": []map[string]string{{"id": "A", "region": "MY", "name": "A"}, {"id": "B", "region": "MY", "name": "B"}}, "orders": all})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func orderFile(shop, id string, updated time.Time) string {
	return fmt.Sprintf(`{"id":%q,"shop_id":%q,"status":"AWAITING_SHIPMENT","shipping_type":"TIKTOK","is_on_hold_order":true,"update_time":%d,
		"create_time":1,"packages":[{"id":"P%s"}],"line_items":[{"id":"%s1","sku_id":"7","display_status":"AWAITING_SHIPMENT","package_id":"P%s"}]}`,
		id, shop, updated.Unix(), id, id, id)
}

// The first run reads everything, page by page; the next only what changed, with two calls.
func TestSyncReadsAllThenWhatChanged(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Orders: 250, Seed: 5})
	var heard []Progress
	if err := m.Sync(t.Context(), func(p Progress) { heard = append(heard, p) }); err != nil {
		t.Fatal(err)
	}
	if len(heard) != 3 || heard[0].Read != 100 || heard[1].Read != 199 || heard[2].Read != 250 || heard[0].Of != 250 || heard[2].Of != 250 ||
		heard[0].Shop.Name == "" {
		t.Errorf("heard of %+v", heard)
	}
	before := m.orders()
	if len(before) != 250 {
		t.Fatalf("%d orders", len(before))
	}
	if n := m.sandbox.Calls(callSearch); n != 3 {
		t.Errorf("%d pages", n)
	}
	parcel := m.ready()
	if _, err := m.Ship(t.Context(), parcel); err != nil {
		t.Fatal(err)
	}
	calls := m.sandbox.Calls(callSearch) + m.sandbox.Calls(callShops)
	began := time.Now()
	m.sync()
	if n := m.sandbox.Calls(callSearch) + m.sandbox.Calls(callShops) - calls; n > 2 {
		t.Errorf("the second run made %d calls", n)
	}
	for id, o := range m.orders() {
		want := before[id].Status
		if id == parcel.OrderIDs[0] {
			want = order.AwaitingCollection
		}
		if o.Status != want {
			t.Errorf("order %s is %s, want %s", id, o.Status, want)
		}
	}
	if last, err := m.store.LastReading(); err != nil || last.Before(began) {
		t.Errorf("last read %v, %v", last, err)
	}
}

// A reading starts again a while before the last change that was seen, because the platform's data settle late.
func TestSyncOverlaps(t *testing.T) {
	newest := time.Now().Add(-time.Hour).Truncate(time.Second)
	m := newMirrored(t, sandbox.Options{Data: shopFile(t, orderFile("A", "1", newest))})
	m.sync()
	seen, _, err := m.store.Reading("A")
	if err != nil || !seen.Equal(newest) {
		t.Errorf("seen up to %v, want %v, %v", seen, newest, err)
	}
	// What turns up late lies before the newest change: within the overlap it is found, beyond it is not.
	late := newMirrored(t, sandbox.Options{Data: shopFile(t,
		orderFile("A", "1", newest), orderFile("A", "2", newest.Add(-overlap)), orderFile("A", "3", newest.Add(-overlap-time.Second)))})
	if err := late.store.SaveReading("A", seen, newest); err != nil {
		t.Fatal(err)
	}
	late.sync()
	if got := late.orders(); len(got) != 2 || got["1"].ID == "" || got["2"].ID == "" {
		t.Errorf("read %v", got)
	}
	if seen, _, err := late.store.Reading("A"); err != nil || !seen.Equal(newest) {
		t.Errorf("the mark went to %v, %v", seen, err)
	}
}

// A reading that breaks off keeps what it read and how far it came: the next one goes on there.
func TestSyncThatBreaksOff(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Orders: 250, Seed: 5})
	var pages atomic.Int64
	break2 := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/search") && pages.Add(1) > 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		m.sandbox.ServeHTTP(w, r)
	})
	m.stand.Store(&break2)
	err := m.Sync(t.Context(), nil)
	if p := order.AsProblem(err); p == nil || !strings.HasPrefix(p.Key, "platform.") {
		t.Fatalf("%v", err)
	}
	if n := len(m.orders()); n != 100 {
		t.Errorf("%d orders were kept", n)
	}
	if last, err := m.store.LastReading(); err != nil || !last.IsZero() {
		t.Errorf("taken for a complete reading of %v, %v", last, err)
	}
	seen, _, err := m.store.Reading(shopOf(m))
	if err != nil || seen.IsZero() {
		t.Fatalf("seen up to %v, %v", seen, err)
	}
	var asked []string
	listen := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if strings.HasSuffix(r.URL.Path, "/search") {
			asked = append(asked, string(body))
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		m.sandbox.ServeHTTP(w, r)
	})
	m.stand.Store(&listen)
	m.sync()
	if want := fmt.Sprintf(`{"update_time_ge":%d}`, seen.Add(-overlap).Unix()); len(asked) == 0 || asked[0] != want {
		t.Errorf("asked %v, want %s first", asked, want)
	}
	if n := len(m.orders()); n != 250 {
		t.Errorf("%d orders after the next run", n)
	}
}

// One shop that cannot be read does not keep the others from being read.
func TestSyncReadsTheOtherShops(t *testing.T) {
	now := time.Now()
	m := newMirrored(t, sandbox.Options{Data: shopFile(t, orderFile("A", "1", now), orderFile("B", "2", now))})
	shops, err := m.client.Shops(t.Context())
	if err != nil || len(shops) != 2 {
		t.Fatalf("%v, %v", shops, err)
	}
	refuse := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("shop_cipher") == shops[0].Cipher {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{"code":36009043,"message":"Shop is inactive.","request_id":"1"}`)
			return
		}
		m.sandbox.ServeHTTP(w, r)
	})
	m.stand.Store(&refuse)
	if p := order.AsProblem(m.Sync(t.Context(), nil)); p == nil || p.Key != "platform.shop_inactive" {
		t.Errorf("%v", p)
	}
	if got := m.orders(); len(got) != 1 || got["2"].ShopID != "B" {
		t.Errorf("read %v", got)
	}
	if last, err := m.store.LastReading(); err != nil || !last.IsZero() {
		t.Errorf("all shops read at %v, %v", last, err)
	}
}

func TestNoCipherInTheFiles(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Orders: 20, Seed: 5})
	m.sync()
	shops, err := m.client.Shops(t.Context())
	if err != nil || len(shops) != 1 || len(shops[0].Cipher) < 10 {
		t.Fatalf("%v, %v", shops, err)
	}
	for _, name := range []string{"cache.db", "journal.db"} {
		data, err := os.ReadFile(filepath.Join(m.dir, name))
		if err != nil || len(data) == 0 || strings.Contains(string(data), shops[0].Cipher) {
			t.Errorf("%s holds the cipher, %v", name, err)
		}
	}
}

func TestRefresh(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Orders: 20, Seed: 5})
	m.sync()
	parcel := m.ready()
	if _, err := m.Ship(t.Context(), parcel); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	now, found, err := m.Refresh(t.Context(), parcel.Key)
	if err != nil || !found || now.Standing != order.Arranged || now.Tracking == "" || now.ReadAt.Before(began) || m.sandbox.Calls(callOrders) != 1 {
		t.Errorf("%+v, %v, %v", now, found, err)
	}
	if _, found, err := m.Refresh(t.Context(), "no-such-parcel"); found || err != nil || m.sandbox.Calls(callOrders) != 1 {
		t.Errorf("a parcel nobody knows: %v, %v", found, err)
	}
}

// The parcel's order lies in another package now.
func TestRefreshOfAParcelThatVanished(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Data: shopFile(t, orderFile("A", "1", time.Now()))})
	m.sync()
	known, found, err := m.store.Parcel("P1")
	if err != nil || !found {
		t.Fatalf("%v, %v", found, err)
	}
	again := strings.ReplaceAll(orderFile("A", "1", time.Now().Add(time.Minute)), `"P1"`, `"P7"`)
	stand := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/orders") {
			m.sandbox.ServeHTTP(w, r)
			return
		}
		fmt.Fprintf(w, `{"code":0,"message":"Success","request_id":"1","data":{"orders":[%s]}}`, again)
	})
	m.stand.Store(&stand)
	if p, found, err := m.Refresh(t.Context(), known.Key); found || err != nil {
		t.Errorf("%+v, %v", p, err)
	}
	if _, found, err := m.store.Parcel("P7"); !found || err != nil {
		t.Errorf("the new parcel is not there, %v", err)
	}
}

// An answer that leaves the order out is no fresh word of it: it must not be taken for one, nor asked for over and over.
func TestRefreshOfAnOrderThePlatformLeavesOut(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Data: shopFile(t, orderFile("A", "1", time.Now()))})
	m.sync()
	stand := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"code":0,"message":"Success","request_id":"1","data":{"orders":[]}}`)
	})
	m.stand.Store(&stand)
	if p, found, err := m.Refresh(t.Context(), "P1"); found || err != nil {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestShopNoLongerAuthorized(t *testing.T) {
	m := newMirrored(t, sandbox.Options{Data: shopFile(t, orderFile("A", "1", time.Now()), orderFile("B", "2", time.Now()))})
	m.sync()
	stand := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/shops") {
			fmt.Fprint(w, `{"code":0,"message":"Success","request_id":"1","data":{"shops":[{"id":"B","name":"B","region":"MY","cipher":"x"}]}}`)
			return
		}
		m.sandbox.ServeHTTP(w, r)
	})
	m.stand.Store(&stand)
	m.Mirror = New(m.client, m.store, time.Now) // as after a restart
	_, _, refreshed := m.Refresh(t.Context(), "P1")
	_, shipped := m.Ship(t.Context(), order.Parcel{Key: "P1", ShopID: "A"})
	_, _, _, documented := m.Document(t.Context(), order.Parcel{Key: "P1", ShopID: "A"})
	for what, err := range map[string]error{"refresh": refreshed, "ship": shipped, "document": documented} {
		if p := order.AsProblem(err); p == nil || p.Key != "mirror.shop_gone" {
			t.Errorf("%s: %v", what, err)
		}
	}
	none := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"code":0,"message":"Success","request_id":"1","data":{"shops":[]}}`)
	})
	m.stand.Store(&none)
	if p := order.AsProblem(m.Sync(t.Context(), nil)); p == nil || p.Key != "mirror.no_shops" {
		t.Errorf("%v", p)
	}
}
