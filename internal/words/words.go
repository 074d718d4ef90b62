// Package words turns the sentences of the program into a person's language, zh-Hans or en.
package words

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"packbench/assets"
	"packbench/internal/order"
)

// Language is the name of a language the program speaks.
type Language string

// The languages the program speaks. Another one is another set of files under assets/translations.
const (
	Chinese Language = "zh-Hans"
	English Language = "en"
)

// Languages are all the program speaks.
var Languages = []Language{Chinese, English}

// Tongue speaks one language.
type Tongue struct {
	Language  Language
	localizer *i18n.Localizer
}

var load = sync.OnceValues(func() (*i18n.Bundle, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	files, err := fs.Glob(assets.Translations, "translations/*.json")
	if err != nil {
		return nil, fmt.Errorf("list translations: %w", err)
	}
	for _, file := range files {
		if _, err := bundle.LoadMessageFileFS(assets.Translations, file); err != nil {
			return nil, fmt.Errorf("translations: %w", err)
		}
	}
	return bundle, nil
})

// In gives the tongue of a language; a language without files, and an empty one, is English.
// It fails only where the files built into the program are broken.
func In(l Language) (Tongue, error) {
	bundle, err := load()
	if err != nil {
		return Tongue{}, err
	}
	if l != Chinese {
		l = English
	}
	return Tongue{Language: l, localizer: i18n.NewLocalizer(bundle, string(l))}, nil
}

// Say speaks a sentence. A blank that holds a sentence itself is spoken too; a blank named count chooses the plural.
// A sentence without translation comes out as its key, which a test forbids for every key in the program.
func (t Tongue) Say(s order.Said) string {
	if s.Key == "" {
		return ""
	}
	blanks := make(map[string]any, len(s.With))
	for name, value := range s.With {
		if inner, ok := value.(order.Said); ok {
			value = t.Say(inner)
		}
		blanks[name] = value
	}
	config := &i18n.LocalizeConfig{MessageID: s.Key, TemplateData: blanks}
	if count, ok := blanks["count"]; ok {
		config.PluralCount = count
	}
	text, err := t.localizer.Localize(config)
	if text == "" && err != nil {
		return s.Key
	}
	return text
}

// Text speaks the sentence of a key with pairs of blank name and value.
func (t Tongue) Text(key string, pairs ...any) string { return t.Say(order.Say(key, pairs...)) }
