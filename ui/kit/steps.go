package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Step is a size and the most lines words may take at it.
type Step struct {
	Size  fyne.ThemeSizeName
	Lines int
}

// Steps are words that are never cut: they step down in size until they fit, and at the last size take the lines they need.
type Steps struct {
	widget.BaseWidget
	voice Voice
	steps []Step
	text  string
	words []*canvas.Text
	face  *leaf

	// What was last decided, for which words in which room: layouts ask several times for one change.
	decided struct {
		text  string
		room  float32
		size  fyne.ThemeSizeName
		lines []string
	}
}

// NewSteps makes stepping words; the voice's size is that of the first step that fits.
func NewSteps(voice Voice, steps ...Step) *Steps {
	s := &Steps{voice: voice, steps: steps}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the words.
func (s *Steps) Set(text string) {
	if text = printable(text); s.text != text {
		s.text = text
		s.Refresh()
	}
}

// Paint changes the colour.
func (s *Steps) Paint(color fyne.ThemeColorName) {
	if s.voice.Color != color {
		s.voice.Color = color
		s.Refresh()
	}
}

// CreateRenderer belongs to fyne.Widget.
func (s *Steps) CreateRenderer() fyne.WidgetRenderer {
	s.face = &leaf{layout: s.fit, min: s.natural, refresh: func() { s.fit(s.Size()) }}
	s.fit(s.Size())
	return s.face
}

// natural is one line at the smallest size: how much more it takes depends on the room, see HeightFor.
func (s *Steps) natural() fyne.Size {
	voice, lines := s.choose(s.Size().Width)
	width := float32(0)
	for _, line := range lines {
		width = max(width, voice.width(line))
	}
	return fyne.NewSize(width, float32(len(lines))*Line(voice.Size))
}

// HeightFor is the height the words take in a room of that width.
func (s *Steps) HeightFor(width float32) float32 {
	voice, lines := s.choose(width)
	return float32(len(lines)) * Line(voice.Size)
}

// choose finds the first step whose lines hold the words. Room 0 means not laid out yet: one line at the first size.
func (s *Steps) choose(room float32) (Voice, []string) {
	voice := s.voice
	voice.Size = s.steps[0].Size
	if room <= 0 {
		return voice, []string{s.text}
	}
	if d := &s.decided; d.text != s.text || d.room != room || d.lines == nil {
		d.text, d.room = s.text, room
		d.size, d.lines = s.decide(room)
	}
	voice.Size = s.decided.size
	return voice, s.decided.lines
}

// decide tries the steps one after the other. Letters are as wide as they are large, so each part is measured at one size.
func (s *Steps) decide(room float32) (size fyne.ThemeSizeName, lines []string) {
	voice := s.voice
	voice.Size = s.steps[0].Size
	measured := map[string]float32{}
	for _, step := range s.steps {
		scale := Unit(step.Size) / Unit(voice.Size)
		size = step.Size
		width := func(part string) float32 {
			if _, known := measured[part]; !known {
				measured[part] = voice.width(part)
			}
			return measured[part] * scale
		}
		if lines = wrap(s.text, room, width); len(lines) <= step.Lines {
			return size, balance(lines, s.text, room, width)
		}
	}
	return size, lines
}

func (s *Steps) fit(size fyne.Size) {
	voice, lines := s.choose(size.Width)
	for len(s.words) < len(lines) {
		s.words = append(s.words, voice.word(""))
	}
	if len(s.words) != len(lines) || s.face != nil && len(s.face.objects) != len(lines) {
		s.words = s.words[:len(lines)]
		s.face.objects = nil
		for _, word := range s.words {
			s.face.objects = append(s.face.objects, word)
		}
	}
	y := (size.Height - float32(len(lines))*Line(voice.Size)) / 2
	for i, line := range lines {
		changed := voice.set(s.words[i], line)
		voice.place(s.words[i], y+float32(i)*Line(voice.Size), size.Width)
		if changed {
			s.words[i].Refresh()
		}
	}
}
