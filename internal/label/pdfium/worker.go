package pdfium

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"packbench/internal/page"
)

const (
	// workerVariable makes the program a worker; its value is the folder of compiled code.
	workerVariable = "PACKBENCH_PDF_WORKER"
	// startTimeout bounds a worker's start: PDFium is compiled in it once an installation, up to 3 s (printing facts 1).
	startTimeout = 60 * time.Second
	// ownMargin is how much longer a worker gives a document than the program that asked, which may be gone.
	ownMargin = time.Second
	// endTimeout is how long a worker that is told to end may take.
	endTimeout = time.Second
	// collectAfter is the garbage in bytes after which a worker cleans up, between two pages.
	collectAfter = 64 << 20
	// tailBytes of what a dying worker says are kept for the log.
	tailBytes = 4 << 10
)

// workersPossible is true where the program can be started once more as a worker.
var workersPossible atomic.Bool

// WorkIfAsked is to be the first thing a program does that draws PDFs. In a process that was started as a worker it never
// returns; in any other it allows engines to start workers.
func WorkIfAsked() {
	cacheDir, asked := os.LookupEnv(workerVariable)
	if !asked {
		workersPossible.Store(true)
		return
	}
	frames := os.Stdout
	os.Stdout = os.Stderr // nothing else may come between the frames
	if err := work(context.Background(), cacheDir, os.Stdin, frames); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// work draws what is asked for until there is nobody left to ask, or until PDFium broke.
//
// PDFium runs without wazero's guard, so while it runs nothing can stop its thread. The others go on: one sees the
// program that asks go away, one sees a page take too long, and both end the process. For that there must be a second
// processor in Go's sense, and no garbage collection, which would wait for the thread.
func work(ctx context.Context, cacheDir string, in io.Reader, out io.Writer) error {
	signal.Ignore(os.Interrupt) // a terminal sends it to the workers too; they end with their program
	runtime.GOMAXPROCS(2)
	debug.SetGCPercent(-1)
	if err := limitMemory(); err != nil {
		return fmt.Errorf("pdfium: limit memory: %w", err)
	}
	r, module, err := compile(ctx, cacheDir, runtimeConfig())
	if err != nil {
		return err
	}
	guest, err := newInstance(withWholeMemory(ctx), r, module)
	if err != nil {
		return err
	}
	jobs := make(chan job)
	go func() {
		defer os.Exit(0) // even in the midst of a page
		var frame []byte
		for {
			var err error
			// One buffer for all: the next job comes when this one has ended.
			if frame, err = readFrame(in, frame); err != nil {
				return // the program is gone, or does not want more
			}
			j, err := parseJob(frame)
			if err != nil {
				return
			}
			jobs <- j
		}
	}()
	if err := writeFrame(out); err != nil {
		return err
	}
	garbage := 0
	for j := range jobs {
		tooLong := time.AfterFunc(drawTimeout+ownMargin, func() { os.Exit(1) })
		pages, err := guest.render(ctx, j, func(p *page.Page) error {
			garbage += j.frame.Width * j.frame.Height // once turned, at most
			return writePage(out, p)
		})
		tooLong.Stop()
		e := end{last: !guest.usable(), pages: pages, err: err}
		if err := writeEnd(out, e); err != nil || e.last {
			return err
		}
		if garbage += len(j.pdf); garbage > collectAfter {
			garbage = 0
			runtime.GC()
		}
	}
	return nil
}

// worker is a started process.
type worker struct {
	process *exec.Cmd
	in      io.WriteCloser
	out     io.Reader
	said    *tail
}

// startWorker starts a worker and waits until it is ready.
func startWorker(ctx context.Context, cacheDir string) (*worker, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	// An update may have put another program in this one's place; Linux still knows this one.
	if running := "/proc/self/exe"; runtime.GOOS == "linux" {
		if _, err := os.Stat(running); err == nil {
			program = running
		}
	}
	if cacheDir, err = filepath.Abs(cacheDir); err != nil {
		return nil, err
	}
	w := &worker{process: exec.Command(program), said: &tail{}}
	w.process.Args[0] = "packbench-pdf"
	w.process.Env = append(os.Environ(), workerVariable+"="+cacheDir)
	w.process.Stderr = w.said
	w.process.WaitDelay = endTimeout
	hide(w.process)
	if w.in, err = w.process.StdinPipe(); err != nil {
		return nil, err
	}
	if w.out, err = w.process.StdoutPipe(); err != nil {
		return nil, err
	}
	if err := w.process.Start(); err != nil {
		return nil, err
	}
	err = w.within(ctx, startTimeout, func() error {
		ready, err := readFrame(w.out, nil)
		if err == nil && len(ready) != 0 {
			err = errFrame
		}
		return err
	})
	if err != nil {
		return nil, errors.Join(err, w.end())
	}
	return w, nil
}

// draw has the worker draw pages. With an error it is of no more use.
func (w *worker) draw(ctx context.Context, j job, timeout time.Duration) (drawn []*page.Page, e end, err error) {
	err = w.within(ctx, timeout, func() error {
		if err := writeJob(w.in, j); err != nil {
			return err
		}
		var err error
		drawn, e, err = readAnswer(w.out, j.frame)
		return err
	})
	if err != nil {
		return nil, end{}, err
	}
	return drawn, e, nil
}

// within waits for talk, and kills the worker where that takes longer than timeout, which is ErrTimeout, or than ctx.
func (w *worker) within(ctx context.Context, timeout time.Duration, talk func() error) error {
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	talked := make(chan error, 1)
	go func() { talked <- talk() }()
	select {
	case err := <-talked:
		return err
	case <-limited.Done():
	}
	// Killed, it can say no more, so talk ends.
	if err := w.process.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	<-talked
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: more than %v", ErrTimeout, timeout)
}

// end tells the worker that nothing more comes and gives how it ended, nil for well.
func (w *worker) end() error {
	// Both fail only where the process is gone already, which Wait says.
	_ = w.in.Close()
	late := time.AfterFunc(endTimeout, func() { _ = w.process.Process.Kill() })
	defer late.Stop()
	if err := w.process.Wait(); err != nil {
		return fmt.Errorf("%w: %s", err, w.said.firstLine())
	}
	return nil
}

// tail keeps the beginning of what a process says before it dies.
type tail struct{ said bytes.Buffer }

// Write takes all and keeps little.
func (t *tail) Write(p []byte) (int, error) {
	if room := tailBytes - t.said.Len(); room > 0 {
		t.said.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

func (t *tail) firstLine() string {
	line, _, _ := strings.Cut(t.said.String(), "\n")
	return line
}
