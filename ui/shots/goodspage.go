package main

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/frame"
	"packbench/ui/goods"
	"packbench/ui/kit"
)

// goodsPageStory is a view of the page of the goods.
type goodsPageStory struct {
	name  string
	frame frame.Model
	page  goods.Model
	look  string
	cells map[string]string
}

func (s goodsPageStory) title() string { return s.name }

func (s goodsPageStory) on(v view) fyne.CanvasObject {
	v.goods.Look(s.look)
	v.goods.Fill(s.cells)
	v.goods.Render(s.page)
	v.stocked.Render(s.frame)
	return v.stocked.Object()
}

// idleGoods do nothing with what the page of the goods hands on.
type idleGoods struct{}

func (idleGoods) Choose(int)             {}
func (idleGoods) Search(string)          {}
func (idleGoods) Save(map[string]string) {}
func (idleGoods) Back()                  {}

// goodsPageStories are the views of the page of the goods.
func goodsPageStories(s shop, p map[string]*kit.Photo) []goodsPageStory {
	around := calmFrame(s)
	around.Page, around.Strip = frame.PageSettings, frame.Strip{Meaning: order.Say("goodspage.strip"), Next: order.Say("goodspage.strip.next")}
	all := []goods.Article{
		{SKU: "TEE-BK-M", Name: s.tee, Variant: s.blackM, Bin: "A-03-2", Barcodes: "6941057733007", Stock: 41, Photo: p["tee-black"]},
		{SKU: "TEE-BK-L", Name: s.tee, Variant: s.blackL, Bin: "A-03-3", Barcodes: "6941057733014 9550123450118", Stock: 7, Photo: p["tee-black"]},
		{SKU: "SLV-W", Name: s.sleeves, Variant: s.white, Bin: "B-01-1", Barcodes: "6941057733021", Stock: 230, Photo: p["sleeves"]},
		{SKU: "EAR-CLD", Name: s.buds, Variant: s.cloud, Bin: "C-02-1", Barcodes: "6941057733038", Stock: 18, Photo: p["earbuds"]},
		{SKU: "BTL-1L", Name: s.bottle, Bin: "D-11-4", Barcodes: "6941057733045", Stock: 64, Photo: p["bottle"]},
		{SKU: "TEE-NVY-ORG-XXL-2PACK", Name: s.tee, Variant: s.long, Bin: "A-09-1"},
	}
	list := goodsPageStory{"goods", around, goods.Model{Articles: all, More: true, Found: 29, Of: 29}, "", nil}
	some := list
	some.name, some.look, some.page = "goods-found", "TEE", goods.Model{Articles: []goods.Article{all[0], all[1], all[5]}, Found: 3, Of: 29,
		Report: goods.Report{Tone: kit.Bad, Said: order.Say("goodspage.unknown", "code", "4006381333931")}}
	one := list
	one.name, one.page = "goods-one", goods.Model{View: goods.One, Article: all[1], Report: goods.Report{Tone: kit.Calm, Said: order.Say("say.learnt", "sku", "TEE-BK-L", "code", "9550123450118")}}
	one.cells = map[string]string{"name": all[1].Name, "bin": "A-03-3", "barcodes": "6941057733014|9550123450118", "cases": "16941057733011*12", "weight_g": "170", "stock": "7", "box": "MAILER-M"}
	wrong := one
	wrong.name, wrong.page.Report = "goods-wrong", goods.Report{Tone: kit.Bad, Said: order.Say("catalogue.why.mark", "value", "heavy")}
	wrong.cells = map[string]string{"weight_g": "0", "stock": "0", "marks": "heavy"}
	wrong.page.Article = all[5]
	return []goodsPageStory{list, some, one, wrong}
}
