package order

import (
	"slices"
	"strings"
)

// Difference splits two variants into what tells them apart and what they share: "Black, M" and "Black, L" differ in M and L.
// Where they share every word, or one has none, the whole is the difference.
func Difference(got, want string) (gotOnly, wantOnly, both string) {
	a, b := variantWords(got), variantWords(want)
	var onlyA, onlyB, shared []string
	for _, word := range a {
		if slices.Contains(b, word) {
			shared = append(shared, word)
		} else {
			onlyA = append(onlyA, word)
		}
	}
	for _, word := range b {
		if !slices.Contains(a, word) {
			onlyB = append(onlyB, word)
		}
	}
	if len(onlyA) == 0 || len(onlyB) == 0 {
		return got, want, ""
	}
	return strings.Join(onlyA, " "), strings.Join(onlyB, " "), strings.Join(shared, " ")
}

// variantWords are the parts of a variant's name. Sellers join them with a comma, a slash or a dot; blanks belong to a part.
func variantWords(variant string) []string {
	parts := strings.FieldsFunc(variant, func(r rune) bool { return strings.ContainsRune(",，/·・;；|、", r) })
	var words []string
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			words = append(words, part)
		}
	}
	return words
}
