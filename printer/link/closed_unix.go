//go:build unix

package link

import (
	"net"
	"syscall"
)

// peerClosed asks the system whether the other side has closed, without taking what it may have said.
func peerClosed(conn *net.TCPConn) bool {
	raw, err := conn.SyscallConn()
	if err != nil {
		return true
	}
	closed := false
	err = raw.Control(func(fd uintptr) {
		var one [1]byte
		n, _, err := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		waiting := err == syscall.EAGAIN || err == syscall.EWOULDBLOCK || err == syscall.EINTR
		closed = n <= 0 && !waiting
	})
	return closed || err != nil
}
