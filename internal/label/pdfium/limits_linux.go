package pdfium

import (
	"os/exec"

	"golang.org/x/sys/unix"
)

// workerMemory bounds the memory in bytes a worker may write to: PDFium's 256 MiB, a document, its picture, the compiled
// code and Go's own.
const workerMemory = 1 << 30

// limitMemory has the system refuse more.
func limitMemory() error {
	return unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: workerMemory, Max: workerMemory})
}

// hide is for Windows.
func hide(*exec.Cmd) {}
