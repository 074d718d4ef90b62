package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"packbench/internal/order"
	"packbench/internal/people"
	"packbench/scanner"
)

// People holds the verbs about who may work at the bench.
type People struct {
	List   PeopleList   `cmd:"" default:"withargs" help:"List everybody."`
	Add    PeopleAdd    `cmd:"" help:"Register somebody. Their PIN is asked for; it is never a flag: other users see those."`
	Remove PeopleRemove `cmd:"" help:"Take somebody away."`
	Unlock PeopleUnlock `cmd:"" help:"Let somebody try again who is locked after five wrong PINs; another supervisor's PIN is asked for."`
	PIN    PeoplePIN    `cmd:"" name:"pin" help:"Give somebody another PIN, which is asked for."`
	Role   PeopleRole   `cmd:"" help:"Make somebody a packer or a supervisor."`
	Badge  PeopleBadge  `cmd:"" help:"Give somebody another badge."`
}

// Confiding is a verb that is told something nobody else may read, line by line on its standard input.
type Confiding interface {
	Verb
	// asks is the key of the sentence it asks with, empty where nothing is to be asked.
	asks(e *Environment) string
}

// confide has a person at the terminal say what a verb must be told, unseen, and puts it where the verb reads it: it may be done by another program, which has
// no terminal.
func (e *Environment) confide(verb Verb) error {
	confiding, ok := verb.(Confiding)
	if !ok {
		return nil
	}
	file, ok := e.Stdin.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return nil
	}
	key := confiding.asks(e)
	if key == "" {
		return nil
	}
	fmt.Fprint(e.Stderr, e.Tongue.Text(key), ": ")
	typed, err := term.ReadPassword(int(file.Fd()))
	fmt.Fprintln(e.Stderr)
	if err != nil {
		return order.Trouble(err, "people.pin")
	}
	e.Stdin = strings.NewReader(string(typed) + "\n")
	return nil
}

// confided is the next line of what a verb is told.
func (e *Environment) confided() (string, error) {
	line, err := bufio.NewReader(e.Stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", order.Trouble(err, "people.pin")
	}
	return strings.TrimSpace(line), nil
}

// changePeople changes who may work at the bench, and tells the bench at work. name is said in the sentence done.
func (e *Environment) changePeople(done, who string, change func(*Bench, people.Roster) (people.Roster, error)) (err error) {
	bench, err := OpenBench(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	name := who
	if err := bench.ChangePeople(func(r people.Roster) (people.Roster, error) {
		if known := r.NameOf(who); known != "" {
			name = known
		}
		return change(bench, r)
	}); err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text(done, "name", name))
	return err
}

// ChangePeople changes who may work at the bench, and tells the bench at work: also after a wrong PIN, which may have locked somebody. What change gives is
// kept also where it fails.
func (b *Bench) ChangePeople(change func(people.Roster) (people.Roster, error)) error {
	err := people.Update(b.dir, change)
	if running := b.atWork.Load(); running != nil {
		known, loading := people.Folder(b.dir).Known()
		if err = errors.Join(err, loading); loading == nil {
			running.TellPeople(known)
		}
	}
	return err
}

// FreeBadge fails with people.badge_taken for the code of an article or a parcel.
func (b *Bench) FreeBadge(code string) error {
	known, err := b.Store.Candidates(code)
	if err == nil && (len(known.SKUs) > 0 || len(known.Parcels) > 0 || known.Slot.Code != "" || known.Wave != "") {
		return order.Trouble(nil, "people.badge_taken", "badge", code)
	}
	return err
}

// PeopleList lists who may work at the bench.
type PeopleList struct {
	Overrides bool   `help:"Instead: how often each supervisor allowed on a day what a packer may not."`
	Day       string `placeholder:"DATE" help:"With --overrides: the day, such as 2026-11-20 (default: today)."`
	JSON      bool   `name:"json" help:"One object a line."`
}

// personLine is somebody who may work at the bench.
type personLine struct {
	Name   string      `json:"name"`
	Role   people.Role `json:"role"`
	Badge  string      `json:"badge"`
	PIN    bool        `json:"pin"` // whether they have one
	Wrong  int         `json:"wrong"`
	Locked bool        `json:"locked"`
}

// roles are how people call the roles.
var roles = map[people.Role]order.Said{people.Packer: order.Say("people.role.packer"), people.Supervisor: order.Say("people.role.supervisor")}

// Served tells that a program that has the folder open does it.
func (v *PeopleList) Served() bool { return true }

// Run writes the list.
func (v *PeopleList) Run(e *Environment) error {
	if v.Overrides {
		return v.overrides(e)
	}
	roster, err := people.Load(e.Dir)
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "people.header")
	for _, p := range roster.People {
		line := personLine{Name: p.Name, Role: p.Role, Badge: p.Badge, PIN: p.PIN != "", Wrong: p.Wrong, Locked: p.Locked}
		pin, wrong := "", strconv.Itoa(p.Wrong)
		if line.PIN {
			pin = e.Tongue.Text("people.has_pin")
		}
		if line.Locked {
			wrong = e.Tongue.Text("people.is_locked")
		}
		if err := list.add(line, p.Name, e.Tongue.Say(roles[p.Role]), p.Badge, pin, wrong); err != nil {
			return err
		}
	}
	return list.end()
}

// overrideLine is how often somebody allowed on a day what a packer may not.
type overrideLine struct {
	Day       string                 `json:"day"`
	Badge     string                 `json:"badge"`
	Name      string                 `json:"name"` // empty where they were not registered
	Overrides int                    `json:"overrides"`
	Labels    int                    `json:"labels"` // that were printed again for it
	Reasons   map[order.Spoiling]int `json:"reasons"`
}

// overrides writes how often each supervisor allowed something on a day of this computer, the most often first.
func (v *PeopleList) overrides(e *Environment) (err error) {
	from, bench, err := e.openDay(v.Day)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	all, err := bench.Store.Overrides(from, from.AddDate(0, 0, 1))
	if err != nil {
		return err
	}
	list := e.listing(v.JSON, "people.overrides.header")
	for _, o := range all {
		line := overrideLine{Day: Day(from), Badge: o.Badge, Name: o.Name, Overrides: o.Times, Labels: o.Labels, Reasons: o.Reasons}
		var reasons []string
		for _, why := range slices.Sorted(maps.Keys(o.Reasons)) {
			reasons = append(reasons, fmt.Sprint(e.Tongue.Say(spoilings[why]), " ", o.Reasons[why]))
		}
		if err := list.add(line, o.Name, o.Badge, strconv.Itoa(o.Times), strconv.Itoa(o.Labels), strings.Join(reasons, ", ")); err != nil {
			return err
		}
	}
	return list.end()
}

// midnight begins the day of a moment.
func midnight(at time.Time) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
}

// OverridesToday are how often each supervisor allowed something today, by their badges.
func (b *Bench) OverridesToday() (map[string]int, error) {
	from := midnight(b.now().Local())
	all, err := b.Store.Overrides(from, from.AddDate(0, 0, 1))
	counts := map[string]int{}
	for _, o := range all {
		counts[o.Badge] += o.Times
	}
	return counts, err
}

// PeopleAdd registers somebody.
type PeopleAdd struct {
	Name  string `arg:"" help:"How they are called."`
	Role  string `required:"" enum:"packer,supervisor" help:"packer or supervisor. The first has to be a supervisor."`
	Badge string `required:"" placeholder:"CODE" help:"The code that a scanner reads from their badge."`
}

// Served tells that a program that has the folder open does it.
func (v *PeopleAdd) Served() bool { return true }

func (v *PeopleAdd) asks(*Environment) string { return order.Say("people.ask.pin").Key }

// Run reads the PIN from standard input: a supervisor needs one.
func (v *PeopleAdd) Run(e *Environment) error {
	pin, err := e.confided()
	if err != nil {
		return err
	}
	person := people.Person{Name: v.Name, Badge: scanner.Clean(v.Badge), Role: people.Role(v.Role)}
	return e.changePeople("people.added", v.Name, func(bench *Bench, r people.Roster) (people.Roster, error) {
		if err := bench.FreeBadge(person.Badge); err != nil {
			return r, err
		}
		return r.Add(person, pin)
	})
}

// PeopleRemove takes somebody away.
type PeopleRemove struct {
	Name string `arg:"" help:"Their name, or the code of their badge."`
}

// Served tells that a program that has the folder open does it.
func (v *PeopleRemove) Served() bool { return true }

// Run takes them away.
func (v *PeopleRemove) Run(e *Environment) error {
	return e.changePeople("people.removed", v.Name, func(_ *Bench, r people.Roster) (people.Roster, error) { return r.Remove(v.Name) })
}

// PeopleUnlock lets somebody try again who is locked.
type PeopleUnlock struct {
	Name string `arg:"" help:"Their name, or the code of their badge."`
	By   string `required:"" placeholder:"BADGE" help:"The badge of another supervisor, whose PIN is asked for."`
}

// Served tells that a program that has the folder open does it.
func (v *PeopleUnlock) Served() bool { return true }

func (v *PeopleUnlock) asks(*Environment) string { return order.Say("people.ask.own_pin").Key }

// Run reads the other supervisor's PIN from standard input.
func (v *PeopleUnlock) Run(e *Environment) error {
	pin, err := e.confided()
	if err != nil {
		return err
	}
	return e.changePeople("people.unlocked", v.Name, func(_ *Bench, r people.Roster) (people.Roster, error) {
		return r.Unlock(v.Name, scanner.Clean(v.By), pin)
	})
}

// PeoplePIN gives somebody another PIN.
type PeoplePIN struct {
	Name string `arg:"" help:"Their name, or the code of their badge."`
}

// Served tells that a program that has the folder open does it.
func (v *PeoplePIN) Served() bool { return true }

func (v *PeoplePIN) asks(*Environment) string { return order.Say("people.ask.new_pin").Key }

// Run reads the PIN from standard input.
func (v *PeoplePIN) Run(e *Environment) error {
	pin, err := e.confided()
	if err != nil {
		return err
	}
	return e.changePeople("people.pin_set", v.Name, func(_ *Bench, r people.Roster) (people.Roster, error) { return r.SetPIN(v.Name, pin) })
}
