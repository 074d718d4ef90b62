package frame

import (
	"fyne.io/fyne/v2"

	"packbench/internal/words"
	"packbench/ui/kit"
)

// band lies over the top of every page of a training bench and says, in both languages, that nothing of it is real. Hatching and a mark say it from afar.
type band struct{ object *fyne.Container }

// bandHeight leaves the pages all the room they were drawn for but this.
const bandHeight = 32

func newBand(tongue words.Tongue) *band {
	mark := kit.NewMark(kit.MarkAsk, kit.ColorOnWarning, kit.ColorWarning, kit.Unit(kit.SizeIcon))
	text := kit.NewText(kit.Voice{Size: kit.SizeLead, Bold: true, Color: kit.ColorOnWarning}, tongue.Text("training.band"))
	gap := kit.Unit(kit.SizeGap)
	words := kit.Layers(kit.NewBox(kit.Coat{Fill: kit.ColorWarning}), kit.Inset(kit.Row(gap, kit.Fixed(mark, kit.Unit(kit.SizeIcon)), kit.Natural(text)), gap, 0, gap, 0))
	return &band{kit.Layers(kit.NewHatch(), kit.Row(0, kit.Spring(), kit.UpTo(words).Across(), kit.Spring()))}
}
