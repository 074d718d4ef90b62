package platform

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"packbench/internal/order"
)

func clientOf(t *testing.T, base string) *Client {
	t.Helper()
	c, err := New(Config{BaseURL: base, AppKey: "key", AppSecret: "secret", AccessToken: "token", Patience: Patience{Tries: 2, First: 1}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Only the platform's hosts of pictures are asked, and this computer only by a client of a platform on it.
func TestHostsOfPictures(t *testing.T) {
	live, local := clientOf(t, "https://open-api.tiktokglobalshop.com"), clientOf(t, "http://127.0.0.1:8080")
	for address, want := range map[string]bool{
		"https://p16-oec-sg.example-cdn.test/tos-alisg-i-demo/000011~tplv-origin.jpeg?from=520841845": true,
		"https://p19-oec-va.ibyteimg.com/tos/1.webp":                                                  true,
		"https://p16-oec-eu-common-no.tiktokcdn-eu.com/1.jpg":                                         true,
		"http://p16-oec-sg.example-cdn.test/1.jpeg":                                                   false, // readable on the way
		"https://p16-oec-sg.example-cdn.test:8443/1.jpeg":                                             false,
		"https://name:word@p16-oec-sg.example-cdn.test/1.jpg":                                         false,
		"https://p16-oec-sg/1.jpeg":                                                                   false,
		"https://evil.test/p16-oec-sg.example-cdn.test/1.jpg":                                         false,
		"https://x.p16-oec-sg.example-cdn.test/1.jpg":                                                 false,
		"https://10.0.0.1/1.jpg":                                                                      false,
		"ftp://p16-oec-sg.example-cdn.test/1.jpg":                                                     false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := live.hasPictures(u); got != want {
			t.Errorf("%s: %v", address, got)
		}
		if got := local.hasPictures(u); got != want {
			t.Errorf("of a local client, %s: %v", address, got)
		}
	}
	for _, here := range []string{"http://127.0.0.1:9/1.png", "http://localhost:9/1.png", "https://[::1]/1.png"} {
		u, err := url.Parse(here)
		if err != nil {
			t.Fatal(err)
		}
		if live.hasPictures(u) || !local.hasPictures(u) {
			t.Error(here)
		}
	}
}

func TestPictures(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.Header.Get("x-tts-access-token") != "" || r.Header.Get("Referer") != "" {
			t.Error("a token or where it came from went out")
		}
		switch r.URL.Path {
		case "/good":
			_, _ = w.Write([]byte("picture"))
		case "/large":
			_, _ = w.Write(make([]byte, maxPicture+1))
		case "/busy":
			http.Error(w, "slow down", http.StatusTooManyRequests)
		case "/astray":
			http.Redirect(w, r, "https://evil.test/1.jpg?signature=hidden", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	c := clientOf(t, server.URL)
	if got, err := c.Picture(t.Context(), server.URL+"/good?signature=hidden"); err != nil || string(got) != "picture" {
		t.Errorf("%s, %v", got, err)
	}
	for path, want := range map[string]struct {
		key   string
		tries int
	}{
		"/large": {keyGarbled, 1}, "/busy": {keyBusy, 2}, "/astray": {"platform.insecure_address", 1}, "/gone": {"platform.link_expired", 1},
	} {
		asked = 0
		_, err := c.Picture(t.Context(), server.URL+path+"?signature=hidden")
		if p := order.AsProblem(err); err == nil || p.Key != want.key || asked != want.tries {
			t.Errorf("%s: %v after %d", path, err, asked)
		}
		if err != nil && strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: the address is in %v", path, err)
		}
	}
	asked = 0
	if _, err := c.Picture(t.Context(), "https://evil.test/1.jpg?signature=hidden"); err == nil || order.AsProblem(err).Key != "platform.strange_address" || asked != 0 {
		t.Error(err)
	}
}
