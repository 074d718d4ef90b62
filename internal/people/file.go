package people

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/BurntSushi/toml"

	"packbench/internal/order"
	"packbench/internal/settings"
)

// FileName is the file of a bench's people in its folder. It holds hashes of PINs: this user alone may read it.
const FileName = "people.toml"

// Load reads the people of a bench; a folder without the file has none. A file that cannot be understood is the Problem people.unreadable.
func Load(dir string) (Roster, error) {
	path := filepath.Join(dir, FileName)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Roster{}, nil
	}
	if err != nil {
		return Roster{}, order.Trouble(err, "people.unreadable", "file", path)
	}
	var r Roster
	meta, err := toml.Decode(string(data), &r)
	if err == nil {
		err = r.sound(meta)
	} else {
		err = errors.New("no TOML of people") // the parser's words may repeat a hash
	}
	if err != nil {
		return Roster{}, order.Trouble(err, "people.unreadable", "file", path)
	}
	return r, nil
}

// sound tells what is wrong with what stands in the file.
func (r Roster) sound(meta toml.MetaData) error {
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fmt.Errorf("unknown key %s", unknown[0])
	}
	for i, p := range r.People {
		switch {
		case p.Name == "" || p.Badge == "" || p.Role != Packer && p.Role != Supervisor:
			return fmt.Errorf("person %d lacks a name, a badge or a role", i+1)
		case p.PIN != "":
			if _, _, _, err := decode(p.PIN); err != nil {
				return fmt.Errorf("person %d: %w", i+1, err)
			}
		}
	}
	return nil
}

// fileHead stands over the file.
const fileHead = "# Who may work at this bench. Change it with: packbench people\n\n"

// updating lets one change after the other through. Of several processes the store's lock lets only one have a folder.
var updating sync.Mutex

// Update changes the people of a bench: the file is the old or the new one after any crash. What change gives is written also where it fails, since a wrong PIN counts;
// change's error is given back.
func Update(dir string, change func(Roster) (Roster, error)) error {
	updating.Lock()
	defer updating.Unlock()
	r, err := Load(dir)
	if err != nil {
		return err
	}
	changed, failed := change(r)
	path := filepath.Join(dir, FileName)
	text := bytes.NewBufferString(fileHead)
	if err := toml.NewEncoder(text).Encode(changed); err != nil {
		return order.Trouble(err, "people.unwritable", "file", path)
	}
	if err := settings.WriteWhole(path, text.Bytes()); err != nil {
		return order.Trouble(err, "people.unwritable", "file", path)
	}
	return failed
}

// Folder is the people of the bench in a folder.
type Folder string

// Known are they as the bench's rules need to know them.
func (f Folder) Known() ([]order.Person, error) {
	r, err := Load(string(f))
	return r.Known(), err
}

// Try compares a PIN with that of the person with a badge, counts it if it is wrong, and gives the people as they are after it.
func (f Folder) Try(badge, pin string) (verdict Verdict, known []order.Person, err error) {
	err = Update(string(f), func(r Roster) (Roster, error) {
		changed, tried, err := r.Try(badge, pin)
		verdict, known = tried, changed.Known()
		return changed, err
	})
	if err != nil { // what is not counted does not count as right either
		return Wrong, known, err
	}
	return verdict, known, nil
}
