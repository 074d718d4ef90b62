package station

import (
	"context"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/people"
)

// People compares PINs. Wrong ones are counted on the disk, so that a restart forgives none.
type People interface {
	// Try compares a PIN with that of the person with a badge, and gives the people of the bench as they are after it.
	Try(badge, pin string) (people.Verdict, []order.Person, error)
}

// PIN hands in what a person gave for their PIN.
func (s *Station) PIN(ctx context.Context, digits string) (Answer, error) {
	return s.ask(ctx, packing.PIN{Digits: digits})
}

// TellPeople says who may work at the bench from now on.
func (s *Station) TellPeople(people []order.Person) {
	s.inbox.post(finished{inputs: []packing.Input{packing.PeopleAre{People: people}}})
}

// packer is who goes into the journal: the one who is signed in, or where nobody is registered the one in the settings.
func (s *Station) packer() string {
	if len(s.state.Staff.People) > 0 {
		return s.state.Staff.Packer.Name
	}
	return s.Packer
}

// hidePIN makes of a scan that is a PIN one that is looked up nowhere and told nobody.
func (s *Station) hidePIN(r *request) {
	if scanned, ok := r.input.(packing.Scanned); ok {
		if pin, is := s.state.PINIn(scanned.Scan); is {
			r.input = pin
		}
	}
}

// checkPIN is the effect CheckPIN: it takes a tenth of a second.
func (s *Station) checkPIN(effect packing.CheckPIN) packing.PINAnswered {
	verdict, known, err := s.People.Try(effect.Badge, effect.PIN)
	s.logTrouble("a PIN was not checked", "", err)
	s.Log.Info("PIN checked", "badge", effect.Badge, "right", verdict == people.Right, "locked", verdict == people.Locked)
	return packing.PINAnswered{
		Badge: effect.Badge, Right: verdict == people.Right, Locked: verdict == people.Locked, People: known, Problem: order.AsProblem(err),
	}
}

// vouched brings a wish of the print run back into the loop once a supervisor's PIN was checked.
type vouched struct {
	wish   printWish
	answer packing.PINAnswered
}

// vouch has the PIN of the supervisor checked who allows a wish, where that takes one. It tells whether the wish waits for that.
func (s *Station) vouch(wish printWish) (waits bool) {
	if wish.Act != PrintMissing || len(s.state.Staff.People) == 0 || s.run == nil || !s.needsBadge() {
		return false
	}
	check := packing.CheckPIN{Badge: wish.Supervisor, PIN: wish.PIN}
	wish.PIN = ""
	s.outstanding++
	ctx := s.ctx
	s.working.Go(func() {
		if answer := s.checkPIN(check); ctx.Err() == nil {
			s.inbox.post(vouched{wish, answer})
		}
	})
	return true
}

// allowedBy tells whether a supervisor of that badge has given the right PIN for a wish.
func (s *Station) allowedBy(v vouched) error {
	s.outstanding--
	if v.answer.Problem != nil {
		return v.answer.Problem
	}
	s.learn(packing.PeopleAre{People: v.answer.People})
	if v.wish.Supervisor == "" {
		return order.Trouble(nil, "run.supervisor")
	}
	_, err := proved(v.answer)
	return err
}

// proved is the supervisor whose PIN was checked. It fails where the badge is no supervisor's, and where the PIN is not theirs.
func proved(answer packing.PINAnswered) (order.Person, error) {
	person := order.PersonOf(answer.People, answer.Badge)
	switch {
	case !person.Supervisor:
		return order.Person{}, order.Trouble(nil, "refused.no_supervisor")
	case answer.Locked:
		return order.Person{}, order.Trouble(nil, "people.locked", "name", person.Name)
	case !answer.Right:
		return order.Person{}, order.Trouble(nil, "people.wrong_pin", "name", person.Name)
	}
	return person, nil
}
