package platform_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"packbench/internal/order"
	"packbench/internal/platform"
)

// stub is a client whose platform says what a test tells it to, and what was asked of it.
type stub struct {
	*platform.Client
	t     *testing.T
	shop  order.Shop
	says  string // the next answers
	asked []asked
}

type asked struct {
	Call  string // method and path
	Query map[string]string
	Body  string
}

const stubSecret = "stub-secret-1"

// stubbed makes a client and its platform. Every request is checked for its signature, its shop and its time.
func stubbed(t *testing.T) *stub {
	t.Helper()
	s := &stub{t: t, shop: order.Shop{ID: "71", Market: "MY", Cipher: "ROW_stub"}, says: `{"code":0,"data":{}}`}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		query := r.URL.Query()
		if got := platform.Sign(stubSecret, r.URL.Path, query, body); got != query.Get("sign") {
			t.Errorf("%s is signed wrongly", r.URL.Path)
		}
		if query.Get("shop_cipher") != "ROW_stub" || query.Get("timestamp") == "" || r.Header.Get("x-tts-access-token") != "ROW_token" {
			t.Errorf("%s: not the shop's call", r.URL.Path)
		}
		w.Header().Set("Date", start.Format(http.TimeFormat))
		s.asked = append(s.asked, asked{r.Method + " " + r.URL.Path, ownQuery(query), string(body)})
		_, _ = io.WriteString(w, s.says)
	}))
	t.Cleanup(server.Close)
	var err error
	s.Client, err = platform.New(platform.Config{
		BaseURL: server.URL, AppKey: "key", AppSecret: stubSecret, AccessToken: "ROW_token", Patience: fast,
		Now: func() time.Time { return start },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ownQuery is what the endpoint itself was asked.
func ownQuery(query url.Values) map[string]string {
	own := map[string]string{}
	for name := range query {
		switch name {
		case "app_key", "timestamp", "sign", "shop_cipher":
		default:
			own[name] = query.Get(name)
		}
	}
	if len(own) == 0 {
		return nil
	}
	return own
}

// data lets the platform answer with this from now on, and forgets what was asked.
func (s *stub) data(data string) {
	s.says = `{"code":0,"message":"Success","request_id":"20261120080000A1B2C3D4E5F607182930","data":` + data + `}`
	s.asked = nil
}

// refuses lets the platform answer with a code.
func (s *stub) refuses(code string) {
	s.says = `{"code":` + code + `,"message":"no","request_id":"20261120080000A1B2C3D4E5F607182930"}`
	s.asked = nil
}

// want checks the only request there was.
func (s *stub) want(call string, query map[string]string, body string) {
	s.t.Helper()
	if diff := cmp.Diff([]asked{{call, query, body}}, s.asked); diff != "" {
		s.t.Errorf("asked (-want +got):\n%s", diff)
	}
}

// wantNothing checks that nothing was sent and that the error has this sentence.
func (s *stub) wantNothing(err error, key string) {
	s.t.Helper()
	var problem *order.Problem
	if !errors.As(err, &problem) || problem.Key != key || platform.ReactionTo(err) != platform.AskPerson {
		s.t.Errorf("%v, want %s", err, key)
	}
	if len(s.asked) != 0 {
		s.t.Errorf("sent %v", s.asked)
	}
}

// same compares an answer as the caller sees it.
func same[T any](t *testing.T, err error, want, got T) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}

func at(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }
