package doorway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

var us = Host{Version: "1", Verb: "window"}

func open(t *testing.T, dir string, answer Answer) *Doorway {
	t.Helper()
	d, err := Open(dir, us, answer, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Error(err)
		}
	})
	return d
}

func knock(t *testing.T, dir string) *Visit {
	t.Helper()
	v, err := Knock(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	return v
}

// echo says what it was called with, and its standard input.
func echo(ctx context.Context, call Call, s Streams) int {
	fmt.Fprintf(s.Out, "%v %s %s\n", call.Args, call.Folder, call.Language)
	fmt.Fprintln(s.Err, "said")
	if _, err := io.Copy(s.Out, s.In); err != nil {
		fmt.Fprintln(s.Err, err)
	}
	return 3
}

func TestCall(t *testing.T) {
	for name, dir := range map[string]string{"plain": t.TempDir(), "deep": deep(t)} {
		t.Run(name, func(t *testing.T) {
			open(t, dir, echo)
			v := knock(t, dir)
			if v.Host != us {
				t.Errorf("%+v", v.Host)
			}
			long := strings.Repeat("piece by piece ", 20_000)
			var out, complaints bytes.Buffer
			code, err := v.Ask(t.Context(), Call{[]string{"orders", "--json"}, "/here", "en"}, Streams{strings.NewReader(long), &out, &complaints})
			if err != nil || code != 3 || out.String() != "[orders --json] /here en\n"+long || complaints.String() != "said\n" {
				t.Errorf("%d, %v, %d bytes, %q", code, err, out.Len(), complaints.String())
			}
			info, err := os.Stat(filepath.Join(dir, SocketName))
			if err != nil || runtime.GOOS != "windows" && info.Mode() != fs.ModeSocket|0o600 {
				t.Errorf("%v, %v", info.Mode(), err)
			}
		})
	}
}

// deep is a folder whose name no socket's address can hold.
func deep(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), strings.Repeat("deep/", 40))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Standard input that cannot be read is no end of it.
func TestInputThatFails(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, func(_ context.Context, _ Call, s Streams) int {
		data, err := io.ReadAll(s.In)
		fmt.Fprintf(s.Out, "%s, %v", data, err)
		return 0
	})
	var out bytes.Buffer
	in := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("worn out")))
	if _, err := knock(t, dir).Ask(t.Context(), Call{}, Streams{in, &out, io.Discard}); err != nil || out.String() != "half, standard input: worn out" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

// What a verb does not read stays where it is: a shell's loop may read the same input.
func TestInputIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, func(context.Context, Call, Streams) int { return 0 })
	in := strings.NewReader("the loop's next line")
	if code, err := knock(t, dir).Ask(t.Context(), Call{}, Streams{in, io.Discard, io.Discard}); code != 0 || err != nil || in.Len() != 20 {
		t.Errorf("%d, %v, %d bytes left", code, err, in.Len())
	}
}

func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	const visitors = 8
	var together sync.WaitGroup // every verb waits until all run
	together.Add(visitors)
	open(t, dir, func(ctx context.Context, call Call, s Streams) int {
		together.Done()
		together.Wait()
		return echo(ctx, call, s)
	})
	var all sync.WaitGroup
	for i := range visitors {
		v := knock(t, dir)
		all.Go(func() {
			want := strings.Repeat(fmt.Sprintln("visitor", i), 10_000)
			var out bytes.Buffer
			code, err := v.Ask(t.Context(), Call{Args: []string{"x"}}, Streams{strings.NewReader(want), &out, io.Discard})
			if code != 3 || err != nil || out.String() != "[x]  \n"+want {
				t.Errorf("visitor %d: %d, %v, %d bytes", i, code, err, out.Len())
			}
		})
	}
	all.Wait()
}

// untilTold ends when its context does and says why.
func untilTold(started chan<- struct{}, ended chan<- error) Answer {
	return func(ctx context.Context, _ Call, s Streams) int {
		close(started)
		<-ctx.Done()
		fmt.Fprint(s.Out, "told")
		ended <- context.Cause(ctx)
		return 1
	}
}

func TestVisitorGoes(t *testing.T) {
	dir := t.TempDir()
	started, ended := make(chan struct{}), make(chan error, 1)
	open(t, dir, untilTold(started, ended))
	v := knock(t, dir)
	asked := make(chan error, 1)
	go func() {
		_, err := v.Ask(t.Context(), Call{}, Streams{strings.NewReader(""), io.Discard, io.Discard})
		asked <- err
	}()
	<-started
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	if err := <-asked; !errors.Is(err, ErrBroken) {
		t.Error(err)
	}
}

// A visitor who interrupts the verb still hears what it says last.
func TestVisitorInterrupts(t *testing.T) {
	dir := t.TempDir()
	started, ended := make(chan struct{}), make(chan error, 1)
	open(t, dir, untilTold(started, ended))
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		<-started
		interrupt()
	}()
	var out bytes.Buffer
	code, err := knock(t, dir).Ask(ctx, Call{}, Streams{strings.NewReader(""), &out, io.Discard})
	if cause := <-ended; code != 1 || err != nil || out.String() != "told" || !errors.Is(cause, ErrGone) {
		t.Errorf("%d, %v, %q, %v", code, err, out.String(), cause)
	}
}

// A visitor whose output nobody takes any more ends the verb.
func TestOutputThatFails(t *testing.T) {
	dir := t.TempDir()
	ended := make(chan error, 1)
	open(t, dir, func(ctx context.Context, _ Call, s Streams) int {
		fmt.Fprintln(s.Out, "the first line of many")
		<-ctx.Done()
		ended <- context.Cause(ctx)
		return 0
	})
	full := errors.New("no room")
	_, err := knock(t, dir).Ask(t.Context(), Call{}, Streams{strings.NewReader(""), failing{full}, io.Discard})
	if cause := <-ended; !errors.Is(err, full) || !errors.Is(cause, ErrGone) {
		t.Errorf("%v, %v", err, cause)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// slow takes nothing until it may.
type slow struct {
	may chan struct{}
	bytes.Buffer
}

func (s *slow) Write(b []byte) (int, error) {
	<-s.may
	return s.Buffer.Write(b)
}

// A verb does not wait for a slow reader: it may hold the store.
func TestSlowReader(t *testing.T) {
	dir := t.TempDir()
	want := strings.Repeat("a line of very many\n", 500_000)
	ended := make(chan struct{})
	open(t, dir, func(_ context.Context, _ Call, s Streams) int {
		defer close(ended)
		if _, err := io.WriteString(s.Out, want); err != nil {
			t.Error(err)
		}
		return 0
	})
	out := &slow{may: make(chan struct{})}
	go func() {
		<-ended
		close(out.may)
	}()
	if code, err := knock(t, dir).Ask(t.Context(), Call{}, Streams{strings.NewReader(""), out, io.Discard}); code != 0 || err != nil || out.String() != want {
		t.Errorf("%d, %v, %d bytes", code, err, out.Len())
	}
}

// A visitor that takes nothing holds up no verb for long. What follows a frame that went out in part would not be understood, so nothing does.
func TestVisitorTakesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, there := net.Pipe()
		began := time.Now()
		out := stream{newWire(here), output}
		if n, err := out.Write([]byte("a line\n")); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(began) != stall {
			t.Errorf("%d bytes, %v after %s", n, err, time.Since(began))
		}
		read := make(chan []byte, 1)
		go func() {
			data, err := io.ReadAll(there)
			if err != nil {
				t.Error(err)
			}
			read <- data
		}()
		if _, err := out.Write([]byte("another\n")); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error(err)
		}
		if err := here.Close(); err != nil {
			t.Error(err)
		}
		if data := <-read; len(data) != 0 {
			t.Errorf("%q came after all", data)
		}
	})
}

func TestClosing(t *testing.T) {
	dir := t.TempDir()
	started, ended := make(chan struct{}), make(chan error, 1)
	d := open(t, dir, untilTold(started, ended))
	v := knock(t, dir)
	go func() {
		<-started
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	var out bytes.Buffer
	code, err := v.Ask(t.Context(), Call{}, Streams{strings.NewReader(""), &out, io.Discard})
	if cause := <-ended; code != 1 || err != nil || out.String() != "told" || !errors.Is(cause, ErrClosing) {
		t.Errorf("%d, %v, %q, %v", code, err, out.String(), cause)
	}
	if _, err := Knock(dir); err == nil {
		t.Error("somebody answers at a closed door")
	}
	if _, err := os.Lstat(filepath.Join(dir, SocketName)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is still there: %v", err)
	}
}

// A verb that has not ended when the program is told to end may end by itself.
func TestClosingWaits(t *testing.T) {
	dir := t.TempDir()
	started, goOn := make(chan struct{}), make(chan struct{})
	d := open(t, dir, func(ctx context.Context, _ Call, s Streams) int {
		close(started)
		<-goOn
		fmt.Fprint(s.Out, context.Cause(ctx))
		return 0
	})
	v := knock(t, dir)
	closed := make(chan error, 1)
	go func() {
		<-started
		go func() { closed <- d.Close() }()
		for { // until nobody is let in any more
			if v, err := Knock(dir); err != nil {
				break
			} else if err := v.Close(); err != nil {
				t.Error(err)
			}
		}
		close(goOn)
	}()
	var out bytes.Buffer
	code, err := v.Ask(t.Context(), Call{}, Streams{strings.NewReader(""), &out, io.Discard})
	if code != 0 || err != nil || out.String() != "<nil>" {
		t.Errorf("%d, %v, %q", code, err, out.String())
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

// The socket of a program that was killed is in nobody's way.
func TestSocketLeftBehind(t *testing.T) {
	dir := t.TempDir()
	killed, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(dir, SocketName), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	killed.SetUnlinkOnClose(false)
	if err := killed.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Knock(dir); err == nil {
		t.Error("somebody answers at a socket left behind")
	}
	open(t, dir, echo)
	if v := knock(t, dir); v.Host != us {
		t.Errorf("%+v", v.Host)
	}
}

// What is no call ends the visit and harms nobody else.
func TestNonsense(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, echo)
	for name, said := range map[string]string{
		"no frame":      "GET / HTTP/1.1\r\n\r\n",
		"too long":      "\x02\xff\xff\xff\xff",
		"another frame": "\x06\x00\x00\x00\x01x",
		"no JSON":       "\x02\x00\x00\x00\x01x",
	} {
		conn, err := net.Dial("unix", filepath.Join(dir, SocketName))
		if err != nil {
			t.Fatal(err)
		}
		w := newWire(conn)
		var host Host
		if err := w.receiveJSON(hello, &host); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, said); err != nil {
			t.Fatal(err)
		}
		if k, _, err := w.receive(); err == nil {
			t.Errorf("%s was answered by frame %d", name, k)
		}
		_ = conn.Close() // the other side has closed it
	}
	var out bytes.Buffer
	if code, err := knock(t, dir).Ask(t.Context(), Call{}, Streams{strings.NewReader(""), &out, io.Discard}); code != 3 || err != nil {
		t.Errorf("%d, %v", code, err)
	}
}

// A host that ends in the middle of a frame is said to be gone.
func TestHostGoes(t *testing.T) {
	for name, said := range map[string]string{"at once": "", "in a frame": "\x03\x00\x00\x00\x09half", "nonsense": "\x63\x00\x00\x00\x00", "too long": "\x03\xff\xff\xff\xff"} {
		here, there := net.Pipe()
		go func() {
			w := newWire(there)
			if _, _, err := w.receive(); err != nil {
				t.Error(err)
			}
			_, _ = io.WriteString(there, said) // a visitor that has heard enough hangs up
			_ = there.Close()
		}()
		v := &Visit{wire: newWire(here)}
		if _, err := v.Ask(t.Context(), Call{}, Streams{strings.NewReader(""), io.Discard, io.Discard}); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNobodyThere(t *testing.T) {
	for _, dir := range []string{t.TempDir(), deep(t), filepath.Join(t.TempDir(), "missing")} {
		if _, err := Knock(dir); err == nil {
			t.Errorf("somebody answers in %s", dir)
		}
	}
}
