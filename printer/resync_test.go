package printer

import (
	"bytes"
	"math/rand/v2"
	"os"
	"testing"

	"packbench/internal/page"
	"packbench/internal/virtual"
	"packbench/printer/medium"
	"packbench/printer/zpl"
)

// noise is a page of which hardly any two bytes are the same.
func noise(width, height int, seed uint64) *page.Page {
	p := page.New(width, height, 203)
	random := rand.New(rand.NewPCG(seed, 1))
	for i := range p.Bits {
		p.Bits[i] = byte(random.Uint32())
	}
	for y := range height { // what lies beyond the width is no dot
		for x := width; x < p.Stride*8; x++ {
			p.Bits[y*p.Stride+x/8] &^= 0x80 >> (x % 8)
		}
	}
	return p
}

// machine draws what a printer would print.
type machine interface {
	Decode([]byte) ([]*page.Page, error)
}

func same(a, b *page.Page) bool {
	return a.Width == b.Width && a.Height == b.Height && bytes.Equal(a.Bits, b.Bits)
}

// spoken are the languages with what changes how a label is written.
var spoken = []struct {
	name, lang string
	setup      Setup
}{
	{"zpl acs", ZPL, Setup{Darkness: 3}},
	{"zpl hex", ZPL, Setup{Encoding: zpl.Hex}},
	{"zpl z64", ZPL, Setup{Encoding: zpl.Z64}},
	{"tspl", TSPL, Setup{}},
	{"tspl with everything", TSPL, Setup{Darkness: 7, Speed: 4, Tracking: medium.Mark, GapMM: 3, Taking: medium.Tear}},
	{"escpos", ESCPOS, Setup{}},
	{"escpos on a roll", ESCPOS, Setup{Tracking: medium.Continuous}},
}

func machineFor(lang string, size page.Size) machine {
	switch lang {
	case ESCPOS:
		return virtual.ESCPOS{DPI: 203, Medium: size}
	case TSPL:
		return virtual.TSPL{DPI: 203, Medium: size}
	}
	return virtual.ZPL{DPI: 203, Medium: size}
}

// whole is how many bytes of a label make it come out whole, whatever follows: with ESC/POS its last row is then on the paper, where nothing takes it
// back; the others' machines act on the last character of the last command, and what follows is an end of line.
func whole(lang string, label []byte) int {
	switch lang {
	case ESCPOS:
		return len(bytes.TrimSuffix(bytes.TrimSuffix(label, []byte("\x1dVB\x00")), []byte("\x0c")))
	case TSPL:
		return len(label)
	}
	return len(bytes.TrimRight(label, "\r\n"))
}

// TestAfterHalfALabelTheNextOneIsWhole cuts labels everywhere. After what ends it, the next one comes out, and the half one not as a good label.
func TestAfterHalfALabelTheNextOneIsWhole(t *testing.T) {
	for _, c := range spoken {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			type cuts struct{ width, height, step int }
			sizes := []cuts{{24, 40, 1}, {160, 240, 97}}
			if os.Getenv("PACKBENCH_SOAK") != "" {
				sizes = append(sizes, cuts{400, 608, 97})
			}
			for _, pages := range sizes {
				size := page.Size{WidthMM: float64(pages.width) / 8, HeightMM: float64(pages.height) / 8}
				p, err := Open("file:unused", Options{Lang: c.lang, DPI: 203, Medium: size, Setup: c.setup})
				if err != nil {
					t.Fatal(err)
				}
				first, second := noise(pages.width, pages.height, 1), noise(pages.width, pages.height, 2)
				label, next := p.Encode(first), p.Encode(second)
				m := machineFor(c.lang, size)
				for cut := 0; cut < len(label); cut += pages.step {
					drawn, err := m.Decode(bytes.Join([][]byte{label[:cut], p.options.resync(), next}, nil))
					if err != nil || len(drawn) == 0 || !same(drawn[len(drawn)-1], second) {
						t.Fatalf("%d of %d bytes: the next label is not whole: %d labels, %v", cut, len(label), len(drawn), err)
					}
					for _, before := range drawn[:len(drawn)-1] {
						if same(before, first) && cut < whole(c.lang, label) {
							t.Fatalf("%d of %d bytes: the half label came out whole", cut, len(label))
						}
					}
				}
			}
		})
	}
}

// Without an end the machines show what half a label does to the next one, so that the test above tests something.
func TestHalfALabelSpoilsTheNextOne(t *testing.T) {
	for _, c := range spoken {
		size := page.Size{WidthMM: 50, HeightMM: 76}
		p, err := Open("file:unused", Options{Lang: c.lang, DPI: 203, Medium: size, Setup: c.setup})
		if err != nil {
			t.Fatal(err)
		}
		second := noise(400, 608, 2)
		label, next := p.Encode(noise(400, 608, 1)), p.Encode(second)
		drawn, err := machineFor(c.lang, size).Decode(append(label[:len(label)/2:len(label)/2], next...))
		if err == nil && len(drawn) > 0 && same(drawn[len(drawn)-1], second) {
			t.Errorf("%s: it does not", c.name)
		}
	}
}
