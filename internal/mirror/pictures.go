package mirror

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	_ "image/gif" // sellers upload what they have
	"image/jpeg"
	_ "image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"packbench/internal/platform"
)

const (
	// pictureSide is the longer side of a kept picture: the bench shows one at 320 px at least, on screens of twice the density.
	pictureSide = 640
	// mostPixels bounds what a picture may unfold to: 16 million are 64 MB.
	mostPixels = 16 << 20
	// pictureQuality is JPEG's.
	pictureQuality = 85
)

var errTooManyPixels = errors.New("mirror: the picture has too many pixels")

// Pictures fetches the pictures of ordered articles that are not kept, one after the other. It ends at the first one for which the platform's host cannot be
// reached, and with ctx; one that cannot be had, or is no picture, is not asked for again as long as its address is the same.
func (m *Mirror) Pictures(ctx context.Context) error {
	wanted, err := m.store.PicturesWanted()
	if err != nil {
		return err
	}
	for _, address := range wanted {
		if m.inVain[address] {
			continue
		}
		picture, err := m.platform.Picture(ctx, address)
		if err == nil {
			picture, err = smaller(picture)
		}
		switch {
		case err == nil:
			err = m.store.KeepPicture(address, picture)
		case ctx.Err() == nil && platform.ReactionTo(err) != platform.Retry:
			m.inVain[address] = true
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// smaller is a picture as it is kept: a JPEG of at most pictureSide on white.
func smaller(data []byte) ([]byte, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > mostPixels/config.Height {
		return nil, errTooManyPixels
	}
	from, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	size := from.Bounds().Size()
	width, height := size.X, size.Y
	if longer := max(width, height); longer > pictureSide {
		width, height = max(1, width*pictureSide/longer), max(1, height*pictureSide/longer)
	}
	to := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(to, to.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(to, to.Rect, from, from.Bounds(), draw.Over, nil)
	var out bytes.Buffer
	err = jpeg.Encode(&out, to, &jpeg.Options{Quality: pictureQuality})
	return out.Bytes(), err
}
