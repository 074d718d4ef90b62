package settings

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gokeyring "github.com/zalando/go-keyring"

	"packbench/internal/order"
)

// connected is a change by which a bench comes to its secrets.
func connected(appKey string, s Secrets) func(*Settings) error {
	return func(all *Settings) error {
		all.Platform.AppKey, all.Platform.SecretsIn = appKey, InKeyring
		all.Platform.hold(s)
		return nil
	}
}

// text is the settings file as it lies there.
func text(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, FileName)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	return string(data)
}

func unlocked(t *testing.T, v vault, dir string) Platform {
	t.Helper()
	s, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := unlock(v, dir, &s.Platform); err != nil {
		t.Fatal(err)
	}
	return s.Platform
}

var first = Secrets{AppSecret: "secret-1", AccessToken: "access-1", RefreshToken: "refresh-1"}

func TestSecretsLieInTheKeyring(t *testing.T) {
	gokeyring.MockInit()
	dir := t.TempDir()
	if elsewhere, err := UpdateSecrets(dir, connected("k", first)); elsewhere != nil || err != nil {
		t.Fatal(elsewhere, err)
	}
	renew := func(s *Settings) error {
		if s.Platform.secrets() != first {
			t.Errorf("a change sees %+v", s.Platform)
		}
		s.Platform.AccessToken, s.Platform.RefreshToken = "access-2", "refresh-2"
		return nil
	}
	if elsewhere, err := UpdateSecrets(dir, renew); elsewhere != nil || err != nil {
		t.Fatal(elsewhere, err)
	}
	if err := Update(dir, func(s *Settings) error { s.Theme = "dark"; return nil }); err != nil { // no business of the keyring's
		t.Fatal(err)
	}
	file := text(t, dir)
	for _, word := range []string{"secret-1", "access-", "refresh-2", "app_secret", "access_token", "refresh_token"} {
		if strings.Contains(file, word) {
			t.Errorf("the file holds %s:\n%s", word, file)
		}
	}
	s, err := Load(dir)
	if err != nil || s.Platform.secrets() != (Secrets{}) || s.Platform.SecretsIn != InKeyring {
		t.Errorf("%+v, %v", s.Platform, err)
	}
	want := Secrets{AppSecret: "secret-1", AccessToken: "access-2", RefreshToken: "refresh-2"}
	if err := Unlock(dir, &s.Platform); err != nil || s.Platform.secrets() != want {
		t.Errorf("%+v, %v", s.Platform, err)
	}
}

// Two folders, and two apps of one folder, do not see each other's secrets; another app's go with it.
func TestEveryFolderHasItsOwnEntry(t *testing.T) {
	gokeyring.MockInit()
	one, other := t.TempDir(), t.TempDir()
	second := Secrets{AppSecret: "secret-b", AccessToken: "access-b", RefreshToken: "refresh-b"}
	for _, c := range []struct {
		dir, app string
		s        Secrets
	}{{one, "k", first}, {other, "k", second}, {one, "new app", second}} {
		if elsewhere, err := UpdateSecrets(c.dir, connected(c.app, c.s)); elsewhere != nil || err != nil {
			t.Fatal(elsewhere, err)
		}
		if got := unlocked(t, keyring(), c.dir); got.secrets() != c.s {
			t.Errorf("%s: %+v", c.app, got)
		}
	}
	if got := unlocked(t, keyring(), other); got.secrets() != second {
		t.Errorf("the other folder has %+v", got)
	}
	name, err := entry(one, "k")
	if err != nil {
		t.Fatal(err)
	}
	if left, err := keyring().read(name); err != nil || left != (Secrets{}) {
		t.Errorf("the old app's secrets are left: %+v, %v", left, err)
	}
}

// The same folder by way of a link is the same bench.
func TestALinkToAFolderIsTheFolder(t *testing.T) {
	gokeyring.MockInit()
	dir := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	if _, err := UpdateSecrets(link, connected("k", first)); err != nil {
		t.Fatal(err)
	}
	if got := unlocked(t, keyring(), dir); got.secrets() != first {
		t.Errorf("%+v", got)
	}
}

// hanging never answers.
func hanging(t *testing.T) ring {
	ended := make(chan struct{})
	t.Cleanup(func() { close(ended) })
	wait := func() error { <-ended; return errors.New("the test is over") }
	return ring{
		get:    func(string, string) (string, error) { return "", wait() },
		set:    func(string, string, string) error { return wait() },
		delete: func(string, string) error { return wait() },
		within: 10 * time.Millisecond,
	}
}

// broken is a keyring that can be read and repeats the secret when it refuses it.
func broken() ring {
	return ring{
		get:    func(string, string) (string, error) { return "", gokeyring.ErrNotFound },
		set:    func(_, _, secret string) error { return errors.New("cannot keep " + secret) },
		delete: func(string, string) error { return nil },
		within: time.Second,
	}
}

// forgetful says yes and keeps nothing.
func forgetful() ring {
	r := broken()
	r.set = func(string, string, string) error { return nil }
	return r
}

func TestWithoutAKeyringTheSecretsGoIntoTheFile(t *testing.T) {
	gokeyring.MockInitWithError(errors.New("no such service"))
	for name, v := range map[string]vault{"hanging": hanging(t), "broken": broken(), "none": keyring(), "forgetful": forgetful()} {
		dir := t.TempDir()
		elsewhere, err := updateSecrets(v, dir, connected("k", first))
		if p := order.AsProblem(elsewhere); err != nil || p == nil || p.Key != "settings.keyring" || strings.Contains(p.Error(), first.AppSecret) {
			t.Errorf("%s: %v, %v", name, elsewhere, err)
		}
		if got := unlocked(t, v, dir); got.SecretsIn != InFile || got.secrets() != first {
			t.Errorf("%s: %+v", name, got)
		}
		text(t, dir)
	}
}

// The keyring falls silent while the program runs: what must not be lost goes into the file.
func TestKeyringThatFallsSilent(t *testing.T) {
	gokeyring.MockInit()
	dir := t.TempDir()
	if _, err := UpdateSecrets(dir, connected("k", first)); err != nil {
		t.Fatal(err)
	}
	v := hanging(t)
	s, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p := order.AsProblem(unlock(v, dir, &s.Platform)); p == nil || p.Key != "settings.keyring" {
		t.Errorf("%v", p)
	}
	elsewhere, err := updateSecrets(v, dir, func(s *Settings) error {
		s.Platform.hold(Secrets{AppSecret: "secret-1", AccessToken: "access-2", RefreshToken: "refresh-2"})
		return nil
	})
	if elsewhere == nil || err != nil {
		t.Errorf("%v, %v", elsewhere, err)
	}
	if got := unlocked(t, v, dir); got.SecretsIn != InFile || got.RefreshToken != "refresh-2" {
		t.Errorf("%+v", got)
	}
}

// A settings file with secrets in it works as it did, whatever the keyring does; and what a person writes into the file counts.
func TestSecretsInTheFile(t *testing.T) {
	gokeyring.MockInitWithError(errors.New("no such service"))
	for _, where := range []string{"", "secrets = \"file\"\n"} {
		dir := t.TempDir()
		file := "[platform]\n" + where + "app_key = \"k\"\napp_secret = \"s\"\naccess_token = \"a\"\nrefresh_token = \"r\"\n"
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		if elsewhere, err := UpdateSecrets(dir, func(s *Settings) error { s.Platform.AccessToken = "a2"; return nil }); elsewhere != nil || err != nil {
			t.Errorf("%v, %v", elsewhere, err)
		}
		if got := unlocked(t, keyring(), dir); got.secrets() != (Secrets{AppSecret: "s", AccessToken: "a2", RefreshToken: "r"}) {
			t.Errorf("%+v", got)
		}
	}
	gokeyring.MockInit()
	dir := t.TempDir()
	if _, err := UpdateSecrets(dir, connected("k", first)); err != nil {
		t.Fatal(err)
	}
	if err := Update(dir, func(s *Settings) error { s.Platform.AppSecret = "mended"; return nil }); err != nil {
		t.Fatal(err)
	}
	if got := unlocked(t, keyring(), dir); got.secrets() != (Secrets{AppSecret: "mended", AccessToken: "access-1", RefreshToken: "refresh-1"}) {
		t.Errorf("%+v", got)
	}
	if err := Update(dir, func(s *Settings) error {
		s.Platform.AccessToken, s.Platform.RefreshToken = "access-1", "refresh-1"
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := unlocked(t, hanging(t), dir); got.secrets() != (Secrets{AppSecret: "mended", AccessToken: "access-1", RefreshToken: "refresh-1"}) {
		t.Errorf("with all in the file the keyring was asked: %+v", got)
	}
	if _, err := UpdateSecrets(dir, func(*Settings) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if file := text(t, dir); strings.Contains(file, "mended") {
		t.Errorf("it stays in the file:\n%s", file)
	}
	if got := unlocked(t, keyring(), dir); got.AppSecret != "mended" {
		t.Errorf("%+v", got)
	}
}

func TestNonsenseIsNotRepeated(t *testing.T) {
	r := broken()
	r.get = func(string, string) (string, error) { return "{access-1", nil }
	if _, err := r.read("x"); err == nil || strings.Contains(err.Error(), "access-1") {
		t.Errorf("%v", err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, FileName), []byte("[platform]\nsecrets = \"key ring\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(dir); order.AsProblem(err) == nil || order.AsProblem(err).Key != "settings.unreadable" {
		t.Errorf("%v", err)
	}
}
