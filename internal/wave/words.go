package wave

import (
	"slices"
	"strings"
)

// joined are the words of a filter whose values stand beside each other: one of them must fit. Of the others the last one written holds.
var joined = []string{"market", "shop", "carrier", "sku"}

// Has tells whether a filter as it is written asks for a value of a word.
func Has(text, name, value string) bool {
	return slices.ContainsFunc(words(text), func(word string) bool {
		has, values, _ := strings.Cut(word, ":")
		return has == name && slices.Contains(strings.Split(values, ","), value)
	})
}

// Toggled is a filter as it is written with a value of a word put in, or taken out where it stood. Everything else stays as it was written, but for spaces.
func Toggled(text, name, value string) string {
	var kept []string
	put, had := false, Has(text, name, value)
	for _, word := range words(text) {
		has, values, _ := strings.Cut(word, ":")
		if has != name {
			kept = append(kept, quoted(word))
			continue
		}
		all := strings.Split(values, ",")
		switch {
		case had:
			all = slices.DeleteFunc(all, func(v string) bool { return v == value })
		case put:
			continue
		case slices.Contains(joined, name):
			all = append(all, value)
		default:
			all = []string{value}
		}
		if put = true; len(all) > 0 {
			kept = append(kept, quoted(name+":"+strings.Join(all, ",")))
		}
	}
	if !put {
		kept = append(kept, quoted(name+":"+value))
	}
	return strings.Join(kept, " ")
}

// quoted is a word as it is written: one with spaces has its value in quotes.
func quoted(word string) string {
	name, value, ok := strings.Cut(word, ":")
	if !ok || !strings.Contains(value, " ") {
		return word
	}
	return name + `:"` + value + `"`
}
