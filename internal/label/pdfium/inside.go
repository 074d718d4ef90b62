package pdfium

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/tetratelabs/wazero"

	"packbench/internal/page"
)

// inside draws in this process, under wazero's own guard against run-away guests.
type inside struct {
	cacheDir string

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

func newInside(cacheDir string) *inside { return &inside{cacheDir: cacheDir} }

// start gives the compilation in progress or done, and starts one where there is none or the last failed.
func (e *inside) start(ctx context.Context) *build {
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
		b.runtime, b.module, b.err = compile(ctx, e.cacheDir, runtimeConfig().WithCloseOnContextDone(true))
	}()
	return b
}

func runtimeConfig() wazero.RuntimeConfig {
	return wazero.NewRuntimeConfig().WithMemoryLimitPages(memoryPages)
}

// compile makes the runtime with the cache on disk, or, where the cache cannot be used, without: slower, never stuck.
func compile(ctx context.Context, cacheDir string, config wazero.RuntimeConfig) (wazero.Runtime, wazero.CompiledModule, error) {
	cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
	if err == nil {
		r, module, cachedErr := load(ctx, config.WithCompilationCache(cache))
		if cachedErr == nil {
			return r, module, nil
		}
		err = cachedErr
	}
	slog.WarnContext(ctx, "pdfium: compiling without cache", "error", err)
	return load(ctx, config)
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

func (e *inside) render(ctx context.Context, j job) (drawn []*page.Page, pages int, err error) {
	b := e.start(ctx)
	select {
	case <-b.done:
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	if b.err != nil {
		return nil, 0, b.err
	}
	limited, cancel := context.WithTimeout(ctx, guardedTimeout)
	defer cancel()
	pages, err = e.draw(limited, b, j, func(p *page.Page) error {
		drawn = append(drawn, p)
		return nil
	})
	switch {
	case err == nil:
	case ctx.Err() != nil:
		err = ctx.Err()
	case limited.Err() != nil:
		err = fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return drawn, pages, err
}

// draw has one instance draw the pages, and uses it again unless it broke or grew.
func (e *inside) draw(ctx context.Context, b *build, j job, give func(*page.Page) error) (pages int, err error) {
	in, err := e.take(ctx, b)
	if err != nil {
		return 0, err
	}
	pages, err = in.render(ctx, j, give)
	if in.usable() && e.putBack(in) {
		return pages, err
	}
	return pages, errors.Join(err, in.close(context.WithoutCancel(ctx)))
}

func (e *inside) take(ctx context.Context, b *build) (*instance, error) {
	e.mu.Lock()
	if last := len(e.idle) - 1; last >= 0 {
		in := e.idle[last]
		e.idle = e.idle[:last]
		e.mu.Unlock()
		return in, nil
	}
	e.mu.Unlock()
	return newInstance(ctx, b.runtime, b.module)
}

func (e *inside) putBack(in *instance) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return false
	}
	e.idle = append(e.idle, in)
	return true
}

// close gives the memory back; nothing is being drawn any more.
func (e *inside) close(ctx context.Context) error {
	e.mu.Lock()
	e.closed = true
	b := e.build
	e.idle = nil // the runtime closes them
	e.mu.Unlock()
	if b == nil {
		return nil
	}
	<-b.done
	if b.err != nil {
		return nil // said by Render
	}
	return b.runtime.Close(ctx)
}
