package sound

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"
)

// A slot's number is counted: a long note a ten, a short one a one, and silences that are longer where the count changes.
func TestASlotsNumberIsCounted(t *testing.T) {
	for number, want := range map[int][2]int{1: {0, 1}, 7: {0, 7}, 10: {1, 0}, 17: {1, 7}, 24: {2, 4}, 96: {9, 6}, 100: {10, 0}, 317: {1, 7}} {
		heard := beats(Wave(Slot(number)))
		if long, short := strings.Count(heard, "long"), strings.Count(heard, "short"); long != want[0] || short != want[1] {
			t.Errorf("%d is %d long and %d short", number, long, short)
		}
		if first := strings.Index(heard, "short"); first >= 0 && strings.Contains(heard[first:], "long") {
			t.Errorf("%d: ones before tens in %s", number, heard)
		}
	}
	steps := rhythm(Wave(Slot(17))) // long, then 7 short with a breath behind the long one and behind the fifth short one
	for i, silence := range []int{1, 3, 5, 7, 9, 11, 13} {
		if breath := steps[silence] > 12; breath != (i == 0 || i == 5) {
			t.Errorf("silence %d lasts %d0 ms", i+1, steps[silence])
		}
	}
	for number := 1; number <= 24; number++ {
		if length := time.Duration(len(Wave(Slot(number)))) * time.Second / Rate; length > 2*time.Second {
			t.Errorf("%d takes %v", number, length)
		}
	}
}

// A refusal does not wait until a number is counted to its end.
func TestANumberIsCutOff(t *testing.T) {
	b := newBand()
	p := newPlayer(slog.New(slog.DiscardHandler), func() (output, error) { return b, nil })
	p.Play(Slot(99))
	<-b.begun
	for len(b.begun) == 0 { // it may not have begun to be cut off
		p.Play(Wrong)
		time.Sleep(time.Millisecond)
	}
	close(b.proceed)
	p.Close()
	if slices.Contains(b.played, Slot(99)) || !slices.Contains(b.played, Wrong) {
		t.Errorf("played %v", b.played)
	}
}
