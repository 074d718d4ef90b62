package pdfium

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
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

func (in *instance) memoryBytes() uint32 { return in.module.Memory().Size() }

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

// render opens the document and draws its only page. All that the guest allocates is given back, unless it broke.
func (in *instance) render(ctx context.Context, pdf []byte, frame Frame) (picture *image.Gray, err error) {
	free := func(name string, args ...uint64) {
		if in.broken {
			return
		}
		if _, freeErr := in.call(ctx, name, args...); freeErr != nil {
			err = errors.Join(err, freeErr)
		}
	}
	buffer, err := in.allocate(ctx, pdf)
	if err != nil {
		return nil, err
	}
	defer free("free", buffer)
	document, err := in.call(ctx, "FPDF_LoadMemDocument", buffer, uint64(len(pdf)), 0)
	if err != nil {
		return nil, err
	}
	if document == 0 {
		return nil, in.whyNotOpened(ctx)
	}
	defer free("FPDF_CloseDocument", document)
	pages, err := in.call(ctx, "FPDF_GetPageCount", document)
	if err != nil {
		return nil, err
	}
	if n := int(int32(pages)); n < 1 {
		return nil, fmt.Errorf("%w: no pages", ErrDamaged)
	} else if n > 1 {
		return nil, &PagesError{Pages: n}
	}
	sheet, err := in.call(ctx, "FPDF_LoadPage", document, 0)
	if err != nil {
		return nil, err
	}
	if sheet == 0 {
		return nil, fmt.Errorf("%w: its page does not load", ErrDamaged)
	}
	defer free("FPDF_ClosePage", sheet)
	width, height, turned, err := in.fitPage(ctx, sheet, frame)
	if err != nil {
		return nil, err
	}
	bitmap, err := in.call(ctx, "FPDFBitmap_CreateEx", uint64(width), uint64(height), bitmapGrey, 0, 0)
	if err != nil {
		return nil, err
	}
	if bitmap == 0 {
		return nil, fmt.Errorf("%w: no memory for %d × %d dots", ErrDamaged, width, height)
	}
	defer free("FPDFBitmap_Destroy", bitmap)
	return in.drawPage(ctx, bitmap, sheet, width, height, turned)
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

// fitPage reads the page's size, as it is shown with its own rotation, and fits it into the frame.
func (in *instance) fitPage(ctx context.Context, sheet uint64, frame Frame) (width, height int, turned bool, err error) {
	var points [2]float64
	for i, name := range []string{"FPDF_GetPageWidthF", "FPDF_GetPageHeightF"} {
		bits, err := in.call(ctx, name, sheet)
		if err != nil {
			return 0, 0, false, err
		}
		points[i] = float64(api.DecodeF32(bits))
		// The comparison is written so that a size which is not a number fails too.
		if !(points[i] > 0 && points[i] <= maxPoints) {
			return 0, 0, false, fmt.Errorf("%w: a page side of %g points", ErrDamaged, points[i])
		}
	}
	width, height, turned = frame.fit(points[0]*mmPerPoint, points[1]*mmPerPoint)
	return width, height, turned, nil
}

func (in *instance) drawPage(ctx context.Context, bitmap, sheet uint64, width, height int, turned bool) (*image.Gray, error) {
	w, h := uint64(width), uint64(height)
	if _, err := in.call(ctx, "FPDFBitmap_FillRect", bitmap, 0, 0, w, h, opaqueWhite); err != nil {
		return nil, err
	}
	rotate := uint64(0)
	if turned {
		rotate = 1 // a quarter clockwise
	}
	if _, err := in.call(ctx, "FPDF_RenderPageBitmap", bitmap, sheet, 0, 0, w, h, rotate, drawAnnots|forPrinting); err != nil {
		return nil, err
	}
	stride, err := in.call(ctx, "FPDFBitmap_GetStride", bitmap)
	if err != nil {
		return nil, err
	}
	buffer, err := in.call(ctx, "FPDFBitmap_GetBuffer", bitmap)
	if err != nil {
		return nil, err
	}
	picture := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		row, ok := in.module.Memory().Read(uint32(buffer)+uint32(y)*uint32(stride), uint32(width))
		if !ok {
			in.broken = true
			return nil, fmt.Errorf("%w: its picture lies outside the memory", ErrDamaged)
		}
		copy(picture.Pix[y*picture.Stride:], row)
	}
	return picture, nil
}
