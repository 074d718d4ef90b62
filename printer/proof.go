package printer

import (
	"context"
	"time"

	"packbench/printer/link"
)

// gapMM is the usual gap between two labels, for the pace where nobody has said it.
const gapMM = 3

// Pace is how long the printer takes for one label at the speed that is set; 0 where none is set, and nobody knows.
func (p *Printer) Pace() time.Duration {
	speed, gap := p.options.Setup.Speed, p.options.Setup.GapMM
	if speed == 0 {
		return 0
	}
	if gap == 0 {
		gap = gapMM
	}
	const mmAnInch = 25.4
	return time.Duration((p.options.Medium.HeightMM + gap) / mmAnInch / float64(speed) * float64(time.Second))
}

// Opened is how often the device has been opened. When that grows, nobody knows what became of labels it held.
func (p *Printer) Opened() int {
	if l, counts := p.link.(interface{ Opened() int }); counts {
		return l.Opened()
	}
	return 0
}

// Answers tells that the printer has been seen to answer, and is asked how it is.
func (p *Printer) Answers() bool { return p.options.Setup.Answers }

// Doubt tells that the printer may be in the middle of a label that broke off: what ends it goes out before the next one, where anything does.
func (p *Printer) Doubt(ctx context.Context) {
	if r, ok := p.link.(link.Resyncer); ok {
		r.Doubt(ctx)
	}
}

// Proves tells that what the device takes is there for good: a folder needs nobody to look whether the labels came out.
func (p *Printer) Proves() bool { return isFolder(p.uri) }
