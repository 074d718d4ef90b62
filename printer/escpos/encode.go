// Package escpos speaks ESC/POS, the language of receipt printers, some of which also print labels: a page becomes one label. It is pure:
// bytes in, bytes out. Commands are those of Epson's command reference for the TM printers, as far as clones keep to them (printing facts 2).
package escpos

import (
	"bytes"

	"packbench/internal/page"
	"packbench/printer/medium"
)

// Settings are what a label says of the printer. Darkness, speed and peeling have no command that printers agree on.
type Settings struct {
	// Tracking is Gap or Mark for a printer in label mode, which finds the next label by itself; empty is Gap. Continuous cuts instead.
	Tracking medium.Tracking
}

// band is the number of rows sent at once, so that a lost byte costs one band and not the label.
const band = 24

// The commands of a label.
const (
	initialize = "\x1b@"      // ESC @: forgets what another program set, margins and alignment above all
	raster     = "\x1dv0\x00" // GS v 0, normal size; width in bytes and rows follow, two bytes each, the low one first
	nextLabel  = "\x0c"       // FF: in label mode, on to the next label
	cut        = "\x1dVB\x00" // GS V 66 0: feed to the knife and cut; a printer without one feeds to its tearing edge
)

// Encode makes exactly one label of a page: ESC @, the picture in bands of 24 rows, and on to the next label. A page wider than the print head is
// cut at its right edge by the printer; who calls this checks the width. It has the size of the bitmap: the language knows no compression. Some
// firmwares take bytes 10 04 within a picture for a question to be answered at once (printing facts 2); the language has no way to prevent it.
func Encode(p *page.Page, s Settings) []byte {
	out := bytes.NewBuffer(make([]byte, 0, len(p.Bits)+8*(p.Height/band+2)))
	out.WriteString(initialize)
	row := make([]byte, p.Stride)
	for top := 0; top < p.Height; top += band {
		rows := min(band, p.Height-top)
		out.WriteString(raster)
		out.Write([]byte{byte(p.Stride), byte(p.Stride >> 8), byte(rows), 0})
		for y := top; y < top+rows; y++ {
			out.Write(p.CopyRow(row, y))
		}
	}
	out.WriteString(end(s))
	return out.Bytes()
}
