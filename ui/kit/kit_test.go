package kit_test

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"packbench/ui/kit"
	"packbench/ui/seen"
)

// newApp starts a test with the theme the program would have set.
func newApp(t *testing.T, look kit.Look) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(look))
}

// show puts an object into a window of the size given.
func show(t *testing.T, o fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	kit.Arrange(o)
	return w
}

func TestStripFamiliesLookAsDrawn(t *testing.T) {
	families := map[kit.Family]string{kit.Quiet: "quiet", kit.Taken: "taken", kit.Repeat: "repeat", kit.Refused: "refused", kit.Ask: "ask", kit.Stop: "stop"}
	for _, look := range []kit.Look{kit.LookLight, kit.LookDark} {
		for family, name := range families {
			t.Run(fmt.Sprintf("%s-%s", name, look), func(t *testing.T) {
				newApp(t, look)
				strip := kit.NewStrip()
				w := show(t, strip.Object, 960, 96)
				strip.Set(kit.Said{Family: family, Word: "已取", Meaning: "速干运动 T 恤 黑色·L，第 2 件", Next: "还差 1 件", Code: "6936580142207", Time: "14:48:06"})
				test.AssertRendersToImage(t, fmt.Sprintf("strip-%s-%s.png", name, look), w.Canvas())
			})
		}
	}
}

func TestALookCanBeChangedWhileTheWindowIsOpen(t *testing.T) {
	newApp(t, kit.LookLight)
	strip := kit.NewStrip()
	w := show(t, strip.Object, 960, 96)
	strip.Set(kit.Said{Family: kit.Refused, Word: "已取", Meaning: "速干运动 T 恤 黑色·L，第 2 件", Next: "还差 1 件", Code: "6936580142207", Time: "14:48:06"})
	strip.Set(kit.Said{Family: kit.Taken, Word: "已取", Meaning: "速干运动 T 恤 黑色·L，第 2 件", Next: "还差 1 件", Code: "6936580142207", Time: "14:48:06"})
	test.ApplyTheme(t, kit.NewTheme(kit.LookDark))
	test.AssertRendersToImage(t, "strip-taken-dark.png", w.Canvas())
}

func TestPartsLookAsDrawn(t *testing.T) {
	newApp(t, kit.LookLight)
	blocks, button, badge := kit.NewBlocks(), kit.NewKeyButton(true, func() {}), kit.NewBadge(kit.SignNote, kit.Told)
	blocks.Set(2, 5)
	button.Set("F10", "Print again")
	badge.Set("买家留言：“送人的”")
	parts := kit.Column(16, kit.Fixed(blocks.Object, 48), kit.Fixed(kit.Row(16, kit.Natural(button.Object), kit.Natural(badge.Object)), 64))
	w := show(t, kit.Layers(kit.NewBox(kit.CoatCard), kit.Inset(parts, 16, 16, 16, 16)), 520, 160)
	test.AssertRendersToImage(t, "parts.png", w.Canvas())
}

func TestStepsAreNeverCut(t *testing.T) {
	newApp(t, kit.LookLight)
	steps := kit.NewSteps(kit.Voice{Color: kit.ColorForeground, Bold: true}, kit.Step{Size: kit.SizeVariant, Lines: 1},
		kit.Step{Size: kit.SizeSay, Lines: 2}, kit.Step{Size: kit.SizeWord, Lines: 2})
	show(t, steps, 400, 176)
	for _, c := range []struct {
		text   string
		height float32
		lines  int
	}{
		{"黑色·L", 88, 1},
		{"Black, L", 88, 1},
		{"深海军蓝·荧光橙拼色·XXL", 128, 2},
		{"Deep navy blue, plus size XXL", 128, 2},
		{"深海军蓝·荧光橙拼色·XXL 加大码·两件装·男女同款·四季可穿", 192, 4},
	} {
		steps.Set(c.text)
		if got := steps.HeightFor(400); got != c.height {
			t.Errorf("%q takes %v, want %v", c.text, got, c.height)
		}
		words, joined := seen.Words(steps), ""
		for _, word := range words {
			joined += word.Text
			if word.At.X < 0 || word.At.X+word.Size.Width > 401 {
				t.Errorf("%q leaves its room: %v wide at %v", word.Text, word.Size.Width, word.At.X)
			}
		}
		if len(words) != c.lines || letters(joined) != letters(c.text) {
			t.Errorf("%q is shown as %q in %d lines", c.text, joined, len(words))
		}
	}
}

// letters is a text without its blanks, which a line's end swallows.
func letters(text string) string {
	kept := ""
	for _, r := range text {
		if r != ' ' {
			kept += string(r)
		}
	}
	return kept
}

func TestTextEndsInAnEllipsis(t *testing.T) {
	newApp(t, kit.LookLight)
	text := kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "Bluetooth sports earbuds\x07 with case\uE001")
	show(t, text, 120, 24)
	if got := seen.Texts(text); got != "Bluetooth s…" {
		t.Errorf("shown %q", got)
	}
	text.Resize(fyne.NewSize(600, 24))
	if got := seen.Texts(text); got != "Bluetooth sports earbuds with case" {
		t.Errorf("with room shown %q", got)
	}
}

func TestFiguresKeepTheThemesFontForChinese(t *testing.T) {
	newApp(t, kit.LookLight)
	words := kit.NewText(kit.Voice{Size: kit.SizeHead, Bold: true}, "货位")
	codes := kit.NewText(kit.Voice{Size: kit.SizeHead, Bold: true, Face: kit.FaceCode}, "货位")
	if words.MinSize() != codes.MinSize() {
		t.Errorf("Chinese in a code is %v wide, in words %v: another font was found for it", codes.MinSize(), words.MinSize())
	}
}

func TestNothingOfTheKitTakesTheFocus(t *testing.T) {
	newApp(t, kit.LookLight)
	pressed := 0
	button := kit.NewKeyButton(true, func() { pressed++ })
	button.Set("F10", "Again")
	w := show(t, button.Object, 240, 64)
	if !seen.Press(button.Object, "Again") || pressed != 1 {
		t.Errorf("pressed %d times", pressed)
	}
	if w.Canvas().Focused() != nil {
		t.Error("a press took the focus: a scanned space would press it again")
	}
	if size := button.Object.MinSize(); size.Height < 48 || size.Width < 48 {
		t.Errorf("a target of %v is too small for a glove", size)
	}
}

// TestWordsCanBeRead holds every pair of words and ground to the contrast the design promises.
func TestWordsCanBeRead(t *testing.T) {
	pairs := map[fyne.ThemeColorName][]fyne.ThemeColorName{
		kit.ColorSurface:     {kit.ColorForeground, kit.ColorSoft, kit.ColorFaint, kit.ColorPrimary, kit.ColorError},
		kit.ColorBackground:  {kit.ColorForeground, kit.ColorSoft, kit.ColorError},
		kit.ColorSurfaceAlt:  {kit.ColorForeground, kit.ColorSoft, kit.ColorFaint},
		kit.ColorPrimary:     {kit.ColorOnPrimary},
		kit.ColorPrimarySoft: {kit.ColorForeground, kit.ColorSoft, kit.ColorPrimary},
		kit.ColorSuccess:     {kit.ColorOnSuccess},
		kit.ColorSuccessSoft: {kit.ColorSuccessDeep},
		kit.ColorRepeat:      {kit.ColorOnRepeat},
		kit.ColorRepeatSoft:  {kit.ColorForeground, kit.ColorFaint},
		kit.ColorError:       {kit.ColorOnError},
		kit.ColorErrorSoft:   {kit.ColorErrorDeep},
		kit.ColorErrorFill:   {kit.ColorOnFill},
		kit.ColorErrorCell:   {kit.ColorOnFill},
		kit.ColorWarning:     {kit.ColorOnWarning},
		kit.ColorWarningSoft: {kit.ColorForeground},
		kit.ColorGround:      {kit.ColorFaint},
	}
	for _, look := range []kit.Look{kit.LookLight, kit.LookDark} {
		theme := kit.NewTheme(look)
		for ground, words := range pairs {
			for _, word := range words {
				if c := contrast(theme.Color(ground, 0), theme.Color(word, 0)); c < 4.5 {
					t.Errorf("%s: %s on %s has contrast %.2f", look, word, ground, c)
				}
			}
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b color.Color) float64 {
	light := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		linear := func(v uint32) float64 {
			s := float64(v) / 0xFFFF
			if s <= 0.03928 {
				return s / 12.92
			}
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestPictureShowsThePhotoOrItsWords(t *testing.T) {
	newApp(t, kit.LookLight)
	picture := kit.NewPicture()
	show(t, picture, 328, 328)
	picture.Set(nil, "TEE-BK-L")
	if got := seen.Texts(picture); got != "TEE-BK-L" {
		t.Errorf("without a photo it says %q", got)
	}
	picture.Set(kit.NewPhoto(image.NewGray(image.Rect(0, 0, 900, 700))), "TEE-BK-L")
	if got := seen.Texts(picture); got != "" {
		t.Errorf("beside the photo it says %q", got)
	}
	if _, err := kit.ReadPhoto("broken", []byte("no picture")); err == nil {
		t.Error("what is no picture was read as one")
	}
}
