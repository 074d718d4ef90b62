package settings

import (
	"fmt"
	"time"

	"packbench/internal/order"
)

// Handover is the hand-over shelf.
type Handover struct {
	// BundlePrefix is what the codes of bags begin with; without it a bag's code is told by the page or the verb.
	BundlePrefix string     `toml:"bundle_prefix,omitempty"`
	Carriers     []Carrier  `toml:"carrier,omitempty"`
	Together     []Together `toml:"together,omitempty"`
}

// Carrier is the card of a carrier at a warehouse.
type Carrier struct {
	Carrier   string `toml:"carrier"`             // as the platform names it, or the name under Together
	Warehouse string `toml:"warehouse,omitempty"` // the platform's id; empty: every one
	Person    string `toml:"person,omitempty"`
	Phone     string `toml:"phone,omitempty"`
	Hours     string `toml:"hours,omitempty"`
	Comes     string `toml:"comes,omitempty"` // when the driver comes, in words
	Hub       string `toml:"hub,omitempty"`   // where parcels are brought that are dropped off
}

// Together are carriers that are handed over on one sheet for a while: the first mile goes from one to another.
type Together struct {
	Name     string   `toml:"name"`
	Carriers []string `toml:"carriers,omitempty"`
	Prefixes []string `toml:"prefixes,omitempty"` // what their tracking numbers begin with
	// From and To are the first and the last day, 2026-11-01, by this computer's clock; empty: no end on that side.
	From string `toml:"from,omitempty"`
	To   string `toml:"to,omitempty"`
}

// Days are the first moment in which they are handed over together, and the one after the last. It fails with handover_setting.day.
func (t Together) Days() (from, to time.Time, err error) {
	day := func(text string) (time.Time, error) {
		if text == "" {
			return time.Time{}, nil
		}
		at, err := time.ParseInLocation(time.DateOnly, text, time.Local)
		if err != nil {
			err = order.Trouble(err, "handover_setting.day", "name", t.Name, "day", text)
		}
		return at, err
	}
	if from, err = day(t.From); err != nil {
		return from, to, err
	}
	if to, err = day(t.To); err != nil || to.IsZero() {
		return from, to, err
	}
	to = to.AddDate(0, 0, 1)
	if !from.Before(to) {
		err = order.Trouble(nil, "handover_setting.days", "name", t.Name)
	}
	return from, to, err
}

// checkHandover refuses what nobody can mean: a card without a carrier or a second one for the same warehouse (handover_setting.card), carriers together without a name
// or with nothing to know them by (handover_setting.together), and days that are none (handover_setting.day, handover_setting.days).
func checkHandover(h Handover) error {
	seen := map[string]bool{}
	for _, c := range h.Carriers {
		key := fmt.Sprintf("%q %q", c.Carrier, c.Warehouse)
		if c.Carrier == "" || seen[key] {
			return order.Trouble(nil, "handover_setting.card", "carrier", c.Carrier)
		}
		seen[key] = true
	}
	for _, t := range h.Together {
		if t.Name == "" || len(t.Carriers)+len(t.Prefixes) == 0 {
			return order.Trouble(nil, "handover_setting.together", "name", t.Name)
		}
		if _, _, err := t.Days(); err != nil {
			return err
		}
	}
	return nil
}
