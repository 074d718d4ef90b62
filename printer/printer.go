// Package printer is a label printer: a language and a link to it.
package printer

import (
	"context"
	"fmt"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/printer/escpos"
	"packbench/printer/link"
	"packbench/printer/tspl"
	"packbench/printer/zpl"
)

// Options are what a printer's address does not say.
type Options struct {
	Lang   string    // ZPL, also where empty, ESCPOS or TSPL
	DPI    int       // 203 or 300
	Medium page.Size // of one label
	Setup  Setup
	// Interrupted tells that a program may have died while this printer was in the middle of a label.
	Interrupted bool
}

// Printer is one opened printer. It may be used from several goroutines; labels never mix.
type Printer struct {
	uri     string
	link    link.Link
	options Options
}

// Open opens the printer at an address:
//
//	tcp:10.0.0.9:9100   a network printer; nothing is dialled before the first label
//	serial:/dev/ttyUSB0?baud=115200&flow=rtscts
//	                    a serial port, 8N1; baud is 9600 and flow (none, xonxoff, rtscts) none where they are missing
//	usb:/dev/usb/lp0    a USB printer on Linux
//	cups:NAME           a queue of the system's print service
//	spooler:NAME        a printer of Windows' spooler
//	file:DIR            each label a file of its own in DIR, its extension the language's name
//
// It fails with the problems printer.address (blanks address, forms), usage.language (blanks lang, languages), printer.resolution (blank dpi),
// printer.setting (blanks setting, value, lang) and printer.too_wide (blanks label, head, in dots).
func Open(uri string, o Options) (*Printer, error) {
	o = o.whole()
	if err := o.check(); err != nil {
		return nil, err
	}
	l, err := open(uri, o.Lang)
	if err != nil {
		return nil, err
	}
	if r, ok := l.(link.Resyncer); ok && (o.Setup.Answers || !isNetwork(uri)) {
		r.Resync(o.resync(), o.Interrupted)
	}
	return &Printer{uri: uri, link: l, options: o}, nil
}

// With is the same printer, spoken to in another way: a device takes one connection at a time, so both write over one link, and to close either closes
// both. What ends a label that broke off stays as it was. It fails as Open does. Of a folder it opens another link: files are named after their language.
func (p *Printer) With(o Options) (*Printer, error) {
	if isFolder(p.uri) {
		return Open(p.uri, o)
	}
	o = o.whole()
	if err := o.check(); err != nil {
		return nil, err
	}
	return &Printer{uri: p.uri, link: p.link, options: o}, nil
}

// check tells what cannot be printed so.
func (o Options) check() error {
	if o.Lang != ZPL && o.Lang != ESCPOS && o.Lang != TSPL {
		return order.Trouble(nil, "usage.language", "lang", o.Lang, "languages", languages)
	}
	if o.DPI != 203 && o.DPI != 300 {
		return order.Trouble(nil, "printer.resolution", "dpi", o.DPI)
	}
	if err := o.Setup.check(o.Lang); err != nil {
		return err
	}
	w, h := o.Medium.Dots(o.DPI)
	if w < 1 || h < 1 || w > page.MaxDots || h > page.MaxDots {
		return fmt.Errorf("printer: a label of %g × %g mm", o.Medium.WidthMM, o.Medium.HeightMM)
	}
	if head := o.Setup.HeadDots; head > 0 && w > head {
		return order.Trouble(nil, "printer.too_wide", "label", w, "head", head)
	}
	return nil
}

// resync is what ends a label that broke off.
func (o Options) resync() []byte {
	width, height := o.Medium.Dots(o.DPI)
	stride := (width + 7) / 8
	switch o.Lang {
	case ESCPOS:
		return escpos.Resync(stride, o.Setup.escpos())
	case TSPL:
		return tspl.Resync(stride * height)
	}
	return []byte(zpl.Resync)
}

// whole is the options with nothing left to be understood.
func (o Options) whole() Options {
	if o.Lang == "" {
		o.Lang = ZPL
	}
	return o
}

// Encode makes one label of a page of the printer's medium and resolution, in the printer's language.
func (p *Printer) Encode(drawn *page.Page) []byte {
	return p.options.Setup.encode(p.options.Lang, drawn)
}

// Reach makes sure that the device can be written to now.
func (p *Printer) Reach(ctx context.Context) error { return p.link.Reach(ctx) }

// Send writes one label, as Encode made it or zpl.Check passed it; see link.Link for what n and err mean. After a label that broke off, what ends it
// goes ahead of the next one, unless that is the same label and goes on at its byte. To a network printer it does so only where Setup.Answers is true:
// otherwise nothing but labels goes there, each broken one's successor on a connection of its own.
func (p *Printer) Send(ctx context.Context, label []byte) (n int, err error) {
	return p.link.Send(ctx, label)
}

// Close lets what was sent arrive and gives the device back. Closing twice does no harm.
func (p *Printer) Close() error { return p.link.Close() }

// Lang is the language the printer speaks: ZPL, ESCPOS or TSPL.
func (p *Printer) Lang() string { return p.options.Lang }

// DPI is the resolution of the print head: 203 or 300.
func (p *Printer) DPI() int { return p.options.DPI }

// Medium is the size of one label.
func (p *Printer) Medium() page.Size { return p.options.Medium }

// OpenedWith tells whether a printer opened with these options would be the same, whatever had been interrupted before.
func (p *Printer) OpenedWith(o Options) bool {
	o = o.whole()
	o.Interrupted = p.options.Interrupted
	return p.options == o
}
