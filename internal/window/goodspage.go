package window

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/frame"
	"packbench/ui/goods"
	"packbench/ui/kit"
	"packbench/ui/signin"
)

// goodsPage is the page of the seller's goods. It belongs to the main goroutine.
type goodsPage struct {
	*Window
	page   *goods.Screen
	door   doorkeeper
	object *fyne.Container
	busy   bool
	goodsState
}

// goodsState is how the page stands; nothing of it outlives the page's being open.
type goodsState struct {
	isOpen bool
	all    []order.Article
	text   string          // what is looked for
	found  []order.Article // what has it
	first  int             // of those, at the list's top
	sku    string          // the article that is open; empty: the list is
	cells  map[string]string
	report goods.Report

	seen      map[string]string // what stood in the fields last
	touchedAt time.Time
}

// goodsTime is how long the page stays open without a hand on it where people are registered.
const goodsTime = 5 * time.Minute

// newGoods makes the page.
func (w *Window) newGoods() {
	g := &w.goods
	g.Window = w
	g.page = goods.New(w.environment.Tongue, goodsHands{g})
	g.door = doorkeeper{Window: w, busy: &g.busy, text: order.Say("goodspage.who"), ask: signin.New(w.environment.Tongue, func(key string) { g.press(key); w.draw() })}
	g.object = kit.Layers(g.page.Object(), g.door.ask.Object())
}

// openGoods turns to the page; a supervisor has to say who they are where somebody is registered.
func (w *Window) openGoods() {
	if w.bench == nil {
		return
	}
	g := &w.goods
	g.goodsState = goodsState{isOpen: true, touchedAt: w.environment.Now()}
	g.page.Look("")
	w.window.Canvas().Unfocus()
	if err := g.door.begin(); err != nil {
		g.fail(err)
	}
	g.change(func() error { return nil }, func() {})
	w.draw()
}

func (g *goodsPage) content() fyne.CanvasObject { return g.object }
func (g *goodsPage) opened() bool               { return g.isOpen }

// leave forgets what was not saved, and who opened the page.
func (g *goodsPage) leave() {
	g.goodsState = goodsState{}
	g.door.shuts()
}

// hides tells that what is typed is a PIN.
func (g *goodsPage) hides() bool { return g.door.hides() }

func (g *goodsPage) draw(now time.Time) {
	if cells := g.page.Cells(); !maps.Equal(cells, g.seen) {
		g.seen, g.touchedAt = cells, now
	}
	if g.door.expired(g.touchedAt, now, goodsTime) {
		g.leaveInner()
		return
	}
	if g.door.stands(g.page.Object()) {
		return
	}
	g.page.Render(g.model())
	if digit := g.typing.digit(g.page.Digits(), now); digit > 0 {
		g.page.Key(string(rune('0' + digit)))
	}
}

// model is the page behind the door.
func (g *goodsPage) model() goods.Model {
	m := goods.Model{Report: g.report, Found: len(g.found), Of: len(g.all)}
	if g.sku != "" {
		m.View, m.Article = goods.One, g.shown(g.article(g.sku))
		return m
	}
	for _, article := range g.found[min(g.first, len(g.found)):] {
		if m.More = len(m.Articles) == goods.MostArticles; m.More {
			break
		}
		m.Articles = append(m.Articles, g.shown(article))
	}
	m.More = m.More || g.first > 0
	return m
}

func (g *goodsPage) shown(a order.Article) goods.Article {
	return goods.Article{
		SKU: a.SKU, Name: cmp.Or(a.ProductName, a.Name), Variant: a.VariantName, Bin: a.Bin, Barcodes: strings.Join(a.Barcodes, " "), Stock: a.Stock,
		Photo: g.photos.good(a),
	}
}

// article is one of the goods; only its SKU is set where it is gone.
func (g *goodsPage) article(sku string) order.Article {
	if at := slices.IndexFunc(g.all, func(a order.Article) bool { return a.SKU == sku }); at >= 0 {
		return g.all[at]
	}
	return order.Article{Good: order.Good{SKU: sku}}
}

// with is the article that has a code; false where none has.
func (g *goodsPage) with(code string) (sku string, found bool) {
	number := order.BarcodeOf(code, g.environment.Now())
	for _, a := range g.all {
		its := func(c string) bool { return c == code || c == number && c != "" }
		if slices.ContainsFunc(a.Barcodes, its) || slices.ContainsFunc(a.Cases, func(c order.Case) bool { return its(c.Code) }) || a.SKU == code {
			return a.SKU, true
		}
	}
	return "", false
}

// look finds what is looked for.
func (g *goodsPage) look() {
	g.found = slices.DeleteFunc(slices.Clone(g.all), func(a order.Article) bool { return !a.Matches(g.text) })
	g.first = 0
}

// open shows an article with its fields.
func (g *goodsPage) open(sku string) {
	g.sku, g.report = sku, goods.Report{}
	g.fill(g.article(sku))
}

// fill puts what the catalogue says into the fields.
func (g *goodsPage) fill(a order.Article) {
	g.cells = map[string]string{}
	for _, column := range order.Columns() {
		g.cells[column] = a.Cell(column)
	}
	g.page.Fill(g.cells)
	g.seen = g.page.Cells()
}

// fail says what went wrong; what to do stands in the Problem.
func (g *goodsPage) fail(err error) {
	problem := order.AsProblem(err)
	g.log.Warn("goods", "problem", problem.Error())
	g.report = goods.Report{Tone: kit.Bad, Said: problem.Said}
}

// change does something to the catalogue in the office and reads it again; then follows where it was done.
func (g *goodsPage) change(do func() error, then func()) {
	taken := g.handFor(&g.busy, func() func() {
		err := do()
		all, reading := g.bench.Store.Articles()
		return func() {
			if !g.isOpen {
				return // left meanwhile
			}
			if reading == nil {
				first := g.first
				g.all = all
				g.look()
				g.first = min(first, max(0, len(g.found)-1))
			} else {
				g.fail(reading)
			}
			if err != nil {
				g.fail(err)
				return
			}
			then()
		}
	})
	if !taken {
		g.report = goods.Report{Tone: kit.Loud, Said: order.Say("set.busy")}
	}
}

// strip says whose page it is; where a badge or a PIN is asked for, what was wrong with the last one.
func (g *goodsPage) strip() frame.Strip {
	if asks, _ := g.door.asks(); asks && g.door.trouble.Key != "" {
		return frame.Strip{Family: kit.Refused, Meaning: g.door.trouble}
	}
	return frame.Strip{Meaning: order.Say("goodspage.strip"), Next: order.Say("goodspage.strip.next")}
}
