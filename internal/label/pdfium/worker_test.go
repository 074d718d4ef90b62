package pdfium

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"packbench/internal/page"
)

func TestAWorkerDrawsWhatThisProcessDraws(t *testing.T) {
	for _, name := range []string{"a6_cairo.pdf", "100x150_cairo.pdf", "4x6_jpeg.pdf", "a6_reportlab.pdf"} {
		want, err := render(t, within, read(t, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := render(t, engine, read(t, name))
		if err != nil {
			t.Fatal(err)
		}
		if !cmp.Equal(got, want) {
			t.Errorf("%s: another picture", name)
		}
	}
	if len(within.idle) > 0 || len(engine.idle) == 0 {
		t.Errorf("%d and %d workers: not what was to be compared", len(within.idle), len(engine.idle))
	}
}

func started(t *testing.T) *worker {
	t.Helper()
	w, err := startWorker(t.Context(), cacheDir)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// exited waits for a worker to end and gives how long it took.
func exited(t *testing.T, w *worker) time.Duration {
	t.Helper()
	began := time.Now()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = w.process.Wait() // how it ended is its own matter
	}()
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		_ = w.process.Process.Kill()
		t.Fatal("the worker lives on")
	}
	return time.Since(began)
}

// Nobody is left to kill it then, and nothing can interrupt PDFium.
func TestAWorkerEndsWithItsProgramInTheMidstOfAnEndlessPage(t *testing.T) {
	t.Parallel()
	w := started(t)
	if err := writeJob(w.in, job{pdf: endless(), to: 1, frame: narrow}); err != nil {
		t.Fatal(err)
	}
	busy(t, w)
	if err := w.in.Close(); err != nil { // as the system does when a program dies
		t.Fatal(err)
	}
	if took := exited(t, w); took >= drawTimeout {
		t.Errorf("ended after %v, by its own time limit and not with its program", took)
	}
}

func TestAWorkerEndsItselfWhereNobodyKillsIt(t *testing.T) {
	t.Parallel()
	w := started(t)
	defer w.in.Close()
	if err := writeJob(w.in, job{pdf: endless(), to: 1, frame: narrow}); err != nil {
		t.Fatal(err)
	}
	exited(t, w)
	if code := w.process.ProcessState.ExitCode(); code != 1 {
		t.Errorf("ended with %d", code)
	}
}

// A worker that the system ends while it waits costs nobody a label.
func TestAWorkerThatDiedWhileItWaitedIsReplaced(t *testing.T) {
	e := New(cacheDir)
	defer e.Close(t.Context())
	document := read(t, "a6_cairo.pdf")
	if _, err := render(t, e, document); err != nil {
		t.Fatal(err)
	}
	dead := e.idle[0]
	if err := dead.process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := render(t, e, document); err != nil {
		t.Error(err)
	}
	if len(e.idle) != 1 || e.idle[0] == dead {
		t.Errorf("%d workers wait, the dead one among them: %v", len(e.idle), e.idle[0] == dead)
	}
}

func TestAKilledWorkerIsReplacedBeforeTheNextLabel(t *testing.T) {
	e := New(cacheDir)
	e.timeout = 300 * time.Millisecond
	defer e.Close(t.Context())
	if _, err := render(t, e, endless()); !errors.Is(err, ErrTimeout) {
		t.Errorf("%v, want ErrTimeout", err)
	}
	e.leaving.Wait()
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.idle) != 1 {
		t.Errorf("%d workers are ready", len(e.idle))
	}
}

func TestCloseEndsEveryWorkerAndSpareOnesEndBefore(t *testing.T) {
	e := New(cacheDir)
	var all []*worker
	for range 3 {
		w, fresh, err := e.take(t.Context())
		if err != nil || !fresh {
			t.Fatal(fresh, err)
		}
		all = append(all, w)
	}
	for _, w := range all {
		if !e.putBack(w) {
			t.Fatal("not taken back")
		}
	}
	e.endSpare()
	e.leaving.Wait()
	if len(e.idle) != 1 || all[0].process.ProcessState == nil || all[1].process.ProcessState == nil || all[2].process.ProcessState != nil {
		t.Errorf("%d workers wait", len(e.idle))
	}
	if err := e.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if state := all[2].process.ProcessState; state == nil || !state.Success() {
		t.Errorf("the last worker: %v", state)
	}
	if e.putBack(all[2]) {
		t.Error("a closed engine takes workers")
	}
}

// Without workers labels come all the same. A name with a zero in it can be handed to no process, and is no folder either.
func TestWhereNoWorkerStartsThisProcessDraws(t *testing.T) {
	e := New("\x00")
	defer e.Close(t.Context())
	if _, err := render(t, e, read(t, "a6_reportlab.pdf")); err != nil {
		t.Error(err)
	}
	if e.outside || len(e.idle) > 0 {
		t.Error("a worker was started after all")
	}
}

// greedyVariable has the tests' program take more memory than a worker may.
const greedyVariable = "PACKBENCH_TEST_GREEDY"

func takeTooMuch() {
	if err := limitMemory(); err != nil {
		os.Exit(3)
	}
	var held [][]byte
	for range 2 << 30 / (16 << 20) {
		held = append(held, bytes.Repeat([]byte{1}, 16<<20))
	}
	os.Exit(len(held)) // it was given
}

func TestAWorkerGetsOnlySoMuchMemory(t *testing.T) {
	if !memoryLimited {
		t.Skip("this system has no such limit")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), greedyVariable+"=1")
	said, err := cmd.CombinedOutput()
	if err == nil || !bytes.Contains(said, []byte("out of memory")) {
		t.Errorf("%v, %.200s", err, said)
	}
}

func TestFramesCarryJobsAndAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := job{
			pdf: rapid.SliceOf(rapid.Byte()).Draw(t, "pdf"), from: rapid.IntRange(-1, math.MaxInt32).Draw(t, "from"), to: rapid.IntRange(-1, math.MaxInt32).Draw(t, "to"),
			frame: Frame{rapid.IntRange(1, 20000).Draw(t, "width"), rapid.IntRange(1, 20000).Draw(t, "height"), rapid.IntRange(100, 600).Draw(t, "dpi")},
		}
		var pipe bytes.Buffer
		if err := writeJob(&pipe, sent); err != nil {
			t.Fatal(err)
		}
		frame, err := readFrame(&pipe, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := parseJob(frame)
		if err != nil || got.from != sent.from || got.to != sent.to || got.frame != sent.frame || !bytes.Equal(got.pdf, sent.pdf) {
			t.Errorf("%+v, %v", got, err)
		}
	})
	in := Frame{Width: 11, Height: 2, DPI: 203}
	one := &page.Page{Width: 11, Height: 2, Stride: 2, DPI: 203, Bits: []byte{1, 2, 3, 4}}
	other := &page.Page{Width: 11, Height: 2, Stride: 2, DPI: 203, Bits: []byte{5, 6, 7, 8}}
	for _, sent := range []struct {
		drawn []*page.Page
		end   end
	}{
		{drawn: []*page.Page{one, other}, end: end{pages: 3}}, {end: end{err: ErrEncrypted}}, {end: end{pages: 7, err: ErrTimeout}},
		{drawn: []*page.Page{one}, end: end{last: true, err: ErrDamaged}},
	} {
		var pipe bytes.Buffer
		for _, p := range sent.drawn {
			if err := writePage(&pipe, p); err != nil {
				t.Fatal(err)
			}
		}
		if err := writeEnd(&pipe, sent.end); err != nil {
			t.Fatal(err)
		}
		drawn, got, err := readAnswer(&pipe, in)
		if err != nil || got.last != sent.end.last || got.pages != sent.end.pages || !errors.Is(got.err, sent.end.err) || !cmp.Equal(drawn, sent.drawn) {
			t.Errorf("%+v, %v, want %+v", got, err, sent)
		}
	}
}

func TestWhatIsNoFrameIsRefused(t *testing.T) {
	in := Frame{Width: 11, Height: 2, DPI: 203}
	for name, said := range map[string][]byte{
		"vast":            {0xff, 0xff, 0xff, 0xff},
		"empty":           {0, 0, 0, 0},
		"short":           {1, 0, 0, 0, sayEnd},
		"a smaller page":  {4, 0, 0, 0, sayPage, 1, 2, 3},
		"an unknown kind": {6, 0, 0, 0, 9, 0, 1, 0, 0, 0},
	} {
		if _, _, err := readAnswer(bytes.NewReader(said), in); !errors.Is(err, errFrame) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := parseJob([]byte{1}); !errors.Is(err, errFrame) {
		t.Errorf("a short job: %v", err)
	}
	if _, err := readFrame(bytes.NewReader([]byte{2, 0, 0, 0, 1}), nil); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("cut short: %v", err)
	}
}

func TestAWorkerThatIsNotWantedAnyMoreIsKilled(t *testing.T) {
	t.Parallel()
	w := started(t)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { busy(t, w); cancel() }()
	if _, _, err := w.draw(ctx, job{pdf: endless(), to: 1, frame: narrow}, time.Minute); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if err := w.end(); err == nil {
		t.Error("it ended well")
	}
}
