package words

import (
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"packbench/assets"
	"packbench/internal/order"
)

// texts reads the sentences of a file: key → its forms joined.
func texts(t *testing.T, file string) map[string]string {
	t.Helper()
	data, err := assets.Translations.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	found := map[string]string{}
	for key, value := range raw {
		switch value := value.(type) {
		case string:
			found[key] = value
		case map[string]any:
			for _, form := range value {
				found[key] += form.(string) + "\n"
			}
		}
	}
	return found
}

var blank = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

func blanks(text string) []string {
	var names []string
	for _, match := range blank.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(names, match[1]) {
			names = append(names, match[1])
		}
	}
	slices.Sort(names)
	return names
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	files, err := fs.Glob(assets.Translations, "translations/*.en.json")
	if err != nil || len(files) < 2 {
		t.Fatalf("found %v, %v", files, err)
	}
	for _, file := range files {
		english := texts(t, file)
		chinese := texts(t, strings.Replace(file, ".en.", ".zh-Hans.", 1))
		for key, text := range english {
			other, ok := chinese[key]
			if !ok {
				t.Errorf("%s: %s has no Chinese", path.Base(file), key)
				continue
			}
			if a, b := blanks(text), blanks(other); !slices.Equal(slices.DeleteFunc(a, isCount), slices.DeleteFunc(b, isCount)) {
				t.Errorf("%s: %s has blanks %v in English and %v in Chinese", path.Base(file), key, a, b)
			}
		}
		for key := range chinese {
			if _, ok := english[key]; !ok {
				t.Errorf("%s: %s has no English", path.Base(file), key)
			}
		}
	}
}

// A key that stands in two files says whichever was read last.
func TestEveryKeyStandsInOneFile(t *testing.T) {
	files, err := fs.Glob(assets.Translations, "translations/*.en.json")
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]string{}
	for _, file := range files {
		for key := range texts(t, file) {
			if in[key] != "" {
				t.Errorf("%s stands in %s and in %s", key, path.Base(file), path.Base(in[key]))
			}
			in[key] = file
		}
	}
}

// A plural form such as "1 piece" need not repeat its count.
func isCount(name string) bool { return name == "count" }

var saying = regexp.MustCompile(`(?:order\.)?(?:Say|Text|Trouble|tell|TellOf)\((?:[^"()]*, )?"([a-z_]+\.[a-z_.]+)"`)

func TestEverySentenceInTheProgramIsTranslated(t *testing.T) {
	root := "../.."
	known := map[string]bool{}
	files, err := fs.Glob(assets.Translations, "translations/*.en.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		for key := range texts(t, file) {
			known[key] = true
		}
	}
	seen := 0
	err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, match := range saying.FindAllStringSubmatch(string(source), -1) {
			seen++
			if !known[match[1]] {
				t.Errorf("%s says %s, which has no translation", name, match[1])
			}
		}
		return nil
	})
	if err != nil || seen < 50 {
		t.Fatalf("saw %d sentences, %v", seen, err)
	}
}

// One thing has one word: what the set-up prints is no label of the platform's (面单).
func TestATestLabelHasOneWord(t *testing.T) {
	files, err := fs.Glob(assets.Translations, "translations/*.zh-Hans.json")
	if err != nil || len(files) < 2 {
		t.Fatalf("found %v, %v", files, err)
	}
	named := 0
	for _, file := range files {
		for key, text := range texts(t, file) {
			if strings.Contains(text, "测试面单") {
				t.Errorf("%s: %s says 测试面单 of a 测试标签", path.Base(file), key)
			}
			named += strings.Count(text, "测试标签")
		}
	}
	if named == 0 {
		t.Error("no sentence names a test label")
	}
}

func TestSay(t *testing.T) {
	english, err := In(English)
	if err != nil {
		t.Fatal(err)
	}
	chinese, err := In(Chinese)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		tongue Tongue
		said   order.Said
		want   string
	}{
		{english, order.Say("say.taken", "in", 2, "of", 3, "count", 1), "2 of 3 in, 1 more"},
		{english, order.Say("say.taken", "in", 1, "of", 3, "count", 2), "1 of 3 in, 2 more"},
		{chinese, order.Say("say.taken", "in", 1, "of", 3, "count", 2), "已装 1 / 3 件，还差 2 件"},
		{english, order.Say("usage.size", "size", order.Say("say.accepted")), "The size Accepted, going on is not understood. Write width x height in millimetres, at least 20x20, such as 100x150"},
		{english, order.Say("no.such.key"), "no.such.key"},
		{english, order.Said{}, ""},
	} {
		if got := c.tongue.Say(c.said); got != c.want {
			t.Errorf("%s: said %q, want %q", c.said.Key, got, c.want)
		}
	}
}
