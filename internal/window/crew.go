package window

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/ui/frame"
	"packbench/ui/kit"
	page "packbench/ui/people"
	"packbench/ui/signin"
)

// crew is the page of who may work at the bench. A supervisor opens it by badge and PIN; the first person is registered without. It belongs to the main
// goroutine.
type crew struct {
	*Window
	page   *page.Screen
	ask    *signin.Screen // for badges and PINs
	object *fyne.Container
	busy   bool
	crewState
}

// crewState is how the page stands; nothing of it outlives the page's being open.
type crewState struct {
	isOpen bool
	step   crewStep

	roster    people.Roster
	overrides map[string]int // today, by badge
	first     int            // of the list, at its top
	by        string         // the badge of the supervisor
	who       string         // the badge of whom it is about
	draft     people.Person  // who is being registered
	pin       string         // given once, to be given again
	pressed   string         // digits of a PIN, by the keypad
	report    page.Report
	touchedAt time.Time
}

// crewStep is what the page asks for.
type crewStep int

// The steps.
const (
	whoAreYou crewStep = iota // a supervisor's badge
	yourPIN
	everybody
	onePerson
	reallyRemove
	itsRole // of a new one, and so on
	itsName
	itsBadge
	itsPIN
	itsPINAgain
	newBadge // of somebody who is registered, and so on
	newPIN
	newPINAgain
	unlockPIN // the supervisor's own, once more
)

// crewTime is how long the page stays open without a hand on it: what it can do is not for whoever comes by.
const crewTime = 2 * time.Minute

// newCrew makes the page.
func (w *Window) newCrew() {
	w.crew.Window = w
	w.crew.page = page.New(w.environment.Tongue, crewHands{&w.crew})
	w.crew.ask = signin.New(w.environment.Tongue, func(key string) { w.crew.press(key); w.draw() })
	w.crew.object = kit.Layers(w.crew.page.Object(), w.crew.ask.Object())
}

// openCrew turns to the page; a supervisor has to say who they are where somebody is registered.
func (w *Window) openCrew() {
	if w.bench == nil {
		return
	}
	c := &w.crew
	c.crewState = crewState{isOpen: true, touchedAt: w.environment.Now()}
	roster, err := people.Load(w.environment.Dir)
	if err != nil {
		c.fail(err)
	}
	if c.roster = roster; err == nil && len(roster.People) == 0 {
		c.step = everybody
	}
	w.window.Canvas().Unfocus()
	w.draw()
}

func (c *crew) content() fyne.CanvasObject { return c.object }
func (c *crew) opened() bool               { return c.isOpen }

// leave forgets who opened the page, and every PIN that was begun.
func (c *crew) leave() {
	c.crewState = crewState{}
	c.page.Fill("")
}

// asksCode tells whether a badge or a PIN is asked for, and which.
func (c *crew) asksCode() (asks, pin bool) {
	switch c.step {
	case whoAreYou, itsBadge, newBadge:
		return true, false
	case yourPIN, itsPIN, itsPINAgain, newPIN, newPINAgain, unlockPIN:
		return true, true
	}
	return false, false
}

// hides tells that what is typed is a PIN.
func (c *crew) hides() bool {
	_, pin := c.asksCode()
	return pin
}

// person is whom it is about; the zero value where they are gone.
func (c *crew) person() people.Person {
	if at := slices.IndexFunc(c.roster.People, func(p people.Person) bool { return p.Badge == c.who }); at >= 0 {
		return c.roster.People[at]
	}
	return people.Person{}
}

func (c *crew) draw(now time.Time) {
	if now.Sub(c.touchedAt) > crewTime {
		c.leaveInner()
		return
	}
	asks, pin := c.asksCode()
	kit.Show(c.ask.Object(), asks)
	kit.Show(c.page.Object(), !asks)
	if asks {
		c.ask.Render(c.askModel(pin))
		return
	}
	c.page.Render(c.model())
	if digit := c.typing.digit(c.page.Digits(), now); digit > 0 {
		c.touchedAt = now
		c.page.Key(string(rune('0' + digit)))
	}
}

// askModel is the question for a badge or a PIN.
func (c *crew) askModel(pin bool) signin.Model {
	m := signin.Model{Leave: true, Title: order.Say("signin.badge")}
	if pin {
		m.View, m.Dots = signin.PIN, min(len(c.pressed)+len(c.typing.text), order.LongestPIN)
	}
	name := c.person().Name
	if c.step == itsBadge || c.step == itsPIN || c.step == itsPINAgain {
		name = c.draft.Name
	}
	m.Text = map[crewStep]order.Said{
		whoAreYou: order.Say("peoplepage.who"), yourPIN: order.Say("signin.pin"), itsBadge: order.Say("peoplepage.its_badge"), newBadge: order.Say("peoplepage.new_badge"),
		itsPIN: order.Say("peoplepage.new_pin"), newPIN: order.Say("peoplepage.new_pin"), itsPINAgain: order.Say("peoplepage.pin_again"),
		newPINAgain: order.Say("peoplepage.pin_again"), unlockPIN: order.Say("peoplepage.unlock_pin", "name", name),
	}[c.step]
	if c.step == itsPIN && c.draft.Role == people.Packer {
		m.Text = order.Say("peoplepage.packer_pin")
	}
	switch c.step {
	case whoAreYou:
	case yourPIN, unlockPIN:
		m.Title = order.Say("peoplepage.name_is", "name", c.roster.NameOf(c.by))
	default:
		m.Title = order.Say("peoplepage.name_is", "name", name)
	}
	return m
}

// roleWords are the names of the roles.
var roleWords = map[people.Role]order.Said{people.Packer: order.Say("people.role.packer"), people.Supervisor: order.Say("people.role.supervisor")}

func (c *crew) shown(p people.Person) page.Person {
	return page.Person{
		Name: p.Name, Role: roleWords[p.Role], Badge: p.Badge, PIN: p.PIN != "", Wrong: p.Wrong, Locked: p.Locked, Overrides: c.overrides[p.Badge],
	}
}

// model is the page where neither a badge nor a PIN is asked for.
func (c *crew) model() page.Model {
	m := page.Model{Report: c.report}
	p := c.person()
	switch c.step {
	case onePerson:
		m.View, m.Person, m.Title = page.One, c.shown(p), order.Say("peoplepage.name_is", "name", p.Name)
		for _, act := range c.acts() {
			m.Choices = append(m.Choices, act.said)
		}
	case reallyRemove:
		m.View, m.Person, m.Title = page.One, c.shown(p), order.Say("peoplepage.really", "name", p.Name)
		m.Choices = []order.Said{order.Say("peoplepage.remove"), order.Say("peoplepage.keep")}
	case itsRole:
		m.View, m.Title = page.One, order.Say("peoplepage.which_role")
		m.Choices = []order.Said{roleWords[people.Packer], roleWords[people.Supervisor]}
	case itsName:
		m.View, m.Title, m.Text, m.Next = page.Name, order.Say("peoplepage.which_name"), order.Say("peoplepage.which_name.text"), order.Say("setup.next")
	default:
		m.Title, m.Next = order.Say("peoplepage.title"), order.Say("peoplepage.add")
		if len(c.roster.People) == 0 {
			m.Text = order.Say("peoplepage.nobody")
		}
		for _, p := range c.roster.People[min(c.first, len(c.roster.People)):] {
			if m.More = len(m.People) == page.MostPeople; m.More {
				break
			}
			m.People = append(m.People, c.shown(p))
		}
		m.More = m.More || c.first > 0
	}
	return m
}

// strip says whose page it is; where a badge or a PIN is asked for, what was wrong with the last one.
func (c *crew) strip() frame.Strip {
	if asks, _ := c.asksCode(); asks && c.report.Tone == kit.Bad {
		return frame.Strip{Family: kit.Refused, Meaning: c.report.Said}
	}
	return frame.Strip{Meaning: order.Say("peoplepage.strip"), Next: order.Say("peoplepage.strip.next")}
}
