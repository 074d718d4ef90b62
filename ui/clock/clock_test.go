package clock_test

import (
	"testing"
	"time"

	"packbench/internal/words"
	"packbench/ui/clock"
)

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration][2]string{
		-time.Second:               {"0 s", "0 秒"},
		59*time.Second + 999999:    {"59 s", "59 秒"},
		32*time.Minute + 59e9:      {"32 min", "32 分"},
		2 * time.Hour:              {"2 h", "2 小时"},
		72 * time.Minute:           {"1 h 12 min", "1 小时 12 分"},
		76*time.Hour + time.Hour/2: {"3 d 4 h", "3 天 4 小时"},
	} {
		for i, language := range []words.Language{words.English, words.Chinese} {
			tongue, err := words.In(language)
			if err != nil {
				t.Fatal(err)
			}
			if got := clock.Span(tongue, d); got != want[i] {
				t.Errorf("%v in %s is %q, want %q", d, language, got, want[i])
			}
		}
	}
}

func TestMoment(t *testing.T) {
	tongue, err := words.In(words.English)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC)
	if got := clock.Moment(tongue, now.Add(-time.Hour), now); got != "22:00" {
		t.Errorf("today is %q", got)
	}
	if got := clock.Moment(tongue, now.Add(2*time.Hour), now); got != "11-21 01:00" {
		t.Errorf("tomorrow is %q", got)
	}
}
