package paper

import (
	"image"

	"packbench/internal/page"
)

// CommandLine is a line of a command card: what a code does, in words, and the code.
type CommandLine struct{ Word, Code string }

// measures of a command card in millimetres.
const (
	lowestMM    = 6.0 // the least height of its bars: a hand still finds them
	tallestMM   = 18.0
	betweenMM   = 2.5 // white between two of its lines
	commandFrom = 9.0 // points of its words
	commandTo   = 16.0
)

// widestModule is how many dots the bars of a card have at most: 4 at 203 dpi are half a millimetre.
const widestModule = 4

// CommandCard draws a card of commands for a medium at a resolution: a line each, its Code 128 left and right by turns, so that a scanner that is held level never
// has two in view, and its word beside it. It fails with the problems paper.too_small (blanks width, height) and paper.token.
func CommandCard(size page.Size, dpi int, title string, lines []CommandLine) (*page.Page, error) {
	s := newSheet(size, dpi)
	f := flow{sheet: s, room: image.Rect(s.dots(edgeMM), s.dots(edgeMM), s.Width-s.dots(edgeMM), s.Height-s.dots(edgeMM))}
	f.text(style{points: 11, bold: true}, title)
	f.gap()
	high := f.room.Dy() / max(1, len(lines))
	bars := min(high-s.dots(betweenMM), s.dots(tallestMM))
	if bars < s.dots(lowestMM) || f.full {
		return nil, tooSmall(size)
	}
	for i, line := range lines {
		code, err := barsOf(line.Code)
		if err != nil {
			return nil, err
		}
		module := moduleFor(code, f.room.Dx()*3/5)
		if module < modules[0] {
			return nil, tooSmall(size)
		}
		s.commandLine(f.take(0, high), code, module, bars, line.Word, i%2 == 1)
	}
	return s.Page, nil
}

// moduleFor is the widest module at which a code goes into a width.
func moduleFor(code symbol, width int) int {
	module := widestModule
	for module > 0 && code.wide(module) > width {
		module--
	}
	return module
}

// commandLine draws a code at one side of an area and its word in the rest.
func (s *sheet) commandLine(area image.Rectangle, code symbol, module, bars int, word string, right bool) {
	wide := code.wide(module)
	at, words := area.Min, image.Pt(area.Min.X+wide, area.Min.Y)
	room := area.Dx() - wide
	if right {
		at.X, words.X = area.Max.X-wide, area.Min.X
	}
	s.draw(code, at, module, bars)
	t := style{points: commandTo, bold: true}
	for t.points > commandFrom && s.wide(t, word) > room {
		t.points--
	}
	words.Y += (bars - s.lineHeight(t)) / 2
	if right {
		words.X = max(words.X, area.Max.X-wide-s.wide(t, word))
	}
	s.write(words, room, t, word)
}
