package virtual_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"packbench/internal/page"
	"packbench/internal/virtual"
	"packbench/printer/zpl"
)

var machine = virtual.ZPL{DPI: 203, Medium: page.Label}

func same(a, b *page.Page) bool {
	return a.Width == b.Width && a.Height == b.Height && a.DPI == b.DPI && bytes.Equal(a.Bits, b.Bits)
}

// anyPage draws pages as labels are: rows that repeat, runs of white and black, and noise.
func anyPage(t *rapid.T) *page.Page {
	width := rapid.OneOf(rapid.IntRange(1, 80), rapid.IntRange(790, 830), rapid.IntRange(3190, 3300)).Draw(t, "width")
	p := page.New(width, rapid.IntRange(1, 60).Draw(t, "height"), rapid.SampledFrom([]int{203, 300}).Draw(t, "dpi"))
	for y := range p.Height {
		row := p.Bits[y*p.Stride:][:p.Stride]
		switch rapid.IntRange(0, 4).Draw(t, "row") {
		case 0: // white
		case 1:
			fillRow(row, width, 0xff)
		case 2:
			if y > 0 {
				copy(row, p.Bits[(y-1)*p.Stride:])
			}
		case 3:
			from := rapid.IntRange(0, width-1).Draw(t, "from")
			for x := from; x < rapid.IntRange(from, width).Draw(t, "to"); x++ {
				p.Set(x, y)
			}
		case 4:
			for _, x := range rapid.SliceOfN(rapid.IntRange(0, width-1), 0, 30).Draw(t, "dots") {
				p.Set(x, y)
			}
		}
	}
	return p
}

func fillRow(row []byte, width int, b byte) {
	for i := range row {
		row[i] = b
	}
	if beyond := 8*len(row) - width; beyond > 0 {
		row[len(row)-1] = b >> beyond << beyond
	}
}

func TestDecodeZPL(t *testing.T) {
	const box = "^XA^PW16^LL2^FO8,1^GFA,1,1,1,FF^FS^XZ"
	for _, c := range []struct {
		name, zpl string
		dots      []string // a page a string, rows joined by /; nil where it is damaged
	}{
		{"a box", box, []string{"................/........########"}},
		{"home moves it", strings.Replace(box, "^FO8", "^LH8,0^FO0", 1), []string{"................/........########"}},
		{"copies", strings.Replace(box, "^XZ", "^PQ2^XZ", 1), []string{"................/........########", "................/........########"}},
		{"runs", "^XA^PW8^LL4^FO0,0^GFA,4,4,1,HF,:!,^XZ", nil},
		{"rows", "^XA^PW8^LL4^FO0,0^GFA,4,4,1,HF:,F!^XZ", []string{"########/########/......../########"}},
		{"Z64 as Zebra's own designer writes it", "^XA^PW32^LL5^FO0,0^GFA,41,288,72,:Z64:eJzj4KAKYJChDmCwoQ5gEKAOYAAAavEfEQ==:24EF^FS^XZ",
			[]string{strings.Join([]string{rails("....#..."), rails("...###.."), rails("..####.."), rails("...#...."), rails("........")}, "/")}},
		{"Z64 with a wrong CRC", "^XA^FO0,0^GFA,256,256,4,:Z64:eJxjYKAnOADEDxgYGD8AMZBmBvKZgULsQMxEV4fAAQBLYQRC:3CC3^FS^XZ", nil},
		{"Z64 without CRC", "^XA^FO0,0^GFA,256,256,4,:Z64:eJxjYKAnOADEDxgYGD8AMZBmBvKZgULsQMxEV4fAAQBLYQRC^FS^XZ", nil},
		{"Z64 of another size", "^XA^FO0,0^GFA,252,252,4,:Z64:eJxjYKAnOADEDxgYGD8AMZBmBvKZgULsQMxEV4fAAQBLYQRC:3CC2^FS^XZ", nil},
		{"Z64 that is no base64", "^XA^FO0,0^GFA,1,1,1,:Z64:-:37D5^FS^XZ", nil},
		{"Z64 that is not deflated", "^XA^FO0,0^GFA,1,1,1,:Z64:AAAA:3B66^FS^XZ", nil},
		{"a question between", box + "~HS\r\n~HQES" + box, []string{"................/........########", "................/........########"}},
		{"a label cancelled", "~JX^XA^PW8~JX\r\n" + box + "^XA^GFA,9,9,9,FF~JX", []string{"................/........########"}},
		{"beyond the edge", "^XA^PW4^LL1^FO0,0^GFA,1,1,1,FF^XZ", []string{"####"}},
		{"nothing", "  \n", []string{}},
		{"no end", "^XA^PW8", nil},
		{"no beginning", "^PW8^XZ", nil},
		{"something outside", box + "x", nil},
		{"short data", "^XA^FO0,0^GFA,2,2,1,FF^XZ", nil},
		{"long data", "^XA^FO0,0^GFA,1,1,1,FFF^XZ", nil},
		{"a run past the row", "^XA^FO0,0^GFA,2,2,1,IFF^XZ", nil},
		{"a colon first", "^XA^FO0,0^GFA,1,1,1,:^XZ", nil},
		{"no digit", "^XA^FO0,0^GFA,1,1,1,?F^XZ", nil},
		{"rows that do not fit", "^XA^FO0,0^GFA,3,3,2,FFFFFF^XZ", nil},
		{"binary", "^XA^FO0,0^GFB,1,1,1,x^XZ", nil},
		{"unknown command", "^XA^JUS^XZ", nil},
		{"a vast label", "^XA^PW20000^LL20000^XZ", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages, err := machine.Decode([]byte(c.zpl))
			if (err == nil) != (c.dots != nil) {
				t.Fatalf("error %v", err)
			}
			var got []string
			for _, p := range pages {
				got = append(got, drawn(p))
			}
			if strings.Join(got, " ") != strings.Join(c.dots, " ") {
				t.Errorf("drawn %q, want %q", got, c.dots)
			}
		})
	}
}

// rails is 32 dots of a pattern of 8.
func rails(pattern string) string { return strings.Repeat(pattern, 4) }

func drawn(p *page.Page) string {
	var rows []string
	for y := range p.Height {
		row := make([]byte, p.Width)
		for x := range row {
			row[x] = '.'
			if p.Black(x, y) {
				row[x] = '#'
			}
		}
		rows = append(rows, string(row))
	}
	return strings.Join(rows, "/")
}

// numbered is a page that tells its number by its width.
func numbered(n int) *page.Page {
	p := page.New(100+n, 20, 203)
	p.Set(n, 10)
	return p
}

func TestThePrinterDrawsWhatArrivesInOrder(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	dir := filepath.Join(t.TempDir(), "labels")
	save := virtual.SavePNG(dir)
	arrived := make(chan int)
	ended := make(chan error, 1)
	go func() {
		ended <- machine.Serve(ctx, listener, func(n int, p *page.Page) error {
			err := save(n, p)
			arrived <- p.Width - 100
			return err
		})
	}()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var stream []byte
	for n := range 5 {
		stream = append(stream, zpl.Encode(numbered(n), zpl.Settings{})...)
	}
	go func() {
		for part := range bytes.SplitSeq(stream, []byte("A")) { // in odd pieces
			if _, err := conn.Write(part); err != nil {
				t.Error(err)
			}
			if _, err := conn.Write([]byte("A")); err != nil {
				t.Error(err)
			}
		}
	}()
	for n := range 5 {
		select {
		case got := <-arrived:
			if got != n {
				t.Errorf("label %d arrived as number %d", got, n)
			}
		case err := <-ended:
			t.Fatalf("the printer stopped before label %d: %v", n, err)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
	for n := range 5 {
		b, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("label-%04d.png", n+1)))
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(b))
		if err != nil || picture.Bounds().Dx() != 100+n {
			t.Errorf("label %d: %v wide, %v", n+1, picture.Bounds(), err)
		}
	}
}

func TestADamagedLabelIsSaid(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		ended <- machine.Serve(t.Context(), listener, func(int, *page.Page) error { return nil })
	}()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("^XA^FO0,0^GFA,9,9,9,00^FS^XZ")); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "GF") {
		t.Errorf("ended with %v, want the damaged picture", err)
	}
}

func FuzzZPL(f *testing.F) {
	f.Add([]byte("^XA^PW16^LL2^FO8,1^GFA,1,1,1,FF^FS^PQ1^XZ"))
	f.Add([]byte("^XA^PW8^LL4^FO0,0^GFA,4,4,1,HF:,F!^XZ"))
	f.Add(zpl.Encode(numbered(3), zpl.Settings{Darkness: 5, Speed: 4}))
	f.Fuzz(func(t *testing.T, stream []byte) {
		pages, err := machine.Decode(stream)
		if err != nil {
			return
		}
		for _, p := range pages {
			again, err := machine.Decode(zpl.Encode(p, zpl.Settings{}))
			if err != nil || len(again) != 1 || !same(again[0], p) {
				t.Fatalf("drawn, encoded and drawn again it is another page: %v", err)
			}
		}
	})
}
