package kit

import (
	"fyne.io/fyne/v2"

	"packbench/assets"
)

// Face chooses the letters: words are Chinese and Latin, figures tabular, codes with a slashed zero.
type Face int

// The faces.
const (
	FaceWords Face = iota
	FaceFigures
	FaceCode
)

// One value a font for the life of the program: Fyne keeps the parsed font by the address of its resource.
var (
	wordsRegular   = fyne.NewStaticResource("NotoSansSC-Regular.ttf", assets.SansSCRegular)
	wordsBold      = fyne.NewStaticResource("NotoSansSC-Bold.ttf", assets.SansSCBold)
	figuresRegular = fyne.NewStaticResource("NotoSans-Regular.ttf", assets.SansRegular)
	figuresBold    = fyne.NewStaticResource("NotoSans-Bold.ttf", assets.SansBold)
	codeBold       = fyne.NewStaticResource("NotoSansMono-Bold.ttf", assets.MonoBold)
)

// source is the font a text asks for itself, nil for the theme's. A font source has no fallback of ours,
// so a text with one rune it lacks, Chinese above all, stays with the theme's font as a whole.
func (f Face) source(text string, bold bool) fyne.Resource {
	if f == FaceWords || !latin(text) {
		return nil
	}
	switch {
	case f == FaceCode:
		return codeBold
	case bold:
		return figuresBold
	}
	return figuresRegular
}

// latin tells whether the figures' and codes' fonts have every rune.
func latin(text string) bool {
	for _, r := range text {
		if r >= 0x0250 && r != '…' && r != '–' && r != '−' {
			return false
		}
	}
	return true
}
