//go:build !linux && !windows

package pdfium

import "os/exec"

// limitMemory does nothing: macOS does not hold a process to such a limit. PDFium's memory is bounded by wazero.
func limitMemory() error { return nil }

// hide is for Windows.
func hide(*exec.Cmd) {}
