// Package keyhook catches what is scanned and typed in a window whatever has its focus.
package keyhook

import (
	"strconv"
	"time"
	"unicode"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/scanner"
	"packbench/scanner/wedge"
)

// Key is what came from the keyboard. Exactly one of its fields says something; a Key without any tells
// that what was typed is gone.
type Key struct {
	// Scan is a code, scanned or typed.
	Scan *order.Scan
	// Name is a function key, F1 to F12, or Escape when there was nothing to clear; as fyne.KeyName a key that moves in a list, up, down, left, right and by pages, or Return
	// that ended nothing, while no field has the focus.
	Name string
	// Typed is what has been typed so far.
	Typed string
	// Forget takes back what has been typed so far, for who needs no Enter behind a digit. It comes with Typed.
	Forget func()
	// InputMethod tells that an input method changes what is scanned or typed. It is told once a code, before the code's Scan, which is not lost.
	InputMethod bool
}

// Tap hears of every character, Enter and Tab before anybody else, and tells whether it keeps them to itself: so a scanner is tested by what it types.
type Tap func(r rune, at time.Time) bool

// device names the keyboard in scans: scanners that type cannot be told apart.
const device = "keyboard"

// listener turns a window's keys into Keys. It is the part of this package that needs no window.
type listener struct {
	detector wedge.Detector
	onKey    func(Key)
	tap      Tap
	// leaked counts the characters since the last Enter that the focused widget got.
	leaked int
	typed  string
	method method
}

func newListener(onKey func(Key), tap Tap) *listener {
	return &listener{detector: wedge.Detector{Device: device}, onKey: onKey, tap: tap}
}

// tapped gives the tap a character and tells whether it is to go no further: then it is part of no code either.
func (l *listener) tapped(r rune, at time.Time) bool {
	if l.tap == nil || !l.tap(r, at) {
		return false
	}
	l.tell(l.detector.Key(wedge.Escape, at))
	l.leaked = 0
	return true
}

// rune takes a character and tells whether the window must not have it. focused tells that a widget has the keyboard: then it gets all, since
// what comes quickly may be a scanner, a quick hand or a program that types; only Enter tells, and takes a scanner's characters back.
func (l *listener) rune(r rune, focused bool, at time.Time) (ours bool) {
	if l.tapped(r, at) {
		return true
	}
	if !focused {
		l.leaked = 0
	}
	l.detector.BurstsOnly = focused
	if focused && r > unicode.MaxASCII && !scanner.Widened(r) { // an input method gives many at once; no scanner types such
		l.detector.Key(wedge.Escape, at)
		l.leaked, l.method = 0, method{}
		return false
	}
	l.sees(r, focused, at)
	l.tell(l.detector.Key(r, at))
	if focused {
		l.leaked++
	}
	return !focused
}

// separator takes the GS that parts the fields of a GS1 code, which a keyboard scanner types as control and ]: it types no character. Outside of a code that is
// coming it is the window's.
func (l *listener) separator(focused bool, at time.Time) (ours bool) {
	if l.tapped(scanner.Separator, at) {
		return true
	}
	if !l.detector.Hot(at) {
		return false
	}
	l.detector.BurstsOnly = focused
	l.tell(l.detector.Key(scanner.Separator, at))
	return true
}

// enter ends a code. What the focused widget got of a scanner's is taken back, n characters of it, before anybody hears of the scan: the
// focus may move then.
func (l *listener) enter(focused bool, at time.Time, takeBack func(n int)) (ours bool) {
	if l.tapped(wedge.Enter, at) {
		return true
	}
	l.detector.BurstsOnly = focused
	result := l.detector.Key(wedge.Enter, at)
	if !result.Done {
		alone := !focused && l.typed == "" && !result.Hot
		l.leaked, l.method = 0, method{}
		l.tell(result)
		if alone {
			l.move(fyne.KeyReturn, focused)
		}
		return result.Hot
	}
	l.done(result, focused, takeBack)
	return true
}

// silent takes that nothing has come up to now: the code of a scanner that sends no Enter is over then.
func (l *listener) silent(focused bool, at time.Time, takeBack func(n int)) {
	l.detector.BurstsOnly = focused
	if result := l.detector.Silence(at); result.Done {
		l.done(result, focused, takeBack)
	}
}

func (l *listener) done(result wedge.Result, focused bool, takeBack func(n int)) {
	leaked := l.leaked
	l.admits(!result.Scan.Typed)
	l.leaked, l.typed, l.method = 0, "", method{}
	if focused && !result.Scan.Typed {
		takeBack(min(result.Keys, leaked))
	}
	l.onKey(Key{Scan: &result.Scan})
}

// edit takes Escape or Backspace.
func (l *listener) edit(key rune, focused bool, at time.Time) (ours bool) {
	had := l.typed != ""
	if key == wedge.Escape {
		l.method = method{}
	}
	l.tell(l.detector.Key(key, at))
	if key == wedge.Escape && !had {
		l.onKey(Key{Name: string(fyne.KeyEscape)})
		return false
	}
	return had && !focused
}

// tell passes on what is being typed, where it changed.
func (l *listener) tell(result wedge.Result) {
	if l.typed != result.Pending {
		l.typed = result.Pending
		l.onKey(Key{Typed: l.typed, Forget: l.forget})
	}
}

// forget drops what was typed, and tells so.
func (l *listener) forget() { l.tell(l.detector.Key(wedge.Escape, time.Now())) }

// hot tells whether a scanner is typing right now: a space key must then not press a button.
func (l *listener) hot(at time.Time) bool {
	return l.detector.Hot(at)
}

// tab takes a Tab. In a field it is the hand's, and what comes after it is another field's; elsewhere one in a burst must not find a field.
func (l *listener) tab(focused bool, at time.Time) (ours bool) {
	if l.tapped('\t', at) {
		return true
	}
	if !focused {
		return l.hot(at)
	}
	l.tell(l.detector.Key(wedge.Escape, at))
	l.leaked = 0
	return false
}

// move passes on a key that moves in a list, unless a field has the focus, and tells whether it did.
func (l *listener) move(key fyne.KeyName, focused bool) bool {
	if focused {
		return false
	}
	l.onKey(Key{Name: string(key)})
	return true
}

// function passes on a function key and tells whether it was one.
func (l *listener) function(number int) bool {
	if number < 1 || number > 12 {
		return false
	}
	l.onKey(Key{Name: "F" + strconv.Itoa(number)})
	return true
}
