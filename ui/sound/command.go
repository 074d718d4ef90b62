//go:build !windows

package sound

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// players are the programs that play a file, the first that there is: PulseAudio's and PipeWire's, ALSA's, macOS's.
var players = [][]string{{"paplay"}, {"pw-play"}, {"aplay", "-q"}, {"afplay"}}

// command plays files through another program.
type command struct {
	program []string
	folder  string
}

var errNoPlayer = errors.New("there is none of paplay, pw-play, aplay and afplay")

func open() (output, error) { return openWith(exec.LookPath) }

func openWith(look func(string) (string, error)) (output, error) {
	for _, player := range players {
		program, err := look(player[0])
		if err != nil {
			continue
		}
		folder, err := os.MkdirTemp("", "packbench-sounds-")
		if err != nil {
			return nil, err
		}
		c := &command{program: append([]string{program}, player[1:]...), folder: folder}
		for _, f := range Families {
			if err := os.WriteFile(c.file(f), WAV(Wave(f)), 0o600); err != nil {
				return nil, errors.Join(err, c.close())
			}
		}
		return c, nil
	}
	return nil, errNoPlayer
}

func (c *command) file(f Family) string { return filepath.Join(c.folder, fmt.Sprintf("%d.wav", f)) }

func (c *command) play(ctx context.Context, f Family) error {
	if f.cuts() { // there are hundreds of them: each is made when it is first wanted
		if _, err := os.Stat(c.file(f)); err != nil {
			if err := os.WriteFile(c.file(f), WAV(Wave(f)), 0o600); err != nil {
				return fmt.Errorf("the sound of a slot: %w", err)
			}
		}
	}
	if err := exec.CommandContext(ctx, c.program[0], append(c.program[1:len(c.program):len(c.program)], c.file(f))...).Run(); err != nil {
		return fmt.Errorf("%s: %w", c.program[0], err)
	}
	return nil
}

func (c *command) close() error { return os.RemoveAll(c.folder) }
