package window

import (
	"strings"

	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/scanner"
	"packbench/ui/kit"
	page "packbench/ui/people"
	"packbench/ui/signin"
)

// act is something that can be done about a person.
type act struct {
	said order.Said
	do   func()
}

// acts are those for the chosen person, in the order of their digits.
func (c *crew) acts() []act {
	p := c.person()
	other, word := people.Supervisor, order.Say("peoplepage.make_supervisor")
	if p.Role == people.Supervisor {
		other, word = people.Packer, order.Say("peoplepage.make_packer")
	}
	all := []act{
		{order.Say("peoplepage.set_pin"), func() { c.step = newPIN }},
		{order.Say("peoplepage.set_badge"), func() { c.step = newBadge }},
		{word, func() {
			c.change(order.Say("people.role_set", "name", p.Name), func(r people.Roster) (people.Roster, error) { return r.SetRole(p.Badge, other) }, c.goTo(onePerson))
		}},
		{order.Say("peoplepage.remove"), func() { c.step = reallyRemove }},
	}
	if p.Locked {
		all = append(all, act{order.Say("peoplepage.unlock"), func() { c.step = unlockPIN }})
	}
	return all
}

// fail says what went wrong; what to do stands in the Problem.
func (c *crew) fail(err error) {
	problem := order.AsProblem(err)
	c.log.Warn("people", "problem", problem.Error())
	c.report = page.Report{Tone: kit.Bad, Said: problem.Said}
}

// goTo goes to a step.
func (c *crew) goTo(step crewStep) func() { return func() { c.step = step } }

// change changes the roster in the office; then follows where that was done. done is what is said of it, empty of a mere proof. Whoever opened the page must be a supervisor still.
func (c *crew) change(done order.Said, change func(people.Roster) (people.Roster, error), then func()) {
	by, dir := c.by, c.environment.Dir
	taken := c.handFor(&c.busy, func() func() {
		err := c.bench.ChangePeople(func(r people.Roster) (people.Roster, error) {
			if done.Key != "" && !r.Supervises(by) {
				return r, order.Trouble(nil, "refused.no_supervisor")
			}
			return change(r)
		})
		roster, reading := people.Load(dir)
		counts, counting := c.bench.OverridesToday()
		return func() {
			if !c.isOpen {
				return // left meanwhile
			}
			for _, trouble := range []error{reading, counting} {
				if trouble != nil {
					c.fail(trouble)
				}
			}
			if c.roster, c.overrides = roster, counts; err != nil {
				c.fail(err)
				c.stillAllowed()
				return
			}
			c.log.Info("people changed", "by", by, "about", c.who, "what", done.Key)
			c.report = page.Report{Tone: kit.Calm, Said: done}
			then()
			c.stillAllowed()
		}
	})
	if !taken {
		c.report = page.Report{Tone: kit.Loud, Said: order.Say("set.busy")}
	}
}

// stillAllowed leaves the page where its supervisor is none any more: they may have changed that themselves.
func (c *crew) stillAllowed() {
	if c.by == "" && len(c.roster.People) > 0 && c.step == everybody { // the first one was registered: they are to say who they are
		c.step = whoAreYou
	}
	switch {
	case c.by == "" || c.roster.Supervises(c.by):
	case c.step == yourPIN: // locked by it
		c.by, c.step = "", whoAreYou
	default:
		c.leaveInner()
	}
}

// press takes a function key, a digit of the keypad, or its Del and tick.
func (c *crew) press(key string) bool {
	c.touchedAt = c.environment.Now()
	asks, pin := c.asksCode()
	switch {
	case !asks:
		return c.page.Key(key)
	case key == signin.Back || key == page.BackKey || key == "Escape":
		crewHands{c}.Back()
	case pin && key == signin.Rubout:
		c.pressed = c.pressed[:max(0, len(c.pressed)-1)]
	case pin && (key == signin.Done || key == page.NextKey):
		typed := c.typing.text
		if c.typing.forget != nil {
			c.typing.forget()
		}
		c.typing.end()
		c.givePIN(c.pressed + typed)
	case pin && len(key) == 1:
		if len(c.pressed) < order.LongestPIN {
			c.pressed += key
		}
	default:
		return false
	}
	return true
}

// scan takes a badge or a PIN. Of codes nobody asked for nothing is done.
func (c *crew) scan(scan order.Scan) {
	c.touchedAt = c.environment.Now()
	asks, pin := c.asksCode()
	switch code := scanner.Clean(scan.Code); {
	case pin && scan.Typed:
		c.givePIN(c.pressed + code)
	case pin && code != "" && order.IsPIN(code):
		c.givePIN(code)
	case asks && !pin && code != "":
		c.giveBadge(code)
	case !asks && scan.Typed && len(code) == 1:
		c.page.Key(code) // quicker than the pause
	}
}

// giveBadge takes a badge that was asked for.
func (c *crew) giveBadge(code string) {
	c.report = page.Report{}
	switch c.step {
	case whoAreYou:
		if !c.roster.Supervises(code) {
			c.report = page.Report{Tone: kit.Bad, Said: order.Say("refused.no_supervisor")}
			return
		}
		c.by, c.step = code, yourPIN
	case itsBadge:
		c.draft.Badge, c.step = code, itsPIN
	case newBadge:
		who, name := c.who, c.person().Name
		c.change(order.Say("people.badge_set", "name", name), func(r people.Roster) (people.Roster, error) {
			if err := c.bench.FreeBadge(code); err != nil {
				return r, err
			}
			return r.SetBadge(who, code)
		}, func() {
			if c.step, c.who = onePerson, code; c.by == who {
				c.by = code
			}
		})
	}
}

// givePIN takes a PIN that was asked for. A new one is given twice, since nobody sees it.
func (c *crew) givePIN(digits string) {
	c.pressed, c.report = "", page.Report{}
	switch step := c.step; step {
	case yourPIN:
		by := c.by
		c.change(order.Said{}, func(r people.Roster) (people.Roster, error) { return r.Vouch(by, digits) }, c.goTo(everybody))
	case unlockPIN:
		who, by := c.who, c.by
		c.change(order.Say("people.unlocked", "name", c.person().Name), func(r people.Roster) (people.Roster, error) { return r.Unlock(who, by, digits) },
			c.goTo(onePerson))
	case itsPIN, newPIN:
		switch {
		case digits == "" && step == itsPIN && c.draft.Role == people.Packer:
			c.register("")
		case !order.IsPIN(digits):
			c.report = page.Report{Tone: kit.Bad, Said: order.Say("people.pin")}
		default:
			c.pin, c.step = digits, step+1
		}
	case itsPINAgain, newPINAgain:
		first := c.pin
		if c.pin, c.step = "", step-1; first != digits {
			c.report = page.Report{Tone: kit.Bad, Said: order.Say("peoplepage.differ")}
			return
		}
		if step == itsPINAgain {
			c.register(digits)
			return
		}
		who := c.who
		c.change(order.Say("people.pin_set", "name", c.person().Name), func(r people.Roster) (people.Roster, error) { return r.SetPIN(who, digits) }, c.goTo(onePerson))
	}
}

// register registers who was asked about. A badge that will not do is asked for again.
func (c *crew) register(pin string) {
	draft := c.draft
	c.step = itsBadge
	c.change(order.Say("people.added", "name", draft.Name), func(r people.Roster) (people.Roster, error) {
		if err := c.bench.FreeBadge(draft.Badge); err != nil {
			return r, err
		}
		return r.Add(draft, pin)
	}, c.goTo(everybody))
}

// crewHands are what a person does on the page.
type crewHands struct{ *crew }

// Choose takes a digit.
func (h crewHands) Choose(digit int) {
	c := h.crew
	c.touchedAt, c.report = c.environment.Now(), page.Report{}
	switch c.step {
	case everybody:
		if digit > page.MostPeople {
			if c.first += page.MostPeople; c.first >= len(c.roster.People) {
				c.first = 0
			}
			break
		}
		c.who, c.step = c.roster.People[c.first+digit-1].Badge, onePerson
	case onePerson:
		c.acts()[digit-1].do()
	case reallyRemove:
		c.step = onePerson
		if digit == 1 {
			who := c.who
			c.change(order.Say("people.removed", "name", c.person().Name), func(r people.Roster) (people.Roster, error) { return r.Remove(who) }, c.goTo(everybody))
		}
	case itsRole:
		c.draft.Role = []people.Role{people.Packer, people.Supervisor}[digit-1]
		c.nameNew()
	}
	c.Window.draw()
}

// nameNew asks how a new person is called.
func (c *crew) nameNew() {
	c.step = itsName
	c.Window.draw() // a field must be seen before it can have the focus
	c.window.Canvas().Focus(c.page.Field())
}

// Type takes what is entered.
func (h crewHands) Type(name string) {
	h.touchedAt = h.environment.Now()
	h.draft.Name = strings.TrimSpace(name)
}

// Next registers somebody, or goes on to their badge.
func (h crewHands) Next() {
	c := h.crew
	c.report = page.Report{}
	switch {
	case c.step == everybody:
		c.draft = people.Person{}
		c.page.Fill("")
		if c.step = itsRole; len(c.roster.People) == 0 { // the first one is a supervisor
			c.draft.Role = people.Supervisor
			c.nameNew()
		}
	case c.step == itsName && c.draft.Name == "":
		c.report = page.Report{Tone: kit.Bad, Said: order.Say("people.name")}
	case c.step == itsName:
		c.step = itsBadge
		c.window.Canvas().Unfocus()
	}
	c.Window.draw()
}

// Back leads one step back; from the list, and from the question who one is, out of the page.
func (h crewHands) Back() {
	c := h.crew
	c.report, c.pin, c.pressed = page.Report{}, "", ""
	c.window.Canvas().Unfocus()
	switch c.step {
	case whoAreYou, yourPIN, everybody:
		c.leaveInner()
	case onePerson, itsRole, itsName, itsBadge, itsPIN, itsPINAgain:
		c.step = everybody
	default:
		c.step = onePerson
	}
	c.Window.draw()
}
