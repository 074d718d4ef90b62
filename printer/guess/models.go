package guess

import (
	"slices"
	"strings"

	"packbench/printer"
)

// model is a printer that somebody has told of: each of its words begins one of the printer's, in whatever order.
type model struct {
	words []string
	lang  string
	kind  Kind
	sure  Sure
	dpi   int // 0 where it comes in several, or nobody has told
}

func (m model) in(words []string) bool {
	for _, want := range m.words {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, want) }) {
			return false
		}
	}
	return true
}

// models are the printers that printing facts 2 name, with its sources, models before makers. Of a maker alone it is only known what most of its
// printers that our users have speak. Rollo X1038 and Marklife X4 are of 203 dpi (lprint's TSPL table; the maker's own PPD).
var models = []model{
	{[]string{"XP420B"}, printer.TSPL, Label, Likely, 0},
	{[]string{"XP460B"}, printer.TSPL, Label, Likely, 0},
	{[]string{"XPP326B"}, printer.TSPL, Label, Likely, 0},
	{[]string{"ITPP941"}, printer.TSPL, Label, Likely, 0},
	{[]string{"X1038"}, printer.TSPL, Label, Likely, 203},
	{[]string{"MARKLIFE", "X4"}, printer.TSPL, Label, Likely, 203},
	{[]string{"Y428BT"}, printer.TSPL, Label, Likely, 0},
	{[]string{"LP620"}, printer.TSPL, Label, Likely, 0}, // its ZPL prints half or blank labels
	{[]string{"GP1324D"}, printer.TSPL, Label, Likely, 0},
	{[]string{"GP2120T"}, printer.TSPL, Label, Likely, 0},
	{[]string{"HPRT", "N41"}, printer.TSPL, Label, Likely, 0},
	{[]string{"HPRT", "TP809"}, printer.ESCPOS, Receipt, Likely, 0},
	{[]string{"TTP244"}, printer.TSPL, Label, Likely, 0},
	{[]string{"TML60"}, printer.ESCPOS, Receipt, Likely, 0},
	{[]string{"TMT"}, printer.ESCPOS, Receipt, Likely, 0}, // Epson's TM-T…

	{[]string{"ZEBRA"}, printer.ZPL, Label, Likely, 0},
	{[]string{"ZTC"}, printer.ZPL, Label, Likely, 0}, // how Zebra's printers begin their models
	{[]string{"TSC"}, printer.TSPL, Label, Likely, 0},
	{[]string{"ROLLO"}, printer.TSPL, Label, Likely, 0},
	{[]string{"BEEPRT"}, printer.TSPL, Label, Likely, 0},
	{[]string{"HOTLABEL"}, printer.TSPL, Label, Likely, 0},
	{[]string{"LABELRANGE"}, printer.TSPL, Label, Perhaps, 0},
	{[]string{"MARKLIFE"}, printer.TSPL, Label, Perhaps, 0},
	{[]string{"VEVOR"}, printer.TSPL, Label, Perhaps, 0},
	{[]string{"XPRINTER"}, printer.TSPL, Label, Perhaps, 0},
	{[]string{"MUNBYN"}, printer.TSPL, Label, Perhaps, 0},
	{[]string{"GPRINTER"}, printer.TSPL, Label, Perhaps, 0},
	{[]string{"HPRT"}, printer.TSPL, Label, Perhaps, 0},
	{[]string{"IDPRT"}, printer.TSPL, Label, Perhaps, 0},
	{[]string{"POLONO"}, printer.TSPL, Label, Perhaps, 0},
}

// device is a USB device; without a product, all of a vendor.
type device struct {
	vendor, product, maker string
	lang                   string
	kind                   Kind
	sure                   Sure
}

// devices are those whose numbers alone tell something: of Zebra and TSC (usb.ids), Epson's receipt printers (Odoo's list of ESC/POS printers), and
// Beeprt's BY-480BT (reported by a user, with CMD:XPP,XL). The numbers of chips that many makers build in, 0483:5740 for one, tell nothing.
var devices = []device{
	{"0A5F", "", "Zebra", printer.ZPL, Label, Likely},
	{"1203", "", "TSC", printer.TSPL, Label, Likely},
	{"04B8", "0E03", "Epson TM-T20", printer.ESCPOS, Receipt, Likely},
	{"04B8", "0202", "Epson TM-T70", printer.ESCPOS, Receipt, Likely},
	{"04B8", "0E15", "Epson TM-T20II", printer.ESCPOS, Receipt, Likely},
	{"09C6", "0426", "Beeprt BY-480BT", printer.TSPL, Label, Perhaps},
}
