package platform

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// refreshPath is the token host's call that gives a new pair of tokens for a refresh token (platform API 1.3).
const refreshPath = "/api/v2/token/refresh"

// wireTokens are the fields of the token host's answers that a bench needs (platform API 1.3). The ends are absolute, in seconds.
type wireTokens struct {
	Access         text   `json:"access_token"`
	AccessExpires  whole  `json:"access_token_expire_in"`
	Refresh        text   `json:"refresh_token"`
	RefreshExpires whole  `json:"refresh_token_expire_in"`
	SellerName     text   `json:"seller_name"`
	Region         text   `json:"seller_base_region"`
	UserType       whole  `json:"user_type"`
	Scopes         []text `json:"granted_scopes"`
}

func (w wireTokens) tokens() Tokens {
	return Tokens{
		Access: string(w.Access), AccessExpires: w.AccessExpires.time(),
		Refresh: string(w.Refresh), RefreshExpires: w.RefreshExpires.time(),
	}
}

// refreshTokens asks once for a new pair. It is not tried again here; who needed the token tries again as a whole.
func (c *Client) refreshTokens(ctx context.Context, held Tokens) (Tokens, error) {
	wire, err := c.askTokens(ctx, refreshPath, url.Values{"refresh_token": {held.Refresh}, "grant_type": {"refresh_token"}})
	if err != nil {
		return Tokens{}, err
	}
	next := wire.tokens()
	if next.Refresh == "" { // whether every refresh gives a new one is not confirmed (platform API 1.3)
		next.Refresh, next.RefreshExpires = held.Refresh, held.RefreshExpires
	}
	return next, nil
}

// askTokens asks the token host once. The call is not signed: the secret stands in its address, which therefore never leaves
// this function, not even in an error.
func (c *Client) askTokens(ctx context.Context, path string, query url.Values) (wireTokens, error) {
	address := *c.auth
	address.Path = path
	query.Set("app_key", c.appKey)
	query.Set("app_secret", c.secret)
	address.RawQuery = query.Encode()
	r := request{method: http.MethodGet, path: path}
	lost := &lostError{path: r.path}
	httpRequest, err := http.NewRequestWithContext(ctx, r.method, address.String(), nil)
	if err != nil {
		return wireTokens{}, lost.because(ctx, err)
	}
	a, err := c.exchange(httpRequest, lost, func() {})
	if err != nil {
		return wireTokens{}, err
	}
	data, refusal := c.read(r, a)
	if refusal != nil {
		return wireTokens{}, refusal.problem(a.retryAfter())
	}
	var wire wireTokens
	if err := json.Unmarshal(data, &wire); err != nil || wire.Access == "" {
		return wireTokens{}, r.garbled("data is not what was asked for")
	}
	return wire, nil
}
