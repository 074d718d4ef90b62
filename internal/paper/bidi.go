package paper

import (
	"slices"

	"github.com/go-text/typesetting/unicodedata"
	"golang.org/x/text/unicode/bidi"
)

// levelsOf are the embedding levels of a paragraph's characters, odd where they run from right to left, and its own level (Unicode Standard Annex 9). The
// library tells directions and not levels. From those they follow, without embeddings in embeddings: in a line from right to left all that runs the other way is of level
// 2; in one from left to right only numbers that follow letters from right to left are, and begin the run behind them.
func levelsOf(text []rune) (levels []uint8, base uint8) {
	levels = make([]uint8, len(text))
	if base = baseOf(text); base == 0 && !slices.ContainsFunc(text, fromRight) {
		return levels, base
	}
	var p bidi.Paragraph
	if _, err := p.SetString(string(paired(text, base))); err != nil {
		return levels, base
	}
	ordering, err := p.Order()
	if err != nil {
		return levels, base
	}
	for i := range ordering.NumRuns() {
		run := ordering.Run(i)
		start, last := run.Pos()
		part := levels[start : last+1]
		switch {
		case run.Direction() == bidi.RightToLeft:
			fillLevel(part, 1)
		case base == 1:
			fillLevel(part, 2)
		case i > 0 || fromRight(text[start]):
			fillLevel(part[:numbers(text[start:last+1])], 2)
		}
	}
	return levels, base
}

func fillLevel(levels []uint8, level uint8) {
	for i := range levels {
		levels[i] = level
	}
}

// paired is a paragraph with marks of a direction in place of the brackets that have one (rule N0), because the library finds no pairs: brackets run as their
// paragraph does where something in them does, else as what is in them where what stands before does too.
func paired(text []rune, base uint8) []rune {
	text = slices.Clone(text)
	strong := strengths(text, base)
	for i, r := range text {
		closing, ok := closingOf(r)
		if !ok {
			continue
		}
		end := matching(text, i, r, closing)
		if end < 0 {
			continue
		}
		inside := strong[i+1 : end]
		direction := base
		switch {
		case slices.Contains(inside, int8(base)):
		case !slices.Contains(inside, int8(1-base)):
			continue
		default:
			before := int8(base)
			for _, s := range strong[:i] {
				if s >= 0 {
					before = s
				}
			}
			direction = uint8(before)
		}
		strong[i], strong[end] = int8(direction), int8(direction)
		text[i] = [...]rune{'\u200E', '\u200F'}[direction]
		text[end] = text[i]
	}
	return text
}

// strengths are the directions of a paragraph's letters and numbers, 0 to the right and 1 to the left; -1 of what has none. A number runs as the letters before it.
func strengths(text []rune, base uint8) []int8 {
	all := make([]int8, len(text))
	last := int8(base)
	for i, r := range text {
		switch class(r) {
		case bidi.L:
			all[i], last = 0, 0
		case bidi.R, bidi.AL:
			all[i], last = 1, 1
		case bidi.AN:
			all[i] = 1
		case bidi.EN:
			all[i] = last
		default:
			all[i] = -1
		}
	}
	return all
}

// closingOf is the bracket that closes one.
func closingOf(opening rune) (rune, bool) {
	properties, _ := bidi.LookupRune(opening)
	if !properties.IsBracket() || !properties.IsOpeningBracket() {
		return 0, false
	}
	return unicodedata.LookupMirrorChar(opening)
}

// matching is where the bracket is closed that is opened at a place, -1 where it is not.
func matching(text []rune, from int, opening, closing rune) int {
	depth := 0
	for i := from; i < len(text); i++ {
		switch text[i] {
		case opening:
			depth++
		case closing:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// baseOf is a paragraph's level by its first strong character outside isolates (rules P2 and P3).
func baseOf(text []rune) uint8 {
	isolates := 0
	for _, r := range text {
		switch class(r) {
		case bidi.LRI, bidi.RLI, bidi.FSI:
			isolates++
		case bidi.PDI:
			isolates = max(0, isolates-1)
		case bidi.L:
			if isolates == 0 {
				return 0
			}
		case bidi.R, bidi.AL:
			if isolates == 0 {
				return 1
			}
		}
	}
	return 0
}

func class(r rune) bidi.Class {
	properties, _ := bidi.LookupRune(r)
	return properties.Class()
}

// fromRight tells whether a character makes a paragraph's order anything but that of its characters.
func fromRight(r rune) bool {
	switch class(r) {
	case bidi.R, bidi.AL, bidi.AN, bidi.RLE, bidi.RLO, bidi.RLI, bidi.LRE, bidi.LRO, bidi.LRI, bidi.FSI:
		return true
	}
	return false
}

// numbers is how many characters at the beginning of a run are of numbers, with what stands in them such as a comma or behind them such as % (rules W4 and W5).
func numbers(text []rune) int {
	n := 0
	for i, r := range text {
		switch class(r) {
		case bidi.EN, bidi.AN, bidi.ET, bidi.NSM, bidi.BN:
			n = i + 1
		case bidi.ES, bidi.CS:
		default:
			return n
		}
	}
	return n
}

// inOrder are a line's runs from left to right, by their levels (rule L2).
func inOrder[T any](runs []T, levels []uint8) []T {
	runs, levels = slices.Clone(runs), slices.Clone(levels)
	if len(levels) == 0 {
		return runs
	}
	for level := slices.Max(levels); level > 0; level-- {
		for from := 0; from < len(runs); from++ {
			to := from
			for to < len(runs) && levels[to] >= level {
				to++
			}
			slices.Reverse(runs[from:to])
			slices.Reverse(levels[from:to])
			from = max(from, to)
		}
	}
	return runs
}
