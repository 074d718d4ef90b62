package main

import (
	_ "embed"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"packbench/assets"
	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/pack"
)

// story is one picture: a frame and a page in a state worth looking at.
type story struct {
	name  string
	frame frame.Model
	page  pack.Model
}

func (s story) title() string { return s.name }

func (s story) on(v view) fyne.CanvasObject {
	v.pack.Render(s.page)
	v.around.Render(s.frame)
	return v.around.Object()
}

// words of goods and people in the two languages: a shop's own texts are not translated, they are the seller's.
type shop struct {
	tee, sleeves, buds, bottle          string
	black, white, cloud, long           string
	blackM, blackL                      string
	note, packer, bench, jt, flash, van string
}

var shops = map[words.Language]shop{
	words.Chinese: {
		tee: "速干运动 T 恤 男女同款", sleeves: "冰丝防晒袖套", buds: "蓝牙运动耳机 降噪超长待机", bottle: "运动水壶 1L 带吸管 大容量",
		black: "黑色", white: "白色", cloud: "云白", long: "深海军蓝·荧光橙拼色·XXL 加大码·两件装",
		blackM: "黑色·M", blackL: "黑色·L",
		note: "送人的，请不要放价格单", packer: "李梅", bench: "3 号台", jt: "J&T 极兔", flash: "Flash Express", van: "Ninja Van",
	},
	words.English: {
		tee: "Quick-dry sports T-shirt, unisex", sleeves: "Cooling UV arm sleeves", buds: "Bluetooth sports earbuds with charging case", bottle: "Sports bottle 1 L with straw",
		black: "Black", white: "White", cloud: "Cloud white", long: "Deep navy blue / neon orange, XXL plus size, pack of two",
		blackM: "Black, M", blackL: "Black, L",
		note: "It is a gift, no price list please", packer: "Mei Li", bench: "Bench 3", jt: "J&T Express", flash: "Flash Express", van: "Ninja Van",
	},
}

//go:embed label.png
var labelPNG []byte

// photos are the canned pictures by name.
func photos() (map[string]*kit.Photo, error) {
	all := map[string]*kit.Photo{}
	for _, name := range []string{"tee-black", "sleeves", "earbuds", "bottle"} {
		data, err := assets.Pictures.ReadFile("pictures/" + name + ".svg")
		if err != nil {
			return nil, fmt.Errorf("canned picture: %w", err)
		}
		if all[name], err = kit.ReadPhoto(name, data); err != nil {
			return nil, err
		}
	}
	label, err := kit.ReadPhoto("label.png", labelPNG)
	all["label"] = label
	return all, err
}

// now is the moment of every picture.
var now = time.Date(2026, 11, 20, 14, 48, 6, 0, time.UTC)

func at(hour, minute, second int) time.Time {
	return time.Date(2026, 11, 20, hour, minute, second, 0, time.UTC)
}

// story texts come from the bench in the program; here they are said as they are.
func plain(text string) order.Said { return order.Said{Key: text} }

func calmFrame(s shop) frame.Model {
	return frame.Model{
		Now: now, Overdue: 6, Platform: frame.PlatformLive, HeardAt: now.Add(-4 * time.Second), Printer: frame.PrinterReady,
		PrinterName: "Zebra ZD421", ScannerSeen: true, Packer: s.packer, Bench: s.bench,
	}
}

func parcel(s shop) pack.Parcel {
	return pack.Parcel{
		Code: "JMX730054482913", Carrier: s.jt, Market: "MY", Number: 1, Of: 2, Due: at(16, 0, 0), PlatformTime: true,
		ReadAt: now.Add(-4 * time.Second), Gift: true, Battery: true, BuyerNote: s.note,
	}
}

func lines(s shop, p map[string]*kit.Photo) []pack.Line {
	return []pack.Line{
		{SKU: "SLV-W", Name: s.sleeves, Variant: s.white, Bin: "B-11-1", Taken: 2, Of: 2, Photo: p["sleeves"]},
		{SKU: "TEE-BK-L", Name: s.tee, Variant: s.blackL, Bin: "A-03-2", Taken: 2, Of: 3, Current: true, Photo: p["tee-black"]},
		{SKU: "BUD-W", Name: s.buds, Variant: s.cloud, Bin: "C-02-4", Of: 1, Photo: p["earbuds"]},
	}
}

func waiting(s shop) []pack.Waiting {
	return []pack.Waiting{
		{Due: at(15, 20, 30), Hot: true, Code: "JMX730054480377", Pieces: 3, Kinds: 2, Carrier: s.jt, Market: "MY", Gift: true},
		{Due: at(15, 30, 30), Code: "NVSG00482116", Pieces: 1, Kinds: 1, Carrier: s.van, Market: "SG"},
		{Due: at(16, 0, 30), Code: "JMX730054482913", Pieces: 6, Kinds: 3, Carrier: s.jt, Market: "MY", Gift: true, Battery: true, Note: true},
		{Due: at(16, 0, 30), Code: "FLMY01577042", Pieces: 2, Kinds: 1, Carrier: s.flash, Market: "MY", Battery: true},
		{Due: at(17, 30, 30), Code: "JMX730054481190", Pieces: 4, Kinds: 4, Carrier: s.jt, Market: "MY", Multiple: true},
	}
}
