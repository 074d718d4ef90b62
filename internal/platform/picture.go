package platform

import (
	"context"
	"net/http"
	"net/url"
	"regexp"

	"packbench/internal/order"
)

const (
	// maxPicture bounds a picture of an article.
	maxPicture = 5 << 20
	// picturePath stands for a picture's address in errors.
	picturePath = "picture"
	// pictureTurns has a rate of its own, as high as a shop's reads: pictures wait for each other, and no order for them.
	pictureTurns = "pictures"
)

// pictureHost is the name of the platform's hosts of pictures (platform API 3.3, sku_image: p16/p19-oec-*).
var pictureHost = regexp.MustCompile(`^p\d{1,3}-oec(-[a-z0-9]+)*(\.[a-z0-9-]+)+$`)

// Picture fetches the picture of an article from the address that came with an order, at most 5 MiB. No token is sent with it. It fails with
// platform.strange_address where that is none of the platform's hosts; a client of a platform on this computer takes pictures from this computer too. It fails as
// Download does otherwise.
func (c *Client) Picture(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, order.Trouble(nil, keyGarbled) // err would repeat the address
	}
	if !c.hasPictures(u) {
		return nil, order.Trouble(nil, "platform.strange_address")
	}
	return c.persist(ctx, true, picturePath, func() ([]byte, error) {
		if err := c.takeTurn(ctx, pictureTurns, false); err != nil {
			return nil, interrupted(ctx, picturePath)
		}
		return c.fetch(ctx, c.pictures, u, picturePath, maxPicture)
	})
}

// hasPictures tells whether an address is on one of the platform's hosts of pictures.
func (c *Client) hasPictures(u *url.URL) bool {
	if u.User != nil {
		return false
	}
	if onThisComputer(u) {
		return onThisComputer(c.base)
	}
	return u.Scheme == "https" && u.Port() == "" && pictureHost.MatchString(u.Hostname())
}

// followToPictures lets a picture's address lead to another such address only.
func (c *Client) followToPictures(r *http.Request, before []*http.Request) error {
	if !c.hasPictures(r.URL) {
		return errInsecureHop
	}
	return followSecurely(r, before)
}
