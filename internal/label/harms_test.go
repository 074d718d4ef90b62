package label

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"strings"

	"packbench/internal/page"
)

// harmsInPDF are documents that are made to be costly: vast ones, those of many pages, deep ones, and those that a drawing program works on for ever.
var harmsInPDF = []harm{
	{"many slow pages", func(r *rand.Rand, _ []byte) []byte {
		return repeated(shaded(1<<(4+r.IntN(10))), 2+r.IntN(50))
	}},
	{"pages that are not there", func(r *rand.Rand, _ []byte) []byte {
		count := []string{"0", "-1", "2147483647", "99999999999", "1.5"}[r.IntN(5)]
		return bytes.Replace(repeated(onePage("/MediaBox[0 0 283 425]", "0 0 9 9 re f"), 1+r.IntN(60)), []byte("/Count 1"), []byte("/Count "+count), 1)
	}},
	{"deep", func(r *rand.Rand, _ []byte) []byte {
		opens := []string{"[", "<</A", "(", "[<</A"}[r.IntN(4)]
		return onePage("/MediaBox[0 0 283 425]/Deep"+strings.Repeat(opens, 1<<r.IntN(20)), "0 0 9 9 re f")
	}},
	{"deep drawing", func(r *rand.Rand, _ []byte) []byte {
		opens := []string{"q ", "BT ", "[", "<<", "/A<</B<<", "/A BMC ", "(", "BX ", "W n q "}[r.IntN(9)]
		return onePage("/MediaBox[0 0 283 425]", strings.Repeat(opens, 1<<r.IntN(19)))
	}},
	{"tables of contents in circles", func(r *rand.Rand, _ []byte) []byte {
		size := []int{0, 7, 1 << 20, 1 << 30}[r.IntN(4)]
		widths := []string{"1 2 1", "0 0 0", "8 8 8", "1 9999999 1", "-1 2 1"}[r.IntN(5)]
		data := deflated(make([]byte, 1<<(4+r.IntN(22))))
		return fmt.Appendf(nil, "%%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"+
			"5 0 obj<</Type/ObjStm/N %d/First 9/Filter/FlateDecode/Extends 5 0 R/Length %d>>stream\n%s\nendstream endobj\n"+
			"9 0 obj<</Type/XRef/Size %d/Root 1 0 R/W[%s]/Prev 9/Index[0 %d]/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\nstartxref\n9\n%%%%EOF",
			size, len(data), data, size, widths, size, len(data), data)
	}},
	{"a vast file", func(r *rand.Rand, sample []byte) []byte {
		return append(bytes.Clone(sample), bytes.Repeat([]byte("%garbage 1 0 obj\n"), (r.IntN(24)<<20)/17)...)
	}},
	{"a fine pattern", func(r *rand.Rand, _ []byte) []byte {
		step := []string{"0", "0.0001", "0.01", "0.3", "-0.001", "1e-30"}[r.IntN(6)]
		return referring("/Pattern<</P 6 0 R>>", fmt.Sprintf("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep %s/YStep %s/Resources<<>>", step, step), "0 0 1 1 re f",
			"/Pattern cs /P scn 0 0 283 425 re f")
	}},
	{"masks of masks", func(r *rand.Rand, _ []byte) []byte {
		return referring("/ExtGState<</G 6 0 R>>", "/Type/ExtGState/SMask<</S/Luminosity/G 7 0 R>>", "",
			strings.Repeat("/G gs 0 0 283 425 re f ", 1<<r.IntN(10)))
	}},
	{"a picture in another form", func(r *rand.Rand, _ []byte) []byte {
		filter := []string{"DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode"}[r.IntN(7)]
		side := []int{8, 3000, 30000, 60000}[r.IntN(4)]
		data := make([]byte, 1<<r.IntN(18))
		for i := range data {
			data[i] = byte(r.Uint32())
		}
		return referring("/XObject<</X 6 0 R>>", fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/%s/DecodeParms<</K -1/Columns %d>>",
			side, side, filter, side), string(data), "283 0 0 425 0 0 cm /X Do")
	}},
	{"vast letters and lines", func(r *rand.Rand, _ []byte) []byte {
		size := []string{"1e9", "1e-9", "32767", "-1e30", "nan"}[r.IntN(5)]
		drawing := fmt.Sprintf("BT /F %s Tf 7 Tr (%s) Tj ET 1 J 1 j %s w 0 0 m ", size, strings.Repeat("@", 1<<r.IntN(14)), size) +
			strings.Repeat(fmt.Sprintf("%d %d -9999 9999 %d 425 c ", r.IntN(9999), r.IntN(9999), r.IntN(9999)), 1<<r.IntN(12)) + "S"
		return referring("/Font<</F 6 0 R>>", "/Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 0/LastChar 99999999/Widths[1e38]", "", drawing)
	}},
	{"finder patterns everywhere", func(r *rand.Rand, _ []byte) []byte {
		var drawing strings.Builder
		module := 0.4 + 2*r.Float64()
		for y := 0.0; y < 425; y += 9 * module {
			for x := 0.0; x < 283; x += 9 * module {
				fmt.Fprintf(&drawing, "%.2f %.2f %.2f %.2f re %.2f %.2f %.2f %.2f re %.2f %.2f %.2f %.2f re f* ",
					x, y, 7*module, 7*module, x+module, y+module, 5*module, 5*module, x+2*module, y+2*module, 3*module, 3*module)
			}
		}
		return onePage("/MediaBox[0 0 283 425]", drawing.String())
	}},
}

// repeated is a document of one page as one that has it so many times.
func repeated(document []byte, times int) []byte {
	document = bytes.Replace(document, []byte("/Kids[3 0 R]"), []byte("/Kids["+strings.Repeat("3 0 R ", times)+"]"), 1)
	return bytes.Replace(document, []byte("/Count 1>>"), fmt.Appendf(nil, "/Count %d>>", times), 1)
}

// referring is a page with resources of which object 6 is one: a stream with these entries. Object 7 is a form that uses the same resources.
func referring(resources, entries, stream, drawing string) []byte {
	whole := onePage("/MediaBox[0 0 283 425]/Resources<<"+resources+">>", drawing)
	objects := fmt.Sprintf("6 0 obj<<%s/Length %d>>stream\n%s\nendstream endobj\n"+
		"7 0 obj<</Type/XObject/Subtype/Form/Group<</S/Transparency>>/BBox[0 0 283 425]/Resources<<%s>>/Length 30>>stream\n/G gs 0 0 283 425 re f         \nendstream endobj\n",
		entries, len(stream), stream, resources)
	return bytes.Replace(whole, []byte("trailer<<"), []byte(objects+"trailer<<"), 1)
}

// finderTiles is a page full of the corners of QR codes, of so many dots a module and so many modules apart.
func finderTiles(size page.Size, module, apart int) *page.Page {
	width, height := size.Dots(203)
	p := page.New(width, height, 203)
	for y := range height {
		for x := range width {
			i, j := x/module%(7+apart), y/module%(7+apart)
			if ring := min(i, j, 6-i, 6-j); ring == 0 || ring >= 2 {
				p.Set(x, y)
			}
		}
	}
	return p
}

// encoded is a picture as PNG.
func encoded(picture image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		panic(err) // memory takes everything
	}
	return b.Bytes()
}
