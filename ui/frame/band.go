package frame

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// band lies over the top of every page of a training bench and says, in both languages, that nothing of it is real. Hatching and a mark say it from afar.
// A notice stands there too, for a while, and then says beside it that the bench is for training.
type band struct {
	object *fyne.Container
	tongue words.Tongue
	text   *kit.Text
}

// bandHeight is what the band takes of the page's room.
const bandHeight = 32

func newBand(tongue words.Tongue) *band {
	b := &band{tongue: tongue}
	mark := kit.NewMark(kit.MarkAsk, kit.ColorOnWarning, kit.ColorWarning, kit.Unit(kit.SizeIcon))
	b.text = kit.NewText(kit.Voice{Size: kit.SizeLead, Bold: true, Color: kit.ColorOnWarning}, "")
	gap := kit.Unit(kit.SizeGap)
	words := kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorWarning}), kit.Inset(kit.Row(gap, kit.Fixed(mark, kit.Unit(kit.SizeIcon)), kit.UpTo(b.text)), gap, 0, gap, 0))
	b.object = kit.Layers(kit.NewHatch(), kit.Row(0, kit.Spring(), kit.UpTo(words).Across(), kit.Spring()))
	return b
}

// banded tells whether there is something to say.
func (m Model) banded() bool { return m.Training || m.Notice.Key != "" }

func (b *band) render(m Model) {
	switch {
	case m.Notice.Key != "" && m.Training:
		b.text.Set(b.tongue.Text("training.notice", "notice", m.Notice))
	case m.Training:
		b.text.Set(b.tongue.Text("training.band"))
	default:
		b.text.Set(b.tongue.Say(m.Notice))
	}
	kit.Show(b.object, m.banded())
	kit.Arrange(b.object)
}
