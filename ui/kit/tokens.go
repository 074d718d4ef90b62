package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours of every screen, by what they mean. Names that Fyne has keep Fyne's name.
const (
	ColorBackground                     = theme.ColorNameBackground // the floor of every screen
	ColorSurface    fyne.ThemeColorName = "surface"
	ColorSurfaceAlt fyne.ThemeColorName = "surface-alt" // a well inside a card
	ColorSeparator                      = theme.ColorNameSeparator
	ColorOutline    fyne.ThemeColorName = "outline" // an empty block, the edge of a button
	ColorForeground                     = theme.ColorNameForeground
	ColorSoft       fyne.ThemeColorName = "foreground-soft"  // second voice
	ColorFaint      fyne.ThemeColorName = "foreground-faint" // third voice, still 5:1

	ColorPrimary                         = theme.ColorNamePrimary // here, and next; never an outcome
	ColorOnPrimary                       = theme.ColorNameForegroundOnPrimary
	ColorPrimarySoft fyne.ThemeColorName = "primary-soft"

	ColorSuccess                         = theme.ColorNameSuccess // what a scan has proved
	ColorOnSuccess                       = theme.ColorNameForegroundOnSuccess
	ColorSuccessSoft fyne.ThemeColorName = "success-soft"
	ColorSuccessDeep fyne.ThemeColorName = "success-deep" // words on success-soft

	ColorRepeat     fyne.ThemeColorName = "repeat" // ignored
	ColorOnRepeat   fyne.ThemeColorName = "foreground-on-repeat"
	ColorRepeatSoft fyne.ThemeColorName = "repeat-soft"

	ColorError                         = theme.ColorNameError // refused, late
	ColorOnError                       = theme.ColorNameForegroundOnError
	ColorErrorSoft fyne.ThemeColorName = "error-soft"
	ColorErrorDeep fyne.ThemeColorName = "error-deep"
	ColorErrorFill fyne.ThemeColorName = "error-fill" // large red areas, one red in both themes
	ColorOnFill    fyne.ThemeColorName = "foreground-on-error-fill"
	ColorErrorCell fyne.ThemeColorName = "error-cell" // the strip's left cell when refused

	ColorWarning                          = theme.ColorNameWarning // a person is needed
	ColorOnWarning                        = theme.ColorNameForegroundOnWarning
	ColorWarningSoft  fyne.ThemeColorName = "warning-soft"
	ColorWarningHatch fyne.ThemeColorName = "warning-hatch" // second stripe of the hatching

	ColorGround fyne.ThemeColorName = "picture-ground" // behind a product without a picture
	ColorPaper  fyne.ThemeColorName = "paper"          // a label is white in both themes
)

// palette holds the light and the dark value of every colour above.
var palette = map[fyne.ThemeColorName][2]color.NRGBA{
	ColorBackground:   {rgb(0xEDF0F4), rgb(0x0D1117)},
	ColorSurface:      {rgb(0xFFFFFF), rgb(0x161C24)},
	ColorSurfaceAlt:   {rgb(0xF5F7FA), rgb(0x1E2630)},
	ColorSeparator:    {rgb(0xD2D8E0), rgb(0x2C3642)},
	ColorOutline:      {rgb(0x8592A2), rgb(0x66758A)},
	ColorForeground:   {rgb(0x10161D), rgb(0xF2F5F8)},
	ColorSoft:         {rgb(0x3E4856), rgb(0xBFC8D3)},
	ColorFaint:        {rgb(0x5B6675), rgb(0x96A3B3)},
	ColorPrimary:      {rgb(0x1450B4), rgb(0x6AA5FF)},
	ColorOnPrimary:    {rgb(0xFFFFFF), rgb(0x04132C)},
	ColorPrimarySoft:  {rgb(0xE2EBFA), rgb(0x15294A)},
	ColorSuccess:      {rgb(0x08764A), rgb(0x35C684)},
	ColorOnSuccess:    {rgb(0xFFFFFF), rgb(0x03190E)},
	ColorSuccessSoft:  {rgb(0xDBF1E5), rgb(0x0F3324)},
	ColorSuccessDeep:  {rgb(0x065436), rgb(0x7FE0B1)},
	ColorRepeat:       {rgb(0x5B6675), rgb(0x8794A5)},
	ColorOnRepeat:     {rgb(0xFFFFFF), rgb(0x0D1117)},
	ColorRepeatSoft:   {rgb(0xE3E7EC), rgb(0x28313C)},
	ColorError:        {rgb(0xC4200F), rgb(0xFF6B57)},
	ColorOnError:      {rgb(0xFFFFFF), rgb(0x240300)},
	ColorErrorSoft:    {rgb(0xFCE3DF), rgb(0x42160F)},
	ColorErrorDeep:    {rgb(0x8E1508), rgb(0xFFA394)},
	ColorErrorFill:    {rgb(0xC4200F), rgb(0xC4200F)},
	ColorOnFill:       {rgb(0xFFFFFF), rgb(0xFFFFFF)},
	ColorErrorCell:    {rgb(0x8E1508), rgb(0x8E1508)},
	ColorWarning:      {rgb(0xF6A800), rgb(0xFFBE2E)},
	ColorOnWarning:    {rgb(0x1C1400), rgb(0x1C1400)},
	ColorWarningSoft:  {rgb(0xFFF0CB), rgb(0x3A2B08)},
	ColorWarningHatch: {rgb(0xD48C00), rgb(0xD48C00)},
	ColorGround:       {rgb(0xE7EBF0), rgb(0x28313C)},
	ColorPaper:        {rgb(0xFFFFFF), rgb(0xFFFFFF)},

	// Of the fields to type into, which are Fyne's.
	theme.ColorNameInputBackground: {rgb(0xFFFFFF), rgb(0x161C24)},
	theme.ColorNameInputBorder:     {rgb(0x8592A2), rgb(0x66758A)},
	theme.ColorNamePlaceHolder:     {rgb(0x5B6675), rgb(0x96A3B3)},
	theme.ColorNameSelection:       {rgb(0xE2EBFA), rgb(0x15294A)},
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

// The sizes of words, smallest first. Nothing a person reads is smaller than SizeText.
const (
	SizeText                       = theme.SizeNameText
	SizeLead    fyne.ThemeSizeName = "text-lead"
	SizeSub                        = theme.SizeNameSubHeadingText
	SizeHead                       = theme.SizeNameHeadingText
	SizeWord    fyne.ThemeSizeName = "text-word"    // the outcome's word in the strip
	SizeSay     fyne.ThemeSizeName = "text-say"     // a sentence to act on
	SizeBig     fyne.ThemeSizeName = "text-big"     // counts, the one sentence of a screen
	SizeVariant fyne.ThemeSizeName = "text-variant" // size and colour of the item
	SizeTail    fyne.ThemeSizeName = "text-tail"    // the last six of a tracking number
	SizeSlot    fyne.ThemeSizeName = "text-slot"    // the number of a wall's slot: 160 pt
)

// The measures of the frame, its parts, and the room between them.
const (
	SizeHalf fyne.ThemeSizeName = "space-half" // inside a badge only
	SizeGap  fyne.ThemeSizeName = "space-1"
	SizeGap2 fyne.ThemeSizeName = "space-2"
	SizeGap3 fyne.ThemeSizeName = "space-3" // page margin, card padding
	SizeGap4 fyne.ThemeSizeName = "space-4"
	SizeGap5 fyne.ThemeSizeName = "space-5"

	SizeRadius      fyne.ThemeSizeName = "radius"
	SizeRadiusSmall fyne.ThemeSizeName = "radius-small"
	SizeHair        fyne.ThemeSizeName = "stroke-separator"
	SizeStroke      fyne.ThemeSizeName = "stroke-outline"
	SizeLoud        fyne.ThemeSizeName = "stroke-loud" // the one thing to look at

	SizeRail     fyne.ThemeSizeName = "rail-width"
	SizeRailItem fyne.ThemeSizeName = "rail-item"
	SizeStatus   fyne.ThemeSizeName = "status-height"
	SizeStrip    fyne.ThemeSizeName = "strip-height"
	SizeButton   fyne.ThemeSizeName = "button-height"
	SizeBadge    fyne.ThemeSizeName = "badge-height"
	SizeRow      fyne.ThemeSizeName = "row"
	SizePicture  fyne.ThemeSizeName = "picture" // the item to take now: never under 320
	SizeThumb    fyne.ThemeSizeName = "thumb"
	SizeIcon     fyne.ThemeSizeName = "icon"
	SizeMark     fyne.ThemeSizeName = "mark"
	SizeMarkBig  fyne.ThemeSizeName = "mark-large"
)

var measures = map[fyne.ThemeSizeName]float32{
	SizeText: 18, SizeLead: 20, SizeSub: 24, SizeHead: 32, SizeWord: 40, SizeSay: 48, SizeBig: 64, SizeVariant: 72, SizeTail: 96, SizeSlot: 216,
	SizeHalf: 4, SizeGap: 8, SizeGap2: 16, SizeGap3: 24, SizeGap4: 32, SizeGap5: 40,
	SizeRadius: 8, SizeRadiusSmall: 4, SizeHair: 1, SizeStroke: 2, SizeLoud: 4,
	SizeRail: 120, SizeRailItem: 72, SizeStatus: 48, SizeStrip: 96, SizeButton: 48, SizeBadge: 40, SizeRow: 48,
	SizePicture: 320, SizeThumb: 64, SizeIcon: 24, SizeMark: 32, SizeMarkBig: 72,
	theme.SizeNameCaptionText: 18, theme.SizeNameInputRadius: 8, theme.SizeNameSelectionRadius: 8,
	theme.SizeNamePadding: 8, theme.SizeNameInnerPadding: 10, theme.SizeNameInputBorder: 2, theme.SizeNameSeparatorThickness: 1,
}

// lines are the heights of one line of words; words stand in their middle.
var lines = map[fyne.ThemeSizeName]float32{
	SizeText: 24, SizeLead: 32, SizeSub: 32, SizeHead: 40, SizeWord: 48, SizeSay: 64, SizeBig: 80, SizeVariant: 88, SizeTail: 112, SizeSlot: 224,
}

// Unit is the measure of a size name in Fyne units.
func Unit(name fyne.ThemeSizeName) float32 { return measures[name] }

// Line is the height of one line of words of that size.
func Line(name fyne.ThemeSizeName) float32 { return lines[name] }
