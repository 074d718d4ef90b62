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
	functions map[string]api.Function
	broken    bool
}

func newInstance(ctx context.Context, r wazero.Runtime, module wazero.CompiledModule) (*instance, error) {
	in := &instance{files: newOpenFiles(), functions: map[string]api.Function{}}
	var err error
	in.module, err = r.InstantiateModule(withFiles(ctx, in.files), module,
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
	results, err := f.Call(withFiles(ctx, in.files), args...)
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

// render opens the document and draws one page; pages is how many there are. All that the guest allocates is given back,
// unless it broke.
func (in *instance) render(ctx context.Context, j job) (picture *image.Gray, pages int, err error) {
	defer func() {
		if in.broken && !errors.Is(err, ErrDamaged) {
			err = fmt.Errorf("%w: %w", ErrDamaged, err) // a trap
		}
	}()
	buffer, err := in.allocate(ctx, j.pdf)
	if err != nil {
		return nil, 0, err
	}
	defer in.free(ctx, &err, "free", buffer)
	document, err := in.call(ctx, "FPDF_LoadMemDocument", buffer, uint64(len(j.pdf)), 0)
	if err != nil {
		return nil, 0, err
	}
	if document == 0 {
		return nil, 0, in.whyNotOpened(ctx)
	}
	defer in.free(ctx, &err, "FPDF_CloseDocument", document)
	counted, err := in.call(ctx, "FPDF_GetPageCount", document)
	if err != nil {
		return nil, 0, err
	}
	pages = int(int32(counted))
	if j.page < 0 || j.page >= pages {
		return nil, 0, fmt.Errorf("%w: no page %d of %d", ErrDamaged, j.page, pages)
	}
	sheet, err := in.call(ctx, "FPDF_LoadPage", document, uint64(j.page))
	if err != nil {
		return nil, 0, err
	}
	if sheet == 0 {
		return nil, 0, fmt.Errorf("%w: its page does not load", ErrDamaged)
	}
	defer in.free(ctx, &err, "FPDF_ClosePage", sheet)
	picture, err = in.drawPage(ctx, sheet, j.frame)
	return picture, pages, err
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
func (in *instance) drawPage(ctx context.Context, sheet uint64, frame Frame) (*image.Gray, error) {
	w, h, err := in.pageSize(ctx, sheet, frame.DotsPerMM)
	if err != nil {
		return nil, err
	}
	if fits, turned := frame.holds(w, h); fits {
		return in.draw(ctx, sheet, whole(w, h, turned))
	}
	placed, scale := look(w, h)
	seen, err := in.draw(ctx, sheet, placed)
	if err != nil {
		return nil, err
	}
	if scale == 1 {
		if cut, ok := fit.Crop(seen, frame.Width, frame.Height); ok {
			return cut, nil
		}
		if cut, ok := fit.Crop(fit.Turn(seen), frame.Width, frame.Height); ok {
			return cut, nil
		}
	}
	return in.draw(ctx, sheet, frame.shrunk(w, h, fit.Ink(seen), scale))
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

// draw draws a page on white.
func (in *instance) draw(ctx context.Context, sheet uint64, p placing) (picture *image.Gray, err error) {
	w, h := uint64(p.bitmap.X), uint64(p.bitmap.Y)
	bitmap, err := in.call(ctx, "FPDFBitmap_CreateEx", w, h, bitmapGrey, 0, 0)
	if err != nil {
		return nil, err
	}
	if bitmap == 0 {
		return nil, fmt.Errorf("%w: no memory for %d × %d dots", ErrDamaged, w, h)
	}
	defer in.free(ctx, &err, "FPDFBitmap_Destroy", bitmap)
	if _, err := in.call(ctx, "FPDFBitmap_FillRect", bitmap, 0, 0, w, h, opaqueWhite); err != nil {
		return nil, err
	}
	rotate := uint64(0)
	if p.turned {
		rotate = 1 // a quarter clockwise
	}
	at, size := p.sheet.Min, p.sheet.Size()
	if _, err := in.call(ctx, "FPDF_RenderPageBitmap", bitmap, sheet, api.EncodeI32(int32(at.X)), api.EncodeI32(int32(at.Y)),
		uint64(size.X), uint64(size.Y), rotate, drawAnnots|forPrinting); err != nil {
		return nil, err
	}
	return in.copyOf(ctx, bitmap, p.bitmap)
}

// copyOf takes a bitmap's dots out of the guest.
func (in *instance) copyOf(ctx context.Context, bitmap uint64, size image.Point) (*image.Gray, error) {
	stride, err := in.call(ctx, "FPDFBitmap_GetStride", bitmap)
	if err != nil {
		return nil, err
	}
	buffer, err := in.call(ctx, "FPDFBitmap_GetBuffer", bitmap)
	if err != nil {
		return nil, err
	}
	picture := image.NewGray(image.Rectangle{Max: size})
	for y := range size.Y {
		row, ok := in.module.Memory().Read(uint32(buffer)+uint32(y)*uint32(stride), uint32(size.X))
		if !ok {
			in.broken = true
			return nil, fmt.Errorf("%w: its picture lies outside the memory", ErrDamaged)
		}
		copy(picture.Pix[y*picture.Stride:], row)
	}
	return picture, nil
}
