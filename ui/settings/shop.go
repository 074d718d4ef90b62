package settings

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
)

// shopsShown is how many shops are named; the others are counted.
const shopsShown = 3

// shop is the part of the page about the seller's shops.
type shop struct {
	key, secret, code *widget.Entry
	state             *kit.Report
	shops             [shopsShown]*kit.Text
	kept              *kit.Text
	button            *kit.KeyButton
	result            *kit.Report
}

func (s *Screen) newShop() *fyne.Container {
	say, p := s.tongue.Text, &s.shop
	p.key, p.secret, p.code = newEntry(), newSecretEntry(), newEntry() // a code is good once, and of no use without the secret
	p.code.SetPlaceHolder(say("set.code.hint"))
	p.state, p.result = kit.NewReport(), kit.NewReport()
	p.kept = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorSoft}, "")
	p.button = kit.NewKeyButton(true, func() { s.Key(ConnectKey) })
	var lines []kit.Part
	for i := range p.shops {
		p.shops[i] = kit.NewText(kit.Voice{Size: kit.SizeText, Color: kit.ColorForeground}, "")
		lines = append(lines, kit.Natural(p.shops[i]))
	}
	lines = append(lines, kit.Natural(p.kept))
	// Three lines of shops and one of where the secrets lie: what comes below keeps its place, however many there are.
	const list = 4
	under := kit.Inset(kit.Column(0, lines...), kit.Unit(kit.SizeMark)+kit.Unit(kit.SizeGap), 0, 0, 0)
	return card(say("set.shop"), kit.Fixed(kit.Column(0, kit.Natural(p.state), kit.Natural(under)), (2+list)*kit.Line(kit.SizeText)),
		kit.Natural(side(labelled(say("set.app_key"), p.key), labelled(say("set.app_secret"), p.secret))),
		kit.Natural(labelled(say("set.code"), p.code)),
		kit.Natural(kit.Row(0, kit.Natural(p.button.Object), kit.Spring(), kit.Natural(s.newDoor(GoodsKey, "goodspage.open")), kit.Space(kit.Unit(kit.SizeHalf)),
			kit.Natural(s.newDoor(RulesKey, "rulespage.open")))), kit.Grow(p.result))
}

func (p *shop) render(tongue words.Tongue, m Model) {
	tone, state := standing(tongue, m)
	p.state.Set(tone, state)
	for i, line := range p.shops {
		text := ""
		if i < len(m.Shops) {
			text = tongue.Text("set.shop.line", "name", m.Shops[i].Name, "market", m.Shops[i].Market)
		}
		if more := len(m.Shops) - i; i == shopsShown-1 && more > 1 {
			text = tongue.Text("set.shop.more", "count", more)
		}
		line.Set(text)
		kit.Show(line, text != "")
	}
	kept := ""
	if m.Connected {
		kept = tongue.Text("set.kept.keyring")
		if m.InFile {
			kept = tongue.Text("set.kept.file")
		}
	}
	p.kept.Set(kept)
	kit.Show(p.kept, kept != "")
	hint := ""
	if m.SecretKept {
		hint = tongue.Text("set.app_secret.kept")
	}
	if p.secret.PlaceHolder != hint {
		p.secret.SetPlaceHolder(hint)
	}
	word := "set.connect"
	if m.Connecting {
		word = "set.connecting"
	}
	p.button.Set(ConnectKey, tongue.Text(word))
	p.result.Set(m.Connection.Tone, tongue.Say(m.Connection.Said))
}

// standing says how it stands about the authorization.
func standing(tongue words.Tongue, m Model) (kit.Tone, string) {
	left := order.ConsentAt(m.Now, m.Ends)
	pairs := []any{"seller", m.Seller, "day", m.Ends.Format(time.DateOnly), "count", left.Days}
	switch {
	case !m.Connected:
		return kit.Loud, tongue.Text("set.state.none")
	case left.Ended:
		return kit.Bad, tongue.Text("set.state.ended", pairs...)
	case m.Withdrawn:
		return kit.Bad, tongue.Text("set.state.withdrawn", pairs...)
	case left.Soon:
		return kit.Loud, tongue.Text("set.state.soon", pairs...)
	case m.Ends.IsZero():
		return kit.Calm, tongue.Text("set.state.endless", pairs...)
	}
	return kit.Calm, tongue.Text("set.state.lasts", pairs...)
}
