package sandbox

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/internal/platform"
)

// moving is a clock that a test moves while the sandbox reads it.
func moving() (clock func() time.Time, pass func(time.Duration)) {
	var mu sync.Mutex
	at := now
	return func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return at
		}, func(d time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			at = at.Add(d)
		}
}

// visitor calls a sandbox over the network, signed, with a clock of its own.
type visitor struct {
	t      *testing.T
	s      *Sandbox
	server *httptest.Server
	clock  func() time.Time
	cipher string
}

// reply is what a visitor got. err is set where the connection ended before the answer did.
type reply struct {
	status int
	code   int64
	data   object
	header http.Header
	raw    string
	err    error
}

func visit(t *testing.T, o Options) *visitor {
	t.Helper()
	if o.Now == nil {
		o.Now = fixed
	}
	if o.Clock == nil {
		o.Clock = fixed
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return &visitor{t, s, server, o.Clock, s.shops[0].Cipher}
}

// scripted visits a plain shop with a scenario of these entries.
func scripted(t *testing.T, entries ...Entry) *visitor {
	t.Helper()
	return visit(t, Options{Orders: 40, Seed: 5, Scenario: &Scenario{Seed: 9, Entries: entries}})
}

func (v *visitor) call(method, path string, query url.Values, body string) reply {
	v.t.Helper()
	c := v.s.Credentials()
	all := url.Values{"app_key": {c.AppKey}, "timestamp": {strconv.FormatInt(v.clock().Unix(), 10)}}
	if !strings.HasPrefix(path, "/authorization/") {
		all.Set("shop_cipher", v.cipher)
	}
	for name := range query {
		all.Set(name, query.Get(name))
	}
	all.Set("sign", platform.Sign(c.AppSecret, path, all, []byte(body)))
	return v.send(method, path+"?"+all.Encode(), body)
}

func (v *visitor) send(method, target, body string) reply {
	v.t.Helper()
	r, err := http.NewRequest(method, v.server.URL+target, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("x-tts-access-token", v.s.Credentials().AccessToken)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		return reply{err: err}
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	got := reply{status: answer.StatusCode, header: answer.Header, raw: string(raw), err: err, code: -1}
	if o, err := readObject(bytes.TrimSpace(raw)); err == nil {
		got.code, got.data = o.number("code"), o.child("data")
	}
	return got
}

func (v *visitor) shops() reply {
	v.t.Helper()
	return v.call("GET", "/authorization/202309/shops", nil, "")
}

func (v *visitor) search(query url.Values) reply {
	v.t.Helper()
	return v.call("POST", "/order/202309/orders/search", with(query, "page_size", "10"), "{}")
}

func (v *visitor) ship(packageID string) reply {
	v.t.Helper()
	return v.call("POST", "/fulfillment/202309/packages/"+packageID+"/ship", nil, "{}")
}

func (v *visitor) label(packageID string) reply {
	v.t.Helper()
	return v.call("GET", "/fulfillment/202309/packages/"+packageID+"/shipping_documents", url.Values{"document_type": {"SHIPPING_LABEL"}}, "")
}

// waiting are the orders that wait for shipment, the oldest first, each with its only package.
func (v *visitor) waiting() (orders, packages []string) {
	v.s.mu.Lock()
	defer v.s.mu.Unlock()
	for _, r := range v.s.inOrder() {
		if r.Status == "AWAITING_SHIPMENT" && len(r.shares) == 1 {
			orders, packages = append(orders, r.ID), append(packages, r.shares[0].packageID)
		}
	}
	return orders, packages
}
