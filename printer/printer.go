// Package printer is a label printer: a language and a link to it.
package printer

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/printer/link"
	"packbench/printer/zpl"
)

// Options are what a printer's address does not say.
type Options struct {
	Lang   string    // "zpl", also where empty
	DPI    int       // 203 or 300
	Medium page.Size // of one label
}

// Printer is one opened printer. It may be used from several goroutines; labels never mix.
type Printer struct {
	link   link.Link
	dpi    int
	medium page.Size
}

// languages are those that can be chosen, for people to read.
const languages = "zpl"

// Open opens the printer at an address:
//
//	tcp:10.0.0.9:9100   a network printer; nothing is dialled before the first label
//	file:DIR            each label a file of its own in DIR
//
// It fails with the problems printer.address (blanks address, forms), printer.not_built (blank kind) for a kind of address that is planned,
// usage.language (blanks lang, languages) and printer.resolution (blank dpi).
func Open(uri string, o Options) (*Printer, error) {
	if o.Lang != "" && o.Lang != "zpl" {
		return nil, order.Trouble(nil, "usage.language", "lang", o.Lang, "languages", languages)
	}
	if o.DPI != 203 && o.DPI != 300 {
		return nil, order.Trouble(nil, "printer.resolution", "dpi", o.DPI)
	}
	if w, h := o.Medium.Dots(o.DPI); w < 1 || h < 1 || w > page.MaxDots || h > page.MaxDots {
		return nil, fmt.Errorf("printer: a label of %g × %g mm", o.Medium.WidthMM, o.Medium.HeightMM)
	}
	l, err := open(uri)
	if err != nil {
		return nil, err
	}
	return &Printer{link: l, dpi: o.DPI, medium: o.Medium}, nil
}

func open(uri string) (link.Link, error) {
	kind, rest, _ := strings.Cut(uri, ":")
	switch kind {
	case "tcp":
		address := strings.TrimPrefix(rest, "//")
		if !isHostPort(address) {
			return nil, badAddress(uri)
		}
		return link.TCP(address, link.DefaultStall), nil
	case "file":
		dir := rest
		if strings.HasPrefix(dir, "///") { // file:///DIR, as desktops write it
			dir = dir[2:]
		}
		if dir == "" {
			return nil, badAddress(uri)
		}
		return link.File(dir, "zpl", time.Now), nil
	case "serial", "usb", "spooler", "cups":
		return nil, order.Trouble(nil, "printer.not_built", "kind", kind)
	}
	return nil, badAddress(uri)
}

func badAddress(uri string) error {
	return order.Trouble(nil, "printer.address", "address", uri, "forms", "tcp:HOST:PORT, file:DIR")
}

func isHostPort(address string) bool {
	host, port, err := net.SplitHostPort(address)
	if err != nil || host == "" || strings.ContainsAny(host, " /") {
		return false
	}
	n, err := strconv.Atoi(port)
	return err == nil && n >= 1 && n <= 65535
}

// Encode makes one label of a page, in the printer's language.
func (p *Printer) Encode(drawn *page.Page) []byte { return zpl.Encode(drawn, zpl.Settings{}) }

// Reach makes sure that the device can be written to now.
func (p *Printer) Reach(ctx context.Context) error { return p.link.Reach(ctx) }

// Send writes one label, as Encode made it or zpl.Check passed it; see link.Link for what n and err mean.
func (p *Printer) Send(ctx context.Context, label []byte) (n int, err error) {
	return p.link.Send(ctx, label)
}

// Close lets what was sent arrive and gives the device back. Closing twice does no harm.
func (p *Printer) Close() error { return p.link.Close() }

// DPI is the resolution of the print head: 203 or 300.
func (p *Printer) DPI() int { return p.dpi }

// Medium is the size of one label.
func (p *Printer) Medium() page.Size { return p.medium }
