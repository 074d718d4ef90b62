//go:build !windows

package sound

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestAProgramPlaysTheFile(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	heard := filepath.Join(folder, "heard")
	fake := filepath.Join(folder, "aplay")
	if err := os.WriteFile(fake, []byte("#!/bin/sh\n[ \"$1\" = -q ] && cp \"$2\" "+heard+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	out, err := openWith(func(name string) (string, error) {
		if name == "aplay" {
			return fake, nil
		}
		return "", exec.ErrNotFound
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := out.play(t.Context(), Wrong); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(heard); err != nil || string(data) != string(WAV(Wave(Wrong))) {
		t.Errorf("%d bytes were played, %v", len(data), err)
	}
	if err := out.close(); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(folder, "packbench-sounds-*")); err != nil || len(left) != 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	if _, err := openWith(func(string) (string, error) { return "", exec.ErrNotFound }); err == nil {
		t.Error("plays with nothing")
	}
}
