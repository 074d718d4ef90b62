package paper

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/internal/order"
	"packbench/internal/page"
)

// whole fails where something of a paper is cut, lies on something else or is blank; it gives how many things stand on it. Everything that is put on a sheet says where.
func whole(t interface {
	Helper()
	Fatalf(string, ...any)
}, p *pages) (things int) {
	t.Helper()
	for n, s := range p.sheets {
		edge := s.dots(edgeMM) - 1
		if ink := inkOf(s, s.Bounds()); !ink.In(s.Bounds().Inset(edge)) {
			t.Fatalf("page %d: ink at %v of %v", n+1, ink, s.Bounds())
		}
		for i, one := range s.placed {
			if !one.In(s.Bounds().Inset(edge)) {
				t.Fatalf("page %d: %v stands over the edge of %v", n+1, one, s.Bounds())
			}
			if inkOf(s, one).Empty() {
				t.Fatalf("page %d: %v is blank", n+1, one)
			}
			for _, other := range s.placed[:i] {
				if one.Overlaps(other) {
					t.Fatalf("page %d: %v lies on %v", n+1, one, other)
				}
			}
		}
		things += len(s.placed)
	}
	return things
}

// stops are a list whose texts are of every kind, long and short.
func stops(n int) (list Picks) {
	names := []string{
		strings.Repeat("速干运动T恤男女同款夏季透气圆领短袖训练上衣", 4), "Tee", "เสื้อยืดกีฬา ผ้าแห้งเร็ว ใส่ได้ทั้งชายและหญิง รุ่นใหม่ล่าสุด 2026", "قميص رياضي سريع الجفاف للجنسين 👕",
		"Ein-sehr-langes-Wort-ohne-jede-Stelle-an-der-es-gebrochen-werden-kann-0123456789",
	}
	list = Picks{Title: "Pick list, wave W261122-03", Sum: "90 pieces", Code: "W261122-03"}
	for i := range n {
		list.Stops = append(list.Stops, Pick{Bin: fmt.Sprintf("GALLERY-NORTH-%04d-B", i), Pieces: 1 + i*37, SKU: fmt.Sprintf("SKU-%d", i), Name: names[i%len(names)], Variant: "黑色·XXL", Into: "A 17"})
	}
	return list
}

func TestNothingOfAPickListIsCutOrBlank(t *testing.T) {
	for _, size := range []page.Size{page.Label, {WidthMM: 210, HeightMM: 297}, {WidthMM: 76, HeightMM: 130}} {
		for _, dpi := range []int{203, 300} {
			p, err := pickPages(size, dpi, stops(30))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.done(); err != nil {
				t.Fatal(err)
			}
			want := 0
			s := p.sheet
			for _, pick := range stops(30).Stops {
				width := p.room.Dx() - s.dots(thumbMM) - s.dots(apartMM)
				want += 3 + len(s.lines(plainType, pick.Name, width)) // picture, number, SKU
			}
			if things := whole(t, p); things < want {
				t.Errorf("%v at %d dpi: %d things on %d pages, want more than %d", size, dpi, things, len(p.sheets), want)
			}
		}
	}
}

// A stop that is higher than a page goes on from page to page.
func TestAStopThatIsHigherThanAPage(t *testing.T) {
	list := stops(1)
	list.Stops[0].Name = strings.Repeat("速干运动T恤男女同款夏季透气圆领短袖训练上衣 ", 100)
	p, err := pickPages(page.Label, 203, list)
	if err != nil {
		t.Fatal(err)
	}
	if pages, err := p.done(); err != nil || len(pages) < 2 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	lines := len(p.sheet.lines(plainType, list.Stops[0].Name, p.room.Dx()-p.dots(thumbMM)-p.dots(apartMM)))
	if things := whole(t, p); things < lines {
		t.Errorf("%d things, %d lines", things, lines)
	}
}

// Whatever is on a list and whatever paper it is on: it is whole, or refused.
func TestAnyPickListIsWholeOrRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom(alphabet), 0, 80, -1)
		list := Picks{Title: text.Draw(t, "title"), Sum: text.Draw(t, "sum"), Code: "W261122-03"}
		for range rapid.IntRange(0, 8).Draw(t, "stops") {
			list.Stops = append(list.Stops, Pick{Bin: text.Draw(t, "bin"), Pieces: rapid.IntRange(1, 99999).Draw(t, "pieces"), SKU: text.Draw(t, "sku"), Name: text.Draw(t, "name"), Into: text.Draw(t, "into")})
		}
		size := page.Size{WidthMM: rapid.Float64Range(40, 220).Draw(t, "width"), HeightMM: rapid.Float64Range(40, 300).Draw(t, "height")}
		p, err := pickPages(size, 203, list)
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

// The picture of an article is drawn as large as it goes, in black dots; one without a picture has a frame.
func TestPictures(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 40, 20))
	for i := range grey.Pix {
		grey.Pix[i] = 128
	}
	s := newSheet(page.Label, 203)
	s.photo(grey, image.Rect(100, 100, 200, 200))
	ink := inkOf(s, s.Bounds())
	dots := 0
	for y := ink.Min.Y; y < ink.Max.Y; y++ {
		for x := ink.Min.X; x < ink.Max.X; x++ {
			if s.Black(x, y) {
				dots++
			}
		}
	}
	if ink.Dx() < 98 || ink.Dy() < 48 || ink.Dy() > 50 || !ink.In(image.Rect(100, 125, 200, 175)) {
		t.Errorf("ink at %v", ink)
	}
	if share := float64(dots) / float64(ink.Dx()*ink.Dy()); share < 0.3 || share > 0.5 {
		t.Errorf("%.2f of it is black", share)
	}
	s = newSheet(page.Label, 203)
	s.photo(nil, image.Rect(100, 100, 200, 200))
	if ink := inkOf(s, s.Bounds()); ink != image.Rect(100, 100, 200, 200) || !s.Black(150, 150) {
		t.Errorf("a missing picture: ink at %v", ink)
	}
}
