// Package guess tells from what a printer is called and says of itself which language it speaks and how fine it prints, how sure that is, and why.
// It is pure. What nothing speaks for stays unknown: a test label finds it out.
package guess

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"packbench/internal/order"
	"packbench/printer"
	"packbench/printer/ieee1284"
	"packbench/printer/state"
)

// Known is what is known of a printer; each may be empty.
type Known struct {
	Name                string // as the system calls it
	ID                  string // IEEE 1284
	VendorID, ProductID string // USB, four hexadecimal digits
	// Answered is the language in which it answered the question what it is, and Identity the answer.
	Answered string
	Identity state.Identity
}

// Sure is how far a guess can be relied on.
type Sure int

// From not at all to as good as known.
const (
	Unknown Sure = iota // nothing speaks for anything
	Perhaps             // printers of that maker, or with that id, often are so
	Likely              // the model is known for it, or the printer says so in its id
	Certain             // it answered so
)

// Told is one thing that was found out; where it was not it is the zero Told.
type Told[T any] struct {
	Value T
	Sure  Sure
	Why   order.Said
}

// Kind is what a printer is made for.
type Kind string

// The kinds; the empty one is unknown.
const (
	Label   Kind = "label"
	Receipt Kind = "receipt" // 58 or 80 mm wide: too narrow for a shipping label
	Office  Kind = "office"  // speaks none of our languages
)

// Guess is what was found out.
type Guess struct {
	Kind     Told[Kind]
	Lang     Told[string] // printer.ZPL, printer.TSPL or printer.ESCPOS
	DPI      Told[int]    // 203 or 300
	HeadDots Told[int]    // of the print head
}

// Of guesses. What weighs more comes first: what the printer answered, the language of its model, the languages in its id, its maker.
func Of(k Known) Guess {
	var g Guess
	g.byAnswer(k.Answered, k.Identity)
	words := wordsOf(k.Name, ieee1284.Maker(k.ID), ieee1284.Model(k.ID), ieee1284.Description(k.ID), k.Identity.Model)
	g.byModel(words)
	g.byCommands(ieee1284.Commands(k.ID), words)
	g.byUSB(k)
	g.byNumbers(strings.Join([]string{k.Name, k.ID, k.Identity.Model}, " "))
	if g.Kind.Value == Office && g.Lang.Sure > Unknown {
		g.Kind = Told[Kind]{}
	}
	return g
}

// tell notes what was found out, unless something as weighty is known already.
func tell[T any](about *Told[T], value T, sure Sure, why order.Said) {
	if sure > about.Sure {
		*about = Told[T]{value, sure, why}
	}
}

func (g *Guess) byAnswer(lang string, id state.Identity) {
	if lang == "" || !id.Told() {
		return
	}
	why := order.Say("guess.answered", "answer", cmp.Or(id.Model, lang))
	tell(&g.Lang, lang, Certain, why)
	if lang != printer.ESCPOS { // which printers of labels may know besides
		tell(&g.Kind, Label, Certain, why)
	}
	if dpi := map[int]int{8: 203, 12: 300}[id.DotsPerMM]; dpi != 0 {
		tell(&g.DPI, dpi, Certain, why)
	}
}

// byModel looks the printer's name up.
func (g *Guess) byModel(words []string) {
	for _, m := range models {
		if !m.in(words) {
			continue
		}
		why := order.Say("guess.model", "model", strings.Join(m.words, " "))
		tell(&g.Lang, m.lang, m.sure, why)
		tell(&g.Kind, m.kind, m.sure, why)
		if m.dpi != 0 {
			tell(&g.DPI, m.dpi, m.sure, why)
		}
		return
	}
}

// byCommands reads the languages an id names. One that names several does so because the printer imitates some: inexpensive label printers speak
// TSPL at heart and imitate ZPL, those of Zebra the other way round (printing facts 2); one that can print labels and receipts speaks TSPL for labels.
func (g *Guess) byCommands(commands string, words []string) {
	var spoken []string
	var office, raster bool
	for command := range strings.SplitSeq(commands, ",") {
		switch word := normal(command); {
		case word == "":
		case strings.HasPrefix(word, "ZPL"):
			spoken = append(spoken, printer.ZPL)
		case strings.HasPrefix(word, "TSPL"):
			spoken = append(spoken, printer.TSPL)
		case strings.HasPrefix(word, "ESCPOS"), word == "EPSONESCPOS":
			spoken = append(spoken, printer.ESCPOS)
		case word == "XPP":
			raster = true
		case slices.ContainsFunc(officeLanguages, func(o string) bool { return strings.HasPrefix(word, o) }):
			office = true
		}
	}
	why := order.Say("guess.commands", "commands", strings.TrimSpace(commands))
	preferred := []string{printer.TSPL, printer.ZPL, printer.ESCPOS}
	if slices.ContainsFunc(words, func(w string) bool { return w == "ZEBRA" || w == "ZTC" }) {
		preferred = []string{printer.ZPL, printer.TSPL, printer.ESCPOS}
	}
	for _, lang := range preferred {
		if slices.Contains(spoken, lang) {
			tell(&g.Lang, lang, Likely, why)
			break
		}
	}
	switch {
	case slices.Contains(spoken, printer.ZPL), slices.Contains(spoken, printer.TSPL):
		tell(&g.Kind, Label, Likely, why)
	case slices.Contains(spoken, printer.ESCPOS):
		tell(&g.Kind, Receipt, Likely, why) // nearly always (printing facts 2: all 38 of lprint's)
	case raster:
		tell(&g.Lang, printer.TSPL, Perhaps, why)
	case office:
		tell(&g.Kind, Office, Likely, why)
	}
}

// officeLanguages begin the names of what office printers speak.
var officeLanguages = []string{"PCL", "PJL", "POSTSCRIPT", "PS", "PDF", "URF", "PWG", "ESCP", "BDC", "GDI", "HBP", "XPS", "CAPT", "UFR", "SPL", "JPEG"}

// byUSB looks the device's numbers up.
func (g *Guess) byUSB(k Known) {
	for _, d := range devices {
		if !strings.EqualFold(k.VendorID, d.vendor) || d.product != "" && !strings.EqualFold(k.ProductID, d.product) {
			continue
		}
		why := order.Say("guess.usb", "maker", d.maker)
		tell(&g.Lang, d.lang, d.sure, why)
		tell(&g.Kind, d.kind, d.sure, why)
		return
	}
}

// A resolution or a width of paper within a name. 200 dpi is what older printers of 8 dots a millimetre were sold as.
var (
	resolution = regexp.MustCompile(`(?i)(?:^|[^0-9])(20[03]|300)\s*-?dpi`)
	paperWidth = regexp.MustCompile(`(?i)(?:^|[^0-9])(58|80)\s*mm`)
)

// heads are the dots of receipt printers' heads by their paper in millimetres (printing facts 2).
var heads = map[string]int{"58": 384, "80": 576}

func (g *Guess) byNumbers(text string) {
	if found := resolution.FindStringSubmatch(text); found != nil {
		dpi, _ := strconv.Atoi(found[1]) // digits
		if dpi == 200 {
			dpi = 203
		}
		tell(&g.DPI, dpi, Likely, order.Say("guess.named", "part", found[1]+" dpi"))
	}
	if found := paperWidth.FindStringSubmatch(text); found != nil {
		why := order.Say("guess.named", "part", found[1]+" mm")
		tell(&g.HeadDots, heads[found[1]], Perhaps, why)
		tell(&g.Kind, Receipt, Perhaps, why)
	}
}

// wordsOf are the words of names, as models are written: ZTC ZD220-203dpi has ZTC and ZD220203DPI.
func wordsOf(names ...string) []string {
	var words []string
	for _, word := range strings.FieldsFunc(strings.Join(names, " "), func(r rune) bool { return strings.ContainsRune(" \t\r\n,;:_()/\x02\x03", r) }) {
		if word = normal(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// normal is a word in capitals with nothing but letters and digits.
func normal(word string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, word)
}
