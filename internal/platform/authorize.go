package platform

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"packbench/internal/order"
)

// authorizePath is the token host's call that gives the first pair of tokens for a consent's code (platform API 1.3).
const authorizePath = "/api/v2/token/get"

// sellerAccount is the user_type of an account that sells; creators and partners have no orders (platform API 1.3).
const sellerAccount = 0

// neededScopes are what a packing station asks of the platform (platform API 1.6).
var neededScopes = []string{
	"seller.authorization.info", "seller.order.info", "seller.fulfillment.basic", "seller.fulfillment.package.write",
	"seller.logistics", "seller.return_refund.basic",
}

// Grant is what a seller's consent gave.
type Grant struct {
	Tokens
	SellerName string
	Region     string // ISO 3166, of the seller, not of each shop
	UserType   int    // always 0, a seller
	Scopes     []string
}

// Missing are the scopes a packing station needs and the grant lacks; where the platform listed none at all, it is not known
// which are there, and none is missing.
func (g Grant) Missing() []string {
	if len(g.Scopes) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(neededScopes), func(scope string) bool { return slices.Contains(g.Scopes, scope) })
}

// Authorize exchanges the code of a seller's consent for tokens (platform API 1.2, 1.3). Of c it uses AuthURL, AppKey,
// AppSecret, HTTP and Now. A code works once and for 30 minutes, so that it is sent once; one that is no longer good fails as
// platform.code_used. An account that is not a seller's fails as platform.not_a_seller.
func Authorize(ctx context.Context, c Config, code string) (Grant, error) {
	code = strings.TrimSpace(code)
	if code == "" || code == "null" { // null is what the address holds after a refusal (platform API 1.2)
		return Grant{}, order.Trouble(nil, "platform.no_code")
	}
	// The code stands where a token will: it is as secret, and no error repeats it.
	asker, err := New(Config{
		BaseURL: c.AuthURL, AuthURL: c.AuthURL, AppKey: c.AppKey, AppSecret: c.AppSecret, AccessToken: code, HTTP: c.HTTP, Now: c.Now,
	})
	if err != nil {
		return Grant{}, err
	}
	wire, err := asker.askTokens(ctx, authorizePath, url.Values{"auth_code": {code}, "grant_type": {"authorized_code"}})
	if err != nil {
		return Grant{}, err
	}
	if wire.UserType != sellerAccount {
		return Grant{}, order.Trouble(nil, "platform.not_a_seller", "type", int(wire.UserType))
	}
	return Grant{
		Tokens: wire.tokens(), SellerName: string(wire.SellerName), Region: string(wire.Region), UserType: int(wire.UserType),
		Scopes: plain(wire.Scopes),
	}, nil
}
