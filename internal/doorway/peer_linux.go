package doorway

import "golang.org/x/sys/unix"

// userOf is the user at the other end of a Unix socket (unix(7), SO_PEERCRED).
func userOf(fd int) (int, error) {
	who, err := unix.GetsockoptUcred(fd, unix.SOL_SOCKET, unix.SO_PEERCRED)
	if err != nil {
		return 0, err
	}
	return int(who.Uid), nil
}
