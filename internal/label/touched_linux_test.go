package label

import (
	"testing"

	"golang.org/x/sys/unix"
)

// mostTouched is the most memory in bytes that a worker which has ended had at once.
func mostTouched(t *testing.T) int64 {
	t.Helper()
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_CHILDREN, &used); err != nil {
		t.Fatal(err)
	}
	return used.Maxrss << 10
}
