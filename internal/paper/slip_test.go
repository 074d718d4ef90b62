package paper_test

import (
	"slices"
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/paper"
)

func slip() paper.Slip {
	return paper.Slip{
		Title: "PACKING SLIP 装箱单", Warning: "Not a shipping label 不是面单", Shop: "Lantern Sports", Order: "Order 579200000030053517", Orders: []string{"579200000030053517"},
		Facts: []string{"Parcel 1 of 2"}, Sum: "5 pieces", NoteTitle: "Buyer's note",
		Items: []paper.Item{
			{Pieces: 2, Name: "速干运动 T 恤 男女同款 夏季透气圆领短袖训练上衣", Variant: "黑色·XXL 加大码", SKU: "TEE-BLK-XXL"},
			{Pieces: 1, Name: "Stickers", SKU: "STK-A", Gift: "🎁 Gift"},
			{Pieces: 2, Name: "ขวดน้ำสแตนเลส เก็บความเย็น 24 ชั่วโมง", Variant: "สีฟ้า 750 มล.", SKU: "BTL-750-BLU"},
		},
		Notes: []string{
			"ขอห่อของขวัญให้ด้วยนะคะ น้องสาวจะดีใจมาก ปั๊มน้ำไม่ต้องใส่มา ขอบคุณค่ะ 🙏🎁",
			"الرجاء التغليف كهدية، شكراً جزيلاً 😊 رقم الطلب 12345 (هدية عيد) للأم",
			"请用礼盒包装，谢谢！🎉 Please no invoice in the box ❤️",
		},
	}
}

// The ids of all orders of a parcel are read on its slip.
func TestPackingSlips(t *testing.T) {
	two := slip()
	two.Orders = append(two.Orders, "579200000136506363")
	for _, size := range []page.Size{page.Label, {WidthMM: 148, HeightMM: 210}} {
		for _, dpi := range []int{203, 300} {
			pages, err := paper.PackingSlip(size, dpi, two)
			if err != nil {
				t.Fatal(err)
			}
			read := readCut(t, pages[0], pages[0].Bounds())
			for _, id := range two.Orders {
				if !slices.Contains(read, id) {
					t.Errorf("%v at %d dpi: %q read, not %s", size, dpi, read, id)
				}
			}
		}
	}
	if _, err := paper.PackingSlip(page.Size{WidthMM: 25, HeightMM: 60}, 203, slip()); err == nil || order.AsProblem(err).Key != "paper.too_small" {
		t.Error(err)
	}
	if _, err := paper.PackingSlip(page.Label, 203, paper.Slip{Orders: []string{"单"}}); err == nil || order.AsProblem(err).Key != "paper.token" {
		t.Error(err)
	}
}

func TestSlotTickets(t *testing.T) {
	ticket := paper.Ticket{Wave: "Wave W261122-03", Slot: "A 17", Code: "1153800000066799406", Facts: []string{"3 pieces", "2026-11-22 16:00"}}
	for _, size := range []page.Size{page.Label, {WidthMM: 100, HeightMM: 50}, {WidthMM: 60, HeightMM: 80}} {
		for _, dpi := range []int{203, 300} {
			for _, code := range []string{ticket.Code, "o:579200000030053517"} {
				ticket.Code = code
				pages, err := paper.SlotTicket(size, dpi, ticket)
				if err != nil || len(pages) != 1 {
					t.Fatalf("%v at %d dpi: %d pages, %v", size, dpi, len(pages), err)
				}
				if read := readCut(t, pages[0], pages[0].Bounds()); !slices.Equal(read, []string{code}) {
					t.Errorf("%v at %d dpi: %q read", size, dpi, read)
				}
			}
		}
	}
	long := ticket
	long.Slot = strings.Repeat("TOTE-", 30)
	if pages, err := paper.SlotTicket(page.Label, 203, long); err != nil || len(pages) != 1 {
		t.Errorf("a long name: %d pages, %v", len(pages), err)
	}
	if _, err := paper.SlotTicket(page.Size{WidthMM: 25, HeightMM: 30}, 203, ticket); err == nil || order.AsProblem(err).Key != "paper.too_small" {
		t.Error(err)
	}
}
