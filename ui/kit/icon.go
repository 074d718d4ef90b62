package kit

import (
	"fmt"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"packbench/assets"
)

// Sign names an icon under assets/icons.
type Sign string

// The signs of the program.
const (
	SignArrow    Sign = "arrow"
	SignBack     Sign = "back"
	SignBattery  Sign = "battery"
	SignBin      Sign = "bin"
	SignBox      Sign = "box"
	SignCloud    Sign = "cloud"
	SignFragile  Sign = "fragile"
	SignGift     Sign = "gift"
	SignHandover Sign = "handover"
	SignMaking   Sign = "making"
	SignNote     Sign = "note"
	SignOrders   Sign = "orders"
	SignOutbox   Sign = "outbox"
	SignClock    Sign = "overdue"
	SignPack     Sign = "pack"
	SignParcels  Sign = "parcels"
	SignPerson   Sign = "person"
	SignPick     Sign = "pick"
	SignPrint    Sign = "print"
	SignQueued   Sign = "queued"
	SignScale    Sign = "scale"
	SignScanner  Sign = "scanner"
	SignSending  Sign = "sending"
	SignSent     Sign = "sent"
	SignSettings Sign = "settings"
	SignSheet    Sign = "sheet"
	SignShift    Sign = "shift"
	SignTick     Sign = "tick"

	// The marks of outcomes, in two inks: the shape and what is cut out of it.
	MarkTaken   Sign = "mark-taken"
	MarkRefused Sign = "mark-refused"
	MarkRepeat  Sign = "mark-repeat"
	MarkAsk     Sign = "mark-ask"
)

// inks are the colours the files are drawn in, the shape's and, for marks, the cut's.
var inks = map[Sign][2]string{
	MarkTaken:   {"#08764A", "#FFFFFF"},
	MarkRefused: {"#C4200F", "#FFFFFF"},
	MarkRepeat:  {"#5B6675", ""},
	MarkAsk:     {"#F6A800", "#1C1400"},
}

const plainInk = "#10161D"

// Icon is a sign in the colours of the theme.
type Icon struct {
	widget.BaseWidget
	sign       Sign
	shape, cut fyne.ThemeColorName
	side       float32
	picture    *canvas.Image
}

// NewIcon makes an icon of one ink.
func NewIcon(sign Sign, color fyne.ThemeColorName, side float32) *Icon {
	return NewMark(sign, color, "", side)
}

// NewMark makes a mark of two inks.
func NewMark(sign Sign, shape, cut fyne.ThemeColorName, side float32) *Icon {
	i := &Icon{sign: sign, shape: shape, cut: cut, side: side, picture: &canvas.Image{FillMode: canvas.ImageFillContain}}
	i.ExtendBaseWidget(i)
	return i
}

// Paint changes the sign and its inks.
func (i *Icon) Paint(sign Sign, shape, cut fyne.ThemeColorName) {
	if i.sign != sign || i.shape != shape || i.cut != cut {
		i.sign, i.shape, i.cut = sign, shape, cut
		i.Refresh()
	}
}

// CreateRenderer belongs to fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	i.picture.Resource = i.drawing()
	return &leaf{
		objects: []fyne.CanvasObject{i.picture}, refresh: i.redraw,
		min: func() fyne.Size { return fyne.NewSquareSize(i.side) },
		layout: func(size fyne.Size) {
			i.redraw() // the first time its canvas is known is when it is laid out
			i.picture.Resize(fyne.NewSquareSize(i.side))
			i.picture.Move(fyne.NewPos((size.Width-i.side)/2, (size.Height-i.side)/2))
		},
	}
}

// redraw rasterises only where the sign or a colour changed: an SVG is slow to draw.
func (i *Icon) redraw() {
	if next := i.drawing(); i.picture.Resource != next {
		i.picture.Resource = next
		i.picture.Refresh()
	}
}

func (i *Icon) drawing() fyne.Resource {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(i); c != nil {
		scale = c.Scale()
	}
	return drawing(i.sign, ink(i.shape), ink(i.cut), i.side*scale)
}

// drawings keeps every sign in every ink and size it was ever asked for: a few dozen small files.
var drawings sync.Map // of *fyne.StaticResource by name

func drawing(sign Sign, shape, cut color.Color, pixels float32) fyne.Resource {
	name := fmt.Sprintf("%s-%s-%s-%.0f.svg", sign, hex(shape), hex(cut), pixels)
	if known, ok := drawings.Load(name); ok {
		return known.(fyne.Resource)
	}
	svg, err := assets.Icons.ReadFile("icons/" + string(sign) + ".svg")
	if err != nil {
		panic("no icon " + string(sign)) // a sign is a constant of this package, its file is embedded: a broken build
	}
	ours, marked := inks[sign]
	if !marked {
		ours[0] = plainInk
	}
	// Both at once: the new colour of the one may be the old colour of the other.
	pairs := []string{ours[0], "#" + hex(shape)}
	if ours[1] != "" {
		pairs = append(pairs, ours[1], "#"+hex(cut))
	}
	drawn := thicken(strings.NewReplacer(pairs...).Replace(string(svg)), pixels/grid)
	known, _ := drawings.LoadOrStore(name, fyne.NewStaticResource(name, []byte(drawn)))
	return known.(fyne.Resource)
}

// grid is the side of the square the signs are drawn in.
const grid = 24

var strokeWidth = regexp.MustCompile(`stroke-width="([0-9.]+)"`)

// thicken scales the strokes of an SVG: Fyne's rasteriser scales shapes and leaves the width of lines as it is written.
func thicken(svg string, by float32) string {
	return strokeWidth.ReplaceAllStringFunc(svg, func(attribute string) string {
		width, _ := strconv.ParseFloat(strokeWidth.FindStringSubmatch(attribute)[1], 32)
		return fmt.Sprintf(`stroke-width="%.2f"`, float32(width)*by)
	})
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("%02X%02X%02X", r>>8, g>>8, b>>8)
}
