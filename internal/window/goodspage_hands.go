package window

import (
	"cmp"
	"strings"

	"packbench/internal/order"
	"packbench/scanner"
	"packbench/ui/goods"
	"packbench/ui/kit"
	"packbench/ui/signin"
)

// press takes a function key, or one of the keypad.
func (g *goodsPage) press(key string) bool {
	g.touchedAt = g.environment.Now()
	asks, _ := g.door.asks()
	switch {
	case !asks && key == "Escape":
		goodsHands{g}.Back()
	case !asks:
		return g.page.Key(key)
	case key == signin.Back || key == goods.BackKey || key == "Escape":
		g.leaveInner()
	case key == goods.SaveKey:
		return g.door.press(signin.Done)
	default:
		return g.door.press(key)
	}
	return true
}

// scan takes a badge or a PIN, opens the article whose code it is, or makes the code one of the open article's.
func (g *goodsPage) scan(scan order.Scan) {
	g.touchedAt = g.environment.Now()
	code := scanner.Clean(scan.Code)
	if asks, _ := g.door.asks(); asks {
		g.door.scan(scan)
		return
	}
	switch sku, found := g.with(code); {
	case code == "" || scan.Typed && len(code) == 1 && g.page.Key(code):
	case g.sku != "" && scan.Typed: // a hand writes into the fields
	case g.sku != "":
		g.learn(code)
	case found:
		g.open(sku)
	case scan.Typed:
		g.page.Look(code)
		goodsHands{g}.Search(code)
	default:
		g.report = goods.Report{Tone: kit.Bad, Said: order.Say("goodspage.unknown", "code", code)}
	}
}

// event begins what is journalled of a change.
func (g *goodsPage) event() order.Event {
	return order.Event{At: g.environment.Now(), Bench: g.standing.Name, Packer: cmp.Or(g.door.name(), g.standing.Packer)}
}

// learn makes a scanned code a barcode of the open article. What is in the fields and not saved stays.
func (g *goodsPage) learn(code string) {
	sku, event := g.sku, g.event()
	g.change(func() error { return g.bench.Learn(event, sku, code, false) }, func() {
		if g.sku != sku {
			return
		}
		learnt := order.BarcodeOf(code, event.At)
		cells := g.page.Cells()
		cells["barcodes"] = strings.TrimPrefix(cells["barcodes"]+"|"+learnt, "|")
		g.page.Fill(cells)
		g.cells["barcodes"] = g.article(sku).Cell("barcodes")
		g.report = goods.Report{Tone: kit.Calm, Said: order.Say("say.learnt", "sku", sku, "code", learnt)}
	})
}

// goodsHands are what a person does on the page.
type goodsHands struct{ *goodsPage }

// Choose takes a digit.
func (h goodsHands) Choose(digit int) {
	g := h.goodsPage
	g.touchedAt, g.report = g.environment.Now(), goods.Report{}
	if digit > goods.MostArticles {
		if g.first += goods.MostArticles; g.first >= len(g.found) {
			g.first = 0
		}
	} else {
		g.window.Canvas().Unfocus()
		g.open(g.found[g.first+digit-1].SKU)
	}
	g.Window.draw()
}

// Search takes what is looked for.
func (h goodsHands) Search(text string) {
	h.touchedAt, h.text, h.report = h.environment.Now(), text, goods.Report{}
	h.look()
	h.Window.draw()
}

// Save changes what stands in the fields otherwise than the catalogue said.
func (h goodsHands) Save(cells map[string]string) {
	g := h.goodsPage
	event := g.event()
	event.SKU, event.Cells = g.sku, map[string]string{}
	for column, cell := range cells {
		if strings.TrimSpace(cell) != g.cells[column] {
			event.Cells[column] = cell
		}
	}
	g.window.Canvas().Unfocus()
	g.change(func() error { return g.bench.ChangeGood(event, false) }, func() {
		if g.sku == event.SKU {
			g.fill(g.article(event.SKU))
			g.report = goods.Report{Tone: kit.Calm, Said: order.Say("say.good_changed", "sku", event.SKU)}
		}
	})
	g.Window.draw()
}

// Back leads from an article to the list, and from the list out of the page.
func (h goodsHands) Back() {
	g := h.goodsPage
	g.report = goods.Report{}
	g.window.Canvas().Unfocus()
	if g.sku == "" {
		g.leaveInner()
		return
	}
	g.sku = ""
	g.Window.draw()
}
