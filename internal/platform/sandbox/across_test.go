package sandbox

import (
	"slices"
	"strings"
	"testing"
)

// noted is a canvas that notes what is written and how much is filled.
type noted struct {
	texts []string
	black int
}

func (n *noted) box(_, _, _, _ float64)  {}
func (n *noted) line(_, _, _, _ float64) {}
func (n *noted) fill(_, _, _, _ float64) { n.black++ }
func (n *noted) wide(text string, points float64, _ bool) float64 {
	return float64(len(text)) * points * 0.2
}
func (n *noted) write(_, _, _ float64, _ bool, text string) { n.texts = append(n.texts, text) }

// A label that must not be taken for a real one says so twice, in the place of where it would go; its codes stay, or nothing could be learnt with it.
func TestWhatIsPrintedAcrossALabel(t *testing.T) {
	plain, marked := &noted{}, &noted{}
	l := sampleLabel()
	if err := l.draw(drawing{plain}); err != nil {
		t.Fatal(err)
	}
	l.across = "TRAINING"
	if err := l.draw(drawing{marked}); err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, text := range marked.texts {
		if text == l.across {
			count++
		}
	}
	if count != 2 || plain.black != marked.black || !slices.Contains(marked.texts, l.tracking) || slices.Contains(plain.texts, l.across) {
		t.Errorf("%d times, %d and %d modules, %q", count, plain.black, marked.black, marked.texts)
	}
	for _, text := range marked.texts {
		if text == l.sortCode || strings.Contains(l.toAddress, text) && text != "" {
			t.Errorf("the label says where it goes: %q", text)
		}
	}
	form, err := l.zplLabel()
	if err != nil || strings.Count(form, l.across) != 3 || strings.Contains(form, l.sortCode) || !strings.Contains(form, l.tracking) {
		t.Errorf("%s, %v", form, err)
	}
}
