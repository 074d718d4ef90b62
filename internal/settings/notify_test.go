package settings

import (
	"testing"
	"time"
)

func TestLead(t *testing.T) {
	for minutes, want := range map[int]time.Duration{0: time.Hour, 1: time.Minute, 90: 90 * time.Minute, -1: 0, 100_000: 24 * time.Hour} {
		if lead := (Notify{Minutes: minutes}).Lead(); lead != want {
			t.Errorf("%d minutes are %v, want %v", minutes, lead, want)
		}
	}
}
