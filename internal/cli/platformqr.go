package cli

import (
	"context"
	"errors"
	"fmt"
	"image"
	"regexp"

	"packbench/internal/label"
	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/internal/settings"
)

// PlatformQR imports the platform's QR label, which parcels to some markets carry, so that the bench prints it; or lists those it has.
type PlatformQR struct {
	File string `arg:"" optional:"" help:"The label as the platform gives it: PDF, PNG or JPEG. Without it the labels that were imported are listed."`
	Of   string `placeholder:"MARKET" help:"The market it is for, such as GB, or the id of a shop."`
	JSON bool   `name:"json" help:"One object a line."`
}

// Validate tells what was not said.
func (v *PlatformQR) Validate() error {
	if (v.File == "") != (v.Of == "") {
		return errors.New("a file goes with --of, the market or shop it is for")
	}
	return nil
}

// platformQRLine is an imported label.
type platformQRLine struct {
	Of       string  `json:"of"`
	Code     string  `json:"code"`
	WidthMM  float64 `json:"width_mm"`
	HeightMM float64 `json:"height_mm"`
}

// leastQR is the least side of the platform's QR label in mm (fulfilment rules 3, anti-counterfeit label).
const leastQR = 50

// qrDPI is the resolution that a label is measured at.
const qrDPI = 300

// qrOf is what a label can be for: a market or a shop's id.
var qrOf = regexp.MustCompile(`^([A-Z]{2}|[0-9]{1,30})$`)

// Run imports the label, or lists. What was imported counts from the bench's next start.
func (v *PlatformQR) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	if v.File == "" {
		known, err := settings.PlatformQRs(e.Dir)
		if err != nil {
			return err
		}
		return v.list(e, known)
	}
	if !qrOf.MatchString(v.Of) {
		return order.Trouble(nil, "qr.of", "of", v.Of)
	}
	reading, err := e.OpenFile(v.File, "print.unreadable")
	if err != nil {
		return err
	}
	document, err := readWhole(reading)
	if err = errors.Join(err, reading.Close()); err != nil {
		return order.Trouble(err, "print.unreadable", "file", v.File)
	}
	labels := bench.Labels()
	defer func() { err = errors.Join(err, labels.Close(context.WithoutCancel(e.Context))) }()
	drawn, err := labels.Make(e.Context, document, page.Label, qrDPI)
	if err != nil {
		return err
	}
	found, err := measuredQR(drawn)
	if err != nil {
		return err
	}
	found.Of = v.Of
	if err := settings.ImportPlatformQR(e.Dir, found, document); err != nil {
		return err
	}
	return v.list(e, []settings.PlatformQR{found})
}

// measuredQR is what a scanner reads from a label and how large it comes out. It takes one QR code, and the least size that the platform's hub takes.
func measuredQR(drawn *page.Page) (settings.PlatformQR, error) {
	var texts []string
	for _, code := range label.Codes(drawn) {
		if code.Format == label.QR {
			texts = append(texts, code.Text)
		}
	}
	if len(texts) != 1 {
		return settings.PlatformQR{}, order.Trouble(nil, "qr.codes", "count", len(texts))
	}
	ink := inkOf(drawn)
	perMM := page.DotsPerMM(qrDPI)
	found := settings.PlatformQR{Code: texts[0], Width: tenths(float64(ink.Dx()) / perMM), Height: tenths(float64(ink.Dy()) / perMM)}
	if found.Width < leastQR || found.Height < leastQR {
		return settings.PlatformQR{}, order.Trouble(nil, "qr.small", "width", found.Width, "height", found.Height)
	}
	return found, nil
}

// tenths is a length to the tenth of a millimetre below.
func tenths(mm float64) float64 { return float64(int(mm*10)) / 10 }

// inkOf is the smallest rectangle that holds all black of a page.
func inkOf(p *page.Page) image.Rectangle {
	var ink image.Rectangle
	for y := range p.Height {
		for x := range p.Width {
			if p.Black(x, y) {
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return ink
}

func (v *PlatformQR) list(e *Environment, labels []settings.PlatformQR) error {
	list := e.listing(v.JSON, "qr.header")
	for _, q := range labels {
		line := platformQRLine{Of: q.Of, Code: q.Code, WidthMM: q.Width, HeightMM: q.Height}
		if err := list.add(line, q.Of, fmt.Sprintf("%g × %g mm", q.Width, q.Height), q.Code); err != nil {
			return err
		}
	}
	return list.end()
}
