package pdfium

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// hostFunc is a function the guest may call: its arguments lie on stack, its result goes to stack[0].
type hostFunc func(f *openFiles, m api.Memory, stack []uint64)

// installHost gives the guest what it imports. Everything that touches a file reaches only the read-only folder of files.go;
// there is no clock and no randomness. An import this file does not know fails the start: the guest is pinned by its hash,
// so that can only happen with another PDFium.
func installHost(ctx context.Context, r wazero.Runtime, guest wazero.CompiledModule) error {
	env := r.NewHostModuleBuilder("env")
	wasi := r.NewHostModuleBuilder("wasi_snapshot_preview1")
	for n, imported := range guest.ImportedFunctions() {
		module, name, _ := imported.Import()
		if strings.HasPrefix(name, "invoke_") {
			env.NewFunctionBuilder().WithGoModuleFunction(invoke(n, imported.ParamTypes(), imported.ResultTypes()),
				imported.ParamTypes(), imported.ResultTypes()).Export(name)
			continue
		}
		functions, builder := envFunctions, env
		if module == "wasi_snapshot_preview1" {
			functions, builder = wasiFunctions, wasi
		}
		f, ok := functions[name]
		if !ok {
			return fmt.Errorf("the guest imports the unknown %s.%s", module, name)
		}
		builder.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(
			func(ctx context.Context, m api.Module, stack []uint64) { f(instanceOf(ctx).files, m.Memory(), stack) },
		), imported.ParamTypes(), imported.ResultTypes()).Export(name)
	}
	if _, err := env.Instantiate(ctx); err != nil {
		return err
	}
	_, err := wasi.Instantiate(ctx)
	return err
}

// errAbort is what the guest ends with when it gives itself up; wazero turns the panic into the call's error.
var errAbort = errors.New("PDFium aborted")

// envFunctions are emscripten's imports other than its exceptions.
var envFunctions = map[string]hostFunc{
	"_abort_js":                 func(*openFiles, api.Memory, []uint64) { panic(errAbort) },
	"_emscripten_throw_longjmp": func(*openFiles, api.Memory, []uint64) { panic(errJump) },
	"_tzset_js":                 func(*openFiles, api.Memory, []uint64) {},
	// The same document must give the same picture at any time.
	"emscripten_date_now":    func(_ *openFiles, _ api.Memory, s []uint64) { s[0] = api.EncodeF64(0) },
	"_localtime_js":          writeEpoch,
	"_gmtime_js":             writeEpoch,
	"emscripten_resize_heap": growMemory,
	"__syscall_openat": func(f *openFiles, m api.Memory, s []uint64) {
		s[0] = number(f.open(text(m, uint32(s[1])), uint32(s[2])))
	},
	"__syscall_fstat64": func(f *openFiles, m api.Memory, s []uint64) {
		if file := f.byNumber[int32(s[0])]; file != nil {
			s[0] = number(file.stat(m, uint32(s[1])))
			return
		}
		s[0] = number(-errBadFile)
	},
	"__syscall_stat64":     statPath(0),
	"__syscall_lstat64":    statPath(0),
	"__syscall_newfstatat": statPath(1),
	"__syscall_getdents64": func(f *openFiles, m api.Memory, s []uint64) {
		if file := f.byNumber[int32(s[0])]; file != nil {
			s[0] = number(file.entries(m, uint32(s[1]), uint32(s[2])))
			return
		}
		s[0] = number(-errBadFile)
	},
	"__syscall_fcntl64":     refuse(0),
	"__syscall_ioctl":       refuse(0),
	"__syscall_ftruncate64": refuse(-errReadOnly),
	"__syscall_unlinkat":    refuse(-errReadOnly),
	"__syscall_rmdir":       refuse(-errReadOnly),
}

// wasiFunctions work on the same descriptors; their errors are not negated.
var wasiFunctions = map[string]hostFunc{
	"fd_close": func(f *openFiles, _ api.Memory, s []uint64) {
		delete(f.byNumber, int32(s[0]))
		s[0] = 0
	},
	"fd_sync":     refuse(0),
	"fd_write":    discard,
	"fd_read":     readInto,
	"fd_seek":     seekTo,
	"environ_get": refuse(0),
	"environ_sizes_get": func(_ *openFiles, m api.Memory, s []uint64) {
		ok := m.WriteUint32Le(uint32(s[0]), 0) && m.WriteUint32Le(uint32(s[1]), 0)
		s[0] = success(ok)
	},
}

func number(n int32) uint64 { return uint64(uint32(n)) }

func success(ok bool) uint64 {
	if ok {
		return 0
	}
	return errInvalid
}

// refuse answers every call with the same number.
func refuse(result int32) hostFunc {
	return func(_ *openFiles, _ api.Memory, s []uint64) { s[0] = number(result) }
}

// statPath serves the calls whose path is argument at and whose buffer follows it.
func statPath(at int) hostFunc {
	return func(f *openFiles, m api.Memory, s []uint64) {
		s[0] = number(f.statPath(m, text(m, uint32(s[at])), uint32(s[at+1])))
	}
}

// text reads a zero-terminated string of at most 4096 bytes; what is longer names nothing here.
func text(m api.Memory, at uint32) string {
	var b []byte
	for len(b) < 4096 {
		c, ok := m.ReadByte(at)
		if !ok || c == 0 {
			return string(b)
		}
		b = append(b, c)
		at++
	}
	return ""
}

// writeEpoch fills a struct tm (11 numbers) with zeros.
func writeEpoch(_ *openFiles, m api.Memory, s []uint64) {
	if !m.Write(uint32(s[1]), make([]byte, 44)) {
		panic(errAbort)
	}
}

func growMemory(_ *openFiles, m api.Memory, s []uint64) {
	const page = 1 << 16
	want, have := uint64(uint32(s[0])), uint64(m.Size())
	s[0] = 1
	if want <= have {
		return
	}
	if _, ok := m.Grow(uint32((want - have + page - 1) / page)); !ok {
		s[0] = 0
	}
}

// vectors walks the guest's list of buffers (WASI's iovec).
func vectors(m api.Memory, at, count uint32, each func(buffer, size uint32) bool) bool {
	for i := range count {
		buffer, ok1 := m.ReadUint32Le(at + 8*i)
		size, ok2 := m.ReadUint32Le(at + 8*i + 4)
		if !ok1 || !ok2 {
			return false
		}
		if !each(buffer, size) {
			return true
		}
	}
	return true
}

// discard takes what PDFium writes on its standard streams; there is nobody to read it.
func discard(_ *openFiles, m api.Memory, s []uint64) {
	var total uint32
	ok := vectors(m, uint32(s[1]), uint32(s[2]), func(_, size uint32) bool {
		total += size
		return true
	})
	s[0] = success(ok && m.WriteUint32Le(uint32(s[3]), total))
}

func readInto(f *openFiles, m api.Memory, s []uint64) {
	file := f.byNumber[int32(s[0])]
	if file == nil {
		s[0] = errBadFile
		return
	}
	var total uint32
	inside := true
	ok := vectors(m, uint32(s[1]), uint32(s[2]), func(buffer, size uint32) bool {
		var n uint32
		n, inside = file.read(m, buffer, size)
		total += n
		return inside && n == size
	})
	s[0] = success(ok && inside && m.WriteUint32Le(uint32(s[3]), total))
}

func seekTo(f *openFiles, m api.Memory, s []uint64) {
	file := f.byNumber[int32(s[0])]
	if file == nil {
		s[0] = errBadFile
		return
	}
	position, ok := file.seek(int64(s[1]), uint32(s[2]))
	s[0] = success(ok && m.WriteUint64Le(uint32(s[3]), uint64(position)))
}
