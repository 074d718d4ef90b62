package sandbox

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	subpixel "golang.org/x/image/math/fixed"
)

// picturePath is where pictures of articles lie. Recorded addresses have such a path, and a signature behind it (platform API 3.3, sku_image).
const picturePath = "/tos-sandbox-i/"

// pictureEnd is what the name of a picture ends with.
const pictureEnd = "~tplv-origin.png"

// pictureSide is how wide and high a picture is, in pixels.
const pictureSide = 800

// picture gives the lines of an order that have no picture the address of one that the sandbox draws.
func (s *Sandbox) picture(o object) {
	if s.pictures == "" {
		return
	}
	for _, line := range o.list("line_items") {
		for _, unit := range append(line.list("sub_item_info"), line) {
			if unit.text("sku_image") == "" {
				name := skuOf(unit) + pictureEnd
				unit["sku_image"] = s.pictures + picturePath + url.PathEscape(name) + "?x-signature=" + s.pictureSign(name)
			}
		}
	}
}

func (s *Sandbox) pictureSign(name string) string { return derived("picture", name)[:24] }

// servePicture draws an article: its SKU on a colour of its own. An address that is signed wrong is forbidden.
func (s *Sandbox) servePicture(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	s.mu.Lock()
	s.calls[http.MethodGet+" "+picturePath+"{name}"]++
	s.mu.Unlock()
	sku, is := strings.CutSuffix(name, pictureEnd)
	if !is || r.URL.Query().Get("x-signature") != s.pictureSign(name) {
		http.Error(w, linkRefused, http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	_ = png.Encode(w, drawnArticle(sku)) // the only way to fail is a client that has gone
}

func drawnArticle(sku string) image.Image {
	shade := []byte(derived("colour", sku))
	tone := func(at int) uint8 { return 120 + shade[at]%16*8 }
	picture := image.NewRGBA(image.Rect(0, 0, pictureSide, pictureSide))
	draw.Draw(picture, picture.Rect, image.NewUniform(color.RGBA{tone(0), tone(1), tone(2), 255}), image.Point{}, draw.Src)
	draw.Draw(picture, image.Rect(60, 60, pictureSide-60, pictureSide-60), image.White, image.Point{}, draw.Src)
	face, err := opentype.NewFace(fonts()[true], &opentype.FaceOptions{Size: 110, DPI: 72})
	if err != nil {
		panic(err) // never: the options are right
	}
	words := strings.Split(sku, "-")
	for i, word := range words {
		wide := font.MeasureString(face, word)
		pen := font.Drawer{Dst: picture, Src: image.Black, Face: face, Dot: subpixel.Point26_6{
			X: (subpixel.I(pictureSide) - wide) / 2, Y: subpixel.I(pictureSide/2 + 130*i - 65*(len(words)-1) + 40)}}
		pen.DrawString(word)
	}
	return picture
}
