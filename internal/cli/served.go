package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"

	"packbench/internal/doorway"
	"packbench/internal/order"
	"packbench/internal/words"
)

// Verb is what can be said on the command line.
type Verb interface {
	Run(e *Environment) error
}

// Served is a verb that a program that has the bench's folder open does for others. Its Run reaches the bench by OpenBench, the caller's files by
// OpenFile and Path, and ends when the environment's context does. Every other verb is refused as long as the folder is open.
type Served interface {
	Verb
	Served() bool
}

// Do does what was said, args being the words of it, and gives the exit code. A verb that can be served is done by the program that has the folder
// open, where there is one.
func (e *Environment) Do(verb Verb, args []string) int {
	if err := e.confide(verb); err != nil {
		return e.Finish(err)
	}
	if served, ok := verb.(Served); !ok || !served.Served() {
		return e.Finish(verb.Run(e))
	}
	code, found := e.ask(args)
	if found {
		return code
	}
	err := verb.Run(e)
	if isHeld(err) && order.AsProblem(err).Key != inUse { // somebody opened the folder meanwhile, and answers
		if code, found := e.ask(args); found {
			return code
		}
	}
	return e.Finish(err)
}

// ask has a verb done by the program that has the folder open. found is false where nobody answers.
func (e *Environment) ask(args []string) (code int, found bool) {
	visit, err := doorway.Knock(e.Dir)
	if err != nil {
		return 0, false
	}
	if theirs := visit.Host.Version; theirs != version() {
		return e.Finish(errors.Join(order.Trouble(nil, "doorway.version", "folder", e.Dir, "theirs", theirs, "ours", version()), visit.Close())), true
	}
	folder, err := os.Getwd()
	if err != nil {
		return e.Finish(errors.Join(order.Trouble(err, "store.folder", "folder", "."), visit.Close())), true
	}
	code, err = visit.Ask(e.Context, doorway.Call{Args: args, Folder: folder, Language: string(e.Tongue.Language)},
		doorway.Streams{In: e.Stdin, Out: e.Stdout, Err: e.Stderr})
	if errors.Is(err, doorway.ErrBroken) {
		err = order.Trouble(err, "doorway.broken", "folder", e.Dir)
	}
	if err != nil {
		return e.Finish(err), true
	}
	return code, true
}

// version is which program this is: the state of its source, as far as its build knows it, and how it speaks at the socket.
func version() string {
	source := "unknown"
	if built, ok := debug.ReadBuildInfo(); ok {
		source = built.Main.Version
	}
	return fmt.Sprintf("%s/%d", source, doorway.Protocol)
}

// Serve does verbs for others as long as the bench is open, until the function it returns is called, which may be called twice and must be before Close. holder is who has the
// folder open: one of holders. Where nobody can be let in the bench works all the same, and the log says why.
func (b *Bench) Serve(e *Environment, holder string) (end func()) {
	if e.Understand == nil || b.guest {
		return func() {}
	}
	answer := func(ctx context.Context, call doorway.Call, streams doorway.Streams) int {
		return b.serve(ctx, call, streams, e.Understand, holder)
	}
	door, err := doorway.Open(b.dir, doorway.Host{Version: version(), Verb: holder}, answer, b.Log)
	if err != nil {
		b.Log.Error("no verbs are done for others", "error", err)
		return func() {}
	}
	return sync.OnceFunc(func() {
		if err := door.Close(); err != nil {
			b.Log.Error("the socket was not closed well", "error", err)
		}
	})
}

// serve does one verb for somebody else.
func (b *Bench) serve(ctx context.Context, call doorway.Call, streams doorway.Streams, understand func([]string) (Verb, error), holder string) int {
	tongue, err := words.In(words.Language(call.Language))
	if err != nil {
		fmt.Fprintln(streams.Err, "packbench:", err)
		return ExitFailed
	}
	e := &Environment{
		Context: ctx, Stdin: streams.In, Stdout: streams.Out, Stderr: streams.Err,
		Dir: b.dir, DirSaid: true, Now: b.now, Tongue: tongue, Bench: b, Folder: call.Folder,
	}
	verb, err := understand(call.Args)
	if err != nil {
		fmt.Fprintln(streams.Err, "packbench:", err)
		return ExitUsage
	}
	served, ok := verb.(Served)
	if !ok || !served.Served() {
		return e.Finish(order.Trouble(nil, holders[holder], "folder", b.dir))
	}
	began := b.now()
	err = b.apart(func() error { return served.Run(e) })
	if err != nil && errors.Is(context.Cause(ctx), doorway.ErrClosing) {
		err = order.Trouble(err, "doorway.closing", "folder", b.dir)
	}
	code := e.Finish(err)
	b.Log.Info("verb done for somebody else", "verb", fmt.Sprintf("%T", verb), "code", code, "took", b.now().Sub(began))
	return code
}

// apart does something for somebody else so that no mistake of this program in it takes the packer's bench along: it is logged with where it happened,
// and the one who asked is told that it failed.
func (b *Bench) apart(do func() error) (err error) {
	defer func() {
		if mistake := recover(); mistake != nil {
			b.Log.Error("a verb done for somebody else broke off", "stack", string(debug.Stack()))
			err = order.Trouble(fmt.Errorf("broke off: %v", mistake), "bench.failed")
		}
	}()
	return do()
}

// holders are who can have a folder open, and the sentence for who needs it alone.
var holders = map[string]string{
	"window": order.Say("doorway.held_window").Key,
	"sync":   order.Say("doorway.held_sync").Key,
	"pack":   order.Say("doorway.held_pack").Key,
}

// whoHolds makes of a store in use the sentence that says by whom, where that program answers.
func whoHolds(dir string, err error) error {
	if !isHeld(err) {
		return err
	}
	visit, knocking := doorway.Knock(dir)
	if knocking != nil {
		return err
	}
	defer func() { _ = visit.Close() }() // nothing was asked
	if sentence := holders[visit.Host.Verb]; sentence != "" {
		return order.Trouble(err, sentence, "folder", dir)
	}
	return err
}

// hasPacker says, of a folder held by a program that packs, that its bench has a packer.
func hasPacker(err error) error {
	problem := order.AsProblem(err)
	if problem.Key == holders["window"] || problem.Key == holders["pack"] {
		return &order.Problem{Said: order.Said{Key: order.Say("doorway.packer").Key, With: problem.With}, Cause: err}
	}
	return err
}

// inUse is the store's word for a folder that another program has open.
const inUse = "store.in_use"

// isHeld tells whether another program has the folder open, be it known which or not.
func isHeld(err error) bool {
	var problem *order.Problem
	for errors.As(err, &problem) {
		if problem.Key == inUse {
			return true
		}
		err = problem.Cause
	}
	return false
}

// OpenFile opens a file the caller named; /dev/stdin is the caller's standard input. What keeps it from being opened is said by the sentence unreadable.
func (e *Environment) OpenFile(name, unreadable string) (io.ReadCloser, error) {
	if name == "/dev/stdin" {
		return io.NopCloser(e.Stdin), nil
	}
	path, err := e.Path(name)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, order.Trouble(err, unreadable, "file", name)
	}
	return file, nil
}

// Path is where a file lies that the caller named. It fails for what only the caller's own process has open, such as <(…) of a shell, when the verb is
// done by another.
func (e *Environment) Path(name string) (string, error) {
	if e.Folder == "" {
		return name, nil
	}
	for _, own := range []string{"/dev/fd/", "/dev/std", "/proc/self/", "/proc/thread-self/"} {
		if strings.HasPrefix(filepath.Clean(name), own) {
			return "", order.Trouble(nil, "doorway.own_file", "file", name)
		}
	}
	if filepath.IsAbs(name) {
		return name, nil
	}
	return filepath.Join(e.Folder, name), nil
}
