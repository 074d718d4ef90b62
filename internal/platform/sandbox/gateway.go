package sandbox

import (
	"crypto/hmac"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"packbench/internal/platform"
)

// maxBody bounds a request's body; the largest the platform documents is a list of ids.
const maxBody = 1 << 20

// The clock of a request may be this far from the platform's (platform API 1.6).
const (
	maxBehind = 300 // s
	maxAhead  = 30  // s
)

// refusal is an answer with a code other than 0.
type refusal struct {
	code    int
	status  int // HTTP; business refusals come with 200 (platform API 4.3, not confirmed)
	message string
}

func refuse(code int, message string) *refusal { return &refusal{code, http.StatusOK, message} }

// invalid is the gateway's word for a parameter that is missing or wrong (platform API 4.1, 4.2).
func invalid(message string) *refusal { return &refusal{36009004, http.StatusBadRequest, message} }

// call is a request that was let in.
type call struct {
	*http.Request
	shop string // the id of the shop its cipher names; empty for calls without one
	body []byte
}

// endpoint is one call of the API. serve runs under the sandbox's lock.
type endpoint struct {
	method, path string
	ofShop       bool // wants a shop_cipher; others must not carry one
	serve        func(call) (any, *refusal)
}

func (s *Sandbox) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, e := range s.endpoints() {
		mux.HandleFunc(e.path, func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, e) })
	}
	mux.HandleFunc(tokenGetPath, s.serveToken(tokenGetPath, s.takeCode))
	mux.HandleFunc(tokenRefreshPath, s.serveToken(tokenRefreshPath, s.takeRefreshToken))
	mux.HandleFunc("GET "+ConsentPath, s.serveConsent)
	mux.HandleFunc("GET "+documentPath+"{name}", s.serveDocument)
	mux.HandleFunc("GET "+picturePath+"{name}", s.servePicture)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.write(w, nil, &refusal{36009009, http.StatusNotFound, "Invalid path."})
	})
	return mux
}

func (s *Sandbox) answer(w http.ResponseWriter, r *http.Request, e endpoint) {
	met := met(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[r.Method+" "+e.path]++
	if e.path != r.URL.Path {
		s.calls[r.Method+" "+r.URL.Path]++
	}
	if met.unread != nil {
		s.write(w, nil, &refusal{36009021, http.StatusRequestEntityTooLarge, "Request body too large."})
		return
	}
	shopID, refused := s.letIn(r, e, met)
	if refused != nil {
		s.write(w, nil, refused)
		return
	}
	met.endpoint, s.calling = r.Method+" "+e.path, met
	data, refused := met.carryOut(e, call{r, shopID, met.body})
	s.calling = nil
	s.write(w, data, refused)
}

// letIn checks what the gateway checks, in its order (platform API 7), and gives the id of the shop asked about.
func (s *Sandbox) letIn(r *http.Request, e endpoint, met *encounter) (string, *refusal) {
	query := r.URL.Query()
	switch {
	case r.Method != e.method:
		return "", &refusal{36009010, http.StatusMethodNotAllowed, "Invalid method."}
	case query.Get("app_key") != s.credentials.AppKey:
		return "", invalid("Invalid app_key.")
	}
	now := s.clock()
	shown := now.Add(met.skew).Unix()
	at, err := strconv.ParseInt(query.Get("timestamp"), 10, 64)
	if err != nil || at < shown-maxBehind || at > shown+maxAhead {
		return "", invalid("Invalid timestamp. It is more than 5 min old or more than 30 s ahead.")
	}
	if query.Get("sign") == "" {
		return "", invalid("Invalid sign. The `sign` query parameter is missing.")
	}
	if r.Header.Get("x-tts-access-token") != s.credentials.AccessToken {
		return "", invalid("Invalid credentials. The `x-tts-access-token` header is invalid.")
	}
	signed := met.body
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); media == "multipart/form-data" {
		signed = nil
	}
	wanted := platform.Sign(s.credentials.AppSecret, r.URL.Path, query, signed)
	if !hmac.Equal([]byte(query.Get("sign")), []byte(wanted)) {
		return "", &refusal{106001, http.StatusUnauthorized, "Invalid credentials. The `sign` query parameter is invalid."}
	}
	if !now.Before(s.credentials.AccessExpires) {
		return "", &refusal{105002, http.StatusUnauthorized,
			"Expired credentials. The `access_token` or `x-tts-access-token` header has expired."}
	}
	shopID, refused := s.shopOf(query.Get("shop_cipher"), e.ofShop)
	if refused == nil && !s.mayCall(shopID, now) {
		refused = &refusal{36009002, http.StatusTooManyRequests, "Too many requests."}
	}
	return shopID, refused
}

// shopOf finds the shop a cipher names.
func (s *Sandbox) shopOf(cipher string, wanted bool) (string, *refusal) {
	switch {
	case !wanted && cipher != "":
		return "", invalid("Invalid parameter. Unexpected identifier shop_cipher.")
	case !wanted:
		return "", nil
	case cipher == "":
		return "", &refusal{106013, http.StatusBadRequest, "The `shop_cipher` query parameter is missing."}
	}
	for _, known := range s.shops {
		if known.Cipher == cipher {
			return known.ID, nil
		}
	}
	return "", &refusal{101000, http.StatusUnauthorized, "Invalid credentials. The token does not match the shop_cipher."}
}

// mayCall takes a token out of the shop's bucket (platform API 4.4: app × shop).
func (s *Sandbox) mayCall(shopID string, now time.Time) bool {
	if s.perSecond <= 0 {
		return true
	}
	bucket := s.limits[shopID]
	if bucket == nil {
		bucket = rate.NewLimiter(rate.Limit(s.perSecond), max(1, int(s.perSecond)))
		s.limits[shopID] = bucket
	}
	return bucket.AllowN(now, 1)
}

// envelope is written with its keys in alphabetical order, as recorded (platform API 3.3).
type envelope struct {
	Code      int    `json:"code"`
	Data      any    `json:"data,omitempty"`
	Message   string `json:"message"`
	RequestID string `json:"request_id"`
}

func (s *Sandbox) write(w http.ResponseWriter, data any, refused *refusal) {
	if refused != nil {
		s.send(w, refused.status, envelope{Code: refused.code, Message: refused.message})
		return
	}
	s.send(w, http.StatusOK, envelope{Data: data, Message: "Success"})
}

func (s *Sandbox) send(w http.ResponseWriter, status int, e envelope) {
	// 14 digits of UTC and 20 hex digits (platform API 4.1).
	s.requests++
	e.RequestID = s.clock().UTC().Format("20060102150405") +
		strings.ToUpper(derived("request", fmt.Sprint(s.credentials.AppKey, s.requests))[:20])
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	// The only way to fail is a client that has gone.
	_ = encoder.Encode(e)
}

func (s *Sandbox) listShops(call) (any, *refusal) {
	return map[string]any{"shops": s.shops}, nil
}
