package paper

import (
	"image"
	"os"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"packbench/internal/page"
)

// visual is a paragraph with its characters from left to right.
func visual(text string) string {
	runes := []rune(text)
	levels, _ := levelsOf(runes)
	return string(inOrder(runes, levels))
}

// The orders are worked out by hand from the rules of Unicode Standard Annex 9.
func TestLinesOfBothDirections(t *testing.T) {
	for text, want := range map[string]string{
		"abc 12":               "abc 12",
		"אבג":                  "גבא",
		"אבג 12 דה":            "הד 12 גבא",
		"abc אבג 12 דה def":    "abc הד 12 גבא def",
		"abc אבג def דה":       "abc גבא def הד",
		"אבג abc 12 דה":        "הד abc 12 גבא",
		"abc (אבג) 2x":         "abc (גבא) 2x",
		"אבג (abc) דה":         "הד )abc( גבא", // the brackets are mirrored when they are drawn
		"pay 50% אבג 50%, yes": "pay 50% 50% גבא, yes",
		"order מספר 1,234.5":   "order 1,234.5 רפסמ",
	} {
		if got := visual(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// drawn draws a text on a sheet of its own and gives the dots its ink takes; its first line begins at 100, 100.
func drawn(s style, text string, dpi int) (*sheet, []line, image.Rectangle) {
	sh := newSheet(page.Size{WidthMM: 150, HeightMM: 60}, dpi)
	set := sh.lines(s, text, sh.Width-200)
	at := image.Pt(100, 100)
	for _, l := range set {
		sh.put(l, at)
		at.Y += l.above + l.below
	}
	return sh, set, inkOf(sh, sh.Bounds())
}

// inkOf is where an area has ink.
func inkOf(s *sheet, area image.Rectangle) (ink image.Rectangle) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if s.Black(x, y) {
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return ink
}

// reach is how wide the ink is that can be reached from a dot over dots that touch.
func reach(s *sheet, from image.Point) image.Rectangle {
	seen := map[image.Point]bool{from: true}
	area := image.Rectangle{}
	for next := []image.Point{from}; len(next) > 0; {
		at := next[len(next)-1]
		next = next[:len(next)-1]
		area = area.Union(image.Rect(at.X, at.Y, at.X+1, at.Y+1))
		for y := -1; y <= 1; y++ {
			for x := -1; x <= 1; x++ {
				if to := at.Add(image.Pt(x, y)); s.Black(to.X, to.Y) && !seen[to] {
					seen[to] = true
					next = append(next, to)
				}
			}
		}
	}
	return area
}

// Arabic letters are joined: the ink of a word without gaps in it holds together from one end to the other, at every size and resolution.
func TestArabicIsJoined(t *testing.T) {
	for _, dpi := range []int{203, 300} {
		for _, points := range []float64{6.5, 8.5, 11, 15} {
			s, _, ink := drawn(style{points: points}, "سحسحسحسسس", dpi)
			widest := 0
			for y := ink.Min.Y; y < ink.Max.Y; y++ {
				for x := ink.Min.X; x < ink.Max.X; x++ {
					if s.Black(x, y) {
						widest = max(widest, reach(s, image.Pt(x, y)).Dx())
						break
					}
				}
			}
			if widest < ink.Dx()-1 {
				t.Errorf("%g points at %d dpi: %d of %d dots hold together", points, dpi, widest, ink.Dx())
			}
		}
	}
}

// Thai marks stand over and under their letter and take no room of their own.
func TestThaiMarksStandAtTheirLetter(t *testing.T) {
	_, bare, plain := drawn(style{points: 11}, "กก", 203)
	for text, over := range map[string]bool{"ก็ก": true, "ก้ก": true, "กี่ก": true, "กุก": false, "กูก": false} {
		_, set, ink := drawn(style{points: 11}, text, 203)
		if set[0].width != bare[0].width {
			t.Errorf("%s is %d dots wide, %d without marks", text, set[0].width, bare[0].width)
		}
		if over != (ink.Min.Y < plain.Min.Y) || over == (ink.Max.Y > plain.Max.Y+2) {
			t.Errorf("%s: ink at %v, without marks at %v", text, ink, plain)
		}
	}
}

// What no face has is a box with a code that differs from another's; what is no ink by nature takes none.
func TestNoCharacterIsBlank(t *testing.T) {
	step := rune(5)
	switch {
	case os.Getenv("PACKBENCH_SOAK") != "":
		step = 1
	case testing.Short():
		step = 23
	}
	drawnInk, boxes := 0, 0
	for r := rune(0x20); r < 0x20000; r += step {
		invisible := unicode.IsSpace(r) || unicode.In(r, unicode.Zs, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
		if invisible || !unicode.IsGraphic(r) || unicode.IsMark(r) {
			continue
		}
		s := newSheet(page.Size{WidthMM: 20, HeightMM: 20}, 203)
		for _, l := range s.lines(style{points: 6.5}, string(r), s.Width) {
			s.put(l, image.Pt(20, 20))
			if len(l.glyphs) > 0 && l.glyphs[0].missing != 0 {
				boxes++
			}
		}
		if inkOf(s, s.Bounds()).Empty() && r != '\u2800' { // the Braille pattern without dots
			t.Errorf("%U %q has no ink", r, r)
		}
		drawnInk++
	}
	if drawnInk*int(step) < 40000 || boxes == 0 || boxes == drawnInk {
		t.Errorf("%d characters, %d of them boxes: the test looked at nothing", drawnInk, boxes)
	}
	a, _, _ := drawn(style{points: 8.5}, "\U0001FBAD", 203)
	b, _, _ := drawn(style{points: 8.5}, "\U0001FBDA", 203)
	if string(a.Bits) == string(b.Bits) {
		t.Error("two characters that no face has look the same")
	}
}

var alphabet = []rune("Ag,.-1290 (){}“”—éệ速干运动恤，。（）圆一龘ขอห่ผู้น้ำ مرحبالشكراً١٢٣؟ 🎁😊❤\uFE0F\u200D👩💻👍🏽ש한\U0001FBAD \t\nनमस्ते\u200E\u200F\u202E\u202C\u2067\u2069\u200B\u00AD\u0007\uFFFD½€")

// Whatever is written and however narrow it is: no character is lost, and no ink stands outside of its line's own room.
func TestNothingOfATextIsCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom(alphabet), 0, 120, -1).Draw(t, "text")
		width := rapid.IntRange(150, 700).Draw(t, "width")
		s := newSheet(page.Size{WidthMM: 110, HeightMM: 30}, rapid.SampledFrom([]int{203, 300}).Draw(t, "dpi"))
		set := s.lines(style{points: rapid.SampledFrom([]float64{6.5, 8.5, 15}).Draw(t, "points"), bold: rapid.Bool().Draw(t, "bold")}, text, width)
		var kept strings.Builder
		for _, l := range set {
			kept.WriteString(l.text)
			if l.width > width {
				t.Fatalf("%q is %d dots wide, of %d", l.text, l.width, width)
			}
			one := newSheet(page.Size{WidthMM: 110, HeightMM: 30}, s.DPI)
			one.put(l, image.Pt(50, 50))
			room := image.Rect(50, 50, 50+l.width+1, 50+l.above+l.below+1) // half a dot is rounded
			if ink := inkOf(one, one.Bounds()); !ink.In(room) {
				t.Fatalf("%q: ink at %v, its room is %v", l.text, ink, room)
			}
		}
		if got, want := solid(kept.String()), solid(text); got != want {
			t.Fatalf("%q was set of %q", got, want)
		}
	})
}

func solid(text string) string { return strings.Join(strings.Fields(text), "") }

func TestAShortenedLineSaysSo(t *testing.T) {
	for _, text := range []string{strings.Repeat("速干运动", 30), strings.Repeat("a long name ", 20), strings.Repeat("مرحبا بالعالم ", 20)} {
		whole, short := setter.first(style{points: 8.5}, 2.8, text, 1<<20), setter.first(style{points: 8.5}, 2.8, text, 300)
		if short.width > 300 || short.width < 250 || len(short.glyphs) >= len(whole.glyphs) {
			t.Errorf("%q: %d dots of 300, %d of %d glyphs", short.text, short.width, len(short.glyphs), len(whole.glyphs))
		}
	}
	if none := setter.first(style{points: 8.5}, 2.8, "速干运动", 5); none.width != 0 || len(none.glyphs) != 0 {
		t.Errorf("%+v", none)
	}
}

// As much of any text stands on a line as goes in, and no more.
func TestAShortenedLineKeepsToItsWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom(alphabet), 0, 60, -1).Draw(t, "text")
		width := rapid.IntRange(1, 500).Draw(t, "width")
		if set := setter.first(style{points: 8.5}, 2.8, text, width); set.width > width {
			t.Fatalf("%d dots of %d", set.width, width)
		}
	})
}
