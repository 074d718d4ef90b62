//go:build !linux

package pdfium

import (
	"testing"
	"time"
)

const memoryLimited = false

// busy waits until a worker is surely drawing.
func busy(*testing.T, *worker) { time.Sleep(300 * time.Millisecond) }
