package cli

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // sellers' pictures
	_ "image/jpeg" //
	_ "image/png"  //
	"io"
	"os"
	"path/filepath"

	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
	_ "golang.org/x/image/webp" // the platform's

	"packbench/internal/order"
)

// The largest picture that is read: bytes of its file, and pixels.
const (
	mostPictureBytes  = 32 << 20
	mostPicturePixels = 64 << 20
	svgPixels         = 400 // both sides of a drawing, which has no size of its own
)

// picture is the picture of an article: the seller's own, else the platform's; nil where there is none that can be read, which the log tells. A name is from the bench's
// folder. Nothing is fetched for a paper.
func (b *Bench) picture(article order.Article) image.Image {
	for _, path := range []string{article.OwnPicture(), article.Kept} {
		if path == "" {
			continue
		}
		if !filepath.IsAbs(path) {
			path = filepath.Join(b.dir, path)
		}
		picture, err := readPicture(path)
		if err == nil {
			return picture
		}
		b.Log.Warn("a picture was not read", "sku", article.SKU, "error", err)
	}
	return nil
}

func readPicture(path string) (image.Image, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, mostPictureBytes+1))
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	if len(data) > mostPictureBytes {
		return nil, fmt.Errorf("larger than %d MB", mostPictureBytes>>20)
	}
	if head := bytes.TrimSpace(data[:min(len(data), 256)]); bytes.HasPrefix(head, []byte("<svg")) || bytes.HasPrefix(head, []byte("<?xml")) {
		return readSVG(data)
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if size.Width*size.Height > mostPicturePixels {
		return nil, fmt.Errorf("%d × %d pixels are too many", size.Width, size.Height)
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	return picture, err
}

// readSVG draws a drawing with the library that draws it on the screen too.
func readSVG(data []byte) (image.Image, error) {
	icon, err := oksvg.ReadIconStream(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	icon.SetTarget(0, 0, svgPixels, svgPixels)
	picture := image.NewRGBA(image.Rect(0, 0, svgPixels, svgPixels))
	icon.Draw(rasterx.NewDasher(svgPixels, svgPixels, rasterx.NewScannerGV(svgPixels, svgPixels, picture, picture.Rect)), 1)
	return picture, nil
}
