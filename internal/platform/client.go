// Package platform talks to the TikTok Shop API for a packing bench: which shops and orders there are, what a package
// looks like, arranging its shipment and fetching its label (platform API, versions 202309 and 202507).
//
// Every error is an *order.Problem. Where the platform answered, its chain holds an *Error with the code; what to do
// about either is ReactionTo's answer. No error and no log of this package holds a token, a secret, a cipher, a query
// or a document's address.
package platform

import (
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"packbench/internal/order"
)

// Config is what a Client needs to know. The zero values of all but the first four fields are usable.
type Config struct {
	// BaseURL is where the platform answers, such as https://open-api.tiktokglobalshop.com (platform API 1.1), without
	// a path. It must be https, except on this very computer.
	BaseURL string
	// AppKey, AppSecret and AccessToken come from the platform's consent (platform API 1.3, 1.4).
	AppKey, AppSecret, AccessToken string
	// AuthURL is where tokens are renewed, such as https://auth.tiktok-shops.com (platform API 1.1), under the same rules as
	// BaseURL. Without it or without RefreshToken an expired access token ends in platform.token_expired.
	AuthURL, RefreshToken string
	// AccessExpires and RefreshExpires are when the tokens end. Where the first is zero, the access token is renewed only
	// once the platform refuses it.
	AccessExpires, RefreshExpires time.Time
	// Keep stores a new pair of tokens, before anybody uses it; nil keeps it in memory only. The platform may never again
	// take the refresh token that was used, so that a pair that is lost locks the seller out until a new consent: where Keep
	// fails, the call that fetched the pair fails with platform.token_not_kept before it is sent again, so that a person
	// hears of it. All later calls use the pair, and every minute or so one of them has it kept once more.
	Keep func(Tokens) error
	// Report hears of failures that end no call: a token that could not be renewed ahead of its end, every time Keep fails,
	// and once, as platform.clock_off, of a clock of this computer that is more than 30 s off. It is for the log and for who
	// looks after the bench; nil ignores them. It may be called from several goroutines.
	Report func(error)
	// ReadsPerSecond and WritesPerSecond bound the calls about one shop; 0 is no limit of our own.
	// The platform's own figures are no longer printed (platform API 4.4).
	ReadsPerSecond, WritesPerSecond float64
	// Patience bounds how long a read is tried again.
	Patience Patience
	// HTTP carries the requests; nil is a client with time-outs of its own. It is copied: redirects are never
	// followed with a token.
	HTTP *http.Client
	// Now tells the time of this computer; nil is time.Now.
	Now func() time.Time
}

// Patience says how reads are tried again: at most Tries times in all, the first wait about First and each further one
// about twice the last, and no new try that would begin later than Within after the first. Zero fields mean 4 tries,
// 400 ms and 5 s.
type Patience struct {
	Tries         uint
	First, Within time.Duration
}

// Client calls the platform for one authorization, which may hold several shops. It may be used from any goroutine.
type Client struct {
	base                   *url.URL
	auth                   *url.URL // nil: tokens cannot be renewed
	appKey, secret         string
	tokens                 *keeper
	readsPerSec, writesSec float64
	patience               Patience
	api                    *http.Client // never follows a redirect
	documents              *http.Client // follows few, to secure addresses only
	pictures               *http.Client // follows few, to the platform's hosts of pictures only
	now                    func() time.Time

	clock platformClock

	mu     sync.Mutex // guards what follows
	limits map[limitKey]*rate.Limiter
}

type limitKey struct {
	shop  string
	write bool
}

// New makes a client. It fails where BaseURL or AuthURL cannot be used (platform.bad_address), is not secure
// (platform.insecure_address), or a key, secret or token is missing (platform.not_connected).
func New(c Config) (*Client, error) {
	base, err := hostOf(c.BaseURL)
	if err != nil {
		return nil, err
	}
	var auth *url.URL
	if c.AuthURL != "" {
		if auth, err = hostOf(c.AuthURL); err != nil {
			return nil, err
		}
	}
	if c.AppKey == "" || c.AppSecret == "" || c.AccessToken == "" {
		return nil, order.Trouble(nil, "platform.not_connected")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.HTTP == nil {
		c.HTTP = defaultHTTP()
	}
	api, documents := *c.HTTP, *c.HTTP
	api.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	documents.CheckRedirect = followSecurely
	documents.Jar, api.Jar = nil, nil
	client := &Client{
		base: base, auth: auth, appKey: c.AppKey, secret: c.AppSecret,
		readsPerSec: c.ReadsPerSecond, writesSec: c.WritesPerSecond,
		patience: c.Patience.orDefault(),
		api:      &api, documents: &documents, now: c.Now,
		limits: map[limitKey]*rate.Limiter{},
	}
	client.tokens = newKeeper(Tokens{c.AccessToken, c.RefreshToken, c.AccessExpires, c.RefreshExpires},
		func() time.Time { return client.now().Add(client.ClockOffset()) })
	pictures := documents
	pictures.CheckRedirect = client.followToPictures
	client.pictures = &pictures
	if auth != nil {
		client.tokens.refresh = client.refreshTokens
	}
	if c.Keep != nil {
		client.tokens.keep = c.Keep
	}
	if c.Report != nil {
		client.tokens.report, client.clock.report = c.Report, c.Report
	}
	return client, nil
}

// hostOf reads the address of one of the platform's hosts.
func hostOf(address string) (*url.URL, error) {
	host, err := url.Parse(address)
	if err != nil || host.Host == "" || host.User != nil || host.RawQuery != "" || (host.Path != "" && host.Path != "/") {
		return nil, order.Trouble(nil, "platform.bad_address")
	}
	if !secure(host) {
		return nil, order.Trouble(nil, "platform.insecure_address")
	}
	host.Path = ""
	return host, nil
}

// limiter is the token bucket of one shop's reads or writes, nil where there is no limit.
func (c *Client) limiter(shopID string, write bool) *rate.Limiter {
	perSecond := c.readsPerSec
	if write {
		perSecond = c.writesSec
	}
	if perSecond <= 0 {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	key := limitKey{shopID, write}
	limiter := c.limits[key]
	if limiter == nil {
		limiter = rate.NewLimiter(rate.Limit(perSecond), max(1, int(perSecond)))
		c.limits[key] = limiter
	}
	return limiter
}

func (p Patience) orDefault() Patience {
	if p.Tries == 0 {
		p.Tries = 4
	}
	if p.First <= 0 {
		p.First = 400 * time.Millisecond
	}
	if p.Within <= 0 {
		p.Within = 5 * time.Second
	}
	return p
}

// defaultHTTP waits long enough for a page of 100 orders over a poor line and never for ever.
func defaultHTTP() *http.Client {
	return &http.Client{
		Timeout: 30 * time.Second,
		Transport: &http.Transport{
			Proxy:                 http.ProxyFromEnvironment,
			DialContext:           (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			TLSHandshakeTimeout:   5 * time.Second,
			ResponseHeaderTimeout: 15 * time.Second,
			IdleConnTimeout:       90 * time.Second,
			MaxIdleConnsPerHost:   8,
			ForceAttemptHTTP2:     true,
		},
	}
}

// secure tells whether what goes to an address cannot be read on the way: https, or http that stays on this computer.
func secure(u *url.URL) bool {
	switch u.Scheme {
	case "https":
		return true
	case "http":
		return onThisComputer(u)
	}
	return false
}

// onThisComputer tells whether what goes to an address never leaves this computer.
func onThisComputer(u *url.URL) bool {
	host := u.Hostname()
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
