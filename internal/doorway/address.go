package doorway

import (
	"errors"
	"os"
	"path/filepath"
)

// longest is how long a socket's path may be on every system: macOS takes 104 bytes with the zero at the end, Linux and Windows 108.
const longest = 100

// reach gives use a path to the socket in a folder that is short enough: for a deep folder one by a link in the folder for temporary files, which is
// there for as long as use runs.
func reach(dir string, use func(path string) error) (err error) {
	if path := filepath.Join(dir, SocketName); len(path) <= longest {
		return use(path)
	}
	whole, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	detour, err := os.MkdirTemp("", "packbench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(detour)) }()
	link := filepath.Join(detour, "bench")
	if err := os.Symlink(whole, link); err != nil {
		return err
	}
	return use(filepath.Join(link, SocketName))
}
