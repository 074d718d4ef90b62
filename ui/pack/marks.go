package pack

import (
	"fyne.io/fyne/v2"

	"packbench/internal/order"
	"packbench/internal/words"
	"packbench/ui/kit"
)

// marks are what hands have to know of an article, large, each by a sign and a word. They stand on its picture, where the eye is, one below the other.
type marks struct {
	object *fyne.Container
	tongue words.Tongue
	chips  map[order.Mark]*kit.Badge
}

// markSigns are the sign, the tone and the word of each mark.
var markSigns = map[order.Mark]struct {
	sign kit.Sign
	tone kit.Tone
	word order.Said
}{
	order.Fragile:  {kit.SignFragile, kit.Loud, order.Say("mark.fragile")},
	order.Battery:  {kit.SignBattery, kit.Loud, order.Say("pack.badge.battery")},
	order.IsGift:   {kit.SignGift, kit.Told, order.Say("pack.badge.gift")},
	order.IsSample: {kit.SignBox, kit.Told, order.Say("pack.badge.sample")},
}

func newMarks(tongue words.Tongue) *marks {
	m := &marks{tongue: tongue, chips: map[order.Mark]*kit.Badge{}}
	var parts []kit.Part
	for _, mark := range order.Marks {
		m.chips[mark] = kit.NewLargeBadge(markSigns[mark].sign, markSigns[mark].tone)
		parts = append(parts, kit.Natural(kit.Row(0, kit.Natural(m.chips[mark].Object), kit.Spring())))
	}
	m.object = kit.Column(kit.Unit(kit.SizeHalf), parts...)
	return m
}

func (m *marks) set(shown []order.Mark) {
	for _, chip := range m.chips {
		chip.Set("")
	}
	for _, mark := range shown {
		m.chips[mark].Set(m.tongue.Say(markSigns[mark].word))
	}
	kit.Show(m.object, len(shown) > 0)
}
