package rules

import (
	"slices"
	"strings"
	"time"

	"packbench/internal/calendar"
	"packbench/internal/order"
)

// none takes away a day of validity.
const none = "none"

// newest is the date of the source of a rule that a supervisor wrote without one: what they say now is newer than what the program brings.
var newest = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// takeRule puts one row over the entries. In a bench's own file a row
//   - with off switches its rule off, for its markets or everywhere;
//   - with on_for turns it on for shops;
//   - for the very orders a rule of its id is for changes that rule, in the fields the row has;
//   - else, as with a valid_from that no rule of its id has, is a rule of its own, which has what it does not say from the rule of its id that was for those orders.
func (r *Rules) takeRule(row RuleRow, own bool) error {
	if err := row.check(); err != nil {
		return err
	}
	if row.After != "" && !r.knows(row.After) {
		return wrong("after", order.Say("rules.why.clock", "value", string(row.After)))
	}
	if !own {
		entry, err := row.over(Entry{BuiltIn: true})
		r.Entries = append(r.Entries, entry)
		return err
	}
	of := r.Of(row.ID)
	switch {
	case (row.Off || len(row.OnFor) > 0) && len(of) == 0:
		return wrong("id", order.Say("rules.why.clock", "value", string(row.ID)))
	case row.Off && len(row.OnFor) > 0:
		return wrong("on_for", order.Say("rules.why.on_and_off"))
	case row.Off:
		r.switchOff(row)
		return nil
	case len(row.OnFor) > 0:
		return r.turnOn(row)
	}
	if at := r.same(row); at >= 0 {
		entry, err := row.over(r.Entries[at])
		entry.Own = true
		r.Entries[at] = entry
		return err
	}
	later := row // the same orders from another day on
	later.ValidFrom = ""
	before := r.same(later)
	if len(row.Markets) == 0 && len(of) > 0 && before < 0 {
		return wrong("markets", order.Say("rules.why.which", "value", string(row.ID), "known", strings.Join(r.marketsOf(row.ID), ", ")))
	}
	base := Entry{}
	if before >= 0 {
		base = r.Entries[before]
	} else if closest := closestFor(row, of); closest != nil {
		base = *closest
		base.Markets, base.Except = nil, nil
	}
	if base.ID != "" {
		base.ValidFrom, base.ValidTo, base.Source, base.SourceAt = calendar.Date{}, calendar.Date{}, FileName, newest
	}
	base.Own, base.BuiltIn = true, false
	entry, err := row.over(base)
	r.Entries = append(r.Entries, entry)
	return err
}

// switchOff takes a rule away, for the markets of a row or for all.
func (r *Rules) switchOff(row RuleRow) {
	for i := range r.Entries {
		entry := &r.Entries[i]
		if entry.ID != row.ID {
			continue
		}
		its := func(m order.Market) bool { return slices.Contains(row.Markets, m) }
		switch left := slices.DeleteFunc(slices.Clone(entry.Markets), its); {
		case len(row.Markets) == 0, len(entry.Markets) > 0 && len(left) == 0:
			entry.Own, entry.Off, entry.OnFor = true, true, nil
		case len(entry.Markets) > 0:
			entry.Own, entry.Markets = entry.Own || len(left) < len(entry.Markets), left
		default:
			entry.Own, entry.Except = true, append(slices.Clone(entry.Except), row.Markets...)
		}
	}
}

// turnOn turns a rule on that is off by itself.
func (r *Rules) turnOn(row RuleRow) error {
	turned := false
	for i := range r.Entries {
		if entry := &r.Entries[i]; entry.ID == row.ID && entry.Off {
			entry.Own, entry.OnFor, turned = true, row.OnFor, true
		}
	}
	if !turned {
		return wrong("on_for", order.Say("rules.why.on_anyway", "value", string(row.ID)))
	}
	return nil
}

// same is the entry for the very orders a row is for, the newest by its validity where the row does not say which; -1 where there is none. A row that does not say
// for which orders it is means the only rule of its id, or the one of every market.
func (r *Rules) same(row RuleRow) int {
	at, only := -1, len(r.Of(row.ID)) == 1
	for i, e := range r.Entries {
		its := e.ID == row.ID && (sameMarkets(e.Markets, row.Markets) || only && len(row.Markets) == 0) && (row.Mode == "" || e.Mode == row.Mode) &&
			(row.Type == "" || e.Type == row.Type) && (row.Seller == "" || e.Seller == row.Seller)
		if its && (row.ValidFrom == "" || row.ValidFrom == none || e.ValidFrom.String() == row.ValidFrom) {
			at = i // later ones stand later in the file
		}
	}
	return at
}

func sameMarkets(a, b []order.Market) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// closestFor is the rule that was for the orders of a row: that of its markets, else of every market, else any; the later the newer.
func closestFor(row RuleRow, of []Entry) (found *Entry) {
	best := -1
	for i := range of {
		fits := 0
		switch has := func(m order.Market) bool { return slices.Contains(of[i].Markets, m) }; {
		case len(row.Markets) > 0 && !slices.ContainsFunc(row.Markets, func(m order.Market) bool { return !has(m) }):
			fits = 2
		case len(of[i].Markets) == 0:
			fits = 1
		}
		if fits >= best {
			best, found = fits, &of[i]
		}
	}
	return found
}

// marketsOf are the markets that the rules of an id are for.
func (r *Rules) marketsOf(id order.RuleID) (markets []string) {
	for _, e := range r.Of(id) {
		markets = append(markets, texts(e.Markets)...)
	}
	return markets
}

// check looks at what a row says by itself.
func (row RuleRow) check() error {
	unknown := func(list []order.Market) (order.Market, bool) {
		at := slices.IndexFunc(list, func(m order.Market) bool { return !slices.Contains(calendar.Markets(), m) })
		if at < 0 {
			return "", false
		}
		return list[at], true
	}
	if row.ID == "" {
		return wrong("id", order.Say("rules.why.id"))
	}
	if m, is := unknown(row.Markets); is {
		return wrong("markets", whyMarket(m))
	}
	if m, is := unknown(row.Except); is {
		return wrong("except", whyMarket(m))
	}
	for _, field := range []struct {
		name, value string
		known       []string
	}{
		{"mode", string(row.Mode), []string{string(order.ByPlatform), string(order.BySeller)}},
		{"type", row.Type, []string{order.Standard, order.PreOrder}},
		{"seller", row.Seller, []string{order.CrossBorder}},
		{"start", row.Start, points()},
		{"end", row.End, points()},
		{"consequence", string(row.Consequence), texts(order.Consequences)},
	} {
		if field.value != "" && !slices.Contains(field.known, field.value) {
			return wrong(field.name, order.Say("rules.why.word", "value", field.value, "known", strings.Join(field.known, ", ")))
		}
	}
	for _, field := range []struct{ name, value string }{{"valid_from", row.ValidFrom}, {"valid_to", row.ValidTo}, {"source_at", row.SourceAt}} {
		if _, err := calendar.ParseDate(field.value); err != nil && field.value != "" && (field.value != none || field.name == "source_at") {
			return wrong(field.name, order.Say("rules.why.date", "value", field.value))
		}
	}
	for _, field := range []struct{ name, value string }{{"limit", row.Limit}, {"grace", row.Grace}} {
		if _, err := ParseLimit(field.value); err != nil && field.value != "" {
			return wrong(field.name, order.Say("rules.why.limit", "value", field.value))
		}
	}
	return nil
}

func texts[T ~string](list []T) (all []string) {
	for _, one := range list {
		all = append(all, string(one))
	}
	return all
}

// points are the names of all points.
func points() (names []string) {
	for p := order.Placed; p <= order.Renewed; p++ {
		names = append(names, p.String())
	}
	return names
}

// point is a point, or the one of a name, which was checked.
func point(was order.Point, name string) order.Point {
	if at := slices.Index(points(), name); at >= 0 {
		return order.Placed + order.Point(at)
	}
	return was
}

func whyMarket(m order.Market) order.Said {
	return order.Say("rules.why.market", "value", string(m), "known", strings.Join(texts(calendar.Markets()), ", "))
}

// over is an entry with what a row says, which was checked. What a rule of its own must have and has not is a mistake.
func (row RuleRow) over(e Entry) (Entry, error) {
	set := func(to *string, value string) {
		if value != "" {
			*to = value
		}
	}
	e.ID = row.ID
	set((*string)(&e.Family), string(row.Family))
	set((*string)(&e.Mode), string(row.Mode))
	set(&e.Type, row.Type)
	set(&e.Seller, row.Seller)
	e.Start, e.End = point(e.Start, row.Start), point(e.End, row.End)
	set((*string)(&e.After), string(row.After))
	set((*string)(&e.Consequence), string(row.Consequence))
	set(&e.Source, row.Source)
	if len(row.Markets) > 0 {
		e.Markets = row.Markets
	}
	if len(row.Except) > 0 {
		e.Except = row.Except
	}
	if row.Limit != "" {
		e.Limit, _ = ParseLimit(row.Limit)
	}
	if row.Grace != "" {
		e.Grace, _ = ParseLimit(row.Grace)
	}
	e.ValidFrom, e.ValidTo = validity(e.ValidFrom, row.ValidFrom), validity(e.ValidTo, row.ValidTo)
	if row.SourceAt != "" {
		day, _ := calendar.ParseDate(row.SourceAt)
		e.SourceAt = time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, time.UTC)
	}
	e.Off = e.Off || row.Off
	for _, field := range []struct {
		name    string
		missing bool
	}{{"start", e.Start == order.NoPoint}, {"end", e.End == order.NoPoint}, {"limit", e.Limit.Unit == ""}, {"consequence", e.Consequence == ""}, {"source", e.Source == ""}} {
		if field.missing {
			return e, wrong(field.name, order.Say("rules.why.missing", "value", string(row.ID)))
		}
	}
	return e, nil
}

// validity is a day of validity, or another, or none.
func validity(was calendar.Date, text string) calendar.Date {
	switch text {
	case "":
		return was
	case none:
		return calendar.Date{}
	}
	day, _ := calendar.ParseDate(text)
	return day
}
