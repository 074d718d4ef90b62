package paper

import (
	"bytes"
	"image"
	"image/jpeg"
	_ "image/png" // photos of signed sheets are JPEG or PNG

	"golang.org/x/image/draw"

	"packbench/internal/order"
	"packbench/internal/page"
)

// Appeal is what stands in an appeal pack: what is known of a parcel, for those who decide about it.
type Appeal struct {
	Title    string
	Code     string // what it is of, as Code 128 on each page
	Sum      string // beside the code
	Sections []AppealSection
}

// AppealSection is a part of an appeal pack: a table, or pictures.
type AppealSection struct {
	Title string
	// Columns are how wide those of Rows are in millimetres; the last takes what is left.
	Columns []float64
	Rows    [][]string
	None    string     // what is said where there are no rows and no pictures
	Label   *page.Page // as it is printed; nil: none
	Photos  []AppealPhoto
	// Fresh begins it on a page of its own.
	Fresh bool
}

// AppealPhoto is a photo with what it shows. It has a page of its own, below its words.
type AppealPhoto struct {
	Words string
	Photo Photograph
}

// Photograph is a photo as a document holds it.
type Photograph struct {
	JPEG       []byte
	Wide, High int // pixels
}

// Limits of photos: what is unpacked at most, and how wide or high they are in a document.
const (
	mostPixels   = 60_000_000
	photoPixels  = 2000
	photoQuality = 85
)

// ReadPhotograph makes a photo of a document out of a JPEG or PNG file: what cameras write beside the picture, such as where it was taken, is left out. It fails with appeal.photo.
func ReadPhotograph(file []byte) (Photograph, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || config.Width < 1 || config.Height < 1 || config.Width > mostPixels/config.Height {
		return Photograph{}, order.Trouble(err, "appeal.photo")
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return Photograph{}, order.Trouble(err, "appeal.photo")
	}
	share := min(1, float64(photoPixels)/float64(max(config.Width, config.Height)))
	made := Photograph{Wide: max(1, int(float64(config.Width)*share)), High: max(1, int(float64(config.Height)*share))}
	scaled := image.NewRGBA(image.Rect(0, 0, made.Wide, made.High))
	draw.Draw(scaled, scaled.Rect, image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(scaled, scaled.Rect, picture, picture.Bounds(), draw.Over, nil)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, scaled, &jpeg.Options{Quality: photoQuality}); err != nil {
		return Photograph{}, order.Trouble(err, "appeal.photo")
	}
	made.JPEG = out.Bytes()
	return made, nil
}

// PlacedPhoto is where a photo stands in a document.
type PlacedPhoto struct {
	Photograph
	Page                 int // from 0
	X, Y, WideMM, HighMM float64
}

// appealBarsMM is how high the code on each page is, columnApartMM the room between two columns.
const (
	appealBarsMM  = 8.0
	columnApartMM = 3.0
)

// AppealPack draws an appeal pack for a medium at a resolution, on as many pages as it takes, and tells where its photos go. Nothing is cut: a label that is larger than what is left of a page goes
// onto the next. It fails with paper.too_small (blanks width, height) and paper.token.
func AppealPack(size page.Size, dpi int, a Appeal) ([]*page.Page, []PlacedPhoto, error) {
	bars, err := barsOf(a.Code)
	if err != nil {
		return nil, nil, err
	}
	p := newPages(size, dpi, func(f *flow) {
		f.titled(headType, a.Title)
		f.barsBeside(bars, appealBarsMM, plainType, a.Sum)
	})
	var photos []PlacedPhoto
	for i, section := range a.Sections {
		if section.Fresh && i > 0 {
			p.turn()
		}
		p.section(section)
		for _, photo := range section.Photos {
			photos = append(photos, p.photograph(photo))
		}
	}
	made, err := p.done()
	return made, photos, err
}

// section puts down a title, which never stands alone at the foot of a page, and what is below it.
func (p *pages) section(s AppealSection) {
	head, next := p.things(headType, s.Title, image.Pt(0, p.dots(noteApartMM)), p.room.Dx())
	if len(s.Rows) == 0 && s.Label == nil && len(s.Photos) == 0 {
		none, end := p.things(plainType, s.None, image.Pt(0, next), p.room.Dx())
		p.block(append(append(head, none...), space(end, p.dots(pickApartMM))))
		return
	}
	for i, row := range s.Rows {
		things := p.columns(s.Columns, row)
		if i == 0 {
			things = under(head, next, things)
		}
		p.block(things)
	}
	if s.Label != nil {
		label := thing{high: s.Label.Height, draw: func(sheet *sheet, at image.Point) { sheet.blit(s.Label, at) }}
		things := []thing{label, space(label.high, p.dots(pickApartMM))}
		if len(s.Rows) == 0 {
			things = under(head, next, things)
		}
		if s.Label.Width > p.room.Dx() {
			p.full = true
			return
		}
		p.block(things)
	}
}

// under puts things below a head that ends at a height.
func under(head []thing, end int, things []thing) []thing {
	for i := range things {
		things[i].at.Y += end
	}
	return append(head, things...)
}

// columns are the things of a row: above them a hair of a line.
func (p *pages) columns(widths []float64, row []string) []thing {
	s, wide, top := p.sheet, p.room.Dx(), p.dots(pickApartMM)
	things, low, left := []thing{hair(wide, s.dots(hairMM))}, top, 0
	for i, text := range row {
		width := wide - left
		if i < len(row)-1 {
			width = s.dots(widths[i]) - s.dots(columnApartMM)
		}
		more, end := s.things(plainType, text, image.Pt(left, top), width)
		things, low = append(things, more...), max(low, end)
		left += width + s.dots(columnApartMM)
	}
	return append(things, space(low, s.dots(pickApartMM)))
}

// blit puts dots down as they are.
func (s *sheet) blit(from *page.Page, at image.Point) {
	s.placed = append(s.placed, image.Rectangle{at, at.Add(image.Pt(from.Width, from.Height))})
	for y := range from.Height {
		for x := range from.Width {
			if from.Black(x, y) {
				s.Set(at.X+x, at.Y+y)
			}
		}
	}
	s.frame(image.Rectangle{at, at.Add(image.Pt(from.Width, from.Height))}, s.dots(hairMM))
}

// photograph begins a page for a photo, as large as it goes below its words.
func (p *pages) photograph(photo AppealPhoto) PlacedPhoto {
	p.turn()
	p.text(headType, photo.Words)
	room := p.room
	p.room.Min.Y = p.room.Max.Y
	share := min(float64(room.Dx())/float64(photo.Photo.Wide), float64(room.Dy())/float64(photo.Photo.High))
	mm := func(dots float64) float64 { return dots / p.perMM }
	return PlacedPhoto{Photograph: photo.Photo, Page: len(p.sheets) - 1, X: mm(float64(room.Min.X)), Y: mm(float64(room.Min.Y)),
		WideMM: mm(share * float64(photo.Photo.Wide)), HighMM: mm(share * float64(photo.Photo.High))}
}
