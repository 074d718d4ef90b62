// Package assets holds what the program carries inside itself: fonts, icons, pictures and translations.
package assets

import "embed"

// Translations are the program's sentences, a file a subject and language: bench.en.json, bench.zh-Hans.json.
//
//go:embed translations/*.json
var Translations embed.FS
