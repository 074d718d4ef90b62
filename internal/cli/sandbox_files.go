package cli

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"packbench/internal/catalogue"
	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
)

// goodsToSell reads a catalogue that exists and is not empty.
func goodsToSell(name string) ([]order.Good, error) {
	if name == "" {
		return nil, nil
	}
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, order.Trouble(err, "catalogue.unreadable", "file", name)
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.Size() == 0 {
		return nil, nil
	}
	found, err := catalogue.Read(file)
	return found.Goods, err
}

// writeFiles writes the catalogue, unless it was read, the credentials and the settings.
func (v *Sandbox) writeFiles(shop *sandbox.Sandbox, base string) error {
	if v.Catalog != "" {
		goods, err := goodsToSell(v.Catalog)
		if err != nil {
			return err
		}
		if goods == nil {
			if err := writeCatalogue(v.Catalog, shop.Goods()); err != nil {
				return order.Trouble(err, "catalogue.unreadable", "file", v.Catalog)
			}
		}
	}
	if v.Credentials != "" {
		if err := v.writeCredentials(shop, base); err != nil {
			return order.Trouble(err, "sandbox.credentials", "file", v.Credentials)
		}
	}
	if v.WriteSettings == "" {
		return nil
	}
	return ConnectSandbox(v.WriteSettings, shop, base)
}

func writeCatalogue(name string, goods []order.Good) (err error) {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return catalogue.WriteCSV(file, goods)
}

// ConnectSandbox writes the settings by which the bench in a folder uses a sandbox, without a rate limit of its own, printing into files where no printer is set. Whatever else is set there stays; a live shop's settings are refused.
func ConnectSandbox(dir string, shop *sandbox.Sandbox, base string) error {
	return settings.Update(dir, func(s *settings.Settings) error {
		if (s.Platform.AccessToken != "" || s.Platform.SecretsIn == settings.InKeyring) && !strings.HasPrefix(s.Platform.BaseURL, "http://127.") {
			return order.Trouble(nil, "settings.live", "file", filepath.Join(dir, settings.FileName))
		}
		if s.Printer.URI == "" {
			folder, err := filepath.Abs(filepath.Join(dir, "printed"))
			if err != nil {
				return order.Trouble(err, "settings.unwritable", "file", dir)
			}
			s.Printer.URI = "file:" + folder
		}
		c := shop.Credentials()
		s.Platform = settings.Platform{
			BaseURL: base, AuthURL: base, SecretsIn: settings.InFile, SellerName: shop.Shops()[0], AppKey: c.AppKey, AppSecret: c.AppSecret,
			AccessToken: c.AccessToken, AccessExpires: c.AccessExpires,
			RefreshToken: c.RefreshToken, RefreshExpires: c.RefreshExpires,
		}
		return nil
	})
}

// writeCredentials writes what an app's owner has in hand after a seller's consent, readable by this user alone.
func (v *Sandbox) writeCredentials(shop *sandbox.Sandbox, base string) error {
	text, err := json.Marshal(map[string]string{
		"app_key": shop.Credentials().AppKey, "app_secret": shop.Credentials().AppSecret, "auth_code": shop.NewAuthCode(),
		"base_url": base, "auth_url": base,
	})
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(v.Credentials), ".credentials-*") // 0600
	if err != nil {
		return err
	}
	_, err = file.Write(append(text, '\n'))
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), v.Credentials)
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// openRecord opens the file to which requests are added; nothing is kept where none is named.
func (v *Sandbox) openRecord() (io.WriteCloser, error) {
	if v.Record == "" {
		return unrecorded{io.Discard}, nil
	}
	file, err := os.OpenFile(v.Record, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, order.Trouble(err, "sandbox.record", "file", v.Record)
	}
	return file, nil
}

// unrecorded takes the place of a record that nobody asked for.
type unrecorded struct{ io.Writer }

// Close does nothing.
func (unrecorded) Close() error { return nil }
