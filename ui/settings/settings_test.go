package settings

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/assets"
	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
	"packbench/ui/seen"
)

var now = time.Date(2026, 11, 20, 14, 48, 0, 0, time.UTC)

// told is what the page handed on.
type told struct {
	setUps           int
	scanners, people int
	goods, rules     int
	logins           []Login
	benches          []Bench
}

func newScreen(t *testing.T) (*Screen, *told, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
	tongue, err := words.In(words.English)
	if err != nil {
		t.Fatal(err)
	}
	heard := &told{}
	s := New(tongue, func(l Login) { heard.logins = append(heard.logins, l) }, func(b Bench) { heard.benches = append(heard.benches, b) },
		Doors{Printer: func() { heard.setUps++ }, Scanners: func() { heard.scanners++ }, People: func() { heard.people++ }, Goods: func() { heard.goods++ }, Rules: func() { heard.rules++ }})
	window := test.NewTempWindow(t, s.Object())
	window.SetPadded(false)
	window.Resize(fyne.NewSize(1160, 576))
	return s, heard, window
}

func TestEntriesAreHandedOn(t *testing.T) {
	s, heard, _ := newScreen(t)
	bench := Bench{Name: "3", Packer: "李梅", Warehouse: "736", PrinterURI: "tcp:10.0.0.9:9100", DPI: 300, Language: "zh-Hans", Theme: "dark"}
	s.Fill(Login{AppKey: " k ", AppSecret: "s", Code: "c\n"}, bench)
	s.Render(Model{Now: now})
	if !s.Key("F9") || !s.Key("F10") || s.Key("F1") || s.Key("F12") {
		t.Error("F9 and F10 are the page's, F1 is not")
	}
	if !seen.Press(s.Object(), "Connect") || !seen.Press(s.Object(), "Save") {
		t.Error("a button cannot be pressed")
	}
	if !s.Key("F11") || !seen.Press(s.Object(), "Set up") || heard.setUps != 2 {
		t.Errorf("the set-up was asked for %d times", heard.setUps)
	}
	if !s.Key(PeopleKey) || !seen.Press(s.Object(), "People") || heard.people != 2 {
		t.Errorf("the people were asked for %d times", heard.people)
	}
	if !s.Key(RulesKey) || !seen.Press(s.Object(), "Rules") || heard.rules != 2 {
		t.Errorf("the rules were opened %d times", heard.rules)
	}
	if !s.Key(GoodsKey) || !seen.Press(s.Object(), "Goods") || heard.goods != 2 {
		t.Errorf("the goods were asked for %d times", heard.goods)
	}
	if !s.Key(ScannersKey) || !seen.Press(s.Object(), "Scanners") || heard.scanners != 2 {
		t.Errorf("the test of scanners was asked for %d times", heard.scanners)
	}
	for _, got := range heard.logins {
		if got != (Login{"k", "s", "c"}) {
			t.Errorf("%+v", got)
		}
	}
	for _, got := range heard.benches {
		if got != bench {
			t.Errorf("%+v", got)
		}
	}
	if len(heard.logins) != 2 || len(heard.benches) != 2 {
		t.Errorf("%+v", heard)
	}
	s.ForgetSecrets()
	if s.Login() != (Login{AppKey: "k"}) {
		t.Errorf("%+v", s.Login())
	}
}

// Tab reaches everything, the arrow keys choose, and no key does anything by surprise.
func TestTheKeyboardReachesEverything(t *testing.T) {
	s, heard, window := newScreen(t)
	s.Fill(Login{}, Bench{DPI: 203, Theme: "light"})
	var fields, choices int
	var first fyne.Focusable
	for range 20 {
		window.Canvas().FocusNext()
		at := window.Canvas().Focused()
		if at == first {
			break
		}
		if first == nil {
			first = at
		}
		if c, ok := at.(*choice); ok {
			choices++
			c.TypedRune(' ')
			c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			continue
		}
		fields++
		test.Type(at, "李x")
		at.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if fields != 7 || choices != 3 {
		t.Errorf("%d fields and %d choices", fields, choices)
	}
	if l := s.Login(); l != (Login{"李x", "李x", "李x"}) {
		t.Errorf("%+v", l)
	}
	if b := s.Bench(); b != (Bench{Name: "李x", Packer: "李x", Warehouse: "李x", PrinterURI: "李x", DPI: 300, Language: "zh-Hans", Theme: "dark"}) {
		t.Errorf("%+v", b)
	}
	if len(heard.logins)+len(heard.benches) != 0 {
		t.Error("Enter in a field did something")
	}
	if !seen.Press(s.Object(), "203 dpi") || s.Bench().DPI != 203 {
		t.Error("a choice cannot be pressed")
	}
}

func TestTheSecretIsNotShown(t *testing.T) {
	s, _, _ := newScreen(t)
	s.Fill(Login{AppKey: "k", AppSecret: "very-secret"}, Bench{})
	s.Render(Model{Now: now})
	if shown := seen.Texts(s.Object()); strings.Contains(shown, "very-secret") {
		t.Errorf("shown:\n%s", shown)
	}
}

func TestWhatThePageSays(t *testing.T) {
	s, _, _ := newScreen(t)
	three := []Shop{{"A", "MY"}, {"B", "SG"}, {"C", "TH"}}
	for want, m := range map[string]Model{
		"No shop is connected.":                {},
		"authorized until 2027-01-01, 41 days": {Connected: true, Seller: "S", Ends: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		"authorized until 2125-01-01":          {Connected: true, Seller: "S", Ends: time.Date(2125, 1, 1, 0, 0, 0, 0, time.UTC)},
		"ends on 2026-12-02, in 12 days":       {Connected: true, Seller: "S", Ends: now.Add(12*24*time.Hour + time.Hour)},
		"ended on 2026-11-20":                  {Connected: true, Seller: "S", Ends: now, Withdrawn: true},
		"was withdrawn":                        {Connected: true, Seller: "S", Ends: now.AddDate(1, 0, 0), Withdrawn: true},
		"nobody has told until when":           {Connected: true, Seller: "S"},
		"C, TH":                                {Connected: true, Shops: three},
		"and 2 more":                           {Connected: true, Shops: append([]Shop{{"X", "VN"}}, three...)},
		"in the settings file":                 {Connected: true, InFile: true},
		"computer's keyring":                   {Connected: true},
		"Connecting …":                         {Connecting: true},
		"One bench for a shop":                 {},
		"Enter App key first":                  {Connection: Report{Tone: kit.Bad, Said: order.Say("set.incomplete", "what", order.Say("set.app_key"))}},
	} {
		m.Now = now
		s.Render(m)
		if shown := strings.ReplaceAll(seen.Texts(s.Object()), "\n", " "); !strings.Contains(shown, want) {
			t.Errorf("%q is not in\n%s", want, shown)
		}
	}
}

// Every sentence of the page is spoken somewhere in the program.
func TestEveryKeyIsSpoken(t *testing.T) {
	data, err := assets.Translations.ReadFile("translations/login.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var known map[string]any
	if err := json.Unmarshal(data, &known); err != nil {
		t.Fatal(err)
	}
	spoken := map[string]bool{}
	literal := regexp.MustCompile(`"([a-z_]+\.[a-z_.]+)"`)
	for _, folder := range []string{".", "../frame", "../../internal/window", "../../internal/cli", "../../internal/settings"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, file := range files {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, match := range literal.FindAllStringSubmatch(string(source), -1) {
				spoken[match[1]], spoken[match[1]+".next"] = true, true
				if strings.HasPrefix(match[1], "set.") && known[match[1]] == nil {
					t.Errorf("%s says %s, which has no translation", file, match[1])
				}
			}
		}
	}
	for key := range known {
		if !spoken[key] {
			t.Errorf("%s is translated and never said", key)
		}
	}
}

// room is what the frame leaves a page in the smallest window under a band.
var room = fyne.NewSize(1160, 544)

// Under a band, and after something was saved, all words stand within their card, each word whole, and nothing stands on anything else, in both languages.
func TestTheKeysStayInTheirCardUnderABand(t *testing.T) {
	for _, language := range words.Languages {
		test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.LookLight))
		tongue, err := words.In(language)
		if err != nil {
			t.Fatal(err)
		}
		s := New(tongue, func(Login) {}, func(Bench) {}, Doors{})
		window := test.NewTempWindow(t, s.Object())
		window.SetPadded(false)
		window.Resize(room)
		for _, saving := range []Report{{}, {Tone: kit.Calm, Said: order.Say("set.saved.restart")}, {Tone: kit.Bad, Said: order.Say("set.incomplete", "what", order.Say("set.app_key"))}} {
			s.Render(Model{Now: now, Saving: saving})
			bottom := room.Height - kit.Unit(kit.SizeGap) - kit.Unit(kit.SizeGap2) // of the card's inside
			all := seen.Words(s.Object())
			for i, word := range all {
				if far := word.At.Y + word.Size.Height; far > bottom {
					t.Errorf("%s, saving %q: %q reaches to %v, its card to %v", language, saving.Said.Key, word.Text, far, bottom)
				}
				for _, other := range all[:i] {
					const touch = 4 // letters have some air of their own
					across := min(word.At.X+word.Size.Width, other.At.X+other.Size.Width) - max(word.At.X, other.At.X)
					if down := min(word.At.Y+word.Size.Height, other.At.Y+other.Size.Height) - max(word.At.Y, other.At.Y); across > touch && down > touch {
						t.Errorf("%s, saving %q: %q stands on %q", language, saving.Said.Key, word.Text, other.Text)
					}
				}
			}
		}
	}
}
