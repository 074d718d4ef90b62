package printer

import (
	"context"
	"errors"
	"testing"
	"time"

	"packbench/printer/link"
	"packbench/printer/state"
)

// scripted is a link whose port and whose printer say what a test says.
type scripted struct {
	link.Link
	knows    state.State
	tellErr  error
	answer   string
	askErr   error
	question string
}

func (l *scripted) Tell(context.Context, time.Duration) (state.State, error) {
	return l.knows, l.tellErr
}

func (l *scripted) Ask(_ context.Context, question []byte, _ func([]byte) link.Heard, _ time.Duration) ([]byte, error) {
	l.question = string(question)
	return []byte(l.answer), l.askErr
}

// The printer's word counts before the port's, and the port's before none.
func TestWhoseWordCounts(t *testing.T) {
	paperOut := state.State{Told: true, Now: state.PaperOut, Held: state.HeldUnknown}
	broken := errors.New("broken")
	for name, c := range map[string]struct {
		link    scripted
		answers bool
		said    string
		asked   bool
		err     error
	}{
		"the printer's":                      {scripted{knows: paperOut, answer: "\x00"}, true, "ready", true, nil},
		"the port's, of a silent one":        {scripted{knows: paperOut, askErr: link.ErrSilent}, true, "paper_out", true, nil},
		"the port's, within a label":         {scripted{knows: paperOut, askErr: link.ErrHalf}, true, "paper_out", true, nil},
		"the port's, while another asks":     {scripted{knows: paperOut, askErr: link.ErrBusy}, true, "paper_out", true, nil},
		"the port's, of one not to be asked": {scripted{knows: paperOut, answer: "\x00"}, false, "paper_out", false, nil},
		"nobody's":                           {scripted{askErr: link.ErrSilent}, true, "unknown", true, nil},
		"nobody's, while a label is sent":    {scripted{knows: paperOut, tellErr: link.ErrBusy}, true, "unknown", false, nil},
		"an answer that is late":             {scripted{answer: "\x04", askErr: link.ErrSilent}, true, "paper_out", true, nil},
		"a printer that cannot be reached":   {scripted{tellErr: broken}, true, "unknown", false, broken},
		"a printer that went":                {scripted{askErr: broken}, true, "unknown", true, broken},
	} {
		p := &Printer{link: &c.link, options: Options{Lang: TSPL, Setup: Setup{Answers: c.answers}}}
		got, err := p.State(t.Context())
		if got.String() != c.said || !errors.Is(err, c.err) || (c.link.question != "") != c.asked {
			t.Errorf("%s: %v, %v, asked %q", name, got, err, c.link.question)
		}
	}
}
