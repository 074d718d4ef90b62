package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Blocks shows pieces as blocks that fill: taken with a tick, the next one outlined, the others empty.
type Blocks struct {
	// Object is what stands on the screen.
	Object *fyne.Container

	taken, of int
}

// mostBlocks is how many blocks can be told apart in one row; more pieces share the same number of blocks.
const mostBlocks = 12

// NewBlocks makes blocks for no piece.
func NewBlocks() *Blocks {
	b := &Blocks{Object: container.NewWithoutLayout()}
	b.Object.Layout = placed(b.fit)
	return b
}

// Set changes the numbers. More pieces than blocks fill the blocks in proportion, the last one only with the last piece.
func (b *Blocks) Set(taken, of int) {
	taken = min(max(taken, 0), max(of, 0))
	if b.taken == taken && b.of == of {
		return
	}
	b.taken, b.of = taken, of
	count := min(max(of, 0), mostBlocks)
	b.Object.Objects = b.Object.Objects[:0]
	for i := range count {
		b.Object.Objects = append(b.Object.Objects, b.block(i, count))
	}
	b.fit(b.Object.Size())
	b.Object.Refresh()
}

func (b *Blocks) block(i, count int) fyne.CanvasObject {
	full := b.taken * count / b.of
	switch {
	case i < full:
		coat := Coat{Fill: ColorSuccess, Stroke: ColorSuccess, Width: SizeStroke, Radius: SizeRadiusSmall}
		return Layers(NewBox(coat), NewIcon(SignTick, ColorOnSuccess, Unit(SizeIcon)))
	case i == full:
		return NewBox(Coat{Fill: ColorPrimarySoft, Stroke: ColorPrimary, Width: SizeLoud, Radius: SizeRadiusSmall})
	}
	return NewBox(Coat{Fill: ColorSurface, Stroke: ColorOutline, Width: SizeStroke, Radius: SizeRadiusSmall})
}

func (b *Blocks) fit(size fyne.Size) {
	count := float32(len(b.Object.Objects))
	gap := Unit(SizeGap)
	width := (size.Width - gap*(count-1)) / max(count, 1)
	for i, block := range b.Object.Objects {
		Put(block, float32(i)*(width+gap), 0, width, size.Height)
	}
}
