package platform_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
)

const (
	refreshing = "/api/v2/token/refresh"
	searching  = "POST /order/202309/orders/search"
)

// authorized is a bench whose client can renew its tokens, and what it told about them.
type authorized struct {
	*bench
	mu       sync.Mutex
	kept     []platform.Tokens
	reported []error
	keepFail error
}

// shortLived makes a bench whose access token lives a minute of the platform's time: short enough to be outlived without leaving the window
// of time stamps. config may change what the client is told.
func shortLived(t *testing.T, config func(*platform.Config)) *authorized {
	t.Helper()
	return authorize(t, open(t, sandbox.Options{Orders: 40, TokenLife: time.Minute}, nil), config)
}

func authorize(t *testing.T, b *bench, config func(*platform.Config)) *authorized {
	t.Helper()
	a := &authorized{bench: b}
	c := b.config(func(c *platform.Config) {
		c.AuthURL, c.RefreshToken = b.server.URL, b.sandbox.Credentials().RefreshToken
		c.Keep = func(pair platform.Tokens) error {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.kept = append(a.kept, pair)
			return a.keepFail
		}
		c.Report = func(err error) {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.reported = append(a.reported, err)
		}
	})
	if config != nil {
		config(&c)
	}
	var err error
	if a.Client, err = platform.New(c); err != nil {
		t.Fatal(err)
	}
	return a
}

// outlive lets time pass for both.
func (a *authorized) outlive(d time.Duration) {
	a.clock.move(d)
	a.own.move(d)
}

func (a *authorized) refreshes() int { return a.sandbox.Calls("GET " + refreshing) }

func (a *authorized) failKeeping(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.keepFail = err
}

// wantKept checks that the newest pair was kept, after n tries in all, and that report heard r times.
func (a *authorized) wantKept(n, r int) {
	a.t.Helper()
	a.mu.Lock()
	defer a.mu.Unlock()
	c := a.sandbox.Credentials()
	want := platform.Tokens{Access: c.AccessToken, Refresh: c.RefreshToken, AccessExpires: c.AccessExpires, RefreshExpires: c.RefreshExpires}
	if len(a.kept) != n || n > 0 && a.kept[n-1] != want || len(a.reported) != r {
		a.t.Errorf("kept %d times, want %d; reported %v, want %d", len(a.kept), n, a.reported, r)
	}
}

// atRefresh lets answer take the place of the token host for its first n calls; a negative n is all of them.
func (a *authorized) atRefresh(n int, answer http.HandlerFunc) {
	var count atomic.Int64
	a.put(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == refreshing && (n < 0 || count.Add(1) <= int64(n)) {
				answer(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	})
}

func TestOneRefreshForAllCallsInFlight(t *testing.T) {
	const calls = 8
	a := shortLived(t, nil)
	old := a.sandbox.Credentials().AccessToken
	var arrived, tooEarly atomic.Int64
	all := make(chan struct{})
	a.put(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == refreshing {
				next.ServeHTTP(w, r)
				return
			}
			if token := r.Header.Get("x-tts-access-token"); token != old {
				a.mu.Lock()
				if len(a.kept) != 1 || a.kept[0].Access != token {
					tooEarly.Add(1)
				}
				a.mu.Unlock()
			}
			switch n := arrived.Add(1); {
			case n == calls:
				a.outlive(2 * time.Minute)
				close(all)
			case n < calls:
				<-all
			}
			next.ServeHTTP(w, r)
		})
	})
	before := a.sandbox.Calls(searching)
	var group sync.WaitGroup
	for range calls {
		group.Go(func() {
			page, err := a.SearchOrders(t.Context(), a.shop, platform.Search{PageSize: 10})
			if err != nil || len(page.Orders) != 10 {
				t.Errorf("%d orders, %v", len(page.Orders), err)
			}
		})
	}
	group.Wait()
	if n := a.refreshes(); n != 1 {
		t.Errorf("%d refreshes, want 1", n)
	}
	if n := a.sandbox.Calls(searching) - before; n != 2*calls {
		t.Errorf("%d searches, want each of %d refused and sent once more", n, calls)
	}
	if n := tooEarly.Load(); n != 0 {
		t.Errorf("%d calls used the new token before it was kept", n)
	}
	a.wantKept(1, 0)
}

// A shipment on its way with the old token arrives after another call's refresh has ended that token: it is refused in other words, and sent
// once more too.
func TestCallOvertakenByARefresh(t *testing.T) {
	a := shortLived(t, nil)
	id := a.first(order.AwaitingShipment).PackageIDs[0]
	onItsWay, renewed := make(chan struct{}), make(chan struct{})
	var first sync.Once
	a.put(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				first.Do(func() {
					close(onItsWay)
					<-renewed
				})
			}
			next.ServeHTTP(w, r)
		})
	})
	shipped := make(chan error, 1)
	go func() { shipped <- a.Ship(t.Context(), a.shop, platform.Shipment{PackageID: id}) }()
	<-onItsWay
	a.outlive(2 * time.Minute)
	_, err := a.Shops(t.Context())
	close(renewed)
	if err := errors.Join(err, <-shipped); err != nil {
		t.Error(err)
	}
	if n := a.sandbox.Calls("POST /fulfillment/202309/packages/" + id + "/ship"); n != 2 || a.refreshes() != 1 {
		t.Errorf("%d calls, %d refreshes", n, a.refreshes())
	}
	a.wantKept(1, 0)
}

func TestShipmentIsArrangedOnceAcrossARefresh(t *testing.T) {
	a := shortLived(t, nil)
	o := a.first(order.AwaitingShipment)
	a.outlive(2 * time.Minute)
	if err := a.Ship(t.Context(), a.shop, platform.Shipment{PackageID: o.PackageIDs[0]}); err != nil {
		t.Fatal(err)
	}
	// Had it been arranged twice, the second answer were "already shipped".
	if n := a.sandbox.Calls("POST /fulfillment/202309/packages/" + o.PackageIDs[0] + "/ship"); n != 2 || a.refreshes() != 1 {
		t.Errorf("%d calls and %d refreshes, want one refused and one accepted around a refresh", n, a.refreshes())
	}
	again, err := a.Orders(t.Context(), a.shop, []string{o.ID})
	if err != nil || again[0].Status != order.AwaitingCollection {
		t.Errorf("afterwards: %v, %v", again, err)
	}
	a.wantKept(1, 0)
}

func TestRefreshTokenThatIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		config  func(*platform.Config)
		outlive time.Duration
		code    int
	}{
		"another's":     {func(c *platform.Config) { c.RefreshToken += "x" }, 2 * time.Minute, 98001006},
		"consent ended": {nil, 366 * 24 * time.Hour, 98001006},
	} {
		t.Run(name, func(t *testing.T) {
			a := shortLived(t, test.config)
			a.outlive(test.outlive)
			for range 3 {
				_, err := a.Shops(t.Context())
				wantRefusal(t, err, test.code, "platform.token_expired", platform.ReAuthorize)
			}
			wantRefusal(t, a.Ship(t.Context(), a.shop, platform.Shipment{PackageID: "1"}), test.code, "platform.token_expired", platform.ReAuthorize)
			if n := a.refreshes(); n != 1 {
				t.Errorf("asked %d times, want 1: the answer stays the same", n)
			}
			a.wantKept(0, 0)
		})
	}
	for _, code := range []int{36004004, 98001004, 98001005} {
		a := shortLived(t, nil)
		a.outlive(2 * time.Minute)
		a.atRefresh(-1, says(200, fmt.Sprintf(`{"code":%d,"message":"x","request_id":"1"}`, code)))
		_, err := a.Shops(t.Context())
		wantProblem(t, err, "platform.token_expired", platform.ReAuthorize)
	}
}

// Without a refresh token or a token host the seller has to renew the authorization.
func TestNoWayToRenew(t *testing.T) {
	for name, config := range map[string]func(*platform.Config){
		"no refresh token": func(c *platform.Config) { c.RefreshToken = "" },
		"no token host":    func(c *platform.Config) { c.AuthURL = "" },
	} {
		a := shortLived(t, config)
		a.outlive(2 * time.Minute)
		_, err := a.Shops(t.Context())
		wantRefusal(t, err, 105002, "platform.token_expired", platform.ReAuthorize)
		if n := a.refreshes(); n != 0 {
			t.Errorf("%s: %d refreshes", name, n)
		}
	}
	for address, key := range map[string]string{"http://auth.tiktok-shops.com": "platform.insecure_address", "https://x/api": "platform.bad_address"} {
		_, err := platform.New(platform.Config{BaseURL: "https://localhost", AuthURL: address, AppKey: "k", AppSecret: "s", AccessToken: "t"})
		wantProblem(t, err, key, platform.AskPerson)
	}
}

// A pair that cannot be kept is told to whoever fetched it, before anything is sent with it, and serves all the same.
func TestPairThatCannotBeKept(t *testing.T) {
	a := authorize(t, open(t, sandbox.Options{Orders: 4, TokenLife: time.Hour}, nil), nil)
	id := a.first(order.AwaitingShipment).PackageIDs[0]
	full := errors.New("disk full")
	a.failKeeping(full)
	a.outlive(2 * time.Hour)
	err := a.Ship(t.Context(), a.shop, platform.Shipment{PackageID: id})
	wantProblem(t, err, "platform.token_not_kept", platform.AskPerson)
	if n := a.sandbox.Calls("POST /fulfillment/202309/packages/" + id + "/ship"); n != 1 || !errors.Is(err, full) {
		t.Errorf("sent %d times, %v", n, err)
	}
	if err := a.Ship(t.Context(), a.shop, platform.Shipment{PackageID: id}); err != nil || a.refreshes() != 1 {
		t.Errorf("with the pair in memory: %v after %d refreshes", err, a.refreshes())
	}
	a.wantKept(1, 1)
	try := func() {
		t.Helper()
		if _, err := a.Shops(t.Context()); err != nil {
			t.Error(err)
		}
	}
	a.outlive(time.Minute)
	try()
	try() // not again within a minute
	a.wantKept(2, 2)
	a.failKeeping(nil)
	a.outlive(time.Minute)
	try()
	a.outlive(time.Minute)
	try() // it is kept now
	a.wantKept(3, 2)
}

func TestRenewedAheadOfItsEnd(t *testing.T) {
	const day = 24 * time.Hour
	b := open(t, sandbox.Options{Orders: 4}, nil)
	a := authorize(t, b, func(c *platform.Config) { c.AccessExpires = b.sandbox.Credentials().AccessExpires })
	calls := b.sandbox.Calls("GET /authorization/202309/shops")
	for _, step := range []struct {
		pass      time.Duration
		refreshes int
	}{{5 * day, 0}, {day, 1}, {5 * day, 1}, {day, 2}, {0, 2}} {
		a.outlive(step.pass)
		if _, err := a.Shops(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := a.refreshes(); n != step.refreshes {
			t.Errorf("%d refreshes, want %d", n, step.refreshes)
		}
	}
	if n := b.sandbox.Calls("GET /authorization/202309/shops") - calls; n != 5 {
		t.Errorf("%d calls, want 5: none was to be refused", n)
	}
	a.wantKept(2, 0)

	// A token host that fails ends no call while the token lives, and is left alone for a minute.
	a.outlive(6 * day)
	a.atRefresh(-1, says(503, page503))
	for range 3 {
		if _, err := a.Shops(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	a.wantKept(2, 1)
	a.put(nil)
	a.outlive(time.Minute)
	if _, err := a.Shops(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.wantKept(3, 1)
}

// Whoever fetches a pair sees it through: a caller that is told to stop must not lose it.
func TestCallerThatStopsDuringARefresh(t *testing.T) {
	a := shortLived(t, nil)
	a.outlive(2 * time.Minute)
	ctx, cancel := context.WithCancel(t.Context())
	a.put(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == refreshing {
				cancel()
			}
			next.ServeHTTP(w, r)
		})
	})
	_, err := a.Shops(ctx)
	wantProblem(t, err, "platform.interrupted", platform.Retry)
	a.wantKept(1, 0)
	if _, err := a.Shops(t.Context()); err != nil || a.refreshes() != 1 {
		t.Errorf("%v after %d refreshes", err, a.refreshes())
	}
}
