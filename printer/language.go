package printer

import (
	"fmt"
	"math"

	"packbench/internal/order"
	"packbench/internal/page"
	"packbench/printer/escpos"
	"packbench/printer/medium"
	"packbench/printer/tspl"
	"packbench/printer/zpl"
)

// The languages a printer can speak.
const (
	ZPL    = "zpl"
	ESCPOS = "escpos"
	TSPL   = "tspl"
)

// languages are those that can be chosen, for people to read.
const languages = ZPL + ", " + ESCPOS + ", " + TSPL

// Setup is how one printer is to print. What is empty leaves the printer as it is set.
type Setup struct {
	// Darkness is in the language's own steps: with ZPL -30 to 30, added to the printer's own; with TSPL 1 to 15. ESC/POS has none.
	Darkness int
	// Speed is in inches a second: with ZPL 2 to 14, with TSPL 1 to 18. ESC/POS has none.
	Speed int
	// Tracking finds where a label begins, and GapMM is the height of the gap or mark between two labels in millimetres, which only TSPL asks for.
	Tracking medium.Tracking
	GapMM    float64
	// Taking is how labels come out. ESC/POS cannot be told.
	Taking medium.Taking
	// RightMM and DownMM move the picture on the label, left and up where they are negative, at most a label's side. What falls over the edge is lost.
	RightMM, DownMM float64
	// HeadDots is the width of the print head in dots, 0 where nobody has said. What lies beyond it no printer prints, so that wider labels are refused.
	HeadDots int
	// Encoding is how ZPL writes pictures; Z64 only for a printer that has printed a test label in it.
	Encoding zpl.Encoding
	// Answers tells that this printer has been seen to answer questions. Where it is false nothing but labels goes to a network printer, and no
	// printer is asked by State.
	Answers bool
}

// check refuses what the language cannot say, or not so much of it: the Problem printer.setting (blanks setting, value, lang), named as in the
// settings file.
func (s Setup) check(lang string) error {
	within := func(value, low, high int) bool { return value == 0 || value >= low && value <= high }
	isZPL, isTSPL := lang == ZPL, lang == TSPL
	for _, c := range []struct {
		setting string
		value   any
		right   bool
	}{
		{"darkness", s.Darkness, isZPL && within(s.Darkness, -zpl.MaxDarkness, zpl.MaxDarkness) || isTSPL && within(s.Darkness, 1, tspl.MaxDarkness) || s.Darkness == 0},
		{"speed", s.Speed, isZPL && within(s.Speed, zpl.MinSpeed, zpl.MaxSpeed) || isTSPL && within(s.Speed, tspl.MinSpeed, tspl.MaxSpeed) || s.Speed == 0},
		{"tracking", s.Tracking, s.Tracking.Valid()},
		{"gap_mm", s.GapMM, s.GapMM == 0 || isTSPL && s.GapMM > 0 && s.GapMM <= tspl.MaxGap},
		{"taking", s.Taking, s.Taking == "" || lang != ESCPOS && s.Taking.Valid()},
		{"right_mm", s.RightMM, math.Abs(s.RightMM) <= maxMove},
		{"down_mm", s.DownMM, math.Abs(s.DownMM) <= maxMove},
		{"head_dots", s.HeadDots, s.HeadDots >= 0 && s.HeadDots <= page.MaxDots},
		{"encoding", s.Encoding, s.Encoding == "" || isZPL && s.Encoding.Valid()},
	} {
		if !c.right {
			return order.Trouble(nil, "printer.setting", "setting", c.setting, "value", fmt.Sprint(c.value), "lang", lang)
		}
	}
	return nil
}

// maxMove in millimetres is further than any printer is off.
const maxMove = 100

func (s Setup) escpos() escpos.Settings { return escpos.Settings{Tracking: s.Tracking} }

// encode makes one label of a page.
func (s Setup) encode(lang string, drawn *page.Page) []byte {
	perMM := page.DotsPerMM(drawn.DPI)
	if right, down := int(math.Round(s.RightMM*perMM)), int(math.Round(s.DownMM*perMM)); right != 0 || down != 0 {
		drawn = drawn.Moved(right, down)
	}
	switch lang {
	case ESCPOS:
		return escpos.Encode(drawn, s.escpos())
	case TSPL:
		return tspl.Encode(drawn, tspl.Settings{Darkness: s.Darkness, Speed: s.Speed, Tracking: s.Tracking, GapMM: s.GapMM, Taking: s.Taking})
	}
	return zpl.Encode(drawn, zpl.Settings{Darkness: s.Darkness, Speed: s.Speed, Tracking: s.Tracking, Taking: s.Taking, Encoding: s.Encoding})
}
