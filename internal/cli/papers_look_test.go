package cli

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"packbench/assets"
	"packbench/internal/handover"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
	"packbench/internal/platform/sandbox"
	"packbench/internal/testkit"
	"packbench/internal/words"
)

var (
	// papers is where TestPapers puts what it drew: make shots has it in docs/screens/papers.
	papers = flag.String("papers", "", "the folder for a picture of every paper of ours")
	// renew has TestPapers take what it drew for right: look at it first.
	renew = flag.Bool("renew", false, "renew the pictures in testdata/papers")
)

// goodsSold are articles with names of all kinds. Every third has no picture.
var goodsSold = []order.Article{
	{Good: order.Good{SKU: "TEE-BLK-L", Bin: "A-03-2", Picture: "tee-black.svg"}, ProductName: "速干运动 T 恤 男女同款 夏季透气圆领短袖训练上衣 Quick-dry sports T-shirt, unisex", VariantName: "黑色·L"},
	{Good: order.Good{SKU: "BTL-750-BLU", Bin: "A-12-1", Picture: "bottle.svg"}, ProductName: "ขวดน้ำสแตนเลส เก็บความเย็น 24 ชั่วโมง ปากกว้าง", VariantName: "สีฟ้า 750 มล."},
	{Good: order.Good{SKU: "SLV-2", Bin: "GALLERY-NORTH-0017-B"}, ProductName: "أكمام ضغط رياضية للذراع، زوج واحد 💪", VariantName: "أسود / M"},
	{Good: order.Good{SKU: "EAR-PRO-2", Bin: "B-07-3", Picture: "earbuds.svg"}, ProductName: "Wireless earbuds with noise cancelling", VariantName: "White"},
	{Good: order.Good{SKU: "SLV-3", Bin: "B-09-1", Picture: "sleeves.svg"}, ProductName: "Găng tay chống nắng – Lengan anti-UV", VariantName: "Xám"},
	{Good: order.Good{SKU: "A-SKU-WITHOUT-ANY-PLACE-TO-BREAK-IT-0123456789"}, ProductName: "礼盒 🎁", VariantName: ""},
}

// walk are so many stops over goodsSold.
func walk(stops int) (lines []PickStop) {
	for i := range stops {
		article := goodsSold[i%len(goodsSold)]
		line := PickStop{Bin: article.Bin, SKU: article.SKU, Name: article.ProductName, Variant: article.VariantName, Pieces: i%5 + 1, Article: article}
		if i%2 == 0 {
			line.Slots = []intoSlot{{Slot: "WALL-A-17", Pieces: i%5 + 1, name: "A 17"}}
		}
		if i%5 == 4 {
			line.Slots = []intoSlot{{Slot: "WALL-A-17", Pieces: 2, name: "A 17"}, {Slot: "TOTE-3", Pieces: 3, name: "TOTE-3"}}
		}
		lines = append(lines, line)
	}
	return lines
}

// bought is a parcel with a note in every script.
func bought() order.Known {
	known := order.Known{Parcel: order.Parcel{
		Key: "1153800000066799406", ShopID: "7", OrderIDs: []string{"579200000030053517"}, Number: 1, Of: 2, Due: time.Date(2026, 11, 22, 16, 0, 0, 0, time.Local),
		Notes: []order.Note{{FromBuyer: true, Text: "ขอห่อของขวัญให้ด้วยนะคะ น้องสาวจะดีใจมาก ปั๊มน้ำไม่ต้องใส่มา ขอบคุณค่ะ 🙏🎁\nالرجاء التغليف كهدية، شكراً جزيلاً 😊 رقم الطلب 12345 (هدية عيد) للأم\n" +
			"请用礼盒包装，谢谢！🎉 Please no invoice in the box ❤️\nSila bungkus (سارة) 2x 👩‍💻 한국"}},
	}}
	for i, article := range goodsSold {
		for range i%3 + 1 {
			known.Units = append(known.Units, order.Unit{Line: order.Line{SellerSKU: article.SKU, ProductName: article.ProductName, VariantName: article.VariantName, Gift: i == 5}})
		}
	}
	return known
}

// wallLabels are the labels of a wall.
func wallLabels(n int) (labels []paper.SlotLabel) {
	for i := range n {
		labels = append(labels, paper.SlotLabel{Name: fmt.Sprintf("A %d", i+1), Code: order.SlotCode("A", i+1)})
	}
	return labels
}

// driver is the card of a carrier.
var driver = handover.Card{Carrier: "J&T Express", Person: "Budi Santoso", Phone: "+62 812 0000 0000", Hours: "09:00–18:00", Comes: "16:30 (Sat 14:00)"}

// handedOver is a hand-over sheet of so many parcels that was closed without two.
func handedOver(parcels int) order.Sheet {
	at := time.Date(2026, 11, 22, 15, 4, 0, 0, time.UTC)
	sheet := order.Sheet{ID: "H261122-03", Carrier: "J&T Express", Mode: order.PickedUp, Warehouse: "7495000000000000101", OpenedAt: at, OpenedBy: "陈宇", ClosedAt: at.Add(time.Hour), ClosedBy: "陈宇",
		Supervisor: "B7", SupervisorName: "Siti", Reason: "车装满了 the truck is full", Missing: []order.Absent{{Parcel: "8", Tracking: "JX000000000008"}, {Parcel: "9", Tracking: "JX000000000009"}}}
	for i := range parcels {
		on := order.OnSheet{Parcel: order.ParcelKey(fmt.Sprint(i)), Tracking: fmt.Sprintf("JMX7300544829%02d", i), Shop: "7", Orders: []string{fmt.Sprintf("5792000000300535%02d", i)}, At: at,
			WeightG: 120 + 35*i, Weighed: i%3 != 0}
		switch {
		case i%5 == 4:
			on.Orders = append(on.Orders, "579200000030053999")
		case i%7 == 3:
			on.Bundle, on.WeightG = "BAG-0012", 0
		}
		sheet.Parcels = append(sheet.Parcels, on)
	}
	return sheet
}

// look is a paper that is looked at, and the code that is read on its first page.
type look struct {
	name string
	size page.Size
	dpi  int
	drawing
	code string
}

func looks(e *Environment, bench *Bench) []look {
	list := (&WavePick{Wave: "W261122-03"}).drawing(e, bench, walk(30), 412)
	near := around{shops: map[string]string{"7": "Lantern Sports 灯笼运动"}, slots: map[order.ParcelKey]string{bought().Key: "A 17"}, waves: map[order.ParcelKey]string{bought().Key: "W261122-03"}}
	slip, ticket := slipOf(e, bought(), near), ticketOf(e, bought(), near)
	sheet := manifestOf(e, handedOver(24), driver, near, time.FixedZone("Asia/Kuala_Lumpur", 8*3600))
	manifests := drawing{draw: func(size page.Size, dpi int) ([]*page.Page, error) { return paper.HandoverManifest(size, dpi, sheet) }}
	tickets := drawing{draw: func(size page.Size, dpi int) ([]*page.Page, error) { return paper.SlotTicket(size, dpi, ticket) }}
	return []look{
		{"picklist", page.Label, 203, list, "W261122-03"}, {"picklist-300", page.Label, 300, list, "W261122-03"},
		{"picklist-a4", page.Size{WidthMM: 210, HeightMM: 297}, 203, list, "W261122-03"},
		{"slip", page.Label, 203, drawing{draw: func(size page.Size, dpi int) ([]*page.Page, error) { return paper.PackingSlip(size, dpi, slip) }}, "579200000030053517"},
		{"labels", page.Label, 203, drawing{draw: func(size page.Size, dpi int) ([]*page.Page, error) {
			return paper.SlotLabels(size, dpi, e.Tongue.Text("paper.wall", "wall", "A"), wallLabels(20))
		}}, "WALL-A-1"},
		{"ticket", page.Label, 203, tickets, "1153800000066799406"}, {"handover", page.Label, 203, manifests, "H261122-03"},
		{"handover-a4", page.Size{WidthMM: 210, HeightMM: 297}, 203, manifests, "H261122-03"}, {"ticket-small", page.Size{WidthMM: 100, HeightMM: 50}, 203, tickets, "1153800000066799406"},
	}
}

// Every paper in both languages: its codes are read, and it looks as it did when somebody last looked at it.
func TestPapers(t *testing.T) {
	p := newPlace(t, sandbox.Options{Orders: 5, Seed: 4})
	for _, article := range goodsSold {
		if article.Picture == "" {
			continue
		}
		drawing, err := assets.Pictures.ReadFile("pictures/" + article.Picture)
		if err := errors.Join(err, os.WriteFile(filepath.Join(p.dir, article.Picture), drawing, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	e := p.environment()
	bench, err := OpenBench(e)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bench.Close() }() // the test is over
	for _, language := range words.Languages {
		if e.Tongue, err = words.In(language); err != nil {
			t.Fatal(err)
		}
		for _, l := range looks(e, bench) {
			pages, err := l.draw(l.size, l.dpi)
			if err != nil {
				t.Fatalf("%s: %v", l.name, err)
			}
			for i, one := range pages {
				name := fmt.Sprintf("%s-%d.%s.png", l.name, i+1, language)
				folder := t.TempDir()
				if *papers != "" {
					folder = *papers
				}
				file := written(t, filepath.Join(folder, name), one)
				wanted := l.dpi == 203 && (l.size.WidthMM < 200 || i == 0) && (i == 0 || l.code == "W261122-03") // zbarimg takes seconds for A4
				if wanted && !slices.Contains(testkit.ReadCodes(t, file), l.code) {
					t.Errorf("%s: %s is not read", name, l.code)
				}
				if i == 0 && l.dpi == 203 && l.size.WidthMM < 200 {
					unchanged(t, filepath.Join("testdata", "papers", name), one)
				}
			}
		}
	}
}

// written writes a page as a picture and gives the file.
func written(t *testing.T, path string, p *page.Page) string {
	t.Helper()
	var file bytes.Buffer
	if err := paper.PNG(&file, p); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, file.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
	return path
}

// unchanged fails where a page differs from its picture in more dots than the arithmetic of another processor makes.
func unchanged(t *testing.T, path string, p *page.Page) {
	t.Helper()
	if *renew {
		written(t, path, p)
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, err := png.Decode(bytes.NewReader(data))
	if err != nil || before.Bounds() != p.Bounds() {
		t.Fatalf("%s: %v, %v", path, before.Bounds(), err)
	}
	differ := 0
	for y := range p.Height {
		for x := range p.Width {
			if (color.GrayModel.Convert(before.At(x, y)).(color.Gray).Y < 128) != p.Black(x, y) {
				differ++
			}
		}
	}
	if differ > p.Width*p.Height/2000 {
		t.Errorf("%s: %d dots differ. Look at what -papers DIR writes; if it is right, -renew", path, differ)
	}
}
