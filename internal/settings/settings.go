// Package settings is one bench's settings file. Two benches on one computer are two folders.
package settings

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/BurntSushi/toml"

	"packbench/internal/order"
)

// FileName is the settings file in a bench's folder. It holds secrets: this user alone may read it.
const FileName = "packbench.toml"

// Settings are what a person decides about a bench.
type Settings struct {
	// Language is zh-Hans or en; empty follows the computer. Theme is light or dark; empty is light.
	Language string `toml:"language,omitempty"`
	Theme    string `toml:"theme,omitempty"`

	Bench    Bench    `toml:"bench"`
	Platform Platform `toml:"platform"`
	Printer  Printer  `toml:"printer"`
}

// Bench says which bench this is and who stands there.
type Bench struct {
	Name   string `toml:"name"`
	Packer string `toml:"packer,omitempty"`
}

// Platform is the authorization of the seller (platform API 1).
type Platform struct {
	BaseURL      string `toml:"base_url"`
	AppKey       string `toml:"app_key"`
	AppSecret    string `toml:"app_secret"`
	AccessToken  string `toml:"access_token"`
	RefreshToken string `toml:"refresh_token,omitempty"`
	// ReadsPerSecond and WritesPerSecond limit the calls about one shop; 0 is no limit of our own.
	ReadsPerSecond  float64 `toml:"reads_per_second"`
	WritesPerSecond float64 `toml:"writes_per_second"`
}

// Printer is the printer of labels.
type Printer struct {
	URI  string `toml:"uri,omitempty"`  // see README, printer addresses
	Lang string `toml:"lang,omitempty"` // zpl
	DPI  int    `toml:"dpi,omitempty"`  // 203 or 300
}

// Default are the settings of a bench nobody has decided anything about: the platform's public address (platform API 1.1) and calm
// rates (platform API 4.4).
func Default() Settings {
	return Settings{
		Bench:    Bench{Name: "1"},
		Platform: Platform{BaseURL: "https://open-api.tiktokglobalshop.com", ReadsPerSecond: 5, WritesPerSecond: 2},
		Printer:  Printer{Lang: "zpl", DPI: 203},
	}
}

// Load reads the settings in a folder; a folder without any has the defaults. A file that cannot be understood is the Problem
// settings.unreadable and is left as it is.
func Load(dir string) (Settings, error) {
	s := Default()
	path := filepath.Join(dir, FileName)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, order.Trouble(err, "settings.unreadable", "file", path)
	}
	if _, err := toml.Decode(string(data), &s); err != nil {
		return s, order.Trouble(err, "settings.unreadable", "file", path)
	}
	return s, nil
}

// Save writes the settings into a folder, which is made where it is missing, so that after any crash the file is the old or the new one.
func Save(dir string, s Settings) error {
	path := filepath.Join(dir, FileName)
	var text bytes.Buffer
	if err := toml.NewEncoder(&text).Encode(s); err != nil {
		return order.Trouble(err, "settings.unwritable", "file", path)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return order.Trouble(err, "settings.unwritable", "file", path)
	}
	next := path + ".new"
	err := errors.Join(os.WriteFile(next, text.Bytes(), 0o600), os.Rename(next, path))
	if err != nil {
		return order.Trouble(err, "settings.unwritable", "file", path)
	}
	return nil
}
