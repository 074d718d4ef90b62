package doorway

import "golang.org/x/sys/unix"

// userOf is the user at the other end of a Unix socket (macOS unix(4), LOCAL_PEERCRED).
func userOf(fd int) (int, error) {
	who, err := unix.GetsockoptXucred(fd, unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	if err != nil {
		return 0, err
	}
	return int(who.Uid), nil
}
