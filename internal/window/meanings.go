package window

import (
	"packbench/internal/order"
	"packbench/internal/station"
	"packbench/ui/pack"
)

// meanings asks which of several things a code is, each under its number.
func (w *Window) meanings(s station.Snapshot) pack.Question {
	var words []order.Said
	for _, meaning := range s.State.Meanings {
		line := w.line(s, meaning.SKU)
		name := pack.NameOf(line)
		switch {
		case meaning.Parcel != "":
			words = append(words, order.Say("meaning.parcel", "parcel", meaning.Parcel))
		case meaning.Bin != "":
			words = append(words, order.Say("meaning.bin", "bin", meaning.Bin))
		case meaning.Pieces > 0:
			words = append(words, order.Say("meaning.case", "count", meaning.Pieces, "name", name))
		case line.Variant != "":
			words = append(words, order.Say("strip.item", "name", name, "variant", line.Variant))
		default:
			words = append(words, order.Say("meaning.piece", "name", name))
		}
	}
	return pack.Question{
		Title: order.Say("question.which_meant"), Text: order.Say("question.which_meant.text"), Choices: numbered(words),
		Acts: []pack.Act{{Key: asideKey, Word: order.Say("question.back")}},
	}
}
