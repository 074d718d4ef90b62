package window

import (
	"fmt"
	"math"
	"strings"

	"packbench/internal/order"
	"packbench/internal/rules"
	page "packbench/ui/rules"
)

// model is the page behind the door.
func (p *rulesPage) model() page.Model {
	m := page.Model{Tab: p.tab, Report: p.report}
	if p.book == nil {
		return m
	}
	if p.entry != nil {
		m.Form, m.Title, m.Notes, m.Fields, m.Acts = true, p.entry.title, p.entry.notes, p.entry.fields, p.entry.acts
		m.Next = order.Say("rulespage.try")
		if p.entry.tried != nil && p.entry.same(p.page.Values()) {
			m.Next = order.Say("set.save")
		}
		return m
	}
	all := p.rows()
	for _, row := range all[min(p.first, len(all)):] {
		if m.More = len(m.Rows) == p.page.Room(); m.More {
			break
		}
		m.Rows = append(m.Rows, row)
	}
	m.More = m.More || p.first > 0
	switch p.tab {
	case page.Extensions:
		m.Next = order.Say("rulespage.new_extension")
		if len(all) == 0 {
			m.Notes = []order.Said{order.Say("rulespage.no_extensions")}
		}
	case page.CutOffs:
		m.Notes = []order.Said{order.Say("rulespage.cutoff_note")}
	case page.Holidays:
		m.Next, m.Notes = order.Say("rulespage.new_holiday"), p.gaps
		if markets := p.markets(); len(markets) > 0 {
			m.Sides = [2]order.Said{order.Say("rulespage.market_is", "market", string(markets[p.market%len(markets)])), order.Say("rulespage.year_is", "year", fmt.Sprint(p.year))}
		}
	}
	return m
}

// rows are the whole list of the tab.
func (p *rulesPage) rows() []page.Row {
	switch p.tab {
	case page.Extensions:
		return p.extensionRows()
	case page.CutOffs:
		return p.placeRows()
	case page.Holidays:
		return p.holidayRows()
	}
	return p.clockRows()
}

// clockRows are the rules in the order of the files, and last the share that is near.
func (p *rulesPage) clockRows() (rows []page.Row) {
	say := p.environment.Tongue.Text
	for _, e := range p.book.Entries {
		row := page.Row{Name: p.clockName(e.ID), Under: p.scope(e), Off: e.Off && len(e.OnFor) == 0}
		row.Cells = [4]string{p.limit(e.Limit), say("consequence." + string(e.Consequence)), p.source(e), p.validity(e)}
		rows = append(rows, row)
	}
	share := fmt.Sprintf("%d %%", int(math.Round(p.book.Near*100)))
	near := page.Row{Name: say("rulespage.near"), Under: say("rulespage.near.text"), Cells: [4]string{share}}
	if p.book.Own.Near != nil {
		near.Cells[2] = say("rules.own")
	}
	return append(rows, near)
}

// clockName is what people call a clock; a rule of the bench's own goes by its id.
func (p *rulesPage) clockName(id order.RuleID) string {
	key := "clock." + string(id)
	if name := p.environment.Tongue.Text(key); name != key {
		return name
	}
	return string(id)
}

// limit is a time in words.
func (p *rulesPage) limit(l order.Limit) string {
	if l.Unit == "" {
		return ""
	}
	return p.environment.Tongue.Text("limit."+string(l.Unit), "count", l.N)
}

// scope is for which orders a rule is.
func (p *rulesPage) scope(e rules.Entry) string {
	say := p.environment.Tongue.Text
	list := func(markets []order.Market) string {
		var all []string
		for _, m := range markets {
			all = append(all, string(m))
		}
		return strings.Join(all, " ")
	}
	words := []string{list(e.Markets)}
	switch {
	case len(e.Markets) == 0 && len(e.Except) > 0:
		words[0] = say("rulespage.but", "markets", list(e.Except))
	case len(e.Markets) == 0:
		words[0] = say("rules.every_market")
	}
	if e.Mode != "" {
		words = append(words, say("rulespage.mode."+strings.ToLower(string(e.Mode))))
	}
	if e.Type != "" {
		words = append(words, say("rulespage.type."+strings.ToLower(e.Type)))
	}
	if e.Seller != "" {
		words = append(words, say("rulespage.cross_border"))
	}
	return strings.Join(words, ", ")
}

// source is who says a rule: the bench itself where it wrote or changed it.
func (p *rulesPage) source(e rules.Entry) string {
	if e.Own {
		return p.environment.Tongue.Text("rules.own")
	}
	return e.Source
}

// validity is whether a rule is on, and from which day to which.
func (p *rulesPage) validity(e rules.Entry) string {
	say := p.environment.Tongue.Text
	var words []string
	switch {
	case len(e.OnFor) > 0:
		words = append(words, say("rulespage.on"))
	case e.Off:
		words = append(words, say("rules.off"))
	}
	if from := e.ValidFrom.Text(); from != "" {
		words = append(words, say("rulespage.from", "date", from))
	}
	if to := e.ValidTo.Text(); to != "" {
		words = append(words, say("rulespage.to", "date", to))
	}
	return strings.Join(words, ", ")
}

func (p *rulesPage) extensionRows() (rows []page.Row) {
	for i, row := range p.book.Own.Extensions {
		var where []string
		for _, word := range []string{string(row.Market), row.Warehouse, row.SKU} {
			if word != "" {
				where = append(where, word)
			}
		}
		if len(where) == 0 {
			where = []string{p.environment.Tongue.Text("rules.every_market")}
		}
		rows = append(rows, page.Row{Name: p.clockName(row.Clock), Under: strings.Join(where, ", "), Own: true,
			Cells: [4]string{p.limit(p.book.Extensions[i].Add), row.CreatedFrom + " – " + row.CreatedTo, row.Why}})
	}
	return rows
}

// placeRows are the shops with their cut-offs, and the warehouses with their zones.
func (p *rulesPage) placeRows() (rows []page.Row) {
	say := p.environment.Tongue.Text
	for _, place := range p.places {
		zone := p.book.Calendar.Zone(place.market, "").String()
		row := page.Row{Name: place.name, Under: say("rulespage.its_cutoff", "market", string(place.market), "zone", zone), Cells: [4]string{p.cutOff(place.id)}}
		if place.warehouse {
			row.Under, row.Cells[0] = say("rulespage.its_zone", "market", string(place.market)), p.book.Calendar.Zone(place.market, place.id).String()
		}
		rows = append(rows, row)
	}
	return rows
}

// cutOff is the hour of a shop; empty where it has none.
func (p *rulesPage) cutOff(shop string) string {
	at, is := p.book.CutOffs[shop]
	if !is {
		return ""
	}
	return fmt.Sprintf("%02d:%02d", at/60, at%60)
}

func (p *rulesPage) holidayRows() (rows []page.Row) {
	say := p.environment.Tongue.Text
	markets := p.markets()
	if len(markets) == 0 {
		return nil
	}
	days, _ := p.book.Calendar.Holidays(markets[p.market%len(markets)], p.year)
	for _, day := range days {
		mark := ""
		switch {
		case day.Added:
			mark = say("rules.own")
		case day.Expected:
			mark = say("rules.expected")
		}
		name := day.Name
		if name == "" {
			name = day.Date.String()
		}
		rows = append(rows, page.Row{Name: name, Under: day.Source, Own: day.Added, Cells: [4]string{day.Date.String(), say("weekday." + weekdays[day.Date.Weekday()]), mark}})
	}
	for _, row := range p.book.Own.Holidays {
		if row.Works && row.Market == markets[p.market%len(markets)] && strings.HasPrefix(row.Date, fmt.Sprint(p.year)) {
			rows = append(rows, page.Row{Name: row.Date, Under: say("rulespage.works"), Own: true, Cells: [4]string{row.Date, "", say("rules.own")}})
		}
	}
	return rows
}

// weekdays are how the days of the week are called in keys, from Sunday on.
var weekdays = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
