package pdfium

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// limitMemory does nothing: PDFium's memory is bounded by wazero.
func limitMemory() error { return nil }

// hide keeps a worker from opening a console window.
func hide(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.CREATE_NO_WINDOW}
}
