package cli

import (
	"errors"
	"fmt"
	"time"

	"packbench/internal/order"
)

// Purge takes away what must not be kept any longer.
type Purge struct {
	At     string `placeholder:"TIME" help:"As of this day or moment, such as 2026-11-22 or 2026-11-22T08:00:00Z (default: now)."`
	DryRun bool   `name:"dry-run" help:"Only say what would go."`
}

// Served tells that a program that has the folder open does it.
func (v *Purge) Served() bool { return true }

// Run purges once and says what went.
func (v *Purge) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	at, err := v.at(e.Now())
	if err != nil {
		return err
	}
	gone, err := bench.Store.Purge(at, v.DryRun)
	if err != nil {
		return err
	}
	said := order.Say("say.purged")
	if v.DryRun {
		said = order.Say("say.would_purge")
	}
	said.With = map[string]any{"orders": gone.Orders, "documents": gone.Documents, "labels": gone.Labels, "parcels": gone.Parcels, "pictures": gone.Pictures, "sheets": gone.Sheets}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Say(said))
	return err
}

// at is the moment that was said: a day stands for its beginning where the bench stands.
func (v *Purge) at(now time.Time) (time.Time, error) {
	if v.At == "" {
		return now, nil
	}
	at, _, err := dayOrMoment(v.At, now)
	return at, err
}
