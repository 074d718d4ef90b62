package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"packbench/internal/people"
	"packbench/store"
)

// Backup copies what happened at the bench.
type Backup struct {
	To string `arg:"" optional:"" name:"file" help:"Where to; a folder gets a file named after the time (default: the folder backups in the bench's own)."`
}

// Served tells that a program that has the folder open does it.
func (v *Backup) Served() bool { return true }

// Run makes one copy and says where it lies.
func (v *Backup) Run(e *Environment) (err error) {
	bench, err := openExisting(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bench.Close()) }()
	path, err := v.path(e)
	if err != nil {
		return err
	}
	if err := bench.Store.Backup(path); err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.Stdout, e.Tongue.Text("say.copied", "file", path))
	return err
}

func (v *Backup) path(e *Environment) (string, error) {
	name := store.CopyName(e.Now())
	if v.To == "" {
		return filepath.Join(store.CopyFolder(e.Dir), name), nil
	}
	to, err := e.Path(v.To)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(to); err == nil && info.IsDir() || os.IsPathSeparator(v.To[len(v.To)-1]) {
		return filepath.Join(to, name), nil
	}
	return to, nil
}

// Restore puts a copy of what happened at the bench back.
type Restore struct {
	File   string `arg:"" help:"A copy made by backup, or one of the folder backups."`
	People bool   `help:"Put the people of the copy in the place of those of the bench too. A bench without people gets them anyway."`
}

// Run restores and says where what was there before lies now. No program may have the bench open.
func (v *Restore) Run(e *Environment) (err error) {
	carries, err := store.HasPeople(v.File)
	if err != nil {
		return err
	}
	_, missing := os.Stat(filepath.Join(e.Dir, people.FileName))
	restore := store.Restore
	if v.People {
		restore = store.RestoreWithPeople
	}
	aside, err := restore(e.Dir, v.File, e.Now())
	if err != nil {
		return err
	}
	log, file := Log(e.Dir)
	defer func() { err = errors.Join(err, file.Close()) }()
	log.Info("the journal was restored from a copy", "copy", v.File, "aside", aside)
	lines := []string{e.Tongue.Text("say.restored", "file", v.File)}
	switch {
	case carries && (v.People || missing != nil):
		lines = append(lines, e.Tongue.Text("say.people_restored"))
	case carries:
		lines = append(lines, e.Tongue.Text("say.people_kept"))
	}
	if aside != "" {
		lines = append(lines, e.Tongue.Text("say.kept_aside", "file", aside))
	}
	for _, line := range lines {
		if _, err := fmt.Fprintln(e.Stdout, line); err != nil {
			return err
		}
	}
	return nil
}
