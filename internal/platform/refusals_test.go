package platform_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
)

func TestGatewayRefusals(t *testing.T) {
	for name, test := range map[string]struct {
		config   func(*platform.Config)
		code     int
		key      string
		reaction platform.Reaction
	}{
		"wrong secret": {func(c *platform.Config) { c.AppSecret += "x" }, 106001, "platform.wrong_secret", platform.AskPerson},
		"wrong app":    {func(c *platform.Config) { c.AppKey = "other" }, 36009004, "platform.app_key", platform.AskPerson},
		"wrong token":  {func(c *platform.Config) { c.AccessToken = "TTP_other" }, 36009004, "platform.token_invalid", platform.ReAuthorize},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, sandbox.Options{}, test.config)
			_, err := b.Shops(t.Context())
			wantRefusal(t, err, test.code, test.key, test.reaction)
			if calls := b.sandbox.Calls("GET /authorization/202309/shops"); calls != 1 {
				t.Errorf("%d calls, want 1: such a refusal is final", calls)
			}
		})
	}
}

func TestExpiredToken(t *testing.T) {
	b := open(t, sandbox.Options{}, nil)
	b.clock.move(8 * 24 * time.Hour)
	b.own.move(8 * 24 * time.Hour)
	_, err := b.Shops(t.Context())
	wantRefusal(t, err, 105002, "platform.token_expired", platform.ReAuthorize)
}

func TestCiphers(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 1}, nil)
	for cipher, want := range map[string]int{"": 36009004, "ROW_other": 101000} {
		shop := b.shop
		shop.Cipher = cipher
		_, err := b.Orders(t.Context(), shop, []string{"1"})
		if cipher == "" { // an empty parameter is a missing one
			want = 106013
		}
		wantRefusal(t, err, want, "platform.wrong_shop", platform.NotOurs)
	}
	// A cipher where none belongs is refused too.
	query := url.Values{"shop_cipher": {b.shop.Cipher}, "app_key": {b.sandbox.Credentials().AppKey},
		"timestamp": {"1795161600"}}
	if stamp := start.Unix(); stamp != 1795161600 {
		t.Fatalf("start is %d", stamp)
	}
	query.Set("sign", platform.Sign(b.sandbox.Credentials().AppSecret, "/authorization/202309/shops", query, nil))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.server.URL+"/authorization/202309/shops?"+query.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("x-tts-access-token", b.sandbox.Credentials().AccessToken)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusBadRequest {
		t.Errorf("shops with a cipher: HTTP %d, want 400", response.StatusCode)
	}
}

// The window of time stamps is -300 to +30 s; outside of it the client corrects its clock and goes on.
func TestClock(t *testing.T) {
	const path = "GET /authorization/202309/shops"
	for name, test := range map[string]struct {
		off   time.Duration // of the client's clock
		calls int           // for two reads, after the first one of opening
	}{
		"just in time, behind": {-300 * time.Second, 2},
		"just in time, ahead":  {30 * time.Second, 2},
		"behind":               {-301 * time.Second, 3},
		"ten minutes behind":   {-10 * time.Minute, 3},
		"ten minutes ahead":    {10 * time.Minute, 3},
		"ahead":                {31 * time.Second, 3},
		"years ago":            {-5 * 365 * 24 * time.Hour, 3},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, sandbox.Options{Orders: 4}, nil)
			before := b.sandbox.Calls(path)
			b.own.move(test.off)
			for range 2 {
				if _, err := b.Shops(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if calls := b.sandbox.Calls(path) - before; calls != test.calls {
				t.Errorf("%d calls, want %d", calls, test.calls)
			}
			if b.ClockOffset() != -test.off {
				t.Errorf("offset %v for a clock off by %v", b.ClockOffset(), test.off)
			}
		})
	}
}

// A clock that is off before the first call costs one refusal, and one that goes off later none as long as it stays within the
// window; both are said once.
func TestClockIsSaidToBeOff(t *testing.T) {
	for off, minutes := range map[time.Duration]int{10 * time.Minute: 10, -10 * time.Minute: 10, 45 * time.Second: 1, -29 * time.Second: 0} {
		b := open(t, sandbox.Options{}, nil)
		var said []*order.Problem
		b.own.move(off)
		var err error
		if b.Client, err = platform.New(b.config(func(c *platform.Config) {
			c.Report = func(err error) { said = append(said, order.AsProblem(err)) }
		})); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if _, err := b.Shops(t.Context()); err != nil {
				t.Errorf("%v: %v", off, err)
			}
		}
		switch {
		case minutes == 0 && len(said) == 0:
		case minutes > 0 && len(said) == 1 && said[0].Key == "platform.clock_off" && said[0].With["minutes"] == minutes:
		default:
			t.Errorf("%v: said %v", off, said)
		}
	}
}

func TestClockOfAWrite(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 4}, nil)
	id := b.first(order.AwaitingShipment).PackageIDs[0]
	b.own.move(-time.Hour)
	if err := b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: id}); err != nil {
		t.Errorf("ship with a late clock: %v", err)
	}
}

func TestClockThatCannotBeMended(t *testing.T) {
	b := open(t, sandbox.Options{}, nil)
	b.put(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			next.ServeHTTP(withoutDate{w}, r)
		})
	})
	b.own.move(time.Hour)
	_, err := b.Shops(t.Context())
	wantRefusal(t, err, 36009004, "platform.clock", platform.AskPerson)
}

// withoutDate is an answer whose Date cannot be read.
type withoutDate struct{ http.ResponseWriter }

func (w withoutDate) WriteHeader(status int) {
	w.Header().Set("Date", "yesterday")
	w.ResponseWriter.WriteHeader(status)
}

func TestSandboxRate(t *testing.T) {
	b := open(t, sandbox.Options{Orders: 4, Rate: 2}, nil)
	// The platform's clock stands still, so that its bucket is never filled again.
	for range 2 {
		if _, err := b.SearchOrders(t.Context(), b.shop, platform.Search{}); err != nil {
			t.Fatal(err)
		}
	}
	before := b.sandbox.Calls("POST /order/202309/orders/search")
	_, err := b.SearchOrders(t.Context(), b.shop, platform.Search{})
	wantRefusal(t, err, 36009002, "platform.busy", platform.Retry)
	if tries := b.sandbox.Calls("POST /order/202309/orders/search") - before; tries != 4 {
		t.Errorf("%d tries, want 4", tries)
	}
	wantRefusal(t, b.Ship(t.Context(), b.shop, platform.Shipment{PackageID: "1"}), 36009002, "platform.busy", platform.Retry)
	if calls := b.sandbox.Calls("POST /fulfillment/202309/packages/1/ship"); calls != 1 {
		t.Errorf("a write was tried %d times", calls)
	}
}

func TestUnknownPathAndMethod(t *testing.T) {
	b := open(t, sandbox.Options{}, nil)
	for _, test := range []struct {
		method, path, code string
		status             int
	}{
		{http.MethodGet, "/order/202309/nothing", "36009009", http.StatusNotFound},
		{http.MethodGet, "/order/202309/orders/search", "36009010", http.StatusMethodNotAllowed},
	} {
		request, err := http.NewRequestWithContext(t.Context(), test.method, b.server.URL+test.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		var body strings.Builder
		_ = response.Write(&body)
		response.Body.Close()
		if response.StatusCode != test.status || !strings.Contains(body.String(), `{"code":`+test.code+`,"message":`) {
			t.Errorf("%s %s: %s", test.method, test.path, body.String())
		}
	}
}
