package window

import (
	"packbench/internal/order"
	"packbench/scanner"
	"packbench/ui/kit"
	page "packbench/ui/rules"
	"packbench/ui/signin"
)

// press takes a function key, or one of the keypad.
func (p *rulesPage) press(key string) bool {
	p.touchedAt = p.environment.Now()
	asks, _ := p.door.asks()
	switch {
	case !asks && key == "Escape":
		rulesHands{p}.Back()
	case !asks:
		return p.page.Key(key)
	case key == signin.Back || key == page.BackKey || key == "Escape":
		p.leaveInner()
	case key == page.NextKey:
		return p.door.press(signin.Done)
	default:
		return p.door.press(key)
	}
	return true
}

// scan takes a badge or a PIN, or a digit that was ended by Enter. Other scans mean nothing here.
func (p *rulesPage) scan(scan order.Scan) {
	p.touchedAt = p.environment.Now()
	if asks, _ := p.door.asks(); asks {
		p.door.scan(scan)
		return
	}
	if code := scanner.Clean(scan.Code); !scan.Typed && code != "" {
		p.report = page.Report{Tone: kit.Loud, Said: order.Say("rulespage.no_scans")}
	} else if len(code) == 1 {
		p.page.Key(code)
	}
}

// rulesHands are what a person does on the page.
type rulesHands struct{ *rulesPage }

// touch notes a hand on the page and takes away what it said before.
func (h rulesHands) touch() {
	h.touchedAt, h.report = h.environment.Now(), page.Report{}
}

// Turn turns to a tab.
func (h rulesHands) Turn(to page.Tab) {
	h.touch()
	h.window.Canvas().Unfocus()
	h.tab, h.first, h.entry = to, 0, nil
	h.Window.draw()
}

// Choose takes a digit: of a row, of more of them, of the market or the year, or of an act of the form.
func (h rulesHands) Choose(digit int) {
	h.touch()
	h.window.Canvas().Unfocus()
	p := h.rulesPage
	switch {
	case p.book == nil:
	case p.entry != nil && p.entry.act != nil && digit <= len(p.entry.acts):
		p.page.Fill(p.entry.values) // what was entered and not saved is not meant
		p.try(p.entry.act(digit), p.page.Values())
	case p.entry != nil:
	case digit == page.MoreDigit:
		if p.first += p.page.Room(); p.first >= len(p.rows()) {
			p.first = 0
		}
	case digit == page.MarketDigit:
		p.market, p.first = p.market+1, 0
	case digit == page.YearDigit:
		if p.first = 0; p.year > p.environment.Now().Year() {
			p.year -= 2
		}
		p.year++
	default:
		p.choose(p.first + digit - 1)
	}
	h.Window.draw()
}

// choose opens the nth row of the list.
func (p *rulesPage) choose(n int) {
	rows := p.rows()
	if n >= len(rows) {
		return
	}
	switch p.tab {
	case page.Clocks:
		if n == len(p.book.Entries) {
			p.open(p.nearForm())
		} else {
			p.open(p.ruleFormOf(p.book.Entries[n]))
		}
	case page.Extensions:
		p.open(p.extensionForm(n))
	case page.CutOffs:
		p.open(p.placeForm(p.places[n]))
	case page.Holidays:
		p.open(p.dayForm(p.listed(), rows[n]))
	}
}

// listed is the market whose holidays are listed; empty where there is no shop.
func (p *rulesPage) listed() order.Market {
	if markets := p.markets(); len(markets) > 0 {
		return markets[p.market%len(markets)]
	}
	return ""
}

// Next opens a new extension or holiday, tries what was entered, or saves what was tried.
func (h rulesHands) Next(values []string) {
	h.touch()
	p := h.rulesPage
	h.window.Canvas().Unfocus()
	switch f := p.entry; {
	case p.book == nil:
	case f == nil && p.tab == page.Extensions:
		p.open(p.extensionForm(-1))
	case f == nil && p.tab == page.Holidays:
		p.open(p.holidayForm(p.listed()))
	case f == nil:
	case f.tried != nil && f.same(values):
		p.save()
	case f.enter != nil:
		p.try(f.enter(trimmed(values)), values)
	}
	h.Window.draw()
}

// Back leads from a form to the list, and from the list out of the page.
func (h rulesHands) Back() {
	h.touch()
	h.window.Canvas().Unfocus()
	if h.entry == nil {
		h.leaveInner()
		return
	}
	h.entry = nil
	h.Window.draw()
}
