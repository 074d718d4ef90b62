package window

import (
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/scanner"
	"packbench/scanner/keyhook"
	"packbench/ui/frame"
)

// key takes what the keyboard or a scanner that types says.
func (w *Window) key(k keyhook.Key) {
	switch {
	case k.Scan != nil:
		w.typing.end()
		w.typed(w.fromKeyboard(*k.Scan))
	case k.InputMethod:
		w.methodNoticed()
	case k.Name != "":
		w.press(k.Name)
	default:
		w.typing.forget = k.Forget
		w.typing.key(k.Typed, w.environment.Now())
	}
}

// scan goes to the bench, and the page to where its answer is seen.
func (w *Window) scan(scan order.Scan) {
	scan.Code = scanner.Clean(scan.Code)
	if s := w.nowSigning(); s != nil && scan.Code != "" {
		w.scanToSignIn(scan, *s)
		return
	}
	if shown := w.innerShown(); shown != nil {
		shown.scan(scan)
		w.draw()
		return
	}
	if scan.Code == "" || w.door(scan) || w.scanOnSetup(scan) || w.onPick() && w.scanOnPick(scan) || w.onOrders() && w.scanOnOrders(scan) || w.onOverdue() && w.scanOnOverdue(scan) || w.onShift() && w.scanOnShift(scan) || w.running == nil {
		return
	}
	if w.onShelf() {
		w.scanOnShelf(scan)
		return
	}
	if w.onRun() && w.scanOnRun(scan) {
		return
	}
	w.wall.away = false
	w.turnTo(workPage(w.running.Snapshot()))
	w.running.Submit(scan)
}

// press does what a function key does.
func (w *Window) press(key string) {
	if s := w.nowSigning(); s != nil {
		w.pressOnSignIn(key, *s)
		return
	}
	shown := w.innerShown()
	switch {
	case shown != nil:
		w.pressOnInner(shown, key)
	case w.setupShown():
		w.pressOnSetup(key)
	case w.page == frame.PageSettings:
		w.pressOnSettings(key)
	case w.onPick() && key != demoKey:
		w.pressOnPick(key)
	case w.onOrders() && key != demoKey:
		w.pressOnOrders(key)
	case w.onOverdue() && key != demoKey:
		w.pressOnOverdue(key)
	case w.onShift() && key != demoKey:
		w.pressOnShift(key)
	case w.running == nil:
		w.frame.Key(key)
	case w.onShelf():
		w.pressOnShelf(key)
	case w.onRun():
		w.pressOnRun(key)
	case w.chooses(key):
	case w.onWall() && w.pressOnWall(key):
	case key == yesKey:
		w.running.Wish(packing.OK{})
	case key == againKey:
		w.somethingWrong()
	case key == asideKey, leavesQuestion(key, w.running.Snapshot().State.Question):
		w.running.Wish(packing.Aside{})
	case key == demoKey && w.options.Demo != nil:
		w.showMachine()
		w.scan(order.Scan{Code: w.options.Demo(w.running.Snapshot()), Device: "demo", Typed: true, At: w.environment.Now()})
	default:
		w.frame.Key(key) // a key nobody knows does nothing
	}
}
