package setup

import (
	"slices"

	"packbench/printer"
	"packbench/printer/guess"
	"packbench/printer/zpl"
)

// usual is the resolution that is tried where nobody knows it: most label printers have it, and a label of it comes out whole on a finer head.
const usual = 203

// tries are the ways to print in the order in which they are worth a label: the language that was guessed first, then what most printers of such labels
// speak (printing facts 2). Plain hexadecimal ZPL is for clones that fail on runs.
func tries(g guess.Guess) []Try {
	dpi := g.DPI.Value
	if dpi == 0 {
		dpi = usual
	}
	langs := []string{printer.TSPL, printer.ZPL, printer.ESCPOS}
	if g.Kind.Value == guess.Receipt {
		langs = []string{printer.ESCPOS, printer.TSPL, printer.ZPL}
	}
	if guessed := g.Lang.Value; guessed != "" {
		langs = append([]string{guessed}, slices.DeleteFunc(langs, func(l string) bool { return l == guessed })...)
	}
	var all []Try
	for _, lang := range langs {
		all = append(all, Try{Lang: lang, DPI: dpi})
	}
	return append(all, Try{Lang: printer.ZPL, Encoding: string(zpl.Hex), DPI: dpi})
}

// next is what to try after a label that could not be scanned; ok is false where nothing is left.
func (s State) next(came string) (t Try, ok bool) {
	last := s.trying()
	var wanted []Try
	if came != nothing { // it understood something: the same language, written more plainly or not so wide
		if last.Lang == printer.ZPL {
			wanted = append(wanted, Try{last.Lang, string(zpl.Hex), last.DPI})
		}
		if came == half && last.DPI > usual {
			wanted = append(wanted, Try{last.Lang, last.Encoding, usual})
		}
	}
	for _, t := range append(wanted, tries(s.guess)...) {
		if !slices.Contains(s.tried, t) {
			return t, true
		}
	}
	return Try{}, false
}
