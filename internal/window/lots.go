package window

import (
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/pack"
)

// handTitles are what is asked for about the piece in the hand.
var handTitles = map[packing.Particular]order.Said{
	packing.TheSerial: order.Say("window.serial"), packing.TheLot: order.Say("window.lot"), packing.TheExpiry: order.Say("window.expiry"),
}

// handTexts say how it is given.
var handTexts = map[packing.Particular]order.Said{
	packing.TheSerial: order.Say("ask.serial"), packing.TheLot: order.Say("ask.lot"), packing.TheExpiry: order.Say("ask.expiry"),
}

// handQuestion asks for what is captured of the piece in the hand, or says what was wrong about the last code.
func handQuestion(s station.Snapshot) pack.Question {
	lacks := s.State.HandLacks()
	q := pack.Question{Title: handTitles[lacks], Text: handTexts[lacks], Acts: []pack.Act{{Key: asideKey, Word: order.Say("window.act.lay_back")}}}
	switch s.Strip.Outcome {
	case packing.NumberUsed, packing.NumberOut, packing.LotOut, packing.ExpiryOut:
		q.Text = s.Strip.Said
	}
	return q
}

// lotOf is the lot and the last day of use of a piece, as far as they were captured.
func lotOf(piece order.Piece) order.Said {
	lot, day := order.Say("history.lot", "lot", piece.Lot), order.Say("history.expiry", "day", piece.Expiry)
	switch {
	case piece.Lot != "" && piece.Expiry != "":
		return order.Say("window.lot_and_day", "lot", lot, "day", piece.Expiry)
	case piece.Lot != "":
		return lot
	case piece.Expiry != "":
		return day
	}
	return order.Said{}
}
