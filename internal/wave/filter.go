package wave

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/internal/order"
)

// Words are what a filter is written with, for people to read.
const Words = "due:16:00 market:MY,SG shop:ID carrier:NAME pieces:1 pieces:2- sku:TEE-* note:yes gift:no battery:yes sample:no"

// Filter chooses parcels. The zero value chooses all.
type Filter struct {
	DueBefore time.Time // zero: whenever
	Markets   []order.Market
	Shops     []string
	Carriers  []string // part of the name, in any letters
	// Fewest and Most are how many pieces a parcel has; Most 0: any number.
	Fewest, Most int
	SKUs         []string // patterns with * and ?; one piece that fits is enough
	// What must be so (true), must not (false), or may (nil).
	Note, Gift, Battery, Sample *bool
}

// ParseFilter reads a filter as it is written: words, parted by spaces, all of which must fit; several values of a word are parted by commas, one of which must.
// A value with spaces stands in double quotes. due is a time of today in the zone of now, 16:00, or a moment, 2026-11-22T16:00. It fails with wave.filter.
func ParseFilter(text string, now time.Time) (f Filter, err error) {
	for _, word := range words(text) {
		name, value, ok := strings.Cut(word, ":")
		if !ok || value == "" {
			return Filter{}, order.Trouble(nil, "wave.filter", "word", word, "words", Words)
		}
		if err := f.take(name, value, now); err != nil {
			return Filter{}, order.Trouble(err, "wave.filter", "word", word, "words", Words)
		}
	}
	return f, nil
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
	case "pieces":
		f.Fewest, f.Most, err = numbers(value)
	case "sku":
		for _, v := range values {
			if _, err := path.Match(v, ""); err != nil {
				return err
			}
		}
		f.SKUs = append(f.SKUs, values...)
	case "note":
		f.Note, err = yesOrNo(value)
	case "gift":
		f.Gift, err = yesOrNo(value)
	case "battery":
		f.Battery, err = yesOrNo(value)
	case "sample":
		f.Sample, err = yesOrNo(value)
	default:
		err = fmt.Errorf("unknown word %s", name)
	}
	return err
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

// numbers are a number, 3, or a range: 2-5, 2-, -5.
func numbers(text string) (from, to int, err error) {
	low, high, ranged := strings.Cut(text, "-")
	if from, err = atLeastOne(low, ranged); err != nil {
		return 0, 0, err
	}
	if !ranged {
		return from, from, nil
	}
	if to, err = atLeastOne(high, true); err == nil && to != 0 && to < from {
		err = fmt.Errorf("%d is more than %d", from, to)
	}
	return from, to, err
}

func atLeastOne(text string, mayBeEmpty bool) (int, error) {
	if text == "" && mayBeEmpty {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err == nil && n < 1 {
		err = fmt.Errorf("%d is not a number of pieces", n)
	}
	return n, err
}

func yesOrNo(text string) (*bool, error) {
	yes := text == "yes"
	if !yes && text != "no" {
		return nil, fmt.Errorf("%s is neither yes nor no", text)
	}
	return &yes, nil
}

// Fits tells whether the filter chooses a parcel.
func (f Filter) Fits(p order.Parcel) bool {
	switch n := len(p.Units); {
	case !f.DueBefore.IsZero() && (p.Due.IsZero() || !p.Due.Before(f.DueBefore)),
		len(f.Markets) > 0 && !slices.Contains(f.Markets, p.Market),
		len(f.Shops) > 0 && !slices.Contains(f.Shops, p.ShopID),
		n < f.Fewest, f.Most > 0 && n > f.Most,
		f.Sample != nil && *f.Sample != p.Sample,
		f.Note != nil && *f.Note != (len(p.Notes) > 0):
		return false
	}
	any := func(is func(order.Unit) bool) bool { return slices.ContainsFunc(p.Units, is) }
	return (len(f.Carriers) == 0 || slices.ContainsFunc(f.Carriers, func(c string) bool { return strings.Contains(strings.ToLower(p.Provider), strings.ToLower(c)) })) &&
		(f.Gift == nil || *f.Gift == any(func(u order.Unit) bool { return u.Gift })) &&
		(f.Battery == nil || *f.Battery == any(func(u order.Unit) bool { return u.DangerousGood })) &&
		(len(f.SKUs) == 0 || any(func(u order.Unit) bool {
			return slices.ContainsFunc(f.SKUs, func(pattern string) bool {
				fits, err := path.Match(pattern, u.SKU())
				return fits && err == nil // ParseFilter took no other
			})
		}))
}
