package sandbox

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"packbench/internal/platform"
)

// answered is what the token host said.
type answered struct {
	Code    int
	Message string
	Data    struct {
		Access         string   `json:"access_token"`
		AccessExpires  int64    `json:"access_token_expire_in"`
		Refresh        string   `json:"refresh_token"`
		RefreshExpires int64    `json:"refresh_token_expire_in"`
		OpenID         string   `json:"open_id"`
		Seller         string   `json:"seller_name"`
		Region         string   `json:"seller_base_region"`
		UserType       *int     `json:"user_type"`
		Scopes         []string `json:"granted_scopes"`
	}
}

func ask(t *testing.T, s *Sandbox, method, path string, query url.Values) answered {
	t.Helper()
	recorded := httptest.NewRecorder()
	s.ServeHTTP(recorded, httptest.NewRequest(method, path+"?"+query.Encode(), nil))
	var a answered
	if err := json.Unmarshal(recorded.Body.Bytes(), &a); err != nil {
		t.Fatalf("%v in %s", err, recorded.Body)
	}
	return a
}

// with is a query with one value changed.
func with(query url.Values, name, value string) url.Values {
	changed := url.Values{name: {value}}
	for other := range query {
		if other != name {
			changed.Set(other, query.Get(other))
		}
	}
	return changed
}

func TestTokenHost(t *testing.T) {
	now := time.Date(2026, 11, 20, 8, 0, 0, 5, time.UTC)
	s := made(t, Options{Orders: 1, Seed: 3, Now: fixed, Clock: func() time.Time { return now }, TokenLife: time.Hour})
	first := s.Credentials()
	if !first.AccessExpires.Equal(now.Truncate(time.Second).Add(time.Hour)) {
		t.Errorf("the first access token ends at %v", first.AccessExpires)
	}
	code := url.Values{"app_key": {first.AppKey}, "app_secret": {first.AppSecret}, "auth_code": {first.AuthCode}, "grant_type": {"authorized_code"}}
	renew := url.Values{"app_key": {first.AppKey}, "app_secret": {first.AppSecret}, "refresh_token": {first.RefreshToken}, "grant_type": {"refresh_token"}}
	for name, c := range map[string]struct {
		method, path string
		query        url.Values
		code         int
	}{
		"code of another":          {"GET", tokenGetPath, with(code, "auth_code", "x"), 36004004},
		"code, wrong grant":        {"GET", tokenGetPath, with(code, "grant_type", "refresh_token"), 98001004},
		"code, wrong secret":       {"GET", tokenGetPath, with(code, "app_secret", "x"), 98001004},
		"code by POST":             {"POST", tokenGetPath, code, 36009010},
		"refresh token of another": {"GET", tokenRefreshPath, with(renew, "refresh_token", "x"), 98001006},
		"refresh, wrong grant":     {"GET", tokenRefreshPath, with(renew, "grant_type", "authorized_code"), 98001004},
		"refresh, wrong app":       {"GET", tokenRefreshPath, with(renew, "app_key", "x"), 98001004},
		"refresh by POST":          {"POST", tokenRefreshPath, renew, 36009010},
	} {
		if a := ask(t, s, c.method, c.path, c.query); a.Code != c.code {
			t.Errorf("%s: code %d, want %d", name, a.Code, c.code)
		}
	}
	if s.Credentials() != first {
		t.Error("a refused call changed the credentials")
	}
	now = now.Add(30 * time.Minute)
	got := ask(t, s, "GET", tokenGetPath, code)
	d := got.Data
	if got.Code != 0 || got.Message != "success" || d.UserType == nil || *d.UserType != 0 || d.OpenID == "" || d.Seller == "" ||
		d.Region != "MY" || len(d.Scopes) != 6 || d.AccessExpires != now.Add(time.Hour).Unix() || d.RefreshExpires != now.Add(refreshLife).Unix() {
		t.Errorf("%+v", got)
	}
	if a := ask(t, s, "GET", tokenGetPath, code); a.Code != 36004004 {
		t.Errorf("the same code again: %d", a.Code)
	}
	now = now.Add(30 * time.Minute)
	second := ask(t, s, "GET", tokenRefreshPath, with(renew, "refresh_token", d.Refresh))
	c := s.Credentials()
	if second.Code != 0 || second.Data.Access == d.Access || second.Data.Refresh == d.Refresh || second.Data.RefreshExpires != d.RefreshExpires ||
		second.Data.Access != c.AccessToken || second.Data.Refresh != c.RefreshToken || second.Data.AccessExpires != now.Add(time.Hour).Unix() {
		t.Errorf("%+v after %+v", second, got)
	}
	if a := ask(t, s, "GET", tokenRefreshPath, with(renew, "refresh_token", d.Refresh)); a.Code != 98001006 {
		t.Errorf("the used refresh token: %d", a.Code)
	}
	now = now.Add(refreshLife)
	if a := ask(t, s, "GET", tokenRefreshPath, with(renew, "refresh_token", second.Data.Refresh)); a.Code != 98001006 {
		t.Errorf("after the consent's end: %d", a.Code)
	}
}

func TestAccessTokensEnd(t *testing.T) {
	now := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	s := made(t, Options{Orders: 1, Now: fixed, Clock: func() time.Time { return now }, TokenLife: time.Minute})
	first := s.Credentials()
	shops := func(token string) int {
		query := url.Values{"app_key": {first.AppKey}, "timestamp": {"1795161600"}}
		query.Set("sign", platform.Sign(first.AppSecret, "/authorization/202309/shops", query, nil))
		recorded := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/authorization/202309/shops?"+query.Encode(), nil)
		r.Header.Set("x-tts-access-token", token)
		s.ServeHTTP(recorded, r)
		var a struct{ Code int }
		if err := json.Unmarshal(recorded.Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		return a.Code
	}
	now = now.Add(time.Minute - 1)
	if code := shops(first.AccessToken); code != 0 {
		t.Errorf("before its end: %d", code)
	}
	now = now.Add(1)
	if code := shops(first.AccessToken); code != 105002 {
		t.Errorf("at its end: %d", code)
	}
	renewed := ask(t, s, "GET", tokenRefreshPath, url.Values{"app_key": {first.AppKey}, "app_secret": {first.AppSecret},
		"refresh_token": {first.RefreshToken}, "grant_type": {"refresh_token"}})
	if code := shops(renewed.Data.Access); code != 0 {
		t.Errorf("the new one: %d", code)
	}
	if code := shops(first.AccessToken); code != 36009004 {
		t.Errorf("the old one: %d", code)
	}
	if n := s.Calls("GET " + tokenRefreshPath); n != 1 {
		t.Errorf("%d refreshes were counted", n)
	}
}
