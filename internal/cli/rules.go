package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/internal/order"
	"packbench/internal/rules"
)

// Rules holds the verbs about the rules clocks follow from.
type Rules struct {
	List     RulesList     `cmd:"" default:"withargs" help:"List the rules: what must follow what within how long, what happens if not, and who says so."`
	Show     RulesShow     `cmd:"" help:"Tell everything of one rule, and the extensions there are for it."`
	Check    RulesCheck    `cmd:"" help:"Check a file of rules: is it valid, what does it change, how many parcels does it move."`
	Set      RulesSet      `cmd:"" help:"Change a rule, add one, switch one off or on."`
	Reset    RulesReset    `cmd:"" help:"Put a rule back to what the program brings."`
	Near     RulesNear     `cmd:"" help:"Set which share of a limit is near."`
	Extend   RulesExtend   `cmd:"" help:"Enter an extension the platform granted."`
	Unextend RulesUnextend `cmd:"" help:"Take an extension away."`
	CutOff   RulesCutOff   `cmd:"" name:"cutoff" help:"Set the hour until which a shop's orders leave the same day."`
	Holidays RulesHolidays `cmd:"" help:"List the holidays of a market, with who says so."`
	Holiday  RulesHoliday  `cmd:"" help:"Say of a day of a market that it is a holiday, or none."`
	Zone     RulesZone     `cmd:"" help:"Set the time zone of a warehouse that is not in its market's."`
}

// ruleLine is a rule as a file has it.
type ruleLine struct {
	ID          order.RuleID       `json:"id"`
	Markets     []order.Market     `json:"markets"` // empty: every one
	Except      []order.Market     `json:"except,omitempty"`
	Mode        order.ShippingType `json:"mode,omitempty"`
	Type        string             `json:"type,omitempty"`
	Seller      string             `json:"seller,omitempty"`
	ValidFrom   string             `json:"valid_from,omitempty"`
	ValidTo     string             `json:"valid_to,omitempty"`
	Start       string             `json:"start"`
	After       order.RuleID       `json:"after,omitempty"`
	End         string             `json:"end"`
	Limit       string             `json:"limit"`
	Grace       string             `json:"grace,omitempty"`
	Consequence order.Consequence  `json:"consequence"`
	Source      string             `json:"source"`
	Off         bool               `json:"off"`
	OnFor       []string           `json:"on_for,omitempty"`
	Own         bool               `json:"own"`      // the bench's own file wrote or changed it
	Platform    bool               `json:"platform"` // the platform sends times of this clock, which win
}

func lineOfRule(r rules.Entry) ruleLine {
	return ruleLine{
		ID: r.ID, Markets: append([]order.Market{}, r.Markets...), Except: r.Except, Mode: r.Mode, Type: r.Type, Seller: r.Seller, ValidFrom: r.ValidFrom.Text(),
		ValidTo: r.ValidTo.Text(), Start: r.Start.String(), After: r.After, End: r.End.String(), Limit: rules.LimitText(r.Limit), Grace: rules.LimitText(r.Grace),
		Consequence: r.Consequence, Source: r.Source, Off: r.Off && len(r.OnFor) == 0, OnFor: r.OnFor, Own: r.Own, Platform: order.PlatformSends(r.ID),
	}
}

// scope is for which orders a rule is, in short.
func (e *Environment) scope(r rules.Entry) string {
	var words []string
	for _, m := range r.Markets {
		words = append(words, string(m))
	}
	if len(r.Markets) == 0 {
		words = append(words, e.Tongue.Text("rules.every_market"))
	}
	for _, m := range r.Except {
		words = append(words, "-"+string(m))
	}
	for _, word := range []string{string(r.Mode), r.Type, r.Seller} {
		if word != "" {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}

// validity is from which to which day a rule is valid, and whether it is on.
func (e *Environment) validity(r rules.Entry) string {
	words := []string{}
	if from, to := r.ValidFrom.Text(), r.ValidTo.Text(); from+to != "" {
		words = append(words, from+".."+to)
	}
	switch {
	case len(r.OnFor) > 0:
		words = append(words, e.Tongue.Text("rules.on_for", "shops", strings.Join(r.OnFor, " ")))
	case r.Off:
		words = append(words, e.Tongue.Text("rules.off"))
	}
	if r.Own {
		words = append(words, e.Tongue.Text("rules.own"))
	}
	return strings.Join(words, ", ")
}

// openRules opens the bench and its rules.
func (e *Environment) openRules() (*Bench, *rules.Rules, error) {
	bench, err := openExisting(e)
	if err != nil {
		return nil, nil, err
	}
	r, err := bench.Rules()
	if err != nil {
		return nil, nil, errors.Join(err, bench.Close())
	}
	return bench, r, nil
}

// RulesList lists rules.
type RulesList struct {
	Market order.Market `placeholder:"MY" help:"Only those for orders of a market."`
	JSON   bool         `name:"json" help:"One object a line."`
}

// Served tells that a program that has the folder open does it.
func (v *RulesList) Served() bool { return true }

// Run writes the list, in the order of the files.
func (v *RulesList) Run(e *Environment) (err error) {
	bench, r, err := e.openRules()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	list := e.listing(v.JSON, "rules.header")
	for _, entry := range r.Entries {
		if v.Market != "" && (len(entry.Markets) > 0 && !slices.Contains(entry.Markets, v.Market) || slices.Contains(entry.Except, v.Market)) {
			continue
		}
		if err := list.add(lineOfRule(entry), e.ruleColumns(entry)...); err != nil {
			return err
		}
	}
	return list.end()
}

func (e *Environment) ruleColumns(entry rules.Entry) []string {
	start := cmp.Or(string(entry.After), entry.Start.String())
	return []string{string(entry.ID), e.scope(entry), start + " → " + entry.End.String(), rules.LimitText(entry.Limit), e.Tongue.Text("consequence." + string(entry.Consequence)), entry.Source,
		e.validity(entry)}
}

// RulesShow tells of one rule.
type RulesShow struct {
	ID   order.RuleID `arg:"" help:"As rules list names it."`
	JSON bool         `name:"json" help:"One object a line: the rules of that id, then its extensions."`
}

// extensionLine is an extension.
type extensionLine struct {
	Number    int          `json:"extension"` // for rules unextend
	Clock     order.RuleID `json:"clock"`
	Market    order.Market `json:"market,omitempty"`
	Warehouse string       `json:"warehouse,omitempty"`
	SKU       string       `json:"sku,omitempty"`
	From      string       `json:"created_from"`
	To        string       `json:"created_to"`
	Add       string       `json:"add"`
	Why       string       `json:"why"`
}

// Served tells that a program that has the folder open does it.
func (v *RulesShow) Served() bool { return true }

// Run writes it. It fails with rules.unknown where there is no such clock.
func (v *RulesShow) Run(e *Environment) (err error) {
	bench, r, err := e.openRules()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	of := r.Of(v.ID)
	if len(of) == 0 {
		return order.Trouble(nil, "rules.unknown", "id", string(v.ID))
	}
	list := e.listing(v.JSON, "rules.header")
	for _, entry := range of {
		if err := list.add(lineOfRule(entry), e.ruleColumns(entry)...); err != nil {
			return err
		}
	}
	if err := list.end(); err != nil {
		return err
	}
	var notes []order.Said
	if order.PlatformSends(v.ID) {
		notes = append(notes, order.Say("rules.platform_sends"))
	}
	if of[0].Start == order.Acknowledged || of[0].End == order.Acknowledged {
		notes = append(notes, order.Say("rules.acknowledged"))
	}
	for _, note := range notes {
		if v.JSON {
			break // programs read platform and end
		}
		if err := e.tell(note); err != nil {
			return err
		}
	}
	return e.listExtensions(r, v.JSON, v.ID)
}

// listExtensions lists the extensions of a clock.
func (e *Environment) listExtensions(r *rules.Rules, asJSON bool, id order.RuleID) error {
	list := e.listing(asJSON, "rules.extensions.header")
	for i, row := range r.Own.Extensions {
		if row.Clock != id {
			continue
		}
		line := extensionLine{i + 1, row.Clock, row.Market, row.Warehouse, row.SKU, row.CreatedFrom, row.CreatedTo, row.Add, row.Why}
		where := strings.TrimSpace(strings.Join([]string{string(row.Market), row.Warehouse, row.SKU}, " "))
		if err := list.add(line, fmt.Sprint(i+1), "+"+row.Add, row.CreatedFrom+".."+row.CreatedTo, cmp.Or(where, e.Tongue.Text("rules.every_market")), row.Why); err != nil {
			return err
		}
	}
	return list.end()
}

// RulesHolidays lists holidays.
type RulesHolidays struct {
	Market order.Market `arg:"" help:"Such as MY."`
	Year   int          `arg:"" optional:"" help:"This year without it."`
	JSON   bool         `name:"json" help:"One object a line."`
}

// holidayLine is a holiday.
type holidayLine struct {
	Market   order.Market `json:"market"`
	Date     string       `json:"date"`
	Name     string       `json:"name"`
	Source   string       `json:"source"`
	Expected bool         `json:"expected"` // it depends on the moon, or was not announced when it was read
	Own      bool         `json:"own"`
}

// Served tells that a program that has the folder open does it.
func (v *RulesHolidays) Served() bool { return true }

// Run writes the list, by date. Where nothing is known of the year it says so and ends with ErrNeedsPerson.
func (v *RulesHolidays) Run(e *Environment) (err error) {
	bench, r, err := e.openRules()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	year := cmp.Or(v.Year, e.Now().Year())
	days, known := r.Calendar.Holidays(v.Market, year)
	list := e.listing(v.JSON, "rules.holidays.header")
	for _, day := range days {
		mark := ""
		switch {
		case day.Added:
			mark = e.Tongue.Text("rules.own")
		case day.Expected:
			mark = e.Tongue.Text("rules.expected")
		}
		line := holidayLine{v.Market, day.Date.String(), day.Name, day.Source, day.Expected, day.Added}
		if err := list.add(line, day.Date.String(), e.Tongue.Text("weekday."+weekdayKeys[day.Date.Weekday()]), day.Name, day.Source, mark); err != nil {
			return err
		}
	}
	if err := list.end(); err != nil {
		return err
	}
	if !known {
		if err := warnOf(e, order.Say("rules.no_holidays", "market", string(v.Market), "year", year)); err != nil {
			return err
		}
		return ErrNeedsPerson
	}
	return nil
}

// weekdayKeys are how the days of the week are called in keys, from Sunday on.
var weekdayKeys = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// warnOf says something beside a verb's own words.
func warnOf(e *Environment, said order.Said) error {
	_, err := fmt.Fprintln(e.Stderr, "packbench: "+e.Tongue.Say(said))
	return err
}
