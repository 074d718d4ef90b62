package people

import (
	"strings"

	"packbench/internal/order"
)

// SetRole gives a person another role. A supervisor needs a PIN (people.needs_pin), and there must be one (people.only_supervisor); people.role, people.nobody.
func (r Roster) SetRole(who string, role Role) (Roster, error) {
	at, err := r.mustFind(who)
	switch {
	case err != nil:
		return r, err
	case role != Packer && role != Supervisor:
		return r, order.Trouble(nil, "people.role")
	case role == Supervisor && r.People[at].PIN == "":
		return r, order.Trouble(nil, "people.needs_pin")
	}
	changed := r.clone()
	changed.People[at].Role = role
	if !changed.supervised() {
		return r, order.Trouble(nil, "people.only_supervisor", "name", r.People[at].Name)
	}
	return changed, nil
}

// SetBadge gives a person another badge: theirs was lost, or is worn out. Its errors are those of Add about badges, and people.nobody.
func (r Roster) SetBadge(who, badge string) (Roster, error) {
	at, err := r.mustFind(who)
	if err != nil {
		return r, err
	}
	badge = strings.TrimSpace(badge)
	if badge == "" || order.IsPIN(badge) {
		return r, order.Trouble(nil, "people.badge")
	}
	if other := r.find(badge); other >= 0 && other != at {
		return r, order.Trouble(nil, "people.twice", "name", r.People[other].Name, "badge", badge)
	}
	changed := r.clone()
	changed.People[at].Badge = badge
	return changed, nil
}

// Vouch tells that somebody is a supervisor, by their badge and PIN. Wrong PINs are counted, so the roster is to be kept also where it fails: with
// refused.no_supervisor, people.wrong_pin or people.locked.
func (r Roster) Vouch(badge, pin string) (Roster, error) {
	at := r.withBadge(badge)
	if at < 0 || r.People[at].Role != Supervisor {
		return r, order.Trouble(nil, "refused.no_supervisor")
	}
	changed, verdict, err := r.Try(badge, pin)
	switch {
	case err != nil:
		return r, err
	case verdict == Locked:
		return changed, order.Trouble(nil, "people.locked", "name", r.People[at].Name)
	case verdict == Wrong:
		return changed, order.Trouble(nil, "people.wrong_pin", "name", r.People[at].Name)
	}
	return changed, nil
}

// Supervises tells whether somebody may change who works here: an unlocked supervisor, or anybody while nobody is registered.
func (r Roster) Supervises(badge string) bool {
	if len(r.People) == 0 {
		return true
	}
	at := r.withBadge(badge)
	return at >= 0 && r.People[at].Role == Supervisor && !r.People[at].Locked
}
