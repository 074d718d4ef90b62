// Package settings is one bench's settings file. Two benches on one computer are two folders.
package settings

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/BurntSushi/toml"

	"packbench/internal/order"
)

// FileName is the settings file in a bench's folder. It may hold secrets: this user alone may read it.
const FileName = "packbench.toml"

// Settings are what a person decides about a bench.
type Settings struct {
	// Language is zh-Hans or en; empty follows the computer. Theme is light or dark; empty is light.
	Language string `toml:"language,omitempty"`
	Theme    string `toml:"theme,omitempty"`
	// Silent turns the sounds of the window off.
	Silent bool `toml:"silent,omitempty"`

	Bench    Bench     `toml:"bench"`
	Platform Platform  `toml:"platform"`
	Printer  Printer   `toml:"printer"`
	Scanners []Scanner `toml:"scanner,omitempty"`
	Scale    Scale     `toml:"scale,omitempty"`
	Walk     Walk      `toml:"walk,omitempty"`
	Filters  []Filter  `toml:"filter,omitempty"`

	AutoWaves []AutoWave `toml:"auto_wave,omitempty"`
	Transit   Transit    `toml:"transit,omitempty"`
	Handover  Handover   `toml:"handover,omitempty"`
	Mail      Mail       `toml:"mail,omitempty"`
	Notify    Notify     `toml:"notify,omitempty"`
}

// Bench says which bench this is and who stands there.
type Bench struct {
	Name   string `toml:"name"`
	Packer string `toml:"packer,omitempty"`
	// Warehouse is the platform's id of the warehouse this bench packs for.
	Warehouse string `toml:"warehouse,omitempty"`
	// Supervisors are the codes of the badges of those who may allow what a packer may not.
	Supervisors []string `toml:"supervisors,omitempty"`
	// PIN tells that who signs in gives their PIN too, if they have one. LockAfter is after how many minutes without a scan or a key the packer is signed
	// out; 0: never. Both are of benches where people are registered.
	PIN       bool `toml:"pin,omitempty"`
	LockAfter int  `toml:"lock_after,omitzero"`
	// OwnCarrier is the platform's id of the carrier that takes the parcels the seller ships: packbench carriers lists them.
	OwnCarrier string `toml:"own_carrier,omitempty"`
}

// Platform is the authorization of the seller (platform API 1).
type Platform struct {
	BaseURL string `toml:"base_url"`
	AuthURL string `toml:"auth_url,omitempty"` // where tokens are got and renewed
	// SecretsIn says where AppSecret, AccessToken and RefreshToken lie: InKeyring or InFile; empty is InFile. See Unlock and UpdateSecrets.
	SecretsIn    string `toml:"secrets,omitempty"`
	AppKey       string `toml:"app_key"`
	AppSecret    string `toml:"app_secret,omitempty"`
	AccessToken  string `toml:"access_token,omitempty"`
	RefreshToken string `toml:"refresh_token,omitempty"`
	// SellerName is whose consent this is, for people to read.
	SellerName string `toml:"seller_name,omitempty"`
	// AuthorizedAt is when the seller allowed the program in; zero where nobody noted it.
	AuthorizedAt time.Time `toml:"authorized_at,omitempty"`
	// AccessExpires and RefreshExpires are when the tokens end (platform API 1.3); zero where nobody has told.
	AccessExpires  time.Time `toml:"access_expires,omitempty"`
	RefreshExpires time.Time `toml:"refresh_expires,omitempty"`
	// ReadsPerSecond and WritesPerSecond limit the calls about one shop; 0 is no limit of our own.
	ReadsPerSecond  float64 `toml:"reads_per_second"`
	WritesPerSecond float64 `toml:"writes_per_second"`
}

// Transit says when parcels that have left are given up.
type Transit struct {
	// LostAfter is for how many days the carrier is silent of a parcel that counts as lost then; 0: only a supervisor says so.
	LostAfter int `toml:"lost_after,omitzero"`
}

// Printer is the printer of labels.
type Printer struct {
	URI  string `toml:"uri,omitempty"`  // see README, printer addresses
	Lang string `toml:"lang,omitempty"` // zpl, escpos or tspl
	DPI  int    `toml:"dpi,omitempty"`  // 203 or 300
	// How this printer is to print; see printer.Setup.
	Darkness int     `toml:"darkness,omitempty"`
	Speed    int     `toml:"speed,omitempty"`     // inches a second
	Tracking string  `toml:"tracking,omitempty"`  // gap, mark or continuous
	GapMM    float64 `toml:"gap_mm,omitempty"`    // between two labels
	Taking   string  `toml:"taking,omitempty"`    // tear or peel
	RightMM  float64 `toml:"right_mm,omitempty"`  // moves the picture on the label
	DownMM   float64 `toml:"down_mm,omitempty"`   // the same
	HeadDots int     `toml:"head_dots,omitempty"` // the width of the print head
	Encoding string  `toml:"encoding,omitempty"`  // of pictures in ZPL: acs, hex or z64
	Unproven int     `toml:"unproven,omitempty"`  // labels of a run beyond the last one seen, where the printer does not answer
	Answers  bool    `toml:"answers,omitempty"`   // has been seen to answer questions
}

// The platform's public addresses (platform API 1.1): of its calls, and of its tokens.
const (
	LiveAPI  = "https://open-api.tiktokglobalshop.com"
	LiveAuth = "https://auth.tiktok-shops.com"
)

// Default are the settings of a bench nobody has decided anything about: the platform's public addresses (platform API 1.1) and calm
// rates (platform API 4.4).
func Default() Settings {
	return Settings{
		Bench: Bench{Name: "1"},
		Platform: Platform{
			BaseURL: LiveAPI, AuthURL: LiveAuth, ReadsPerSecond: 5, WritesPerSecond: 2,
		},
		Printer: Printer{Lang: "zpl", DPI: 203},
	}
}

// Load reads the settings in a folder, without what lies in the keyring; a folder without any has the defaults. A file that cannot be understood is the Problem
// settings.unreadable and is left as it is; so is one with a key nobody knows: whoever mistyped a name must not believe it was heeded.
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
	meta, err := toml.Decode(string(data), &s)
	if err != nil {
		return Default(), order.Trouble(place(err), "settings.unreadable", "file", path)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return Default(), order.Trouble(fmt.Errorf("unknown key %s", unknown[0]), "settings.unreadable", "file", path)
	}
	switch s.Platform.SecretsIn {
	case "", InKeyring, InFile:
	default:
		return Default(), order.Trouble(errors.New("platform.secrets is neither keyring nor file"), "settings.unreadable", "file", path)
	}
	if err := checkScanners(s.Scanners); err != nil {
		return Default(), err
	}
	if err := checkScale(s.Scale, s.Scanners); err != nil {
		return Default(), err
	}
	if err := errors.Join(checkWalk(s.Walk), checkFilters(s.Filters), checkAutoWaves(s.AutoWaves), checkHandover(s.Handover), checkMail(s.Mail)); err != nil {
		return Default(), err
	}
	if s.Platform.BaseURL != LiveAPI && !meta.IsDefined("platform", "auth_url") {
		s.Platform.AuthURL = "" // the secrets of a simulated shop are no business of the live token host
	}
	return s, nil
}

// placed is how the parser says where something is wrong: a line, and the last key it understood.
var placed = regexp.MustCompile(`^toml: (line \d+)(?: \(last key "([^"]*)"\))?`)

// place is where in the file something is wrong. The rest of the parser's words may repeat what stands there, and secrets stand there.
func place(err error) error {
	switch found := placed.FindStringSubmatch(err.Error()); {
	case found == nil:
		return errors.New("a value of the wrong kind")
	case found[2] == "":
		return errors.New(found[1])
	default:
		return fmt.Errorf("%s, at or after %s", found[1], found[2])
	}
}

// fileHead stands over every file the program writes.
const fileHead = "# Packbench writes this file anew when it renews tokens or somebody changes the settings: values stay, comments do not.\n\n"

// Save writes the settings into a folder, which is made where it is missing, so that after any crash the file is the old or the new one.
func Save(dir string, s Settings) error {
	path := filepath.Join(dir, FileName)
	text := bytes.NewBufferString(fileHead)
	if err := toml.NewEncoder(text).Encode(s); err != nil {
		return order.Trouble(err, "settings.unwritable", "file", path)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return order.Trouble(err, "settings.unwritable", "file", path)
	}
	if err := WriteWhole(path, text.Bytes()); err != nil {
		return order.Trouble(err, "settings.unwritable", "file", path)
	}
	return nil
}

// WriteWhole puts a new file in the place of an old one, so that after any crash it is one of them. A temporary file is this user's alone from its first byte on.
func WriteWhole(path string, text []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}
