package cli

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/platform/sandbox"
)

// Sandbox serves a simulated platform.
type Sandbox struct {
	Listen        string        `default:"127.0.0.1:0" placeholder:"ADDRESS" help:"Where to listen; port 0 takes a free one."`
	Orders        int           `default:"200" help:"How many orders the shop has that is made up."`
	Seed          int64         `default:"1" help:"Chooses the orders that are made up, and what happens to them."`
	Mix           string        `default:"plain" enum:"plain,full" help:"What is made up: plain is one shop in which nothing is unusual; full is five shops in five markets with all that happens to a seller."`
	Catalog       string        `placeholder:"FILE" help:"The shop's goods as a catalogue: sold where the file holds any, else written there."`
	WriteSettings string        `placeholder:"DIR" help:"Make this folder ready for a bench on this sandbox; the secrets go into its settings file."`
	Credentials   string        `placeholder:"FILE" help:"Write the app key, its secret and a fresh auth code there, for packbench login, as a live shop would give them."`
	Data          string        `placeholder:"FILE" help:"Shops and orders as JSON instead of those made up."`
	Now           time.Time     `placeholder:"TIME" help:"When the orders' lives begin, RFC 3339; otherwise now."`
	Speed         float64       `placeholder:"N" help:"Let orders live, N times as fast as the clock: buyers, carriers and the system act, and new orders come. Without it orders stay as they are, unless there is a fault or a scenario."`
	Fault         []string      `placeholder:"NAME[=VALUE]" sep:"none" help:"Something that goes wrong now and then, or that somebody does; again for more. docs/sandbox.md lists them."`
	Scenario      string        `placeholder:"FILE" help:"What goes wrong, and when, as JSON; random:SEED makes one up."`
	Record        string        `placeholder:"FILE" help:"Add a line of JSON to this file for every request, without secrets and addresses."`
	Rate          float64       `help:"Calls a second each shop may make; 0 is any number."`
	LabelDelay    time.Duration `default:"300ms" help:"How long a label is in production."`
}

// Run serves until it is told to stop.
func (v *Sandbox) Run(e *Environment) (err error) {
	scenario, err := v.scenario()
	if err != nil {
		return err
	}
	record, err := v.openRecord()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, record.Close()) }()
	listener, err := net.Listen("tcp", v.Listen)
	if err != nil {
		return order.Trouble(err, "sandbox.listen", "address", v.Listen)
	}
	base := "http://" + listener.Addr().String()
	shop, err := v.shop(e, base, scenario, record)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := v.writeFiles(shop, base); err != nil {
		return errors.Join(err, listener.Close())
	}
	server := &http.Server{Handler: shop, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	if err := v.announce(e, shop, scenario, base); err != nil {
		return err
	}
	select {
	case err := <-ended:
		return err
	case <-e.Context.Done():
		ctx, cancel := context.WithTimeout(context.WithoutCancel(e.Context), 2*time.Second)
		defer cancel()
		err := server.Shutdown(ctx)
		if failed := shop.RecordError(); failed != nil {
			err = errors.Join(err, order.Trouble(failed, "sandbox.record", "file", v.Record))
		}
		return err
	}
}

// announce says what somebody needs who connects a bench or wants to see the same again, and last where the sandbox listens.
func (v *Sandbox) announce(e *Environment, shop *sandbox.Sandbox, scenario *sandbox.Scenario, base string) error {
	if v.Credentials != "" {
		hint := map[string]any{
			"app_key": shop.Credentials().AppKey, "shops": shop.Shops(), "consent": base + sandbox.ConsentPath + "?service_id=1",
		}
		if err := e.Line(hint); err != nil {
			return err
		}
	}
	if strings.HasPrefix(v.Scenario, randomScenario) {
		if err := e.Line(map[string]any{"scenario": scenario}); err != nil {
			return err
		}
	}
	return e.Line(map[string]string{"listening": base})
}

func (v *Sandbox) shop(e *Environment, base string, scenario *sandbox.Scenario, record io.Writer) (*sandbox.Sandbox, error) {
	if v.Speed < 0 {
		return nil, order.Trouble(nil, "sandbox.speed", "speed", v.Speed)
	}
	options := sandbox.Options{
		Orders: v.Orders, Seed: v.Seed, Mix: v.Mix, LabelDelay: v.LabelDelay, Rate: v.Rate, Now: v.lives(e.Now), Speed: v.Speed,
		Scenario: scenario, Pictures: base,
	}
	if v.Record != "" {
		options.Record = record
	}
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
	switch {
	case errors.Is(err, sandbox.ErrScenario):
		return nil, order.Trouble(err, "sandbox.scenario", "file", v.Scenario)
	case err != nil:
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
