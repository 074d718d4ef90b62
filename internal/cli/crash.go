package cli

import (
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
)

const (
	crashFile = "crash.txt"
	// mostCrashes is from which size on a file of crashes makes room for a new one: a stack of this program is a few hundred KB at most.
	mostCrashes = 4 << 20
)

// keepCrashes has what the program says when it crashes written into the bench's logs too, for whoever is asked for help. A stack holds functions, lines
// and addresses in memory, and of values only the panic's own words. The function ends it.
func (b *Bench) keepCrashes() (end func() error, err error) {
	name := filepath.Join(b.dir, "logs", crashFile)
	if info, err := os.Stat(name); err == nil && info.Size() > mostCrashes {
		if err := os.Rename(name, filepath.Join(b.dir, "logs", "crash.old.txt")); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	err = errors.Join(debug.SetCrashOutput(file, debug.CrashOptions{}), file.Close()) // the runtime has its own handle on it
	return func() error { return debug.SetCrashOutput(nil, debug.CrashOptions{}) }, err
}
