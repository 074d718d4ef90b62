package zpl

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"

	"packbench/internal/page"
)

// writeHex writes the rows as hexadecimal digits.
func writeHex(out *bytes.Buffer, p *page.Page) {
	bits, row := make([]byte, p.Stride), make([]byte, 2*p.Stride)
	for y := range p.Height {
		digitsOf(row, p.CopyRow(bits, y))
		out.Write(row)
	}
}

// writeZ64 writes ":Z64:", the rows deflated in base64, a colon, and the CRC of the base64 text ("ZPL II Programming Guide", volume 2, B64 and Z64).
func writeZ64(out *bytes.Buffer, p *page.Page) {
	packed := bytes.NewBuffer(make([]byte, 0, len(p.Bits)/8))
	deflated := zlib.NewWriter(packed) // the best compression takes three times as long for 5 % less
	row := make([]byte, p.Stride)
	for y := range p.Height {
		_, _ = deflated.Write(p.CopyRow(row, y)) // into memory, which does not fail
	}
	_ = deflated.Close()
	text := base64.StdEncoding.EncodeToString(packed.Bytes())
	fmt.Fprintf(out, ":Z64:%s:%04X", text, crc(text))
}

// crc is the CRC-16 of Z64: polynomial 0x1021, beginning with 0, over the base64 text.
func crc(text string) uint16 {
	var sum uint16
	for i := range len(text) {
		sum ^= uint16(text[i]) << 8
		for range 8 {
			carry := sum&0x8000 != 0
			sum <<= 1
			if carry {
				sum ^= 0x1021
			}
		}
	}
	return sum
}

// writePicture writes the rows as hexadecimal digits with runs ("Alternative Data Compression Scheme", ^GF and ~DG).
func writePicture(out *bytes.Buffer, p *page.Page) {
	bits, row, before := make([]byte, p.Stride), make([]byte, 2*p.Stride), make([]byte, 2*p.Stride)
	for y := range p.Height {
		digitsOf(row, p.CopyRow(bits, y))
		if y > 0 && bytes.Equal(row, before) {
			out.WriteByte(':') // the row above again
			continue
		}
		writeRow(out, row)
		row, before = before, row
	}
}

const hexDigits = "0123456789ABCDEF"

// digitsOf writes a row's bytes as digits.
func digitsOf(digits, row []byte) {
	for i, b := range row {
		digits[2*i], digits[2*i+1] = hexDigits[b>>4], hexDigits[b&15]
	}
}

// writeRow writes one row, its end as ',' where the rest is white and as '!' where it is black.
func writeRow(out *bytes.Buffer, row []byte) {
	tail := row[len(row)-1]
	body := row
	if tail == '0' || tail == 'F' {
		body = bytes.TrimRight(row, string(tail))
	}
	for len(body) > 0 {
		n := 1
		for n < len(body) && body[n] == body[0] {
			n++
		}
		writeRun(out, body[0], n)
		body = body[n:]
	}
	switch {
	case tail == '0':
		out.WriteByte(',')
	case tail == 'F':
		out.WriteByte('!')
	}
}

// writeRun writes a digit n times: G to Y stand for 1 to 19, g to z for 20, 40 … 400, and add up.
func writeRun(out *bytes.Buffer, digit byte, n int) {
	if n == 1 {
		out.WriteByte(digit)
		return
	}
	for ; n > 400; n -= 400 {
		out.WriteByte('z')
	}
	if n >= 20 {
		out.WriteByte('g' + byte(n/20-1))
	}
	if ones := n % 20; ones > 0 {
		out.WriteByte('G' + byte(ones-1))
	}
	out.WriteByte(digit)
}
