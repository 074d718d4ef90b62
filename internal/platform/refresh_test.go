package platform_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/platform"
)

func TestTokenHostInTrouble(t *testing.T) {
	a := shortLived(t, nil)
	a.outlive(2 * time.Minute)
	a.atRefresh(2, says(503, page503))
	if _, err := a.Shops(t.Context()); err != nil {
		t.Errorf("a read after two failures: %v", err)
	}
	for name, test := range map[string]struct {
		answer   http.HandlerFunc
		key      string
		reaction platform.Reaction
	}{
		"lost":         {cut, "platform.unreachable", platform.Retry},
		"overloaded":   {says(503, page503), "platform.busy", platform.Retry},
		"a stranger":   {says(200, "<html>Welcome to Free WiFi"), "platform.garbled", platform.AskPerson},
		"no token":     {says(200, `{"code":0,"data":{"refresh_token":"x"}}`), "platform.garbled", platform.AskPerson},
		"leads astray": {to("http://example.com/?app_secret=x"), "platform.garbled", platform.AskPerson},
	} {
		a := shortLived(t, nil)
		a.outlive(2 * time.Minute)
		a.atRefresh(-1, test.answer)
		// The shipment was refused for its token and never sent again: it certainly did not happen.
		err := a.Ship(t.Context(), a.shop, platform.Shipment{PackageID: "1"})
		wantProblem(t, err, test.key, test.reaction)
		if n := a.sandbox.Calls("POST /fulfillment/202309/packages/1/ship"); n != 1 {
			t.Errorf("%s: sent %d times", name, n)
		}
		a.put(nil)
		if _, err := a.Shops(t.Context()); err != nil {
			t.Errorf("%s, afterwards: %v", name, err)
		}
	}
}

// An answer without a refresh token leaves the old one in use.
func TestRefreshTokenThatStays(t *testing.T) {
	a := shortLived(t, nil)
	c := a.sandbox.Credentials()
	a.outlive(2 * time.Minute)
	a.atRefresh(-1, says(200, `{"code":0,"data":{"access_token":"ROW_new","access_token_expire_in":0}}`))
	_, err := a.Shops(t.Context())
	wantRefusal(t, err, 36009004, "platform.token_invalid", platform.ReAuthorize) // ours, not the sandbox's
	want := platform.Tokens{Access: "ROW_new", Refresh: c.RefreshToken}
	if len(a.kept) != 1 || a.kept[0] != want {
		t.Errorf("kept %d pairs, not the one with the old refresh token", len(a.kept))
	}
}

func TestRefreshesKeepSecrets(t *testing.T) {
	var failures []error
	var secrets []string
	for _, answer := range []http.HandlerFunc{
		nil, cut, to("http://[/?app_secret=x"),
		func(w http.ResponseWriter, r *http.Request) {
			_, _ = fmt.Fprintf(w, `{"code":98001006,"message":"bad %s %s","request_id":"1"}`, r.URL.RawQuery, r.URL.Query().Get("refresh_token"))
		},
	} {
		a := shortLived(t, nil)
		c := a.sandbox.Credentials()
		secrets = append(secrets, c.AppSecret, c.AccessToken, c.RefreshToken)
		if answer == nil {
			a.Client, _ = platform.New(a.config(func(p *platform.Config) { p.AuthURL, p.RefreshToken = "http://127.0.0.1:1", c.RefreshToken }))
		} else {
			a.atRefresh(-1, answer)
		}
		a.outlive(2 * time.Minute)
		_, err := a.Shops(t.Context())
		failures = append(failures, err)
	}
	for i, err := range failures {
		if err == nil {
			t.Errorf("failure %d was none", i)
			continue
		}
		for _, shown := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
			if slices.ContainsFunc(secrets, func(s string) bool { return strings.Contains(shown, s) }) {
				t.Errorf("a secret is in %s", shown)
			}
		}
	}
}
