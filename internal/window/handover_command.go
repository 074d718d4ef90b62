package window

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	shelf "packbench/ui/handover"
	"packbench/ui/kit"
)

// shelfCommands are the keys that codes of the command card stand for at the shelf, so that no hand leaves the scanner.
var shelfCommands = map[order.Command]string{
	order.SayDone: shelf.CloseKey, order.SayShort: shelf.CloseKey, order.SayNext: string(fyne.KeyRight), order.SayUndo: takeOffKey, order.SayPark: leaveKey, order.SayHelp: cardKey,
}

// doubleCommand is how soon the same code of the card is one reading twice.
const doubleCommand = time.Second

// commandOnShelf does what a code of the command card stands for, and tells whether a code is one. Its numbers answer questions, Reprint prints the sheet that was closed last.
func (w *Window) commandOnShelf(scan order.Scan) bool {
	p := &w.shelf
	if p.installation == "" && w.bench != nil {
		name, err := w.bench.Store.Installation()
		if err != nil {
			w.shelfFailed(err)
			return false
		}
		p.installation = name
	}
	c := order.CommandOf(p.installation, scan.Code)
	if c == "" {
		return false
	}
	twice := c == p.command && scan.At.Sub(p.commandAt) < doubleCommand
	p.command, p.commandAt = c, scan.At
	if twice {
		return true
	}
	asked := p.step == whyShort || p.step == atPictures
	key, known := shelfCommands[c]
	switch {
	case c.Number() > 0 && asked:
		w.pressOnShelf(strconv.Itoa(c.Number()))
	case c == order.SayReprint && p.step == atColumns:
		if newest := newestSheet(w.running.Snapshot().Shelf); newest.ID != "" {
			w.printAgain(newest.ID)
			break
		}
		w.tellShelf(kit.Loud, order.Say("shelfpage.sheets.none"))
	case known && (p.step == atColumns || key == leaveKey):
		w.pressOnShelf(key)
	default:
		w.tellShelf(kit.Loud, order.Say("shelfpage.command.none"))
	}
	w.draw()
	return true
}
