package settings

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

// Changes that meet are all kept, each over what the other has just written.
func TestUpdatesThatMeet(t *testing.T) {
	dir := t.TempDir()
	changes := []func(*Settings){
		func(s *Settings) { s.Language = "en" },
		func(s *Settings) { s.Theme = "dark" },
		func(s *Settings) { s.Bench.Packer = "An" },
		func(s *Settings) { s.Platform.AccessToken, s.Platform.RefreshToken = "t", "r" },
		func(s *Settings) { s.Printer.URI = "file:x" },
	}
	want := Default()
	var group sync.WaitGroup
	for _, change := range changes {
		change(&want)
		group.Go(func() {
			if err := Update(dir, func(s *Settings) error { change(s); return nil }); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got, err := Load(dir); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestUpdateThatFailsChangesNothing(t *testing.T) {
	dir := t.TempDir()
	no := errors.New("no")
	if err := Update(dir, func(s *Settings) error { s.Theme = "dark"; return no }); !errors.Is(err, no) {
		t.Errorf("%v", err)
	}
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("a file was written: %v", err)
	}
	const typo = "[platform]\nacess_token = \"x\"\n"
	if err := os.WriteFile(path, []byte(typo), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Update(dir, func(*Settings) error { return nil }); err == nil || !strings.Contains(err.Error(), "unknown key platform.acess_token") {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadFile(path); err != nil || string(left) != typo {
		t.Errorf("%q, %v", left, err)
	}
}

// A file of the time before tokens were renewed works. A live shop's is renewed at the live token host, a simulated one's nowhere: its
// secrets stay on this computer.
func TestFilesWithoutTheKeysOfRenewal(t *testing.T) {
	for name, c := range map[string]struct{ text, auth string }{
		"live":            {"[platform]\nbase_url = \"https://open-api.tiktokglobalshop.com\"\nrefresh_token = \"r\"\n", "https://auth.tiktok-shops.com"},
		"live by default": {"[platform]\nrefresh_token = \"r\"\n", "https://auth.tiktok-shops.com"},
		"simulated":       {"[platform]\nbase_url = \"http://127.0.0.1:1\"\nrefresh_token = \"r\"\n", ""},
		"said":            {"[platform]\nbase_url = \"http://127.0.0.1:1\"\nauth_url = \"http://127.0.0.1:2\"\nrefresh_token = \"r\"\n", "http://127.0.0.1:2"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, FileName), []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := Load(dir)
		if err != nil || got.Platform.AuthURL != c.auth || got.Platform.RefreshToken != "r" || !got.Platform.AccessExpires.IsZero() {
			t.Errorf("%s: %+v, %v", name, got.Platform, err)
		}
		if err := Save(dir, got); err != nil {
			t.Fatal(err)
		}
		if again, err := Load(dir); err != nil || !reflect.DeepEqual(again, got) {
			t.Errorf("%s, written again: %+v, %v", name, again, err)
		}
	}
}

func TestEndsOfTokensAreKept(t *testing.T) {
	dir := t.TempDir()
	want := Default()
	want.Platform.AccessExpires = time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC)
	want.Platform.RefreshExpires = time.Date(2125, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := Save(dir, want); err != nil {
		t.Fatal(err)
	}
	got, err := Load(dir)
	if err != nil || !got.Platform.AccessExpires.Equal(want.Platform.AccessExpires) || !got.Platform.RefreshExpires.Equal(want.Platform.RefreshExpires) {
		t.Errorf("%+v, %v", got.Platform, err)
	}
}
