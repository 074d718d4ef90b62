package paper

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/internal/order"
	"packbench/internal/page"
)

func slipOf(t *rapid.T, text *rapid.Generator[string]) Slip {
	slip := Slip{
		Title: "PACKING SLIP", Warning: "Not a shipping label", Shop: text.Draw(t, "shop"), Order: text.Draw(t, "order"), Orders: []string{"579200000030053517"},
		Facts: rapid.SliceOfN(text, 0, 3).Draw(t, "facts"), Sum: text.Draw(t, "sum"), NoteTitle: "Note", Notes: rapid.SliceOfN(text, 0, 3).Draw(t, "notes"),
	}
	for range rapid.IntRange(0, 8).Draw(t, "items") {
		slip.Items = append(slip.Items, Item{Pieces: rapid.IntRange(1, 99999).Draw(t, "pieces"), Name: text.Draw(t, "name"), Variant: text.Draw(t, "variant"), SKU: text.Draw(t, "sku"), Gift: text.Draw(t, "gift")})
	}
	return slip
}

// Whatever stands on a slip or a ticket and whatever paper it is on: it is whole, or refused.
func TestAnySlipAndTicketIsWholeOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom(alphabet), 0, 80, -1)
		size := page.Size{WidthMM: rapid.Float64Range(40, 220).Draw(t, "width"), HeightMM: rapid.Float64Range(40, 300).Draw(t, "height")}
		var p *pages
		var err error
		if rapid.Bool().Draw(t, "ticket") {
			p, err = ticketPages(size, 203, Ticket{Wave: text.Draw(t, "wave"), Slot: text.Draw(t, "slot"), Code: "1153800000066799406", Facts: rapid.SliceOfN(text, 0, 3).Draw(t, "facts")})
		} else {
			p, err = slipPages(size, 203, slipOf(t, text))
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.done(); err != nil {
			if order.AsProblem(err).Key != "paper.too_small" || size.WidthMM >= 100 && size.HeightMM >= 150 {
				t.Fatalf("%v on %v", err, size)
			}
			return
		}
		whole(t, p)
	})
}

// Labels of slots lie side by side and whole; each has its frame.
func TestSlotLabelsAreWhole(t *testing.T) {
	for _, size := range []page.Size{page.Label, {WidthMM: 210, HeightMM: 297}} {
		var labels []SlotLabel
		for i := range 60 {
			labels = append(labels, SlotLabel{Name: fmt.Sprintf("A %d", i+1), Code: order.SlotCode("A", i+1)})
		}
		p, err := slotLabelPages(size, 203, "Put wall A", labels)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.done(); err != nil {
			t.Fatal(err)
		}
		if things := whole(t, p); things != 3*60+2*len(p.sheets) { // name, code and its text each; title and number a page
			t.Errorf("%v: %d things on %d pages", size, things, len(p.sheets))
		}
	}
}

// A long note goes on from page to page, and all of it is there.
func TestALongNoteGoesOn(t *testing.T) {
	note := strings.Repeat("ขอห่อของขวัญให้ด้วยนะคะ ขอบคุณค่ะ 🎁 الرجاء التغليف كهدية شكراً 速干运动T恤 ", 60)
	p, err := slipPages(page.Label, 203, Slip{Title: "PACKING SLIP", Orders: []string{"1"}, NoteTitle: "Note", Notes: []string{note}})
	if err != nil {
		t.Fatal(err)
	}
	if pages, err := p.done(); err != nil || len(pages) < 3 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	if things, lines := whole(t, p), len(p.lines(noteType, note, p.room.Dx())); things < lines {
		t.Errorf("%d things, %d lines", things, lines)
	}
}

// The band at a slip's head is mostly black on every page; no label of a carrier begins so.
func TestASlipIsToldFromALabel(t *testing.T) {
	slip := Slip{Title: "PACKING SLIP", Warning: "Not a shipping label", Orders: []string{"579200000030053517"}}
	for i := range 40 {
		slip.Items = append(slip.Items, Item{Pieces: i + 1, Name: "Tee", SKU: fmt.Sprint(i)})
	}
	pages, err := PackingSlip(page.Label, 203, slip)
	if err != nil || len(pages) < 3 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, one := range pages {
		black, all := 0, 0
		for y := 3 * 8; y < 13*8; y++ {
			for x := 3 * 8; x < one.Width-3*8; x++ {
				all++
				if one.Black(x, y) {
					black++
				}
			}
		}
		if share := float64(black) / float64(all); share < 0.6 {
			t.Errorf("%.2f of the band is black", share)
		}
	}
}

// A slot's name is as large as the paper.
func TestFiguresAreHuge(t *testing.T) {
	for slot, least := range map[string]int{"A 7": 40, "A 17": 28, "TOTE-0017": 10} {
		p, err := ticketPages(page.Label, 203, Ticket{Wave: "Wave W261122-03", Slot: slot, Code: "1153800000066799406", Facts: []string{"3 pieces", "2026-11-22 16:00"}})
		if err != nil {
			t.Fatal(err)
		}
		if pages, err := p.done(); err != nil || len(pages) != 1 {
			t.Fatalf("%d pages, %v", len(pages), err)
		}
		tallest := 0
		for _, one := range p.sheet.placed {
			if ink := inkOf(p.sheet, one); one.Dx() > p.dots(20) {
				tallest = max(tallest, ink.Dy())
			}
		}
		if tallest < least*8 {
			t.Errorf("%s is %d mm high", slot, tallest/8)
		}
	}
}
