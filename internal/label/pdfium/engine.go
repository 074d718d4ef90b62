// Package pdfium draws PDF pages with PDFium's WebAssembly build, hosted in this process by wazero: no cgo, and a hostile
// document can do no more than end its own rendering with an error.
//
// The seam is narrow on purpose: bytes in, a grey picture out, so that a worker process that can be killed (wazero's own
// guard against run-away guests costs five times the speed, printing facts 1) can take this package's place.
package pdfium

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"
)

// wasm is npm @hyzyla/pdfium 2.1.13, dist/pdfium.wasm, pinned by its hash in scripts/deps.sh.
//
//go:embed pdfium.wasm
var wasm []byte

const (
	// pageTimeout bounds what one document may cost. A dense label takes 0.3 s on a slow machine (printing facts 1).
	pageTimeout = 10 * time.Second
	// memoryPages of 64 KiB bound a guest at 256 MiB; a label needs 17 MiB (printing facts 1).
	memoryPages = 4096
	// keepBelow is the guest memory in bytes above which an instance is not used again: it never gives memory back.
	keepBelow = 64 << 20
)

// Errors a document can end with. None of them touches the next document.
var (
	ErrDamaged   = errors.New("pdfium: the document is damaged")
	ErrEncrypted = errors.New("pdfium: the document needs a password")
	ErrTimeout   = errors.New("pdfium: the document takes too long to draw")
	ErrClosed    = errors.New("pdfium: the engine is closed")
)

// PagesError says that a document has more than the one page a label has.
type PagesError struct{ Pages int }

func (e *PagesError) Error() string { return fmt.Sprintf("pdfium: %d pages instead of one", e.Pages) }

// Engine draws PDF pages. It may be used from several goroutines at once: each drawing has an instance of its own.
type Engine struct {
	cacheDir string
	timeout  time.Duration // a drawing
	slots    chan struct{} // a token a drawing in progress

	mu     sync.Mutex
	build  *build
	idle   []*instance
	closed bool
}

// build is one attempt to compile PDFium; runtime, module and err are set before done is closed.
type build struct {
	done    chan struct{}
	runtime wazero.Runtime
	module  wazero.CompiledModule
	err     error
}

// New makes an engine that keeps PDFium's machine code in cacheDir (14 MB; made if missing). It returns at once: the
// first compilation takes seconds, every later start 0.1 s (printing facts 1).
func New(cacheDir string) *Engine {
	return &Engine{cacheDir: cacheDir, timeout: pageTimeout, slots: make(chan struct{}, runtime.NumCPU())}
}

// Warm starts the compilation without waiting for it, so that the first label does not. What goes wrong is said by
// the first Render, which tries again.
func (e *Engine) Warm(ctx context.Context) { e.start(ctx) }

// start gives the compilation in progress or done, and starts one where there is none or the last failed.
func (e *Engine) start(ctx context.Context) *build {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.build != nil {
		select {
		case <-e.build.done:
			if e.build.err == nil {
				return e.build
			}
		default:
			return e.build
		}
	}
	b := &build{done: make(chan struct{})}
	if e.closed {
		b.err = ErrClosed
		close(b.done)
		return b
	}
	e.build = b
	// The compilation serves every later document: the one that happened to start it must not end it.
	ctx = context.WithoutCancel(ctx)
	go func() {
		defer close(b.done)
		b.runtime, b.module, b.err = compile(ctx, e.cacheDir)
	}()
	return b
}

// compile makes the runtime with the cache on disk, or, where the cache cannot be used, without: slower, never stuck.
func compile(ctx context.Context, cacheDir string) (wazero.Runtime, wazero.CompiledModule, error) {
	cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
	if err == nil {
		r, module, cachedErr := load(ctx, runtimeConfig().WithCompilationCache(cache))
		if cachedErr == nil {
			return r, module, nil
		}
		err = cachedErr
	}
	slog.WarnContext(ctx, "pdfium: compiling without cache", "error", err)
	return load(ctx, runtimeConfig())
}

func runtimeConfig() wazero.RuntimeConfig {
	return wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(true)
}

func load(ctx context.Context, config wazero.RuntimeConfig) (wazero.Runtime, wazero.CompiledModule, error) {
	r := wazero.NewRuntimeWithConfig(ctx, config)
	module, err := r.CompileModule(ctx, wasm)
	if err == nil {
		err = installHost(ctx, r, module)
	}
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("pdfium: compile: %w", err), r.Close(ctx))
	}
	return r, module, nil
}

// Render draws the only page of a PDF so that it fits frame: grey, anti-aliased, 255 is white. It fails with
// ErrDamaged, ErrEncrypted, ErrTimeout or a *PagesError for what is wrong with the document, and with the context's
// error where that ends first.
func (e *Engine) Render(ctx context.Context, pdf []byte, frame Frame) (*image.Gray, error) {
	b := e.start(ctx)
	select {
	case <-b.done:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if b.err != nil {
		return nil, b.err
	}
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	limited, cancel := context.WithTimeout(ctx, e.timeout)
	defer cancel()
	picture, err := e.draw(limited, b, pdf, frame)
	if err == nil {
		return picture, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if limited.Err() != nil {
		return nil, fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return nil, err
}

// draw has one instance draw the page, and uses it again unless it broke or grew.
func (e *Engine) draw(ctx context.Context, b *build, pdf []byte, frame Frame) (*image.Gray, error) {
	in, err := e.take(ctx, b)
	if err != nil {
		return nil, err
	}
	picture, err := in.render(ctx, pdf, frame)
	if in.broken && !errors.Is(err, ErrDamaged) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err) // a trap
	}
	if !in.broken && in.memoryBytes() <= keepBelow && e.putBack(in) {
		return picture, err
	}
	return picture, errors.Join(err, in.close(context.WithoutCancel(ctx)))
}

func (e *Engine) take(ctx context.Context, b *build) (*instance, error) {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return nil, ErrClosed
	}
	if last := len(e.idle) - 1; last >= 0 {
		in := e.idle[last]
		e.idle = e.idle[:last]
		e.mu.Unlock()
		return in, nil
	}
	e.mu.Unlock()
	return newInstance(ctx, b.runtime, b.module)
}

func (e *Engine) putBack(in *instance) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return false
	}
	e.idle = append(e.idle, in)
	return true
}

// Close waits for what is being drawn and gives the memory back. Render fails with ErrClosed afterwards. Closing twice does no harm.
func (e *Engine) Close(ctx context.Context) error {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return nil
	}
	e.closed = true
	b := e.build
	e.idle = nil // the runtime closes them
	e.mu.Unlock()
	if b == nil {
		return nil
	}
	<-b.done
	for range cap(e.slots) {
		e.slots <- struct{}{}
	}
	defer func() {
		for range cap(e.slots) {
			<-e.slots
		}
	}()
	if b.err != nil {
		return nil // said by Render
	}
	return b.runtime.Close(ctx)
}
