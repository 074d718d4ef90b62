package window

import (
	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/frame"
	"packbench/ui/signin"
)

// signIn is the page where people say who they are. It belongs to the main goroutine.
type signIn struct {
	*signin.Screen
	pressed string // digits of a PIN, by the keypad
	shown   bool
}

// asksWho tells whether the page of signing in stands before every other: keys and scans are its.
func (w *Window) asksWho(s station.Snapshot) bool { return s.State.SignedOut() || w.asksPIN(s) }

// asksPIN tells whether what is typed is a PIN.
func (w *Window) asksPIN(s station.Snapshot) bool {
	return s.State.Staff.PIN.Of.Badge != "" || w.asksPINForRun() || w.asksPINForShelf()
}

// asksPINForRun tells whether a supervisor's PIN is wanted for the print run.
func (w *Window) asksPINForRun() bool { return w.run.question == pinForMissing && w.onRun() }

// shownPage is the page on the screen.
func (w *Window) shownPage(s station.Snapshot) frame.Page {
	if w.asksWho(s) {
		return frame.PageSignIn
	}
	return w.page
}

// signInModel is the page of signing in of a snapshot. dots is how many digits the keyboard gave.
func (w *Window) signInModel(s station.Snapshot, dots int) signin.Model {
	m := signin.Model{Dots: min(len(w.signin.pressed)+dots, order.LongestPIN)}
	switch pin := s.State.Staff.PIN; {
	case w.asksPINForRun():
		m.View, m.Name, m.Override = signin.PIN, w.run.supervisor.Name, true
	case w.asksPINForShelf():
		m.View, m.Title, m.Text = signin.PIN, order.Say("peoplepage.name_is", "name", w.shelf.supervisor.Name), order.Say("shelfpage.pin")
	case pin.Of.Badge != "":
		m.View, m.Name, m.Override = signin.PIN, pin.Of.Name, pin.Override
	case s.Strip.Said.Key == "say.locked":
		m.View = signin.Away
	}
	if s.State.SignedOut() {
		m.Open = string(s.State.Parcel.Key)
	}
	return m
}

// drawSignIn shows the page of signing in where it is wanted. A field that is not seen must not take keys.
func (w *Window) drawSignIn(s station.Snapshot) {
	asks := w.asksWho(s)
	if asks && !w.signin.shown {
		w.window.Canvas().Unfocus()
		w.crew.leave() // it was a supervisor's
		w.goods.leave()
	}
	if w.signin.shown = asks; !asks {
		w.signin.pressed = ""
		return
	}
	w.signin.Render(w.signInModel(s, len(w.typing.text)))
}

// pressOnSignIn does what a key of the keyboard or of the keypad does there. Every other key is told what comes first.
func (w *Window) pressOnSignIn(key string, s station.Snapshot) {
	asks := w.asksPIN(s)
	switch {
	case asks && key == signin.Rubout:
		w.signin.pressed = w.signin.pressed[:max(0, len(w.signin.pressed)-1)]
	case asks && key == signin.Done:
		typed := w.typing.text
		if w.typing.forget != nil {
			w.typing.forget()
		}
		w.typing.end()
		w.givePIN(w.signin.pressed + typed)
	case asks && len(key) == 1:
		if len(w.signin.pressed) < order.LongestPIN {
			w.signin.pressed += key
		}
	case w.asksPINForRun():
		if key == back {
			w.run.question, w.signin.pressed = nothingAsked, ""
		}
	case w.asksPINForShelf():
		if key == back {
			w.leaveShort()
			w.signin.pressed = ""
		}
	case asks && key == back:
		w.signin.pressed = ""
		w.running.Wish(packing.Aside{})
	default:
		w.running.Wish(packing.OK{})
	}
	w.draw()
}

// givePIN hands on what somebody gave for their PIN.
func (w *Window) givePIN(digits string) {
	w.signin.pressed = ""
	if w.asksPINForRun() {
		w.run.question = nothingAsked
		w.running.WishPrint(station.PrintWish{Act: station.PrintMissing, Why: w.run.why, Supervisor: w.run.supervisor.Badge, PIN: digits})
		return
	}
	if w.asksPINForShelf() {
		w.closeSheet(station.CloseWish{Sheet: w.shelf.closing, Incomplete: true, Reason: w.shelf.reason, Supervisor: w.shelf.supervisor.Badge, PIN: digits})
		return
	}
	w.running.Wish(packing.PIN{Digits: digits})
}

// scanToSignIn takes a scan while somebody has to say who they are: a PIN, or a badge. A badge is one also while a PIN is asked for.
func (w *Window) scanToSignIn(scan order.Scan, s station.Snapshot) {
	badge := order.PersonOf(s.State.Staff.People, scan.Code).Badge != ""
	switch {
	case w.asksPINForRun() || w.asksPINForShelf():
		if scan.Typed {
			scan.Code = w.signin.pressed + scan.Code
		}
		w.givePIN(scan.Code)
	case w.asksPIN(s) && !badge && scan.Typed:
		w.givePIN(w.signin.pressed + scan.Code)
	default:
		w.signin.pressed = ""
		w.running.Submit(scan)
	}
}

// badgeOnRun takes the badge that is asked for before labels are printed again. Where people are registered the supervisor's PIN comes next.
func (w *Window) badgeOnRun(code string) {
	w.run.question = nothingAsked
	person := order.PersonOf(w.running.Snapshot().State.Staff.People, code)
	if person.Supervisor && !person.Locked {
		w.run.question, w.run.supervisor = pinForMissing, person
		w.draw()
		return
	}
	w.running.WishPrint(station.PrintWish{Act: station.PrintMissing, Why: w.run.why, Supervisor: code})
}

// nowSigning is the bench as it is, while the page of signing in takes keys and scans; else nil.
func (w *Window) nowSigning() *station.Snapshot {
	if w.running == nil {
		return nil
	}
	if s := w.running.Snapshot(); w.asksWho(s) {
		return &s
	}
	return nil
}

// openPage turns to a page that somebody pressed in the rail, unless they have to say first who they are.
func (w *Window) openPage(to frame.Page) {
	if s := w.nowSigning(); s != nil {
		w.pressOnSignIn("", *s)
		return
	}
	if !w.looksAway(to) {
		w.turnTo(to)
	}
}
