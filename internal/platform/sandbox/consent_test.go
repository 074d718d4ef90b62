package sandbox

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestConsentPage(t *testing.T) {
	clock, pass := moving()
	v := visit(t, Options{Orders: 1, Clock: clock})
	if got := v.send("GET", ConsentPath, ""); got.status != 400 {
		t.Errorf("without a service: %d", got.status)
	}
	shown := regexp.MustCompile(`value="(ROW_[^"]+)"`)
	var given []string
	for range 3 {
		page := v.send("GET", ConsentPath+"?service_id=7&state="+url.QueryEscape(`<b>"1"`), "")
		found := shown.FindStringSubmatch(page.raw)
		if page.status != 200 || found == nil || strings.Contains(page.raw, "<b>\"1\"") || !strings.Contains(page.raw, "&lt;b&gt;") {
			t.Fatalf("%+v", page)
		}
		given = append(given, found[1])
	}
	c := v.s.Credentials()
	take := func(code string) int {
		return ask(t, v.s, "GET", tokenGetPath, url.Values{"app_key": {c.AppKey}, "app_secret": {c.AppSecret}, "auth_code": {code},
			"grant_type": {"authorized_code"}}).Code
	}
	// Each is good once, in any order, and so are the first and one made without the page.
	for _, code := range []string{given[1], given[0], c.AuthCode, v.s.NewAuthCode()} {
		if got := take(code); got != 0 {
			t.Errorf("%s: %d", code, got)
		}
		if got := take(code); got != 36004004 {
			t.Errorf("%s again: %d", code, got)
		}
	}
	pass(codeLife + time.Second)
	if got := take(given[2]); got != 36004004 {
		t.Errorf("after its life: %d", got)
	}
}
