package printrun

import (
	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
)

// The acts of the page, each with its key. A model offers those that hold at the moment.

// PrintAct prints so many labels.
func PrintAct(count int) Act {
	return Act{Key: "F10", Word: order.Say("run.act.print", "count", count)}
}

// MissingAct prints again what a run sent and nobody has seen.
func MissingAct(count int) Act {
	return Act{Key: "F9", Word: order.Say("run.act.missing", "count", count)}
}

var (
	// TurnAct changes which end of the stack is on top.
	TurnAct = Act{Key: "F11", Word: order.Say("run.act.turn")}
	// PauseAct stops a run after the label that is on its way, GoOnAct lets it go on.
	PauseAct = Act{Key: "F9", Word: order.Say("run.act.pause")}
	GoOnAct  = Act{Key: "F9", Word: order.Say("run.act.on")}
	// StopAct is for whoever sees something wrong on the paper: the run stands, and asks for the last good label.
	StopAct = Act{Key: "F11", Word: order.Say("run.act.stop")}
	// NoneGoodAct answers that no label of the run came out well.
	NoneGoodAct = Act{Key: "F11", Word: order.Say("run.act.none")}
	// CancelAct asks whether to end a run, CancelYesAct ends it, CancelNoAct does not.
	CancelAct    = Act{Key: "F12", Word: order.Say("run.act.cancel")}
	CancelYesAct = Act{Key: "F10", Word: order.Say("run.act.cancel.yes")}
	CancelNoAct  = Act{Key: "F12", Word: order.Say("run.act.cancel.no")}
	// DoneAct leaves a run that has ended.
	DoneAct = Act{Key: "F10", Word: order.Say("run.act.done")}
)

// button is a key button that shows an act, and nothing where there is none.
type button struct {
	*kit.KeyButton
	key string
}

func newButton(main bool, press func(string)) *button {
	b := &button{}
	b.KeyButton = kit.NewKeyButton(main, func() { press(b.key) })
	return b
}

func (b *button) render(tongue words.Tongue, act Act) {
	b.key = act.Key
	b.Set(act.Key, tongue.Say(act.Word))
	kit.Show(b.Object, act.Key != "")
}
