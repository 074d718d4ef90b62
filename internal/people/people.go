// Package people knows who may work at a bench: their badges, what they may do, and their PINs. Its rules are functions over values; the file is at the side.
package people

import (
	"slices"
	"strings"

	"packbench/internal/order"
)

// Role is what somebody may do.
type Role string

// The roles.
const (
	Packer     Role = "packer"
	Supervisor Role = "supervisor" // may allow what a packer may not
)

// MostWrong is how many wrong PINs in a row lock a person (issue 5: "five wrong PINs lock").
const MostWrong = 5

// Person is somebody who may work at the bench.
type Person struct {
	Name  string `toml:"name"`
	Badge string `toml:"badge"` // the code that a scanner reads from it
	Role  Role   `toml:"role"`
	// PIN is the hash of theirs; empty: they have none. Wrong is how many wrong ones were given in a row since the last right one.
	PIN    string `toml:"pin,omitempty"`
	Wrong  int    `toml:"wrong,omitempty"`
	Locked bool   `toml:"locked,omitempty"`
}

// Roster is everybody who may work at the bench. It is a value: what changes it gives a new one.
type Roster struct {
	People []Person `toml:"person"`
}

// Known is the roster as the bench's rules need to know it.
func (r Roster) Known() []order.Person {
	var known []order.Person
	for _, p := range r.People {
		known = append(known, order.Person{Badge: p.Badge, Name: p.Name, Supervisor: p.Role == Supervisor, PIN: p.PIN != "", Locked: p.Locked})
	}
	return known
}

// withBadge is the place of the person with a badge, -1 where there is none.
func (r Roster) withBadge(badge string) int {
	return slices.IndexFunc(r.People, func(p Person) bool { return p.Badge == badge })
}

// supervised tells whether there is a supervisor.
func (r Roster) supervised() bool {
	return slices.ContainsFunc(r.People, func(p Person) bool { return p.Role == Supervisor })
}

// find is the place of a person by their name or the code of their badge, -1 where there is none.
func (r Roster) find(who string) int {
	if at := r.withBadge(who); at >= 0 {
		return at
	}
	return slices.IndexFunc(r.People, func(p Person) bool { return strings.EqualFold(p.Name, who) })
}

func (r Roster) mustFind(who string) (int, error) {
	at := r.find(who)
	if at < 0 {
		return at, order.Trouble(nil, "people.nobody", "who", who)
	}
	return at, nil
}

// clone is a roster that can be changed without changing this one.
func (r Roster) clone() Roster { return Roster{People: slices.Clone(r.People)} }

// Add adds a person with a PIN, or without one where it is empty: a supervisor needs one. The first person must be a supervisor, or nobody could unlock the
// others. Its errors are Problems: people.name, people.badge, people.role, people.twice, people.first, people.needs_pin, people.pin.
func (r Roster) Add(p Person, pin string) (Roster, error) {
	p.Name, p.Badge = strings.TrimSpace(p.Name), strings.TrimSpace(p.Badge)
	switch {
	case p.Name == "":
		return r, order.Trouble(nil, "people.name")
	case p.Badge == "" || order.IsPIN(p.Badge): // a PIN is asked for where a badge can be scanned too
		return r, order.Trouble(nil, "people.badge")
	case p.Role != Packer && p.Role != Supervisor:
		return r, order.Trouble(nil, "people.role")
	case r.find(p.Name) >= 0 || r.find(p.Badge) >= 0:
		return r, order.Trouble(nil, "people.twice", "name", p.Name, "badge", p.Badge)
	case len(r.People) == 0 && p.Role != Supervisor:
		return r, order.Trouble(nil, "people.first")
	case pin == "" && p.Role == Supervisor:
		return r, order.Trouble(nil, "people.needs_pin")
	case pin != "" && !order.IsPIN(pin):
		return r, order.Trouble(nil, "people.pin")
	}
	if p.PIN = ""; pin != "" {
		p.PIN = hash(pin)
	}
	p.Wrong, p.Locked = 0, false
	changed := r.clone()
	changed.People = append(changed.People, p)
	return changed, nil
}

// Remove takes a person away, by name or badge. The last supervisor goes last (people.last_supervisor).
func (r Roster) Remove(who string) (Roster, error) {
	at, err := r.mustFind(who)
	if err != nil {
		return r, err
	}
	changed := r.clone()
	changed.People = slices.Delete(changed.People, at, at+1)
	if len(changed.People) > 0 && !changed.supervised() {
		return r, order.Trouble(nil, "people.last_supervisor")
	}
	return changed, nil
}

// SetPIN gives a person another PIN. It does not unlock them.
func (r Roster) SetPIN(who, pin string) (Roster, error) {
	at, err := r.mustFind(who)
	if err != nil {
		return r, err
	}
	if !order.IsPIN(pin) {
		return r, order.Trouble(nil, "people.pin")
	}
	changed := r.clone()
	changed.People[at].PIN = hash(pin)
	return changed, nil
}

// Verdict is what came of a PIN.
type Verdict int

// The verdicts.
const (
	Wrong  Verdict = iota
	Right          // it is theirs
	Locked         // too many were wrong, this one or some before: nobody heeds another
)

// Try compares a PIN with a person's. Wrong ones are counted: the fifth in a row locks them, and a right one does not unlock. It takes 0.1 s or so.
func (r Roster) Try(badge, pin string) (Roster, Verdict, error) {
	at := r.withBadge(badge)
	if at < 0 || r.People[at].PIN == "" {
		return r, Wrong, nil
	}
	if r.People[at].Locked {
		return r, Locked, nil
	}
	right, err := matches(r.People[at].PIN, pin)
	if err != nil {
		return r, Wrong, err
	}
	changed := r.clone()
	p := &changed.People[at]
	if right {
		p.Wrong = 0
		return changed, Right, nil
	}
	p.Wrong++
	if p.Wrong >= MostWrong {
		p.Locked = true
		return changed, Locked, nil
	}
	return changed, Wrong, nil
}

// Unlock lets a locked person try again. Another supervisor has to do it, with their badge and PIN: their own wrong PINs are counted. Its errors are Problems,
// people.by_other, people.wrong_pin and people.locked; the roster is to be kept also then.
func (r Roster) Unlock(who, by, pin string) (Roster, error) {
	at, err := r.mustFind(who)
	if err != nil {
		return r, err
	}
	if other := r.withBadge(by); other < 0 || other == at || r.People[other].Role != Supervisor {
		return r, order.Trouble(nil, "people.by_other", "name", r.People[at].Name)
	}
	changed, err := r.Vouch(by, pin)
	if err != nil {
		return changed, err
	}
	changed.People[at].Wrong, changed.People[at].Locked = 0, false
	return changed, nil
}

// NameOf is the name of a person, by name or badge; empty where there is none.
func (r Roster) NameOf(who string) string {
	if at := r.find(who); at >= 0 {
		return r.People[at].Name
	}
	return ""
}
