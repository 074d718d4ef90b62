package cli

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
	"packbench/internal/settings"
)

// Sandbox serves a simulated platform.
type Sandbox struct {
	Listen        string        `default:"127.0.0.1:0" placeholder:"ADDRESS" help:"Where to listen; port 0 takes a free one."`
	Orders        int           `default:"200" help:"How many orders the plain shop has."`
	Seed          int64         `default:"1" help:"Chooses the plain shop's orders."`
	Catalog       string        `placeholder:"FILE" help:"The shop's goods as a catalogue: sold where the file holds any, else written there."`
	WriteSettings string        `placeholder:"DIR" help:"Make this folder ready for a bench on this sandbox; the secrets go into its settings file."`
	Data          string        `placeholder:"FILE" help:"Shops and orders as JSON instead of the plain shop."`
	Now           time.Time     `placeholder:"TIME" help:"When the orders' lives begin, RFC 3339; otherwise now."`
	Rate          float64       `help:"Calls a second each shop may make; 0 is any number."`
	LabelDelay    time.Duration `default:"300ms" help:"How long a label is in production."`
}

// Run serves until it is told to stop.
func (v *Sandbox) Run(e *Environment) error {
	shop, err := v.shop(e)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", v.Listen)
	if err != nil {
		return order.Trouble(err, "sandbox.listen", "address", v.Listen)
	}
	base := "http://" + listener.Addr().String()
	if err := v.writeFiles(shop, base); err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{Handler: shop, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	if err := e.Line(map[string]string{"listening": base}); err != nil {
		return err
	}
	select {
	case err := <-ended:
		return err
	case <-e.Context.Done():
		ctx, cancel := context.WithTimeout(context.WithoutCancel(e.Context), 2*time.Second)
		defer cancel()
		return server.Shutdown(ctx)
	}
}

func (v *Sandbox) shop(e *Environment) (*sandbox.Sandbox, error) {
	options := sandbox.Options{Orders: v.Orders, Seed: v.Seed, LabelDelay: v.LabelDelay, Rate: v.Rate, Now: v.lives(e.Now)}
	if v.Data != "" {
		data, err := os.ReadFile(v.Data)
		if err != nil {
			return nil, order.Trouble(err, "sandbox.data", "file", v.Data)
		}
		options.Data = data
	}
	goods, err := goodsToSell(v.Catalog)
	if err != nil {
		return nil, err
	}
	options.Goods = goods
	shop, err := sandbox.New(options)
	if err != nil {
		return nil, order.Trouble(err, "sandbox.data", "file", v.Data)
	}
	return shop, nil
}

// lives is the clock of the orders' lives: it starts at --now and runs with the real one.
func (v *Sandbox) lives(real func() time.Time) func() time.Time {
	if v.Now.IsZero() {
		return real
	}
	began := real()
	return func() time.Time { return v.Now.Add(real().Sub(began)) }
}

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
	return order.ReadCatalogue(file)
}

// writeFiles writes the catalogue, unless it was read, and the settings.
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
	return order.WriteCatalogue(file, goods)
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
			BaseURL: base, AuthURL: base, SecretsIn: settings.InFile, AppKey: c.AppKey, AppSecret: c.AppSecret,
			AccessToken: c.AccessToken, AccessExpires: c.AccessExpires,
			RefreshToken: c.RefreshToken, RefreshExpires: c.RefreshExpires,
		}
		return nil
	})
}
