package pdfium

import (
	"context"

	"github.com/tetratelabs/wazero/experimental"
)

// wholeMemory is a guest's memory, all of it reserved at once: it grows without copies, which a worker, that does not collect
// garbage while it draws, would keep. The system gives real memory to what is touched only.
type wholeMemory []byte

// withWholeMemory has instances that are made with the context get such memory.
func withWholeMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(func(uint64, uint64) experimental.LinearMemory {
		const pageBytes = 1 << 16
		return make(wholeMemory, memoryPages*pageBytes)
	}))
}

// Reallocate gives the first bytes of it, or nothing where that is too little.
func (m wholeMemory) Reallocate(size uint64) []byte {
	if size > uint64(len(m)) {
		return nil
	}
	return m[:size]
}

// Free is for memory that Go does not manage.
func (m wholeMemory) Free() {}
