package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/assets"
	"packbench/internal/words"
	"packbench/ui/kit"
	"packbench/ui/seen"
)

// keys reads the translations of a language.
func keys(t *testing.T, language words.Language) map[string]any {
	t.Helper()
	data, err := assets.Translations.ReadFile("translations/screen." + string(language) + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	chinese, english := keys(t, words.Chinese), keys(t, words.English)
	blank := regexp.MustCompile(`{{\.\w+}}`)
	for key, text := range english {
		other, ok := chinese[key]
		if !ok {
			t.Errorf("%q has no Chinese", key)
			continue
		}
		_, plural := text.(map[string]any)
		if _, otherPlural := other.(map[string]any); plural != otherPlural {
			t.Errorf("%q counts in one language only", key)
			continue
		}
		if a, ok := text.(string); ok {
			b := other.(string)
			for _, blank := range blank.FindAllString(a+b, -1) {
				if !strings.Contains(a, blank) || !strings.Contains(b, blank) {
					t.Errorf("%q: %s is filled in one language only", key, blank)
				}
			}
		}
	}
	for key := range chinese {
		if _, ok := english[key]; !ok {
			t.Errorf("%q has no English", key)
		}
	}
}

// TestEveryKeyIsSpoken compares the keys in the screens' source with the translations, both ways.
func TestEveryKeyIsSpoken(t *testing.T) {
	known := keys(t, words.English)
	literal := regexp.MustCompile(`"((?:frame|pack|unit)\.[a-z.]+|\.[a-z.]+)"`)
	used, suffixes := map[string]bool{}, []string{""}
	for _, folder := range []string{"frame", "pack", "clock"} {
		files, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal("no source of", folder, err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range literal.FindAllStringSubmatch(string(source), -1) {
				if key := match[1]; strings.HasPrefix(key, ".") {
					suffixes = append(suffixes, key)
				} else if !strings.HasSuffix(file, "_test.go") {
					used[key] = true
				}
			}
		}
	}
	spoken := map[string]bool{}
	for key := range used {
		if known[key] == nil {
			t.Errorf("%q is said and not translated", key)
		}
		for _, suffix := range suffixes {
			spoken[key+suffix] = true
		}
	}
	for key := range known {
		if !spoken[key] && !strings.HasPrefix(key, "market.") {
			t.Errorf("%q is translated and never said", key)
		}
	}
}

// TestStories renders every story and looks for what must never be seen: a key instead of a sentence, Chinese in English,
// words beyond the window.
func TestStories(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	canned, err := photos()
	if err != nil {
		t.Fatal(err)
	}
	key, han := regexp.MustCompile(`\b(frame|pack|unit|market|set|consent|run|reprint|setup|scannersetup|peoplepage|training|people|machine|pick|filter|orders|overdue|wave|wall|word|shelfpage|handover)\.[a-z]`), regexp.MustCompile(`\p{Han}`)
	for _, language := range words.Languages {
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []fyne.Size{fyne.NewSize(1280, 720), fyne.NewSize(1920, 1080)} {
			v := newView(tongue)
			window := test.NewTempWindow(t, v.around.Object())
			window.SetPadded(false)
			for _, s := range all(tongue, shops[language], canned) {
				content := s.on(v)
				window.SetContent(content)
				size := size
				if own, ok := s.(interface{ size() fyne.Size }); ok {
					size = own.size()
				}
				window.Resize(size)
				s.on(v)
				all := seen.Words(content)
				for i, word := range all {
					for _, other := range all[:i] {
						if s.title() != "done" && over(word, other) { // a band lies over that one's page
							t.Errorf("%s, %s at %v: %q lies over %q", s.title(), language, size, word.Text, other.Text)
						}
					}
					far := word.At.Add(word.Size)
					switch {
					case key.MatchString(word.Text):
						t.Errorf("%s, %s: %q is a key", s.title(), language, word.Text)
					case language == words.English && han.MatchString(word.Text) && word.Text != "中文" && !strings.Contains(word.Text, "TRAINING"): // a language is called by its own name
						t.Errorf("%s: %q is not English", s.title(), word.Text)
					case word.At.X < 0 || word.At.Y < 0 || far.X > size.Width || far.Y > size.Height:
						t.Errorf("%s, %s: %q reaches from %v to %v", s.title(), language, word.Text, word.At, far)
					}
				}
			}
		}
	}
}

// over tells whether two words cover each other. A word's box is higher than its letters: the middle half of it counts.
func over(a, b seen.Word) bool {
	wide := min(a.At.X+a.Size.Width, b.At.X+b.Size.Width) - max(a.At.X, b.At.X)
	tall := min(a.At.Y+a.Size.Height*3/4, b.At.Y+b.Size.Height*3/4) - max(a.At.Y+a.Size.Height/4, b.At.Y+b.Size.Height/4)
	return wide > 1 && tall > 1
}

func TestRunDrawsEveryPicture(t *testing.T) {
	if err := run(nil); err == nil {
		t.Error("without a folder it did not complain")
	}
	folder := t.TempDir()
	canned, err := photos()
	if err != nil {
		t.Fatal(err)
	}
	app := test.NewTempApp(t)
	app.Settings().SetTheme(kit.NewTheme(kit.LookDark))
	tongue, err := words.In(words.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	first := stories(tongue, shops[words.Chinese], canned)[0]
	path := filepath.Join(folder, "idle.png")
	if err := shoot(path, first, tongue, fyne.NewSize(1280, 720)); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() < 10_000 {
		t.Errorf("the picture is %v, %v", info, err)
	}
}
