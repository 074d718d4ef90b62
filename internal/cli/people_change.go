package cli

import (
	"packbench/internal/people"
	"packbench/scanner"
)

// PeopleRole gives somebody another role.
type PeopleRole struct {
	Name string `arg:"" help:"Their name, or the code of their badge."`
	Role string `arg:"" enum:"packer,supervisor" help:"packer or supervisor; a supervisor needs a PIN."`
}

// Served tells that a program that has the folder open does it.
func (v *PeopleRole) Served() bool { return true }

// Run gives them the role.
func (v *PeopleRole) Run(e *Environment) error {
	return e.changePeople("people.role_set", v.Name, func(_ *Bench, r people.Roster) (people.Roster, error) { return r.SetRole(v.Name, people.Role(v.Role)) })
}

// PeopleBadge gives somebody another badge.
type PeopleBadge struct {
	Name  string `arg:"" help:"Their name, or the code of their badge until now."`
	Badge string `required:"" placeholder:"CODE" help:"The code that a scanner reads from the new one."`
}

// Served tells that a program that has the folder open does it.
func (v *PeopleBadge) Served() bool { return true }

// Run gives them the badge.
func (v *PeopleBadge) Run(e *Environment) error {
	badge := scanner.Clean(v.Badge)
	return e.changePeople("people.badge_set", v.Name, func(bench *Bench, r people.Roster) (people.Roster, error) {
		if err := bench.FreeBadge(badge); err != nil {
			return r, err
		}
		return r.SetBadge(v.Name, badge)
	})
}
