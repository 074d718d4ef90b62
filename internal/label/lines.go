package label

import (
	"encoding/binary"
	"math/bits"

	"packbench/internal/page"
)

// runLengths appends the lengths of white and black runs in a row, in turn; the first and the last are white, and may be 0.
func runLengths(runs []int, row []byte, width int) []int {
	start, before := 0, uint64(0)
	for at := 0; at < width; at += 64 {
		dots := sixtyFour(row[at/8:])
		edges := dots ^ (dots>>1 | before<<63) // a dot that differs from the one before it
		before = dots
		for edges != 0 {
			i := bits.LeadingZeros64(edges)
			if at+i >= width {
				break
			}
			edges &^= 1 << 63 >> i
			runs = append(runs, at+i-start)
			start = at + i
		}
	}
	runs = append(runs, width-start)
	if len(runs)%2 == 0 { // it was black
		runs = append(runs, 0)
	}
	return runs
}

// sixtyFour gives the first dots of a row, the leftmost in the highest bit, white where there are no more.
func sixtyFour(row []byte) uint64 {
	if len(row) >= 8 {
		return binary.BigEndian.Uint64(row)
	}
	var padded [8]byte
	copy(padded[:], row)
	return binary.BigEndian.Uint64(padded[:])
}

// transposed gives a page whose rows are the columns of p, from the left.
func transposed(p *page.Page) *page.Page {
	t := page.New(p.Height, p.Width, p.DPI)
	for y := 0; y < p.Height; y += 8 {
		for column := range p.Stride {
			var block uint64 // eight rows of eight dots
			for i := range min(8, p.Height-y) {
				block |= uint64(p.Bits[(y+i)*p.Stride+column]) << (56 - 8*i)
			}
			if block == 0 {
				continue
			}
			block = transposed8(block)
			for i := range min(8, p.Width-8*column) {
				t.Bits[(8*column+i)*t.Stride+y/8] = byte(block >> (56 - 8*i))
			}
		}
	}
	return t
}

// transposed8 swaps rows and columns of 8 × 8 dots, in three steps that swap quarters of 1, 2 and 4 (Hacker's Delight 7-3).
func transposed8(b uint64) uint64 {
	for _, step := range [3]struct {
		mask  uint64
		shift int
	}{{0x00AA00AA00AA00AA, 7}, {0x0000CCCC0000CCCC, 14}, {0x00000000F0F0F0F0, 28}} {
		t := (b ^ b>>step.shift) & step.mask
		b ^= t ^ t<<step.shift
	}
	return b
}
