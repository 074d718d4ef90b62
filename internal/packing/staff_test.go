package packing

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"packbench/internal/order"
)

// mei is a supervisor, li and an are packers; an has a PIN.
var (
	mei   = order.Person{Badge: "S-1", Name: "Mei", Supervisor: true, PIN: true}
	li    = order.Person{Badge: "P-1", Name: "Li"}
	an    = order.Person{Badge: "P-2", Name: "An", PIN: true}
	staff = []order.Person{mei, li, an}
)

const (
	rightPIN = "24680"
	wrongPIN = "11111"
)

// staffedBench is a bench where people are registered.
func staffedBench(t *testing.T, parcels ...order.Parcel) *bench {
	b := newBench(t, parcels...)
	b.state.Staff.People = staff
	return b
}

// badge scans a code as the station does, which knows whose badge it is.
func (b *bench) badge(code string) Turn {
	b.now = b.now.Add(2 * time.Second)
	candidates := b.candidates(code)
	candidates.Badge = order.PersonOf(b.state.Staff.People, code)
	return b.give(Scanned{Scan: order.Scan{Code: code, Device: "one", At: b.now}, Candidates: candidates})
}

// checkPIN answers the one PIN that is to be checked.
func (b *bench) checkPIN(locked bool) Turn {
	b.t.Helper()
	for i, effect := range b.effects {
		if check, is := effect.(CheckPIN); is {
			b.effects = append(b.effects[:i:i], b.effects[i+1:]...)
			return b.give(PINAnswered{Badge: check.Badge, Right: check.PIN == rightPIN && !locked, Locked: locked, People: b.state.Staff.People})
		}
	}
	b.t.Fatal("no PIN is to be checked")
	return Turn{}
}

func (b *bench) said(turn Turn, key string) {
	b.t.Helper()
	if turn.Said.Key != key {
		b.t.Errorf("said %q, want %q", turn.Said.Key, key)
	}
}

func TestNothingIsDoneUntilABadgeIsScanned(t *testing.T) {
	b := staffedBench(t, parcel("P1", "tee"))
	for _, code := range []string{"P1", "tee", "nonsense"} {
		turn := b.badge(code)
		b.want(turn, SignedOutOut)
		if len(turn.Events) != 0 || len(turn.Effects) != 0 || b.state.Phase != Idle {
			t.Errorf("%s: %+v", code, turn)
		}
	}
	for _, wish := range []Input{OK{}, Again{}, NewLabel{}, Aside{}} {
		b.want(b.give(wish), SignedOutOut)
	}
	turn := b.badge("P-1")
	b.want(turn, SignedInOut)
	if len(turn.Events) != 1 || turn.Events[0].Kind != order.SignedIn || turn.Events[0].Packer != "Li" || turn.Events[0].Code != "P-1" {
		t.Errorf("%+v", turn.Events)
	}
	b.want(b.badge("P1"), OpenedOut)
}

func TestAnotherBadgeGoesOnWithTheOpenParcel(t *testing.T) {
	b := staffedBench(t, parcel("P1", "tee", "cap"))
	b.badge("P-1")
	b.badge("P1")
	b.want(b.badge("tee"), TakenOut)
	turn := b.badge("P-2")
	b.want(turn, SignedInOut)
	if b.state.Staff.Packer != an || turn.Events[0].Parcel != "P1" || turn.Events[0].Packer != "An" || b.state.Phase != Packing {
		t.Errorf("%+v, phase %s", turn.Events, b.state.Phase)
	}
	if again := b.badge("P-2"); len(again.Events) != 0 {
		t.Errorf("signed in twice: %+v", again.Events)
	}
	b.want(b.badge("cap"), TakenOut)
}

func TestABadgeIsNeverAPiece(t *testing.T) {
	b := staffedBench(t, parcel("P1", "P-2", "cap"))
	b.badge("P-1")
	b.badge("P1")
	b.want(b.badge("P-2"), SignedInOut)
	if in, _ := b.state.Pieces(); in != 0 {
		t.Error("a badge was packed")
	}
}

func TestABadgeReadTwiceIsARepeat(t *testing.T) {
	b := staffedBench(t)
	b.badge("P-1")
	b.now = b.now.Add(300*time.Millisecond - 2*time.Second)
	b.want(b.badge("P-1"), Repeat)
}

func TestAPINToSignIn(t *testing.T) {
	b := staffedBench(t, parcel("P1", "tee"))
	b.state.Staff.AskPIN = true
	b.want(b.badge("P-1"), SignedInOut) // has none
	b.said(b.badge("P-2"), "ask.pin")
	if b.state.Staff.Packer != li {
		t.Error("signed in without the PIN")
	}
	b.said(b.badge("P1"), "people.pin") // anything is taken for the PIN
	b.badge(wrongPIN)
	if !b.state.Busy() {
		t.Error("scans do not wait for the verdict")
	}
	b.want(b.checkPIN(false), WrongPINOut)
	b.give(PIN{rightPIN})
	b.want(b.checkPIN(false), SignedInOut)
	if b.state.Staff.Packer != an || b.state.Staff.PIN != (PINAsked{}) {
		t.Errorf("%+v", b.state.Staff)
	}
	b.badge("S-1")
	b.give(PIN{wrongPIN})
	b.said(b.checkPIN(true), "people.locked")
	if b.state.Staff.PIN != (PINAsked{}) || b.state.Staff.Packer != an {
		t.Errorf("%+v", b.state.Staff)
	}
	b.badge("S-1")
	b.want(b.give(Aside{}), Accepted) // the way out
	b.want(b.badge("P1"), OpenedOut)
	b.want(b.give(PIN{rightPIN}), NothingAsked)
}

// asksSupervisor is a bench whose packer wants a label for the third time.
func asksSupervisor(t *testing.T) *bench {
	b := staffedBench(t, parcel("P1", "tee"))
	b.badge("P-1")
	b.badge("P1")
	b.badge("tee")
	b.settle()
	b.want(b.give(Again{Why: order.Lost}), Accepted)
	b.settle()
	b.want(b.give(Again{Why: order.Jammed}), NeedsPerson)
	if b.state.Question != Supervisor || b.state.Trouble.Key != "ask.supervisor" {
		t.Fatalf("asked %s, %s", b.state.Question, b.state.Trouble.Key)
	}
	return b
}

func TestAnOverrideNeedsBadgeAndPIN(t *testing.T) {
	b := asksSupervisor(t)
	b.state.Supervisors = []string{"OLD"}
	b.said(b.badge("OLD"), "refused.no_supervisor") // a badge without a PIN counts no more
	b.said(b.badge("P-2"), "refused.no_supervisor")
	b.said(b.badge("S-1"), "ask.pin")
	b.give(PIN{wrongPIN})
	b.want(b.checkPIN(false), WrongPINOut)
	b.give(PIN{rightPIN})
	turn := b.checkPIN(false)
	b.want(turn, Accepted)
	spoiled := turn.Events[0]
	if spoiled.Kind != order.LabelSpoiled || spoiled.Supervisor != "S-1" || spoiled.SupervisorName != "Mei" || spoiled.Spoiling != order.Jammed {
		t.Errorf("%+v", spoiled)
	}
	if b.state.Staff.Packer != li {
		t.Errorf("the supervisor became the packer: %+v", b.state.Staff.Packer)
	}
}

func TestASupervisorIsNotAskedForNothing(t *testing.T) {
	b := asksSupervisor(t)
	b.badge("S-1")
	b.badge("TP1") // the label did come out
	b.settle()
	if b.state.Staff.PIN != (PINAsked{}) || b.state.Phase != Idle {
		t.Errorf("%+v, phase %s", b.state.Staff.PIN, b.state.Phase)
	}
	b = asksSupervisor(t)
	b.badge("S-1")
	b.give(PIN{rightPIN})
	gone := b.parcels["P1"]
	gone.Standing = order.Gone
	b.give(Read{Key: "P1", Parcel: gone, Found: true})
	b.want(b.checkPIN(false), NeedsPerson) // the parcel was stopped meanwhile
	if b.state.Phase != Halted || b.state.Staff.PIN != (PINAsked{}) {
		t.Errorf("%+v, phase %s", b.state.Staff.PIN, b.state.Phase)
	}
	locked := mei
	locked.Locked = true
	b = asksSupervisor(t)
	b.give(PeopleAre{[]order.Person{locked, li}})
	b.said(b.badge("S-1"), "people.locked")
}

func TestWhoIsAwayIsSignedOut(t *testing.T) {
	b := staffedBench(t, parcel("P1", "tee", "cap"))
	b.state.Staff.LockAfter = 5 * time.Minute
	b.badge("P-1")
	b.badge("P1")
	b.badge("tee")
	b.now = b.now.Add(4 * time.Minute)
	b.give(Aside{}) // a key is a sign of life
	b.badge("nonsense")
	b.now = b.now.Add(5*time.Minute - time.Second)
	b.give(Tick{})
	if b.state.SignedOut() {
		t.Fatal("too early")
	}
	b.now = b.now.Add(time.Second)
	turn := b.give(Tick{})
	if !b.state.SignedOut() || turn.Events[0].Kind != order.SignedOut || turn.Events[0].Packer != "Li" || turn.Said.Key != "say.locked" {
		t.Fatalf("%+v", turn)
	}
	b.want(b.badge("cap"), SignedOutOut)
	b.badge("P-2")
	if b.state.Parcel.Key != "P1" || len(b.state.Work.Taken) != 1 {
		t.Errorf("the open parcel is gone: %+v", b.state.Work)
	}
	b.want(b.badge("cap"), TakenOut)
}

func TestWhoIsTakenOffTheListIsSignedOut(t *testing.T) {
	b := staffedBench(t)
	b.badge("P-1")
	b.give(PeopleAre{[]order.Person{mei}})
	if !b.state.SignedOut() {
		t.Error("still signed in")
	}
	b.give(PeopleAre{})
	if b.state.SignedOut() {
		t.Error("a bench without people wants a badge")
	}
}

// Whatever is scanned while a PIN is asked for is in no event and in no word to the packer.
func TestAPINIsNowhere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := asksSupervisor(t)
		b.badge("S-1")
		for range rapid.IntRange(1, 6).Draw(rt, "scans") {
			code := "secret" + rapid.StringMatching(`[0-9]{0,9}`).Draw(rt, "code")
			if rapid.Bool().Draw(rt, "digits") {
				code = "97531" + rapid.StringMatching(`[0-9]{0,3}`).Draw(rt, "pin")
			}
			turn := b.badge(code)
			if b.state.Staff.PIN.checking {
				turn = b.checkPIN(false)
			}
			if turn.Outcome == "" || turn.Code != "pin" {
				rt.Fatalf("%q was answered by %+v", code, turn)
			}
			turn.Effects = nil
			for _, word := range []string{"secret", "97531"} {
				if holds(reflect.ValueOf(turn), word) || holds(reflect.ValueOf(b.state), word) {
					rt.Fatalf("%q is in %+v", code, turn)
				}
			}
		}
	})
}

// holds tells whether a text with a word in it is anywhere in a value.
func holds(v reflect.Value, word string) bool {
	switch v.Kind() {
	case reflect.String:
		return strings.Contains(v.String(), word)
	case reflect.Struct:
		for i := range v.NumField() {
			if holds(v.Field(i), word) {
				return true
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if holds(v.Index(i), word) {
				return true
			}
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			if holds(key, word) || holds(v.MapIndex(key), word) {
				return true
			}
		}
	case reflect.Pointer, reflect.Interface:
		return !v.IsNil() && holds(v.Elem(), word)
	}
	return false
}

// Where people are registered a check that takes a supervisor takes their PIN too, and not a badge of the settings.
func TestACheckIsAllowedByBadgeAndPIN(t *testing.T) {
	b := staffedBench(t, parcel("P1", "tee"))
	p := b.parcels["P1"]
	p.Market, p.NotLatin = "GB", true
	b.parcels["P1"] = p
	b.state.Checks = &order.Checks{Rules: []order.CheckRule{{Market: "GB", Check: order.CheckScript, Severity: order.AsksASuperior}}}
	b.state.Supervisors = []string{"OLD"}
	b.badge("P-1")
	b.badge("P1")
	b.badge("tee")
	b.settle()
	if b.state.Question != AllowCheck {
		t.Fatalf("question %q in phase %s", b.state.Question, b.state.Phase)
	}
	b.want(b.badge("OLD"), NeedsPerson)
	b.want(b.badge("S-1"), NeedsPerson)
	b.give(PIN{rightPIN})
	turn := b.checkPIN(false)
	b.want(turn, Accepted)
	if e := turn.Events[0]; e.Kind != order.CheckHeeded || e.SupervisorName != "Mei" {
		t.Errorf("%+v", e)
	}
}
