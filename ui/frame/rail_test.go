package frame_test

import (
	"strconv"
	"testing"

	"packbench/internal/words"
	"packbench/ui/seen"
)

// The number beside a page keeps away from the page's key, however long it is.
func TestTheNumberOnTheRailKeepsOffTheKey(t *testing.T) {
	const apart = 4 + 4 // the room in the number's red box, and the least outside it
	for _, language := range words.Languages {
		f := newFrame(t, language)
		for _, count := range []int{6, 23, 223, 1888, 7} {
			m := calm()
			m.Overdue = count
			f.Render(m)
			var number, key seen.Word
			for _, word := range seen.Words(f.Object()) {
				switch word.Text {
				case strconv.Itoa(count):
					number = word
				case "F6":
					key = word
				}
			}
			if number.Text == "" || key.Text == "" {
				t.Fatalf("%s: %d is not on the rail", language, count)
			}
			if right, left := number.At.X+number.Size.Width, key.At.X; right+apart > left {
				t.Errorf("%s: %d ends at %v, its key begins at %v", language, count, right, left)
			}
			if sign := float32(44); count < 100 && number.At.X < sign {
				t.Errorf("%s: %d begins at %v, and hides the page's sign", language, count, number.At.X)
			}
			if low := float32(16); number.At.X < low {
				t.Errorf("%s: %d begins at %v", language, count, number.At.X)
			}
		}
	}
}
