package pdfium

import (
	"context"
	"errors"
	"fmt"

	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental/table"
	"github.com/tetratelabs/wazero/sys"
)

// PDFium is built with emscripten's older exceptions: what may be jumped out of (setjmp) the guest calls through an
// imported function invoke_…, which is to make the call, catch the jump and say so. wazero has such functions too, but they make
// a new stack for each of a page's thousand calls, which is half of what a page costs. These keep them.

// errJump is what _emscripten_throw_longjmp ends a call with; the invoke_ below it catches it.
var errJump = errors.New("pdfium: longjmp")

// functionName is one of the guest's functions that an invoke_ needs.
type functionName string

const (
	stackPointer functionName = "emscripten_stack_get_current"
	stackRestore functionName = "_emscripten_stack_restore"
	setThrew     functionName = "setThrew"
)

// place is one in the guest's table, asked for by one of the invoke_ functions: a function of another type is not what that
// one may call.
type place struct {
	invoke int
	at     uint32
}

// callable keeps functions of one instance that are not being called. One that is being called cannot be called again below
// itself: then there is a second.
type callable struct {
	byPlace map[place][]api.Function
	byName  map[functionName]api.Function
}

func newCallable() *callable {
	return &callable{byPlace: map[place][]api.Function{}, byName: map[functionName]api.Function{}}
}

// invoke makes the host function, the guest's n-th, that calls what lies at a place of the guest's table: its first
// argument; the others are for what is called.
func invoke(n int, params, results []api.ValueType) api.GoModuleFunc {
	params = params[1:]
	return func(ctx context.Context, m api.Module, stack []uint64) {
		c := instanceOf(ctx).callable
		wanted := place{n, uint32(stack[0])}
		copy(stack, stack[1:])
		var before [1]uint64
		c.mustCall(ctx, m, stackPointer, before[:])
		err := c.call(ctx, m, wanted, params, results, stack)
		if err == nil {
			return
		}
		if exit := (*sys.ExitError)(nil); errors.As(err, &exit) {
			panic(err) // the module is closed: all that follows would fail too
		}
		c.mustCall(ctx, m, stackRestore, before[:])
		if !errors.Is(err, errJump) {
			panic(err)
		}
		c.mustCall(ctx, m, setThrew, []uint64{1, 0})
	}
}

// call calls what lies at a place of the table. A function whose call failed is not kept.
func (c *callable) call(ctx context.Context, m api.Module, wanted place, params, results []api.ValueType, stack []uint64) error {
	var f api.Function
	if kept := c.byPlace[wanted]; len(kept) > 0 {
		f = kept[len(kept)-1]
		c.byPlace[wanted] = kept[:len(kept)-1]
	} else {
		f = table.LookupFunction(m, 0, wanted.at, params, results) // emscripten has one table
	}
	if err := f.CallWithStack(ctx, stack); err != nil {
		return err
	}
	c.byPlace[wanted] = append(c.byPlace[wanted], f)
	return nil
}

// mustCall calls one of the guest's own small functions, which call nothing themselves. A failure is the guest's end.
func (c *callable) mustCall(ctx context.Context, m api.Module, name functionName, stack []uint64) {
	f := c.byName[name]
	if f == nil {
		if f = m.ExportedFunction(string(name)); f == nil {
			panic(fmt.Errorf("pdfium: no function %s", name))
		}
		c.byName[name] = f
	}
	if err := f.CallWithStack(ctx, stack); err != nil {
		panic(err)
	}
}
