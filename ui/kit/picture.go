package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Picture shows a photo, or the words that stand for it until there is one, at the same size: nothing jumps.
type Picture struct {
	widget.BaseWidget
	photo  *Photo
	whole  bool
	dim    bool
	ground *canvas.Rectangle
	image  *canvas.Image
	words  *Steps
	sign   *Icon // instead of the words where there is no room for them
}

// NewPicture makes a picture that fills its room.
func NewPicture() *Picture {
	p := &Picture{ground: &canvas.Rectangle{CornerRadius: Unit(SizeRadius)}}
	p.image = &canvas.Image{ScaleMode: canvas.ImageScaleFastest, CornerRadius: Unit(SizeRadius)}
	p.words = NewSteps(Voice{Size: SizeSay, Color: ColorFaint, Bold: true, Align: fyne.TextAlignCenter},
		Step{SizeSay, 1}, Step{SizeHead, 2}, Step{SizeSub, 4}, Step{SizeText, 6})
	p.sign = NewIcon(SignBox, ColorFaint, Unit(SizeMark))
	p.ExtendBaseWidget(p)
	return p
}

// NewPaper makes a picture of a paper: all of it is shown, square-cornered, on white.
func NewPaper() *Picture {
	p := NewPicture()
	p.whole = true
	p.ground.CornerRadius, p.image.CornerRadius = 0, 0
	return p
}

// Set changes the photo; nil shows the words.
func (p *Picture) Set(photo *Photo, words string) {
	p.words.Set(words)
	if p.photo != photo {
		p.photo = photo
		p.Refresh()
	}
}

// Dim draws the picture faintly: it is done with.
func (p *Picture) Dim(dim bool) {
	if p.dim != dim {
		p.dim = dim
		p.Refresh()
	}
}

// CreateRenderer belongs to fyne.Widget.
func (p *Picture) CreateRenderer() fyne.WidgetRenderer {
	p.paint()
	return &leaf{
		objects: []fyne.CanvasObject{p.ground, p.words, p.sign, p.image}, layout: p.fit,
		min:     func() fyne.Size { return fyne.NewSquareSize(Unit(SizeThumb)) },
		refresh: func() { p.paint(); p.fit(p.Size()); p.ground.Refresh(); p.image.Refresh() },
	}
}

func (p *Picture) paint() {
	ground := ColorGround
	if p.whole {
		ground = ColorPaper
	}
	p.ground.FillColor = ink(ground)
	p.image.Hidden = p.photo == nil
	p.image.Translucency = 0
	if p.dim {
		p.image.Translucency = faintness
	}
}

// faintness is how much of a picture that is done with shows through.
const faintness = 0.55

func (p *Picture) fit(size fyne.Size) {
	p.ground.Resize(size)
	p.image.Resize(size)
	const leastForWords = 120
	small := min(size.Width, size.Height) < leastForWords
	Show(p.words, p.photo == nil && !small)
	Show(p.sign, p.photo == nil && small && !p.whole)
	p.sign.Resize(size)
	inset := Unit(SizeGap)
	p.words.Resize(size.SubtractWidthHeight(2*inset, 2*inset))
	p.words.Move(fyne.NewSquareOffsetPos(inset))
	if p.photo == nil || size.IsZero() {
		return
	}
	p.image.FillMode = p.fill(size)
	if p.photo.vector != nil {
		if p.image.Resource != p.photo.vector {
			p.image.Resource, p.image.Image = p.photo.vector, nil
			p.image.Refresh()
		}
		return
	}
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(p); c != nil {
		scale = c.Scale()
	}
	if rung := p.photo.rung(size.Width*scale, size.Height*scale); p.image.Image != rung || p.image.Resource != nil {
		p.image.Resource, p.image.Image = nil, rung
		p.image.Refresh()
	}
}

// fill crops a photo a little rather than leave bars beside it, but never so much that goods are cut off.
func (p *Picture) fill(size fyne.Size) canvas.ImageFill {
	const mostCropped = 1.3
	ratio := p.photo.aspect() * size.Height / size.Width
	if p.whole || ratio > mostCropped || ratio < 1/mostCropped {
		return canvas.ImageFillContain
	}
	return canvas.ImageFillCover
}
