package pack_test

import (
	"testing"

	"packbench/internal/order"
	"packbench/internal/words"
)

func TestMarksStandOnTheCardWhileTheyAreOfItsArticle(t *testing.T) {
	screen, _ := newScreen(t, words.English)
	m := openModel()
	m.Take.Marks = []order.Mark{order.Fragile, order.IsSample}
	screen.Render(m)
	says(t, screen, "Fragile", "Sample")
	saysNot(t, screen, "Battery")
	m.Take.Marks = []order.Mark{order.Battery}
	screen.Render(m)
	says(t, screen, "Battery")
	saysNot(t, screen, "Fragile", "Sample")
}
