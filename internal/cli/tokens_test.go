package cli

import (
	"log/slog"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/internal/platform"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
)

// later is a clock of the platform that a test can put forward.
type later struct{ by atomic.Int64 }

func (l *later) now() time.Time        { return time.Now().Add(time.Duration(l.by.Load())) }
func (l *later) move(by time.Duration) { l.by.Add(int64(by)) }

const (
	refreshing = "GET /api/v2/token/refresh"
	searching  = "POST /order/202309/orders/search"
)

// The token ends between two pages of a reading; the reading goes on, and so does the next process, with the pair that was kept.
func TestTokenThatEndsInTheMiddleOfASync(t *testing.T) {
	clock := &later{}
	p := newPlace(t, sandbox.Options{Orders: 250, Seed: 4, Clock: clock.now})
	p.dir = t.TempDir() // a bench that has read nothing yet
	if err := ConnectSandbox(p.dir, p.sandbox, p.base); err != nil {
		t.Fatal(err)
	}
	if err := settings.Update(p.dir, func(s *settings.Settings) error { s.Bench.Packer, s.Theme = "An", "dark"; return nil }); err != nil {
		t.Fatal(err)
	}
	before, err := settings.Load(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	var moved atomic.Bool
	p.seen = func(path, _ string) {
		if strings.HasSuffix(searching, path) && moved.CompareAndSwap(false, true) {
			clock.move(8 * 24 * time.Hour)
		}
	}
	if out := p.must("", &Sync{Once: true}); !strings.Contains(out, "250") || !moved.Load() {
		t.Errorf("%q", out)
	}
	if n := p.sandbox.Calls(refreshing); n != 1 {
		t.Errorf("%d refreshes", n)
	}
	want := before
	c := p.sandbox.Credentials()
	want.Platform.AccessToken, want.Platform.RefreshToken = c.AccessToken, c.RefreshToken
	want.Platform.AccessExpires, want.Platform.RefreshExpires = c.AccessExpires, c.RefreshExpires
	after, err := settings.Load(p.dir)
	if err != nil || !reflect.DeepEqual(after, want) || after.Platform.AccessToken == before.Platform.AccessToken {
		t.Errorf("the settings hold\n%+v, want\n%+v, %v", after, want, err)
	}
	p.must("", &Sync{Once: true})
	if n := p.sandbox.Calls(refreshing); n != 1 {
		t.Errorf("the next process refreshed again: %d", n)
	}
	clock.move(8 * 24 * time.Hour)
	p.must("", &Sync{Once: true})
	if n := p.sandbox.Calls(refreshing); n != 2 {
		t.Errorf("%d refreshes after another life", n)
	}
}

func TestRefusedRefreshTokenIsSaid(t *testing.T) {
	clock := &later{}
	p := newPlace(t, sandbox.Options{Orders: 4, Seed: 4, Clock: clock.now})
	if err := settings.Update(p.dir, func(s *settings.Settings) error { s.Platform.RefreshToken += "x"; return nil }); err != nil {
		t.Fatal(err)
	}
	before, err := settings.Load(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	clock.move(8 * 24 * time.Hour)
	end := p.run("", &Sync{Once: true})
	if end.code != ExitFailed || !strings.Contains(end.stderr, "The permission to read this shop has run out. Renew it in the settings.") ||
		!strings.Contains(end.stderr, "98001006") {
		t.Errorf("exit code %d, %q", end.code, end.stderr)
	}
	if after, err := settings.Load(p.dir); err != nil || !reflect.DeepEqual(after, before) {
		t.Errorf("the settings changed: %v", err)
	}
}

// Whoever enters another authorization while the program runs finds it there afterwards.
func TestAnotherAuthorizationStays(t *testing.T) {
	dir := t.TempDir()
	var said strings.Builder
	file := &tokenFile{dir: dir, log: slog.New(slog.NewTextHandler(&said, nil)), held: settings.Platform{AppKey: "k", RefreshToken: "r1"}}
	put := func(appKey, refresh string) {
		t.Helper()
		if err := settings.Update(dir, func(s *settings.Settings) error {
			s.Platform.AppKey, s.Platform.AccessToken, s.Platform.RefreshToken = appKey, "theirs", refresh
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		appKey, refresh string // in the file
		pair            platform.Tokens
		want            string
	}{
		{"k", "r1", platform.Tokens{Access: "a2", Refresh: "r2"}, "a2"},
		{"k", "r2", platform.Tokens{Access: "a3", Refresh: "r3"}, "a3"},
		{"k", "new", platform.Tokens{Access: "a4", Refresh: "r4"}, "theirs"},
		{"other", "r3", platform.Tokens{Access: "a5", Refresh: "r5"}, "theirs"},
	} {
		put(c.appKey, c.refresh)
		if err := file.keep(c.pair); err != nil {
			t.Fatal(err)
		}
		if s, err := settings.Load(dir); err != nil || s.Platform.AccessToken != c.want {
			t.Errorf("%s with %s: the file holds %q, %v", c.appKey, c.refresh, s.Platform.AccessToken, err)
		}
	}
	if strings.Count(said.String(), "another authorization") != 2 || strings.Contains(said.String(), "r4") {
		t.Errorf("the log says %s", said.String())
	}
}
