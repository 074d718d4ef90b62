package cli

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/ui/clock"
)

// Transit holds the verbs about parcels that have left.
type Transit struct {
	List       TransitList       `cmd:"" default:"withargs" help:"List the parcels that have left with which something is wrong, why, and what to do next."`
	Redelivery TransitRedelivery `cmd:"" help:"Write the request to have an order delivered again whose delivery failed. It is filed in the help centre, as a new service ticket."`
	Filed      TransitFiled      `cmd:"" help:"Note that the request to deliver an order again was filed, or with --sync a ticket about its tracking."`
	Lost       TransitLost       `cmd:"" help:"Note that a parcel is lost: the platform's logistics pays for it."`
	Found      TransitFound      `cmd:"" help:"Note that a parcel which was given up is there again."`
}

// TransitList lists parcels that have left with which something is wrong.
type TransitList struct {
	At   string `placeholder:"TIME" help:"As it stands at that moment, RFC 3339; otherwise now."`
	JSON bool   `name:"json" help:"One object a line."`
}

// transitLine is a parcel with which something is wrong.
type transitLine struct {
	PackageID order.ParcelKey `json:"package_id"`
	OrderIDs  []string        `json:"order_ids"`
	Shop      string          `json:"shop"`
	Market    order.Market    `json:"market"`
	Carrier   string          `json:"carrier"`
	Tracking  string          `json:"tracking_number"`
	LastMile  string          `json:"last_mile_tracking_number,omitempty"`
	Cause     order.Snag      `json:"cause"`
	Since     string          `json:"since"`
	AgeS      int64           `json:"age_s"`
	Due       string          `json:"due,omitempty"` // until when something can be done, or is not yet an exception
	Next      order.Remedy    `json:"next"`
	Say       string          `json:"say"` // that in words
	Missing   []order.Node    `json:"missing,omitempty"`
	Value     string          `json:"value,omitempty"` // of its pieces as they were sold
	Currency  string          `json:"currency,omitempty"`
	ClaimUSD  string          `json:"claim_usd,omitempty"` // of a lost one: what is paid at most. Without it the platform converts the value
}

// Served tells that a program that has the folder open does it.
func (v *TransitList) Served() bool { return true }

// Run writes the list, the most urgent first. It ends with ErrNeedsPerson where there is anything on it.
func (v *TransitList) Run(e *Environment) (err error) {
	at := e.Now()
	if v.At != "" {
		if at, err = time.Parse(time.RFC3339, v.At); err != nil {
			return order.Trouble(err, "usage.time", "time", v.At)
		}
	}
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	ends, err := bench.consentEnds()
	if err != nil {
		return err
	}
	e.WarnOfConsent(ends)
	snags, err := bench.Snags(at)
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "transit.header")
	for _, s := range snags {
		left := ""
		if !s.Due.IsZero() {
			left, _ = clock.Due(e.Tongue, s.Due, at)
		}
		how, err := bench.remedy(s, at)
		if err != nil {
			return err
		}
		line := lineOfSnag(s, at, e.Tongue.Say(how))
		err = list.add(line, string(line.PackageID), strings.Join(line.OrderIDs, " "), line.Carrier, line.Tracking, e.Tongue.Say(snagWords(s, e)), line.Since, left, line.Say)
		if err != nil {
			return err
		}
	}
	if err := list.end(); err != nil || len(snags) == 0 {
		return err
	}
	return ErrNeedsPerson
}

// Snags are the parcels that have left with which something is wrong at a moment, the most urgent first.
func (b *Bench) Snags(at time.Time) ([]order.Snagged, error) {
	rules, err := b.Rules()
	if err != nil {
		return nil, err
	}
	patience, err := b.patience(at)
	if err != nil {
		return nil, err
	}
	var snags []order.Snagged
	err = b.Store.Parcels(func(f *order.Facts) {
		if !f.OnItsWay() {
			return
		}
		course := f.Course()
		if s, is := f.Snagged(rules.Clocks(&course, f.SKUs, rules.Calendar, at), patience, at); is {
			snags = append(snags, s)
		}
	})
	slices.SortFunc(snags, order.MoreSnagged)
	return snags, err
}

// patience is what no rule says, as the settings have it.
func (b *Bench) patience(at time.Time) (order.Patience, error) {
	ends, err := b.consentEnds()
	return order.Patience{Lost: time.Duration(max(0, b.Settings.Transit.LostAfter)) * 24 * time.Hour, NoConsent: order.ConsentAt(at, ends).Ended}, err
}

// authorisation is the clock of the seller's consent (fulfilment rules 2, authorisation).
const authorisation order.RuleID = "authorisation"

// consentEnds is when the seller's authorisation ends: as the platform said, or else as the rule has it from the day it was given. It is the zero time where neither
// is known.
func (b *Bench) consentEnds() (time.Time, error) {
	p := b.Settings.Platform
	if !p.RefreshExpires.IsZero() || p.AuthorizedAt.IsZero() {
		return p.RefreshExpires, nil
	}
	rules, err := b.Rules()
	if err != nil {
		return time.Time{}, err
	}
	var course order.Course
	course.Pass(order.Authorised, order.MomentOf(p.AuthorizedAt))
	for _, c := range rules.Clocks(&course, nil, rules.Calendar, b.now()) {
		if c.ID == authorisation {
			return c.Due, nil
		}
	}
	return time.Time{}, nil
}

func lineOfSnag(s order.Snagged, at time.Time, say string) transitLine {
	f := s.Facts
	line := transitLine{
		PackageID: f.Key, OrderIDs: f.OrderIDs, Shop: f.ShopID, Market: f.Market, Carrier: f.Provider, Tracking: f.Tracking, LastMile: f.LastMile,
		Cause: s.Snag, Since: moment(s.Since), Due: moment(s.Due), Next: s.Remedy, Missing: s.Missing, Currency: f.Currency, Say: say,
	}
	if !s.Since.IsZero() {
		line.AgeS = int64(at.Sub(s.Since) / time.Second)
	}
	if f.Currency != "" {
		line.Value = hundredths(f.Value)
	}
	if cents, known := f.Claim(); known && cents > 0 && s.Snag == order.SnagLost {
		line.ClaimUSD = hundredths(cents)
	}
	return line
}

// hundredths is an amount of money as it is written.
func hundredths(n int64) string {
	return strconv.FormatInt(n/100, 10) + "." + strconv.FormatInt(100+n%100, 10)[1:]
}

// snagWords is what is wrong, for people.
func snagWords(s order.Snagged, e *Environment) order.Said {
	switch s.Snag {
	case order.SnagLost:
		return order.Say("transit.lost")
	case order.SnagFailed:
		return order.Say("transit.failed")
	case order.SnagUnscanned:
		return order.Say("transit.unscanned")
	case order.SnagLostTouch:
		return order.Say("transit.silent")
	case order.SnagQuiet:
		return order.Say("transit.quiet")
	case order.SnagLate:
		return order.Say("transit.late")
	}
	var nodes []string
	for _, node := range s.Missing {
		nodes = append(nodes, e.Tongue.Say(nodeWords[node]))
	}
	return order.Say("transit.nodes", "nodes", strings.Join(nodes, ", "))
}

// nodeWords are what people call the nodes that can be missing.
var nodeWords = map[order.Node]order.Said{
	order.ExportCustoms: order.Say("transit.node.export"), order.Entry: order.Say("transit.node.entry"), order.OutForDelivery: order.Say("transit.node.out"),
}

// Remedy is what is to be done next about a parcel that has left, for people; empty where nothing is wrong with it.
func (b *Bench) Remedy(f *order.Facts, clocks []order.Clock) (order.Said, error) {
	at := b.now()
	patience, err := b.patience(at)
	if err != nil {
		return order.Said{}, err
	}
	s, is := f.Snagged(clocks, patience, at)
	if !is {
		return order.Said{}, nil
	}
	return b.remedy(s, at)
}

// remedy is what is to be done next about a snag, for people.
func (b *Bench) remedy(s order.Snagged, at time.Time) (order.Said, error) {
	f := s.Facts
	carrier, id := cmp.Or(f.Provider, "—"), f.OrderIDs[0]
	switch s.Remedy {
	case order.RemedyAsk:
		rules, err := handoverRules(b.Settings)
		if err != nil {
			return order.Said{}, err
		}
		card := rules.Card(handover.Place{Carrier: rules.Carrier(f.Provider, f.Tracking, at), Warehouse: f.WarehouseID})
		if card.Person+card.Phone == "" {
			return order.Say("transit.do.ask", "carrier", carrier, "tracking", f.Tracking), nil
		}
		return order.Say("transit.do.ask_card", "carrier", carrier, "tracking", f.Tracking, "person", card.Person, "phone", card.Phone, "hours", card.Hours), nil
	case order.RemedyCompare:
		return order.Say("transit.do.compare", "carrier", carrier, "tracking", f.Tracking, "order", id), nil
	case order.RemedyLogin:
		return order.Say("transit.do.login"), nil
	case order.RemedyWatch:
		return order.Say("transit.do.wait"), nil
	case order.RemedyRedeliver:
		if s.Due.IsZero() { // the rule is for older orders
			return order.Say("transit.do.redeliver_soon", "order", id), nil
		}
		return order.Say("transit.do.redeliver", "order", id), nil
	case order.RemedySettle:
		return order.Say("transit.do.settle"), nil
	case order.RemedyTellBuyer:
		return order.Say("transit.do.tell"), nil
	}
	switch cents, known := f.Claim(); {
	case f.Shipping != order.ByPlatform:
		return order.Say("transit.do.own"), nil
	case known:
		return order.Say("transit.do.claim", "amount", hundredths(cents)), nil
	}
	return order.Say("transit.do.claim_abroad", "value", hundredths(f.Value), "currency", f.Currency), nil
}
