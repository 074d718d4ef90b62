package paper

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"packbench/internal/order"
	"packbench/internal/page"
)

var a4 = page.Size{WidthMM: 210, HeightMM: 297}

// grey is a picture of a size in one grey.
func grey(wide, high int) image.Image {
	picture := image.NewGray(image.Rect(0, 0, wide, high))
	for i := range picture.Pix {
		picture.Pix[i] = 90
	}
	return picture
}

func TestPhotographsAreMadeSmallAndLoseWhatCamerasAdd(t *testing.T) {
	var camera bytes.Buffer
	if err := jpeg.Encode(&camera, grey(4000, 1000), nil); err != nil {
		t.Fatal(err)
	}
	place := []byte("GPSLatitude 3.1")
	withPlace := append(append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(place) + 2)}, place...), camera.Bytes()[2:]...)
	made, err := ReadPhotograph(withPlace)
	if err != nil || made.Wide != 2000 || made.High != 500 || bytes.Contains(made.JPEG, place) {
		t.Fatalf("%d × %d, %v", made.Wide, made.High, err)
	}
	read, err := jpeg.Decode(bytes.NewReader(made.JPEG))
	if err != nil || read.Bounds().Dx() != 2000 {
		t.Fatal(err)
	}
	if r, _, _, _ := read.At(1000, 250).RGBA(); r>>8 < 85 || r>>8 > 95 {
		t.Errorf("its grey is %d", r>>8)
	}
	var small bytes.Buffer
	if err := png.Encode(&small, grey(30, 20)); err != nil {
		t.Fatal(err)
	}
	if made, err := ReadPhotograph(small.Bytes()); err != nil || made.Wide != 30 || made.High != 20 {
		t.Errorf("%+v, %v", made, err)
	}
	for _, file := range [][]byte{nil, []byte("no picture"), camera.Bytes()[:40]} {
		if _, err := ReadPhotograph(file); err == nil || order.AsProblem(err).Key != "appeal.photo" {
			t.Errorf("%v", err)
		}
	}
}

// Rows that no page holds go on over as many as it takes; a label keeps its dots; a photo has its page, in the document too.
func TestAnAppealPackIsLaidOut(t *testing.T) {
	label := page.New(1181, 1772, 300)
	for x := range 1181 {
		label.Set(x, 900)
	}
	photo, err := ReadPhotograph(encoded(t, grey(800, 400)))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for range 120 {
		rows = append(rows, []string{"2026-11-22 08:00:00", "2026-11-22 16:00:00 +08", strings.Repeat("scanned 扫描 ", 12)})
	}
	pages, photos, err := AppealPack(a4, 300, Appeal{Title: "Appeal pack 115", Code: "1153000000000000001", Sum: "made", Sections: []AppealSection{
		{Title: "Log", Columns: []float64{38, 44, 0}, Rows: rows},
		{Title: "Label", Label: label},
		{Title: "Nothing", None: "There is none."},
		{Title: "Photos", Photos: []AppealPhoto{{Words: "The sheet", Photo: photo}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) < 5 || len(photos) != 1 || photos[0].Page != len(pages)-1 || photos[0].X+photos[0].WideMM > 210 || photos[0].WideMM < 150 || photos[0].WideMM != 2*photos[0].HighMM {
		t.Fatalf("%d pages, %+v", len(pages), photos)
	}
	drawn := false
	for _, one := range pages[:len(pages)-1] {
		for y := range one.Height {
			black := 0
			for x := range one.Width {
				if one.Black(x, y) {
					black++
				}
			}
			drawn = drawn || black >= 1181 && black < 1200 // the label's line, dot for dot
		}
	}
	if !drawn {
		t.Error("the label is on no page")
	}
	var file bytes.Buffer
	if err := PDF(&file, a4, pages, time.Now(), photos...); err != nil || !bytes.Contains(file.Bytes(), []byte("/DCTDecode")) {
		t.Errorf("the photo is not in the document, %v", err)
	}
	if _, _, err := AppealPack(page.Size{WidthMM: 60, HeightMM: 60}, 300, Appeal{Title: "x", Code: "115", Sections: []AppealSection{{Title: "Label", Label: label}}}); err == nil || order.AsProblem(err).Key != "paper.too_small" {
		t.Errorf("%v", err)
	}
}

func encoded(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := jpeg.Encode(&file, picture, nil); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}
