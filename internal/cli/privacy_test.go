package cli

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
)

// addresses are the words that name a buyer in an order's JSON.
var addresses = []string{"name", "first_name", "last_name", "phone_number", "full_address", "address_detail", "address_line1", "buyer_email"}

// buyersIn collects who the buyers are from what the platform answered.
func buyersIn(body string, found map[string]bool) {
	var answer struct {
		Data struct{ Orders []map[string]any }
	}
	if json.Unmarshal([]byte(body), &answer) != nil {
		return // a document, or another call's answer
	}
	for _, o := range answer.Data.Orders {
		recipient, _ := o["recipient_address"].(map[string]any)
		for _, key := range addresses {
			for _, from := range []map[string]any{recipient, o} {
				if text, ok := from[key].(string); ok && len(text) >= 6 {
					found[text] = true
				}
			}
		}
	}
}

// After packing, and after a wrong secret, an unreachable platform, a garbled label and a token that was renewed or could not be, no secret is anywhere but in the settings, and no
// buyer anywhere but on the label.
func TestNothingLeaks(t *testing.T) {
	clock := &later{}
	p := newPlace(t, sandbox.Options{Orders: 40, Seed: 9, LabelDelay: time.Millisecond, Clock: clock.now})
	var mu sync.Mutex
	buyers, links, ciphers := map[string]bool{}, map[string]bool{}, map[string]bool{}
	p.seen = func(path, body string) {
		mu.Lock()
		defer mu.Unlock()
		buyersIn(body, buyers)
		var answer struct {
			Data struct {
				URL   string `json:"doc_url"`
				Shops []struct{ Cipher string }
			}
		}
		if json.Unmarshal([]byte(body), &answer) != nil {
			return // a document
		}
		if _, query, ok := strings.Cut(answer.Data.URL, "?"); ok {
			links[query] = true
		}
		for _, shop := range answer.Data.Shops {
			ciphers[shop.Cipher] = true
		}
	}
	var said strings.Builder // all that went to standard error and standard output
	keep := func(end ended) ended {
		said.WriteString(end.stderr + end.stdout)
		return end
	}
	orders := p.waiting(1)
	printer := "file:" + p.labels
	scans := func(n int) string {
		return string(orders[n].Packages[0].PackageID) + "\n" + p.scansOf(orders[n])[0] + "\nlabel\n"
	}
	keep(p.run("", &Sync{Once: true}))
	if end := keep(p.run(scans(0), &Pack{Scans: "-", Printer: printer})); end.code != ExitDone {
		t.Fatalf("exit code %d\n%s", end.code, end.stderr)
	}
	p.garble.Store(true)
	if end := keep(p.run(scans(1), &Pack{Scans: "-", Printer: printer})); end.code != ExitFailed {
		t.Fatalf("garbled label: exit code %d\n%s", end.code, end.stderr)
	}
	p.garble.Store(false)
	if end := keep(p.run("ok\nlabel\n", &Pack{Scans: "-", Printer: printer})); end.code != ExitDone {
		t.Fatalf("exit code %d\n%s", end.code, end.stderr)
	}
	right, err := settings.Load(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	first := p.sandbox.Credentials()
	clock.move(8 * 24 * time.Hour) // the access token has expired
	for name, spoil := range map[string]func(*settings.Settings){
		"wrong secret":           func(s *settings.Settings) { s.Platform.AppSecret += "x" },
		"wrong token":            func(s *settings.Settings) { s.Platform.AccessToken += "x" },
		"unreachable":            func(s *settings.Settings) { s.Platform.BaseURL = "http://127.0.0.1:1" },
		"an insecure address":    func(s *settings.Settings) { s.Platform.BaseURL = "http://192.0.2.1" },
		"wrong refresh token":    func(s *settings.Settings) { s.Platform.RefreshToken += "x" },
		"unreachable token host": func(s *settings.Settings) { s.Platform.AuthURL = "http://127.0.0.1:1" },
	} {
		wrong := right
		spoil(&wrong)
		if err := settings.Save(p.dir, wrong); err != nil {
			t.Fatal(err)
		}
		for _, v := range []verb{&Sync{Once: true}, &Pack{Scans: "-", Printer: printer}} {
			if end := keep(p.run(scans(2), v)); end.code != ExitFailed || end.stderr == "" {
				t.Errorf("%s: exit code %d, %q", name, end.code, end.stderr)
			}
		}
	}
	if err := settings.Save(p.dir, right); err != nil {
		t.Fatal(err)
	}
	keep(p.run("", &Sync{Once: true}))

	c := p.sandbox.Credentials()
	if c.AccessToken == first.AccessToken {
		t.Fatal("no token was renewed: the test looks for nothing")
	}
	secrets := []string{c.AppSecret, c.AccessToken, c.RefreshToken, first.AccessToken, first.RefreshToken, "sign=", "app_secret="}
	mu.Lock()
	defer mu.Unlock()
	for query := range links {
		secrets = append(secrets, query)
	}
	for cipher := range ciphers {
		secrets = append(secrets, cipher)
	}
	if len(links) < 2 || len(ciphers) != 1 || len(buyers) < 10 {
		t.Fatalf("%d links, %d ciphers and %d words of buyers were seen: the test looks for nothing", len(links), len(ciphers), len(buyers))
	}
	look := func(where, text string, forbidden []string) {
		for _, secret := range forbidden {
			if secret != "" && strings.Contains(text, secret) {
				t.Errorf("%s holds %q", where, secret)
			}
		}
	}
	var people []string
	for text := range buyers {
		people = append(people, text)
	}
	look("what was said", said.String(), append(people, secrets...))
	logs := 0
	err = filepath.WalkDir(p.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == settings.FileName {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		look(path, string(text), secrets)
		if filepath.Ext(path) == ".log" {
			logs += len(text)
			look(path, string(text), people)
		}
		return nil
	})
	if err != nil || logs == 0 {
		t.Errorf("%d bytes of logs, %v", logs, err)
	}
}
