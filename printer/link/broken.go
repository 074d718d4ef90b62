package link

import "bytes"

// broken is the label that broke off on a device, until another has begun behind it.
type broken struct {
	end   func(half []byte, taken int) []byte // see Resyncer; nil where nothing is to be written
	off   bool
	label []byte // nil where nobody knows
	taken int
}

// ahead is what goes out before the next label.
func (b *broken) ahead() []byte {
	if b.end == nil || !b.off {
		return nil
	}
	return b.end(b.label, b.taken)
}

// breaks keeps a label of which at least so much was taken.
func (b *broken) breaks(label []byte, taken int) {
	if b.end != nil {
		b.off, b.label, b.taken = true, bytes.Clone(label), taken
	}
}

// mended forgets it.
func (b *broken) mended() { b.off, b.label, b.taken = false, nil, 0 }
