// Package rules reads what a seller's warehouse is held to: the rules the program brings (assets/rules.toml) and, over them, the file rules.toml in a bench's
// folder, which changes, adds and switches off rules and holds extensions, daily cut-offs, holidays and zones of warehouses. It judges no parcel: that is internal/order.
package rules

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"packbench/assets"
	"packbench/internal/calendar"
	"packbench/internal/order"
)

// FileName is the file in a bench's folder that changes the rules.
const FileName = "rules.toml"

// Rules are what holds at a bench, with the calendar its days are counted by.
type Rules struct {
	order.Rules
	Calendar *calendar.Calendar
	// Entries are the rules as the files have them, in their order: one may have become several in List, a zone each.
	Entries []Entry
	// Own is what the bench's own file says.
	Own File
}

// Entry is a rule as it stands in a file: From and Until of the rule are not set.
type Entry struct {
	order.Rule
	// ValidFrom and ValidTo are the first and the last day on which an order was placed that it is valid for; zero: no such.
	ValidFrom, ValidTo calendar.Date
	// Own tells that the bench's own file wrote it or changed it. BuiltIn tells that the program brings it.
	Own, BuiltIn bool
}

// Load reads the rules of a bench's folder. What its own file gets wrong is the Problem rules.wrong, which says file, line, field and what to do: nothing of
// that file is heeded then.
func Load(dir string) (*Rules, error) {
	r, err := LoadFile(filepath.Join(dir, FileName))
	if errors.Is(err, fs.ErrNotExist) {
		return BuiltIn()
	}
	return r, err
}

// LoadFile reads the rules with a file in the place of the bench's own. Beside those of Load there is the error rules.unreadable.
func LoadFile(path string) (*Rules, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, order.Trouble(err, "rules.unreadable", "file", path)
	}
	return Read(string(text), path)
}

// BuiltIn are the rules the program brings.
func BuiltIn() (*Rules, error) { return Read("", FileName) }

// Read reads the rules the program brings and, over them, the text of a bench's own file, which errors call by a name. Its errors are those of Load.
func Read(text, name string) (*Rules, error) {
	r := &Rules{}
	for _, source := range []struct {
		text, name string
		own        bool
	}{{assets.Rules, "assets/rules.toml", false}, {text, name, true}} {
		file, at, err := parse(source.text)
		if err == nil {
			err = r.take(file, at, source.own)
		}
		if err != nil {
			return nil, named(err, source.name)
		}
	}
	r.count()
	return r, nil
}

// take puts what one file says over what was read before.
func (r *Rules) take(file File, at places, own bool) error {
	for i, row := range file.Rules {
		if err := r.takeRule(row, own); err != nil {
			return at.of(err, "rule", i)
		}
	}
	if file.Near != nil {
		if *file.Near < 0 || *file.Near > 1 {
			return at.of(wrong("near", order.Say("rules.why.near")), "", 0)
		}
		r.Near = *file.Near
	}
	if !own {
		return nil
	}
	r.Own, r.CutOffs = file, map[string]order.TimeOfDay{}
	for i, row := range file.CutOffs {
		hour, err := time.Parse("15:04", row.At)
		if err != nil {
			return at.of(wrong("at", order.Say("rules.why.hour", "value", row.At)), "cutoff", i)
		}
		if _, twice := r.CutOffs[row.Shop]; twice || row.Shop == "" {
			return at.of(wrong("shop", order.Say("rules.why.shop", "value", row.Shop)), "cutoff", i)
		}
		r.CutOffs[row.Shop] = order.TimeOfDay(hour.Hour()*60 + hour.Minute())
	}
	return r.takeCalendar(file, at)
}

// takeCalendar makes the calendar, and the extensions, whose days are its.
func (r *Rules) takeCalendar(file File, at places) error {
	var changes []calendar.Change
	for i, row := range file.Holidays {
		date, err := calendar.ParseDate(row.Date)
		switch {
		case !slices.Contains(calendar.Markets(), row.Market):
			return at.of(wrong("market", whyMarket(row.Market)), "holiday", i)
		case err != nil:
			return at.of(wrong("date", order.Say("rules.why.date", "value", row.Date)), "holiday", i)
		}
		changes = append(changes, calendar.Change{Market: row.Market, Date: date, Works: row.Works, Name: row.Name})
	}
	zones := map[string]string{}
	for i, row := range file.Zones {
		if _, err := calendar.ZoneNamed(row.Zone); err != nil {
			return at.of(wrong("zone", order.Say("rules.why.zone", "value", row.Zone)), "zone", i)
		}
		if _, twice := zones[row.Warehouse]; twice || row.Warehouse == "" {
			return at.of(wrong("warehouse", order.Say("rules.why.warehouse", "value", row.Warehouse)), "zone", i)
		}
		zones[row.Warehouse] = row.Zone
	}
	made, err := calendar.New(changes, zones)
	if err != nil {
		return err
	}
	r.Calendar = made
	for i, row := range file.Extensions {
		extension, err := r.extension(row)
		if err != nil {
			return at.of(err, "extension", i)
		}
		r.Extensions = append(r.Extensions, extension)
	}
	return nil
}

// extension is an extension with its days in the zone of its warehouse or market, or in UTC where it is for every market.
func (r *Rules) extension(row ExtensionRow) (order.Extension, error) {
	e := order.Extension{Clock: row.Clock, Market: row.Market, Warehouse: row.Warehouse, SKU: row.SKU, Why: row.Why}
	if !r.knows(row.Clock) {
		return e, wrong("clock", order.Say("rules.why.clock", "value", string(row.Clock)))
	}
	if row.Market != "" && !slices.Contains(calendar.Markets(), row.Market) {
		return e, wrong("market", whyMarket(row.Market))
	}
	zone := r.Calendar.Zone(row.Market, row.Warehouse)
	from, err := dayOrMoment(row.CreatedFrom, zone, false)
	if err != nil {
		return e, wrong("created_from", order.Say("rules.why.moment", "value", row.CreatedFrom))
	}
	until, err := dayOrMoment(row.CreatedTo, zone, true)
	if err != nil || !until.After(from) {
		return e, wrong("created_to", order.Say("rules.why.until", "value", row.CreatedTo))
	}
	if e.Add, err = ParseLimit(row.Add); err != nil || e.Add.N == 0 {
		return e, wrong("add", order.Say("rules.why.limit", "value", row.Add))
	}
	if row.Why == "" {
		return e, wrong("why", order.Say("rules.why.why"))
	}
	e.From, e.Until = from, until
	return e, nil
}

// dayOrMoment reads 2026-11-27, or 2026-11-27 10:00. last tells that a day is meant with all of it: its end is given.
func dayOrMoment(text string, zone *time.Location, last bool) (time.Time, error) {
	if moment, err := time.ParseInLocation("2006-01-02 15:04", text, zone); err == nil {
		return moment, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, zone)
	if last {
		day = day.AddDate(0, 0, 1)
	}
	return day, err
}

// count makes of the entries the rules that are counted by. A rule that is valid from or to a day begins and ends at midnight in its market's zone: its markets
// are parted by that moment.
func (r *Rules) count() {
	for _, entry := range r.Entries {
		if entry.ValidFrom == (calendar.Date{}) && entry.ValidTo == (calendar.Date{}) {
			r.List = append(r.List, entry.Rule)
			continue
		}
		if len(entry.Markets) == 0 {
			r.List = append(r.List, entry.within(time.UTC))
			continue
		}
		var parted []order.Rule
		for _, market := range entry.Markets {
			rule := entry.within(r.Calendar.Zone(market, ""))
			same := slices.IndexFunc(parted, func(other order.Rule) bool { return other.From.Equal(rule.From) && other.Until.Equal(rule.Until) })
			if same < 0 {
				rule.Markets = nil
				parted, same = append(parted, rule), len(parted)
			}
			parted[same].Markets = append(parted[same].Markets, market)
		}
		r.List = append(r.List, parted...)
	}
}

// within is the rule with its validity in a zone.
func (e Entry) within(zone *time.Location) order.Rule {
	rule := e.Rule
	if d := e.ValidFrom; d != (calendar.Date{}) {
		rule.From = time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
	}
	if d := e.ValidTo; d != (calendar.Date{}) {
		rule.Until = time.Date(d.Year, d.Month, d.Day+1, 0, 0, 0, 0, zone)
	}
	return rule
}

// knows tells whether there is a clock of an id: a rule's, or one whose times the platform sends.
func (r *Rules) knows(id order.RuleID) bool {
	return order.PlatformSends(id) || slices.ContainsFunc(r.Entries, func(e Entry) bool { return e.ID == id })
}

// Of are the entries of one id.
func (r *Rules) Of(id order.RuleID) (found []Entry) {
	for _, entry := range r.Entries {
		if entry.ID == id {
			found = append(found, entry)
		}
	}
	return found
}

// IDs are the ids of all rules, each once, in the order of the files.
func (r *Rules) IDs() (ids []order.RuleID) {
	for _, entry := range r.Entries {
		if !slices.Contains(ids, entry.ID) {
			ids = append(ids, entry.ID)
		}
	}
	return ids
}

// Gaps are the years without holidays that matter here: of the markets given, this year and the next.
func (r *Rules) Gaps(markets []order.Market, now time.Time) []calendar.Gap {
	markets = slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(markets))), func(m order.Market) bool { return m == "" })
	return r.Calendar.Gaps(markets, now.Year(), now.Year()+1)
}

// Counts tells whether a rule of a market counts working days, so that its holidays matter.
func (r *Rules) Counts(market order.Market) bool {
	for i := range r.List {
		rule := &r.List[i]
		its := (len(rule.Markets) == 0 || slices.Contains(rule.Markets, market)) && !slices.Contains(rule.Except, market)
		if its && cmp.Or(rule.Limit.Unit, order.Hours) == order.WorkingDays {
			return true
		}
	}
	return false
}
