package assets

import _ "embed"

// The faces every paper of ours is drawn with. They are Noto's single-face
// TrueType files (SIL Open Font License); scripts fetch them, because they are
// too large for the repository. A collection (.ttc) would not do: see the
// design's chapter on parts.

// SansRegular is Noto Sans Regular: Latin, Greek and Cyrillic.
//
//go:embed fonts/NotoSans-Regular.ttf
var SansRegular []byte

// SansBold is Noto Sans Bold: Latin, Greek and Cyrillic.
//
//go:embed fonts/NotoSans-Bold.ttf
var SansBold []byte

// SansSCRegular is Noto Sans SC Regular: simplified Chinese and Latin.
//
//go:embed fonts/NotoSansSC-Regular.ttf
var SansSCRegular []byte

// SansSCBold is Noto Sans SC Bold: simplified Chinese and Latin.
//
//go:embed fonts/NotoSansSC-Bold.ttf
var SansSCBold []byte

// MonoBold is Noto Sans Mono Bold, for codes and numbers that are compared
// digit by digit.
//
//go:embed fonts/NotoSansMono-Bold.ttf
var MonoBold []byte

// SansThaiRegular is Noto Sans Thai Regular.
//
//go:embed fonts/NotoSansThai-Regular.ttf
var SansThaiRegular []byte

// SansThaiBold is Noto Sans Thai Bold.
//
//go:embed fonts/NotoSansThai-Bold.ttf
var SansThaiBold []byte

// SansArabicRegular is Noto Sans Arabic Regular.
//
//go:embed fonts/NotoSansArabic-Regular.ttf
var SansArabicRegular []byte

// SansArabicBold is Noto Sans Arabic Bold.
//
//go:embed fonts/NotoSansArabic-Bold.ttf
var SansArabicBold []byte

// Emoji is Noto Emoji Bold, drawn in lines without colour. Its regular weight is too thin for a label printer.
//
//go:embed fonts/NotoEmoji-Bold.ttf
var Emoji []byte
