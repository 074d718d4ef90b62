package platform

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"packbench/internal/order"
)

// refreshPath is the token host's call that gives a new pair of tokens for a refresh token (platform API 1.3).
const refreshPath = "/api/v2/token/refresh"

// wireTokens are the fields of its answer that a bench needs (platform API 1.3). The ends are absolute, in seconds.
type wireTokens struct {
	Access         text  `json:"access_token"`
	AccessExpires  whole `json:"access_token_expire_in"`
	Refresh        text  `json:"refresh_token"`
	RefreshExpires whole `json:"refresh_token_expire_in"`
}

// refreshTokens asks once for a new pair. The call is not signed: the secret stands in its address, which therefore never
// leaves this function, not even in an error. It is not tried again here; who needed the token tries again as a whole.
func (c *Client) refreshTokens(ctx context.Context, held Tokens) (Tokens, error) {
	address := *c.auth
	address.Path = refreshPath
	address.RawQuery = url.Values{
		"app_key": {c.appKey}, "app_secret": {c.secret}, "refresh_token": {held.Refresh}, "grant_type": {"refresh_token"},
	}.Encode()
	r := request{method: http.MethodGet, path: refreshPath}
	lost := &lostError{path: r.path}
	httpRequest, err := http.NewRequestWithContext(ctx, r.method, address.String(), nil)
	if err != nil {
		return Tokens{}, lost.because(ctx, err)
	}
	a, err := c.exchange(httpRequest, lost)
	if err != nil {
		return Tokens{}, err
	}
	data, refusal := c.read(r, a)
	if refusal != nil {
		return Tokens{}, refusal.problem(a.retryAfter())
	}
	var wire wireTokens
	if err := json.Unmarshal(data, &wire); err != nil || wire.Access == "" {
		return Tokens{}, order.Trouble(&Error{HTTP: a.status, Path: r.path, Message: "data is not what was asked for"}, keyGarbled)
	}
	next := Tokens{
		Access: string(wire.Access), AccessExpires: wire.AccessExpires.time(),
		Refresh: string(wire.Refresh), RefreshExpires: wire.RefreshExpires.time(),
	}
	if next.Refresh == "" { // whether every refresh gives a new one is not confirmed (platform API 1.3)
		next.Refresh, next.RefreshExpires = held.Refresh, held.RefreshExpires
	}
	return next, nil
}
