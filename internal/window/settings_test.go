package window

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	gokeyring "github.com/zalando/go-keyring"

	"packbench/internal/cli"
	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
	"packbench/internal/station"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/seen"
	screen "packbench/ui/settings"
)

// newSettings is a window whose bench nobody has connected yet, on its settings page.
func newSettings(t *testing.T) *Window {
	t.Helper()
	gokeyring.MockInit()
	w := newWindow(t)
	bench, err := cli.OpenBench(w.environment)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := bench.Close(); err != nil {
			t.Error(err)
		}
	})
	w.bench = bench
	w.press("F8")
	if w.page != frame.PageSettings {
		t.Fatalf("F8 leads to page %d", w.page)
	}
	work(w) // the shops are read
	return w
}

// work does what waits for the office and the clerks. A test's window has no main goroutine of its own: all are the test's.
func work(w *Window) {
	for {
		select {
		case errand := <-w.errands:
			errand()
		case task := <-w.desk:
			task()
		default:
			return
		}
	}
}

func TestConnectOnTheSettingsPage(t *testing.T) {
	w := newSettings(t)
	shop, err := sandbox.New(sandbox.Options{Orders: 3, Seed: 4})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(shop)
	t.Cleanup(server.Close)
	if err := settings.Update(w.environment.Dir, func(s *settings.Settings) error {
		s.Platform.BaseURL, s.Platform.AuthURL = server.URL, server.URL
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w.press("F1")
	w.press("F8")
	work(w)
	c := shop.Credentials()
	_, bench := w.entries()

	w.press(screen.ConnectKey)
	if got := w.form.connection; got.Tone != kit.Bad || got.Said.Key != "set.incomplete" || len(w.errands) != 0 {
		t.Errorf("with nothing entered: %+v", got)
	}
	w.form.Fill(screen.Login{AppKey: c.AppKey, AppSecret: c.AppSecret, Code: "wrong"}, bench)
	w.press(screen.ConnectKey)
	if !w.form.connecting || w.form.connection.Tone != kit.Told {
		t.Errorf("while it goes on: %+v", w.form.connection)
	}
	w.press(screen.ConnectKey) // a second time
	if w.form.connection.Said.Key != "set.busy" || len(w.errands) != 1 {
		t.Errorf("pressed again: %+v", w.form.connection)
	}
	work(w)
	if got := w.form.connection; w.form.connecting || got.Tone != kit.Bad || !strings.HasPrefix(got.Said.Key, "platform.") || w.form.Login().Code != "wrong" {
		t.Errorf("a wrong code: %+v", got)
	}
	w.form.Fill(screen.Login{AppKey: c.AppKey, AppSecret: c.AppSecret, Code: "https://example.test/?code=" + c.AuthCode}, bench)
	w.press(screen.ConnectKey)
	work(w)
	if got := w.form.connection; got.Tone != kit.Calm || got.Said.Key != "set.connected" {
		t.Fatalf("%+v", got)
	}
	if left := w.form.Login(); left.AppSecret != "" || left.Code != "" || left.AppKey != c.AppKey {
		t.Error("the fields keep secrets")
	}
	m := w.settingsModel(order.Say("platform.token_expired")) // of the authorization before
	if !m.Connected || m.InFile || !m.SecretKept || m.Withdrawn || len(m.Shops) != 1 || !m.Ends.Equal(shop.Credentials().RefreshExpires) || m.Seller == "" {
		t.Errorf("%+v", m)
	}
	for _, text := range []string{m.Shops[0].Name, m.Ends.Format(time.DateOnly)} {
		if !strings.Contains(seen.Texts(w.frame.Object()), text) {
			t.Errorf("%q is not on the page", text)
		}
	}
	file, err := os.ReadFile(filepath.Join(w.environment.Dir, settings.FileName))
	if err != nil || strings.Contains(string(file), c.AppSecret) || strings.Contains(string(file), shop.Credentials().RefreshToken) {
		t.Errorf("the file holds secrets, or %v", err)
	}
	w.form.Fill(screen.Login{AppKey: c.AppKey, Code: c.AuthCode}, bench) // the secret is kept; the code is used up
	w.press(screen.ConnectKey)
	work(w)
	if got := w.form.connection; got.Tone != kit.Bad || !strings.HasPrefix(got.Said.Key, "platform.") {
		t.Errorf("the code once more: %+v", got)
	}
}

func TestSaveOnTheSettingsPage(t *testing.T) {
	w := newSettings(t)
	login, bench := w.entries()
	login.Code = "half of a co"
	bench.Name, bench.Packer, bench.Warehouse, bench.DPI = "打包台 3", "An", "736", 300
	bench.PrinterURI = "pigeon:grey"
	w.form.Fill(login, bench)
	w.press(screen.SaveKey)
	work(w)
	if w.form.saving.Tone != kit.Bad || w.form.saving.Said.Key != "printer.address" {
		t.Errorf("%+v", w.form.saving)
	}
	if _, err := os.Stat(filepath.Join(w.environment.Dir, settings.FileName)); !os.IsNotExist(err) {
		t.Errorf("it was written: %v", err)
	}
	bench.PrinterURI = "tcp:10.0.0.9:9100"
	w.form.Fill(login, bench)
	w.press(screen.SaveKey)
	work(w)
	if w.form.saving.Said.Key != "set.saved.restart" {
		t.Errorf("%+v", w.form.saving)
	}
	bench.Language, bench.Theme = "zh-Hans", "dark"
	w.form.Fill(login, bench)
	w.press(screen.SaveKey)
	work(w)
	if w.form.saving.Said.Key != "set.saved" || w.window.Title() != "打包台" || !strings.Contains(seen.Texts(w.frame.Object()), "本打包台") {
		t.Errorf("%+v, %q", w.form.saving, w.window.Title())
	}
	if now, kept := w.entries(); now != login || kept != bench {
		t.Errorf("the fields hold %+v and %+v", now, kept)
	}
	s, err := settings.Load(w.environment.Dir)
	if err != nil || !reflect.DeepEqual(s.Bench, settings.Bench{Name: "打包台 3", Packer: "An", Warehouse: "736"}) || s.Printer.URI != bench.PrinterURI || s.Printer.DPI != 300 ||
		s.Language != "zh-Hans" || s.Theme != "dark" {
		t.Errorf("%+v, %v", s, err)
	}
	bench.Name = ""
	w.form.Fill(login, bench)
	w.press(screen.SaveKey)
	work(w)
	if w.form.saving.Said.Key != "set.incomplete" {
		t.Errorf("%+v", w.form.saving)
	}
}

// A field of a page that is left does not go on taking keys, and what was entered is there when one comes back.
func TestLeavingTheSettingsPage(t *testing.T) {
	w := newSettings(t)
	login, bench := w.entries()
	login.AppKey = "entered"
	w.form.Fill(login, bench)
	w.window.Canvas().FocusNext()
	if w.window.Canvas().Focused() == nil {
		t.Fatal("Tab leads nowhere")
	}
	w.press("Escape")
	if w.window.Canvas().Focused() != nil {
		t.Error("Escape leaves the field in the focus")
	}
	w.window.Canvas().FocusNext()
	w.press("F1")
	if w.page != frame.PagePack || w.window.Canvas().Focused() != nil {
		t.Errorf("page %d, focus %v", w.page, w.window.Canvas().Focused())
	}
	w.press("F8")
	work(w)
	if got, _ := w.entries(); got.AppKey != "entered" {
		t.Errorf("the field holds %q", got.AppKey)
	}
}

func TestConsentInTheStatusBar(t *testing.T) {
	w := newWindow(t)
	s := open()
	for name, c := range map[string]struct {
		left      time.Duration
		trouble   string
		want      order.Consent
		withdrawn bool
	}{
		"long":      {300 * 24 * time.Hour, "", order.Consent{Days: 300}, false},
		"soon":      {12*24*time.Hour + time.Minute, "", order.Consent{Soon: true, Days: 12}, false},
		"over":      {-time.Minute, "platform.token_expired", order.Consent{Ended: true}, true},
		"withdrawn": {300 * 24 * time.Hour, "platform.token_expired", order.Consent{Days: 300}, true},
		"offline":   {300 * 24 * time.Hour, "platform.unreachable", order.Consent{Days: 300}, false},
	} {
		w.settings.Platform.RefreshExpires = now.Add(c.left)
		changed := station.Snapshot{State: s.State, LastReading: s.LastReading, PlatformTrouble: order.Said{Key: c.trouble}}
		if m := w.frameModel(changed, now); m.Consent != c.want || m.Withdrawn != c.withdrawn {
			t.Errorf("%s: %+v, %v", name, m.Consent, m.Withdrawn)
		}
	}
}
