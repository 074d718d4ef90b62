package sandbox

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// asking is a line of what was asked (Options.Record). It holds nothing by which somebody could sign, read a label or
// find a buyer.
type asking struct {
	Time    time.Time         `json:"time"`
	Lives   time.Time         `json:"lives"`
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Query   map[string]string `json:"query,omitempty"`
	Shop    string            `json:"shop,omitempty"`
	Body    any               `json:"body,omitempty"`
	Status  int               `json:"status"` // 0 where the connection was closed instead
	Code    *int              `json:"code,omitempty"`
	Message string            `json:"message,omitempty"`
	Faults  []string          `json:"faults,omitempty"`
	Ms      float64           `json:"ms"`
}

// hidden stands for what is not written down.
const hidden = "…"

// left out of a recorded query altogether: what every call carries, and what lets somebody in.
var unrecorded = map[string]bool{
	"sign": true, "app_key": true, "app_secret": true, "shop_cipher": true, "access_token": true, "refresh_token": true,
	"auth_code": true, "timestamp": true,
}

// secretKeys are parts of the names of body fields that are not written down.
var secretKeys = []string{"token", "secret", "cipher", "sign", "url", "address", "phone", "name", "email", "postal"}

// writeDown records a call.
func (s *Sandbox) writeDown(r *http.Request, e *encounter, k *kept, began time.Time) {
	if s.recorder == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	line := asking{
		Time: began.UTC(), Lives: s.now().UTC(), Method: r.Method, Path: r.URL.Path, Query: recordedQuery(r.URL.Query()),
		Shop: e.shop, Body: recordedBody(e.body, r.Header.Get("Content-Type")), Status: k.status, Faults: e.names,
		Ms: float64(s.clock().Sub(began).Microseconds()) / 1000,
	}
	if strings.HasPrefix(line.Path, documentPath) { // the rest is the link
		line.Path, line.Query = documentPath+hidden, nil
	}
	var said struct {
		Code    *int
		Message string
	}
	if strings.HasPrefix(k.header.Get("Content-Type"), "application/json") && json.Unmarshal(k.body.Bytes(), &said) == nil {
		line.Code = said.Code
		if said.Code != nil && *said.Code != 0 {
			line.Message = said.Message
		}
	}
	if e.lose {
		line.Status = 0
	}
	s.keepLine(line)
}

// keepLine writes a line. The first failure ends the recording and is kept for RecordError.
func (s *Sandbox) keepLine(line asking) {
	if s.recordError != nil {
		return
	}
	encoder := json.NewEncoder(s.recorder)
	encoder.SetEscapeHTML(false)
	s.recordError = encoder.Encode(line)
}

// RecordError tells why recording ended before its time; nil where it did not.
func (s *Sandbox) RecordError() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.recordError
}

func recordedQuery(query url.Values) map[string]string {
	shown := map[string]string{}
	for name := range query {
		switch {
		case unrecorded[name]:
		case secret(name):
			shown[name] = hidden
		default:
			shown[name] = query.Get(name)
		}
	}
	return shown
}

// recordedBody is a JSON body without what is secret; of others only that they were there.
func recordedBody(body []byte, media string) any {
	if len(body) == 0 {
		return nil
	}
	o, err := readObject(body)
	if err != nil || !strings.HasPrefix(media, "application/json") {
		return hidden
	}
	hide(map[string]any(o))
	return o
}

func hide(v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if secret(key) {
				v[key] = hidden
			} else {
				hide(value)
			}
		}
	case []any:
		for _, item := range v {
			hide(item)
		}
	}
}

func secret(name string) bool {
	for _, part := range secretKeys {
		if strings.Contains(strings.ToLower(name), part) {
			return true
		}
	}
	return false
}
