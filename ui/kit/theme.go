// Package kit is what every screen is made of: the theme, words, signs, cards and the frame's parts.
// It knows nothing of parcels or printers. Widgets of this package never take the keyboard's focus,
// so that neither a space nor an Enter of a scanner can press one.
package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Look says which of the two sets of colours is shown.
type Look string

// The looks. An unknown one, and an empty one, is LookLight.
const (
	LookLight  Look = "light"
	LookDark   Look = "dark"
	LookSystem Look = "system" // as the desktop has it
)

// NewTheme gives the theme of a look. Its measures are the same in all.
func NewTheme(look Look) fyne.Theme { return bench{look} }

type bench struct{ look Look }

func (b bench) variant(system fyne.ThemeVariant) fyne.ThemeVariant {
	switch b.look {
	case LookSystem:
		return system
	case LookDark:
		return theme.VariantDark
	}
	return theme.VariantLight
}

// Color gives our colours, and Fyne's own for the few of its widgets that ours do not replace.
func (b bench) Color(name fyne.ThemeColorName, system fyne.ThemeVariant) color.Color {
	variant := b.variant(system)
	pair, ours := palette[name]
	switch {
	case !ours:
		return theme.DefaultTheme().Color(name, variant)
	case variant == theme.VariantDark:
		return pair[1]
	}
	return pair[0]
}

// Font is the Chinese face for every style: Fyne's own monospace has no Chinese and would clip what it falls back to.
func (b bench) Font(style fyne.TextStyle) fyne.Resource {
	if style.Bold {
		return wordsBold
	}
	return wordsRegular
}

// Icon gives Fyne's icons: our own come from NewIcon.
func (b bench) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Size gives our measures, and Fyne's own for names we do not use.
func (b bench) Size(name fyne.ThemeSizeName) float32 {
	if size, ours := measures[name]; ours {
		return size
	}
	return theme.DefaultTheme().Size(name)
}

// ink is the colour of a name in the theme that is on.
func ink(name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return theme.Color(name)
}
