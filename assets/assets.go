// Package assets holds what the program carries inside itself: fonts, icons, pictures and translations.
package assets

import "embed"

// Translations are the program's sentences, a file a subject and language: bench.en.json, bench.zh-Hans.json.
//
//go:embed translations/*.json
var Translations embed.FS

// Checks are the rules of what is looked at before a label, as settings.LoadChecks reads them.
//
//go:embed checks.toml
var Checks string

// Holidays are the public holidays of markets by year that no library knows, as internal/calendar reads them.
//
//go:embed holidays.toml
var Holidays string

// Rules are what a seller's warehouse is held to, as internal/rules reads them.
//
//go:embed rules.toml
var Rules string
