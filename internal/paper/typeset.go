package paper

import (
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	subpixel "golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/bidi"
)

// style is how text looks.
type style struct {
	points float64
	bold   bool
}

// line is a line of text, set: what is drawn of it from left to right. Positions are from its beginning on the base line; across to the right, up.
type line struct {
	glyphs []glyph
	// width is what it takes, above and below what it needs over and under its base line: in dots, and never less than its style says.
	width, above, below int
	fromRight           bool // its paragraph runs from right to left
	text                string
}

// glyph is one of a line's glyphs. Those of one group are drawn together, so that a mark stays with its letter and joined letters with each other.
type glyph struct {
	group   int
	x, y    subpixel.Int26_6
	outline []font.Segment
	scale   float32 // dots a unit of the outline
	missing rune    // a character no face has, of which a box with its code is drawn
}

// typesetter shapes text. There is one for all papers, because its caches are large; it is used by one at a time.
type typesetter struct {
	sync.Mutex
	shaper  shaping.HarfbuzzShaper
	parts   shaping.Segmenter
	wrapper shaping.LineWrapper
}

var setter = func() *typesetter {
	t := &typesetter{}
	t.shaper.SetFontCacheSize(2 * facesAWeight)
	return t
}()

// set sets a text into lines that go into a width in dots: broken at the ends of its lines, between words and Chinese characters, and within a word that is
// longer than a line. perPoint is dots a point.
func (t *typesetter) set(s style, perPoint float64, text string, width int) (lines []line) {
	t.Lock()
	defer t.Unlock()
	for _, paragraph := range paragraphs(text) {
		lines = append(lines, t.paragraph(s, perPoint, paragraph, max(1, width))...)
	}
	return lines
}

// paragraphs are the lines of a text as it was written, with single spaces and without empty ones.
func paragraphs(text string) (all []string) {
	ends := func(r rune) bool { return class(r) == bidi.B || r == '\v' || r == '\f' || r == '\u2028' }
	for _, part := range strings.FieldsFunc(text, ends) {
		if words := strings.Fields(part); len(words) > 0 {
			all = append(all, strings.Join(words, " "))
		}
	}
	return all
}

// first sets as much of a text as goes into a width on one line, with three dots where something is left out.
func (t *typesetter) first(s style, perPoint float64, text string, width int) line {
	t.Lock()
	defer t.Unlock()
	text = strings.Join(paragraphs(text), " ")
	if text == "" {
		return line{}
	}
	runes := []rune(text)
	runs, levels, base := t.shape(s, perPoint, runes)
	config := shaping.WrapConfig{Direction: direction(base), TruncateAfterLines: 1, BreakPolicy: shaping.Always}
	dots, _, _ := t.shape(s, perPoint, []rune{'…'})
	config.Truncator = dots[0]
	for room := width; room > 0; room-- { // ink may reach a dot further than the letter is wide
		lines, left := t.wrapper.WrapParagraph(config, room, runes, shaping.NewSliceIterator(slices.Clone(runs)))
		set := lineOf(s, perPoint, lines[0], runes, levels, base)
		if left > 0 && len(lines[0]) < 2 { // not even one character
			break
		}
		if set.width <= width {
			return set
		}
	}
	return line{}
}

func (t *typesetter) paragraph(s style, perPoint float64, text string, width int) (lines []line) {
	runes := []rune(text)
	runs, levels, base := t.shape(s, perPoint, runes)
	config := shaping.WrapConfig{Direction: direction(base)}
	for room := width; room > width/2; {
		wrapped, _ := t.wrapper.WrapParagraph(config, room, runes, shaping.NewSliceIterator(slices.Clone(runs)))
		lines = nil
		widest := 0
		for _, one := range wrapped {
			set := lineOf(s, perPoint, one, runes, levels, base)
			widest, lines = max(widest, set.width), append(lines, set)
		}
		if widest <= width {
			break
		}
		room -= widest - width // ink may reach a dot further than the letter is wide
	}
	return lines
}

func direction(level uint8) di.Direction {
	if level%2 == 1 {
		return di.DirectionRTL
	}
	return di.DirectionLTR
}

// shape makes glyphs of a paragraph, in runs of one level, script and face.
func (t *typesetter) shape(s style, perPoint float64, text []rune) (runs []shaping.Output, levels []uint8, base uint8) {
	levels, base = levelsOf(text)
	choose := &chooser{faces: facesOf[s.bold]()}
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && levels[to] == levels[from] {
			to++
		}
		input := shaping.Input{
			Text: text, RunStart: from, RunEnd: to, Direction: direction(levels[from]), Size: subpixel.Int26_6(math.Round(s.points * perPoint * 64)),
			Language: language.DefaultLanguage(),
		}
		for _, part := range t.parts.Split(input, choose) {
			run := t.shaper.Shape(part)
			for i, g := range run.Glyphs {
				switch {
				case g.GlyphID == 0:
					run.Glyphs[i].XAdvance = subpixel.I(boxFor(perPoint, charOf(run, i, text)).wide)
				case text[g.ClusterIndex] == ' ': // one between emoji would be wider than between words
					run.Glyphs[i].XAdvance = input.Size * 26 / 100
				}
			}
			run.RecomputeAdvance()
			runs = append(runs, run)
		}
		from = to
	}
	return runs, levels, base
}

// charOf is the character that a glyph of a run stands for: the first of its cluster's, or as many on as the glyph is.
func charOf(run shaping.Output, i int, text []rune) rune {
	g := run.Glyphs[i]
	first := i
	for first > 0 && run.Glyphs[first-1].ClusterIndex == g.ClusterIndex {
		first--
	}
	at := i - first
	if run.Direction.Progression() == di.TowardTopLeft {
		at = g.GlyphCount - 1 - at
	}
	if g.GlyphCount != g.RuneCount || at < 0 {
		at = 0
	}
	return text[g.ClusterIndex+at]
}

// lineOf is a wrapped line with its runs from left to right.
func lineOf(s style, perPoint float64, wrapped shaping.Line, text []rune, levels []uint8, base uint8) line {
	em := s.points * perPoint
	// Four fifths of a line of 1.25 em stand above its base; Thai and Arabic may need more.
	l := line{above: int(math.Ceil(em)), below: int(math.Ceil(em / 4)), fromRight: base == 1}
	runLevels := make([]uint8, len(wrapped))
	for i, run := range wrapped {
		runLevels[i] = base
		if run.Runes.Count > 0 && run.Runes.Offset < len(levels) {
			runLevels[i] = levels[run.Runes.Offset]
		}
		l.text += string(text[run.Runes.Offset:min(len(text), run.Runes.Offset+run.Runes.Count)])
	}
	var pen, left, right subpixel.Int26_6
	for _, run := range inOrder([]shaping.Output(wrapped), runLevels) {
		scale := float32(em) / float32(run.Face.Upem())
		for i, g := range run.Glyphs {
			one := glyph{group: len(l.glyphs), x: pen + g.XOffset, y: g.YOffset, scale: scale}
			if i > 0 && (run.Glyphs[i-1].ClusterIndex == g.ClusterIndex || joins(text[g.ClusterIndex])) {
				one.group = l.glyphs[len(l.glyphs)-1].group
			}
			pen += g.XAdvance
			above, below := (g.YBearing + g.YOffset).Ceil(), -(g.YBearing + g.Height + g.YOffset).Floor()
			if g.GlyphID == 0 {
				one.missing = charOf(run, i, text)
				box := boxFor(perPoint, one.missing)
				above, below = box.high, 0
			} else if outline, ok := run.Face.GlyphData(g.GlyphID).(font.GlyphOutline); ok {
				one.outline = outline.Segments
				left, right = min(left, one.x+g.XBearing), max(right, one.x+g.XBearing+g.Width)
			}
			l.above, l.below = max(l.above, above), max(l.below, below)
			l.glyphs = append(l.glyphs, one)
		}
	}
	right = max(right, pen)
	if left < 0 { // a letter's ink begins before its own place
		left = subpixel.I(left.Floor())
		for i := range l.glyphs {
			l.glyphs[i].x -= left
		}
		right -= left
	}
	l.width = right.Ceil()
	return l
}

// joins tells whether a character is of a script that joins its letters.
func joins(r rune) bool {
	script := language.LookupScript(r)
	return script == language.Arabic || script == language.Devanagari
}
