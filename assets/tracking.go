package assets

import _ "embed"

// Tracking is what carriers' words mean: see settings.LoadPhrases.
//
//go:embed tracking.toml
var Tracking string
