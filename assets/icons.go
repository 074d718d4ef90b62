package assets

import "embed"

// Icons are the program's signs, a 24 × 24 SVG each: icons/pack.svg. They are drawn in one ink, the marks in two.
//
//go:embed icons/*.svg
var Icons embed.FS

// Pictures stand in for the photos of goods where there is no shop to fetch them from.
//
//go:embed pictures/*.svg
var Pictures embed.FS

// Icon is the program's own icon, a PNG of 512 × 512.
//
//go:embed icon.png
var Icon []byte
