package main

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/ui/frame"
	"packbench/ui/kit"
	"packbench/ui/signin"
)

// signInStory is a picture of the page where people say who they are.
type signInStory struct {
	name  string
	frame frame.Model
	page  signin.Model
}

func (s signInStory) title() string { return s.name }

func (s signInStory) on(v view) fyne.CanvasObject {
	v.signin.Render(s.page)
	v.around.Render(s.frame)
	return v.around.Object()
}

// signInStories are the views of signing in.
func signInStories(s shop) []signInStory {
	badge := signInStory{name: "signin", frame: calmFrame(s)}
	badge.frame.Page, badge.frame.Packer = frame.PageSignIn, ""
	badge.frame.Strip = frame.Strip{Meaning: order.Say("signin.badge")}
	refused := badge
	refused.name = "signin-refused"
	refused.frame.Strip = frame.Strip{Family: kit.Ask, Word: order.Say("word.signed_out"), Meaning: order.Say("refused.signed_out"), Code: "6936580142207", At: now}
	away := badge
	away.name, away.page = "signin-away", signin.Model{View: signin.Away, Open: "JMX730054482913"}
	away.frame.Strip = frame.Strip{Family: kit.Ask, Meaning: order.Say("say.locked"), At: now}
	pin := badge
	pin.name, pin.page = "signin-pin", signin.Model{View: signin.PIN, Name: s.packer, Dots: 3}
	pin.frame.Strip = frame.Strip{Family: kit.Ask, Meaning: order.Say("ask.pin", "name", s.packer), At: now}
	override := pin
	override.name, override.page.Override, override.page.Open, override.frame.Packer = "signin-override", true, "", s.packer
	override.frame.Strip = frame.Strip{Family: kit.Refused, Word: order.Say("word.wrong_pin"), Meaning: order.Say("people.wrong_pin", "name", s.packer), Code: "pin", At: now}
	own := pin
	own.name, own.page.Title, own.page.Text = "signin-new-pin", order.Say("peoplepage.name_is", "name", s.packer), order.Say("peoplepage.new_pin")
	own.frame.Page, own.frame.Strip = frame.PageSignIn, frame.Strip{Family: kit.Refused, Meaning: order.Say("peoplepage.differ")}
	return []signInStory{badge, refused, away, pin, override, own}
}
