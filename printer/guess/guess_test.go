package guess_test

import (
	"testing"

	"packbench/printer"
	"packbench/printer/guess"
	"packbench/printer/state"
)

// said is a guess without its reasons.
type said struct {
	lang     string
	langSure guess.Sure
	kind     guess.Kind
	dpi      int
	head     int
}

func TestWhatIsKnownOfPrinters(t *testing.T) {
	for _, c := range []struct {
		name  string
		known guess.Known
		want  said
	}{
		{"Zebra by its id", guess.Known{ID: "MANUFACTURER:Zebra Technologies ;COMMAND SET:ZPL;MODEL:ZTC ZD220-203dpi ZPL;CLASS:PRINTER;", VendorID: "0A5F"},
			said{"zpl", guess.Likely, guess.Label, 203, 0}},
		{"Zebra of 300 dpi", guess.Known{ID: "MANUFACTURER:Zebra Technologies ;COMMAND SET:ZPL;MODEL:ZTC ZD621-300dpi ZPL;"}, said{"zpl", guess.Likely, guess.Label, 300, 0}},
		{"an old Zebra of 200 dpi", guess.Known{Name: "Zebra LP2844-Z-200dpi"}, said{"zpl", guess.Likely, guess.Label, 203, 0}},
		{"Zebra that speaks several", guess.Known{ID: "MFG:Zebra;CMD:EPL,ZPL,TSPL;MDL:GK420d;"}, said{"zpl", guess.Likely, guess.Label, 0, 0}},
		{"Zebra by its vendor's number", guess.Known{Name: "lp0", VendorID: "0a5f"}, said{"zpl", guess.Likely, guess.Label, 0, 0}},
		{"Zebra by its answer", guess.Known{Answered: "zpl", Identity: state.Identity{Model: "ZD220-203dpi", DotsPerMM: 8}}, said{"zpl", guess.Certain, guess.Label, 203, 0}},
		{"an answer of 12 dots a millimetre", guess.Known{Name: "Xprinter XP-420B", Answered: "zpl", Identity: state.Identity{Model: "XP-420B", DotsPerMM: 12}}, said{"zpl", guess.Certain, guess.Label, 300, 0}},
		{"an answer of 24 dots a millimetre", guess.Known{Answered: "zpl", Identity: state.Identity{Model: "ZTC 110Xi4-600dpi", DotsPerMM: 24}}, said{"zpl", guess.Certain, guess.Label, 0, 0}},
		{"an answer in TSPL with the model", guess.Known{Answered: "tspl", Identity: state.Identity{Model: "TTP-244 203dpi"}}, said{"tspl", guess.Certain, guess.Label, 203, 0}},
		{"an answer in ESC/POS", guess.Known{Answered: "escpos", Identity: state.Identity{Model: "X"}}, said{"escpos", guess.Certain, "", 0, 0}},
		{"no answer", guess.Known{Answered: "zpl"}, said{"", guess.Unknown, "", 0, 0}},

		{"Xprinter XP-420B", guess.Known{Name: "Xprinter XP-420B"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},
		{"Xprinter XP-460B in a queue's name", guess.Known{Name: "bench 3 xp-460b (labels)"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},
		{"Xprinter XP-P326B", guess.Known{ID: "MFG:Xprinter;MDL:XP-P326B;"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},
		{"another Xprinter", guess.Known{Name: "Xprinter XP-D463B"}, said{"tspl", guess.Perhaps, guess.Label, 0, 0}},
		{"Munbyn", guess.Known{Name: "MUNBYN ITPP941"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},
		{"Rollo X1038", guess.Known{ID: "MFG:Rollo;MDL:X1038;CMD:XPP,XL;"}, said{"tspl", guess.Likely, guess.Label, 203, 0}},
		{"Marklife X4", guess.Known{ID: "MFG:Marklife ;CMD:XPP,XL;MDL:X4;CLS:PRINTER"}, said{"tspl", guess.Likely, guess.Label, 203, 0}},
		{"Vevor", guess.Known{Name: "VEVOR Y428BT"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},
		{"HPRT N41", guess.Known{Name: "HPRT N41"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},
		{"HPRT TP809", guess.Known{Name: "HPRT TP809"}, said{"escpos", guess.Likely, guess.Receipt, 0, 0}},
		{"Gprinter", guess.Known{ID: "MFG:Gprinter;MDL:GP-1324D;CMD:TSPL,ZPL;CLS:PRINTER;"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},
		{"LP620, whose ZPL prints half labels", guess.Known{ID: "MFG:LabelRange;MDL:LP620;CMD:ZPL;"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},
		{"a stranger that speaks TSPL and ZPL", guess.Known{ID: "MFG:Fake;MDL:D400;CMD:ZPL,TSPL;"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},
		{"a stranger that speaks ZPL", guess.Known{ID: "MFG:Fake;MDL:D400;CMD:EPL,ZPL II;"}, said{"zpl", guess.Likely, guess.Label, 0, 0}},
		{"a stranger for receipts and labels", guess.Known{ID: "MFG:Fake;MDL:D400;CMD:ESC/POS,TSPL2;"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},
		{"TSC by its vendor's number", guess.Known{Name: "lp1", VendorID: "1203", ProductID: "0120"}, said{"tspl", guess.Likely, guess.Label, 0, 0}},

		{"junk", guess.Known{ID: "MFG:Printer;MDL:Thermal;CMD:XPP,XL;"}, said{"tspl", guess.Perhaps, "", 0, 0}},
		{"Epson's receipts", guess.Known{ID: "MFG:EPSON;MDL:TM-T20II;CMD:ESC/POS;"}, said{"escpos", guess.Likely, guess.Receipt, 0, 0}},
		{"receipts of 80 mm", guess.Known{ID: "CMD:ESC/POS;", Name: "POS 80mm"}, said{"escpos", guess.Likely, guess.Receipt, 0, 576}},
		{"receipts of 58 mm", guess.Known{Name: "POS58 58 mm Printer"}, said{"", guess.Unknown, guess.Receipt, 0, 384}},

		{"an office printer", guess.Known{ID: "MFG:Hewlett-Packard;CMD:PJL,PML,PCLXL,URP,PCL,PDF,POSTSCRIPT;MDL:HP LaserJet;CLS:PRINTER;"}, said{"", guess.Unknown, guess.Office, 0, 0}},
		{"an ink printer of Epson", guess.Known{ID: "MFG:EPSON;CMD:ESCPL2,BDC,D4,ESCPR7;MDL:ET-2850 Series;", VendorID: "04B8"}, said{"", guess.Unknown, guess.Office, 0, 0}},
		{"a serial adapter", guess.Known{Name: "FTDI FT232R USB UART (ttyUSB0)", VendorID: "0403", ProductID: "6001"}, said{"", guess.Unknown, "", 0, 0}},
		{"a chip many build in", guess.Known{VendorID: "0483", ProductID: "5740"}, said{"", guess.Unknown, "", 0, 0}},
		{"nothing", guess.Known{}, said{"", guess.Unknown, "", 0, 0}},
		{"a resolution that is none", guess.Known{Name: "D 1203dpi"}, said{"", guess.Unknown, "", 0, 0}},
	} {
		g := guess.Of(c.known)
		if got := (said{g.Lang.Value, g.Lang.Sure, g.Kind.Value, g.DPI.Value, g.HeadDots.Value}); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		whole(t, g)
	}
}

// whole demands that whatever was found out has a reason, and nothing else has.
func whole(t *testing.T, g guess.Guess) {
	t.Helper()
	for name, part := range map[string]struct {
		empty bool
		sure  guess.Sure
		why   string
	}{
		"kind": {g.Kind.Value == "", g.Kind.Sure, g.Kind.Why.Key}, "lang": {g.Lang.Value == "", g.Lang.Sure, g.Lang.Why.Key},
		"dpi": {g.DPI.Value == 0, g.DPI.Sure, g.DPI.Why.Key}, "head": {g.HeadDots.Value == 0, g.HeadDots.Sure, g.HeadDots.Why.Key},
	} {
		if known := part.sure > guess.Unknown; part.empty == known || (part.why == "") == known {
			t.Errorf("%s: %+v", name, part)
		}
	}
}

func FuzzOf(f *testing.F) {
	f.Add("Xprinter XP-420B", "MFG:Gprinter;MDL:GP-1324D;CMD:TSPL,ZPL;CLS:PRINTE", "0A5F", "ZD220-203dpi", 8)
	f.Add("80mm", "CMD:XPP,XL;", "04B8", "", 0)
	f.Fuzz(func(t *testing.T, name, id, vendor, model string, dots int) {
		g := guess.Of(guess.Known{Name: name, ID: id, VendorID: vendor, Answered: printer.ZPL, Identity: state.Identity{Model: model, DotsPerMM: dots}})
		whole(t, g)
		switch g.Lang.Value {
		case "", printer.ZPL, printer.TSPL, printer.ESCPOS:
		default:
			t.Errorf("speaks %q", g.Lang.Value)
		}
		if g.DPI.Value != 0 && g.DPI.Value != 203 && g.DPI.Value != 300 {
			t.Errorf("%d dpi", g.DPI.Value)
		}
	})
}
