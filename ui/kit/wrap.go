package kit

import (
	"strings"
	"unicode"
)

// wrap breaks text into lines that fit. Latin words stay whole unless one alone is too wide; Chinese may break anywhere,
// but no line starts with a closing mark. A line is taken to be as wide as its parts together, so that each part is
// measured once: shaping every possible line of a Chinese sentence would cost more than a frame.
func wrap(text string, room float32, width func(string) float32) []string {
	var lines []string
	line, used := "", float32(0)
	end := func() {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
		line, used = "", 0
	}
	for _, piece := range pieces(text) {
		if used+width(strings.TrimRight(piece, " ")) > room {
			end()
		}
		if width(strings.TrimRight(piece, " ")) <= room {
			line, used = line+piece, used+width(piece)
			continue
		}
		for _, r := range piece {
			if line != "" && used+width(string(r)) > room {
				end()
			}
			line, used = line+string(r), used+width(string(r))
		}
	}
	end()
	if len(lines) == 0 {
		lines = append(lines, "")
	}
	return lines
}

// balance evens lines out without making more of them, and without breaking a word for it: a last line of one word reads like a mistake.
func balance(lines []string, text string, room float32, width func(string) float32) []string {
	const steps, narrowest = 20, 0.5
	if len(lines) < 2 {
		return lines
	}
	longest := float32(0)
	for _, piece := range pieces(text) {
		longest = max(longest, width(strings.TrimRight(piece, " ")))
	}
	for i := 1; i < steps; i++ {
		less := room * (1 - (1-narrowest)*float32(i)/steps)
		narrower := wrap(text, less, width)
		if len(narrower) != len(lines) || less < longest {
			break
		}
		lines = narrower
	}
	return lines
}

// pieces are the parts a line may not break: a Latin word with its following space, a Chinese character with its marks.
func pieces(text string) []string {
	var all []string
	piece := strings.Builder{}
	runes := []rune(text)
	for i, r := range runes {
		piece.WriteRune(r)
		if i+1 < len(runes) && !breaks(r, runes[i+1]) {
			continue
		}
		all = append(all, piece.String())
		piece.Reset()
	}
	return all
}

// breaks tells whether a line may end between two runes.
func breaks(a, b rune) bool {
	const closing, opening = "，。、；：！？）》」』”’·・,.;:!?)]}%…", "（《「『“‘([{"
	switch {
	case strings.ContainsRune(closing, b) || strings.ContainsRune(opening, a) || b == ' ':
		return false
	case a == ' ':
		return true
	}
	return wide(a) || wide(b)
}

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
}
