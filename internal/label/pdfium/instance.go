package pdfium

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"packbench/internal/label/fit"
	"packbench/internal/page"
)

// Constants of PDFium's public headers (fpdfview.h).
const (
	bitmapGrey    = 1          // FPDFBitmap_Gray
	drawAnnots    = 0x01       // FPDF_ANNOT
	forPrinting   = 0x800      // FPDF_PRINTING
	errorPassword = 4          // FPDF_ERR_PASSWORD
	errorSecurity = 5          // FPDF_ERR_SECURITY
	opaqueWhite   = 0xFFFFFFFF // ARGB
	mmPerPoint    = 25.4 / 72  // PDF's unit
	maxPoints     = 14400      // the largest page side (ISO 32000-1 Annex C.2)
)

// instance is one running PDFium. It is single-threaded, and useless after a trap or a time-out.
type instance struct {
	module    api.Module
	files     *openFiles
	callable  *callable
	functions map[string]api.Function
	broken    bool
}

type instanceKey struct{}

// withInstance tells the host functions, which all instances share, whose call it is.
func withInstance(ctx context.Context, in *instance) context.Context {
	return context.WithValue(ctx, instanceKey{}, in)
}

func instanceOf(ctx context.Context) *instance { return ctx.Value(instanceKey{}).(*instance) }

func newInstance(ctx context.Context, r wazero.Runtime, module wazero.CompiledModule) (*instance, error) {
	in := &instance{files: newOpenFiles(), callable: newCallable(), functions: map[string]api.Function{}}
	var err error
	in.module, err = r.InstantiateModule(withInstance(ctx, in), module,
		wazero.NewModuleConfig().WithName("").WithStartFunctions("__wasm_call_ctors"))
	if err != nil {
		return nil, fmt.Errorf("pdfium: start: %w", err)
	}
	for _, name := range []string{"emscripten_stack_init", "FPDF_InitLibrary"} {
		if _, err := in.call(ctx, name); err != nil {
			return nil, errors.Join(err, in.close(ctx))
		}
	}
	return in, nil
}

func (in *instance) close(ctx context.Context) error { return in.module.Close(ctx) }

// call runs one exported function. An error means that the instance is broken.
func (in *instance) call(ctx context.Context, name string, args ...uint64) (uint64, error) {
	f := in.functions[name]
	if f == nil {
		if f = in.module.ExportedFunction(name); f == nil {
			return 0, fmt.Errorf("pdfium: no function %s", name)
		}
		in.functions[name] = f
	}
	results, err := f.Call(withInstance(ctx, in), args...)
	if err != nil {
		in.broken = true
		return 0, fmt.Errorf("pdfium: %s: %w", name, err)
	}
	if len(results) == 0 {
		return 0, nil
	}
	return results[0], nil
}

// usable tells whether the instance can draw another page. Memory it has taken it never gives back.
func (in *instance) usable() bool { return !in.broken && in.module.Memory().Size() <= keepBelow }

// render opens the document and draws the pages that are asked for, each of which it gives as soon as it is drawn; pages is how
// many there are. All that the guest allocates is given back, unless it broke.
func (in *instance) render(ctx context.Context, j job, give func(*page.Page) error) (pages int, err error) {
	defer func() {
		if in.broken && !errors.Is(err, ErrDamaged) {
			err = fmt.Errorf("%w: %w", ErrDamaged, err) // a trap
		}
	}()
	buffer, err := in.allocate(ctx, j.pdf)
	if err != nil {
		return 0, err
	}
	defer in.free(ctx, &err, "free", buffer)
	document, err := in.call(ctx, "FPDF_LoadMemDocument", buffer, uint64(len(j.pdf)), 0)
	if err != nil {
		return 0, err
	}
	if document == 0 {
		return 0, in.whyNotOpened(ctx)
	}
	defer in.free(ctx, &err, "FPDF_CloseDocument", document)
	counted, err := in.call(ctx, "FPDF_GetPageCount", document)
	if err != nil {
		return 0, err
	}
	pages = int(int32(counted))
	if j.from < 0 || j.from >= pages {
		return 0, fmt.Errorf("%w: no page %d of %d", ErrDamaged, j.from, pages)
	}
	for n := j.from; n < min(j.to, pages); n++ {
		drawn, err := in.renderPage(ctx, document, n, j.frame)
		if err == nil {
			err = give(drawn)
		}
		if err != nil {
			return pages, err
		}
	}
	return pages, nil
}

func (in *instance) renderPage(ctx context.Context, document uint64, n int, frame Frame) (drawn *page.Page, err error) {
	sheet, err := in.call(ctx, "FPDF_LoadPage", document, uint64(n))
	if err != nil {
		return nil, err
	}
	if sheet == 0 {
		return nil, fmt.Errorf("%w: its page %d does not load", ErrDamaged, n)
	}
	defer in.free(ctx, &err, "FPDF_ClosePage", sheet)
	return in.drawPage(ctx, sheet, frame)
}

// free gives back what PDFium allocated, and adds to err what goes wrong.
func (in *instance) free(ctx context.Context, err *error, name string, what uint64) {
	if in.broken {
		return
	}
	if _, freeErr := in.call(ctx, name, what); freeErr != nil {
		*err = errors.Join(*err, freeErr)
	}
}

// allocate copies data into the guest.
func (in *instance) allocate(ctx context.Context, data []byte) (uint64, error) {
	if len(data) == 0 || len(data) > math.MaxInt32 {
		return 0, fmt.Errorf("%w: %d bytes", ErrDamaged, len(data))
	}
	pointer, err := in.call(ctx, "malloc", uint64(len(data)))
	if err != nil {
		return 0, err
	}
	if pointer == 0 || !in.module.Memory().Write(uint32(pointer), data) {
		in.broken = true
		return 0, fmt.Errorf("%w: no memory for its %d bytes", ErrDamaged, len(data))
	}
	return pointer, nil
}

func (in *instance) whyNotOpened(ctx context.Context) error {
	code, err := in.call(ctx, "FPDF_GetLastError")
	switch {
	case err != nil:
		return err
	case code == errorPassword || code == errorSecurity:
		return ErrEncrypted
	}
	return fmt.Errorf("%w: PDFium's error %d", ErrDamaged, code)
}

// drawPage draws a page so that it fits the frame. One that is larger is drawn to see where its ink is: where that fits,
// only white is cut off and bars stay as wide as they are, else the page is drawn once more, shrunk.
func (in *instance) drawPage(ctx context.Context, sheet uint64, frame Frame) (*page.Page, error) {
	w, h, err := in.pageSize(ctx, sheet, page.DotsPerMM(frame.DPI))
	if err != nil {
		return nil, err
	}
	drawn := page.New(frame.Width, frame.Height, frame.DPI)
	if fits, turned := frame.holds(w, h); fits {
		return drawn, in.draw(ctx, sheet, whole(w, h, turned), drawn.Draw)
	}
	placed, scale := look(w, h)
	var ink image.Rectangle
	var cut bool
	err = in.draw(ctx, sheet, placed, func(seen *image.Gray) {
		if ink = fit.Ink(seen); scale < 1 {
			return
		}
		if ink.Dx() > frame.Width || ink.Dy() > frame.Height {
			if ink.Dy() > frame.Width || ink.Dx() > frame.Height {
				return
			}
			seen = fit.Turn(seen)
			ink = fit.Ink(seen)
		}
		if seen, cut = fit.Crop(seen, ink, frame.Width, frame.Height); cut {
			drawn.Draw(seen)
		}
	})
	if err != nil || cut {
		return drawn, err
	}
	return drawn, in.draw(ctx, sheet, frame.shrunk(w, h, ink, scale), drawn.Draw)
}

// pageSize reads the page's size in dots, as it is shown with its own rotation.
func (in *instance) pageSize(ctx context.Context, sheet uint64, dotsPerMM float64) (w, h float64, err error) {
	var dots [2]float64
	for i, name := range []string{"FPDF_GetPageWidthF", "FPDF_GetPageHeightF"} {
		bits, err := in.call(ctx, name, sheet)
		if err != nil {
			return 0, 0, err
		}
		points := float64(api.DecodeF32(bits))
		// The comparison is written so that a size which is not a number fails too.
		if !(points > 0 && points <= maxPoints) {
			return 0, 0, fmt.Errorf("%w: a page side of %g points", ErrDamaged, points)
		}
		dots[i] = points * mmPerPoint * dotsPerMM
	}
	return dots[0], dots[1], nil
}

// draw draws a page on white and has the picture seen. That lies in the guest's memory and is gone afterwards.
func (in *instance) draw(ctx context.Context, sheet uint64, p placing, see func(*image.Gray)) (err error) {
	w, h := uint64(p.bitmap.X), uint64(p.bitmap.Y)
	bitmap, err := in.call(ctx, "FPDFBitmap_CreateEx", w, h, bitmapGrey, 0, 0)
	if err != nil {
		return err
	}
	if bitmap == 0 {
		return fmt.Errorf("%w: no memory for %d × %d dots", ErrDamaged, w, h)
	}
	defer in.free(ctx, &err, "FPDFBitmap_Destroy", bitmap)
	if _, err := in.call(ctx, "FPDFBitmap_FillRect", bitmap, 0, 0, w, h, opaqueWhite); err != nil {
		return err
	}
	rotate := uint64(0)
	if p.turned {
		rotate = 1 // a quarter clockwise
	}
	at, size := p.sheet.Min, p.sheet.Size()
	if _, err := in.call(ctx, "FPDF_RenderPageBitmap", bitmap, sheet, api.EncodeI32(int32(at.X)), api.EncodeI32(int32(at.Y)),
		uint64(size.X), uint64(size.Y), rotate, drawAnnots|forPrinting); err != nil {
		return err
	}
	picture, err := in.pictureOf(ctx, bitmap, p.bitmap)
	if err == nil {
		see(picture)
	}
	return err
}

// pictureOf is a bitmap's dots, as they lie in the guest's memory until it is called again.
func (in *instance) pictureOf(ctx context.Context, bitmap uint64, size image.Point) (*image.Gray, error) {
	stride, err := in.call(ctx, "FPDFBitmap_GetStride", bitmap)
	if err != nil {
		return nil, err
	}
	buffer, err := in.call(ctx, "FPDFBitmap_GetBuffer", bitmap)
	if err != nil {
		return nil, err
	}
	dots, ok := in.module.Memory().Read(uint32(buffer), uint32(stride)*uint32(size.Y))
	if !ok || int(int32(stride)) < size.X {
		in.broken = true
		return nil, fmt.Errorf("%w: its picture lies outside the memory", ErrDamaged)
	}
	return &image.Gray{Pix: dots, Stride: int(stride), Rect: image.Rectangle{Max: size}}, nil
}
