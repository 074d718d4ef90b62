package platform_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/platform"
)

// tokenHost answers as it is told and keeps what it was asked.
func tokenHost(t *testing.T, answer http.HandlerFunc) (platform.Config, func() []*url.URL) {
	t.Helper()
	var mu sync.Mutex
	var seen []*url.URL
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen = append(seen, r.URL)
		mu.Unlock()
		if r.Method != http.MethodGet || r.Header.Get("x-tts-access-token") != "" {
			t.Errorf("%s with a token: %q", r.Method, r.Header.Get("x-tts-access-token"))
		}
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	return platform.Config{AuthURL: server.URL, AppKey: "key", AppSecret: "secret-of-the-app", Now: func() time.Time { return start }}, func() []*url.URL {
		mu.Lock()
		defer mu.Unlock()
		return seen
	}
}

func TestAuthorize(t *testing.T) {
	config, seen := tokenHost(t, says(200, `{"code":0,"message":"success","data":{"access_token":"ROW_a","access_token_expire_in":1795766400,
		"refresh_token":"ROW_r","refresh_token_expire_in":"1826697600","open_id":"o","seller_name":"Demo","seller_base_region":"MY","user_type":0,
		"granted_scopes":["seller.order.info","seller.fulfillment.basic","seller.authorization.info","seller.logistics","seller.scope.of.tomorrow"]}}`))
	grant, err := platform.Authorize(t.Context(), config, " ROW_code \n")
	want := platform.Grant{
		Tokens:     platform.Tokens{Access: "ROW_a", Refresh: "ROW_r", AccessExpires: at(1795766400), RefreshExpires: at(1826697600)},
		SellerName: "Demo", Region: "MY",
		Scopes: []string{"seller.order.info", "seller.fulfillment.basic", "seller.authorization.info", "seller.logistics", "seller.scope.of.tomorrow"},
	}
	same(t, err, want, grant)
	if diff := cmp.Diff([]string{"seller.fulfillment.package.write", "seller.return_refund.basic"}, grant.Missing()); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	query := url.Values{"app_key": {"key"}, "app_secret": {"secret-of-the-app"}, "auth_code": {"ROW_code"}, "grant_type": {"authorized_code"}}
	if asked := seen(); len(asked) != 1 || asked[0].Path != "/api/v2/token/get" || cmp.Diff(query, asked[0].Query()) != "" {
		t.Errorf("asked %v", asked)
	}
	if missing := (platform.Grant{}).Missing(); missing != nil {
		t.Errorf("of a grant that lists nothing %v is missing", missing)
	}
}

func TestAuthorizeRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		answer   http.HandlerFunc
		key      string
		reaction platform.Reaction
	}{
		"used":         {says(200, `{"code":36004004,"message":"bad code ROW_+code/ secret-of-the-app","request_id":"1"}`), "platform.code_used", platform.AskPerson},
		"used too":     {says(200, `{"code":98001005,"message":"used"}`), "platform.code_used", platform.AskPerson},
		"a creator":    {says(200, `{"code":0,"data":{"access_token":"ROW_a","user_type":1}}`), "platform.not_a_seller", platform.AskPerson},
		"a partner":    {says(200, `{"code":0,"data":{"access_token":"ROW_a","user_type":"3"}}`), "platform.not_a_seller", platform.AskPerson},
		"no token":     {says(200, `{"code":0,"data":{"user_type":0}}`), "platform.garbled", platform.AskPerson},
		"a stranger":   {says(200, "<html>Welcome"), "platform.garbled", platform.AskPerson},
		"overloaded":   {says(503, page503), "platform.busy", platform.Retry},
		"lost":         {cut, "platform.unreachable", platform.Retry},
		"leads astray": {to("http://example.com/?app_secret=x"), "platform.garbled", platform.AskPerson},
		"repeats it": {func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"code":1,"message":"`+r.URL.RawQuery+`"}`)
		}, "platform.refused", platform.AskPerson},
		"wrong app key": {says(400, `{"code":36009004,"message":"app_key is invalid"}`), "platform.app_key", platform.AskPerson},
	} {
		config, seen := tokenHost(t, c.answer)
		config.HTTP = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // or net/http repeats a lost GET
		grant, err := platform.Authorize(t.Context(), config, "ROW_+code/")
		wantProblem(t, err, c.key, c.reaction)
		if cmp.Diff(platform.Grant{}, grant) != "" || len(seen()) != 1 {
			t.Errorf("%s: %+v after %d calls", name, grant, len(seen()))
		}
		for _, shown := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
			if strings.Contains(shown, "secret-of-the-app") || strings.Contains(shown, "ROW_") {
				t.Errorf("%s: a secret is in %s", name, shown)
			}
		}
	}
	for _, code := range []string{"", "  ", "null"} {
		_, err := platform.Authorize(t.Context(), platform.Config{AuthURL: "https://auth.example", AppKey: "k", AppSecret: "s"}, code)
		wantProblem(t, err, "platform.no_code", platform.AskPerson)
	}
	_, err := platform.Authorize(t.Context(), platform.Config{AuthURL: "https://auth.example", AppKey: "k"}, "c")
	wantProblem(t, err, "platform.not_connected", platform.AskPerson)
	_, err = platform.Authorize(t.Context(), platform.Config{AuthURL: "http://auth.example", AppKey: "k", AppSecret: "s"}, "c")
	wantProblem(t, err, "platform.insecure_address", platform.AskPerson)
}
