package frame_test

import (
	"strings"
	"testing"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/seen"
)

// The band says what is to be said, whole, in both languages, and goes when there is nothing.
func TestTheBand(t *testing.T) {
	for _, language := range words.Languages {
		f := newFrame(t, language)
		for _, c := range []struct {
			training bool
			notice   order.Said
			want     []string
		}{
			{true, order.Said{}, []string{"TRAINING", "练习"}},
			{false, order.Say("notice.input_method"), []string{"Ctrl+"}},
			{true, order.Say("notice.input_method"), []string{"TRAINING", "练习", "Ctrl+"}},
			{false, order.Said{}, nil},
		} {
			m := calm()
			m.Training, m.Notice = c.training, c.notice
			f.Render(m)
			shown := seen.Texts(f.Object())
			for _, want := range c.want {
				if !strings.Contains(shown, want) {
					t.Errorf("%s: %q is not said:\n%s", language, want, shown)
				}
			}
			if c.want == nil && (strings.Contains(shown, "TRAINING") || strings.Contains(shown, "Ctrl+")) {
				t.Errorf("%s: the band stays:\n%s", language, shown)
			}
			for _, word := range seen.Words(f.Object()) {
				if strings.HasSuffix(word.Text, "…") {
					t.Errorf("%s: the band is cut: %q", language, word.Text)
				}
			}
		}
	}
}
