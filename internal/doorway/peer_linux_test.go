package doorway

import (
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// Another user is not let in, not even where the rights of the socket would let them.
func TestAnotherUser(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can become somebody else")
	}
	const nobody = 65534
	dir := t.TempDir()
	for _, folder := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	open(t, dir, echo)
	socket := filepath.Join(dir, SocketName)
	dial := func() error {
		conn, err := net.Dial("unix", socket)
		if err != nil {
			return err
		}
		defer conn.Close()
		var host Host
		return newWire(conn).receiveJSON(hello, &host)
	}
	asNobody := func() error {
		ended := make(chan error)
		go func() {
			runtime.LockOSThread() // for good: the thread ends with the goroutine, and nobody else becomes nobody
			if _, _, failed := syscall.RawSyscall(syscall.SYS_SETRESUID, ^uintptr(0), nobody, ^uintptr(0)); failed != 0 {
				ended <- failed
				return
			}
			ended <- dial()
		}()
		return <-ended
	}
	if err := asNobody(); !errors.Is(err, os.ErrPermission) {
		t.Errorf("at a socket that is ours alone: %v", err)
	}
	if err := os.Chmod(socket, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := asNobody(); !errors.Is(err, io.EOF) {
		t.Errorf("at a socket that is everybody's: %v", err)
	}
	if err := dial(); err != nil {
		t.Errorf("ourselves: %v", err)
	}
}
