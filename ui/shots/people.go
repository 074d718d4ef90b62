package main

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/people"
)

// peopleStory is a view of the page of the people.
type peopleStory struct {
	name  string
	frame frame.Model
	page  people.Model
	typed string
}

func (s peopleStory) title() string { return s.name }

func (s peopleStory) on(v view) fyne.CanvasObject {
	v.people.Fill(s.typed)
	v.people.Render(s.page)
	v.peopled.Render(s.frame)
	return v.peopled.Object()
}

// idlePeople do nothing with what the page of the people hands on.
type idlePeople struct{}

func (idlePeople) Choose(int)  {}
func (idlePeople) Type(string) {}
func (idlePeople) Next()       {}
func (idlePeople) Back()       {}

// peopleStories are the views of the page of the people. Badges and PINs are asked for by the page of signing in.
func peopleStories(s shop) []peopleStory {
	packer, supervisor := order.Say("people.role.packer"), order.Say("people.role.supervisor")
	around := calmFrame(s)
	around.Page, around.Strip = frame.PageSettings, frame.Strip{Meaning: order.Say("peoplepage.strip"), Next: order.Say("peoplepage.strip.next")}
	list := peopleStory{"people", around, people.Model{
		Title: order.Say("peoplepage.title"), Next: order.Say("peoplepage.add"), More: true, People: []people.Person{
			{Name: s.packer, Role: supervisor, Badge: "PBB-0001", PIN: true, Overrides: 3}, {Name: "An Nguyen", Role: packer, Badge: "PBB-0002"},
			{Name: "Bo Chen", Role: supervisor, Badge: "PBB-0003", PIN: true, Wrong: 5, Locked: true}, {Name: "Siti Aminah", Role: packer, Badge: "PBB-0004", PIN: true, Wrong: 2},
			{Name: "Nattapong", Role: packer, Badge: "PBB-0005", PIN: true}, {Name: "Ravi", Role: packer, Badge: "PBB-0006"}, {Name: "Mai Tran", Role: packer, Badge: "PBB-0007"},
		},
		Report: people.Report{Tone: kit.Calm, Said: order.Say("people.added", "name", "Mai Tran")},
	}, ""}
	none := list
	none.name, none.page = "people-none", people.Model{Title: order.Say("peoplepage.title"), Text: order.Say("peoplepage.nobody"), Next: order.Say("peoplepage.add")}
	one := list
	one.name, one.page = "people-one", people.Model{View: people.One, Title: order.Say("peoplepage.name_is", "name", "Bo Chen"), Person: list.page.People[2], Choices: []order.Said{
		order.Say("peoplepage.set_pin"), order.Say("peoplepage.set_badge"), order.Say("peoplepage.make_packer"), order.Say("peoplepage.remove"), order.Say("peoplepage.unlock"),
	}, Report: people.Report{Tone: kit.Bad, Said: order.Say("people.only_supervisor", "name", "Bo Chen")}}
	remove := one
	remove.name, remove.page.Report, remove.page.Title = "people-remove", people.Report{}, order.Say("peoplepage.really", "name", "Bo Chen")
	remove.page.Choices = []order.Said{order.Say("peoplepage.remove"), order.Say("peoplepage.keep")}
	named := list
	named.name, named.typed = "people-name", "Mai Tran"
	named.page = people.Model{View: people.Name, Title: order.Say("peoplepage.which_name"), Text: order.Say("peoplepage.which_name.text"), Next: order.Say("setup.next")}
	return []peopleStory{list, none, one, remove, named}
}
