package window

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/rules"
	"packbench/ui/frame"
	"packbench/ui/kit"
	page "packbench/ui/rules"
	"packbench/ui/signin"
)

// rulesPage is the page of the rules clocks follow from. It belongs to the main goroutine.
type rulesPage struct {
	*Window
	page   *page.Screen
	door   doorkeeper
	object *fyne.Container
	busy   bool
	rulesState
}

// rulesState is how the page stands; nothing of it outlives the page's being open.
type rulesState struct {
	isOpen bool
	book   *rules.Rules // nil until they were read, and while the bench's file is wrong
	places []rulePlace
	gaps   []order.Said
	tab    page.Tab
	first  int // of the list, at its top
	market int // of the markets, whose holidays are listed
	year   int
	entry  *ruleForm // nil: the list is shown
	report page.Report

	seen      []string // what stood in the fields last
	touchedAt time.Time
}

// rulePlace is a shop, or a warehouse, of the tab of cut-offs.
type rulePlace struct {
	id, name  string
	market    order.Market
	warehouse bool
}

// rulesTime is how long the page stays open without a hand on it where people are registered.
const rulesTime = 5 * time.Minute

// newRules makes the page.
func (w *Window) newRules() {
	p := &w.rules
	p.Window = w
	p.page = page.New(w.environment.Tongue, rulesHands{p})
	p.door = doorkeeper{Window: w, busy: &p.busy, text: order.Say("rulespage.who"), ask: signin.New(w.environment.Tongue, func(key string) { p.press(key); w.draw() })}
	p.object = kit.Layers(p.page.Object(), p.door.ask.Object())
}

// openRules turns to the page, in the place of the settings; a supervisor has to say who they are where somebody is registered.
func (w *Window) openRules() {
	if w.bench == nil {
		return
	}
	w.turnTo(frame.PageSettings)
	p := &w.rules
	p.rulesState = rulesState{isOpen: true, touchedAt: w.environment.Now(), year: w.environment.Now().Year()}
	w.window.Canvas().Unfocus()
	if err := p.door.begin(); err != nil {
		p.fail(err)
	}
	p.do(func() error { return nil }, func() {})
	w.draw()
}

func (p *rulesPage) content() fyne.CanvasObject { return p.object }
func (p *rulesPage) opened() bool               { return p.isOpen }

// leave forgets what was not saved, and who opened the page.
func (p *rulesPage) leave() {
	p.rulesState = rulesState{}
	p.door.shuts()
}

// hides tells that what is typed is a PIN.
func (p *rulesPage) hides() bool { return p.door.hides() }

func (p *rulesPage) draw(now time.Time) {
	if values := p.page.Values(); !slices.Equal(values, p.seen) {
		p.seen, p.touchedAt = values, now
	}
	if p.door.expired(p.touchedAt, now, rulesTime) {
		p.leaveInner()
		return
	}
	if p.door.stands(p.page.Object()) {
		return
	}
	room := p.page.Room()
	p.page.Render(p.model())
	if p.page.Room() != room { // notes came or went
		p.page.Render(p.model())
	}
	if digit := p.typing.digit(p.page.Digits(), now); digit > 0 {
		p.page.Key(string(rune('0' + digit)))
	}
}

// do does something to the rules in the office and reads them again; then follows where it was done.
func (p *rulesPage) do(act func() error, then func()) {
	taken := p.handFor(&p.busy, func() func() {
		err := act()
		now, reading := p.bench.Rules()
		places, shops := p.readPlaces()
		gaps, counting := []order.Said(nil), error(nil)
		if reading == nil {
			gaps, counting = p.bench.HolidayGaps()
		}
		return func() {
			if !p.isOpen {
				return // left meanwhile
			}
			p.book, p.places, p.gaps = now, places, gaps
			for _, trouble := range []error{reading, shops, counting, err} {
				if trouble != nil {
					p.fail(trouble)
				}
			}
			if err == nil {
				then()
			}
		}
	})
	if !taken {
		p.report = page.Report{Tone: kit.Loud, Said: order.Say("set.busy")}
	}
}

// readPlaces reads the shops and their warehouses.
func (p *rulesPage) readPlaces() (places []rulePlace, err error) {
	shops, err := p.bench.Store.Shops()
	if err != nil {
		return nil, err
	}
	var houses []rulePlace
	for _, shop := range shops {
		places = append(places, rulePlace{id: shop.ID, name: shop.Name, market: shop.Market})
		known, err := p.bench.Store.Warehouses(shop.ID)
		if err != nil {
			return nil, err
		}
		for _, house := range known {
			one := rulePlace{id: house.ID, name: house.Name, market: shop.Market, warehouse: true}
			if !slices.ContainsFunc(houses, func(h rulePlace) bool { return h.id == one.id }) {
				houses = append(houses, one)
			}
		}
	}
	return append(places, houses...), nil
}

// markets are those of the shops, each once.
func (p *rulesPage) markets() (markets []order.Market) {
	for _, place := range p.places {
		if !slices.Contains(markets, place.market) {
			markets = append(markets, place.market)
		}
	}
	return markets
}

// fail says what went wrong; what to do stands in the Problem.
func (p *rulesPage) fail(err error) {
	problem := order.AsProblem(err)
	p.log.Warn("rules", "problem", problem.Error())
	p.report = page.Report{Tone: kit.Bad, Said: problem.Said}
}

// strip says whose page it is; where a badge or a PIN is asked for, what was wrong with the last one.
func (p *rulesPage) strip() frame.Strip {
	if asks, _ := p.door.asks(); asks && p.door.trouble.Key != "" {
		return frame.Strip{Family: kit.Refused, Meaning: p.door.trouble}
	}
	return frame.Strip{Meaning: order.Say("rulespage.strip"), Next: order.Say("rulespage.strip.next")}
}
