package label

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/page"
)

// What documents that mean harm may cost, drawn and read back.
const (
	hostilePDFs, hostilePictures = 300, 100
	mostTime                     = 3 * time.Second // the limit of 2 s, and what a busy machine takes to end and start a worker
	mostMemory                   = 400 << 20       // bytes that this process may have from the system
	mostOfWorker                 = 1100 << 20      // bytes that a worker may touch: its limit of 1 GiB, and the program itself
)

// harm makes a document out of a sample.
type harm struct {
	name string
	make func(random *rand.Rand, sample []byte) []byte
}

// harmsToPDF are truncation, flipped bits, swapped pieces, and what needs no sample: wrong boxes, references in circles, bombs.
var harmsToPDF = []harm{
	{"truncated", func(r *rand.Rand, b []byte) []byte { return b[:r.IntN(len(b))] }},
	{"bits flipped", flip},
	{"a piece twice", func(r *rand.Rand, b []byte) []byte {
		at := r.IntN(len(b))
		return append(bytes.Clone(b[:at]), b[r.IntN(at+1):]...)
	}},
	{"numbers changed", func(r *rand.Rand, b []byte) []byte {
		b = bytes.Clone(b)
		for range 1 + r.IntN(60) {
			if at := r.IntN(len(b)); b[at] >= '0' && b[at] <= '9' {
				b[at] = byte('0' + r.IntN(10))
			}
		}
		return b
	}},
	{"names swapped", func(r *rand.Rand, b []byte) []byte {
		names := []string{"/Length", "/Kids", "/Parent", "/Contents", "/Font", "/Filter", "/Type", "/Size", "/W", "/Root"}
		from, to := names[r.IntN(len(names))], names[r.IntN(len(names))]
		return bytes.ReplaceAll(b, []byte(from), []byte(to))
	}},
	{"a box", func(r *rand.Rand, _ []byte) []byte {
		sides := []string{"-1", "0", "0.0001", "1", "283", "14400", "99999999", "2147483648", "1e38", "-9999999", "null", "(x)", "3 0 R"}
		side := func() string { return sides[r.IntN(len(sides))] }
		extra := fmt.Sprintf("/MediaBox[%s %s %s %s]/Rotate %d/UserUnit %s", side(), side(), side(), side(), 90*r.IntN(9)-180, side())
		return onePage(extra, "0 0 100 100 re f")
	}},
	{"encrypted", func(r *rand.Rand, _ []byte) []byte {
		key := func() string { return fmt.Sprintf("<%064x>", r.Uint64()) }
		return bytes.Replace(onePage("/MediaBox[0 0 283 425]", "0 0 9 9 re f"), []byte("/Root 1 0 R"),
			fmt.Appendf(nil, "/Root 1 0 R/ID[(i)(i)]/Encrypt<</Filter/Standard/V %d/R %d/Length %d/P %d/O%s/U%s>>", r.IntN(7), r.IntN(8), 8*r.IntN(40), -r.IntN(4000), key(), key()), 1)
	}},
	{"circles", func(r *rand.Rand, _ []byte) []byte {
		return []looped{
			{"/MediaBox 3 0 R", ""}, {"/MediaBox[0 0 283 425]/Resources 3 0 R", "/X Do"}, {"/MediaBox[0 0 283 425]/Contents 3 0 R", ""},
			{"/MediaBox[0 0 283 425]/Resources<</XObject<</X 5 0 R>>>>", "/X Do 5 0 R"},
			{"/MediaBox[0 0 283 425]/Kids[2 0 R 3 0 R]/Type/Pages", ""},
			{"/MediaBox[0 0 283 425]/Resources<</Font<</F<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/CharProcs<</a 4 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]/FontMatrix[1 0 0 1 0 0]/Resources 6 0 R>>>>>>", "BT /F 9 Tf (aaa) Tj ET"},
		}[r.IntN(6)].pdf()
	}},
	{"forms in forms", func(r *rand.Rand, _ []byte) []byte { return nested(2+r.IntN(9), 2+r.IntN(12)) }},
	{"a long calculation", func(r *rand.Rand, _ []byte) []byte { return shaded(1 << (4 + r.IntN(14))) }},
	{"a stream that unpacks to much", func(r *rand.Rand, _ []byte) []byte {
		drawing := []string{" ", "0 0 200 200 re f ", "q ", "0 0 m 9 9 l S ", "[0.001] 0 d 0 0 m 9999 9999 l S ", "BT (x) Tj ET "}[r.IntN(6)]
		return packed(strings.Repeat(drawing, (8<<20)<<r.IntN(4)/len(drawing)), 1+r.IntN(2))
	}},
	{"dashes", func(r *rand.Rand, _ []byte) []byte {
		return onePage("/MediaBox[0 0 283 425]", strings.Repeat(fmt.Sprintf("[%g] 0 d 0 0 m %d 425 l S\n", 1/float64(1+r.IntN(1_000_000)), r.IntN(1_000_000)), 1+r.IntN(300)))
	}},
	{"a vast picture", func(r *rand.Rand, _ []byte) []byte {
		sides := []int{1, 5000, 30000, 65535, 1 << 30}
		return onePage(fmt.Sprintf("/MediaBox[0 0 283 425]/Resources<</XObject<</X<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB/Length 0>>>>>>",
			sides[r.IntN(5)], sides[r.IntN(5)]), "283 0 0 425 0 0 cm /X Do BI /W 60000 /H 60000 /BPC 8 /CS /RGB ID x EI")
	}},
}

// looped is a page that refers to itself.
type looped struct{ entries, drawing string }

func (l looped) pdf() []byte { return onePage(l.entries, l.drawing) }

func flip(r *rand.Rand, b []byte) []byte {
	b = bytes.Clone(b)
	for range 1 + r.IntN(200) {
		b[r.IntN(len(b))] ^= 1 << r.IntN(8)
	}
	return b
}

// onePage is a PDF whose page has these entries and this drawing.
func onePage(entries, drawing string) []byte {
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"+
		"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R %s>>endobj\n4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"+
		"5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 283 425]/Resources<</XObject<</X 5 0 R>>>>/Length 5>>stream\n/X Do\nendstream endobj\n"+
		"trailer<</Root 1 0 R>>\n%%%%EOF", entries, len(drawing), drawing)
}

// nested is a form that draws width forms that draw width forms, so deep.
func nested(depth, width int) []byte {
	var b bytes.Buffer
	b.Write(bytes.TrimSuffix(onePage("/MediaBox[0 0 283 425]/Resources<</XObject<</X 10 0 R>>>>", "/X Do"), []byte("trailer<</Root 1 0 R>>\n%%EOF")))
	for i := range depth {
		drawing := strings.Repeat("/X Do ", width)
		if i == depth-1 {
			drawing = "0 0 200 200 re f"
		}
		fmt.Fprintf(&b, "%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 283 425]/Resources<</XObject<</X %d 0 R>>>>/Length %d>>stream\n%s\nendstream endobj\n", 10+i, 11+i, len(drawing), drawing)
	}
	b.WriteString("trailer<</Root 1 0 R>>\n%%EOF")
	return b.Bytes()
}

// shaded has so many steps computed for each dot.
func shaded(steps int) []byte {
	function := "{pop " + strings.Repeat("dup mul ", steps) + "}"
	return onePage(fmt.Sprintf("/MediaBox[0 0 283 425]/Resources<</Shading<</S<</ShadingType 1/ColorSpace/DeviceGray/Matrix[283 0 0 425 0 0]/Function 6 0 R>>>>>>>>endobj\n"+
		"6 0 obj<</FunctionType 4/Domain[0 1 0 1]/Range[0 1]/Length %d>>stream\n%s\nendstream endobj\n7 0 obj<<", len(function), function), "/S sh")
}

// packed compresses a drawing so many times.
func packed(drawing string, times int) []byte {
	body := []byte(drawing)
	for range times {
		body = deflated(body)
	}
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"+
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 283 425]/Contents 4 0 R>>endobj\n4 0 obj<</Filter[%s]/Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF",
		strings.Repeat("/FlateDecode", times), len(body), body)
}

func deflated(b []byte) []byte {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, err := w.Write(b)
	if err := errors.Join(err, w.Close()); err != nil {
		panic(err) // memory takes everything
	}
	return packed.Bytes()
}

// harmsToPNG work on the PNG of a label.
var harmsToPNG = []harm{
	{"truncated", harmsToPDF[0].make},
	{"bits flipped", flip},
	{"a size", func(r *rand.Rand, b []byte) []byte {
		sides := []uint32{0, 1, 800, 2000, 4000, 19999, 65536, 1 << 31}
		return claimed(b, sides[r.IntN(8)], sides[r.IntN(8)], byte(r.IntN(17)), byte(r.IntN(8)))
	}},
	{"a piece twice", harmsToPDF[2].make},
	{"finder patterns everywhere", func(r *rand.Rand, _ []byte) []byte {
		return encoded(finderTiles(page.Label, 1+r.IntN(6), 1+r.IntN(5)))
	}},
	{"noise", func(r *rand.Rand, _ []byte) []byte {
		noise := image.NewGray(image.Rect(0, 0, 800, 1200))
		black := r.IntN(256)
		for i := range noise.Pix {
			noise.Pix[i] = uint8(255 * (r.IntN(256) / max(1, black)))
		}
		return encoded(noise)
	}},
	{"as large as is taken", func(r *rand.Rand, _ []byte) []byte {
		sides := [][2]uint32{{20000, 500}, {500, 20000}, {3100, 3200}, {2500, 4000}}[r.IntN(4)]
		depth, kind := byte(8<<r.IntN(2)), []byte{0, 2, 4, 6}[r.IntN(4)]
		channels := map[byte]int{0: 1, 2: 3, 4: 2, 6: 4}[kind]
		// Half of what it claims at most: the last rows are missing or the picture is whole.
		size := (int(sides[0])*channels*int(depth)/8 + 1) * int(sides[1]) / (1 + r.IntN(2))
		header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, sides[0]), sides[1])
		return assembled(append(header, depth, kind, 0, 0, byte(r.IntN(2))), deflated(make([]byte, size)))
	}},
}

// claimed changes the size, depth and kind a PNG says it has.
func claimed(b []byte, width, height uint32, depth, kind byte) []byte {
	b = bytes.Clone(b)
	binary.BigEndian.PutUint32(b[16:], width)
	binary.BigEndian.PutUint32(b[20:], height)
	b[24], b[25] = depth, kind
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

// assembled is a PNG of these chunks.
func assembled(header, data []byte) []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	for _, chunk := range [][2][]byte{{[]byte("IHDR"), header}, {[]byte("IDAT"), data}, {[]byte("IEND"), nil}} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(chunk[1])))
		named := append(bytes.Clone(chunk[0]), chunk[1]...)
		b = binary.BigEndian.AppendUint32(append(b, named...), crc32.ChecksumIEEE(named))
	}
	return b
}

// TestHostileDocuments: 300 PDFs and 100 pictures, a seeded sample of them outside the soak. Each is drawn or refused in one
// sentence, none takes longer than it may, and after them labels look as before.
func TestHostileDocuments(t *testing.T) {
	samples := map[string][]byte{}
	for name := range documents {
		samples[name] = document(t, name)
	}
	picture := encodePNG(t, mustMake(t, samples["a6_cairo.pdf"], 203))
	names := []string{"100x150_cairo.pdf", "4x6_jpeg.pdf", "a6_cairo.pdf", "a6_reportlab.pdf"}
	step := 8
	switch {
	case os.Getenv("PACKBENCH_SOAK") != "":
		step = 1
	case testing.Short():
		step = 32
	}
	own := NewMaker(filepath.Join(os.TempDir(), "packbench-test-cache")) // whose workers are over when it is closed
	harms := append(slices.Clone(harmsToPDF), harmsInPDF...)
	outcomes := map[string]int{}
	var slowest time.Duration
	for n := 0; n < hostilePDFs+hostilePictures; n += step {
		random := rand.New(rand.NewPCG(4, uint64(n)))
		harms, sample := harms, samples[names[random.IntN(len(names))]]
		if n >= hostilePDFs {
			harms, sample = harmsToPNG, picture
		}
		harm := harms[n/step%len(harms)]
		hostile := harm.make(random, sample)
		took, err := cost(t, own, hostile)
		if took > mostTime { // a busy machine may be late once
			took, err = cost(t, own, hostile)
		}
		if slowest = max(slowest, took); took > mostTime {
			t.Errorf("%d (%s, %d bytes): %v", n, harm.name, len(hostile), took)
		}
		outcome := "drawn"
		var problem *order.Problem
		if errors.As(err, &problem) && strings.HasPrefix(problem.Key, "label.") {
			outcome = problem.Key
		} else if err != nil {
			t.Errorf("%d (%s, %d bytes): %v", n, harm.name, len(hostile), err)
		}
		outcomes[harm.name+": "+outcome]++
	}
	for name, want := range documents {
		drawn, err := own.Make(t.Context(), samples[name], page.Label, 203)
		if err != nil {
			t.Fatal(err)
		}
		if got := Codes(drawn); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("after them %s reads %v", name, got)
		}
	}
	if err := own.Close(context.Background()); err != nil {
		t.Error(err)
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	if memory.Sys > mostMemory {
		t.Errorf("this process has %d MB", memory.Sys>>20)
	}
	workers := mostTouched(t)
	if workers > mostOfWorker {
		t.Errorf("a worker had %d MB", workers>>20)
	}
	t.Logf("slowest %v, %d MB here, %d MB in a worker, %v", slowest, memory.Sys>>20, workers>>20, outcomes)
}

// cost makes labels of a document and reads them back, and tells how long that took.
func cost(t *testing.T, maker *Maker, document []byte) (took time.Duration, err error) {
	t.Helper()
	began := time.Now()
	drawn, err := maker.MakeAll(t.Context(), document, page.Label, 203)
	for _, p := range drawn {
		Codes(p)
	}
	return time.Since(began), err
}

// endlessJPEG has 500,000 scans over 140,000 blocks, each scan in 29 bytes: hours.
func endlessJPEG() []byte {
	b := []byte{0xff, 0xd8, 0xff, 0xdb, 0, 67, 0}
	b = append(b, bytes.Repeat([]byte{1}, 64)...)
	b = append(b, 0xff, 0xc2, 0, 11, 8, 0x0b, 0xb8, 0x0b, 0xb8, 1, 1, 0x11, 0) // progressive, 3000 × 3000, grey
	b = append(b, 0xff, 0xc4, 0, 20, 0x10, 1)                                  // one code of one bit …
	b = append(b, make([]byte, 15)...)
	b = append(b, 0xe0) // … for a run of 16,384 empty blocks and as many more as 14 bits say
	scan := []byte{0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0}
	bits := strings.Repeat("010101010101010", 11)
	for ; len(bits) >= 8; bits = bits[8:] {
		var packed byte
		for _, bit := range bits[:8] {
			packed = packed<<1 | byte(bit-'0')
		}
		scan = append(scan, packed)
	}
	return append(b, bytes.Repeat(scan, 500_000)...)
}

func TestAPictureThatTakesTooLongIsGivenUp(t *testing.T) {
	document := endlessJPEG()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	began := time.Now()
	if _, err := decodePicture(ctx, document); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("given up after %v", took)
	}
	if _, err := maker.Make(t.Context(), document, page.Label, 203); order.AsProblem(err).Key != "label.timeout" {
		t.Errorf("%v, want label.timeout", err)
	}
}

// Every kind of picture comes to the shades color.GrayModel gives on white.
func TestGreyIsTheSameWhateverThePicturesKind(t *testing.T) {
	area := image.Rect(0, 0, 16, 16)
	colours := image.NewNRGBA(area)
	for i := range colours.Pix {
		colours.Pix[i] = uint8(i * 37)
		if i%4 == 3 && i%8 != 3 {
			colours.Pix[i] = 255
		}
	}
	palette := color.Palette{color.White, color.Black, color.NRGBA{200, 10, 10, 255}, color.NRGBA{0, 0, 0, 100}}
	paletted, opaque, grey, deep := image.NewPaletted(area, palette), image.NewRGBA(area), image.NewGray(area), image.NewNRGBA64(area)
	for i := range 256 {
		paletted.Pix[i] = uint8(i % 4)
		grey.Pix[i] = uint8(i)
		opaque.Set(i%16, i/16, color.RGBA{uint8(i), uint8(3 * i), uint8(7 * i), 255})
		deep.Set(i%16, i/16, colours.At(i%16, i/16))
	}
	for _, picture := range []image.Image{colours, paletted, opaque, grey, deep} {
		var packed bytes.Buffer
		if err := png.Encode(&packed, picture); err != nil {
			t.Fatal(err)
		}
		got, err := decodePicture(t.Context(), packed.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		for y := range 16 {
			for x := range 16 {
				c := color.NRGBA64Model.Convert(picture.At(x, y)).(color.NRGBA64)
				full := color.GrayModel.Convert(color.NRGBA64{c.R, c.G, c.B, 0xffff}).(color.Gray).Y
				want := (float64(full)*float64(c.A) + 255*(65535-float64(c.A))) / 65535
				if d := float64(got.GrayAt(x, y).Y) - want; d < -1 || d > 1 {
					t.Fatalf("%T at %d, %d: %d, want %.1f", picture, x, y, got.GrayAt(x, y).Y, want)
				}
			}
		}
	}
}
