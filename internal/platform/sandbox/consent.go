package sandbox

import (
	"fmt"
	"html/template"
	"net/http"
	"time"
)

// ConsentPath is where a seller lets an app in (platform API 1.1).
const ConsentPath = "/open/authorize"

// codeLife is how long an auth code waits to be exchanged (platform API 1.2).
const codeLife = 30 * time.Minute

// NewAuthCode gives another code that a seller's consent would: good for half an hour and for one exchange. Codes given
// before stay good.
func (s *Sandbox) NewAuthCode() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.newCode()
}

func (s *Sandbox) newCode() string {
	s.consents++
	code := "ROW_" + token("code", fmt.Sprint(s.credentials.AppKey, s.consents))
	s.codes[code] = s.clock()
	return code
}

// spend takes a code that is good, once.
func (s *Sandbox) spend(code string) bool {
	given, known := s.codes[code]
	delete(s.codes, code)
	return known && !s.clock().After(given.Add(codeLife))
}

// consentPage shows the code that the real page sends to the app's own address, in both languages of the program.
var consentPage = template.Must(template.New("consent").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Packbench sandbox</title>
<body style="font:16px/1.6 sans-serif;max-width:40em;margin:3em auto">
<h1>{{.Seller}}</h1>
<p>You let this app in. Copy the code into <b>packbench login</b>; it works once, for 30 minutes.</p>
<p lang="zh-Hans">您已授权此应用。把授权码复制到 <b>packbench login</b>；30 分钟内有效，只能用一次。</p>
<p><input id="code" readonly size="60" value="{{.Code}}" onfocus="this.select()" style="font:16px monospace;padding:.5em"></p>
{{if .State}}<p>state: <code>{{.State}}</code></p>{{end}}
</body></html>
`))

// serveConsent is the seller's consent, always given.
func (s *Sandbox) serveConsent(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if query.Get("service_id") == "" {
		http.Error(w, "service_id is missing from the link.", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.calls["GET "+ConsentPath]++
	page := struct{ Seller, Code, State string }{s.shops[0].Name, s.newCode(), query.Get("state")}
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	// The only way to fail is a client that has gone.
	_ = consentPage.Execute(w, page)
}
