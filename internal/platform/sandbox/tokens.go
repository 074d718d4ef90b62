package sandbox

import (
	"net/http"
	"net/url"
	"time"
)

// The calls of the token host, which this server answers too (platform API 1.3).
const (
	tokenGetPath     = "/api/v2/token/get"
	tokenRefreshPath = "/api/v2/token/refresh"
)

// refreshLife is the life of a consent: about a year (platform API 1.3).
const refreshLife = 365 * 24 * time.Hour

// defaultTokenLife is the life of an access token (platform API 1.3).
const defaultTokenLife = 7 * 24 * time.Hour

// scopes are what a packing bench needs (platform API 1.6).
var scopes = []string{
	"seller.authorization.info", "seller.order.info", "seller.fulfillment.basic",
	"seller.fulfillment.package.write", "seller.logistics", "seller.return_refund.basic",
}

// Credentials let a client in.
type Credentials struct {
	AppKey, AppSecret             string
	AccessToken, RefreshToken     string
	AccessExpires, RefreshExpires time.Time
	// AuthCode is what the seller's consent gave; it is exchanged for tokens once.
	AuthCode string
}

func newCredentials(seed int64, now time.Time, life time.Duration) Credentials {
	return Credentials{
		AppKey:         derived("app key", seed)[:12],
		AppSecret:      derived("app secret", seed)[:40],
		AccessToken:    "ROW_" + token("access", seed),
		RefreshToken:   "ROW_" + token("refresh", seed),
		AccessExpires:  wholeSeconds(now.Add(life)),
		RefreshExpires: wholeSeconds(now.Add(refreshLife)),
		AuthCode:       "ROW_" + token("code", seed),
	}
}

// wholeSeconds is a time as the token host can tell it.
func wholeSeconds(t time.Time) time.Time { return time.Unix(t.Unix(), 0).UTC() }

// Credentials are what a client signs with now. At first they are the same for the same seed, with lives that begin with New;
// each answer of the token host changes them.
func (s *Sandbox) Credentials() Credentials {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.credentials
}

// serveToken answers a call of the token host: unsigned, everything in the query (platform API 1.3).
func (s *Sandbox) serveToken(path string, exchange func(url.Values) *refusal) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.calls[r.Method+" "+path]++
		query := r.URL.Query()
		var refused *refusal
		switch {
		case r.Method != http.MethodGet:
			refused = &refusal{36009010, http.StatusMethodNotAllowed, "Invalid method."}
		case query.Get("app_key") != s.credentials.AppKey || query.Get("app_secret") != s.credentials.AppSecret:
			refused = refuse(98001004, "Invalid parameters: app_key or app_secret.")
		default:
			refused = exchange(query)
		}
		if refused != nil {
			s.write(w, nil, refused)
			return
		}
		s.rotate()
		s.send(w, http.StatusOK, envelope{Data: s.granted(), Message: "success"}) // in lower case (platform API 4.1)
	}
}

// takeCode lets an auth code in once.
func (s *Sandbox) takeCode(query url.Values) *refusal {
	switch {
	case query.Get("grant_type") != "authorized_code":
		return refuse(98001004, "Invalid parameters: grant_type.")
	case !s.spend(query.Get("auth_code")):
		return refuse(36004004, "The auth_code is invalid or has been used.")
	}
	s.credentials.RefreshExpires = wholeSeconds(s.clock().Add(refreshLife))
	return nil
}

// takeRefreshToken lets the newest refresh token in while the consent lasts.
func (s *Sandbox) takeRefreshToken(query url.Values) *refusal {
	switch {
	case query.Get("grant_type") != "refresh_token":
		return refuse(98001004, "Invalid parameters: grant_type.")
	case query.Get("refresh_token") != s.credentials.RefreshToken || !s.clock().Before(s.credentials.RefreshExpires):
		return refuse(98001006, "The refresh_token is invalid or has expired.")
	}
	return nil
}

// rotate makes a new pair of tokens and ends the old one at once, access token included. Whether the platform does is not
// confirmed (platform API 1.3); a client that lives with this lives with less. The consent's end stays where it is.
func (s *Sandbox) rotate() {
	s.rotations++
	of := []any{s.credentials.AppKey, s.rotations}
	s.credentials.AccessToken = "ROW_" + token("access", of)
	s.credentials.RefreshToken = "ROW_" + token("refresh", of)
	s.credentials.AccessExpires = wholeSeconds(s.clock().Add(s.tokenLife))
}

// granted is the answer of both calls (platform API 1.3); the ends are absolute, in seconds.
func (s *Sandbox) granted() any {
	owner := s.shops[0]
	return map[string]any{
		"access_token":            s.credentials.AccessToken,
		"access_token_expire_in":  s.credentials.AccessExpires.Unix(),
		"refresh_token":           s.credentials.RefreshToken,
		"refresh_token_expire_in": s.credentials.RefreshExpires.Unix(),
		"open_id":                 derived("open id", s.credentials.AppKey)[:32],
		"seller_name":             owner.Name,
		"seller_base_region":      owner.Region,
		"user_type":               0,
		"granted_scopes":          scopes,
	}
}
