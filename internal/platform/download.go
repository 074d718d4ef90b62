package platform

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"packbench/internal/order"
)

const (
	// maxDocument bounds a label document; those of the platform are under 1 MiB.
	maxDocument = 20 << 20
	// maxHops is how many redirects a document's address may take.
	maxHops = 3
	// documentPath stands for a document's address in errors.
	documentPath = "document"
)

// Download fetches a label document from the address ShippingDocument gave, at most 20 MiB. No token is sent with it.
// An address that has run out fails as platform.link_expired: ask for a new one. Plain http is refused
// off this computer.
func (c *Client) Download(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil, order.Trouble(nil, keyGarbled) // err would repeat the address
	}
	if !secure(u) {
		return nil, order.Trouble(nil, "platform.insecure_address")
	}
	return c.persist(ctx, true, documentPath, func() ([]byte, error) { return c.fetch(ctx, c.documents, u, documentPath, maxDocument) })
}

// fetch reads what lies at an address, at most so many bytes; path stands for the address in errors.
func (c *Client) fetch(ctx context.Context, through *http.Client, u *url.URL, path string, most int64) ([]byte, error) {
	lost := &lostError{path: path}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, lost.because(ctx, err)
	}
	response, err := through.Do(r)
	if errors.Is(err, errInsecureHop) {
		return nil, order.Trouble(errInsecureHop, "platform.insecure_address")
	}
	if err != nil {
		return nil, lost.because(ctx, err)
	}
	defer response.Body.Close()
	refusal := &Error{HTTP: response.StatusCode, Path: path, Message: "nothing to fetch"}
	switch status := response.StatusCode; {
	case status == http.StatusForbidden || status == http.StatusNotFound || status == http.StatusGone:
		return nil, order.Trouble(refusal, "platform.link_expired")
	case status != http.StatusOK:
		a := answer{status: status, header: response.Header, answered: c.now()}
		return nil, refusal.problem(a.retryAfter())
	}
	document, err := readAtMost(response.Body, most)
	if err != nil {
		return nil, lost.because(ctx, err)
	}
	if len(document) == 0 {
		return nil, order.Trouble(refusal, keyGarbled)
	}
	return document, nil
}

var (
	errInsecureHop = errors.New("redirected to an insecure address")
	errTooManyHops = errors.New("redirected too often")
)

// followSecurely lets a document's address lead elsewhere, but neither over plain http nor for ever, and does not tell
// the next host where it came from: that would hand on the signed address.
func followSecurely(r *http.Request, before []*http.Request) error {
	if !secure(r.URL) {
		return errInsecureHop
	}
	if len(before) > maxHops {
		return errTooManyHops
	}
	r.Header.Del("Referer")
	return nil
}
