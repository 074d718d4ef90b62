package settings

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"packbench/internal/order"
)

func TestFolderWithoutSettingsHasTheDefaults(t *testing.T) {
	dir := t.TempDir()
	got, err := Load(dir)
	if err != nil || !reflect.DeepEqual(got, Default()) {
		t.Fatalf("%+v, %v", got, err)
	}
	if got.Platform.BaseURL != "https://open-api.tiktokglobalshop.com" || got.Platform.ReadsPerSecond != 5 || got.Platform.WritesPerSecond != 2 ||
		got.Printer.Lang != "zpl" || got.Printer.DPI != 203 || got.Bench.Name != "1" {
		t.Errorf("%+v", got)
	}
	if _, err := os.Stat(filepath.Join(dir, FileName)); !os.IsNotExist(err) {
		t.Errorf("loading wrote a file: %v", err)
	}
}

func TestWrittenAndRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "bench") // made where it is missing
	want := Settings{
		Language: "zh-Hans", Theme: "dark", Bench: Bench{Name: "打包台 3", Packer: "An"},
		Platform: Platform{BaseURL: "http://127.0.0.1:1", AppKey: "k", AppSecret: `s"\é`, AccessToken: "t", RefreshToken: "r", ReadsPerSecond: 0, WritesPerSecond: 0.5},
		Printer:  Printer{URI: "tcp:10.0.0.9:9100", Lang: "zpl", DPI: 300},
	}
	for range 2 { // a second time over the first
		if err := Save(dir, want); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := Load(dir); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
	if info, err := os.Stat(filepath.Join(dir, FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// A file others may read is replaced by one they may not.
func TestSecretsAreForThisUserAlone(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Save(dir, Default()); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestUnreadableFilesAreLeftAndSayWhereWithoutSecrets(t *testing.T) {
	const secret = "9f8e7d6c5b4a"
	for name, c := range map[string]struct{ text, where string }{
		"not TOML":              {"nonsense\n", "line 1"},
		"text without quotes":   {"[platform]\napp_key = \"k\"\napp_secret = " + secret + "\n", "line 3, at or after platform"},
		"a quote is missing":    {"[platform]\napp_secret = \"" + secret + "\n", "line 2, at or after platform.app_secret"},
		"a word for a number":   {"[printer]\ndpi = \"" + secret + "\"\n", "printer.dpi"},
		"a number for a word":   {"[platform]\napp_secret = 98765\n", "platform.app_secret"},
		"a list for a section":  {"platform = [\"" + secret + "\"]\n", "platform"},
		"given twice":           {"theme = \"dark\"\ntheme = \"light\"\n", "line 2"},
		"a key with a typo":     {"[printer]\nadress = \"tcp:10.0.0.9:9100\"\n", "unknown key printer.adress"},
		"a section with a typo": {"[platfrom]\napp_secret = \"" + secret + "\"\n", "unknown key platfrom"},
		"a key out of place":    {"packer = \"An\"\n", "unknown key packer"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, FileName)
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := Load(dir)
		p := order.AsProblem(err)
		if p == nil || p.Key != "settings.unreadable" || p.With["file"] != path || !strings.Contains(p.Error(), c.where) {
			t.Errorf("%s: %v, want it to say %s", name, err, c.where)
			continue
		}
		if strings.Contains(p.Error(), secret) || strings.Contains(p.Error(), "98765") {
			t.Errorf("%s: the secret is in %v", name, err)
		}
		if !reflect.DeepEqual(got, Default()) {
			t.Errorf("%s: half of it was heeded: %+v", name, got)
		}
		if left, err := os.ReadFile(path); err != nil || string(left) != c.text {
			t.Errorf("%s: the file is %q now, %v", name, left, err)
		}
	}
}

func TestSettingsThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if p := order.AsProblem(Save(file, Default())); p == nil || p.Key != "settings.unwritable" {
		t.Errorf("%v", p)
	}
	if _, err := Load(file); order.AsProblem(err) == nil || order.AsProblem(err).Key != "settings.unreadable" {
		t.Errorf("%v", err)
	}
}
