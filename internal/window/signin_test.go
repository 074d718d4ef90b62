package window

import (
	"testing"

	"packbench/internal/order"
	"packbench/internal/packing"
	"packbench/internal/station"
	"packbench/ui/frame"
	"packbench/ui/signin"
)

var (
	mei = order.Person{Badge: "S-1", Name: "Mei", Supervisor: true, PIN: true}
	li  = order.Person{Badge: "P-1", Name: "Li"}
)

// staffed is a bench with an open parcel and registered people, of whom one packs.
func staffed(packer order.Person) station.Snapshot {
	s := open()
	s.State.Staff = packing.Staff{People: []order.Person{mei, li}, Packer: packer}
	return s
}

func TestSignedOutComesBeforeEveryPage(t *testing.T) {
	w := newWindow(t)
	for _, page := range []frame.Page{frame.PagePack, frame.PageRun, frame.PageSettings} {
		w.page = page
		m := w.frameModel(staffed(order.Person{}), now)
		if m.Page != frame.PageSignIn || m.Packer != "" || m.Strip.Meaning.Key != "signin.badge" {
			t.Errorf("%+v", m)
		}
		if m := w.frameModel(staffed(li), now); m.Page != page || m.Packer != "Li" {
			t.Errorf("page %d, packer %q", m.Page, m.Packer)
		}
	}
	w.page = frame.PagePack
	if m := w.signInModel(staffed(order.Person{}), 0); m.View != signin.Badge || m.Open != "P1" {
		t.Errorf("%+v", m)
	}
	away := staffed(order.Person{})
	away.Strip.Said = order.Say("say.locked")
	if m := w.signInModel(away, 0); m.View != signin.Away {
		t.Errorf("%+v", m)
	}
	if m := w.frameModel(open(), now); m.Page != frame.PagePack {
		t.Errorf("a bench without people shows page %d", m.Page)
	}
}

func TestATypedPINIsDotsAndNothingElse(t *testing.T) {
	w := newWindow(t)
	s := staffed(li)
	s.State.Staff.PIN = packing.PINAsked{Of: mei, Override: true}
	w.typing.key("24", now.Add(-2*pause))
	w.signin.pressed = "6"
	m := w.frameModel(s, now)
	if m.Typed != "" || m.Page != frame.PageSignIn {
		t.Errorf("%+v", m)
	}
	if m := w.signInModel(s, len(w.typing.text)); m.View != signin.PIN || m.Dots != 3 || m.Name != "Mei" || !m.Override || m.Open != "" {
		t.Errorf("%+v", m)
	}
	s.State.Question = packing.WhyAgain // a digit is no reason now
	if key := w.digitTyped(s, now); key != "" {
		t.Errorf("a digit of the PIN was taken for %q", key)
	}
	w.drawSignIn(staffed(li))
	if w.signin.pressed != "" {
		t.Error("digits are kept")
	}
}
