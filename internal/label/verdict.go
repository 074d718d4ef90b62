package label

import (
	"slices"
	"strings"
	"unicode"

	"packbench/internal/order"
)

// shortestHeld is the length from which a number may be found in the midst of a longer code, as in the carriers' codes
// that put a route before it. Anything shorter could be there by chance.
const shortestHeld = 8

// Check tells whether a label with these codes may go out with the parcel mine: a code that holds a number of mine passes it, a
// code that is another parcel's refuses it whatever else it carries. others gives the parcels, by package id,
// order id or tracking number, that a text names; it may name mine among them. It is asked about every code that is not
// mine and about every word of QR codes.
func Check(codes []Code, mine order.Parcel, others func(code string) []order.ParcelKey) order.Verdict {
	v := order.Verdict{Kind: order.Unreadable}
	numbers := numbersOf(mine)
	best := len(numbers) * 2
	for _, code := range codes {
		v.Codes = append(v.Codes, code.Text)
		if v.Kind == order.Foreign {
			continue
		}
		if foreign, ok := foreignNumber(code, mine.Key, numbers, others); ok {
			v.Kind, v.Matched = order.Foreign, foreign
			continue
		}
		if r, ok := rank(code.Text, numbers); ok && r < best {
			v.Kind, v.Matched, best = order.Passed, code.Text, r
		}
	}
	if v.Kind == order.Unreadable && len(codes) > 0 {
		v.Kind = order.Unclaimed
	}
	return v
}

// numbersOf are the numbers that name the parcel, the one a packer should scan first.
func numbersOf(p order.Parcel) []string {
	numbers := []string{p.Tracking, p.LastMile}
	if p.Key.HasPackage() {
		numbers = append(numbers, string(p.Key))
	}
	numbers = append(numbers, p.OrderIDs...)
	return slices.DeleteFunc(numbers, func(n string) bool { return n == "" })
}

// rank orders the codes that name the parcel: those that are a number of its before those that hold one, and the tracking
// number before the others.
func rank(code string, numbers []string) (int, bool) {
	if i := slices.Index(numbers, strings.TrimSpace(code)); i >= 0 {
		return i, true
	}
	words := wordsOf(code)
	i := slices.IndexFunc(numbers, func(number string) bool {
		return slices.Contains(words, number) || len(number) >= shortestHeld && strings.Contains(code, number)
	})
	return len(numbers) + i, i >= 0
}

// foreignNumber finds the text by which a code names a parcel other than mine, and not mine too, as orders in several
// parcels do.
func foreignNumber(code Code, mine order.ParcelKey, numbers []string, others func(string) []order.ParcelKey) (string, bool) {
	texts := []string{strings.TrimSpace(code.Text)}
	if code.Format == QR {
		texts = append(texts, wordsOf(code.Text)...)
	}
	for _, text := range texts {
		if text == "" || slices.Contains(numbers, text) {
			continue
		}
		if keys := others(text); len(keys) > 0 && !slices.Contains(keys, mine) {
			return text, true
		}
	}
	return "", false
}

// wordsOf cuts a payload such as JSON or a link into its numbers and names.
func wordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
