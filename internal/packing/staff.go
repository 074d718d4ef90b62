package packing

import (
	"slices"
	"time"

	"packbench/internal/order"
)

// The outcomes of badges and PINs.
const (
	SignedInOut  Outcome = "signed_in"
	SignedOutOut Outcome = "signed_out" // nobody is signed in: a badge comes first
	WrongPINOut  Outcome = "wrong_pin"
)

// Staff is who may work at the bench, and who does. Where nobody is registered all this asks nothing.
type Staff struct {
	People []order.Person
	// AskPIN tells that a badge alone signs nobody in who has a PIN.
	AskPIN bool
	// LockAfter is how long without a scan or a key the packer stays signed in; 0: until another comes.
	LockAfter time.Duration

	// Packer is who is signed in; the zero Person: nobody.
	Packer order.Person
	// PIN is whose PIN is asked for.
	PIN PINAsked

	seenAt time.Time // the packer's last scan or key
}

// PINAsked is whose PIN is asked for: the zero Person's, where none is. Override tells that they allow something, else they sign in.
type PINAsked struct {
	Of       order.Person
	Override bool
	checking bool
}

// PIN is what a person gave for their PIN. It must not be shown, journalled or logged.
type PIN struct{ Digits string }

// PINAnswered answers CheckPIN. Locked tells that too many were wrong. People are those of the bench as they are now.
type PINAnswered struct {
	Badge         string
	Right, Locked bool
	People        []order.Person
	Problem       *order.Problem // it could not be checked
}

// PeopleAre says who may work at the bench from now on.
type PeopleAre struct{ People []order.Person }

func (PIN) input()         {}
func (PINAnswered) input() {}
func (PeopleAre) input()   {}

// CheckPIN compares a PIN with that of the person with a badge.
type CheckPIN struct{ Badge, PIN string }

func (CheckPIN) effect() {}

// SignedOut tells that nothing is done until somebody has scanned their badge.
func (s State) SignedOut() bool { return len(s.Staff.People) > 0 && s.Staff.Packer.Badge == "" }

// LockDue tells whether the packer has been away for so long that they are signed out.
func (s State) LockDue(now time.Time) bool {
	away := s.Staff.LockAfter > 0 && now.Sub(s.Staff.seenAt) >= s.Staff.LockAfter
	return away && s.Staff.Packer.Badge != "" && !s.Staff.PIN.checking
}

// PINIn is the PIN that a scan stands for: while one is asked for everything does, but a badge, and the label of a parcel that a supervisor is asked about. What is scanned or
// typed then is nobody's business even where it can be no PIN.
func (s State) PINIn(scan order.Scan) (PIN, bool) {
	label := s.Staff.PIN.Override && (&move{s: s}).onLabel(scan.Code)
	if s.Staff.PIN.Of.Badge == "" || label || order.PersonOf(s.Staff.People, scan.Code).Badge != "" {
		return PIN{}, false
	}
	return PIN{scan.Code}, true
}

// attend takes what concerns the people at the bench, and keeps out who is not signed in. It tells whether nothing more comes of the input.
func (m *move) attend(in Input) (done bool) {
	switch in := in.(type) {
	case PeopleAre:
		m.peopleAre(in.People)
		return true
	case PIN:
		m.pin(in)
		return true
	case PINAnswered:
		m.pinAnswered(in)
		return true
	case Tick:
		if m.s.LockDue(m.now) {
			m.signOut()
			m.turn.Said = order.Say("say.locked")
		}
	case Scanned:
		return len(m.s.Staff.People) > 0 && m.badge(in)
	case OK, Again, NewLabel, Aside, Short, Damaged, Extra, Park, Undo, StartOver, Help, SendHere, Learn, Choose:
		return m.keptOut(in)
	}
	return false
}

// keptOut lets nobody act who is not signed in, and leads out of the question for a PIN.
func (m *move) keptOut(in Input) bool {
	staff := &m.s.Staff
	asked := staff.PIN.Of.Badge != ""
	staff.seenAt = m.now
	_, aside := in.(Aside)
	switch {
	case asked && aside:
		staff.PIN = PINAsked{}
		m.tell(Accepted, order.Say("say.no_pin_given"))
	case asked:
		m.tell(NeedsPerson, order.Say("ask.pin", "name", staff.PIN.Of.Name))
	case m.s.SignedOut():
		m.tell(SignedOutOut, order.Say("refused.signed_out"))
	default:
		return false
	}
	return true
}

// badge takes a scan that is a badge, or comes where one has to come first. It tells whether nothing more comes of the scan.
func (m *move) badge(in Scanned) bool {
	if pin, is := m.s.PINIn(in.Scan); is {
		m.pin(pin)
		return true
	}
	m.scan, m.turn.Code = in.Scan, in.Code
	staff, person := &m.s.Staff, in.Candidates.Badge
	if person.Badge == "" {
		if m.s.SignedOut() {
			m.tell(SignedOutOut, order.Say("refused.signed_out"))
			return true
		}
		staff.seenAt = m.now
		return false
	}
	if m.doubleRead(in) {
		m.tell(Repeat, order.Say("say.repeat"))
		return true
	}
	m.remember()
	override := !m.s.SignedOut() && m.s.asksSupervisor()
	staff.PIN, staff.seenAt = PINAsked{}, m.now
	switch {
	case person.Locked:
		m.tell(NeedsPerson, order.Say("people.locked", "name", person.Name))
	case override && !person.Supervisor:
		m.tell(NeedsPerson, order.Say("refused.no_supervisor"))
	case override && !person.PIN:
		m.tell(NeedsPerson, order.Say("people.needs_pin"))
	case override, staff.AskPIN && person.PIN && person.Badge != staff.Packer.Badge:
		staff.PIN = PINAsked{Of: person, Override: override}
		m.tell(NeedsPerson, order.Say("ask.pin", "name", person.Name))
	default:
		m.signIn(person)
	}
	return true
}

// asksSupervisor tells whether what the screen asks is a supervisor's to allow.
func (s State) asksSupervisor() bool {
	return s.Phase == Asked && (s.Question == Supervisor || s.Question == AllowCheck || s.Question == AllowWeight || s.Question == AllowLearn)
}

// pin has a PIN checked. Its answer answers the person too.
func (m *move) pin(in PIN) {
	staff := &m.s.Staff
	m.scan, m.turn.Code = order.Scan{}, pinCode
	switch {
	case staff.PIN.Of.Badge == "":
		m.tell(NothingAsked, order.Say("say.no_pin_asked"))
	case !order.IsPIN(in.Digits):
		m.tell(NeedsPerson, order.Say("people.pin"))
	default:
		staff.PIN.checking = true
		m.start(CheckPIN{staff.PIN.Of.Badge, in.Digits})
	}
}

// pinCode stands in the place of what was scanned or typed for a PIN.
const pinCode = "pin"

func (m *move) pinAnswered(in PINAnswered) {
	m.turn.Code = pinCode
	asked := m.s.Staff.PIN
	m.s.Staff.PIN.checking = false
	if in.Problem == nil {
		m.peopleAre(in.People)
	}
	staff := &m.s.Staff
	switch {
	case in.Problem != nil:
		m.tell(NeedsPerson, in.Problem.Said)
	case asked.Of.Badge != in.Badge: // they were taken off the list meanwhile
		m.tell(NothingAsked, order.Say("say.no_pin_asked"))
	case in.Locked:
		staff.PIN = PINAsked{}
		m.tell(WrongPINOut, order.Say("people.locked", "name", asked.Of.Name))
	case !in.Right:
		m.tell(WrongPINOut, order.Say("people.wrong_pin", "name", asked.Of.Name))
	default:
		staff.PIN, staff.seenAt = PINAsked{}, m.now
		m.proved(asked)
	}
}

// proved does what a person's PIN was asked for.
func (m *move) proved(asked PINAsked) {
	switch {
	case !asked.Override:
		m.signIn(asked.Of)
	case m.s.asksSupervisor() && m.s.Question == AllowCheck:
		m.heeded(asked.Of.Badge)
	case m.s.asksSupervisor() && m.s.Question == AllowWeight:
		m.allowWeight(asked.Of.Badge)
	case m.s.asksSupervisor() && m.s.Question == AllowLearn:
		m.allowLearn(asked.Of.Badge)
	case m.s.asksSupervisor():
		m.allow(asked.Of.Badge)
	default: // the parcel was stopped meanwhile
		m.tell(NeedsPerson, m.s.Trouble)
	}
}

// peopleAre takes in who may work here. Who may not any more is signed out.
func (m *move) peopleAre(people []order.Person) {
	staff := &m.s.Staff
	staff.People = slices.Clone(people)
	if packer := order.PersonOf(people, staff.Packer.Badge); packer.Badge != "" {
		staff.Packer = packer
	} else if staff.Packer.Badge != "" {
		m.signOut()
	}
	if !staff.PIN.checking {
		staff.PIN.Of = order.PersonOf(people, staff.PIN.Of.Badge)
	}
}

// signIn makes a person the packer. An open parcel stays open: they go on with it.
func (m *move) signIn(person order.Person) {
	staff := &m.s.Staff
	if staff.Packer.Badge != person.Badge {
		m.record(order.SignedIn, func(e *order.Event) { e.Code, e.Packer = person.Badge, person.Name })
	}
	staff.Packer = person
	m.tell(SignedInOut, order.Say("say.signed_in", "name", person.Name))
}

func (m *move) signOut() {
	packer := m.s.Staff.Packer
	m.record(order.SignedOut, func(e *order.Event) { e.Code, e.Packer = packer.Badge, packer.Name })
	m.s.Staff.Packer, m.s.Staff.PIN = order.Person{}, PINAsked{}
}

// forgetPIN ends the question for a supervisor's PIN once there is nothing for them to allow.
func (m *move) forgetPIN() {
	pin := m.s.Staff.PIN
	if pin.Override && !pin.checking && !m.s.asksSupervisor() {
		m.s.Staff.PIN = PINAsked{}
	}
}
