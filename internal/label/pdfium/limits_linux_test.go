package pdfium

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

const memoryLimited = true

// busy waits until a worker has used 50 ms of processor time since now: it is drawing.
func busy(t *testing.T, w *worker) {
	ticks := func() int {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", w.process.Process.Pid))
		if err != nil {
			t.Error(err)
			return 1 << 30
		}
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')'):]))
		var user int
		if _, err := fmt.Sscan(fields[12], &user); err != nil {
			t.Error(err)
			return 1 << 30
		}
		return user
	}
	for before := ticks(); ticks() < before+5; {
		time.Sleep(5 * time.Millisecond)
	}
}
