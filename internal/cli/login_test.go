package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	gokeyring "github.com/zalando/go-keyring"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/words"
	"packbench/store"
)

// newcomer is a bench nobody has connected yet, and a sandbox that would let it in.
func newcomer(t *testing.T, o sandbox.Options) *place {
	p := newPlace(t, o)
	p.dir = t.TempDir()
	return p
}

// write puts a text into a file of its own.
func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// within tells which of the words stand in any file of a folder.
func within(t *testing.T, dir string, words ...string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, word := range words {
			if strings.Contains(string(text), word) {
				found = append(found, entry.Name()+" holds "+word)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// A bench is connected by the whole address the browser was sent to, reads orders, renews its tokens and reads on, and no secret is
// anywhere but in the keyring.
func TestLoginIntoTheKeyring(t *testing.T) {
	gokeyring.MockInit()
	clock := &later{}
	p := newcomer(t, sandbox.Options{Orders: 30, Seed: 4, Clock: clock.now})
	c := p.sandbox.Credentials()
	login := &Login{AppKey: c.AppKey, SecretFile: write(t, c.AppSecret+"\n"), APIURL: p.base, AuthURL: p.base}
	end := p.run("https://example.test/landing?app_key=x&code="+c.AuthCode+"&locale=en&state=Y\n", login)
	if end.code != ExitDone || end.stderr != "" {
		t.Fatalf("exit code %d\n%s", end.code, end.stderr)
	}
	first := p.sandbox.Credentials()
	for _, want := range []string{"Connected to ", Day(first.RefreshExpires), " days"} {
		if !strings.Contains(end.stdout, want) {
			t.Errorf("%q is not in\n%s", want, end.stdout)
		}
	}
	said := end.stdout + end.stderr + p.must("", &Sync{Once: true})
	clock.move(8 * 24 * time.Hour)
	said += p.must("", &Sync{Once: true})
	said += p.must("", &Sync{Once: true})
	if n := p.sandbox.Calls(refreshing); n != 1 {
		t.Errorf("%d refreshes: the new pair was not found again", n)
	}
	second := p.sandbox.Credentials()
	secrets := []string{c.AppSecret, c.AuthCode, c.AccessToken, first.AccessToken, first.RefreshToken, second.AccessToken, second.RefreshToken}
	for _, secret := range secrets {
		if strings.Contains(said, secret) {
			t.Errorf("it said %s", secret)
		}
	}
	if found := within(t, p.dir, append(secrets, "app_secret=", "auth_code=")...); len(found) > 0 {
		t.Error(found)
	}
	s, err := settings.Load(p.dir)
	if err != nil || s.Platform.SecretsIn != settings.InKeyring || !s.Platform.RefreshExpires.Equal(second.RefreshExpires) || s.Platform.SellerName == "" {
		t.Errorf("%+v, %v", s.Platform, err)
	}
	if info, err := os.Stat(filepath.Join(p.dir, settings.FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// Without a keyring the secrets go into the file, which is said, and all works.
func TestLoginWithoutAKeyring(t *testing.T) {
	gokeyring.MockInitWithError(errors.New("no such service"))
	p := newcomer(t, sandbox.Options{Orders: 5, Seed: 4})
	c := p.sandbox.Credentials()
	file, err := json.Marshal(map[string]string{
		"app_key": c.AppKey, "app_secret": c.AppSecret, "auth_code": c.AuthCode, "base_url": p.base, "auth_url": p.base,
	})
	if err != nil {
		t.Fatal(err)
	}
	login := &Login{Credentials: write(t, string(file))}
	end := p.run("", login)
	if end.code != ExitDone || !strings.Contains(end.stderr, "keyring does not serve: the secrets are in packbench.toml") {
		t.Errorf("exit code %d, %q", end.code, end.stderr)
	}
	p.must("", &Sync{Once: true})
	c = p.sandbox.Credentials()
	if found := within(t, p.dir, c.RefreshToken); !slices.Equal(found, []string{"packbench.toml holds " + c.RefreshToken}) {
		t.Error(found)
	}
	before, err := settings.Load(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	end = p.run("", login) // the code is used up
	after, err := settings.Load(p.dir)
	if end.code != ExitFailed || err != nil || cmp.Diff(before, after) != "" {
		t.Errorf("exit code %d, %s, %v", end.code, cmp.Diff(before, after), err)
	}
}

// A folder whose settings say so keeps its secrets in the file, keyring or not.
func TestLoginWhereTheFileIsWished(t *testing.T) {
	gokeyring.MockInit()
	p := newcomer(t, sandbox.Options{Orders: 5, Seed: 4})
	c := p.sandbox.Credentials()
	if err := settings.Update(p.dir, func(s *settings.Settings) error { s.Platform.SecretsIn = settings.InFile; return nil }); err != nil {
		t.Fatal(err)
	}
	p.must(c.AppKey+"\n"+c.AppSecret+"\n"+c.AuthCode, &Login{APIURL: p.base, AuthURL: p.base}) // all asked for, in this order
	if s, err := settings.Load(p.dir); err != nil || s.Platform.RefreshToken != p.sandbox.Credentials().RefreshToken {
		t.Errorf("%+v, %v", s.Platform, err)
	}
}

// What cannot work is found out before the code is used, and changes nothing.
func TestLoginThatCannotWork(t *testing.T) {
	gokeyring.MockInit()
	p := newcomer(t, sandbox.Options{Orders: 5, Seed: 4})
	c := p.sandbox.Credentials()
	secret := write(t, c.AppSecret)
	for name, v := range map[string]struct {
		login Login
		stdin string
		code  int
		says  string
	}{
		"nothing to read":      {Login{AppKey: c.AppKey}, "", ExitUsage, "This is missing: App secret"},
		"no file":              {Login{SecretFile: filepath.Join(p.dir, "none")}, "", ExitFailed, "[login.unreadable"},
		"credentials nonsense": {Login{Credentials: write(t, `{"app_secret": 98765}`)}, "", ExitFailed, "[login.unreadable"},
		"an address without":   {Login{AppKey: c.AppKey, SecretFile: secret, Code: "https://example.test/landing?state=1"}, "", ExitUsage, "There is no code"},
		"refused":              {Login{AppKey: c.AppKey, SecretFile: secret, Code: "https://example.test/?code=null&error=auth_denied&state=1"}, "", ExitFailed, "The seller refused the authorization"},
		"another app's code":   {Login{AppKey: c.AppKey, SecretFile: secret, Code: c.AuthCode + "x", APIURL: p.base, AuthURL: p.base}, "", ExitFailed, "36004004"},
		"an insecure address":  {Login{AppKey: c.AppKey, SecretFile: secret, Code: c.AuthCode, APIURL: p.base, AuthURL: "http://192.0.2.1"}, "", ExitFailed, "[platform.insecure_address]"},
	} {
		end := p.run(v.stdin, &v.login)
		if end.code != v.code || !strings.Contains(end.stderr, v.says) || end.stdout != "" {
			t.Errorf("%s: exit code %d, %q", name, end.code, end.stderr)
		}
		for _, secret := range []string{c.AppSecret, c.AuthCode, "98765"} {
			if strings.Contains(end.stderr, secret) {
				t.Errorf("%s: it said %s", name, secret)
			}
		}
	}
	held, err := store.Open(p.dir, time.Now) // as a running bench has it
	if err != nil {
		t.Fatal(err)
	}
	login := &Login{AppKey: c.AppKey, SecretFile: secret, Code: c.AuthCode, APIURL: p.base, AuthURL: p.base}
	if end := p.run("", login); end.code != ExitFailed || !strings.Contains(end.stderr, "[store.") {
		t.Errorf("a running bench: exit code %d, %q", end.code, end.stderr)
	}
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(p.dir, settings.FileName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("settings were written: %v", err)
	}
	p.must("", login) // the code is still good
}

// tokenHost answers as the platform does for an account, and tells the shops where that is permitted.
func tokenHost(t *testing.T, userType int, scopes ...string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/authorization/202309/shops" && slices.Contains(scopes, "seller.authorization.info") {
			fmt.Fprint(w, `{"code":0,"data":{"shops":[{"id":"7","name":"An's","region":"MY","seller_type":"CROSS_BORDER","cipher":"ROW_c"}]}}`)
			return
		}
		if r.URL.Path != "/api/v2/token/get" {
			fmt.Fprint(w, `{"code":105005,"message":"no scope"}`)
			return
		}
		granted, err := json.Marshal(scopes)
		if err != nil {
			t.Error(err)
		}
		fmt.Fprintf(w, `{"code":0,"data":{"access_token":"ROW_a","access_token_expire_in":4102444800,"refresh_token":"ROW_r",`+
			`"refresh_token_expire_in":4891363200,"seller_name":"Shop of An","seller_base_region":"MY","user_type":%d,"granted_scopes":%s}}`, userType, granted)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestLoginOfACreator(t *testing.T) {
	gokeyring.MockInit()
	p := &place{t: t, dir: t.TempDir()}
	host := tokenHost(t, 1)
	end := p.run("", &Login{AppKey: "k", SecretFile: write(t, "s"), Code: "c", APIURL: host, AuthURL: host})
	if end.code != ExitFailed || !strings.Contains(end.stderr, "[platform.not_a_seller") {
		t.Errorf("exit code %d, %q", end.code, end.stderr)
	}
	if _, err := os.Stat(filepath.Join(p.dir, settings.FileName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("settings were written: %v", err)
	}
}

// A consent without all permissions is kept, and what is missing is named; that the shops cannot be read loses nothing.
func TestLoginWithoutAllPermissions(t *testing.T) {
	gokeyring.MockInit()
	p := &place{t: t, dir: t.TempDir()}
	host := tokenHost(t, 0, "seller.order.info", "seller.logistics")
	end := p.run("", &Login{AppKey: "k", SecretFile: write(t, "s"), Code: "c", APIURL: host, AuthURL: host})
	if end.code != ExitFailed || !strings.Contains(end.stderr, "[login.no_shops") || !strings.Contains(end.stderr, "The app lacks permissions: seller.authorization.info, seller.fulfillment.basic") ||
		!strings.Contains(end.stdout, "Connected to Shop of An (MY)") || !strings.Contains(end.stdout, "2125-01-01") {
		t.Errorf("exit code %d\n%s%s", end.code, end.stdout, end.stderr)
	}
	if end := p.run("", &Sync{Once: true}); end.code != ExitFailed || !strings.Contains(end.stderr, "[platform.scope_missing") {
		t.Errorf("exit code %d, %q", end.code, end.stderr)
	}
	s, err := settings.Load(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := settings.Unlock(p.dir, &s.Platform); err != nil || s.Platform.AccessToken != "ROW_a" || s.Platform.RefreshToken != "ROW_r" {
		t.Errorf("%+v, %v", s.Platform, err)
	}
}

func TestLoginWithoutOnePermission(t *testing.T) {
	gokeyring.MockInit()
	p := &place{t: t, dir: t.TempDir()}
	host := tokenHost(t, 0, "seller.authorization.info", "seller.order.info", "seller.fulfillment.basic", "seller.logistics", "seller.return_refund.basic")
	end := p.run("", &Login{AppKey: "k", SecretFile: write(t, "s"), Code: "c", APIURL: host, AuthURL: host})
	if end.code != ExitNeedsPerson || !strings.Contains(end.stderr, "permissions: seller.fulfillment.package.write. ") || !strings.Contains(end.stdout, "An's, MY, 7") {
		t.Errorf("exit code %d\n%s%s", end.code, end.stdout, end.stderr)
	}
	if lines := read[shopLine](t, p.must("", &Shops{JSON: true})); len(lines) != 1 || lines[0].SellerType != "CROSS_BORDER" || lines[0].Orders != 0 {
		t.Errorf("%+v", lines)
	}
}

func TestCodeIn(t *testing.T) {
	for pasted, want := range map[string]string{
		"ROW_abc":      "ROW_abc",
		" \tROW_abc\n": "ROW_abc",
		"https://example.test/cb?code=ROW_abc&state=1":          "ROW_abc",
		"https://example.test/cb?state=1&code=ROW_a%2Bb&x=code": "ROW_a+b",
		"example.test/cb?code=ROW_abc":                          "ROW_abc",
		"http://127.0.0.1:8080/?code=ROW_abc#top":               "ROW_abc",
		"code=ROW_abc&state=1":                                  "ROW_abc",
		"":                                                      "login.no_code",
		"null":                                                  "login.no_code",
		"two words":                                             "login.no_code",
		"https://example.test/cb":                               "login.no_code",
		"https://example.test/cb?code=null":                     "login.no_code",
		"https://example.test/cb?code=%zz":                      "login.no_code",
		"https://example.test/cb?code=null&error=auth_denied": "login.denied",
	} {
		got, err := codeIn(pasted)
		if p := order.AsProblem(err); p != nil {
			got = p.Key
		}
		if got != want {
			t.Errorf("%q: %q, want %q", pasted, got, want)
		}
	}
}

func TestShops(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 12, Seed: 4})
	end, days := time.Now().Add(100*24*time.Hour+time.Hour), 100
	if err := settings.Update(p.dir, func(s *settings.Settings) error { s.Platform.RefreshExpires = end; return nil }); err != nil {
		t.Fatal(err)
	}
	lines := read[shopLine](t, p.must("", &Shops{JSON: true}))
	if len(lines) != 1 || lines[0].Shop == "" || lines[0].Name == "" {
		t.Fatalf("%+v", lines)
	}
	want := shopLine{
		Shop: lines[0].Shop, Name: lines[0].Name, Market: lines[0].Market, SellerType: "LOCAL", Orders: 12,
		Waiting: len(p.waiting(0)),
		Warehouses: []placeLine{
			{Warehouse: "7495000000000000101", Name: "Lantern Sports Warehouse 1", Orders: 12, Waiting: len(p.waiting(0))},
		},
		Ends: end.UTC().Format(time.RFC3339), DaysLeft: &days,
	}
	if diff := cmp.Diff(want, lines[0]); diff != "" {
		t.Error(diff)
	}
	if table := p.must("", &Shops{}); !strings.Contains(table, "AUTHORIZED UNTIL") || !strings.Contains(table, Day(end)) || !strings.Contains(table, "100") {
		t.Error(table)
	}
	for _, c := range []struct {
		left time.Duration
		says string
	}{
		{12*24*time.Hour + time.Hour, "in 12 days. Have the seller authorize again"},
		{-time.Hour, "The authorization ended on "},
		{31 * 24 * time.Hour, ""},
	} {
		if err := settings.Update(p.dir, func(s *settings.Settings) error {
			s.Platform.RefreshExpires = time.Now().Add(c.left)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for _, v := range []verb{&Shops{}, &Shops{JSON: true}, &Sync{Once: true}} {
			got := p.run("", v)
			if got.code != ExitDone || c.says != "" && !strings.Contains(got.stderr, c.says) || c.says == "" && strings.Contains(got.stderr, "authorization") {
				t.Errorf("%T, %v left: exit code %d, %q", v, c.left, got.code, got.stderr)
			}
		}
	}
}

// Where nothing can be stored, the code is used up all the same: that is said, and what to do.
func TestLoginThatCannotBeKept(t *testing.T) {
	gokeyring.MockInitWithError(errors.New("no such service"))
	p := &place{t: t, dir: t.TempDir()}
	tongue, err := words.In(words.English)
	if err != nil {
		t.Fatal(err)
	}
	bench, err := OpenBench(&Environment{Context: t.Context(), Dir: p.dir, Now: time.Now, Tongue: tongue})
	if err != nil {
		t.Fatal(err)
	}
	defer bench.Close()
	if err := os.Mkdir(filepath.Join(p.dir, settings.FileName), 0o700); err != nil { // in the file's place
		t.Fatal(err)
	}
	host := tokenHost(t, 0)
	done, err := bench.Connect(t.Context(), Consent{AppKey: "k", AppSecret: "very-secret", Code: "once", BaseURL: host, AuthURL: host})
	problem := order.AsProblem(err)
	if problem == nil || problem.Key != "login.not_kept" || done.Grant.Access != "" || !strings.Contains(tongue.Say(problem.Said), "authorize again for a new code") {
		t.Fatalf("%v, %+v", err, done)
	}
	for _, secret := range []string{"very-secret", "once", "ROW_a", "ROW_r"} {
		if strings.Contains(problem.Error(), secret) {
			t.Errorf("the error holds %s: %v", secret, problem)
		}
	}
}
