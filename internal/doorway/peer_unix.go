//go:build linux || darwin

package doorway

import (
	"errors"
	"fmt"
	"net"
	"os"
)

// onlyOurs keeps other users from the socket.
func onlyOurs(path string) error { return os.Chmod(path, 0o600) }

// samePerson refuses a visitor who is another user: between its making and onlyOurs the socket has the rights the user's mask leaves.
func samePerson(conn net.Conn) error {
	unixConn, ok := conn.(*net.UnixConn)
	if !ok {
		return errors.New("not a Unix socket")
	}
	raw, err := unixConn.SyscallConn()
	if err != nil {
		return err
	}
	var user int
	var asking error
	if err := raw.Control(func(fd uintptr) { user, asking = userOf(int(fd)) }); err != nil {
		return err
	}
	if asking != nil {
		return fmt.Errorf("who visits: %w", asking)
	}
	if user != os.Getuid() {
		return fmt.Errorf("user %d was not let in", user)
	}
	return nil
}
