package cli

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"packbench/internal/order"
	"packbench/internal/report"
	"packbench/internal/rules"
)

// RateWeeks is how many weeks before the current one rates are told of.
const RateWeeks = 4

// Rates are what the platform watches, by market and week. It looks through all parcels: it is for clerks, not for the loop that draws.
func (b *Bench) Rates() ([]report.Rate, error) {
	held, err := rules.Load(b.dir)
	if err != nil {
		return nil, err
	}
	rates := report.NewRates(&held.Rules, held.Calendar, b.now(), RateWeeks)
	err = b.Store.Parcels(rates.Add)
	return rates.All(), err
}

// Rates lists what the platform watches.
type Rates struct {
	JSON bool `name:"json" help:"One object a line."`
}

// rateLine is a rate of a market in a week.
type rateLine struct {
	Rate    report.RateID `json:"rate"`
	Market  order.Market  `json:"market"`
	Week    string        `json:"week"`            // its Monday, in the market's zone
	Share   *float64      `json:"share,omitempty"` // from 0 to 1: of the late ones, of tracking the complete ones; none where none is decided
	InTime  int           `json:"in_time"`
	Late    int           `json:"late"`
	Unknown int           `json:"unknown"` // that came there, and nobody told when
	Open    int           `json:"open"`    // whose time is not over
	Limit   *float64      `json:"limit,omitempty"`
	Source  string        `json:"limit_source,omitempty"`
	Beyond  bool          `json:"beyond_limit"`
}

// RateWords are how people call the rates.
var RateWords = map[report.RateID]order.Said{
	report.LateAcknowledgement: order.Say("rates.late_acknowledgement"), report.LateDispatch: order.Say("rates.late_dispatch"), report.LateCollection: order.Say("rates.late_collection"),
	report.LateDelivery: order.Say("rates.late_delivery"), report.Tracking: order.Say("rates.tracking"),
}

// Served tells that a program that has the folder open does it.
func (v *Rates) Served() bool { return true }

// Run writes a line for each rate, market and week, and what cannot be known. It ends with ErrNeedsPerson where a rate of this week or the last one is beyond the platform's limit.
func (v *Rates) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	rates, err := bench.Rates()
	if err != nil {
		return err
	}
	list, beyond := e.listing(v.JSON, "rates.header"), false
	for _, r := range rates {
		line := rateLine{Rate: r.Of, Market: r.Market, Week: r.Week.Format(time.DateOnly), InTime: r.InTime, Late: r.Late, Unknown: r.Unknown, Open: r.Open, Beyond: r.Breaks()}
		share, limit := "", ""
		if known, is := r.Share(); is {
			line.Share, share = &known, percent(known)
		}
		if bound, has := report.Bounds[r.Of]; has {
			line.Limit, line.Source = &bound.Share, bound.Source
			limit = map[bool]string{true: "≥ ", false: "≤ "}[bound.AtLeast] + percent(bound.Share)
		}
		if line.Beyond {
			share += " !"
		}
		beyond = beyond || line.Beyond && r.Week.AddDate(0, 0, 14).After(e.Now())
		if err := list.add(line, string(r.Market), line.Week, e.Tongue.Say(RateWords[r.Of]), share, limit, strconv.Itoa(r.Late), strconv.Itoa(r.InTime), strconv.Itoa(r.Unknown), strconv.Itoa(r.Open)); err != nil {
			return err
		}
	}
	if err := list.end(); err != nil {
		return err
	}
	if !v.JSON {
		if err := e.tell(order.Say("rates.not_known", "weight", percent(report.LateDeliveryWeight), "limit", report.ServiceScoreLimit)); err != nil {
			return err
		}
	}
	if beyond {
		return ErrNeedsPerson
	}
	return nil
}

// percent is a share as people read it.
func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }
