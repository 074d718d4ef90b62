package wave

import (
	"fmt"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"packbench/internal/order"
)

// Words are what a filter is written with, for people to read.
const Words = "due:16:00 market:MY,SG shop:ID carrier:NAME shipping:platform pieces:1 pieces:2- sku:TEE-* value:20-50 weight:-500 tag:SPLIT note:yes gift:no " +
	"battery:yes sample:no preorder:no state:ready wave:none text:NUMBER filter:NAME"

// Filter chooses parcels. The zero value chooses all.
type Filter struct {
	DueBefore time.Time // zero: whenever
	Markets   []order.Market
	Shops     []string
	Carriers  []string // part of the name, in any letters
	Shipping  []order.ShippingType
	Pieces    Range
	Value     Range    // in hundredths of the parcel's own currency; one without a currency fits none but the zero range
	Weight    Range    // in grams; one whose weight the catalogue does not know fits none but the zero range
	SKUs      []string // patterns with * and ?; one piece that fits is enough
	Tags      []string // as the platform calls them
	States    []string // as Facts.State calls them
	Waves     []string // names of waves, "none" for parcels in none
	Texts     []string // each must be part of a number of the parcel or of a SKU in it, in any letters
	// What must be so (true), must not (false), or may (nil).
	Note, Gift, Battery, Sample, PreOrder *bool
}

// Range is from a figure to another, both included. To 0 is without an end.
type Range struct{ From, To int64 }

func (r Range) fits(n int64) bool { return n >= r.From && (r.To == 0 || n <= r.To) }

// ParseFilter reads a filter as it is written: words, parted by spaces, all of which must fit; several values of a word are parted by commas, one of which must.
// A value with spaces stands in double quotes. due is a time of today in the zone of now, 16:00, or a moment, 2026-11-22T16:00. A word that names nothing is
// a text that is looked for, as after text:. It fails with wave.filter.
func ParseFilter(text string, now time.Time) (f Filter, err error) {
	for _, word := range words(text) {
		name, value, ok := strings.Cut(word, ":")
		switch {
		case !ok && !slices.Contains(names(), word):
			f.Texts = append(f.Texts, word)
			continue
		case value == "":
			return Filter{}, order.Trouble(nil, "wave.filter", "word", word, "words", Words)
		}
		if err := f.take(name, value, now); err != nil {
			return Filter{}, order.Trouble(err, "wave.filter", "word", word, "words", Words)
		}
	}
	return f, nil
}

// Expand puts in the place of each word filter:NAME the words that are saved under that name. It fails with filter.unknown where none are.
func Expand(text string, saved map[string]string) (string, error) {
	var all []string
	for _, word := range words(text) {
		name, is := strings.CutPrefix(word, "filter:")
		kept, known := saved[name]
		switch {
		case is && !known:
			return "", order.Trouble(nil, "filter.unknown", "name", name)
		case is:
			all = append(all, kept)
		case strings.Contains(word, " "):
			all = append(all, `"`+word+`"`)
		default:
			all = append(all, word)
		}
	}
	return strings.Join(all, " "), nil
}

// names are the words that take a value.
func names() (all []string) {
	for _, word := range strings.Fields(Words) {
		name, _, _ := strings.Cut(word, ":")
		all = append(all, name)
	}
	return all
}

// words parts a text at spaces outside of quotes, which are left out.
func words(text string) (all []string) {
	var word strings.Builder
	quoted := false
	for _, r := range text + " " {
		switch {
		case r == '"':
			quoted = !quoted
		case r != ' ' || quoted:
			word.WriteRune(r)
		case word.Len() > 0:
			all = append(all, word.String())
			word.Reset()
		}
	}
	if word.Len() > 0 { // a quote that is not closed
		all = append(all, word.String())
	}
	return all
}

func (f *Filter) take(name, value string, now time.Time) (err error) {
	values := strings.Split(value, ",")
	switch name {
	case "due":
		f.DueBefore, err = moment(value, now)
	case "market":
		for _, v := range values {
			f.Markets = append(f.Markets, order.Market(strings.ToUpper(v)))
		}
	case "shop":
		f.Shops = append(f.Shops, values...)
	case "carrier":
		f.Carriers = append(f.Carriers, values...)
	case "shipping":
		err = f.takeShipping(values)
	case "pieces":
		f.Pieces, err = readRange(value, 1, 1)
	case "value":
		f.Value, err = readRange(value, 100, 0.01)
	case "weight":
		f.Weight, err = readRange(value, 1, 1)
	case "sku":
		for _, v := range values {
			if _, err := path.Match(v, ""); err != nil {
				return err
			}
		}
		f.SKUs = append(f.SKUs, values...)
	case "tag":
		f.Tags = append(f.Tags, values...)
	case "state":
		f.States = append(f.States, values...)
	case "wave":
		f.Waves = append(f.Waves, values...)
	case "text":
		f.Texts = append(f.Texts, value)
	case "note":
		f.Note, err = yesOrNo(value)
	case "gift":
		f.Gift, err = yesOrNo(value)
	case "battery":
		f.Battery, err = yesOrNo(value)
	case "sample":
		f.Sample, err = yesOrNo(value)
	case "preorder":
		f.PreOrder, err = yesOrNo(value)
	default:
		err = fmt.Errorf("unknown word %s", name)
	}
	return err
}

// takeShipping takes whose label a parcel carries.
func (f *Filter) takeShipping(values []string) error {
	for _, v := range values {
		kind, ok := map[string]order.ShippingType{"platform": order.ByPlatform, "own": order.BySeller}[v]
		if !ok {
			return fmt.Errorf("%s is neither platform nor own", v)
		}
		f.Shipping = append(f.Shipping, kind)
	}
	return nil
}

func moment(text string, now time.Time) (time.Time, error) {
	if at, err := time.ParseInLocation("2006-01-02T15:04", text, now.Location()); err == nil {
		return at, nil
	}
	at, err := time.Parse("15:04", text)
	if err != nil {
		return time.Time{}, err
	}
	return time.Date(now.Year(), now.Month(), now.Day(), at.Hour(), at.Minute(), 0, 0, now.Location()), nil
}

// readRange reads a figure, 3, or a range: 2-5, 2-, -5. Figures are of at least least and are counted in units, so many of which make 1.
func readRange(text string, units, least float64) (r Range, err error) {
	figure := func(text string, mayBeEmpty bool) (int64, error) {
		if text == "" && mayBeEmpty {
			return 0, nil
		}
		n, err := strconv.ParseFloat(text, 64)
		if err == nil && !(n >= least && n <= 1e12 && math.Abs(n*units-math.Round(n*units)) < 1e-6) {
			err = fmt.Errorf("%s is no such figure", text)
		}
		return int64(math.Round(n * units)), err
	}
	low, high, ranged := strings.Cut(text, "-")
	if r.From, err = figure(low, ranged); err != nil {
		return Range{}, err
	}
	if !ranged {
		return Range{r.From, r.From}, nil
	}
	if r.To, err = figure(high, true); err == nil && r.To != 0 && r.To < r.From {
		err = fmt.Errorf("%s is more than %s", low, high)
	}
	return r, err
}

func yesOrNo(text string) (*bool, error) {
	yes := text == "yes"
	if !yes && text != "no" {
		return nil, fmt.Errorf("%s is neither yes nor no", text)
	}
	return &yes, nil
}

// Fits tells whether the filter chooses a parcel.
func (f *Filter) Fits(p *order.Facts) bool {
	return (f.DueBefore.IsZero() || !p.Due.IsZero() && p.Due.Before(f.DueBefore)) &&
		oneOf(f.Markets, p.Market) && oneOf(f.Shops, p.ShopID) && oneOf(f.Shipping, p.Shipping) &&
		f.Pieces.fits(int64(len(p.SKUs))) &&
		(f.Value == Range{} || p.Currency != "" && f.Value.fits(p.Value)) && (f.Weight == Range{} || p.WeightG > 0 && f.Weight.fits(int64(p.WeightG))) &&
		is(f.Note, p.Note) && is(f.Gift, p.Gift) && is(f.Battery, p.Battery) && is(f.Sample, p.Sample) && is(f.PreOrder, p.PreOrder) &&
		(len(f.Tags) == 0 || slices.ContainsFunc(f.Tags, func(tag string) bool { return strings.EqualFold(tag, p.Tag) })) &&
		(len(f.States) == 0 || slices.Contains(f.States, p.State())) &&
		(len(f.Waves) == 0 || slices.ContainsFunc(f.Waves, func(wave string) bool { return wave == p.Wave || wave == "none" && p.Wave == "" })) &&
		(len(f.Carriers) == 0 || slices.ContainsFunc(f.Carriers, func(carrier string) bool { return holds(p.Provider, carrier) })) &&
		(len(f.SKUs) == 0 || slices.ContainsFunc(p.SKUs, f.picks)) &&
		!slices.ContainsFunc(f.Texts, func(text string) bool { return !isIn(p, text) })
}

// oneOf tells whether a value is among those that are wanted, or any is.
func oneOf[T comparable](wanted []T, value T) bool {
	return len(wanted) == 0 || slices.Contains(wanted, value)
}

func is(wanted *bool, so bool) bool { return wanted == nil || *wanted == so }

// picks tells whether an article fits one of the patterns.
func (f *Filter) picks(sku string) bool {
	return slices.ContainsFunc(f.SKUs, func(pattern string) bool {
		fits, err := path.Match(pattern, sku)
		return fits && err == nil // ParseFilter took no other
	})
}

// isIn tells whether a text is part of one of the parcel's numbers, or of a SKU in it.
func isIn(p *order.Facts, text string) bool {
	part := func(number string) bool { return holds(number, text) }
	return part(string(p.Key)) || part(p.Tracking) || part(p.LastMile) || slices.ContainsFunc(p.OrderIDs, part) || slices.ContainsFunc(p.SKUs, part)
}

// holds tells whether a text is part of another, in any letters.
func holds(whole, part string) bool {
	if strings.Contains(whole, part) {
		return true
	}
	if isNumber(part) {
		return false
	}
	for i := 0; i+len(part) <= len(whole); i++ {
		if mayBegin(whole[i], part[0]) && strings.EqualFold(whole[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// isNumber tells whether a text is digits alone, of which there is one form.
func isNumber(text string) bool { return strings.Trim(text, "0123456789") == "" }

// mayBegin tells quickly whether two texts may be the same in any letters, by their first bytes.
func mayBegin(a, b byte) bool { return a == b || a^b == 'a'^'A' || a|b >= utf8.RuneSelf }
