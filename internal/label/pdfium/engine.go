// Package pdfium draws PDF pages with PDFium's WebAssembly build, hosted by wazero: no cgo, and a hostile document can do no
// more than end its own drawing with an error.
//
// The seam is narrow on purpose: bytes in, pages out. Behind it PDFium runs in worker processes, which are this
// program once more (worker.go): one that takes too long or too much memory is killed, and PDFium runs at full speed.
// Where none can be started it runs in this process, under wazero's own guard against run-away guests, which costs five
// times the speed (printing facts 1).
package pdfium

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"packbench/internal/page"
)

// wasm is npm @hyzyla/pdfium 2.1.13, dist/pdfium.wasm, pinned by its hash in scripts/deps.sh.
//
//go:embed pdfium.wasm
var wasm []byte

const (
	// drawTimeout bounds what a document's pages may cost together, the waiting for a worker apart; a dense label takes 10 to
	// 30 ms. With the end of its workers a refusal comes within 2 s.
	drawTimeout = 1800 * time.Millisecond
	// guardedTimeout is the same under wazero's guard, five times slower.
	guardedTimeout = 5 * drawTimeout
	// memoryPages of 64 KiB bound a guest at 256 MiB; a label needs 17 MiB (printing facts 1).
	memoryPages = 4096
	// keepBelow is the guest memory in bytes above which an instance is not used again: it never gives memory back.
	keepBelow = 64 << 20
	// spareFor is how long workers beyond the first stay after the last drawing, for the next label of a batch.
	spareFor = 20 * time.Second
)

// Errors a document can end with. None of them touches the next document.
var (
	ErrDamaged   = errors.New("pdfium: the document is damaged")
	ErrEncrypted = errors.New("pdfium: the document needs a password")
	ErrTimeout   = errors.New("pdfium: the document takes too long to draw")
	ErrClosed    = errors.New("pdfium: the engine is closed")
)

// Engine draws PDF pages. It may be used from several goroutines at once: each drawing has a PDFium of its own.
type Engine struct {
	cacheDir string
	timeout  time.Duration // a document by workers
	slots    chan struct{} // a token a drawing in progress
	inside   *inside       // draws in this process
	alone    sync.Once     // says that it does

	mu       sync.Mutex
	idle     []*worker // the one used last at the end
	outside  bool      // drawings are for workers
	starting *starting // the worker that is to be ready, nil where none is being started
	closed   bool
	spare    *time.Timer
	leaving  sync.WaitGroup // workers being started or ended beside a drawing
}

// starting is a worker's start that no drawing asked for.
type starting struct {
	done    chan struct{}
	awaited bool // by a drawing; another starts a worker of its own
}

// New makes an engine that keeps PDFium's machine code in cacheDir (14 MB; made if missing), where all processes find it. It
// returns at once: the first compilation takes seconds, every later start 0.1 s (printing facts 1).
func New(cacheDir string) *Engine {
	return &Engine{
		cacheDir: cacheDir, timeout: drawTimeout, slots: make(chan struct{}, runtime.NumCPU()),
		inside: newInside(cacheDir), outside: workersPossible.Load(),
	}
}

// Warm starts a worker without waiting for it, so that the first label does not. What goes wrong is met again by the
// first Render.
func (e *Engine) Warm(ctx context.Context) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.closed || e.starting != nil || len(e.idle) > 0:
	case !e.outside:
		e.inside.start(ctx)
	default:
		begun := &starting{done: make(chan struct{})}
		e.starting = begun
		e.leaving.Go(func() {
			w, err := startWorker(context.WithoutCancel(ctx), e.cacheDir)
			if err == nil && !e.putBack(w) {
				w.end()
			}
			e.mu.Lock()
			e.starting = nil
			e.mu.Unlock()
			close(begun.done)
		})
	}
}

// Render draws a PDF's pages, each so that it fits frame and as Draw of a page makes it of PDFium's grey, anti-aliased picture: all of
// them where there are at most most, else the first alone; pages is how many there are. It fails with ErrDamaged, ErrEncrypted or
// ErrTimeout for what is wrong with the document, and with the context's error where that ends first.
func (e *Engine) Render(ctx context.Context, pdf []byte, most int, frame Frame) (drawn []*page.Page, pages int, err error) {
	first, err := e.part(ctx, job{pdf: pdf, to: 1, frame: frame}, e.timeout)
	if err != nil || first.pages == 1 || first.pages > most {
		return first.drawn, first.pages, err
	}
	// The others by as many workers as there are processors, in the time that the first has left for the document.
	drawn = append(make([]*page.Page, 0, first.pages), first.drawn...)[:first.pages]
	others := first.pages - 1
	parts := min(others, cap(e.slots))
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	var wait sync.WaitGroup
	for n := range parts {
		wanted := job{pdf: pdf, from: 1 + others*n/parts, to: 1 + others*(n+1)/parts, frame: frame}
		wait.Go(func() {
			part, err := e.part(ctx, wanted, e.timeout-first.took)
			if err == nil && len(part.drawn) != wanted.to-wanted.from {
				err = fmt.Errorf("%w: %d pages of %d", ErrDamaged, len(part.drawn), wanted.to-wanted.from)
			}
			if err != nil {
				giveUp(err)
				return
			}
			copy(drawn[wanted.from:], part.drawn)
		})
	}
	wait.Wait()
	// The first alone, for it is one sentence.
	return drawn, first.pages, context.Cause(ctx)
}

// part is what came of a job.
type part struct {
	drawn []*page.Page
	pages int           // of the document
	took  time.Duration // without the wait for a worker
}

// part has a worker draw pages in at most so long.
func (e *Engine) part(ctx context.Context, job job, timeout time.Duration) (part, error) {
	select {
	case e.slots <- struct{}{}:
		defer func() { <-e.slots }()
	case <-ctx.Done():
		return part{}, ctx.Err()
	}
	for {
		w, fresh, err := e.take(ctx)
		if err != nil {
			return part{}, err
		}
		if w == nil {
			drawn, pages, err := e.inside.render(ctx, job)
			return part{drawn: drawn, pages: pages}, err
		}
		began := time.Now()
		drawn, end, err := w.draw(ctx, job, timeout)
		got := part{drawn: drawn, pages: end.pages, took: time.Since(began)}
		if err == nil && !end.last && e.putBack(w) {
			return got, end.err
		}
		exit := w.end()
		if err != nil && !fresh && ctx.Err() == nil && !errors.Is(err, ErrTimeout) {
			continue // it had waited, and the system may have ended it before it saw the document: another is asked
		}
		e.Warm(ctx)
		switch {
		case err == nil:
			return got, end.err
		case ctx.Err() != nil:
			return part{}, ctx.Err()
		case errors.Is(err, ErrTimeout):
			return part{}, err
		}
		return part{}, fmt.Errorf("%w: its worker ended: %w: %w", ErrDamaged, err, exit)
	}
}

// take gives a worker, started now if it is fresh, or none where drawings are for this process.
func (e *Engine) take(ctx context.Context) (w *worker, fresh bool, err error) {
	e.mu.Lock()
	if begun := e.starting; len(e.idle) == 0 && begun != nil && !begun.awaited {
		begun.awaited = true
		e.mu.Unlock()
		select {
		case <-begun.done:
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
		e.mu.Lock()
	}
	if e.closed {
		e.mu.Unlock()
		return nil, false, ErrClosed
	}
	if last := len(e.idle) - 1; last >= 0 {
		w = e.idle[last]
		e.idle = e.idle[:last]
	}
	outside := e.outside
	e.mu.Unlock()
	if w != nil || !outside {
		return w, false, nil
	}
	if w, err = startWorker(ctx, e.cacheDir); err == nil {
		return w, true, nil
	}
	if ctx.Err() != nil {
		return nil, false, ctx.Err()
	}
	e.mu.Lock()
	e.outside = false
	e.mu.Unlock()
	e.alone.Do(func() {
		slog.WarnContext(ctx, "pdfium: no worker process can be started; labels are drawn in this one, more slowly", "error", err)
	})
	return nil, false, nil
}

// putBack keeps a worker for the next drawing; it tells false where the engine is closed.
func (e *Engine) putBack(w *worker) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return false
	}
	e.idle = append(e.idle, w)
	if e.spare == nil {
		e.spare = time.AfterFunc(spareFor, e.endSpare)
	} else {
		e.spare.Reset(spareFor)
	}
	return true
}

// endSpare ends all idle workers but one.
func (e *Engine) endSpare() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed || len(e.idle) < 2 {
		return
	}
	last := len(e.idle) - 1
	for _, w := range e.idle[:last] {
		e.leaving.Go(func() { w.end() })
	}
	e.idle = []*worker{e.idle[last]}
}

// Close waits for what is being drawn, ends the workers and gives the memory back. Render fails with ErrClosed afterwards.
// Closing twice does no harm.
func (e *Engine) Close(ctx context.Context) error {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return nil
	}
	e.closed = true
	idle := e.idle
	e.idle = nil
	if e.spare != nil {
		e.spare.Stop()
	}
	e.mu.Unlock()
	for _, w := range idle {
		e.leaving.Go(func() { w.end() })
	}
	for range cap(e.slots) {
		e.slots <- struct{}{}
	}
	defer func() {
		for range cap(e.slots) {
			<-e.slots
		}
	}()
	e.leaving.Wait()
	return e.inside.close(ctx)
}
