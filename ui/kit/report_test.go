package kit_test

import (
	"testing"

	"packbench/ui/kit"
	"packbench/ui/seen"
)

func TestAReportTakesTheLinesItNeeds(t *testing.T) {
	newApp(t, kit.LookLight)
	report, below := kit.NewReport(), kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "below")
	column := kit.Column(0, kit.Natural(report), kit.Natural(below), kit.Spring())
	show(t, column, 200, 200)
	for _, c := range []struct {
		text string
		y    float32
	}{{"", 0}, {"Short", 24}, {"A sentence that takes three lines of this narrow room", 72}, {"", 0}} {
		report.Set(kit.Bad, c.text)
		kit.Arrange(column)
		if got := below.Position().Y; got != c.y {
			t.Errorf("under %q the next line stands at %v, want %v:\n%s", c.text, got, c.y, seen.Texts(column))
		}
	}
}

func TestAChoiceCanBePressed(t *testing.T) {
	newApp(t, kit.LookLight)
	pressed := 0
	choice := kit.NewChoiceButton(func() { pressed++ })
	choice.Set("3", "Lost")
	w := show(t, choice.Object, 160, 112)
	if seen.Texts(choice.Object) != "3\nLost" || !seen.Press(choice.Object, "Lost") || pressed != 1 || w.Canvas().Focused() != nil {
		t.Errorf("%q, pressed %d times, focus %v", seen.Texts(choice.Object), pressed, w.Canvas().Focused())
	}
}
