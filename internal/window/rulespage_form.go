package window

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"packbench/internal/order"
	"packbench/internal/rules"
	"packbench/ui/kit"
	page "packbench/ui/rules"
)

// ruleForm is one of the page's lists while it is open: its fields, what else can be done, and the change that was tried.
type ruleForm struct {
	title  order.Said
	notes  []order.Said
	fields []page.Field
	values []string // as they were filled in
	acts   []order.Said
	// enter makes a change of what stands in the fields, act one of a digit from 1. Nil: there is none.
	enter func(values []string) func(*rules.File) error
	act   func(digit int) func(*rules.File) error
	// tried is the change whose effect the page shows, and with which values.
	tried     func(*rules.File) error
	triedWith []string
}

// same tells whether the fields still stand as they were tried.
func (f *ruleForm) same(values []string) bool { return slices.Equal(trimmed(values), f.triedWith) }

func trimmed(values []string) (all []string) {
	for _, value := range values {
		all = append(all, strings.TrimSpace(value))
	}
	return all
}

// open shows a form with its fields.
func (p *rulesPage) open(f *ruleForm) {
	p.entry, p.report = f, page.Report{}
	p.page.Fill(f.values)
	p.seen = p.page.Values()
}

// try asks how many parcels a change would move, in the office. A second press of the key saves it.
func (p *rulesPage) try(change func(*rules.File) error, values []string) {
	form := p.entry
	var moved rules.Moved
	p.do(func() (err error) { moved, err = p.bench.TryRules(change); return err }, func() {
		if p.entry != form {
			return
		}
		form.tried, form.triedWith = change, trimmed(values)
		said := order.Say("rulespage.would_move", "parcels", moved.Parcels, "orders", moved.Orders, "of", moved.Of)
		if moved.Parcels == 0 && moved.Recut > 0 {
			said = order.Say("rulespage.would_recut", "parcels", moved.Recut, "of", moved.Of)
		}
		p.report = page.Report{Tone: kit.Told, Said: said}
	})
}

// save writes the change that was tried.
func (p *rulesPage) save() {
	form, who := p.entry, p.door.name()
	p.do(func() error { return p.bench.ChangeRules(who, form.tried) }, func() {
		if p.entry == form {
			p.entry = nil
		}
		p.report = page.Report{Tone: kit.Calm, Said: order.Say("rulespage.saved")}
	})
}

// ruleFormOf is the form of a rule.
func (p *rulesPage) ruleFormOf(e rules.Entry) *ruleForm {
	say := p.environment.Tongue.Text
	markets := strings.Join(marketWords(e.Markets), " ")
	f := &ruleForm{title: order.Say("rulespage.rule", "name", p.clockName(e.ID), "id", string(e.ID), "scope", p.scope(e))}
	start := say("point." + e.Start.String())
	if e.After != "" {
		start = say("rulespage.after", "clock", p.clockName(e.After))
	}
	f.notes = []order.Said{order.Say("rulespage.rule.text", "start", start, "end", say("point."+e.End.String()), "missed", say("consequence."+string(e.Consequence)), "source", e.Source)}
	if order.PlatformSends(e.ID) {
		f.notes = append(f.notes, order.Say("rules.platform_sends"))
	}
	if e.Start == order.Acknowledged || e.End == order.Acknowledged {
		f.notes = append(f.notes, order.Say("rules.acknowledged"))
	}
	f.fields = []page.Field{{Word: order.Say("rulespage.limit"), Hint: "48 h, 3 wd, 5 d"}, {Word: order.Say("rulespage.markets"), Hint: say("rules.every_market")},
		{Word: order.Say("rulespage.valid_from"), Hint: "2027-01-01"}, {Word: order.Say("rulespage.valid_to"), Hint: "2027-12-31"}}
	f.values = []string{rules.LimitText(e.Limit), markets, e.ValidFrom.Text(), e.ValidTo.Text()}
	f.enter = func(values []string) func(*rules.File) error {
		row := rules.RuleRow{ID: e.ID, Markets: marketsIn(values[1]), Mode: e.Mode, Type: e.Type, Seller: e.Seller, ValidFrom: values[2], Limit: values[0], ValidTo: values[3]}
		if values[2] == "" && e.ValidFrom.Text() != "" {
			row.ValidFrom = "none"
		}
		if values[3] == "" && e.ValidTo.Text() != "" {
			row.ValidTo = "none"
		}
		return func(file *rules.File) error { file.Put(row); return nil }
	}
	switch {
	case e.Off && len(e.OnFor) == 0 && !e.Own:
		f.acts = append(f.acts, order.Say("rulespage.turn_on"))
	case !e.Off:
		f.acts = append(f.acts, order.Say("rulespage.switch_off", "markets", orEvery(markets, say)))
	}
	if e.Own {
		f.acts = append(f.acts, order.Say("rulespage.reset"))
	}
	f.act = func(digit int) func(*rules.File) error {
		switch f.acts[digit-1].Key {
		case "rulespage.turn_on":
			return func(file *rules.File) error { file.Put(rules.RuleRow{ID: e.ID, OnFor: []string{"*"}}); return nil }
		case "rulespage.switch_off":
			return func(file *rules.File) error {
				file.Put(rules.RuleRow{ID: e.ID, Markets: e.Markets, Off: true})
				return nil
			}
		}
		return func(file *rules.File) error { file.Reset(e.ID); return nil }
	}
	return f
}

func orEvery(markets string, say func(string, ...any) string) string {
	if markets == "" {
		return say("rules.every_market")
	}
	return markets
}

func marketWords(markets []order.Market) (words []string) {
	for _, m := range markets {
		words = append(words, string(m))
	}
	return words
}

// marketsIn are the markets of a text, parted by blanks or commas.
func marketsIn(text string) (markets []order.Market) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '，' || r == '、' }) {
		markets = append(markets, order.Market(strings.ToUpper(word)))
	}
	return markets
}

// nearForm is the form of the share that is near.
func (p *rulesPage) nearForm() *ruleForm {
	f := &ruleForm{title: order.Say("rulespage.near"), notes: []order.Said{order.Say("rulespage.near.text")}}
	f.fields = []page.Field{{Word: order.Say("rulespage.percent"), Hint: "25"}}
	f.values = []string{strconv.FormatFloat(p.book.Near*100, 'f', -1, 64)}
	f.enter = func(values []string) func(*rules.File) error {
		return func(file *rules.File) error {
			percent, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(values[0], "%")), 64)
			if err != nil {
				return order.Trouble(err, "rulespage.no_percent", "value", values[0])
			}
			share := percent / 100
			file.Near = &share
			return nil
		}
	}
	return f
}

// extensionForm is the form of an extension, or of a new one where n is below 0.
func (p *rulesPage) extensionForm(n int) *ruleForm {
	f := &ruleForm{title: order.Say("rulespage.new_extension"), notes: []order.Said{order.Say("rulespage.extension.text")}}
	row := rules.ExtensionRow{Clock: "ready"}
	if n >= 0 {
		row = p.book.Own.Extensions[n]
		f.title, f.acts = order.Say("rulespage.extension", "name", p.clockName(row.Clock)), []order.Said{order.Say("rulespage.drop")}
		f.act = func(int) func(*rules.File) error {
			return func(file *rules.File) error { file.DropExtension(n); return nil }
		}
	}
	for _, field := range []struct{ word, hint string }{{"rulespage.clock_id", "ready"}, {"rulespage.longer", "3 d, 24 h, 2 wd"}, {"rulespage.created_from", "2026-11-27"},
		{"rulespage.created_to", "2026-11-28"}, {"rulespage.market", "MY"}, {"rulespage.warehouse", ""}, {"rulespage.sku", ""}, {"rulespage.why", ""}} {
		f.fields = append(f.fields, page.Field{Word: order.Said{Key: field.word}, Hint: field.hint})
	}
	f.values = []string{string(row.Clock), row.Add, row.CreatedFrom, row.CreatedTo, string(row.Market), row.Warehouse, row.SKU, row.Why}
	f.enter = func(values []string) func(*rules.File) error {
		next := rules.ExtensionRow{Clock: order.RuleID(values[0]), Add: values[1], CreatedFrom: values[2], CreatedTo: values[3], Market: order.Market(strings.ToUpper(values[4])),
			Warehouse: values[5], SKU: values[6], Why: values[7]}
		return func(file *rules.File) error {
			if n < 0 {
				file.Extensions = append(file.Extensions, next)
			} else if n < len(file.Extensions) {
				file.Extensions[n] = next
			}
			return nil
		}
	}
	return f
}

// placeForm is the form of a shop's cut-off or a warehouse's zone.
func (p *rulesPage) placeForm(place rulePlace) *ruleForm {
	f := &ruleForm{title: order.Say("rulespage.place", "name", place.name, "market", string(place.market))}
	if place.warehouse {
		f.fields = []page.Field{{Word: order.Say("rulespage.zone"), Hint: "America/New_York"}}
		f.notes = []order.Said{order.Say("rulespage.zone_note", "zone", p.book.Calendar.Zone(place.market, "").String())}
		own := slices.IndexFunc(p.book.Own.Zones, func(row rules.ZoneRow) bool { return row.Warehouse == place.id })
		f.values = []string{""}
		if own >= 0 {
			f.values[0] = p.book.Own.Zones[own].Zone
		}
		f.enter = func(values []string) func(*rules.File) error {
			return func(file *rules.File) error { file.SetZone(place.id, values[0]); return nil }
		}
		return f
	}
	f.fields, f.values = []page.Field{{Word: order.Say("rulespage.cutoff"), Hint: "12:00"}}, []string{p.cutOff(place.id)}
	f.notes = []order.Said{order.Say("rulespage.cutoff_note")}
	f.enter = func(values []string) func(*rules.File) error {
		return func(file *rules.File) error { file.SetCutOff(place.id, values[0]); return nil }
	}
	return f
}

// holidayForm is the form of a new holiday.
func (p *rulesPage) holidayForm(market order.Market) *ruleForm {
	f := &ruleForm{title: order.Say("rulespage.new_holiday")}
	f.fields = []page.Field{{Word: order.Say("rulespage.market"), Hint: "MY"}, {Word: order.Say("rulespage.date"), Hint: fmt.Sprintf("%d-12-24", p.year)}, {Word: order.Say("rulespage.holiday")}}
	f.values = []string{string(market), "", ""}
	f.enter = func(values []string) func(*rules.File) error {
		row := rules.HolidayRow{Market: order.Market(strings.ToUpper(values[0])), Date: values[1], Name: values[2]}
		return func(file *rules.File) error { file.SetHoliday(row); return nil }
	}
	return f
}

// dayForm is the form of a day that is a holiday, or that a person said is worked on.
func (p *rulesPage) dayForm(market order.Market, row page.Row) *ruleForm {
	date := row.Cells[0]
	f := &ruleForm{title: order.Say("rulespage.day_is", "market", string(market), "date", date, "name", row.Name), acts: []order.Said{order.Say("rulespage.works_on")}}
	f.act = func(int) func(*rules.File) error {
		return func(file *rules.File) error {
			file.SetHoliday(rules.HolidayRow{Market: market, Date: date, Name: row.Name, Works: true})
			return nil
		}
	}
	if row.Own {
		f.acts = []order.Said{order.Say("rulespage.take_back")}
		f.act = func(int) func(*rules.File) error {
			return func(file *rules.File) error { file.DropHoliday(market, date); return nil }
		}
	}
	return f
}
