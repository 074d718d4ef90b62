package platform_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
)

// bench is a client and the sandbox it talks to, with clocks a test can move.
type bench struct {
	*platform.Client
	t       *testing.T
	sandbox *sandbox.Sandbox
	server  *httptest.Server
	clock   *clock // of the platform
	own     *clock // of the client
	shop    order.Shop
	between atomic.Pointer[middle]
}

// middle stands between client and sandbox.
type middle func(http.Handler) http.Handler

// put makes m stand there from the next request on; nil is nobody.
func (b *bench) put(m middle) { b.between.Store(&m) }

// instead lets answer take the place of the sandbox for the first n requests; a negative n is all of them. It gives
// their count.
func (b *bench) instead(n int, answer http.HandlerFunc) *atomic.Int64 {
	m, count := instead(n, answer)
	b.put(m)
	return count
}

// clock stands still unless it is moved.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

var start = time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)

var fast = platform.Patience{Tries: 4, First: time.Millisecond, Within: 5 * time.Second}

// open makes a bench. config may change what the client is told, nil changes nothing.
func open(t *testing.T, o sandbox.Options, config func(*platform.Config)) *bench {
	t.Helper()
	b := &bench{t: t, clock: &clock{at: start}, own: &clock{at: start}}
	if o.Now == nil {
		o.Now = b.clock.now
	}
	o.Clock = b.clock.now
	var err error
	if b.sandbox, err = sandbox.New(o); err != nil {
		t.Fatal(err)
	}
	b.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Whoever answers in the platform's place has its clock.
		w.Header().Set("Date", b.clock.now().UTC().Format(http.TimeFormat))
		if m := b.between.Load(); m != nil && *m != nil {
			(*m)(b.sandbox).ServeHTTP(w, r)
			return
		}
		b.sandbox.ServeHTTP(w, r)
	}))
	t.Cleanup(b.server.Close)
	credentials := b.sandbox.Credentials()
	c := platform.Config{
		BaseURL: b.server.URL, AppKey: credentials.AppKey, AppSecret: credentials.AppSecret,
		AccessToken: credentials.AccessToken, Patience: fast, Now: b.own.now,
	}
	if config != nil {
		config(&c)
	}
	if b.Client, err = platform.New(c); err != nil {
		t.Fatal(err)
	}
	if config == nil {
		shops, err := b.Shops(t.Context())
		if err != nil || len(shops) == 0 {
			t.Fatalf("shops: %v, %v", shops, err)
		}
		b.shop = shops[0]
	}
	return b
}

// all reads every order of the shop.
func (b *bench) all(pageSize int) []order.Order {
	b.t.Helper()
	var orders []order.Order
	for token := ""; ; {
		page, err := b.SearchOrders(b.t.Context(), b.shop, platform.Search{PageSize: pageSize, PageToken: token})
		if err != nil {
			b.t.Fatal(err)
		}
		orders = append(orders, page.Orders...)
		if token = page.Next; token == "" {
			return orders
		}
	}
}

// first is the first order in a state.
func (b *bench) first(status order.Status) order.Order {
	b.t.Helper()
	for _, o := range b.all(100) {
		if o.Status == status {
			return o
		}
	}
	b.t.Fatalf("no order is %s", status)
	return order.Order{}
}

// wantProblem checks all an error of the client has to be.
func wantProblem(t *testing.T, err error, key string, reaction platform.Reaction) {
	t.Helper()
	var problem *order.Problem
	if !errors.As(err, &problem) {
		t.Fatalf("error %v is no problem, want %s", err, key)
	}
	if problem.Key != key || platform.ReactionTo(err) != reaction {
		t.Errorf("problem %s, reaction %q, want %s, %q (%v)", problem.Key, platform.ReactionTo(err), key, reaction, err)
	}
}

// wantRefusal checks a problem that the platform's code made.
func wantRefusal(t *testing.T, err error, code int, key string, reaction platform.Reaction) {
	t.Helper()
	wantProblem(t, err, key, reaction)
	var refusal *platform.Error
	if !errors.As(err, &refusal) || refusal.Code != code || len(refusal.RequestID) != 34 || refusal.HTTP == 0 || refusal.Path == "" {
		t.Errorf("refusal %+v, want code %d with its request", refusal, code)
	}
}

// expired is a context whose time is over.
func expired(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}
