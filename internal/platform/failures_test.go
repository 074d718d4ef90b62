package platform_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
)

// instead answers the first n requests itself; a negative n is all of them. It counts them.
func instead(n int, answer http.HandlerFunc) (middle, *atomic.Int64) {
	var count atomic.Int64
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if at := count.Add(1); n < 0 || at <= int64(n) {
				answer(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}, &count
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// cut ends the connection without an answer.
func cut(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

const page503 = "<html><h1>503 Service Temporarily Unavailable</h1></html>"

func TestReadsAreTriedAgain(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"503 with a page":     says(503, page503),
		"502 with a page":     says(502, "<html>"),
		"429 without a word":  says(429, ""),
		"too many requests":   says(429, `{"code":36009002,"message":"Too many requests.","request_id":"1"}`),
		"internal":            says(200, `{"code":36009003,"message":"Internal","request_id":"1"}`),
		"timed out":           says(200, `{"code":36009007,"message":"Timeout","request_id":"1"}`),
		"transient":           says(200, `{"code":21001003,"message":"x","request_id":"1"}`),
		"code in a string":    says(200, `{"code":"10037004","message":"x"}`),
		"connection was lost": cut,
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, sandbox.Options{}, nil)
			calls := b.instead(2, answer)
			if _, err := b.Shops(t.Context()); err != nil {
				t.Errorf("after two failures: %v", err)
			}
			// net/http repeats by itself what was lost on a connection that had been used before.
			if calls.Load() < 3 {
				t.Errorf("%d calls", calls.Load())
			}
		})
	}
}

func TestReadsAreNotTriedForEver(t *testing.T) {
	for name, test := range map[string]struct {
		answer   http.HandlerFunc
		calls    int64
		key      string
		reaction platform.Reaction
	}{
		"503 with a page": {says(503, page503), 4, "platform.busy", platform.Retry},
		"500 with a page": {says(500, page503), 4, "platform.failing", platform.Retry},
		"another's page":  {says(200, "<html>Welcome to Free WiFi"), 1, "platform.garbled", platform.AskPerson},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/other", http.StatusTemporaryRedirect)
		}, 1, "platform.garbled", platform.AskPerson},
		"JSON of no sort":  {says(200, `{"ok":true}`), 1, "platform.garbled", platform.AskPerson},
		"wrong data":       {says(200, `{"code":0,"data":{"shops":7}}`), 1, "platform.garbled", platform.AskPerson},
		"hourly limit":     {says(429, `{"code":36009037,"message":"x"}`), 1, "platform.busy", platform.Retry},
		"unknown code":     {says(200, `{"code":99999999,"message":"x"}`), 1, "platform.refused", platform.AskPerson},
		"other parameter":  {says(400, `{"code":36009004,"message":"PageSize is a required field"}`), 1, "platform.refused", platform.AskPerson},
		"not from here":    {says(403, `{"code":36009033,"message":"x"}`), 1, "platform.network_not_allowed", platform.AskPerson},
		"scope is missing": {says(401, `{"code":105005,"message":"x"}`), 1, "platform.scope_missing", platform.ReAuthorize},
		"long wait":        {retryAfter("3600"), 1, "platform.busy", platform.Retry},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, sandbox.Options{}, nil)
			calls := b.instead(-1, test.answer)
			_, err := b.Shops(t.Context())
			wantProblem(t, err, test.key, test.reaction)
			if calls.Load() != test.calls {
				t.Errorf("%d calls, want %d", calls.Load(), test.calls)
			}
		})
	}
}

func retryAfter(wait string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", wait)
		w.WriteHeader(429)
	}
}

func TestRetryAfterIsKept(t *testing.T) {
	b := open(t, sandbox.Options{}, nil)
	b.instead(1, retryAfter("1"))
	began := time.Now()
	if _, err := b.Shops(t.Context()); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took < time.Second {
		t.Errorf("tried again after %v, asked to wait 1 s", took)
	}
}

// What happened to a shipment decides whether it may be arranged again, so that every way to lose it is told apart.
func TestShipOutcomes(t *testing.T) {
	for name, test := range map[string]struct {
		between  func(next http.Handler) http.Handler
		key      string
		reaction platform.Reaction
		shipped  bool
	}{
		"answer lost after success": {func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				next.ServeHTTP(httptest.NewRecorder(), r)
				cut(w, r)
			})
		}, "platform.outcome_unknown", platform.UnknownOutcome, true},
		"answer too late": {func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				next.ServeHTTP(httptest.NewRecorder(), r)
				<-r.Context().Done()
			})
		}, "platform.outcome_unknown", platform.UnknownOutcome, true},
		"half an answer": {func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Length", "100")
				_, _ = io.WriteString(w, `{"code":0,`)
			})
		}, "platform.outcome_unknown", platform.UnknownOutcome, false},
		"lost at once":     {first(cut), "platform.outcome_unknown", platform.UnknownOutcome, false},
		"gateway's page":   {first(says(503, page503)), "platform.outcome_unknown", platform.UnknownOutcome, false},
		"timed out behind": {first(says(200, `{"code":36009007,"message":"x"}`)), "platform.outcome_unknown", platform.UnknownOutcome, false},
		"too fast":         {first(says(429, "")), "platform.busy", platform.Retry, false},
		"transient":        {first(says(200, `{"code":21042001,"message":"x"}`)), "platform.failing", platform.Retry, false},
		"frozen":           {first(says(200, `{"code":10007014,"message":"x"}`)), "platform.frozen", platform.Retry, false},
		"carrier refused":  {first(says(200, `{"code":21021010,"message":"x"}`)), "platform.carrier_refused", platform.AskPerson, false},
		"request pending":  {first(says(200, `{"code":21011007,"message":"x"}`)), "platform.cancel_pending", platform.CancelPending, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, sandbox.Options{Orders: 4}, nil)
			var err error
			if b.Client, err = platform.New(b.config(func(c *platform.Config) {
				c.HTTP = &http.Client{Timeout: 300 * time.Millisecond, Transport: &http.Transport{DisableKeepAlives: true}}
			})); err != nil {
				t.Fatal(err)
			}
			o := b.first(order.AwaitingShipment)
			var calls atomic.Int64
			b.put(func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					calls.Add(1)
					test.between(next).ServeHTTP(w, r)
				})
			})
			wantProblem(t, b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: o.PackageIDs[0]}), test.key, test.reaction)
			if calls.Load() != 1 {
				t.Errorf("shipment was asked for %d times", calls.Load())
			}
			b.put(nil)
			again, err := b.Orders(t.Context(), b.shop, []string{o.ID})
			if err != nil || (again[0].Status == order.AwaitingCollection) != test.shipped {
				t.Errorf("afterwards: %v, %v", again, err)
			}
		})
	}
}

func first(answer http.HandlerFunc) func(http.Handler) http.Handler {
	between, _ := instead(-1, answer)
	return between
}

// config is what the bench's client was told, changed.
func (b *bench) config(change func(*platform.Config)) platform.Config {
	credentials := b.sandbox.Credentials()
	c := platform.Config{
		BaseURL: b.server.URL, AppKey: credentials.AppKey, AppSecret: credentials.AppSecret,
		AccessToken: credentials.AccessToken, Patience: fast, Now: b.own.now,
	}
	change(&c)
	return c
}

func TestShipWithoutNetwork(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 1}, nil)
	client, err := platform.New(b.config(func(c *platform.Config) { c.HTTP = &http.Client{Transport: &http.Transport{}} }))
	if err != nil {
		t.Fatal(err)
	}
	b.server.Close()
	wantProblem(t, client.Ship(t.Context(), b.shop, platform.Shipment{PackageID: "1"}), "platform.unreachable", platform.Retry)
	_, err = client.Shops(t.Context())
	wantProblem(t, err, "platform.unreachable", platform.Retry)
}

func TestContextWins(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 4}, nil)
	_, err := b.Shops(expired(t))
	wantProblem(t, err, "platform.interrupted", platform.Retry)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not context.Canceled", err)
	}
	wantProblem(t, b.Ship(expired(t), b.shop, platform.Shipment{PackageID: "1"}), "platform.interrupted", platform.Retry)

	ctx, cancel := context.WithCancel(t.Context())
	b.instead(-1, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only then does the server notice that the client has gone
		cancel()
		<-r.Context().Done()
	})
	err = b.Ship(ctx, b.shop, platform.Shipment{PackageID: "1"})
	wantProblem(t, err, "platform.outcome_unknown", platform.UnknownOutcome)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v is not context.Canceled", err)
	}

	// Between two tries.
	ctx, cancel = context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	b.instead(-1, retryAfter("2"))
	_, err = b.Shops(ctx)
	wantProblem(t, err, "platform.interrupted", platform.Retry)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v is not context.DeadlineExceeded", err)
	}
}

func TestDownloads(t *testing.T) {
	b := open(t, sandbox.Options{}, nil)
	for name, test := range map[string]struct {
		answer   http.HandlerFunc
		key      string // empty: it works
		reaction platform.Reaction
	}{
		"a document":         {says(200, "%PDF"), "", platform.Nothing},
		"20 MiB":             {bytesOf(20 << 20), "", platform.Nothing},
		"more than 20 MiB":   {bytesOf(20<<20 + 1), "platform.garbled", platform.Retry},
		"nothing":            {says(200, ""), "platform.garbled", platform.AskPerson},
		"forbidden":          {says(403, "x"), "platform.link_expired", platform.AskPerson},
		"always broken":      {says(500, "x"), "platform.failing", platform.Retry},
		"to plain http":      {to("http://example.com/x?sign=SIGN"), "platform.insecure_address", platform.AskPerson},
		"round and round":    {to("/again?sign=SIGN"), "platform.unreachable", platform.Retry},
		"to an odd location": {to("http://[::1/%zz?sign=SIGN"), "platform.unreachable", platform.Retry},
	} {
		t.Run(name, func(t *testing.T) {
			b.instead(-1, test.answer)
			document, err := b.Download(t.Context(), b.server.URL+"/doc?sign=SIGN")
			if test.key != "" {
				wantProblem(t, err, test.key, test.reaction)
				if strings.Contains(err.Error(), "SIGN") {
					t.Errorf("the address is in %v", err)
				}
			} else if err != nil || len(document) == 0 {
				t.Errorf("%d bytes, %v", len(document), err)
			}
		})
	}
	for _, address := range []string{"http://example.com/doc?sign=SIGN", "ftp://example.com/SIGN", "file:///SIGN", "https://%zz/SIGN", "SIGN"} {
		_, err := b.Download(t.Context(), address)
		if err == nil || strings.Contains(err.Error(), "SIGN") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func bytesOf(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(bytes.Repeat([]byte("x"), n)) }
}

func to(location string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", location)
		w.WriteHeader(http.StatusFound)
	}
}

// No failure may show what lets one in: every one that can be provoked is printed in every way and searched.
func TestErrorsKeepSecrets(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 4}, nil)
	credentials := b.sandbox.Credentials()
	echo := fmt.Sprintf(`{"code":36009004,"message":"bad %s %s %s","request_id":"%s"}`,
		b.shop.Cipher, credentials.AccessToken, credentials.AppSecret, credentials.AccessToken)
	var failures []error
	fail := func(err error) {
		if err == nil {
			t.Error("it did not fail")
		}
		failures = append(failures, err)
	}
	provoke := func() {
		_, err := b.SearchOrders(t.Context(), b.shop, platform.Search{PageToken: "PAGETOKEN"})
		fail(err)
		fail(b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: "1"}))
		_, err = b.Download(t.Context(), b.server.URL+"/doc?sign=LINKSIGN")
		fail(err)
	}
	for _, answer := range []http.HandlerFunc{
		says(400, echo), says(503, page503), cut, to("http://example.com/?sign=LINKSIGN"), to("http://[/?sign=LINKSIGN"),
	} {
		b.instead(-1, answer)
		provoke()
	}
	b.server.Close()
	provoke()
	for _, err := range failures {
		for _, shown := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
			for _, secret := range []string{
				b.shop.Cipher, credentials.AccessToken, credentials.AppSecret, "PAGETOKEN", "LINKSIGN", "sign=", "app_key",
			} {
				if strings.Contains(shown, secret) {
					t.Errorf("%q is in %s", secret, shown)
				}
			}
		}
	}
}
